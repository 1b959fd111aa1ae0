"""`houqin fill`: a blank form of the office or the bureau, filled in from a school's ledgers; and all shipped ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from houqin.errors import BadDescription, BadParameter, FailedRun, HouqinError
from houqin.fill import fill_form, read_description
from houqin.forms import templates_folder
from houqin.jobs.inspection import inspect_files
from houqin.jobs.places import INBOX
from houqin.package import CannotEdit, NoPackage
from houqin.read.sniff import Container, sniff_container
from houqin.workbook import plain_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.fill import Description, Filling
    from houqin.forms import Forms
    from houqin.jobs.access import Access, Ask
    from houqin.model import Grid, Ledger
    from houqin.school import School

FILLED = "05填好的表"
_WITH_LOOKS = (
    "《{name}》是旧格式，已由本机的 LibreOffice 转成 .xlsx 再填：合并、边框、字体、公式、下拉、打印设置都带过来了，"
    "宏和控件不带。请打开看一眼；不放心就用 WPS 或 Excel 另存为 .xlsx 再填一次。"
)
_VALUES_ONLY = (
    "《{name}》是旧格式，不能就地填写，{why}：填在一份转换来的副本里，只有各格的值、数字格式、合并和列宽；"
    "边框、公式、打印设置没有带过来。请先用 WPS 或 Excel 另存为 .xlsx，再填一次。"
)
# What keeps looks that are worth converting; a page or a text has none.
_ENDINGS = {Container.OLE: "xls", Container.BIFF: "xls", Container.XML_2003: "xml"}
_ZIPPED = (".ods", ".xlsb", ".ots")


class Blank(NamedTuple):
    """A blank form and its description."""

    path: Path
    description: Description


class Source(NamedTuple):
    """What blanks are filled from."""

    ledgers: Mapping[str, Ledger]
    forms: Forms
    school: School
    as_of: str
    access: Access


def shipped_folder() -> Path:
    """Give the folder of the forms that come with the program, and of those that an office adds."""
    return templates_folder() / "fill"


def shipped_blanks() -> list[Blank]:
    """Give all of them, by name of their description."""
    return [_described(path) for path in sorted(shipped_folder().glob("*.toml"))]


def fill_school(  # noqa: PLR0913  (by keyword)
    form: str, school: Path, out: Path, *, description: Path | None = None, as_of: str | None = None,
    ask: Ask | None = None,
) -> list[str]:  # fmt: skip
    """Fill one form in from a school's inbox and write it; give what to tell.

    `form` is a workbook, or the title or name of a shipped form; without `description` the file of the same name beside
    the workbook is taken. BadParameter, BadDescription with all mistakes, FailedRun where it cannot be filled in.
    """
    blank = _blank_of(form, description)
    if as_of is not None and not _is_date(as_of):
        raise BadParameter(f"--as-of 要写成 2025-09-12 这样的日期，写的是“{as_of}”。")
    inbox = school / INBOX
    if not inbox.is_dir():
        raise BadParameter(f"“{school}”里没有“{INBOX}”文件夹，没有可以取数的表。")
    found = inspect_files([inbox], school, ask=ask)
    if found.school is None:
        raise BadParameter(f"“{school}”不是学校文件夹。")
    source = Source(found.result.ledgers, found.forms, found.school, as_of or found.as_of, found.access)
    if out.is_dir():
        out /= blank.path.with_suffix(".xlsx").name
    if out.resolve() == blank.path.resolve():
        raise BadParameter("--out 不能是空白表自己：空白表要留着下次用。")
    filling = fill_blank(blank, source)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(filling.data)
    return [f"填好了：{out}", *(f"请注意：{note}" for note in filling.notes)]


def fill_blank(blank: Blank, source: Source) -> Filling:
    """Fill a blank in; one of an old format by way of a workbook of its values."""
    # Nothing is filled in yet, so there is nothing to compute: it would cost seconds a form.
    (file,) = replace(source.access, engine=None).read([blank.path], blank.path.parent)
    if file.status != "read":
        raise FailedRun(file.reason or f"《{blank.path.name}》没有读成。")
    try:
        return _filled(blank.path.read_bytes(), file.grids, blank.description, source)
    except NoPackage:
        data, note = _as_package(blank.path, file.grids, source.access)
        made = _filled(data, source.access.reader.parse(data), blank.description, source)
        return type(made)(made.data, (note, *made.notes))
    except CannotEdit as fault:
        raise FailedRun(f"《{blank.path.name}》不能填写：{fault}。请用 WPS 或 Excel 打开另存一份再试。") from fault


def _as_package(path: Path, grids: Sequence[Grid], access: Access) -> tuple[bytes, str]:
    """Give a blank of another format as .xlsx, and say what came along: its looks by LibreOffice, else values alone."""
    data = path.read_bytes()
    ending = path.suffix.lower().removeprefix(".") if path.suffix.lower() in _ZIPPED else ""
    ending = ending or _ENDINGS.get(sniff_container(data), "")
    why = "本机没有装 LibreOffice（或设置里不用它）" if access.engine is None else "LibreOffice 也没有转成"
    if access.engine is not None and ending:
        made = access.engine.as_xlsx(data, ending, access.reader.limits.engine_seconds)
        if made is not None:
            return made, _WITH_LOOKS.format(name=path.name)
    if not ending:
        why = "这种文件本来没有格式"
    return plain_workbook(grids)[0], _VALUES_ONLY.format(name=path.name, why=why)


def fill_shipped(folder: Path, source: Source) -> list[str]:
    """Fill in every shipped form whose ledgers are there, with a text that says what to look at; give their names."""
    written: list[str] = []
    told: list[str] = []
    for path in sorted(shipped_folder().glob("*.toml")):
        try:
            blank = _described(path)
            if not all(need in source.ledgers for need in blank.description.needs):
                continue
            filling = fill_blank(blank, source)
        except HouqinError as fault:
            told.append(f"《{path.name}》没有填成：{fault}")
            continue
        folder.mkdir(parents=True, exist_ok=True)
        name = blank.path.with_suffix(".xlsx").name
        (folder / name).write_bytes(filling.data)
        written.append(name)
        told += [f"《{name}》{note}" for note in filling.notes]
    if told:
        folder.mkdir(parents=True, exist_ok=True)
        lines = ["填表时要请您看一看的：", "", *told, ""]
        (folder / "说明.txt").write_text("\n".join(lines), encoding="utf-8-sig", newline="\r\n")
    return written


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _filled(data: bytes, grids: Sequence[Grid], description: Description, source: Source) -> Filling:
    return fill_form(
        data, grids, description, source.ledgers,
        forms=source.forms, school=source.school, as_of=source.as_of,
    )  # fmt: skip


def _blank_of(form: str, description: Path | None) -> Blank:
    path = Path(form)
    if path.is_file():
        beside = description or path.with_suffix(".toml")
        if not beside.is_file():
            raise BadParameter(f"没有“{beside}”。请用 --with 指明填写说明（TOML）。")
        return Blank(path, read_description(beside.read_text(encoding="utf-8"), beside.name))
    if description is not None:
        raise BadParameter(f"没有“{form}”这个文件。")
    known: dict[str, Blank] = {}
    for blank in shipped_blanks():
        stem = blank.description.name.removesuffix(".toml")
        known |= {stem: blank, blank.description.title: blank, blank.path.name: blank}
    if form not in known:
        near = get_close_matches(form, known, 1, 0.4)
        hint = f"是不是“{near[0]}”？" if near else ""
        titles = "、".join(dict.fromkeys(each.description.title for each in known.values()))
        raise BadParameter(f"没有“{form}”这个文件，也没有叫这个名字的表。{hint}现成的有：{titles}。")
    return known[form]


def _described(path: Path) -> Blank:
    description = read_description(path.read_text(encoding="utf-8"), path.name)
    workbook = path.parent / (description.workbook or f"{path.stem}.xlsx")
    if not workbook.is_file():
        raise BadDescription([f"《{path.name}》workbook：旁边没有《{workbook.name}》。"])
    return Blank(workbook, description)
