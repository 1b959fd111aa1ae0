"""Ledgers written out for tests: a list of rows a form, numbers scaled as the form's fields are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from houqin.forms import load_forms
from houqin.model import Ledger

if TYPE_CHECKING:
    from collections.abc import Sequence

Rows = "Sequence[dict[str, Any]]"


def make_ledger(form_id: str, rows: Sequence[dict[str, Any]], file: str | None = None, sheet: str = "台账") -> Ledger:
    """Make a ledger whose rows stand from row 4 of a sheet, each field in a column of its own."""
    form = load_forms()[form_id]
    names = [field.id for field in form.fields if any(field.id in row for row in rows)]
    frame = pd.DataFrame({
        name: pd.Series(
            [row.get(name) for row in rows], dtype="Int64" if form.field(name).is_number else object
        )
        for name in names
    }, index=pd.RangeIndex(len(rows)))  # fmt: skip
    frame["pending"] = [bool(row.get("pending")) for row in rows]
    lines = list(range(4, 4 + len(rows)))
    sources = pd.DataFrame({
        "file": [file or f"{form.title}.xlsx"] * len(rows), "sheet": [sheet] * len(rows), "row": lines,
        "cell": [f"A{line}" for line in lines],
    })  # fmt: skip
    cells = {name: [f"{chr(66 + at)}{line}" for line in lines] for at, name in enumerate(names)}
    return Ledger(form_id, frame, sources, cells, pd.DataFrame(index=frame.index))
