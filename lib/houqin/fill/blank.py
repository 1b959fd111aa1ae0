"""The blank workbook as a person sees it: sheets, headers, labels; what a description says of it is looked up here."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from houqin.forms.entry import nearest
from houqin.model import Grid, Kind, column_letter, column_number, grid_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.fill.describe import Description

_LETTERS = re.compile(r"[A-Z]{1,3}")


class Blank:
    """The sheets of a blank; mistakes are added to `problems`."""

    def __init__(self, grids: Sequence[Grid], name: str, problems: list[str]) -> None:
        self._grids = {each.sheet: each for each in grids}
        self._first = next((each for each in grids if each.visible), None)
        self._name, self.problems = name, problems

    def wrong(self, place: str, message: str) -> None:
        """Note a mistake."""
        self.problems.append(f"{self.named(place)}：{message}")

    def named(self, place: str) -> str:
        """Give a place with the description's file."""
        return f"《{self._name}》{place}"

    def sheet(self, name: str, place: str) -> Grid:
        """Give a sheet by its name, the first visible one without a name."""
        found = self._grids.get(name) if name else self._first
        if found is None:
            self.wrong(place, f"空白表里没有工作表“{name}”{nearest(name, self._grids) or '。'}")
            return grid_of([[None]])
        return found

    def text(self, grid: Grid, row: int, column: int) -> str:
        """Give what a cell says as text."""
        value = grid.cell(row, column).value
        if grid.kind(row, column) == Kind.NUMBER and isinstance(value, float) and value.is_integer():
            return str(int(value))
        return "" if value is None else str(value)

    def label(self, grid: Grid, row: int, column: int) -> str:
        """Give a label as it is compared: within a merge the merge's own, without white space."""
        return plain_label(self.text(grid, *grid.anchor(row, column)))

    def headers(self, grid: Grid, rows: tuple[int, int]) -> dict[int, str]:
        """Give the header of each column, its levels joined with /."""
        found = {}
        for column in range(1, grid.columns + 1):
            levels = [self.label(grid, row, column) for row in range(rows[0], rows[1] + 1)]
            path = "/".join(dict.fromkeys(each for each in levels if each))
            if path:
                found[column] = path
        return found

    def column(self, grid: Grid, rows: tuple[int, int], wanted: str, place: str) -> int:
        """Find a column by its header, by the header's last level, or by its letters."""
        headers, word = self.headers(grid, rows), plain_label(wanted)
        tops = [c for c, path in headers.items() if path == word and not _covered(grid, rows[1], c)]
        ends = [c for c, path in headers.items() if path.rpartition("/")[2] == word and not _covered(grid, rows[1], c)]
        found = tops or ends
        if len(found) == 1:
            return found[0]
        if not found and _LETTERS.fullmatch(word):
            return column_number(word)
        if found:
            letters = "、".join(f"{column_letter(c)}（{headers[c]}）" for c in found)
            self.wrong(place, f"有几列都叫“{wanted}”：{letters}。请写全两级表头，或直接写列号。")
        else:
            near = nearest(word, headers.values()) or "。"
            self.wrong(place, f"第 {rows[0]} 至 {rows[1]} 行的表头里没有“{wanted}”{near}")
        return 0

    def check_bodies(self, description: Description) -> None:
        """Note tables of one sheet that lie over one another."""
        taken: list[tuple[str, int, int, str]] = []
        for each in description.tables:
            grid = self.sheet(each.sheet, each.place)
            for sheet, first, last, place in taken:
                if sheet == grid.sheet and first <= each.body[1] and each.body[0] <= last:
                    self.wrong(each.place, f"rows 与{place}的 rows 重叠。")
            if each.header[1] >= each.body[0]:
                self.wrong(each.place, f"表头（到第 {each.header[1]} 行）要在 rows（从第 {each.body[0]} 行）上面。")
            taken.append((grid.sheet, *each.body, each.place))


def _covered(grid: Grid, row: int, column: int) -> bool:
    """Tell a column of a merged header that is not the merge's first."""
    return grid.anchor(row, column)[1] != column


def plain_label(text: str) -> str:
    """Give a label as labels are compared.

    >>> plain_label("账 面 数量（个）")
    '账面数量(个)'
    """
    return "".join(unicodedata.normalize("NFKC", text).split())
