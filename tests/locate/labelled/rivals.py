"""What is usually written instead: pandas as it comes, and the script that takes the first full row as the header."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd
from locate.labelled.files import workbook_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from locate.labelled.paper import Sample


class Found(NamedTuple):
    """Header rows, first and last row of what was taken as the one table of a sheet."""

    header: tuple[int, ...]
    first: int
    last: int


def by_default(sample: Sample) -> Found | None:
    """Take `pandas.read_excel(file)`."""
    frame = pd.read_excel(BytesIO(workbook_of(sample.grid)), engine="calamine")
    return Found((1,), 2, len(frame) + 1) if len(frame) else None


def by_first_full_row(sample: Sample) -> Found | None:
    """Take the first row without a blank as the header, and all below it down to the last row of three cells."""
    frame = pd.read_excel(BytesIO(workbook_of(sample.grid)), header=None, engine="calamine")
    if frame.empty:
        return None
    held = frame.dropna(axis=1, how="all").notna().sum(axis=1)
    full = held[held == held.max()]
    header = int(full.index[0]) + 1
    below = held.loc[header:]
    body = below[below >= min(3, held.max())]
    return Found((header,), header + 1, int(body.index[-1]) + 1) if len(body) else Found((header,), header + 1, header)


RIVALS: dict[str, Callable[[Sample], Found | None]] = {
    "`pandas.read_excel` 默认": by_default,
    "“第一个填满的行是表头”的脚本": by_first_full_row,
}


def is_first_table(sample: Sample, found: Found | None) -> bool:
    """Tell whether header, first and last row of a sheet's first table were found; none where there is none."""
    if not sample.tables or found is None:
        return not sample.tables and found is None
    true = sample.tables[0]
    empty = true.body[1] < true.body[0] and found.last < found.first
    return found.header == true.header_rows and (empty or (found.first, found.last) == true.body)
