"""The example's fiscal year, some of its workbooks, some of their cells spoilt, and the settlement made of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import openpyxl

from houqin.forms import load_forms
from houqin.pipeline import run_pipeline
from houqin.read import read_settings
from houqin.report.settlement import Written, write_settlement
from houqin.school import load_school

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from houqin.account.rows import Row
    from houqin.report.settlement.checks import Checked

EXAMPLE = Path(__file__).parents[2] / "templates" / "示例中学年终"
BALANCE, JOURNAL, CLAIMS = "科目余额表2025年12月.xlsx", "2025年序时账（核算中心）.xlsx", "报账登记本2025.xlsx"
SPENT, DEBTS, FEES = "经费支出明细账2025.xlsx", "往来款明细表2025年末.xlsx", "代收费结算表2025.xlsx"
RECEIPTS = "财政票据核销登记.xlsx"
CANTEEN = (
    "食堂日记账2025.xlsx", "食堂收支公示表2025年各月.xlsx", "食材收发存月报2025.xlsx", "食材采购验收台账2025.xlsx",
    "学生餐费预收结算2025.xlsx", "学生午餐就餐人数2025.xlsx", "餐标成本测算表.xlsx",
)  # fmt: skip
FORMS = load_forms()
SCHOOL = load_school(EXAMPLE, read_settings)


class Spoil(NamedTuple):
    """A cell to change: in the row in which `row` stands (the `nth` such row), under a header; `value` replaces it."""

    file: str
    sheet: str
    row: str
    header: str
    value: object
    nth: int = 0


def inbox(folder: Path, files: Iterable[str], spoils: Sequence[Spoil] = ()) -> list[str]:
    """Copy workbooks into an inbox and spoil cells; give the addresses of those."""
    target = folder / "收件箱"
    target.mkdir(parents=True, exist_ok=True)
    for file in files:
        (target / file).write_bytes((EXAMPLE / "收件箱" / file).read_bytes())
    return [_spoil(target / each.file, each) for each in spoils]


def _spoil(path: Path, spoil: Spoil) -> str:
    book = openpyxl.load_workbook(path)
    sheet = book[spoil.sheet]
    cell = sheet.cell(_row(sheet, spoil.row, spoil.nth), _column(sheet, spoil.header))
    cell.value = spoil.value(cell.value) if callable(spoil.value) else spoil.value  # type: ignore[assignment]
    book.save(path)
    return str(cell.coordinate)


def _row(sheet: Worksheet, text: str, nth: int) -> int:
    rows = [row[0].row for row in sheet.iter_rows(min_row=3) if any(str(cell.value).strip() == text for cell in row)]
    return int(rows[nth])


def _column(sheet: Worksheet, header: str) -> int:
    wanted = header.split("/")
    for row in sheet.iter_rows(max_row=5):
        for cell in row:
            if str(cell.value) == wanted[0]:
                offset = 0
                while len(wanted) > 1 and str(sheet.cell(cell.row + 1, cell.column + offset).value) != wanted[1]:
                    offset += 1
                return int(cell.column) + offset
    raise KeyError(header)


def settle(
    folder: Path, *, before: Mapping[str, Sequence[Row]] | None = None, change: Mapping[str, Any] | None = None
) -> tuple[Path, Written]:
    """Run the pipeline over an inbox and write the settlement; `change` replaces settings of the school."""
    school = replace(SCHOOL, **(change or {}))
    result = run_pipeline(folder / "收件箱", FORMS, school, "2025-12-31")
    path = folder / "02汇总" / "年终决算.xlsx"
    written = write_settlement(
        path, result, forms=FORMS, school=school, year=2025, as_of="2025-12-31", before=before
    )  # fmt: skip
    return path, written


def check(written: Written, check_id: str) -> Checked:
    """Give a check of the settlement."""
    return next(each for each in written.checks if each.rule.id == check_id)


def verdicts(written: Written, checks: Iterable[str]) -> dict[str, str]:
    """Give the verdicts of some checks, without their signs."""
    return {each: check(written, each).verdict[2:] for each in checks}


def failed(written: Written) -> set[str]:
    """Give the checks that fail."""
    return {each.rule.id for each in written.checks if each.verdict == "✗ 不符"}


def figure(written: Written, line: str) -> str | None:
    """Give a line's figure as plain text."""
    value = written.figures[line][1]
    return None if value is None else f"{value:.2f}"



