"""A new school's folder, and which school the jobs use when none is named."""

from __future__ import annotations

from pathlib import Path

from houqin.errors import BadParameter
from houqin.jobs.parameters import JOBS
from houqin.jobs.places import DECISIONS, EXAMPLE_SCHOOL, INBOX, NOTEBOOKS, REPOSITORY
from houqin.school.decisions import REGISTER
from houqin.school.keys import TOML, WORKBOOK

# A line a school, written by init_school; the checkout's own, never part of the project.
SCHOOLS = REPOSITORY / ".houqin" / "schools.txt"


def init_school(folder: Path) -> Path:
    """Make a school's folder with a settings workbook and a register to fill in, and an empty inbox.

    Gives the settings workbook. The register of decisions is where a period is closed.

    BadParameter where settings are there already: nothing of a school is ever overwritten.
    """
    from houqin.report.decisions_book import write_decisions  # noqa: PLC0415  (loads xlsxwriter)
    from houqin.report.settings_book import default_rows, write_settings_book  # noqa: PLC0415  (as above)

    home = folder.expanduser().resolve()
    for name in (WORKBOOK, TOML):
        if (home / name).exists():
            raise BadParameter(f"“{home}”里已经有《{name}》，没有改动它。要另建一所学校，请换一个文件夹。")
    for name in (INBOX, DECISIONS):
        (home / name).mkdir(parents=True, exist_ok=True)
    write_settings_book(home / WORKBOOK, default_rows())
    if not (home / DECISIONS / REGISTER).exists():
        write_decisions(home / DECISIONS / REGISTER, ())
    _remember(home)
    return home / WORKBOOK


def default_school(job: str = "") -> Path:
    """Give the one school that was made here, else the (job's own) example; BadParameter where there are several."""
    made = [path for path in _known() if (path / WORKBOOK).is_file() or (path / TOML).is_file()]
    if len(made) > 1:
        names = "、".join(f"“{path}”" for path in made)
        raise BadParameter(f"这里建过 {len(made)} 所学校：{names}。请用 --school 指定一所。")
    if made:
        return made[0]
    return (NOTEBOOKS / JOBS[job].model_fields["school"].default).resolve() if job else EXAMPLE_SCHOOL


def _known() -> list[Path]:
    if not SCHOOLS.is_file():
        return []
    return [Path(line) for line in SCHOOLS.read_text(encoding="utf-8").splitlines() if line]


def _remember(home: Path) -> None:
    SCHOOLS.parent.mkdir(exist_ok=True)
    lines = dict.fromkeys([*(str(path) for path in _known()), str(home)])
    SCHOOLS.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
