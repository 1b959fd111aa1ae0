"""The lines around a table: titles, labelled information, units, notes and signatures."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from houqin.locate.vocabulary import MONEY, UNIT_LINE, Word, normal_text
from houqin.locate.words import INFORMATION, SIGNATURES
from houqin.model import Kind, Note, a1

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.locate.view import Item

# A label is words, no digits first, at most 15 characters, a bracket allowed before its colon.
_PIECE = re.compile(r"([^\W\d_][^:：。，；,;!?！？]{0,15}?(?:[(（][^)）]{0,12}[)）])?)\s*[:：]")
_GAP = re.compile(r"[ \u3000\xa0\t]{2,}|[\n\r]+")
_INNER_BLANKS = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000\xa0]+(?=[\u4e00-\u9fff](?:[ \u3000\xa0:：(（]|$))")
_PLACEHOLDER = re.compile(r"^[_＿\-—.\s\u3000/年月日()（）]+$")
_FORM_NAME = re.compile(r"..(表|单|名册|台账|一览|日志)([(].*[)])?$")
_LABELS = INFORMATION | SIGNATURES
_MOST_PARAMETERS = 8
_MOST_BESIDE_DAY = 3
_LONGEST_LABEL = 10
_NOTE_LABEL = "注"
# A day, a month or a span of them, and nothing else.
_PERIOD = re.compile(r"^(19|20)\d\d[年./-](\d{1,2}([月./-](\d{1,2}日?)?)?)?([至到~—-]+[\d年月日./-]+)?$")
_TERM = re.compile(r"^\d{4}[-—~至]+\d{4}学年(度)?(第?[一二上下1-2]学期)?$")
_SEAL = re.compile(r"[(（][^()（）]{0,8}盖章[)）]$")


def is_line(items: Sequence[Item]) -> bool:
    """Tell whether a row is a line of text around a table: one text, or labels with their values."""
    if not items:
        return False
    if len(items) == 1:
        return items[0].is_text
    labelled = sum(1 for item in items if item.words & Word.LABEL and item.is_text)
    units = sum(1 for item in items if item.words & Word.UNIT and not item.words & Word.LABEL)
    if labelled + units == 0:
        return is_paired(items) or _is_dated(items)
    bare = sum(1 for item in items if item.words & Word.HEADER and not item.words & (Word.LABEL | Word.UNIT))
    if bare * 2 >= len(items) and bare >= 3:
        return False
    if len(items) <= 3:
        return True
    return (labelled + units) * 2 + 1 >= len(items)


def _is_dated(items: Sequence[Item]) -> bool:
    """Tell a day with a number or a name far beside it: 2025年9月1日 | | | 第12号."""
    few = 1 < len(items) <= _MOST_BESIDE_DAY and all(item.is_text and not item.words & Word.HEADER for item in items)
    apart = few and all(after.column > before.right + 1 for before, after in pairwise(items))
    return apart and any(is_day(item.text) for item in items)


def is_paired(items: Sequence[Item]) -> bool:
    """Tell known labels with a value or a blank beside each, typed without colons: 班级 | 七(1)班 | 班主任 | ."""
    return bool(_pairs(items))


def _pairs(items: Sequence[Item]) -> list[tuple[Item, Item | None]]:
    """Give labels with their values, None for one that waits; nothing where a cell is neither."""
    pairs: list[tuple[Item, Item | None]] = []
    last = 0
    for item in items:
        known = item.is_text and normal_text(item.text) in _LABELS
        if known and pairs and item.column == last + 1 and pairs[-1][1] is None:
            return []  # labels next to one another are those of columns
        if known:
            pairs.append((item, None))
        elif not pairs or pairs[-1][1] is not None or item.column != last + 1 or item.words & Word.HEADER:
            return []
        else:
            pairs[-1] = (pairs[-1][0], item)
        last = item.right
    return pairs if len(pairs) > 1 else []


def is_parameters(items: Sequence[Item]) -> bool:
    """Tell labels with their values beside them whatever the labels are: 单价 | 85 | 人数 | 46.

    One value at least is a number or a day, as names beside names also begin a header.
    """
    if not items or len(items) % 2 or len(items) > _MOST_PARAMETERS:
        return False
    pairs = list(zip(items[0::2], items[1::2], strict=True))
    beside = all(value.column == label.right + 1 and not value.words & Word.HEADER for label, value in pairs)
    known = all(_is_known(label.text) for label, _ in pairs)
    said = known or any(not value.is_text or is_day(value.text) for _, value in pairs)
    return beside and said and all(_may_name(label) for label, _ in pairs)


def _may_name(item: Item) -> bool:
    if not item.is_text or item.words & (Word.TOTAL | Word.SUBTOTAL | Word.OPENING | Word.CATEGORY | Word.NOTE):
        return False
    label = normal_text(item.text)
    return 0 < len(label) <= _LONGEST_LABEL and not label[0].isdigit() and not item.words & Word.SERIAL


def is_footer(items: Sequence[Item]) -> bool:
    """Tell a line that belongs below a table: notes, signatures, an amount in words."""
    first = items[0]
    if first.words & Word.NOTE and first.is_text and len(items) <= 2:
        return True
    if first.words & Word.WORDS and first.is_text and (first.words & Word.LABEL or len(items) <= 3):
        return True
    signed = [item for item in items if item.words & Word.SIGNATURE]
    return bool(signed) and (first in signed or len(signed) > 1) and is_line(items)


def is_labelled_line(items: Sequence[Item]) -> bool:
    """Tell a line that begins with a label that lines have: 班级：…, not a record with a colon in its remark."""
    first = items[0]
    if not first.words & Word.LABEL or not first.is_text or not is_line(items):
        return False
    if len(items) == 1 or _is_known(normal_text(first.text).split(":")[0]):
        return True
    # 会议内容： | 一、开学物资发放；二、安全排查。
    if len(items) == 2 and items[1].is_text and normal_text(first.text).endswith(":"):
        return True
    return all(item.is_text and item.words & Word.LABEL for item in items)


def is_head(items: Sequence[Item]) -> bool:
    """Tell a line that looks like the head of a form: its title."""
    if not items:
        return False
    first = items[0]
    return len(items) <= 2 and first.is_text and bool(first.words & Word.TITLE) and not first.words & Word.LABEL


def are_titles(items: Sequence[Item]) -> bool:
    """Tell the titles of tables beside each other: 入库表 | 出库表."""
    return len(items) > 1 and all(item.is_text and _FORM_NAME.search(normal_text(item.text)) for item in items)


def is_day(text: str) -> bool:
    """Tell a text that is a day, a month or a span of them with its year, and nothing else."""
    return bool(_PERIOD.match(normal_text(text)))


def line_notes(items: Sequence[Item], *, above: bool) -> list[Note]:
    """Give the notes of one line; a label with nothing behind it takes the next cell's value."""
    pairs = _pairs(items)
    if above and not pairs and is_parameters(items):
        pairs = list(zip(items[0::2], items[1::2], strict=True))
    if pairs:
        return [_paired(label, value) for label, value in pairs]
    notes: list[Note] = []
    waiting: Note | None = None
    before: Item | None = None
    for item in items:
        pieces = _pieces(item)
        label, before = before, item
        if label is not None and above and notes and notes[-1].label == "title" and is_parameters([label, item]):
            notes[-1] = _paired(label, item)
            continue
        if waiting is not None and not (pieces and pieces[0].label):
            notes[-1] = Note(waiting.label, _value(item.text), item.row, item.column)
            waiting = None
            continue
        if not pieces:
            continue
        notes.extend(_named(piece, item, above=above) for piece in pieces)
        waiting = notes[-1] if pieces[-1].label and not pieces[-1].text else None
    return notes


def _paired(label: Item, value: Item | None) -> Note:
    said = value or label
    text = _value(value.text) if value else ""
    return Note(normal_text(label.text).rstrip(":"), text, said.row, said.column)


def _named(piece: Note, item: Item, *, above: bool) -> Note:
    if piece.label:
        return piece
    if item.kind == Kind.DATE or _PERIOD.match(normal_text(piece.text)):
        return Note("日期", piece.text, piece.row, piece.column)
    if _TERM.match(normal_text(piece.text)):
        return Note("学期", piece.text, piece.row, piece.column)
    if not above:
        return Note(_NOTE_LABEL, piece.text, piece.row, piece.column)
    unit = UNIT_LINE.search(normal_text(piece.text))
    if unit and len(normal_text(piece.text)) <= len(unit[0]) + 2:
        return Note("单位", unit[2], piece.row, piece.column)
    return Note("title", piece.text, piece.row, piece.column)


def _pieces(item: Item) -> list[Note]:
    """Cut one cell's text at its labels; a piece without a label has an empty one."""
    text = _INNER_BLANKS.sub("", item.text)
    matches = [m for m in _PIECE.finditer(text) if not _is_clock(text, m)]
    starts = [match.start(1) + _label_start(match[1], first=n == 0) for n, match in enumerate(matches)]
    lead = _value(text[: starts[0]] if starts else text)
    pieces = [Note("", lead, item.row, item.column)] if lead else []
    ends = [*starts[1:], len(text)] if starts else []
    for match, start, end in zip(matches, starts, ends, strict=True):
        value, rest = _first_chunk(text[match.end() : end], match[1])
        pieces.append(Note(normal_text(text[start : match.end(1)]), value, item.row, item.column))
        pieces.extend(Note("", chunk, item.row, item.column) for chunk in rest)
    return pieces


def _label_start(text: str, *, first: bool) -> int:
    """Give where a label begins in the text before its colon, which may begin with the value of the label before.

    In 收支公示表（单位：元） it begins behind the bracket, and what stands before that is the title.
    """
    opened = max(text.rfind("("), text.rfind("（"))
    if opened >= 0 and not any(mark in text[opened:] for mark in ")）"):
        return opened + 1
    gaps = [match.end() for match in _GAP.finditer(text) if text[match.end() :].strip()]
    if gaps:
        return gaps[-1]
    blank = max(text.rstrip().rfind(" "), text.rstrip().rfind("\u3000"))
    if blank >= 0 and (not first or _is_known(text[blank:])):
        return blank + 1
    if not first:
        # Typed without a blank: 班级：七(1)班班主任：张三
        return next((n for n in range(len(text) - 1) if _is_known(text[n:])), 0)
    return 0


def are_known(items: Sequence[Item]) -> bool:
    """Tell labels that lines have with a value beside each, 项目名称 | 教学楼维修: they head no columns."""
    return is_parameters(items) and all(_is_known(label.text) for label in items[0::2])


def _is_known(text: str) -> bool:
    label = normal_text(text).split("(")[0]
    return label in INFORMATION or label in SIGNATURES


def _first_chunk(text: str, label: str) -> tuple[str, list[str]]:
    """Give the value behind a label and what stands after a wide gap; a date far behind 校长： is no name."""
    chunks = [chunk for chunk in (_value(part) for part in _GAP.split(text)) if chunk]
    if not chunks:
        return "", []
    far = len(text) - len(text.lstrip()) > 1
    if far and _PERIOD.match(normal_text(chunks[0])) and not any(word in label for word in "日期时间"):
        return "", chunks
    return chunks[0], chunks[1:]


def _value(text: str) -> str:
    stripped = _SEAL.sub("", text.strip().strip("_＿").strip())
    if stripped.endswith(("(", "（")) or (stripped.endswith((")", "）")) and not re.search(r"[(（]", stripped)):
        stripped = stripped[:-1].strip()  # the half of a bracket whose inside is a label of its own
    return "" if _PLACEHOLDER.match(stripped) else stripped


def _is_clock(text: str, match: re.Match[str]) -> bool:
    """Tell the colon of a time of day, 8:30."""
    return text[match.end() : match.end() + 1].isdigit() and text[match.end() - 2 : match.end() - 1].isdigit()


def money_unit(notes: Sequence[Note], texts: Sequence[tuple[str, int, int]]) -> tuple[str | None, str | None]:
    """Give the money unit that the lines state, with its cell: 单位：元, 金额单位：万元, （单位：元）."""
    for note in notes:
        if note.label.rstrip(")") in ("单位", "金额单位", "货币单位", "计量单位"):
            found = MONEY.search(normal_text(note.text))
            if found and len(normal_text(note.text)) <= 12:
                return found[0], a1(note.row, note.column)
    for text, row, column in texts:
        unit = UNIT_LINE.search(normal_text(text))
        found = MONEY.search(unit[2]) if unit else None
        if found:
            return found[0], a1(row, column)
    return None, None
