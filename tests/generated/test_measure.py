"""Filled-in forms of every kind, made from a seed by other hands than the form files: how much comes out right.

`PYTHONPATH=lib:tests python tests/generated/measure.py --rounds 40` prints the scores by form, and what went wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from generated.makers import MAKERS
from generated.measure import Score, measure, write_all

if TYPE_CHECKING:
    from pathlib import Path

ROUNDS = 3


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Score]:
    """Measure a few workbooks of each maker."""
    folder: Path = tmp_path_factory.mktemp("generated")
    return measure(folder, write_all(folder, 20251122, ROUNDS))


@pytest.fixture(scope="module")
def whole(scores: dict[str, Score]) -> Score:
    """Add up all forms."""
    total = Score()
    for score in scores.values():
        total.add(score)
    return total


def test_forms_and_columns_are_right_and_none_is_wrong_in_silence(whole: Score) -> None:
    """In at least 99 of 100, and what is not known is asked about."""
    assert whole.forms_right >= 0.99 * whole.tables, whole.notes
    assert whole.columns_right >= 0.99 * whole.columns, whole.notes
    assert (whole.forms_silent, whole.columns_silent) == (0, 0), whole.notes


def test_values_are_what_the_office_meant(whole: Score) -> None:
    """In at least 999 of 1,000."""
    assert whole.values_right >= 0.999 * whole.values, whole.notes


def test_planted_mistakes_are_told_at_their_cell(whole: Score) -> None:
    """At least 98 of 100; and at most one false alarm at the level 必须改 in 1,000 cells."""
    assert whole.found >= 0.98 * whole.planted, whole.notes
    assert whole.false_errors <= whole.cells / 1000, whole.notes
    assert whole.planted > len(MAKERS)
