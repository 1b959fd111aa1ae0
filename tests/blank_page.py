"""One sheet of a blank workbook, as `make_blanks` writes it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Page:
    """One sheet of a blank: `fields` are ids in order, `words` headers of a matrix, `headers` other names of fields."""

    sheet: str
    title: str
    info: tuple[str, ...]
    fields: Sequence[str]
    footer: tuple[str, ...]
    notes: tuple[str, ...] = ()
    rows: int = 25
    words: Sequence[str] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    widths: Mapping[str, float] = field(default_factory=dict)
    totals: Sequence[str] = ()
    portrait: bool = False
