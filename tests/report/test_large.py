"""A ledger too long for a sheet: by month in the workbooks, and every sum over the months is that over the rows."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from recalculate import differences

from houqin.forms import load_forms
from houqin.pipeline import Result, run_pipeline
from houqin.read import read_settings
from houqin.report.large import ROWS, month_records
from houqin.report.ledgers import write_ledgers
from houqin.report.settlement import write_settlement
from houqin.school import load_school

SCHOOL_FOLDER = Path(__file__).parents[2] / "templates" / "示例中学年终"
FORMS = load_forms()
SCHOOL = load_school(SCHOOL_FOLDER, read_settings)
FEW = 300  # rows that are many here: receipts of food, issues of goods and the journal are more


@pytest.fixture(scope="module")
def result() -> Result:
    """Give what the pipeline makes of the example year."""
    return run_pipeline(SCHOOL_FOLDER / "收件箱", FORMS, SCHOOL, "2025-12-31")


def test_months_add_up_to_the_rows(result: Result) -> None:
    """Quantities, amounts and the number of rows are those of the ledger, to the last fen."""
    for form in ("food_receipt", "stock_issue", "journal"):
        ledger, described = result.ledgers[form], FORMS.by_id[form]
        records = month_records(ledger, described)
        assert sum(each.number(ROWS) or 0 for each in records) == len(ledger.counted)
        for field in described.fields:
            if field.type in {"money", "quantity"} and field.id in ledger.frame.columns:
                raw = ledger.counted[field.id].sum()
                summed = sum((each.number(field.id) or Decimal(0) for each in records), Decimal(0))
                assert summed == Decimal(int(raw)).scaleb(-field.scale), (form, field.id)


def test_the_settlement_comes_to_the_same(result: Result, tmp_path: Path) -> None:
    """Goods and food by month: every figure and every verdict that rests on them stays, and all formulas hold."""
    about = {"forms": FORMS, "school": SCHOOL, "year": 2025, "as_of": "2025-12-31"}
    short = {name: ledger for name, ledger in result.ledgers.items() if name not in {"journal", "meal_daily"}}
    of_goods = type(result)(**{**_fields(result), "ledgers": short})
    whole = write_settlement(tmp_path / "a.xlsx", of_goods, **about)  # type: ignore[arg-type]
    months = write_settlement(tmp_path / "b.xlsx", of_goods, **about, most_rows=FEW)  # type: ignore[arg-type]
    assert months.figures == whole.figures
    assert [each.verdict for each in months.checks] == [each.verdict for each in whole.checks]
    assert differences([tmp_path / "b.xlsx"]) == []
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    assert "按月合计" in str(book["台账-食材验收"]["A1"].value)


def test_the_ledger_workbook_says_where_its_rows_are(result: Result, tmp_path: Path) -> None:
    """It holds the months and names the typed file."""
    ledgers = {"food_receipt": result.ledgers["food_receipt"]}
    (path,) = write_ledgers(tmp_path, ledgers, FORMS, school=SCHOOL, as_of="2025-12-31", most_rows=FEW)
    sheet = openpyxl.load_workbook(path)["按月合计"]
    text = " ".join(str(cell.value) for row in sheet.iter_rows(max_row=5) for cell in row if cell.value)
    assert "99技术文件/台账.sqlite3" in text
    assert differences([path]) == []


def _fields(result: Result) -> dict[str, object]:
    return {name: getattr(result, name) for name in type(result).__dataclass_fields__}
