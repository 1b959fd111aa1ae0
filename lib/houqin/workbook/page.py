"""How a sheet prints: A4, one page wide, header rows repeated, page x of y."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

# Inches; wide enough for the binding of a school's file
SIDE, TOP, BOTTOM = 0.55, 0.6, 0.7
A4_SHORT, A4_LONG = 8.27, 11.69
DPI = 96
# Pixels of a digit: 8 in the faces that we ask for, 9.4 where another stands in for them
CHARACTER = 9.4
SAFE = 0.97  # widths are rounded to pixels


@dataclass(slots=True)
class Page:
    """The page of a sheet.

    `breaks` are rows after which a new page starts: then the scale is computed, because Excel passes over manual
    breaks where it fits to pages itself. `one_page` fits all on a single sheet of paper.
    """

    landscape: bool = False
    title: str = ""
    repeat: tuple[int, int] | None = None
    breaks: list[int] = field(default_factory=list)
    one_page: bool = False
    footer: str | None = None
    area: tuple[int, int, int, int] | None = None
    centred: bool = True
    highest: float = 0  # points of the tallest part between breaks, which then fits on one page


def set_page(raw: Any, page: Page, characters: float, columns: int) -> None:  # noqa: ANN401  (xlsxwriter's Worksheet)
    """Write the page set-up of a sheet whose columns take so many characters."""
    raw.set_paper(9)
    raw.set_landscape() if page.landscape else raw.set_portrait()
    raw.set_margins(SIDE, SIDE, TOP, BOTTOM)
    if page.centred:
        raw.center_horizontally()
    left = page.title.replace("&", "&&")
    raw.set_footer(page.footer if page.footer is not None else f"&L&9{left}&R&9第 &P 页 共 &N 页")
    if page.repeat:
        raw.repeat_rows(page.repeat[0] - 1, page.repeat[1] - 1)
    if page.area:
        top, left_column, bottom, right = page.area
        raw.print_area(top - 1, left_column - 1, bottom - 1, right - 1)
    if page.breaks:
        raw.set_h_pagebreaks(page.breaks)
        raw.set_print_scale(_scale(page, characters, columns))
    else:
        raw.fit_to_pages(1, 1 if page.one_page else 0)


def _scale(page: Page, characters: float, columns: int) -> int:
    """Give the percentage at which the columns fit the width: a column has 5 pixels beside its characters."""
    room = ((A4_LONG if page.landscape else A4_SHORT) - 2 * SIDE) * DPI * SAFE
    height = ((A4_SHORT if page.landscape else A4_LONG) - TOP - BOTTOM) * 72
    by_height = int(100 * height / page.highest) if page.highest else 100
    return max(40, min(100, by_height, int(100 * room / (characters * CHARACTER + columns * 5))))
