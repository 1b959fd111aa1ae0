"""Each planted break is told, at its cell, by the check that must know; the year without it is silent there."""

from __future__ import annotations

import pytest
from example_year import breaks_canteen, breaks_goods, breaks_money  # noqa: F401  (they enter their breaks)
from example_year.breaks import BREAKS
from example_year.conftest import AS_OF
from example_year.spoilt import run_again, spoil, spots_of

from houqin.forms import load_settlement
from houqin.model import Level
from houqin.report.settlement import write_settlement

TOLD = [each for each in BREAKS.values() if each.codes]
# Checks over the lines of the working papers; those that are tie-outs are made before any paper is written.
LINES = {rule.id for rule in load_settlement().checks if not rule.tie_out}
SETTLED = [each for each in BREAKS.values() if each.check in LINES]
PASSED, FAILED = "✓ 通过", "✗ 不符"


def test_there_are_enough_breaks_and_each_says_what_it_is():
    """At least 45, of all thirteen of the auditor's table but for those that need last year."""
    assert len(BREAKS) >= 45
    assert len({each.title for each in BREAKS.values()}) == len(BREAKS)
    assert all(each.codes or each.check for each in BREAKS.values())
    sources = {each.source for each in BREAKS.values()}
    assert sources >= {"C-1", "C-3", "C-4", "C-5", "C-6", "C-7", "C-8", "C-9", "C-10", "C-11", "C-12", "C-13", "8.4-3", "8.4-5", "8.4-6", "8.4-9", "8.4-10"}


@pytest.mark.parametrize("planted", TOLD, ids=lambda each: each.name)
def test_a_break_is_told_at_its_cell(planted, office, result, forms, school, tmp_path):
    """A finding of the right code names the cell, its tie-out fails; the unbroken year has none such there."""
    it = spoil(office)
    spot = planted.spoil(it)
    broken = run_again(result, it, tmp_path, forms, school, AS_OF)
    named = {(f.code, each) for f in broken.findings if f.level != Level.INFO for each in spots_of(f)}
    assert [code for code in planted.codes if (code, spot) in named], sorted(named)
    assert not [f for f in result.findings if f.code in planted.codes and spot in spots_of(f)]
    verdicts = [{each.id: each.verdict for each in run.tie_outs} for run in (result, broken)]
    if "tie-out-mismatch" in planted.codes and planted.check in verdicts[0]:
        assert [each[planted.check] for each in verdicts] == ["通过", "不符"]


@pytest.fixture
def settle(forms, school, before, tmp_path):
    """Write the working papers of the year; give the checks by their ids."""

    def write(result):
        path = tmp_path / "年终决算.xlsx"
        written = write_settlement(path, result, forms=forms, school=school, year=2025, as_of=AS_OF, before=before)
        return {each.rule.id: each for each in written.checks}

    return write


def test_the_settlement_of_the_year_as_it_is_passes_every_check(result, settle):
    """Nothing 不符, nothing 未核: the year has a workbook for every check."""
    checks = settle(result)
    assert {each.rule.id: each.verdict for each in checks.values() if each.verdict != PASSED} == {}
    assert len(checks) >= 30


@pytest.mark.parametrize("planted", SETTLED, ids=lambda each: each.name)
def test_a_break_fails_its_check_of_the_settlement(planted, office, result, forms, school, settle, tmp_path):
    """✗ 不符 by the right check; where it says at which cell to look first, it is one of the record that was spoilt."""
    it = spoil(office)
    file, sheet, cell = planted.spoil(it)
    broken = run_again(result, it, tmp_path / "in", forms, school, AS_OF)
    check = settle(broken)[planted.check]
    assert check.verdict == FAILED
    if check.place is not None:
        assert (check.place.file, check.place.sheet, _row_of(check.place.cell)) == (file, sheet, _row_of(cell))


def _row_of(cell: str) -> int:
    return int("".join(char for char in cell if char.isdigit()))
