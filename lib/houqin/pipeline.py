"""The main flow, readable on one screen: workbooks in, ledgers, findings and changes out."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from houqin.check import (
    Earlier,
    check_carry,
    check_ledgers,
    check_owner,
    check_table,
    check_tie_outs,
    combine_findings,
    join_halves,
    part_silenced,
)
from houqin.clean import (
    apply_corrections,
    clean_table,
    compare_ledgers,
    decisions_from,
    unmet_corrections,
    with_paths,
    without_superseded,
)
from houqin.ledger import choose_period, join_tables, part_schools
from houqin.locate import locate_tables, may_hold_tables
from houqin.match import match_table
from houqin.model import Finding, Level, Place
from houqin.read import read_folder
from houqin.school import Decisions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from houqin.clean import Written
    from houqin.forms import Forms
    from houqin.model import Change, Grid, Ledger, Match, Silenced, SourceFile, Table, TieOutResult
    from houqin.school import Decision, School

# Names under which offices keep tables
TABLE_ENDINGS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".csv", ".et", ".ett", ".ods")


@dataclass(frozen=True, slots=True)
class Result:
    """What the flow gives.

    `matches` has every located table, `tables` those that a form took, in the order of the files;
    `findings` are combined and in the order in which they should be read; `silenced` are those
    that the school decided to pass over, `decided` what the lists among the files decided newly.
    """

    files: tuple[SourceFile, ...]
    matches: tuple[Match, ...]
    tables: tuple[Table, ...]
    ledgers: Mapping[str, Ledger]
    tie_outs: tuple[TieOutResult, ...]
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...]
    silenced: tuple[Silenced, ...] = ()
    decided: tuple[Decision, ...] = ()


def run_pipeline(inbox: Path, forms: Forms, school: School | None, as_of: str) -> Result:
    """Take a folder of workbooks through the whole flow; `as_of` is the ISO date that "open" and "elapsed" refer to."""
    return process_files(read_folder(inbox), forms, school, as_of)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep Python from looking for cycles: what the flow makes are records by the million, and none of them is one."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_uncollected()
def process_files(  # noqa: PLR0913  (by keyword)
    files: Sequence[SourceFile], forms: Forms, school: School | None, as_of: str, *,
    earlier: Earlier | None = None, written: Mapping[str, Written] | None = None,
) -> Result:  # fmt: skip
    """Take files that are read already through locate, match, clean, check, join and tie-outs.

    What the school decided before, and what the filled-in lists and the corrected ledgers among the files decide now,
    counts from the start: corrections lie over the sheets, silenced findings are parted off at the end. `earlier` is
    the run of the period before that this one carries on; None where nothing is carried on. `written` has, by run id,
    what the runs wrote whose ledgers came back corrected.
    """
    files = without_superseded(files)
    known = school.decisions if school else Decisions()
    answered, unclear = decisions_from(files, as_of)
    more = known.with_more(answered)
    back = compare_ledgers(files, with_paths(more, files), forms, written, school, as_of)
    tables = _tables(files, forms, school, more.with_more(back.decisions))
    if unmet := unmet_corrections(back.wanted, tables.tables, tables.decisions):
        back = back.without(unmet)
        tables = _tables(files, forms, school, more.with_more(back.decisions))
    school = replace(school, decisions=tables.decisions) if school else None
    findings = [*tables.findings, *unclear, *back.findings]
    findings += [Finding("settings-differ", Level.WARNING, note) for note in (school.notes if school else ())]
    ledgers, clashes = _join(tables.own, forms, school, as_of)
    tie_outs, differences = check_tie_outs(ledgers, forms, school, as_of)
    findings += clashes + check_ledgers(ledgers, forms, school, as_of) + differences
    findings += check_carry(ledgers, forms, earlier) if earlier else []
    findings, silenced = part_silenced(findings, tables.decisions)
    return Result(
        files=tables.files,
        matches=tuple(tables.matches),
        tables=tuple(tables.tables),
        ledgers=ledgers,
        tie_outs=tuple(tie_outs),
        findings=tuple(combine_findings(findings)),
        changes=tuple(dict.fromkeys(tables.changes)),  # a line above two halves is read for both
        silenced=tuple(silenced),
        decided=more.with_more(back.decisions).all[len(known.all) :],
    )


@dataclass(slots=True)
class _Tables:
    """The files with the corrections laid over them, and what became of their tables."""

    files: tuple[SourceFile, ...]
    decisions: Decisions
    matches: list[Match]
    tables: list[Table]
    findings: list[Finding]
    changes: list[Change]
    own: list[Table] = field(default_factory=list)  # without what is another school's


def _tables(files: Sequence[SourceFile], forms: Forms, school: School | None, known: Decisions) -> _Tables:
    """Lay the corrections over the sheets, find the tables, clean them and check each."""
    decisions = with_paths(known, files)
    school = replace(school, decisions=decisions) if school else None
    corrected, changes, findings = apply_corrections(files, decisions)
    matches, seen = _recognise(corrected, forms, school)
    made = _Tables(corrected, decisions, matches, [], findings, changes)
    for match in matches:
        if match.form is None:
            continue
        table, changed, doubts = clean_table(match, forms, school)
        made.tables.append(table)
        # A line above two halves of a statement is read for both, and its change recorded once.
        made.changes += [each for each in changed if each not in made.changes] if match.table.side else changed
        made.findings += doubts
    made.own, others = part_schools(made.tables, school, lambda each: bool(part_silenced([each], decisions)[1]))
    made.findings += others
    for table in join_halves(made.own):
        made.findings += check_table(table, forms.by_id[table.form], school)
    made.findings += _unsaid(seen, made.findings)
    told = {(each.place.file, each.place.sheet) for each in others if each.place}
    rest = [match for match in matches if (match.table.path, match.table.grid.sheet) not in told]
    made.findings += check_owner(rest, school)
    return made


def _recognise(files: Sequence[SourceFile], forms: Forms, school: School | None) -> tuple[list[Match], list[Finding]]:
    """Find every table of every file and say which form it is."""
    matches: list[Match] = []
    findings: list[Finding] = []
    for file in files:
        findings += _file_findings(file)
        for grid in file.grids:
            raws = locate_tables(grid, file.path)
            if not raws and any(grid.kinds):
                findings.append(_no_table(grid, file.path))
            for raw in raws:
                match, doubts = match_table(raw, forms, school)
                matches.append(match)
                findings += doubts
    return matches, findings


def _no_table(grid: Grid, path: str) -> Finding:
    """Say that a sheet gave no table; ask where it has rows like a table's."""
    if may_hold_tables(grid):
        message = "这张工作表里有成行的内容，但没有认出表格，里面的内容没有使用。请看一下它是不是一张表，缺不缺表头。"
        return Finding("unsure-table", Level.QUESTION, message, Place(path, grid.sheet))
    message = "这张工作表里没有找到表格，里面的内容没有使用。"
    return Finding("no-table", Level.INFO, message, Place(path, grid.sheet))


def _join(
    tables: Sequence[Table], forms: Forms, school: School | None, as_of: str
) -> tuple[dict[str, Ledger], list[Finding]]:
    """Make one ledger a form, in the order of the form files; of balances of several months that of the base day."""
    ledgers: dict[str, Ledger] = {}
    findings: list[Finding] = []
    for form_id, form in forms.by_id.items():
        own = [table for table in tables if table.form == form_id]
        if own:
            own, told = choose_period(own, form, as_of)
            ledgers[form_id], clashes = join_tables(own, form, school)
            findings += [*told, *clashes]
    return ledgers, findings


def _file_findings(file: SourceFile) -> list[Finding]:
    """Say of a file that was refused or passed over why it was."""
    place = Place(file.path)
    # A line of the list begins with the file; its sentence need not say it again.
    sentence = (file.reason or "").removeprefix(place.text)
    if file.status == "refused":
        # A notice (.docx, .pdf, a photo) left in the inbox is no table that the totals lack.
        stray = file.code == "not-a-workbook" and not file.path.lower().endswith(TABLE_ENDINGS)
        return [Finding(file.code or "refused-file", Level.WARNING if stray else Level.ERROR, sentence, place)]
    if file.status == "skipped":
        # A code of its own says that something may be missing, not that there was nothing to read.
        level = Level.INFO if file.code in {None, "superseded"} else Level.WARNING
        return [Finding(file.code or "skipped-file", level, sentence, place)]
    return list(file.warnings)


def _unsaid(findings: list[Finding], said: list[Finding]) -> list[Finding]:
    """Leave out what the reader saw in cells that a later step has told of under the same code, and knows more of."""
    told = {(f.code, place) for f in said for place in (f.place, *f.related)}
    kept = []
    for finding in findings:
        places = [p for p in (finding.place, *finding.related) if p and (finding.code, p) not in told]
        if places:
            kept.append(replace(finding, place=places[0], related=tuple(places[1:])))
    return kept
