"""学校名册.xlsx read, and the folders of all its schools made in one command."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from houqin.errors import BadDescription
from houqin.jobs.inputs import file_digest
from houqin.jobs.places import DECISIONS, INBOX
from houqin.jobs.plan import folder_name
from houqin.read import read_settings
from houqin.school.decisions import REGISTER
from houqin.school.keys import SYSTEMS, TOML, WORKBOOK
from houqin.school.roster import ROSTER, Roster, RosterSchool, roster_of_grids

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["CODE_FILE", "ROSTER", "MadeSchools", "init_schools", "read_roster", "write_blank_roster"]

# In a school's folder: whose it is, also after the school was renamed.
CODE_FILE = "标识码.txt"


@dataclass(frozen=True, slots=True)
class MadeSchools:
    """What `init_schools` did: names of schools made and left as they were, and sentences for a person."""

    folder: Path
    made: tuple[str, ...]
    kept: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def lines(self) -> list[str]:
        """Say it for the terminal."""
        first = f"建好 {len(self.made)} 所，原来就有 {len(self.kept)} 所（没有改动）：{self.folder}"
        after = "下一步：各校填好《学校设置.xlsx》，把工作簿放进“收件箱”，再运行 houqin batch。"
        return [first, *self.notes, after]


def read_roster(path: Path) -> Roster:
    """Read a roster; BadDescription lists all mistakes with their cells, RefusedFile says why it is not read."""
    if not path.is_file():
        raise BadDescription([f"没有“{path}”这份学校名册。可以用 houqin init-schools 写一份空的。"])
    roster = roster_of_grids(read_settings(path), path.name, form_titles())
    return replace(roster, digest=file_digest(path))


def form_titles() -> list[str]:
    """Give the titles of all forms, in the order of their files."""
    from houqin.forms import load_forms  # noqa: PLC0415  (loads numpy)

    return [form.title for form in load_forms().by_id.values()]


def write_blank_roster(path: Path) -> None:
    """Write a blank roster to be filled in."""
    from houqin.report.roster_book import write_roster_book  # noqa: PLC0415  (loads xlsxwriter)

    path.parent.mkdir(parents=True, exist_ok=True)
    write_roster_book(path, form_titles())


def init_schools(path: Path, folder: Path) -> MadeSchools:
    """Make a folder with blank settings and an empty inbox for each school of a roster that has none yet.

    A school is known by its 标识码, else by its name; nothing that is there is changed. Raises BadDescription, before
    anything is made, with all mistakes of the roster.
    """
    roster = read_roster(path)
    known = _known_codes(folder)
    made, kept, notes = [], [], []
    for school in roster.schools:
        home = known.get(school.code, folder / folder_name(school.name))
        if home.name != folder_name(school.name):
            notes.append(f"标识码 {school.code} 在名册里叫“{school.name}”，它的文件夹还叫“{home.name}”，没有改动。")
        if _is_there(home):
            kept.append(school.name)
        else:
            _make(home, school)
            made.append(school.name)
    listed = {school.code for school in roster.schools}
    others = {code: home for code, home in known.items() if code not in listed}
    notes += [f"“{home.name}”（标识码 {code}）不在名册里，没有改动。" for code, home in others.items()]
    return MadeSchools(folder, tuple(made), tuple(kept), tuple(notes))


def code_of(home: Path) -> str:
    """Give the 标识码 that was written into a school's folder, empty where there is none."""
    try:
        return (home / CODE_FILE).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _known_codes(folder: Path) -> dict[str, Path]:
    homes = sorted(path.parent for path in folder.glob(f"*/{CODE_FILE}"))
    return {code_of(home): home for home in homes if code_of(home)}


def _is_there(home: Path) -> bool:
    return (home / WORKBOOK).exists() or (home / TOML).exists()


def _make(home: Path, school: RosterSchool) -> None:
    from houqin.report.decisions_book import write_decisions  # noqa: PLC0415  (loads xlsxwriter)
    from houqin.report.settings_book import default_rows, write_settings_book  # noqa: PLC0415  (as above)

    for name in (INBOX, DECISIONS):
        (home / name).mkdir(parents=True, exist_ok=True)
    if not (home / DECISIONS / REGISTER).exists():
        write_decisions(home / DECISIONS / REGISTER, ())
    (home / CODE_FILE).write_text(school.code + "\n", encoding="utf-8")
    basics = {"name": school.name, **({"system": school.system} if school.system in SYSTEMS else {})}
    write_settings_book(home / WORKBOOK, {**default_rows(), "basics": [basics]})
