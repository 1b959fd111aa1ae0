"""Cells that hold words: text and codes as they are, words of lists, sizes, sexes and ticks in one spelling."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from houqin.clean.registry import Job, cleans
from houqin.model import Kind, Level
from houqin.values import (
    ParsedText,
    canonical_text,
    canonical_texts,
    id_number_fault,
    masked_id_number,
    parse_sex,
    parse_size,
    parse_tick,
    plain_id_number,
)
from houqin.values.numbers import ZERO_LIKE

if TYPE_CHECKING:
    from collections.abc import Callable

    from houqin.clean.cells import Cells

# Excel keeps 15 digits of a number; whatever stood behind them is 0 now.
_LOST = 1e15


@cleans("text", "code")
def clean_texts(cells: Cells, job: Job) -> np.ndarray:
    """Give texts in NFKC without outer white space, None for blanks; a number as its digits, never as 1E+11."""
    values = plain_texts(cells, job)
    if cells.field.values:
        return _listed(cells, job, values)
    if cells.field.id == "name" and job.school and job.school.goods_aliases:
        _rename_goods(cells, job, values)
    return values


def _rename_goods(cells: Cells, job: Job, values: np.ndarray) -> None:
    """Give goods the one name that the school's settings decided on; other spellings are never merged here."""
    aliases = {_plain(alias): name for alias, name in (job.school.goods_aliases if job.school else {}).items()}
    texts = values.tolist()
    distinct = [text for text in dict.fromkeys(texts) if text]
    known = {
        text: name
        for text, bare in zip(distinct, _all_bare(distinct), strict=True)
        if (name := aliases.get(bare)) and name != text
    }
    for i, text in enumerate(texts) if known else ():
        if text in known:
            name = known[text]
            values[i] = name
            job.log.changed(cells, i, name, "goods-alias")


def plain_texts(cells: Cells, job: Job) -> np.ndarray:
    """Give each cell's canonical text; errors and numbers that lost digits are reported."""
    values = np.full(len(cells), None, object)
    at = cells.where(Kind.TEXT)
    if len(at):
        ids, inverse = np.unique(cells.ids[at], return_inverse=True)
        written = [cells.texts[i] for i in ids.tolist()]
        # A text that is canonical as it stands is not kept twice.
        pairs = zip(written, canonical_texts(written), strict=True)
        values[at] = np.array([(text if text == plain else plain) or None for text, plain in pairs], object)[inverse]
    _take_numbers(cells, job, values)
    for i in cells.where(Kind.ERROR).tolist():
        job.log.find("error-cell", Level.ERROR, cells, i)
    for i in np.flatnonzero((cells.kinds == Kind.DATE) | (cells.kinds == Kind.BOOL)).tolist():
        values[i] = canonical_text(cells.shown(i))
    return values


def _take_numbers(cells: Cells, job: Job, values: np.ndarray) -> None:
    at = cells.where(Kind.NUMBER)
    if not len(at):
        return
    lost = at[np.abs(cells.numbers[at]) >= _LOST]
    if len(lost):
        first, *others = lost.tolist()
        related = tuple(cells.place(i) for i in others)
        job.log.find("lost-digits", Level.ERROR, cells, first, related=related)
    known: dict[tuple[float, int], str] = {}
    for i, number, style in zip(at.tolist(), cells.numbers[at].tolist(), cells.formats[at].tolist(), strict=True):
        if (number, style) not in known:
            known[number, style] = canonical_text(cells.shown(i))
        values[i] = known[number, style]


def _listed(cells: Cells, job: Job, values: np.ndarray) -> np.ndarray:
    """Bring the words of a list to their canonical spelling; ask about others."""
    canonical = {
        _plain(spelling): name for name, spellings in cells.field.values.items() for spelling in (name, *spellings)
    }
    allowed = "、".join(f"“{name}”" for name in cells.field.values)

    def read(text: str) -> ParsedText | None:
        name = canonical.get(_plain(text))
        return ParsedText(name, () if name == text else ("listed-word",)) if name else None

    return _worded(cells, job, values, read, allowed=allowed)


def _plain(text: str) -> str:
    return _bare(canonical_text(text))


def _all_bare(canonical: list[str]) -> list[str]:
    """Give many texts bare, at once: no text of a workbook holds a NUL."""
    bare = _bare("\0".join(canonical)).split("\0")
    return bare if len(bare) == len(canonical) else [_bare(text) for text in canonical]


def _bare(canonical: str) -> str:
    return canonical.replace(" ", "").lower()


@cleans("choice")
def clean_choices(cells: Cells, job: Job) -> np.ndarray:
    """Give the words of a list in their canonical spelling; a word that is none of them stays, and is asked about."""
    values = plain_texts(cells, job)
    return _listed(cells, job, values) if cells.field.values else values


@cleans("sex")
def clean_sexes(cells: Cells, job: Job) -> np.ndarray:
    """Give 男 and 女."""
    return _worded(cells, job, plain_texts(cells, job), parse_sex, allowed="“男”“女”")


@cleans("size")
def clean_sizes(cells: Cells, job: Job) -> np.ndarray:
    """Give sizes as 165, XL or 165/88A; — and 无 are blank, for not all order all."""
    return _worded(cells, job, plain_texts(cells, job), parse_size)


@cleans("tick")
def clean_ticks(cells: Cells, job: Job) -> np.ndarray:
    """Give 是 and 否; a blank stays blank."""
    return _worded(cells, job, plain_texts(cells, job), parse_tick, allowed="“√”“×”")


@cleans("id-number")
def clean_id_numbers(cells: Cells, job: Job) -> np.ndarray:
    """Give ID numbers without blanks, X in its large form; a wrong one stays as it is and is reported, masked."""
    values = plain_texts(cells, job)
    said = {int(i) for i in cells.where(Kind.NUMBER)}
    for i, text in enumerate(values.tolist()):
        if text is None:
            continue
        if text in ZERO_LIKE:
            job.log.changed(cells, i, "", "no-value")
            values[i] = None
            continue
        values[i] = number = plain_id_number(text)
        if number != text:
            job.log.changed(cells, i, number, "id-number")
        fault = id_number_fault(number)
        if fault and i not in said:
            _tell_id_number(cells, job, i, number, fault)
    return values


def _tell_id_number(cells: Cells, job: Job, i: int, number: str, fault: str) -> None:
    if fault == "lost":
        job.log.find("lost-digits", Level.ERROR, cells, i)
        return
    words = {"masked": masked_id_number(number), "digits": len(number)}
    job.log.find("bad-id-number", Level.QUESTION, cells, i, message=f"id-{fault}", words=words)


def _worded(
    cells: Cells, job: Job, values: np.ndarray, read: Callable[[str], ParsedText | None], *, allowed: str | None = None
) -> np.ndarray:
    """Bring each distinct word to its canonical form; a word that is none stays and is asked about, a dash is blank."""
    known: dict[str, ParsedText | None] = {}
    for i, text in enumerate(values.tolist()):
        if text is None:
            continue
        if text not in known:
            known[text] = read(text)
        word = known[text]
        if word is not None:
            values[i] = _take_word(cells, job, i, text, word)
        elif text in ZERO_LIKE:
            job.log.changed(cells, i, "", "no-value")
            values[i] = None
        else:
            code = "not-allowed" if allowed else "bad-size"
            job.log.find(code, Level.QUESTION, cells, i, words={"allowed": allowed})
    return values


def _take_word(cells: Cells, job: Job, i: int, text: str, word: ParsedText) -> str:
    if word.text != text:
        job.log.changed(cells, i, word.text, word.rules[0] if word.rules else "listed-word")
    if word.doubtful:
        is_size = cells.field.type == "size"
        code, message = ("bad-size", "doubtful-size") if is_size else ("not-allowed", "doubtful-word")
        job.log.find(code, Level.QUESTION, cells, i, message=message, expected=word.text)
    return word.text
