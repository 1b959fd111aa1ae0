"""Trial balances as programs print them: each is understood, none is found wrong that is right, each slip is found."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from variants.books import DECEMBER, Look, lines, write

from houqin.forms import load_forms
from houqin.model import Level
from houqin.pipeline import Result, run_pipeline
from houqin.read import read_settings
from houqin.report.records import read_records
from houqin.report.settlement.books import with_accounts
from houqin.school import load_school

FORMS = load_forms()
SCHOOL = load_school(Path(__file__).parents[2] / "templates" / "示例中学年终", read_settings)
MADE = lines(DECEMBER)
TITLE = "2025年12月科目余额表"
# What stands in a table, with 本年累计 or the year's opening, so that the year is in it
YEARS: dict[str, tuple[tuple[str, str], ...]] = {
    "年初、本月、累计": (("年初余额", "year_open"), ("本月发生", "month"), ("本年累计", "year"), ("期末余额", "close")),
    "年初、本期、累计": (("年初余额", "year_open"), ("本期发生额", "month"), ("本年累计发生额", "year"), ("期末余额", "close")),
    "年初、期初、本期、累计": (("年初余额", "year_open"), ("期初余额", "open"), ("本期发生额", "month"), ("本年累计发生额", "year"), ("期末余额", "close")),
    "期初是年初的、本期、累计": (("期初余额", "year_open"), ("本期发生额", "month"), ("本年累计", "year"), ("期末余额", "close")),
    "期初、本期、累计": (("期初余额", "open"), ("本期发生额", "month"), ("本年累计", "year"), ("期末余额", "close")),
    "月初、本月、累计": (("月初余额", "open"), ("本月发生额", "month"), ("本年累计", "year"), ("月末余额", "close")),
    "上年结转、本月、累计": (("上年结转", "year_open"), ("本月发生额", "month"), ("本年累计", "year"), ("期末余额", "close")),
    "年初、本年": (("年初余额", "year_open"), ("本年发生额", "year"), ("年末余额", "close")),
    "年初、本期是全年": (("年初余额", "year_open"), ("本期发生额", "year"), ("期末余额", "close")),
    "期初、累计": (("期初余额", "year_open"), ("本年累计", "year"), ("期末余额", "close")),
}
SIDES = ("two", "one", "signed")
EACH = [pytest.param(name, sides, id=f"{name}-{sides}") for name in YEARS for sides in SIDES]


def run(folder: Path, *, as_of: str = "2025-12-31") -> Result:
    """Take the inbox through the flow."""
    return run_pipeline(folder, FORMS, SCHOOL, as_of)


def asked(result: Result) -> list[tuple[str, str]]:
    """Give code and cell of what a person must look at."""
    found = [each for each in result.findings if each.level in {Level.ERROR, Level.QUESTION}]
    return [(each.code, (each.place and each.place.cell) or "") for each in found]


def look(name: str, sides: str) -> Look:
    """Give the look of a table with all of that in it."""
    return Look(TITLE, YEARS[name], sides=sides, total=sides == "two")


@pytest.mark.parametrize(("name", "sides"), EACH)
def test_a_table_that_is_right_gives_the_figures_of_the_year_and_no_question(name, sides, tmp_path):
    """Opening, movement and closing of every account are those of the year, whatever the columns are called."""
    write(tmp_path / "余额表.xlsx", look(name, sides), MADE)
    result = run(tmp_path)
    assert asked(result) == []
    rows = {each.text("code"): each.values for each in with_accounts(read_records(result.ledgers, "trial_balance", FORMS))}
    names = ("open_net", "year_dr", "year_cr", "close_net")
    assert {code: [values[n] for n in names] for code, values in rows.items()} == {
        each.code: [each.year_open, each.ytd_dr, each.ytd_cr, each.close] for each in MADE
    }


@pytest.mark.parametrize(("name", "sides"), EACH)
def test_a_slip_in_a_closing_balance_is_found_at_its_row(name, sides, tmp_path):
    """Never a missed true error: one closing balance of an account that moved is off by 900."""
    path = write(tmp_path / "余额表.xlsx", look(name, sides), MADE)
    book = openpyxl.load_workbook(path)
    row = next(cells for cells in book.active.iter_rows(min_row=4 - (sides == "signed")) if cells[0].value == "230701")
    cell = next(each for each in reversed(row) if isinstance(each.value, int | float))
    cell.value = float(Decimal(str(cell.value)) + 900)
    book.save(path)
    wrong = [place for code, place in asked(run(tmp_path)) if code == "balance-mismatch"]
    assert [place.lstrip("ABCDEFGHIJKLMN") for place in wrong] == [str(cell.row)]
