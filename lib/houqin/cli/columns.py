"""Lines of a help page where a Chinese character takes two columns of the terminal; click counts one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WIDEST_NAME, _GAP, _LEAST_TEXT = 28, 2, 20


def columns_of(text: str) -> int:
    """Count the columns that a line takes."""
    return sum(2 if sign > "\u2e7f" else 1 for sign in text)


def definition_lines(rows: Sequence[tuple[str, str]], width: int, indent: int) -> Iterator[str]:
    """Give a list of names with their texts, the texts below one another and broken at `width` columns."""
    names = max((columns_of(name) for name, _ in rows), default=0)
    left = min(names, _WIDEST_NAME) + _GAP
    room = max(_LEAST_TEXT, width - indent - left)
    for name, text in rows:
        pieces = list(broken(text, room))
        own = columns_of(name)
        if own + _GAP > left:
            yield " " * indent + name
        else:
            yield (" " * indent + name + " " * (left - own) + pieces.pop(0)).rstrip()
        yield from (" " * (indent + left) + piece for piece in pieces)


def broken(text: str, room: int) -> Iterator[str]:
    """Give a text in lines of at most so many columns; no line begins with a mark that belongs to the one before."""
    line = ""
    for word in _words(text):
        if line and columns_of(line + word.rstrip()) > room and word[0] not in "，。；：、）”！？":
            yield line.rstrip()
            line = word.lstrip()
        else:
            line += word
    yield line.rstrip()


def _words(text: str) -> Iterator[str]:
    """Cut where a line may break: after each Chinese character, and between words of letters."""
    word = ""
    for sign in text:
        if sign > "\u2e7f" or sign == " ":
            if word:
                yield word
            yield sign
            word = ""
        else:
            word += sign
    if word:
        yield word
