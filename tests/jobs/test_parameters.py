"""The parameters of the semester's start: what is taken, and what is refused in Chinese before anything starts."""

from __future__ import annotations

import pytest

from houqin.errors import BadParameter
from houqin.jobs.parameters import SemesterStart, parse_values, parse_words

JOB = "semester-start"


def test_nothing_given_leaves_all_to_the_settings() -> None:
    """The defaults are the example school, and None where the school's settings decide."""
    given = parse_values(JOB, {})
    assert (given.school, given.out) == ("../templates/示例中学", "../output")
    assert (given.school_year, given.semester, given.as_of) == (None, None, None)


def test_words_of_the_command_line_become_values_of_their_kind() -> None:
    """A command line has text only: 2 becomes a number, an empty word is as good as none."""
    given = parse_words(JOB, {"semester": "2", "school_year": "2025-2026", "as_of": ""})
    assert given == SemesterStart(semester=2, school_year="2025-2026")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("semester", 3, "不能大于 2"),
        ("semester", 0, "不能小于 1"),
        ("semester", "1", "要写整数，不加引号"),
        ("semester", True, "要写整数"),
        ("semester", 1.0, "要写整数"),
        ("school_year", "2025", "2025-2026"),
        ("school_year", "2025-2027", "相连的两年"),
        ("school_year", 2025, "要写文字"),
        ("as_of", "2025-02-30", "真有这一天"),
        ("as_of", "20250912", "2025-09-12"),
        ("as_of", "1925-09-12", "2000 年"),
        ("school", "  ", "要写一个文件夹"),
        ("out", None, "要写文字"),
    ],
)
def test_a_wrong_value_is_refused_with_its_name_and_the_right_way(name: str, value: object, said: str) -> None:
    """The sentence names the parameter, quotes what came, and says how it should look."""
    with pytest.raises(BadParameter) as refusal:
        parse_values(JOB, {name: value})
    assert f"“{name}”" in str(refusal.value)
    assert said in str(refusal.value)


def test_an_unknown_parameter_is_refused_with_the_nearest_name() -> None:
    """A typing mistake must not silently run with the default."""
    with pytest.raises(BadParameter, match="没有叫“smester”的参数。是不是“semester”？"):
        parse_words(JOB, {"smester": "1"})


def test_all_mistakes_are_told_at_once() -> None:
    """Nobody should mend one mistake a run."""
    with pytest.raises(BadParameter) as refusal:
        parse_words(JOB, {"semester": "第一", "as_of": "昨天", "shool": "x"})
    assert len(str(refusal.value).splitlines()) == 3
