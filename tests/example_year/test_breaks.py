"""Each planted break is told, at its cell, by the check that must know; the year without it is silent there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from example_year import (  # noqa: F401  (they enter their breaks)
    breaks_books,
    breaks_canteen,
    breaks_dues,
    breaks_goods,
    breaks_money,
)
from example_year.breaks import BREAKS, FAILED
from example_year.conftest import AS_OF
from example_year.judge import Judge
from example_year.spoilt import run_again, spoil, spots_of

from houqin.check import Earlier
from houqin.forms import load_settlement
from houqin.forms.words import CODES
from houqin.model import Level
from houqin.report.settlement import write_settlement

if TYPE_CHECKING:
    from example_year.breaks import Break
    from example_year.spoilt import Spot

    from houqin.model import Place
    from houqin.pipeline import Result
    from houqin.school import School

RULES = {rule.id: rule for rule in load_settlement().checks}
PASSED, UNCHECKED = "✓ 通过", "? 未核"
# What no paper of the office can make fail: the entries that we propose balance as they are made, the check is on what
# a person makes of them in the workbook.
OF_THE_WORKBOOK = {"adjustments-balance"}
BROKEN = [pytest.param(each, id=each.name) for each in BREAKS.values()]


def _own(planted: Break) -> set[str]:
    """Give the checks that a break names: one of settlement.toml, or those that take its tie-out over."""
    return {rule.id for rule in RULES.values() if planted.check and planted.check in {rule.id, rule.tie_out}}


def _under(school: School, planted: Break) -> School:
    """Give the school with the settings of a break."""
    known = {section: dict(getattr(school, section)) for section in ("accounting", "inventory")}
    for name, word in planted.settings.items():
        known["inventory" if name in known["inventory"] else "accounting"][name] = word
    return replace(school, **known)


@pytest.fixture(scope="module")
def judge(forms, before, tmp_path_factory):
    """Make the checks without a workbook."""
    return Judge(forms, before, tmp_path_factory.mktemp("judge"), AS_OF)


@pytest.fixture(scope="module")
def earlier(before):
    """Give the run of the year before, which this one carries on."""
    return Earlier(run="2024", period="2024", rows=before, as_of="2024-12-31", next_period="2025")


def test_every_check_has_a_break_that_it_catches():
    """A check that nothing can make fail says nothing by passing."""
    caught = {rule for each in BREAKS.values() for rule in _own(each)}
    assert set(RULES) - caught == OF_THE_WORKBOOK


def test_there_are_enough_breaks_and_each_says_what_it_is():
    """Of all thirteen of the auditor's table and the ten of section 8.4; what follows is a check as well."""
    assert len(BREAKS) >= 45
    assert len({each.title for each in BREAKS.values()}) == len(BREAKS)
    assert all(each.codes or each.check for each in BREAKS.values())
    assert {check for each in BREAKS.values() for check in each.follows | each.leaves} <= set(RULES)
    sources = {each.source for each in BREAKS.values()}
    assert sources >= {*(f"C-{n}" for n in range(1, 14)), *(f"8.4-{n}" for n in range(1, 11)) } - {"8.4-4"}


def test_what_a_check_may_fail_along_with_is_known(forms):
    """Its roots are checks, tie-outs, or findings of a form; no check is its own."""
    tie_outs = {each.id for each in forms.tie_outs}
    for rule in RULES.values():
        for root in rule.roots:
            code, _, form = root.partition("@")
            assert (code in CODES and form in forms.by_id) if form else root in {*RULES, *tie_outs} - {rule.id}, (rule.id, root)


@pytest.mark.parametrize("planted", BROKEN)
def test_a_break_is_told_at_its_cell_by_its_check(planted, office, result, forms, school, judge, earlier, tmp_path):
    """A finding of its code names the cell, its check fails and says where to look; what follows fails, and no more."""
    school = _under(school, planted)
    it = spoil(office)
    spot = planted.plant(it)
    broken = run_again(result, it, tmp_path / "in", forms, school, AS_OF, earlier)
    named = {(f.code, each) for f in broken.findings if f.level != Level.INFO for each in spots_of(f)}
    assert not planted.codes or [code for code in planted.codes if (code, spot) in named], sorted(named)
    assert not [f for f in result.findings if f.code in planted.codes and spot in spots_of(f)]
    verdicts = {each.id: each.verdict for each in broken.tie_outs}
    assert verdicts.get(planted.check, "不符") == "不符"
    checks = judge.checks(broken, school)
    assert {name: each.verdict for name, each in checks.items() if each.verdict != PASSED} == {
        **dict.fromkeys(planted.follows, FAILED), **dict.fromkeys(planted.leaves, UNCHECKED), **dict.fromkeys(_own(planted) & set(checks), planted.verdict)
    }
    sides = {(p.file, p.sheet, _row_of(p.cell)) for p in _sides(broken, planted.check, spot)}
    for name in _own(planted):
        place = checks[name].place
        assert place is not None
        assert (place.file, place.sheet, _row_of(place.cell)) in {(spot[0], spot[1], _row_of(spot[2])), *sides}


@pytest.mark.parametrize("planted", [pytest.param(each, id=each.name) for each in BREAKS.values() if each.settings])
def test_under_other_settings_the_year_passes_without_the_break(planted, office, result, forms, school, judge, tmp_path):
    """Or the check would fail without it."""
    school, it = _under(school, planted), spoil(office)
    planted.given(it)
    checks = judge.checks(run_again(result, it, tmp_path / "in", forms, school, AS_OF), school)
    assert {name: checks[name].verdict for name in _own(planted)} == dict.fromkeys(_own(planted), PASSED)


@pytest.mark.parametrize("name", ["", "closing_typed_wrong"])
def test_the_workbook_says_the_same_as_the_checks_made_without_it(name, office, result, forms, school, before, judge, tmp_path):
    """The year as it is passes every check, nothing 不符, nothing 未核; a break is told in the workbook as above."""
    outcome = result
    if name:
        it = spoil(office)
        BREAKS[name].spoil(it)
        outcome = run_again(result, it, tmp_path / "in", forms, school, AS_OF)
    written = write_settlement(tmp_path / "年终决算.xlsx", outcome, forms=forms, school=school, year=2025, as_of=AS_OF, before=before)
    made = judge.checks(outcome, school)
    assert [(c.rule.id, c.verdict, c.difference, c.place, c.reason) for c in written.checks] == [
        (c.rule.id, c.verdict, c.difference, c.place, c.reason) for c in made.values()
    ]
    failed = {each.rule.id for each in written.checks if each.verdict != PASSED}
    assert failed == (BREAKS[name].follows | _own(BREAKS[name]) if name else set())
    assert len(written.checks) >= 30


def _sides(broken: Result, check: str, spot: Spot) -> list[Place]:
    """Give the cells of a tie-out's lines that differ, where one of them is the spot: either side may be the wrong one."""
    tie_out = RULES[check].tie_out if check in RULES else check
    wrong = [row for each in broken.tie_outs if each.id == tie_out for row in each.rows if not row.agrees]
    places = [place for row in wrong for place in (row.left_place, row.right_place) if place is not None]
    return places if (spot[0], spot[1], spot[2]) in {(p.file, p.sheet, p.cell) for p in places} or not places else [
        place for place in places if any(
            spot in spots_of(f) and (place.file, place.sheet, place.cell) in spots_of(f) for f in broken.findings if f.code == "tie-out-mismatch"
        )
    ]


def _row_of(cell: str) -> int:
    return int("".join(char for char in cell if char.isdigit()))
