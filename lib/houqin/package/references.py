"""References in formulas, areas and names: what they become where rows are put into a sheet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from houqin.model import column_letter, column_number

# Texts, column names in brackets and words before a parenthesis hold no reference; a prefix says whose sheet it is.
_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")
    |(?P<prefix>(?:'(?:[^']|'')+'|(?:\[\d+\])?[^\W\d][\w.:]*|\[\d+\][^!'"(),;+*/^&=<>\s-]*)!)?
     (?:(?P<cells>\$?[A-Za-z]{1,3}\$?\d{1,7}(?::\$?[A-Za-z]{1,3}\$?\d{1,7})?)(?![\w(.!])
       |(?P<rows>\$?\d{1,7}:\$?\d{1,7})(?![\w(.!]))
    |(?P<brackets>\[(?:[^\[\]]|\[[^\[\]]*\])*\])
    |(?P<word>[^\W\d][\w.]*!?|\d[\d.]*(?:[eE][+-]?\d+)?)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_END = re.compile(r"(\$?)([A-Za-z]{0,3})(\$?)(\d{1,7})")
_LAST_ROW = 1_048_576


@dataclass(frozen=True, slots=True)
class Insertion:
    """`count` rows put in before row `at`. With `grows`, areas that end just above take them in as well.

    (Excel takes them in only where they lie within an area; a table of one sample row has no within.)
    """

    at: int
    count: int
    grows: bool = False

    def row(self, row: int) -> int:
        """Give where a row is afterwards."""
        return row + self.count if row >= self.at else row

    def rows(self, first: int, last: int, *, grows: bool | None = None) -> tuple[int, int]:
        """Give where a stretch of rows is afterwards."""
        grows = self.grows if grows is None else grows
        if last == _LAST_ROW:
            return self.row(first), last
        end = last + self.count if last >= self.at or (grows and last == self.at - 1) else last
        return self.row(first), end


def shift_formula(formula: str, insertion: Insertion, *, sheet: str, own: bool, grows: bool | None = None) -> str:
    """Give a formula after rows were put into `sheet`; `own` tells that the formula stands in that sheet.

    >>> shift_formula("SUM(D5:D9)+'盘点'!A12", Insertion(9, 3), sheet="盘点", own=True)
    "SUM(D5:D12)+'盘点'!A15"
    """

    def changed(found: re.Match[str]) -> str:
        word = found["cells"] or found["rows"]
        if word is None or not _is_of(found["prefix"], sheet, own=own):
            return found[0]
        return (found["prefix"] or "") + shift_area(word, insertion, grows=grows, single=":" not in word)

    return _TOKEN.sub(changed, formula)


def shift_area(area: str, insertion: Insertion, *, grows: bool | None = None, single: bool = False) -> str:
    """Give an area (A1, A1:B2, 1:3) afterwards; a `single` cell never grows.

    >>> shift_area("$A$1:$F$8", Insertion(8, 2)), shift_area("B5", Insertion(6, 2, True))
    ('$A$1:$F$10', 'B5:B7')
    """
    first, _, last = area.partition(":")
    start, end = _END.fullmatch(first), _END.fullmatch(last or first)
    if start is None or end is None:
        return area  # whole columns
    if single:
        return f"{start[1]}{start[2]}{start[3]}{insertion.row(int(start[4]))}"
    top, bottom = insertion.rows(int(start[4]), int(end[4]), grows=grows)
    left, right = f"{start[1]}{start[2]}{start[3]}{top}", f"{end[1]}{end[2]}{end[3]}{bottom}"
    return left if not last and left == right else f"{left}:{right}"


def move_formula(formula: str, rows: int, columns: int = 0) -> str:
    """Give a formula as it is in another cell: what is not fixed with $ moves along.

    >>> move_formula("E5*$F$2+SUM(G$5:G5)", 1)
    'E6*$F$2+SUM(G$5:G6)'
    """

    def changed(found: re.Match[str]) -> str:
        if found["cells"]:
            return (found["prefix"] or "") + _END.sub(lambda end: _moved(end, rows, columns), found["cells"])
        return found[0]

    return _TOKEN.sub(changed, formula)


def rename_sheet(formula: str, old: str, new: str) -> str:
    """Give a formula whose references into one sheet lead into another.

    >>> rename_sheet("SUM('分装单'!A1:A3)+总表!B2", "分装单", "七年级(1)班")
    "SUM('七年级(1)班'!A1:A3)+总表!B2"
    """
    quoted = "'" + new.replace("'", "''") + "'!"

    def changed(found: re.Match[str]) -> str:
        prefix = found["prefix"]
        if not prefix or not _is_of(prefix, old, own=False):
            return found[0]
        return quoted + (found["cells"] or found["rows"])

    return _TOKEN.sub(changed, formula)


def _moved(end: re.Match[str], rows: int, columns: int) -> str:
    row = int(end[4]) + (0 if end[3] else rows)
    column = column_number(end[2]) + (0 if end[1] else columns)
    return f"{end[1]}{column_letter(column)}{end[3]}{row}" if row >= 1 and column >= 1 else "#REF!"


def _is_of(prefix: str | None, sheet: str, *, own: bool) -> bool:
    """Tell whether a reference with a prefix leads into a sheet; another workbook's never does."""
    if not prefix:
        return own
    name = prefix[:-1]
    if name.startswith("'"):
        name = name[1:-1].replace("''", "'")
    return name.casefold() == sheet.casefold()
