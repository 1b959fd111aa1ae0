"""What was located beside the truth."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from houqin.locate import locate_tables, may_hold_tables

if TYPE_CHECKING:
    from locate.labelled.paper import Sample, TrueTable

    from houqin.model import Grid, RawTable

MEASURES = ("header", "body", "totals", "columns")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What of one sheet is right, with the differences of what is not, and whether a person is asked about it."""

    sample: Sample
    located: tuple[RawTable, ...]
    right: dict[str, bool]
    differences: list[str]
    asked: bool

    @property
    def all_right(self) -> bool:
        """Tell whether header, body, totals and columns of every table are right."""
        return all(self.right[name] for name in MEASURES)

    @property
    def doubts(self) -> list[str]:
        """The reasons of all tables."""
        return [doubt for table in self.located for doubt in table.doubts]


def judge(sample: Sample, grid: Grid | None = None) -> Verdict:
    """Compare a sheet's located tables with its truth, table by table in reading order; `grid` where it was read."""
    grid = grid or sample.grid
    located = locate_tables(grid, "表.xlsx")
    right = dict.fromkeys([*MEASURES, "kinds", "unit", "notes"], True)
    differences = []
    for number, (true, raw) in enumerate(zip_longest(sample.tables, located), 1):
        if true is None or raw is None:
            right.update(dict.fromkeys(right, False))
            differences.append(f"table {number}: {'not there' if true is None else 'not found'}")
            continue
        for name, (said, meant) in _sides(raw, true).items():
            if said != meant:
                right[name] = False
                differences.append(f"table {number} {name}: {said} for {meant}")
    asked = any(table.is_unsure for table in located) if located else may_hold_tables(grid)
    return Verdict(sample, located, right, differences, asked)


def _sides(raw: RawTable, true: TrueTable) -> dict[str, tuple[object, object]]:
    notes = {note.label: note.text for note in reversed(raw.notes)}  # the first of a label counts
    return {
        "header": (raw.header_rows, true.header_rows),
        "body": (_body(raw.body), _body(true.body)),
        "totals": (set(raw.total_rows), true.totals),
        "columns": (_columns(raw), true.columns),
        "kinds": (dict(sorted(raw.skipped.items())), true.kinds),
        "unit": (raw.unit, true.unit),
        "notes": ({label: notes.get(label) for label in true.notes}, true.notes),
    }


def _columns(raw: RawTable) -> dict[int, str]:
    """Give headers by column; those of the lines of a record on several rows joined by |."""
    found: dict[int, list[str]] = {}
    for column in raw.columns:
        found.setdefault(column.index, []).append(column.header)
    return {index: "|".join(headers) for index, headers in found.items()}


def _body(rows: tuple[int, int]) -> tuple[int, int] | None:
    return rows if rows[1] >= rows[0] else None
