"""Each planted break is told, at its cell, by the check that must know; the year without it is silent there."""

from __future__ import annotations

import pytest
from example_year import breaks_canteen, breaks_goods, breaks_money  # noqa: F401  (they enter their breaks)
from example_year.breaks import BREAKS
from example_year.conftest import AS_OF
from example_year.spoilt import run_again, spoil, spots_of

from houqin.model import Level

TOLD = [each for each in BREAKS.values() if each.codes]


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
