"""Accumulated depreciation as booked against the rule: one line a cause, and no line where all is well."""

from __future__ import annotations

import pandas as pd

from houqin.check.depreciation import check_depreciation
from houqin.forms import load_forms
from houqin.model import Ledger

FORM = load_forms()["asset_register"]
NONE: frozenset[str] = frozenset()


def ledger(rows: list[dict[str, object]]) -> Ledger:
    """Make a ledger of cards; money in fen."""
    names = [
        "asset_no", "asset_name", "class_code", "class_name", "cost", "acc_dep", "life_years", "dep_months",
        "book_date", "acquire_date", "status", "dep_status", "value_type",
    ]  # fmt: skip
    numbers = {"cost", "acc_dep", "life_years", "dep_months"}
    frame = pd.DataFrame({
        name: pd.Series([row.get(name) for row in rows], dtype="Int64" if name in numbers else object)
        for name in names
    })  # fmt: skip
    frame["pending"] = False
    count = range(4, 4 + len(rows))
    sources = pd.DataFrame({
        "file": ["资产.xlsx"] * len(rows), "sheet": ["台账"] * len(rows), "row": list(count),
        "cell": [f"A{n}" for n in count],
    })  # fmt: skip
    cells = {name: [f"{chr(65 + at)}{n}" for n in count] for at, name in enumerate(names)}
    return Ledger("asset_register", frame, sources, cells, pd.DataFrame(index=frame.index))


def card(number: int, booked: int | None, **more: object) -> dict[str, object]:
    """Give a card of a board of 18,000 yuan, booked in 2025-03, six years."""
    return {
        "asset_no": f"Z{number}", "asset_name": "触控一体机", "cost": 1_800_000, "acc_dep": booked, "life_years": 6,
        "book_date": "2025-03-10", **more,
    }  # fmt: skip


def told(rows: list[dict[str, object]], as_of: str = "2025-12-31") -> list[list[object]]:
    """Judge cards; give code, cell and count of each finding."""
    found = check_depreciation(ledger(rows), FORM, NONE, as_of)
    return [[f.code, f.place.cell if f.place else None, f.count] for f in found]


def test_what_the_rule_gives_is_not_spoken_of() -> None:
    """Ten months of 250 at the end of the year; by the 20th of the next month ten or eleven."""
    assert told([card(1, 250_000)]) == []
    assert told([card(1, 250_000), card(2, 275_000)], "2026-01-20") == []


def test_the_day_of_any_date_of_the_card_will_do() -> None:
    """Asset systems count from the day of the books, some from that of getting it."""
    assert told([card(1, 275_000, acquire_date="2025-02")]) == []


def test_a_card_that_differs_is_asked_about_with_what_is_right() -> None:
    """The rule's amount and the difference stand in the sentence."""
    (found,) = check_depreciation(ledger([card(1, 250_000), card(2, 205_000)]), FORM, NONE, "2025-12-31")
    assert (found.code, found.expected, found.place and found.place.cell) == ("depreciation-mismatch", "2500", "F5")
    assert "已提 10 个月应为 2,500.00 元" in found.message
    assert "相差 450.00 元" in found.message


def test_a_sheet_of_an_earlier_month_is_one_question_and_hides_no_single_error() -> None:
    """Five cards of 2025-08, one of them wrong."""
    rows = [card(n, 150_000) for n in range(5)]
    rows[3]["acc_dep"] = 140_000
    (sheet, single) = check_depreciation(ledger(rows), FORM, NONE, "2025-12-31")
    assert (sheet.count, "算到 2025-08" in sheet.message) == (4, True)
    assert (single.place and single.place.cell, single.expected) == ("F7", "1500")


def test_a_residual_value_kept_is_one_question() -> None:
    """Companies keep five per cent; the government rule keeps none."""
    rows = [card(n, 1_710_000 * 10 // 72 + n % 2) for n in range(4)]
    (found,) = check_depreciation(ledger(rows), FORM, NONE, "2025-12-31")
    assert "5% 残值" in found.message


def test_books_and_things_of_nominal_value_take_none() -> None:
    """图书, and what is booked at 名义金额."""
    rows = [
        card(1, 5_000, asset_name="图书", life_years=None), card(2, 3, value_type="名义金额"),
        card(3, None, asset_name="图书"), card(4, 250_000),
    ]  # fmt: skip
    assert told(rows) == [["not-depreciable", "F4", 2]]


def test_a_life_below_the_table_is_asked_about_once_a_class() -> None:
    """不低于 six years for a computer; more is allowed."""
    rows = [card(n, 450_000, life_years=4, asset_name="台式计算机", cost=2_160_000) for n in range(2)]
    rows.append(card(9, 150_000, life_years=10))
    assert told(rows) == [["asset-life", "G4", 2]]


def test_the_class_gives_the_years_where_the_card_has_none() -> None:
    """A code of 2010 or 2022, or the name; where they disagree nothing is judged, and that is said."""
    assert told([card(1, 250_000, life_years=None, class_code="A02020800")]) == []
    assert told([card(1, 250_000, life_years=None, class_code="2020000", asset_name="某设备")]) == []
    other = card(1, 1, life_years=None, class_code="6010000", asset_name="空调机")
    assert told([other]) == [["not-recomputed", None, 1]]


def test_a_blank_among_filled_cells_is_asked_about() -> None:
    """The total would be short; a sheet without the column is another matter."""
    assert told([card(1, None), card(2, 250_000)]) == [["missing", "F4", 1]]
    assert told([card(1, None)]) == []


def test_changed_scrapped_and_exempt_cards_are_left_and_counted() -> None:
    """Their months do not follow from today's cost."""
    rows = [card(1, 7), card(2, 7, status="报废"), card(3, 7, dep_status="不计提"), card(4, 250_000)]
    (found,) = check_depreciation(ledger(rows), FORM, frozenset({"Z1"}), "2025-12-31")
    assert found.message == "有卡片的累计折旧没有复算：写明不计提 1 张、已报废 1 张、调整过价值 1 张。"


def test_what_is_used_up_and_still_used_is_well() -> None:
    """提足后继续使用: the whole cost and no more."""
    assert told([card(1, 1_800_000, book_date="2015-03-10")]) == []
