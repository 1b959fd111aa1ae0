"""What an earlier run wrote into its ledgers, by its typed file: what a ledger that comes back is held against."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """One record of a ledger: its 序号, file, sheet and cell; its values (numbers scaled) and the cell of each.

    `extra` are the office's own columns, which no field takes, as text by header.
    """

    number: int
    is_pending: bool
    source: tuple[str, str, str]
    values: Mapping[str, int | str | None]
    cells: Mapping[str, str]
    extra: Mapping[str, str]

    def address(self, field: str) -> tuple[str, str, str] | None:
        """Give file, sheet and cell of a value, None where it stands in no cell of its own."""
        cell = self.cells.get(field)
        return (self.source[0], self.source[1], cell) if cell else None


@dataclass(frozen=True, slots=True)
class Written:
    """The ledgers of one run: its id, school, period and day, the SHA-256 of its files by path, the rows by form.

    `is_of_now` tells a run of the period that is made now: files of another period may have the same names.
    """

    run: str
    school: str
    period: str
    as_of: str
    digests: Mapping[str, str]
    rows: Mapping[str, tuple[WrittenRow, ...]]
    is_of_now: bool = True
