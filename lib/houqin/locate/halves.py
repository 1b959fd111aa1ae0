"""Statements of two halves side by side, 收入 | 支出 and 资产 | 负债: each half names its items in its own column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.locate.touching import has_texts, leaf_labels
from houqin.locate.vocabulary import Word, normal_text
from houqin.model import RowKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.locate.headers import Header
    from houqin.locate.view import Item, SheetView
    from houqin.model import Range

_INCOME, _EXPENSE, _ASSETS, _DEBTS = "收入", "支出", "资产", "负债"
_PAIRS = {(_INCOME, _EXPENSE), (_ASSETS, _DEBTS)}
# What runs on from row to row is a book's, not a statement's.
_RUNNING = ("结余", "余额", "结存")
_CARRIED = ("结转", "结余", "结存")


def halves_cut(view: SheetView, header: Header, area: Range) -> int | None:
    """Give the column where the right half begins, None where the header is of one table.

    Both halves begin with a column of words whose label, or the group above it, says its side; the left one may have
    numbers of its lines before it. After both come figures, and nothing runs on behind them.
    """
    labels = leaf_labels(view, header, area)
    naming = [item for item in labels if not item.words & Word.SERIAL and has_texts(view, header, area, item)]
    sided = [(item, said) for item in naming if (said := side_of(view, header, item.column, area))]
    if len(sided) < 2:
        return None
    (left, one), (right, other) = sided[0], next((each for each in sided if each[1][0] != sided[0][1][0]), sided[0])
    before = [item for item in labels if item.column < left.column]
    if (one[0], other[0]) not in _PAIRS or not all(item.words & Word.SERIAL for item in before):
        return None
    figures = [item for item in labels if item not in naming]
    if any(normal_text(item.text).endswith(_RUNNING) and other[0] == _EXPENSE for item in labels[-1:]):
        return None
    between = any(left.column < item.column < right.column for item in figures)
    return _with_serial(labels, right) if between and any(item.column > right.column for item in figures) else None


def _with_serial(labels: Sequence[Item], right: Item) -> int:
    """Give the first column of the right half: a 行次 right before its items is its own."""
    before = [item for item in labels if item.column < right.column]
    is_own = len(before) > 1 and before[-1].words & Word.SERIAL
    return before[-1].column if is_own else right.column


def side_of(view: SheetView, header: Header, column: int, area: Range) -> tuple[str, Item] | None:
    """Give which side a column is of, and the label that says so: its own, or the nearest above it."""
    for row in reversed(header.rows):
        anchor = view.grid.anchor(row, column)
        over = [item for item in view.items(anchor[0], area) if item.column <= column]
        # A group typed over its first column holds for those after it.
        item = over[-1] if over and (row < header.bottom or over[-1].column == anchor[1]) else None
        if item is not None and (said := _side(item.text)):
            return said, item
    return None


def _side(text: str) -> str | None:
    label = normal_text(text)
    said = [word for word in (_INCOME, _EXPENSE) if word in label]
    said += [word for word in (_ASSETS, _DEBTS) if label.startswith(word)]
    return said[0] if len(said) == 1 else None


def items_of_half(view: SheetView, skipped: dict[int, RowKind], area: Range) -> dict[int, RowKind]:
    """Give the rows of a half that are no records: 上年结转 and 结转下年 are items of it, as 事业收入 is."""
    kept = {}
    for row, kind in skipped.items():
        items = view.items(row, area)
        carried = bool(items) and any(word in normal_text(items[0].text) for word in _CARRIED)
        if kind not in (RowKind.OPENING, RowKind.SUBTOTAL) or not carried or len(items) < 2:
            kept[row] = kind
    return kept
