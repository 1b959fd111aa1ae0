"""Long tables are written from finished cells: cell for cell what plain xlsxwriter writes, in far less time."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl

from houqin.workbook import CODE, COUNT, DATE, MONEY, QUANTITY, TEXT, WRAPPED, Col, Formula, Link, Workbook, external
from houqin.workbook.quick import LONG

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = (
    Col("序", COUNT), Col("日期", DATE), Col("名称", WRAPPED), Col("数量", QUANTITY), Col("金额", MONEY, 0, "sum"),
    Col("编码", CODE), Col("差", MONEY), Col("来源", TEXT),
)  # fmt: skip
NEVER = 10**9
ODD = ("=1+1", "<b>&\"'", "　前后有空　", " 前后有空 ", "一行\n两行", "x" * 20_000, "1.50", "_x000D_")
NUMBERS = (Decimal("0.1"), Decimal("-12.30"), Decimal("1E+3"), Decimal("1234567890123.45"), Decimal("0.0000001"), 7, -3)


def rows(count: int) -> list[list[Any]]:
    """Give rows with everything that a table may hold: blanks, odd texts, small and large numbers, formulas, links."""
    return [
        [
            n, f"2025-{1 + n % 12:02}-{1 + n % 28:02}" if n % 9 else "九月", None if n % 11 == 0 else ODD[n % len(ODD)],
            NUMBERS[n % len(NUMBERS)], Decimal(n) / 100, f"{n:06}", Formula(f"E{n + 2}-1", Decimal(n) / 100 - 1),
            Link(external("来源/表.xlsx", "表", "A1"), f"A{n}") if n % 2 else f"A{n}",
        ]
        for n in range(1, count + 1)
    ]  # fmt: skip


def write(path: Path, given: list[list[Any]], long_from: int = LONG) -> None:
    """Write a table, then change a cell of it, as sheets do with verdicts."""
    with Workbook(path, title="长表", long_from=long_from) as book:
        sheet = book.sheet("表")
        placed = sheet.table(1, 1, COLUMNS, given)
        sheet.text(placed.first + 5, 3, "后来改的", TEXT)
        sheet.text(placed.next_row + 3, 2, "表下的字", TEXT)


def cells(path: Path) -> dict[str, tuple[Any, ...]]:
    """Give each cell's value, format and link as a reader of its own sees them."""
    sheet = openpyxl.load_workbook(path)["表"]
    return {
        cell.coordinate: (
            cell.value, cell.data_type, cell.number_format, cell.font.name, cell.font.b, cell.alignment.horizontal,
            cell.alignment.wrap_text, cell.border.bottom.style, cell.hyperlink.target if cell.hyperlink else None,
        )
        for row in sheet.iter_rows()
        for cell in row
    }  # fmt: skip


def test_a_long_table_is_cell_for_cell_what_the_library_writes(tmp_path: Path) -> None:
    """The same table once from finished cells and once cell by cell: values, kinds, formats, links, widths, heights."""
    given = rows(LONG + 40)
    write(tmp_path / "long.xlsx", given)
    write(tmp_path / "plain.xlsx", given, NEVER)
    assert cells(tmp_path / "long.xlsx") == cells(tmp_path / "plain.xlsx")
    long, plain = (openpyxl.load_workbook(tmp_path / name)["表"] for name in ("long.xlsx", "plain.xlsx"))
    assert {k: v.width for k, v in long.column_dimensions.items()} == {
        k: v.width for k, v in plain.column_dimensions.items()
    }
    assert {k: v.height for k, v in long.row_dimensions.items()} == {
        k: v.height for k, v in plain.row_dimensions.items()
    }


def test_the_parts_of_a_long_sheet_are_those_of_a_plain_one(tmp_path: Path) -> None:
    """Without odd cells even the sheet's own text is the same, spans and row attributes included."""
    given = [[n, f"2025-01-{1 + n % 28:02}", "粉笔", n, Decimal(n) / 4, f"{n}", None, "甲"] for n in range(1, LONG + 5)]
    for name, limit in (("long.xlsx", LONG), ("plain.xlsx", NEVER)):
        with Workbook(tmp_path / name, title="长表", long_from=limit) as book:
            book.sheet("表").table(1, 1, COLUMNS, given)
    names = ("long.xlsx", "plain.xlsx")
    parts = [zipfile.ZipFile(tmp_path / name).read("xl/worksheets/sheet1.xml") for name in names]
    # The formats are numbered in the order of their first use.
    assert re.sub(rb' s="\d+"', b"", parts[0]) == re.sub(rb' s="\d+"', b"", parts[1])


def test_numbers_of_a_long_column_are_written_in_the_same_digits(tmp_path: Path) -> None:
    """Every way of writing one down: trailing noughts, a negative nought, powers of ten, many digits."""
    odd = ["-0.00", "0.10", "100", "-100.00", "1E+3", "1E-7", "0.000001", "123456789012345", "1234567890123.450", "0"]
    usual = [Decimal(number) / 100 for number in range(LONG)]
    columns = [usual, [*usual[:-4], *map(Decimal, odd[:4])], [*usual[: -len(odd)], *map(Decimal, odd)]]
    given = [list(row) for row in zip(*columns, strict=True)]
    for name, limit in (("long.xlsx", LONG), ("plain.xlsx", NEVER)):
        with Workbook(tmp_path / name, title="长表", long_from=limit) as book:
            book.sheet("表").table(1, 1, [Col("甲", MONEY), Col("乙", QUANTITY), Col("丙", MONEY)], given)
    assert cells(tmp_path / "long.xlsx") == cells(tmp_path / "plain.xlsx")


def test_columns_that_begin_and_end_apart_share_their_rows(tmp_path: Path) -> None:
    """Long tables side by side whose rows overlap in part, and a cell between them."""
    for name, limit in (("long.xlsx", LONG), ("plain.xlsx", NEVER)):
        with Workbook(tmp_path / name, title="长表", long_from=limit) as book:
            sheet = book.sheet("表")
            sheet.table(3, 1, COLUMNS, rows(LONG))
            sheet.table(40, 12, COLUMNS, rows(LONG + 30), freeze=False, autofilter=False)
            sheet.text(100, 10, "之间", TEXT)
            sheet.height(200, 40)
    assert cells(tmp_path / "long.xlsx") == cells(tmp_path / "plain.xlsx")


def test_two_long_tables_below_one_another_keep_apart(tmp_path: Path) -> None:
    """Rows between them, and above, are the library's own."""
    first, second = rows(LONG), rows(LONG + 1)
    with Workbook(tmp_path / "two.xlsx", title="两张") as book:
        sheet = book.sheet("表")
        placed = sheet.table(3, 1, COLUMNS, first)
        sheet.table(placed.next_row + 4, 2, COLUMNS, second)
    sheet = openpyxl.load_workbook(tmp_path / "two.xlsx")["表"]
    top = placed.next_row + 5
    assert [sheet.cell(4 + n, 1).value for n in (0, LONG - 1)] == [1, LONG]
    assert [sheet.cell(top + n, 2).value for n in (0, LONG)] == [1, LONG + 1]
    assert sheet.cell(placed.next_row + 1, 1).value is None


def test_the_same_long_table_gives_the_same_bytes(tmp_path: Path) -> None:
    """The order of the distinct values is that of the rows."""
    for name in ("a.xlsx", "b.xlsx"):
        write(tmp_path / name, rows(LONG))
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
