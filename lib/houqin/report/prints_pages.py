"""Forms of several pages on one sheet: a slip a page or a few, in as many copies as the office hands out."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from houqin.values import amount_in_words
from houqin.workbook import Formula

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from decimal import Decimal

    from houqin.report.prints_frame import Frame
    from houqin.workbook import CellValue

T = TypeVar("T")
MOST_PAGES = 1000  # Excel keeps 1,023 manual breaks a sheet
GAP = 14.0  # points between two slips of one page


def write_pages(frame: Frame, slips: Sequence[Callable[[int], int]], *, a_page: int = 1) -> int:
    """Write slips, each from a row on and giving the row below it, some a page; give how many were left out.

    What is beyond the pages that Excel can part is left out: the caller says so.
    """
    sheet, row, top = frame.sheet, 1, 1
    kept = slips[: MOST_PAGES * a_page]
    for number, slip in enumerate(kept):
        if number and number % a_page == 0:
            sheet.page.highest = max(sheet.page.highest, sheet.tall(top, row - 1))
            sheet.page.breaks.append(row - 1)
            top = row
        elif number:
            sheet.height(row, GAP)
            row += 1
        row = slip(row)
    sheet.page.highest = max(sheet.page.highest, sheet.tall(top, row - 1))
    return len(slips) - len(kept)


def in_words(total: Decimal, cell: str) -> CellValue:
    """Give an amount in official characters, which takes itself back when someone changes the figures."""
    words = amount_in_words(total)
    return Formula(f'IF(ROUND({cell}-{total.normalize():f},2)=0,"{words}","（金额已改动，请重写大写）")', words)


def by_class(records: Sequence[T], order: Mapping[str, int], name: Callable[[T], str]) -> dict[str, list[T]]:
    """Group what belongs to classes, the classes in the settings' order, then all others."""
    groups: dict[str, list[T]] = {}
    for record in records:
        groups.setdefault(name(record) or "未写班级", []).append(record)
    return {each: groups[each] for each in sorted(groups, key=lambda n: (order.get(n, len(order)), n))}
