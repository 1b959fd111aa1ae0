"""A code and its name in one cell: 30201 办公费."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from small_tables import cleaned, form_of, match_of, raw_of, records

from houqin.forms import Field

if TYPE_CHECKING:
    from houqin.model import Match

CODE, SUBJECT = Field("code", "科目编码", "code", leads=True), Field("subject", "科目名称")
FORM = form_of(CODE, SUBJECT)


def _match(texts: list[object], field: str) -> Match:
    """Match a table of one column to a field of the form."""
    raw = raw_of(["科目"], [[text] for text in texts])
    match = match_of(raw, FORM)
    return replace(match, columns=(replace(match.columns[0], field=field),))


@pytest.mark.parametrize("field", ["subject", "code"])
@pytest.mark.parametrize("text", ["30201 办公费", "30201办公费", "30201-办公费", "[30201]办公费", "30201　办公费"])
def test_one_cell_gives_code_and_name(field: str, text: str) -> None:
    """Whichever of the two the column was taken for, and whatever stands between."""
    table, changes, findings = cleaned(_match([text, "30205 水费"], field), FORM)
    assert records(table, FORM) == ["code=30201 subject=办公费", "code=30205 subject=水费"]
    assert [(c.place.cell, c.after, c.rule) for c in changes][-2:] == [
        ("A2", "30201 / 办公费", "code-split"), ("A3", "30205 / 水费", "code-split"),
    ]  # fmt: skip
    assert findings == []
    assert table.address("code", 0) == table.address("subject", 0) == "A2"


def test_a_name_without_a_code_keeps_its_text() -> None:
    """合同工资 among coded subjects has no code, and loses nothing."""
    table, _, _ = cleaned(_match(["30201 办公费", "30205 水费", "其他"], "subject"), FORM)
    assert records(table, FORM)[2] == "subject=其他"


@pytest.mark.parametrize("texts", [["办公费", "2025年结转", "水费"], ["办公费", "水费", "30201 办公费"], ["30201"]])
def test_names_and_codes_alone_are_left_as_they_are(texts: list[object]) -> None:
    """A year is no code; one odd cell among names makes no column of codes."""
    table, changes, _ = cleaned(_match(texts, "subject"), FORM)
    assert (list(table.frame.columns), changes) == (["subject"], [])


def test_two_columns_are_not_parted_again() -> None:
    """Cleaning twice changes nothing."""
    raw = raw_of(["科目编码", "科目名称"], [["30201", "30201 办公费"], ["30205", "水费"]])
    table, changes, _ = cleaned(match_of(raw, FORM), FORM)
    assert (records(table, FORM)[0], changes) == ("code=30201 subject=30201 办公费", [])


@pytest.mark.parametrize("text", ["0001-0050", "0001～0050", "0001至0050", "No0001—No0050"])
def test_one_cell_gives_the_first_and_the_last_number(text: str) -> None:
    """起止号码 in one column is parted into 起号 and 止号."""
    span = Field("span", "起止号码", "text", spans=("start", "end"))
    form = form_of(span, Field("start", "起号", "code"), Field("end", "止号", "code"))
    raw = raw_of(["起止号码"], [[text], ["共50份"]])
    match = match_of(raw, form)
    table, changes, _ = cleaned(replace(match, columns=match.columns[:1]), form)
    one, two = str(table.frame["start"][0]), str(table.frame["end"][0])
    assert (one[-4:], two[-4:], table.frame["start"][1]) == ("0001", "0050", None)
    assert [c.place.cell for c in changes if c.rule == "code-split"] == ["A2"]


def test_a_word_may_stand_in_place_of_a_number() -> None:
    """伙食费 is charged as it costs (据实): no mistake; 若干 is one."""
    form = form_of(Field("standard", "收费标准", "price", scale=4, instead=("据实",)))
    raw = raw_of(["收费标准"], [["据实"], ["若干"], [92]])
    table, _, findings = cleaned(match_of(raw, form), form)
    assert records(table, form) == ["", "", "standard=92"]
    assert [f.place.cell for f in findings if f.place] == ["A3"]
