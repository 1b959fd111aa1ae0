"""What may stand in a cell beside plain text and exact numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

Stored = str | int | Decimal | bool  # what a formula's value may be


class Formula(NamedTuple):
    """A live formula and the value that it has now (previews and phones show the stored value)."""

    text: str
    value: Stored


class Link(NamedTuple):
    """A link and its text; `target` from `internal()` or `external()`."""

    target: str
    text: str


CellValue = str | int | Decimal | bool | Formula | Link | None
