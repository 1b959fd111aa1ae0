"""How much a row looks like the first row of a header: the sum of what its words, types, place and look say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from houqin.locate.lines import are_known, are_titles, is_line, is_parameters
from houqin.locate.rows import labelled_kind
from houqin.locate.view import clipped
from houqin.locate.vocabulary import LONG_TEXT, Word, normal_text
from houqin.model import Kind

if TYPE_CHECKING:
    from collections.abc import Callable

    from houqin.locate.view import Item, SheetView
    from houqin.model import Range

LIKELY = 3.0
# A header within a body must be sure: a list of words (品名, 规格) also stands in plain records.
SURE = 5.0
# Where nothing on a sheet is likely: a row that opens a block, unlike the rows below it.
POSSIBLE = 1.9
_LEAST_OF_SERIES = 3
# Days in a header: 10.1 may be the 10th, and bare numbers need to be many to be days.
_MONTHS, _LAST_DAY, _LOST_ZERO, _LEAST_BARE_DAYS, _LONGEST_BREAK = 12, 31, 4, 5, 9
_LOOK_BELOW = 8
# So many rows without a header seen, one amid rows must have words to be looked at.
_FAR_DOWN = 300
_SEXES = frozenset("男女")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that may be a header, with the rows below it that hold something."""

    view: SheetView
    area: Range
    row: int
    items: list[Item]
    texts: list[Item]
    below: list[list[Item]]

    def share(self, count: float) -> float:
        """Give a count as a share of the row's cells."""
        return count / len(self.items)


def score_row(view: SheetView, row: int, area: Range) -> float:
    """Score a row; past LIKELY it is taken where a header is due, past SURE anywhere."""
    if not _may_be_header(view, row, area):
        return 0.0
    items = [clipped(item, area) for item in view.items(row, area)]
    if len(items) < 2 or is_line(items) or are_titles(items) or are_known(items) or names_no_header(items):
        return 0.0
    if row > area.top and is_parameters(items) and is_parameters(view.items(row - 1, area)):
        return 0.0
    texts = [item for item in items if item.is_text]
    if len(texts) * 2 < len(items) and not is_series(items):
        return 0.0
    candidate = Candidate(view, area, row, items, texts, _rows_below(view, row, area))
    return sum(evidence(candidate) for evidence in EVIDENCE)


def _may_be_header(view: SheetView, row: int, area: Range) -> bool:
    """Tell cheaply a row worth scoring, as all rows of a sheet without a header must be asked.

    One of numbers alone is none, nor is one without header words and bold that looks like the row above it, or stands
    far down amid others.
    """
    kinds = view.kinds(row, area)
    filled = len(kinds) - kinds.count(Kind.BLANK)
    dates = kinds.count(Kind.DATE)
    if filled < 2 or (not kinds.count(Kind.TEXT) and dates * 2 <= filled):
        return False
    if row == area.top or dates * 2 > filled or len(view.columns(row - 1, area)) < 2:
        return True
    if view.kinds(row - 1, area) != kinds and row - area.top < _FAR_DOWN:
        return True
    special = view.header_words(row, area) or view.has_special(row - 1, area)
    return bool(special) or any(view.is_bold_at(row, column) for column in view.columns(row, area))


def is_like_records(view: SheetView, row: int, area: Range) -> bool:
    """Tell a row whose numbers, dates or codes are shaped as those below it."""
    items = [clipped(item, area) for item in view.items(row, area)]
    texts = [item for item in items if item.is_text]
    if is_even_series([item for item in items if item.is_number]):
        return False
    return bool(items) and _no_record(Candidate(view, area, row, items, texts, _rows_below(view, row, area))) < 0


def _rows_below(view: SheetView, row: int, area: Range) -> list[list[Item]]:
    rows: list[list[Item]] = []
    for below in range(row + 1, min(row + 2 * _LOOK_BELOW, area.bottom) + 1):
        items = view.items(below, area)
        if items and len(rows) < _LOOK_BELOW:
            rows.append(items)
    return rows


def _words(row: Candidate) -> float:
    """Words that offices use as headers."""
    hits = sum(1 for item in row.texts if item.words & Word.HEADER)
    return 4.0 * row.share(hits) + 0.5 * min(hits, 4)


def _no_numbers(row: Candidate) -> float:
    """Numbers speak against a header, an even series of them does not."""
    return 0.0 if is_series(row.items) else -4.0 * row.share(len(row.items) - len(row.texts))


def _no_sentences(row: Candidate) -> float:
    """Long texts and labels with a colon speak against."""
    return -sum(1.0 for item in row.texts if item.words & (Word.LONG | Word.LABEL))


def _distinct(row: Candidate) -> float:
    """Labels differ from one another."""
    labels = {normal_text(item.text) for item in row.texts}
    return 0.5 if len(labels) == len(row.texts) else -0.5 * (len(row.texts) - len(labels)) / len(row.texts)


def _bold(row: Candidate) -> float:
    """Bold, and the row below is not."""
    if not all(row.view.is_bold(item) for item in row.texts):
        return 0.0
    plain = bool(row.below) and not any(row.view.is_bold(item) for item in row.below[0])
    return 1.5 if plain else 0.5


def _serial(row: Candidate) -> float:
    """序号 stands first."""
    return 0.5 if row.items[0].words & Word.SERIAL else 0.0


def _contrast(row: Candidate) -> float:
    """Text above, numbers below, or a pattern that the label does not share; the same text below speaks against."""
    changed = same = 0.0
    for item in row.texts:
        cells = [cell for items in row.below for cell in items if cell.column == item.column]
        if not cells:
            continue
        numeric = sum(1 for cell in cells if not cell.is_text)
        if numeric * 2 > len(cells):
            changed += 1
        elif normal_text(cells[0].text) == normal_text(item.text):
            same += 1
        else:
            changed += _pattern_contrast(item, [cell.text for cell in cells])
    return 2.5 * row.share(changed) - 1.5 * row.share(same)


def _pattern_contrast(label: Item, values: list[str]) -> float:
    """Compare a label with the texts below it: codes and dates hold digits, 个 and 男 come again and again."""
    digits = sum(1 for value in values if _has_digit(value))
    if digits * 3 > len(values) * 2 and not _has_digit(label.text):
        return 0.8
    repeats = len(values) >= _LEAST_OF_SERIES and len(set(values)) * 5 <= len(values) * 3
    return 0.6 if repeats and label.text not in values else 0.0


def _no_record(row: Candidate) -> float:
    """A number above numbers, or a date or code shaped like those below, is a value and no label."""
    alike = 0
    for item in row.items:
        cells = [cell for items in row.below for cell in items if cell.column == item.column]
        if item.kind in (Kind.NUMBER, Kind.DATE):
            same = sum(1 for cell in cells if cell.kind == item.kind)
        elif _has_digit(item.text):
            same = sum(1 for cell in cells if _shape(cell.text) == _shape(item.text))
        else:
            continue
        alike += len(cells) >= _LEAST_OF_SERIES and same * 5 > len(cells) * 4
    return -1.5 * min(alike, 3) if alike and not is_series(row.items) else 0.0


def _shape(text: str) -> str:
    return _DIGITS.sub("0", text)


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)


def _opens_block(row: Candidate) -> float:
    """Nothing but lines above, and as wide as what follows; a like row right above speaks against."""
    above = row.view.items(row.row - 1, row.area) if row.row > row.area.top else []
    if above and not is_line(above) and labelled_kind(above) is None and len(above) * 2 >= len(row.items):
        alike = [item.column for item in above] == [item.column for item in row.items]
        return -3.0 if alike and all(item.is_text for item in above) else -1.0
    widths = [max(item.right for item in items) - min(item.column for item in items) + 1 for items in row.below]
    width = row.items[-1].right - row.items[0].column + 1
    return 1.5 if widths and width * 10 >= max(widths) * 7 else 0.0


def _series(row: Candidate) -> float:
    """A long series of days or sizes beside one or two words is a header's; records seldom rise so."""
    numbers = [item for item in row.items if item.is_number]
    return 1.5 if len(numbers) >= _LEAST_BARE_DAYS and len(row.texts) <= len(numbers) and is_even(numbers) else 0.0


def _unlike(row: Candidate) -> float:
    """Values repeat in the rows below, labels do not."""
    repeating = sum(1 for items in row.below if len({item.text for item in items}) < len(items))
    distinct = len({item.text for item in row.items}) == len(row.items) > 2
    return 0.5 if distinct and repeating * 2 >= len(row.below) > 0 else 0.0


def _pairs(row: Candidate) -> float:
    """A form's labels with their values beside them (姓名 | 张三 | 性别 | 男), or labels down the first column."""
    flags = [bool(item.words & Word.HEADER) for item in row.items]
    if _are_pairs(row.items):
        return -6.0 if row.below and _are_pairs(row.below[0]) else -3.0
    column = [items[0] for items in row.below if items[0].column == row.items[0].column]
    down = sum(1 for item in column if item.words & Word.HEADER)
    if all(len(items) == 2 and items[1].is_number for items in row.below):
        return 0.0
    # A page of few lines, each with another thing to say, is no table whatever its labels are called.
    values = [items[1].text for items in row.below if len(items) == 2]
    short = len(row.below) < _LOOK_BELOW and len(set(values)) == len(values) == len(row.below)
    labels_down = down * 3 >= len(column) * 2 or (short and flags[0])
    return -3.0 if len(flags) == 2 and not flags[1] and len(column) >= 2 and labels_down else 0.0


def _are_pairs(items: list[Item]) -> bool:
    """Tell labels with values beside them; one value may read like a label, 性别 | 男."""
    flags = [bool(item.words & Word.HEADER) and normal_text(item.text) not in _SEXES for item in items]
    if len(flags) < 4 or len(flags) % 2 or not all(flags[0::2]):
        return False
    return sum(flags[1::2]) * 2 < len(flags[1::2])


EVIDENCE: tuple[Callable[[Candidate], float], ...] = (
    _words, _no_numbers, _no_sentences, _distinct, _bold, _serial, _contrast, _no_record, _opens_block, _unlike, _pairs,
    _series,
)  # fmt: skip


# From how much on a clerk is told of an evidence, and how.
_SAID: tuple[tuple[Callable[[Candidate], float], float, str], ...] = (
    (_words, 2.0, "多是常用的表头用语"), (_bold, 0.5, "加粗"), (_contrast, 1.2, "和下面各行的内容不是一类"),
    (_opens_block, 1.0, "上面没有记录"),
)  # fmt: skip


def reasons_for_header(view: SheetView, row: int, area: Range) -> list[str]:
    """Give what speaks for a row as a header, a Chinese phrase each, the words it is known by first."""
    items = [clipped(item, area) for item in view.items(row, area)]
    if not items:
        return []
    texts = [item for item in items if item.is_text]
    if not texts:
        return ["是一串连续的数"] if is_even_series(items) else []
    candidate = Candidate(view, area, row, items, texts, _rows_below(view, row, area))
    return [said for evidence, least, said in _SAID if evidence(candidate) >= least]


def is_series(items: list[Item]) -> bool:
    """Tell numbers that head columns: days 1 to 31, sizes 150 to 190, years, dates."""
    dates = sum(1 for item in items if item.kind == Kind.DATE)
    if dates * 2 > len(items) and dates >= 3:
        return True
    numbers = [item for item in items if item.is_number]
    return len(items) - 2 <= len(numbers) * 2 and len(numbers) < len(items) and is_even_series(numbers)


def is_even_series(items: list[Item]) -> bool:
    """Tell one even series, or the same one again and again: the sizes of boys and of girls."""
    if is_even(items):
        return True
    period = next((n for n in range(1, len(items)) if items[n].text == items[0].text), 0)
    if not period or len(items) % period:
        return False
    texts = [item.text for item in items]
    return is_even(items[:period]) and texts == texts[:period] * (len(items) // period)


def is_even(items: list[Item]) -> bool:
    """Tell at least three numbers that rise by even steps, or the school days of a month: 10.8, 10.9, 10.13."""
    if len(items) < _LEAST_OF_SERIES or not all(item.text.replace(".", "", 1).isdecimal() for item in items):
        return False
    if _are_school_days([item.text for item in items]):
        return True
    numbers = [float(item.text) for item in items]
    steps = {round(after - before, 6) for before, after in pairwise(numbers)}
    return len(steps) == 1 and next(iter(steps)) > 0


def _are_school_days(texts: list[str]) -> bool:
    """Tell days of one month that rise past weekends: M.D, where 10.10 lost its 0, or five bare days at least."""
    parts = [text.partition(".") for text in texts]
    months = {whole for whole, dot, _ in parts if dot}
    if len(months) == 1 and all(dot for _, dot, _ in parts) and 1 <= int(months.pop()) <= _MONTHS:
        days = [int(day) for _, _, day in parts]
        for at in range(1, len(days)):
            days[at] *= 10 if days[at] <= days[at - 1] and days[at] < _LOST_ZERO else 1
    elif not any(dot for _, dot, _ in parts) and len(texts) >= _LEAST_BARE_DAYS:
        days = [int(whole) for whole, _, _ in parts]
    else:
        return False
    rises = all(0 < after - before <= _LONGEST_BREAK for before, after in pairwise(days))
    return rises and days[0] >= 1 and days[-1] <= _LAST_DAY


def names_no_header(items: list[Item]) -> bool:
    """Tell a row that begins as a note, or as a total or opening row with numbers (合计 and 期初 also head columns)."""
    begins: int = Word.NONE
    for item in items[:2]:
        begins |= item.words
    if begins & Word.NOTE:
        return True
    return bool(begins & (Word.TOTAL | Word.OPENING)) and any(not item.is_text for item in items)


def is_too_long(item: Item) -> bool:
    """Tell a text that is longer than labels are."""
    return len(normal_text(item.text)) > LONG_TEXT
