"""What each row of a body is: a record, or one of the kinds that are none."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from houqin.locate.lines import is_footer, is_labelled_line
from houqin.locate.vocabulary import Word, normal_text
from houqin.model import Kind, Range, RowKind

if TYPE_CHECKING:
    from houqin.locate.view import Item, SheetView

# How many columns from the left may hold the label of a total or an opening row.
_LABEL_COLUMNS = 6
_LEAST_SIGNERS = 2
_LONGEST_PRINTED = 12
# The meter of the whole school is a record; behind a number or a month these words are where it hangs.
_PLACES = frozenset({"全校"})
# A name before 合计 makes it the total of a part, unless it means all.
_WHOLE = ("全", "总", "学校", "本校", "合计", "累计")


def classify_row(
    view: SheetView, row: int, area: Range, serial: int | None, printed: frozenset[int] = frozenset()
) -> RowKind | None:
    """Give the kind of a body row within a table's columns, None for a record.

    `serial` is the column of 序号, `printed` are those whose words stand there before anything is filled in.
    """
    columns = view.columns(row, area)
    if not columns or _is_reserved(view, row, columns, serial) or _is_printed(view, row, area, serial, printed):
        return RowKind.BLANK
    if len(columns) > 2 and not view.has_special(row, area):
        return None
    items = view.items(row, area)
    if is_footer(items):
        return RowKind.TOTAL if _is_total(items) else RowKind.NOTE
    kind = labelled_kind(items)
    if kind is None and not _is_signed(items) and _is_category(items, area):
        return RowKind.CATEGORY
    return kind or (RowKind.NOTE if _is_signed(items) or is_labelled_line(items) else None)


def _is_signed(items: list[Item]) -> bool:
    """Tell signers typed over cells without colons: 填表人 | 周某 | 审核人, each but the last with one name or none."""
    if all(item.words & Word.NO_DAY for item in items):
        return True  # the line of 年 月 日 below them
    signers = [place for place, item in enumerate(items) if item.words & Word.SIGNER]
    if len(signers) < _LEAST_SIGNERS or signers[0] != 0 or not all(item.is_text for item in items):
        return False
    gaps = [after - before for before, after in pairwise([*signers, len(items)])]
    return max(gaps) <= 2


def _is_reserved(view: SheetView, row: int, columns: tuple[int, ...], serial: int | None) -> bool:
    """Tell a row that waits to be filled in: its number alone, or formulas that give 0."""
    if columns == (serial,):
        return not view.item(row, columns[0]).is_text
    return _is_all_zero_formulas(view, row, columns, serial)


def _is_printed(view: SheetView, row: int, area: Range, serial: int | None, printed: frozenset[int]) -> bool:
    """Tell a row of a printed form that waits: the words that stand there anyway, and beside them what comes to 0."""
    items = view.items(row, area)
    words = [item for item in items if item.column in printed]
    if not words or any(item.width > 1 or len(item.text) > _LONGEST_PRINTED for item in words):
        return False
    if is_footer(items) or labelled_kind(items) or is_labelled_line(items):
        return False
    return all(item.column == serial or _is_nought(view, item) for item in items if item.column not in printed)


def _is_nought(view: SheetView, item: Item) -> bool:
    """Tell a formula that gives nothing yet, or a 0."""
    is_empty = view.grid.is_formula(item.row, item.column) and not item.text
    return is_empty or view.number(item.row, item.column) == 0.0


def labelled_kind(items: list[Item]) -> RowKind | None:
    """Give TOTAL, SUBTOTAL or OPENING by the row's label, if no other text names a record."""
    texts = [item for item in items[:_LABEL_COLUMNS] if item.is_text]
    if _spread_total(texts):
        return RowKind.TOTAL
    for place, item in enumerate(texts):
        if not item.words & (Word.TOTAL | Word.SUBTOTAL | Word.OPENING):
            continue
        if normal_text(item.text) in _PLACES and items[0] is not item:
            return None
        before = [normal_text(other.text) for other in texts[:place] if not _is_date_like(other)]
        if len(before) > 1 or (before and item.words & Word.OPENING and item.words & Word.CATEGORY):
            return None
        if item.words & Word.OPENING:
            return RowKind.OPENING
        whole = not before or before[0].startswith(_WHOLE)
        return RowKind.TOTAL if item.words & Word.TOTAL and whole else RowKind.SUBTOTAL
    return None


def _spread_total(texts: list[Item]) -> bool:
    """Tell 合 | 计 typed over two cells."""
    joined = "".join(normal_text(item.text) for item in texts[:3])
    return (
        len(texts) >= 2 and joined.startswith(("合计", "总计", "共计", "小计")) and len(normal_text(texts[0].text)) == 1
    )


def _is_date_like(item: Item) -> bool:
    return item.kind == Kind.DATE or any(c.isdigit() for c in item.text)


def _is_total(items: list[Item]) -> bool:
    """Tell a total whose label goes on with the amount in words: 合计（大写）：壹佰元整 | | 100."""
    starts = normal_text(items[0].text).startswith(("合计", "总计", "共计", "小计"))
    return starts and any(item.is_number for item in items[1:])


def _is_category(items: list[Item], area: Range) -> bool:
    """Tell a row whose one text heads the rows below: merged across, or numbered 一、."""
    if len(items) != 1 or not items[0].is_text:
        return False
    item = items[0]
    wide = item.width >= 3 or item.width * 2 > area.right - area.left + 1
    return (wide and item.bottom == item.row) or bool(item.words & Word.CATEGORY)


def lone_text(items: list[Item]) -> Item | None:
    """Give the text of a row that holds one text and nothing else."""
    return items[0] if len(items) == 1 and items[0].is_text else None


def _is_all_zero_formulas(view: SheetView, row: int, columns: tuple[int, ...], serial: int | None) -> bool:
    """Tell a row that holds nothing but its number and formulas that give 0."""
    if not view.grid.formulas:
        return False
    formulas = 0
    for column in columns:
        if view.grid.is_formula(row, column):
            formulas += 1
            if view.number(row, column) not in (0.0, None) or view.grid.kind(row, column) == Kind.TEXT:
                return False
        elif column != serial:
            return False
    return formulas > 0
