"""The ledger workbooks: typed, checked by live formulas, each row with its source."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd
import pytest
import recalculate
from report import school_data as data

from houqin.expression import parse
from houqin.forms import Check, Forms, load_forms, templates_folder
from houqin.model import Change, Finding, Level, Place
from houqin.pipeline import run_pipeline
from houqin.read import read_settings
from houqin.report.ledger_checks import spoken
from houqin.report.ledger_columns import ledger_cell
from houqin.report.ledgers import (
    LedgerBook,
    changes_by_form,
    ledger_file,
    source_link,
    write_ledger_book,
    write_ledgers,
)
from houqin.report.words import RULES
from houqin.school import load_school

if TYPE_CHECKING:
    from pathlib import Path

    from houqin.forms import Form

BALANCE = Check(
    "balance-qty", "balance-mismatch", "error", "close_qty", "不平", rule="open_qty + in_qty - out_qty == close_qty"
)
AMOUNT = Check(
    "in-amount", "amount-mismatch", "error", "in_amt", "不等", rule="in_qty * in_price == in_amt", tolerance="price"
)
ROWS: list[dict[str, object]] = [
    {"name": "粉笔", "uom": "盒", "open_qty": 20, "in_qty": 100, "out_qty": 85, "close_qty": 35,
     "in_price": "0.33", "in_amt": "33.30", "close_amt": "11.55"},
    {"name": "=拖把", "uom": "把", "open_qty": 5, "in_qty": 10, "out_qty": 2, "close_qty": 31,
     "in_price": "3.5", "in_amt": "350", "close_amt": "45.50"},
    {"name": "彩纸", "uom": "张", "close_qty": "12.5", "close_amt": "0.10"},
]  # fmt: skip


def _form(**changes: object) -> Form:
    known: dict[str, object] = {
        "key": ("name", "spec", "uom"),
        "totals": ("in_amt", "close_amt"),
        "grain": "一行一种物品",
    }
    return replace(data.forms().by_id["stock_balance"], checks=(BALANCE, AMOUNT), **{**known, **changes})


def _write(path: Path, *, pending: tuple[int, ...] = (), **about: Any) -> Path:
    ledger = data.ledger("stock_balance", ROWS, pending=pending)
    write_ledger_book(path, ledger, _form(), LedgerBook(data.school(), "2025-09-05", **about))
    return path


def _column(sheet: Any, header: str) -> list[Any]:
    heads = [str(c.value).replace("\n", "") for c in sheet[5]]
    column = heads.index(header) + 1
    return [sheet.cell(row, column).value for row in range(6, sheet.max_row + 1)]


def test_values_keep_their_types_and_texts_stay_texts(tmp_path: Path) -> None:
    """A name that looks like a formula is a name, a blank is blank, a number is the exact number."""
    sheet = openpyxl.load_workbook(_write(tmp_path / "a.xlsx"), data_only=True)["台账"]
    assert _column(sheet, "物品名称")[:3] == ["粉笔", "=拖把", "彩纸"]
    assert _column(sheet, "期初结存数量")[:3] == [20, 5, None]
    assert _column(sheet, "期末结存数量")[:3] == [35, 31, 12.5]
    assert sheet.cell(7, 2).data_type == "s"


def test_checks_are_live_and_say_nothing_where_an_operand_is_blank(tmp_path: Path) -> None:
    """0.33 x 100 is 33.30 within the tolerance of a derived price; 10 x 3.5 is not 350."""
    sheet = openpyxl.load_workbook(_write(tmp_path / "a.xlsx"), data_only=True)["台账"]
    assert _column(sheet, "复算期末结存数量")[:3] == ["✓", "✗", None]
    assert _column(sheet, "复算本期入库金额")[:3] == ["✓", "✗", None]
    formulas = openpyxl.load_workbook(tmp_path / "a.xlsx")["台账"]
    assert "容差_balance_qty" in str(_column(formulas, "复算期末结存数量")[0])


def test_the_first_sheet_counts_what_does_not_hold(tmp_path: Path) -> None:
    """The tolerance is an input cell with a name, the count a formula over the ledger's column."""
    book = openpyxl.load_workbook(_write(tmp_path / "a.xlsx"), data_only=True)
    sheet = book["说明"]
    rows = {row[0].value: row for row in sheet.iter_rows() if row[0].value}
    assert rows["复算：期末结存数量"][1].value == "期初结存数量 + 本期入库数量 − 本期出库数量 = 期末结存数量"
    assert rows["复算：期末结存数量"][3].value == 1
    assert set(book.defined_names) == {"容差_balance_qty", "容差_in_amount", "单价尾差"}


def test_totals_follow_the_filter(tmp_path: Path) -> None:
    """SUBTOTAL(109) adds up what is shown; the stored value is that of all rows."""
    _write(tmp_path / "a.xlsx")
    formulas = openpyxl.load_workbook(tmp_path / "a.xlsx")["台账"]
    values = openpyxl.load_workbook(tmp_path / "a.xlsx", data_only=True)["台账"]
    assert str(_column(formulas, "期末结存金额（元）")[3]).startswith("=SUBTOTAL(109,")
    assert _column(values, "期末结存金额（元）")[3] == 57.15
    assert _column(values, "期初结存数量")[3] is None  # unlike goods are not added up


def test_pending_rows_are_marked_and_stay_out_of_totals(tmp_path: Path) -> None:
    """Two files disagree about a key: it is shown, and counts once a person has said which holds."""
    values = openpyxl.load_workbook(_write(tmp_path / "a.xlsx", pending=(1,)), data_only=True)["台账"]
    assert _column(values, "状态")[:3] == [None, "待定", None]
    assert _column(values, "期末结存金额（元）")[3] == 11.65


def test_each_row_leads_to_its_cell_in_the_runs_copy(tmp_path: Path) -> None:
    """The ledgers lie in 02汇总/台账, the copies in 来源 beside 02汇总."""
    sheet = openpyxl.load_workbook(_write(tmp_path / "a.xlsx"))["台账"]
    links = [c.hyperlink for row in sheet.iter_rows(min_row=6) for c in row if c.hyperlink]
    assert [(link.target, link.location) for link in links] == [
        ("../../来源/物资收发存汇总表.xlsx", f"'Sheet1'!A{row}") for row in (5, 6, 7)
    ]
    assert source_link("报修.csv", "报修", "A5") == "external:../../来源/报修.csv"


def test_a_record_can_be_found_by_others(tmp_path: Path) -> None:
    """The summary links figures to ledger rows by this address."""
    ledger = data.ledger("stock_balance", ROWS)
    sheet = openpyxl.load_workbook(_write(tmp_path / "a.xlsx"), data_only=True)["台账"]
    assert sheet[ledger_cell(ledger, _form(), 1, "name")].value == "=拖把"
    assert sheet[ledger_cell(ledger, _form(), 2, "close_qty")].value == 12.5


def test_changes_and_verdict_are_told(tmp_path: Path) -> None:
    """What cleaning changed has its own sheet; what is wrong stands in the head of each sheet."""
    change = Change(Place("物资收发存汇总表.xlsx", "Sheet1", "C7"), "１２盒", "12", "quantity-unit")
    finding = Finding("balance-mismatch", Level.ERROR, "不平", form="stock_balance")
    book = openpyxl.load_workbook(_write(tmp_path / "a.xlsx", changes=[change], findings=[finding]))
    told = [c.value for c in book["更正记录"][6]]
    assert told == [1, "物资收发存汇总表.xlsx", "Sheet1", "C7", "１２盒", "12", "去掉数字后的单位"]
    assert book["说明"]["A3"].value == book["台账"]["A3"].value == "✗ 不符：1 处必须改"


def test_extra_columns_are_kept_at_the_right(tmp_path: Path) -> None:
    """A column of the office's own is not lost because no field takes it."""
    ledger = data.ledger("stock_balance", ROWS)
    ledger = replace(ledger, extra=pd.DataFrame({"货架号": pd.Series(["A1", None, "A3"], dtype=object)}))
    write_ledger_book(tmp_path / "a.xlsx", ledger, _form(), LedgerBook(data.school(), "2025-09-05"))
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx", data_only=True)["台账"]
    assert _column(sheet, "货架号")[:3] == ["A1", None, "A3"]


def test_the_header_stays_in_view_and_repeats_on_paper(tmp_path: Path) -> None:
    """Frozen below the header, filtered, printed one page wide."""
    sheet = openpyxl.load_workbook(_write(tmp_path / "a.xlsx"))["台账"]
    assert sheet.freeze_panes == "C6"
    assert sheet.auto_filter.ref.startswith("A5:")
    assert sheet.print_title_rows == "$5:$5"
    assert sheet.page_setup.fitToHeight == 0


def test_each_form_has_its_workbook(tmp_path: Path) -> None:
    """In the order of the forms, with findings and changes of that form alone."""
    forms = Forms(by_id={**data.forms().by_id, "stock_balance": _form()}, tie_outs=(), digest="")
    paths = write_ledgers(tmp_path, data.ledgers(), forms, school=data.school(), as_of="2025-09-05")
    assert [path.name for path in paths] == [ledger_file(forms.by_id[f]) for f in forms.by_id if f in data.ledgers()]
    assert "固定资产台账.xlsx" in [path.name for path in paths]


def test_the_same_ledger_gives_the_same_bytes(tmp_path: Path) -> None:
    """Same input, same bytes out."""
    first, second = _write(tmp_path / "a.xlsx"), _write(tmp_path / "b.xlsx")
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.office
def test_every_stored_value_is_the_recalculated_one(tmp_path: Path) -> None:
    """With and without pending rows."""
    paths = [_write(tmp_path / "a.xlsx"), _write(tmp_path / "b.xlsx", pending=(0,))]
    assert recalculate.differences(paths) == []


def test_a_tolerance_is_written_exactly(tmp_path: Path) -> None:
    """Half a fen a piece for derived prices, one fen beside."""
    sheet = openpyxl.load_workbook(_write(tmp_path / "a.xlsx"), data_only=True)["说明"]
    values = {row[0].value: row[2].value for row in sheet.iter_rows() if row[0].value}
    assert Decimal(str(values["单价尾差"])) == Decimal("0.005")
    assert values["复算：本期入库金额"] == 0.01


def test_each_cleaning_rule_of_the_example_has_chinese_words() -> None:
    """更正记录 is read by people: no code word of a rule may stand there."""
    folder = templates_folder() / "示例中学"
    school = load_school(folder, read_settings)
    result = run_pipeline(folder / "收件箱", load_forms(), school, data.AS_OF)
    assert {change.rule for change in result.changes} - set(RULES) == set()
    made = changes_by_form(result.tables, result.changes)
    assert sum(len(own) for own in made.values()) == len(result.changes)


def test_a_rule_is_said_without_words_of_a_program() -> None:
    """The clerk reads what is added to what; how a blank counts is said in Chinese."""
    forms = load_forms()
    said = {
        check.id: spoken(parse(check.rule), form)
        for form in forms.by_id.values()
        for check in form.checks
        if getattr(check, "rule", "")
    }
    assert said["balance-qty"] == "期初结存数量 + 本期入库数量 − 本期出库数量 = 期末结存数量（空白按 0 算）"
    assert not [text for text in said.values() if re.search("[A-Za-z_]", text)]
