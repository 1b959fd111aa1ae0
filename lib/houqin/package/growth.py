"""How much longer a table of a blank must be, and what its rows look like then."""

from __future__ import annotations

from typing import NamedTuple


class Growth(NamedTuple):
    """The body of a table, rows `first` to `last` of the blank, and how many rows it lacks.

    `looks` gives for each of its rows in the end the row of the blank that it looks like, where they are not all alike;
    `sample` is the one that records look like, `sums` are the columns in which some rows are subtotals.
    """

    sheet: str
    first: int
    last: int
    lacking: int
    looks: tuple[int, ...] = ()
    sample: int = 0
    sums: tuple[int, ...] = ()
