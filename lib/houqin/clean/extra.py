"""The columns that no field takes, kept with their records as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from houqin.clean.cells import cells_at
from houqin.forms import Field
from houqin.model import Kind, column_letter
from houqin.values import canonical_text

if TYPE_CHECKING:
    from houqin.clean.cells import Cells
    from houqin.model import Match

_ANY = Field("extra", "", "text")


def extra_columns(match: Match, rows: np.ndarray) -> pd.DataFrame:
    """Give the extra columns that hold anything, as shown, by header; a header without words is its letter."""
    columns: dict[str, np.ndarray] = {}
    for column in match.columns:
        if column.role != "extra":
            continue
        index = column.column.index
        at, within = rows + column.column.line, np.full(len(rows), index, np.int64)
        cells = cells_at(match.table.grid, at, within, field=_ANY, path=match.table.path, header="")
        if not cells.kinds.any():
            continue
        name = column.column.header or column_letter(index)
        columns[name if name not in columns else f"{name}({column_letter(index)})"] = _as_shown(cells)
    return pd.DataFrame(columns, index=pd.RangeIndex(len(rows)), dtype=object)


def _as_shown(cells: Cells) -> np.ndarray:
    """Give each cell's text, each distinct content shown once."""
    values = np.full(len(cells), None, object)
    known: dict[tuple[int, float, int, int], str | None] = {}
    facts = zip(cells.kinds.tolist(), cells.numbers.tolist(), cells.ids.tolist(), cells.formats.tolist(), strict=True)
    for i, fact in enumerate(facts):
        if fact[0] == Kind.BLANK:
            continue
        if fact not in known:
            known[fact] = canonical_text(cells.shown(i)) or None
        values[i] = known[fact]
    return values
