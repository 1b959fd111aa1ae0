"""Filled-in text is readable: rows grow with it where they must, and columns too narrow for a number are told."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter

from houqin.package import CellValue, Filled, fill_workbook

LONG = "多媒体交互式触控一体机（含推拉黑板、壁挂展台、中控、音箱、无线话筒），86 英寸"


def filled(cells: dict[tuple[int, int], CellValue]) -> Filled:
    """Fill a small blank in: wrapped and plain columns, rows of a fixed height and one without, a merge."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet("表")
    wrapped, plain = book.add_format({"text_wrap": True}), book.add_format()
    money, whole = book.add_format({"num_format": "#,##0.00"}), book.add_format({"num_format": "0"})
    sheet.set_column("A:D", 9)
    for row in range(4):
        if row < 3:
            sheet.set_row(row, 20)
        for column, look in enumerate((wrapped, plain, money, whole)):
            sheet.write_blank(row, column, None, look)
    sheet.write_formula("C5", "=SUM(C1:C4)", money, 0)
    sheet.merge_range("A6:D6", "", wrapped)
    sheet.set_row(5, 20)
    book.close()
    return fill_workbook(made.getvalue(), (), {"表": cells})


def heights(data: bytes) -> dict[int, float | None]:
    """Give the rows' heights."""
    rows = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].row_dimensions
    return {row: rows[row].height for row in range(1, 7)}


def test_a_row_of_fixed_height_grows_with_wrapped_text() -> None:
    """Excel does not make it higher by itself: half the text would be hidden on paper."""
    made = heights(filled({(1, 1): LONG, (2, 2): LONG, (3, 1): "短", (6, 1): LONG}).data)
    assert made[1] is not None
    assert made[1] > 100
    assert made[2] == pytest.approx(20, abs=0.5)  # not wrapped: it shows in one line as before
    assert made[3] == pytest.approx(20, abs=0.5)
    assert made[6] is not None
    assert 20 < made[6] < made[1]  # a merge has more room


def test_a_row_without_a_height_is_left_to_excel() -> None:
    """It is fitted when the workbook opens; a height of ours would stay when the text goes."""
    assert heights(filled({(4, 1): LONG}).data)[4] is None


@pytest.mark.parametrize(
    ("cells", "columns"),
    [
        ({(1, 3): Decimal("1234.50")}, []),
        ({(1, 3): Decimal("123456789.00")}, ["C"]),
        ({(1, 3): Decimal("600000.00"), (2, 3): Decimal("600000.00")}, ["C"]),  # only their sum is too wide
        ({(1, 4): 12345678901}, ["D"]),
        ({(1, 2): 12345678901}, []),  # General shortens
    ],
)
def test_a_column_too_narrow_for_a_number_is_told(cells: dict[tuple[int, int], CellValue], columns: list[str]) -> None:
    """#### on a signed form is noticed by the bureau first; sums count as well."""
    assert filled(cells).narrow == tuple(("表", letters) for letters in columns)
