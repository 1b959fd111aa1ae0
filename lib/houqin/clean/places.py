"""Cells that hold a room or an office; one that names a class is spelt as classes are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from houqin.clean.registry import Job, cleans
from houqin.clean.texts import plain_texts
from houqin.school.naming import read_class

if TYPE_CHECKING:
    import numpy as np

    from houqin.clean.cells import Cells

# 703 is a room as well as a class, 七年级组 an office: only what is written as a class is one.
_LIKE_A_CLASS = re.compile(r"(?:班|\(\d+\)班?)(?:教室)?$")


@cleans("place")
def clean_places(cells: Cells, job: Job) -> np.ndarray:
    """Give rooms and offices as they are written, and classes, their classrooms too, as 七年级(3)班."""
    values = plain_texts(cells, job)
    known: dict[str, str | None] = {}
    for i, text in enumerate(values.tolist()):
        if text is None or not _LIKE_A_CLASS.search(text):
            continue
        if text not in known:
            read = read_class(text.removesuffix("教室"), job.namings)
            known[text] = read.text if read and not read.doubtful else None
        if (name := known[text]) and name != text:
            values[i] = name
            job.log.changed(cells, i, name, "class-name")
    return values
