"""Some rows of a table, as a table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

    from houqin.model import Table


def taken_rows(table: Table, keep: np.ndarray) -> Table:
    """Give the rows that a boolean array marks; the typed totals are of all of them and stay out."""
    return replace(
        table,
        frame=table.frame[keep].reset_index(drop=True),
        cells={name: (rows[keep], columns[keep]) for name, (rows, columns) in table.cells.items()},
        spans=table.spans[keep],
        extra=table.extra[keep].reset_index(drop=True),
        totals=(),
    )
