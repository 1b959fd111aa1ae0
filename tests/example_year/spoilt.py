"""An office whose workbooks may be spoilt: copies of what is changed, and the pipeline run again over just that."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from example.paper import Formula
from example_year.office import Office

from houqin import pipeline
from houqin.check import check_carry, check_ledgers, check_table, check_tie_outs, combine_findings
from houqin.clean import clean_table
from houqin.read import read_folder

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

    from example.paper import Paper
    from example_year.office import Written

    from houqin.check import Earlier
    from houqin.forms import Forms
    from houqin.model import Finding, Table
    from houqin.pipeline import Result
    from houqin.school import School

Spot = tuple[str, str, str]
# Forms whose ledgers are judged together
_TOGETHER = (
    {"stock_in", "stock_issue", "stock_balance"}, {"food_receipt", "food_stock"}, {"asset_register", "asset_change"},
)  # fmt: skip


@dataclass
class Spoilt(Office):
    """Workbooks of another office, each copied before its first change; `changed` are their files."""

    changed: set[str] = field(default_factory=set)

    def paper(self, written: Written) -> Paper:
        """Give the sheet of a record, to be changed."""
        self.own(written.file)
        return super().paper(written)

    def own(self, file: str) -> list[Paper]:
        """Give the sheets of a workbook, to be changed."""
        if file not in self.changed:
            self.books[file] = deepcopy(self.books[file])
            self.changed.add(file)
        return self.books[file]

    def add(self, written: Written, name: str, more: Decimal | int) -> Spot:
        """Add to an amount."""
        paper, at = self.paper(written), (written.row, written.columns[name])
        value = paper.cells[at][0]
        before = value.value if isinstance(value, Formula) else value
        return self.put(written, name, (before or 0) + more)  # type: ignore[operator]


def spoil(office: Office) -> Spoilt:
    """Give an office to be spoilt; the given one stays as it is."""
    return Spoilt(dict(office.books), list(office.written))


def run_again(
    base: Result, spoilt: Spoilt, folder: Path, forms: Forms, school: School, as_of: str, earlier: Earlier | None = None
) -> Result:
    """Read, match, clean and check what was changed; join it with the rest of the year, tie out and carry on."""
    folder.mkdir(exist_ok=True)
    spoilt.write(folder, sorted(spoilt.changed))
    files = read_folder(folder)
    matches, findings = pipeline._recognise(files, forms, school)
    tables: list[Table] = []
    for match in matches:
        if match.form is None:
            continue
        table, _, doubts = clean_table(match, forms, school)
        tables.append(table)
        findings += doubts + check_table(table, forms.by_id[table.form], school)
    # Only what the change can touch is made anew: fifty breaks are fifty runs.
    touched = {table.form for table in tables}
    whole = [table for table in base.tables if table.path not in spoilt.changed] + tables
    whole.sort(key=lambda table: table.path)
    joined, clashes = pipeline._join([table for table in whole if table.form in touched], forms, school, as_of)
    ledgers = {**base.ledgers, **joined}
    concerned = [t for t in forms.tie_outs if touched & {side.form for side in (t.left, t.right, t.also) if side}]
    made, differences = check_tie_outs(ledgers, replace(forms, tie_outs=tuple(concerned)), school, as_of)
    anew = {each.id: each for each in made}
    near = {f for group in _TOGETHER if touched & group for f in group} | touched
    judged = check_ledgers({f: ledger for f, ledger in ledgers.items() if f in near}, forms, school, as_of)
    findings += clashes + judged + differences
    findings += check_carry(ledgers, forms, earlier) if earlier else []
    return replace(
        base, tables=tuple(whole), ledgers=ledgers, tie_outs=tuple(anew.get(t.id, t) for t in base.tie_outs),
        findings=tuple(combine_findings(findings)),
    )  # fmt: skip


def spots_of(finding: Finding) -> set[Spot]:
    """Give all cells that a finding names."""
    places = [*([finding.place] if finding.place else []), *finding.related]
    return {(place.file, place.sheet or "", place.cell or "") for place in places}
