"""源清单: every sheet that fed a ledger has a control sum of an amount that it really has."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from houqin.forms import load_forms
from houqin.pipeline import run_pipeline
from houqin.read import read_settings
from houqin.report.settlement import write_settlement
from houqin.school import load_school

FORMS = load_forms()
SCHOOL = load_school(Path(__file__).parents[2] / "templates" / "示例中学年终", read_settings)
MARKED = [
    ["账户交易明细"],
    ["交易日期", "交易流水号", "摘要", "借贷标志", "交易金额", "余额", "对方户名"],
    ["2025-01-06", "S1", "拨款", "贷", 1000, 6000, "示例区财政局"],
    ["2025-01-09", "S2", "电费", "借", 250.5, 5749.5, "示例电力公司"],
]
SPENT = [
    ["2025年经费支出明细账"],
    ["日期", "凭证号", "摘要", "经济科目", "收款单位", "支出金额"],
    ["2025-01-09", "记-1", "付电费", "电费", "示例电力公司", 250.5],
    ["2025-02-09", "记-2", "付电费", "电费", "示例电力公司", 300],
]
EARNED = [
    ["2025年收支明细账"],
    ["日期", "凭证号", "摘要", "收入", "支出", "余额"],
    ["2025-01-06", "记-1", "收到拨款", 1000, None, 1000],
]
ISSUED = [
    ["2025年预算指标下达表"],
    ["指标文号", "科目编码", "科目名称", "下达金额", "已支付", "下达日期"],
    ["示财〔2025〕1号", "30201", "办公费", 5000, None, "2025-01-20"],
    ["示财〔2025〕2号", "30205", "水费", 700, None, "2025-03-20"],
]


@pytest.mark.parametrize(
    ("rows", "title", "amount"),
    [
        (MARKED, "交易金额", 1250.5),
        (SPENT, "支出", 550.5),
        (EARNED, "收入", 1000),
        (ISSUED, "指标金额", 5700),
    ],
    ids=["marked statement", "expenses alone", "income alone", "quotas not yet paid"],
)  # fmt: skip
def test_the_control_sum_is_of_an_amount_that_the_sheet_has(rows, title, amount, tmp_path):
    """A sum of 0.00 beside twenty rows of amounts would say that nothing was read."""
    inbox = tmp_path / "收件箱"
    inbox.mkdir()
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(inbox / "表.xlsx")
    result = run_pipeline(inbox, FORMS, SCHOOL, "2025-12-31")
    path = tmp_path / "02汇总" / "年终决算.xlsx"
    write_settlement(path, result, forms=FORMS, school=SCHOOL, year=2025, as_of="2025-12-31")
    listed = [each for each in openpyxl.load_workbook(path)["源清单"].iter_rows(values_only=True) if each[2] == "表.xlsx"]
    assert [(each[6], each[7]) for each in listed] == [(title, amount)]
