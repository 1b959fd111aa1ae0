"""The example year without some of its workbooks: the rest of the year joined, tied out and carried on as a run does.

Reading and cleaning are done once; what is left out is dropped after them, before the ledgers are joined.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from houqin import pipeline
from houqin.check import Earlier, check_carry, check_tie_outs, combine_findings
from houqin.report.settlement.books import DATES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from houqin.account.rows import Row
    from houqin.forms import Forms, TieOut
    from houqin.model import Table
    from houqin.pipeline import Result
    from houqin.report.settlement import Written
    from houqin.school import School

AS_OF = "2025-12-31"
PASSED, FAILED, UNCHECKED = "✓ 通过", "✗ 不符", "? 未核"
Part = "Callable[[Table], Table | None]"


def without(result: Result, files: Collection[str], forms: Forms, school: School) -> Result:
    """Give the year without some files."""
    return cut(result, lambda table: None if table.path in files else table, forms, school, files)


def cut(
    result: Result, part: Callable[[Table], Table | None], forms: Forms, school: School, files: Collection[str] = ()
) -> Result:
    """Give the year with a part of each table, or none of it; `files` are those that are not there at all."""
    made = [(table, part(table)) for table in result.tables]
    touched = {table.form for table, kept in made if kept is not table}
    tables = [kept for _, kept in made if kept is not None]
    joined, clashes = pipeline._join([each for each in tables if each.form in touched], forms, school, AS_OF)
    ledgers = {form: joined.get(form, ledger) for form, ledger in result.ledgers.items() if form in joined or form not in touched}
    concerned = [each for each in forms.tie_outs if touched & _forms_of(each)]
    anew, differences = check_tie_outs(ledgers, replace(forms, tie_outs=tuple(concerned)), school)
    by_id = {each.id: each for each in anew}
    kept_findings = [each for each in result.findings if each.place is None or each.place.file not in files]
    return replace(
        result, files=tuple(each for each in result.files if each.path not in files), tables=tuple(tables), ledgers=ledgers,
        tie_outs=tuple(by_id.get(each.id, each) for each in result.tie_outs),
        findings=tuple(combine_findings([*clashes, *differences, *kept_findings])),
    )  # fmt: skip


def without_months(result: Result, months: Mapping[str, str], forms: Forms, school: School) -> Result:
    """Give the year without one month (2025-06) of some forms: a sheet that was not handed in, a page that is missing."""
    return cut(result, lambda table: _without_month(table, months.get(table.form, "")), forms, school)


def _without_month(table: Table, month: str) -> Table | None:
    if not month:
        return table
    frame = table.frame
    dates = [frame[name].fillna("") for name in DATES[table.form] if name in frame.columns]
    days = dates[0].where(dates[0] != "", dates[1]) if len(dates) > 1 else dates[0]
    stays = ~days.str.startswith(month).to_numpy(dtype=bool)
    if stays.all() or not stays.any():
        return table if stays.all() else None
    return replace(
        table, frame=frame[stays].reset_index(drop=True), spans=table.spans[stays], extra=table.extra[stays].reset_index(drop=True),
        cells={name: (rows[stays], columns[stays]) for name, (rows, columns) in table.cells.items()},
    )  # fmt: skip


def carried(result: Result, forms: Forms, before: Mapping[str, Sequence[Row]]) -> Result:
    """Give the year with what it finds against the run of the year before."""
    earlier = Earlier("上年", "2024", before, as_of="2024-12-31", next_period="2025")
    found = check_carry(result.ledgers, forms, earlier)
    return replace(result, findings=tuple(combine_findings([*result.findings, *found])))


def verdicts(written: Written) -> dict[str, str]:
    """Give the verdict of each check."""
    return {each.rule.id: each.verdict for each in written.checks}


def changed(whole: Written, written: Written) -> dict[str, str]:
    """Give the checks whose verdict is not that of the whole year, with the new one."""
    before = verdicts(whole)
    return {name: verdict for name, verdict in verdicts(written).items() if before.get(name) != verdict}


def other_figures(whole: Written, written: Written) -> dict[str, tuple[object, object]]:
    """Give the figures that have silently become others: not those of the whole year, and nothing said of it."""
    return {
        line: (whole.figures[line][1], value)
        for line, (_, value) in written.figures.items()
        if value is not None and value != whole.figures[line][1] and not written.lacks.get(line)
    }


def _forms_of(tie_out: TieOut) -> set[str]:
    sides = [side for side in (tie_out.left, tie_out.right, tie_out.also) if side is not None]
    return {form for side in sides for form in (side.form, (side.times or "").partition(".")[0]) if form}
