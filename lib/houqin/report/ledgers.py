"""One ledger workbook a form: 说明, 台账, 更正记录; each row leads to its cell in the run's copy of the file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from houqin.model import LedgerStamp, Part, school_mark
from houqin.report.large import MONTH, MOST_ROWS, ROWS, month_records, name_fields, said_of, summed_fields
from houqin.report.ledger_checks import live_checks
from houqin.report.ledger_columns import HEADER_ROW, LedgerColumn, ledger_columns, ledger_title
from houqin.report.ledger_guide import Guide, write_guide
from houqin.report.ledger_outside import OUTSIDE, Outside, outside_texts, write_outside
from houqin.report.ledger_sheet import write_ledger_sheet
from houqin.report.words import rule_title, term, verdict_of
from houqin.workbook import CENTER, CODE, COUNT, MONEY, QUANTITY, TEXT, Col, Link, Workbook, external

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from houqin.forms import Form, Forms
    from houqin.model import Change, Finding, Ledger, Table
    from houqin.school import School
    from houqin.workbook import CellValue, Sheet

# From 02汇总/台账/ to the run's copies of the inbox
SOURCES = "../../来源/"
LEDGER_FOLDER = "台账"
SHEET = "台账"
# Where the stamps stand: in the blank row above each table, its text running to the left
_STAMP_COLUMNS = {Part.GUIDE: 4, Part.CHANGES: 7, Part.OUTSIDE: 6}
# Files in which a link can name no sheet
PLAIN_FILES = (".csv", ".txt", ".tsv", ".htm", ".html")

NO_RUN = "-"  # in the stamp of a ledger that no run wrote
SourceLink = "Callable[[str, str, str | None], str]"


@dataclass(frozen=True, slots=True)
class LedgerBook:
    """What a ledger workbook shows beside its ledger: the findings, changes and texts of this form alone."""

    school: School
    as_of: str
    findings: Sequence[Finding] = ()
    changes: Sequence[Change] = ()
    outside: Sequence[Outside] = ()
    run: str = NO_RUN
    link: Callable[[str, str, str | None], str] | None = None


def ledger_file(form: Form) -> str:
    """Give the name of a form's ledger workbook."""
    return f"{ledger_title(form)}.xlsx"


def source_link(file: str, sheet: str, cell: str | None, *, base: str = SOURCES) -> str:
    """Give the link to a cell of the run's copy of a file; to the file alone where it has no sheets."""
    if file.lower().endswith(PLAIN_FILES):
        return external(base + file)
    return external(base + file, sheet, cell)


def write_ledgers(  # noqa: PLR0913  (by keyword)
    folder: Path, ledgers: Mapping[str, Ledger], forms: Forms, *, school: School, as_of: str,
    tables: Sequence[Table] = (), findings: Iterable[Finding] = (), changes: Iterable[Change] = (), run: str = NO_RUN,
    most_rows: int = MOST_ROWS,
) -> list[Path]:  # fmt: skip
    """Write a workbook for each ledger into a folder, in the order of the forms; `run` is the id of the run.

    A ledger of more than `most_rows` rows is shown by month: its rows are in the typed file.
    """
    found, made = list(findings), changes_by_form(tables, changes)
    paths = []
    for form_id in [each for each in forms.by_id if each in ledgers]:
        form = forms.by_id[form_id]
        book = LedgerBook(
            school, as_of, [f for f in found if f.form == form_id], made.get(form_id, []), outside_texts(tables, form),
            run=run,
        )
        paths.append(folder / ledger_file(form))
        if len(ledgers[form_id].frame) > most_rows:
            write_month_book(paths[-1], ledgers[form_id], form, school=school, as_of=as_of)
            continue
        write_ledger_book(paths[-1], ledgers[form_id], form, book)
    return paths


def write_ledger_book(path: Path, ledger: Ledger, form: Form, about: LedgerBook) -> None:
    """Write the ledger workbook of one form."""
    form = _with_tolerances(form, about.school)
    link = about.link or source_link
    columns = ledger_columns(ledger, form)
    checks = live_checks(ledger, form, columns, about.school.thresholds)
    verdict = verdict_of(about.findings)
    lines = [f"{about.school.name}　{term(about.school)}　截至 {about.as_of}"]
    stamp = LedgerStamp(about.run, form.id, school_mark(about.school.name))
    with Workbook(path, title=ledger_title(form), example=about.school.is_example) as book:
        book.stamp(stamp.text)
        told = Guide(form, ledger, columns, checks, about, verdict, lines)
        guide = write_guide(book.sheet("说明", role="input"), told, link)
        sheet = book.sheet(SHEET)
        result = write_ledger_sheet(sheet, form, ledger, columns, checks, lines=lines, verdict=verdict, link=link)
        guide.finish(sheet.name, result)
        sheet.mark(HEADER_ROW - 1, result.placed.right, stamp.text)
        _write_changes(book.sheet("更正记录", role="working"), form, about, link, lines)
        if about.outside:
            write_outside(book.sheet(OUTSIDE, role="working"), form, about.outside, link, lines)
        beside = [each for each in book.sheets if each is not sheet]
        for each, (part, column) in zip(beside, _STAMP_COLUMNS.items(), strict=False):
            each.mark(HEADER_ROW - 1, column, replace(stamp, part=part).text)


def write_month_book(path: Path, ledger: Ledger, form: Form, *, school: School, as_of: str) -> None:
    """Write the workbook of a long ledger: its totals by month and name, and where its rows are."""
    titles = {each.id: each.title.replace("/", "\n") for each in form.fields}
    names, sums = name_fields(ledger, form), summed_fields(ledger, form)
    money = {each.id for each in form.fields if each.type == "money"}
    with Workbook(path, title=ledger_title(form), example=school.is_example) as book:
        sheet = book.sheet("按月合计", landscape=True)
        columns = [
            Col(MONTH, CENTER), *(Col(titles[name], TEXT) for name in names),
            *(Col(titles[name], MONEY if name in money else QUANTITY, 0, "sum") for name in sums),
            Col(ROWS, COUNT, 0, "sum"),
        ]  # fmt: skip
        lines = [f"{school.name}　{term(school)}　截至 {as_of}", said_of(ledger)]
        top = sheet.head(f"{ledger_title(form)}（按月合计）", len(columns), lines=lines)
        order = (MONTH, *names, *sums, ROWS)
        rows: list[list[CellValue]] = [
            [each.values.get(name) for name in order] for each in month_records(ledger, form)
        ]
        sheet.table(top, 1, columns, rows)


def _with_tolerances(form: Form, school: School) -> Form:
    """Put the settings' thresholds in the place of their names."""
    known = school.thresholds
    checks = (replace(c, tolerance=str(known[c.tolerance])) if c.tolerance in known else c for c in form.checks)
    return replace(form, checks=tuple(checks))


def changes_by_form(tables: Sequence[Table], changes: Iterable[Change]) -> dict[str, list[Change]]:
    """Sort changes by the form of the table that their cell belongs to: on a sheet with several, by its rows."""
    places: dict[tuple[str, str], list[Table]] = {}
    for table in tables:
        places.setdefault((table.path, table.sheet), []).append(table)
    found: dict[str, list[Change]] = {}
    for change in changes:
        owners = places.get((change.place.file, change.place.sheet or ""), [])
        owner = next((t for t in owners if _holds(t, change)), owners[0] if owners else None)
        if owner is not None:
            found.setdefault(owner.form, []).append(change)
    return found


def _holds(table: Table, change: Change) -> bool:
    row = int("".join(c for c in (change.place.cell or "") if c.isdigit()) or 0)
    area = table.match.table.range
    return area.top <= row <= area.bottom


def _write_changes(
    sheet: Sheet, form: Form, about: LedgerBook, link: Callable[[str, str, str | None], str], lines: Sequence[str]
) -> None:
    note = "整理时改了写法的、按决定更正的单元格；原文件没有改动。点“单元格”打开原表核对。"
    top = sheet.head(f"{ledger_title(form)}　更正记录", 7, lines=[*lines, note])
    decided = any(change.said for change in about.changes)
    columns = [
        Col("序号", COUNT), Col("来源文件"), Col("来源工作表"), Col("单元格", TEXT.but(align="center")),
        Col("原来的内容", CODE.but(wrap=True)), Col("整理后", CODE.but(wrap=True)), Col("怎样改的"),
        *([Col("谁定的，何时，为什么")] if decided else []),
    ]  # fmt: skip
    rows: list[list[CellValue]] = [
        [
            number, change.place.file, change.place.sheet or "",
            Link(link(change.place.file, change.place.sheet or "", change.place.cell), change.place.cell or "整表"),
            change.before, change.after, rule_title(change.rule), *([change.said or None] if decided else []),
        ]
        for number, change in enumerate(about.changes, 1)
    ]  # fmt: skip
    sheet.table(top, 1, columns, rows)


__all__ = [
    "LEDGER_FOLDER", "SHEET", "LedgerBook", "LedgerColumn", "changes_by_form", "ledger_columns", "ledger_file",
    "ledger_title", "source_link", "write_ledger_book", "write_ledgers",
]  # fmt: skip
