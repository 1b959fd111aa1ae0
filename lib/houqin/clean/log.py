"""What cleaning writes down: changes and findings, each at its cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from houqin.clean.messages import MESSAGES
from houqin.model import Change, Finding, Level, Place, a1

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.clean.cells import Cells


@dataclass(slots=True)
class Log:
    """Changes and findings in the order in which they were made; the one thing here that grows."""

    form: str
    header_row: int = 0
    changes: list[Change] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    converted: set[str] = field(default_factory=set)

    def column_changed(self, cells: Cells, unit: str, target: str) -> None:
        """Record once, at its header, that a whole column was converted."""
        key = cells.letter or cells.header
        if key in self.converted:
            return
        self.converted.add(key)
        row = self.header_row or int(cells.rows[0])
        place = Place(cells.path, cells.grid.sheet, a1(row, int(cells.columns[0])) if cells.columns[0] else None)
        self.changes.append(Change(place, f"{cells.header}（{unit}）", f"整列换算为{target}", "column-unit"))

    def changed(self, cells: Cells, i: int, after: str, rule: str) -> None:
        """Record what one cell became."""
        self.changes.append(Change(cells.place(i), cells.shown(i), after, rule))

    def changed_texts(self, cells: Cells, changed: Sequence[tuple[int, str, str]]) -> None:
        """Record what many text cells of a column became: position, after, rule; without a view of each cell."""
        letter = cells.letter
        path, sheet = cells.path, cells.grid.sheet
        rows, ids, texts = cells.rows.tolist(), cells.ids.tolist(), cells.texts
        for i, after, rule in changed:
            where = f"{letter}{rows[i]}" if letter else cells.address(i) or None
            self.changes.append(Change(Place(path, sheet, where), texts[ids[i]], after, rule))

    def find(  # noqa: PLR0913  (a finding has that many sides)
        self,
        code: str,
        level: Level,
        cells: Cells,
        i: int,
        *,
        message: str | None = None,
        expected: str | None = None,
        suggestion: str | None = None,
        related: tuple[Place, ...] = (),
        words: Mapping[str, object] | None = None,
    ) -> None:
        """Write a finding at one cell, its sentence from the catalogue (`message`, else the code, names it)."""
        found = cells.shown(i)
        title = cells.header or cells.field.title
        sentence = MESSAGES[message or code].format(title=title, found=found, expected=expected, **(words or {}))
        self.findings.append(
            Finding(
                code,
                level,
                sentence,
                cells.place(i),
                found=found,
                expected=expected,
                suggestion=suggestion,
                form=self.form,
                field=cells.field.id,
                related=related,
                count=1 + len(related),
            )
        )
