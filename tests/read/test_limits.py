"""What a file may ask for can be set, and a setting that is no number is not passed over."""

from __future__ import annotations

import pytest

from houqin.errors import BadParameter
from houqin.read.limits import Limits, limits_of_environment


def test_a_limit_is_set_by_its_variable_and_the_others_stay() -> None:
    """HOUQIN_READ_ and the field's name; other variables do not matter."""
    limits = limits_of_environment({"HOUQIN_READ_SECONDS": "120", "HOUQIN_READ_MEMBERS": " ", "SECONDS": "3"})
    assert limits.seconds == 120
    assert limits.members == Limits().members


@pytest.mark.parametrize("written", ["0", "-1", "1.5", "很多", "１２", "9" * 30])
def test_a_limit_that_is_no_positive_number_is_a_fault(written: str) -> None:
    """A mistyped limit would otherwise be none, or would refuse everything."""
    with pytest.raises(BadParameter, match="HOUQIN_READ_SECONDS"):
        limits_of_environment({"HOUQIN_READ_SECONDS": written})
