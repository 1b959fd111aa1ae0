"""One cell that holds a code and a name, 30201 办公费, parted into the two fields that the form keeps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from houqin.clean.cells import Cells
    from houqin.clean.log import Log
    from houqin.forms import Form

# 30201 办公费, 30201-办公费, [30201]办公费, 1002.01|银行存款; a year (2025年…) is no code.
_BOTH = re.compile(r"^[\[(【]?(\d{3,}(?:[.\-]\d+)*)[\])】]?[\s\-_—|/:、.]*([^\W\d_年月日号元].*)$")
_MOST_OF = 0.5
_SPAN = re.compile(r"^(\D*\d+)\s*(?:号)?\s*(?:-+|—+|–|~|～|至|到)\s*(\D*\d+)\s*号?$")


def split_codes(sources: dict[str, Cells], form: Form, done: dict[str, np.ndarray], log: Log) -> dict[str, Cells]:
    """Part texts in `done` where a table has but one of the two columns; give the cells of the field that it gains.

    A field that `leads` is a code whose name is the field after it. A name without a code keeps its text.
    """
    gained: dict[str, Cells] = {}
    for code, name in zip(form.fields, form.fields[1:], strict=False):
        held = [each.id for each in (code, name) if each.id in sources] if code.leads else []
        if len(held) != 1:
            continue
        texts = done[held[0]]
        parted = [_BOTH.match(text) if text else None for text in texts.tolist()]
        if not any(parted) or sum(map(bool, parted)) < _MOST_OF * sum(bool(text) for text in texts.tolist()):
            continue
        cells = sources[held[0]]
        codes = np.array([each[1] if each else None for each in parted], object)
        names = np.array([each[2] if each else text for each, text in zip(parted, texts, strict=True)], object)
        for i, each in enumerate(parted[: len(cells)]):  # what a note says is one cell for all records
            if each:
                log.changed(cells, i, f"{each[1]} / {each[2]}", "code-split")
        done[code.id], done[name.id] = codes, names
        gained[name.id if held[0] == code.id else code.id] = cells
    return gained


def split_spans(sources: dict[str, Cells], form: Form, done: dict[str, np.ndarray], log: Log) -> dict[str, Cells]:
    """Part 0001-0050 into the two fields that a field `spans`, where the table has no columns of their own."""
    gained: dict[str, Cells] = {}
    for each in form.fields:
        if len(each.spans) != len(("from", "to")) or each.id not in sources or set(each.spans) & set(sources):
            continue
        cells = sources[each.id]
        parted = [_SPAN.match(text) if text else None for text in done[each.id].tolist()]
        for position, name in enumerate(each.spans, 1):
            done[name] = np.array([found[position] if found else None for found in parted], object)
            gained[name] = cells
        for i, found in enumerate(parted[: len(cells)]):
            if found:
                log.changed(cells, i, f"{found[1]} / {found[2]}", "code-split")
    return gained
