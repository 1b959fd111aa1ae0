"""Whatever bytes come in, the answer is sheets or a refusal with a sentence, and the next file is read."""

from __future__ import annotations

import random
import re
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from read.mutations import BASES, spoil

from houqin.errors import RefusedFile
from houqin.model import Kind
from houqin.read import Reader
from houqin.read.limits import Limits
from houqin.read.note_words import note_finding
from houqin.read.reader import _settled
from houqin.read.refusals import refusal_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from houqin.read.notes import Parsed

CHINESE = re.compile(r"[一-鿿]")
# What may happen to a child that a file makes die: it is refused under one of these, and must be told apart here.
DEADLY = frozenset({"reader-died", "timeout"})
HEADS = [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x09\x08\x10\x00", b"\xff\xfe", b"<table>"]


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """One reader for all files, as a run has."""
    made = Reader(Limits(seconds=5))
    yield made
    made.close()


def judge(reader: Reader, data: bytes, *, may_die: bool = False) -> str:
    """Read, hold the answer against what must be true of any, read a good file; give the format or the code."""
    answer = _settled(partial(reader.read, data))
    if isinstance(answer, RefusedFile):
        sentence = refusal_sentence(answer.code, "表", str(answer))
        assert "请" in sentence
        assert CHINESE.search(sentence)
        assert answer.code not in DEADLY or (may_die and answer.code == "reader-died")
    else:
        _check(answer)
    assert reader.read("名称\n粉笔\n".encode()).grids[0].cell(2, 1).value == "粉笔"
    return answer.code if isinstance(answer, RefusedFile) else answer.format


def _check(parsed: Parsed) -> None:
    for grid in parsed.grids:
        size = grid.rows * grid.columns
        assert len(grid.kinds) == len(grid.numbers) == len(grid.string_ids) == len(grid.format_ids) == size
        assert max(grid.string_ids, default=0) < len(grid.strings)
        assert max(grid.format_ids, default=0) < len(grid.formats)
        assert set(grid.kinds) <= {int(kind) for kind in Kind}
        assert all(number - number == 0 for number in grid.numbers)
        assert all(0 <= at < size for at in grid.formulas | grid.unstored | grid.bold)
        assert not any("\0" in text or "\ud800" <= max(text, default="") <= "\udfff" for text in grid.strings)
        for merge in grid.merges:
            assert 1 <= merge.top <= merge.bottom <= 1_048_576
            assert 1 <= merge.left <= merge.right <= 16_384
    for note in parsed.notes:
        assert CHINESE.search(note_finding(note, "表").message)
    for member in parsed.members:
        assert not member.name.startswith("/")
        assert ".." not in member.name.split("/")


@settings(max_examples=150, deadline=None, derandomize=True)
@given(head=st.sampled_from(HEADS), rest=st.binary(max_size=600))
@example(head=b"", rest=b"")
def test_random_bytes_are_refused_or_read(*, reader: Reader, head: bytes, rest: bytes) -> None:
    """Bytes of no meaning, also behind the signature of a format."""
    judge(reader, head + rest)


@pytest.mark.parametrize("base", BASES)
@settings(max_examples=100, deadline=None, derandomize=True)
@given(seed=st.integers(0, 1 << 32))
def test_spoilt_workbooks_are_refused_or_read(*, reader: Reader, base: str, seed: int) -> None:
    """A file of each format, spoilt in a few places: flipped, cut, repeated, with parts taken from one another."""
    spoilt = spoil(BASES[base](), random.Random(seed))  # noqa: S311  (a seeded generator has no secrets)
    # What xlrd gives up on goes to calamine, which aborts where it cannot have the memory that a record asks for.
    judge(reader, spoilt, may_die=base in {"xls", "biff5"})


@pytest.mark.parametrize("base", BASES)
def test_the_workbooks_read_before_they_are_spoilt(reader: Reader, base: str) -> None:
    """Else the test above would hold nothing."""
    assert judge(reader, BASES[base]()) in {"xlsx", "xls", "ods", "xml-2003", "html", "csv"}
