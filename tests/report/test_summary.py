"""The summary workbook: figures live and right, links that lead, one page for the head teacher."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import openpyxl
import pytest
import recalculate
from report import school_data as data

from houqin.model import Finding, Level, Place, SourceFile, TieOutResult, TieOutRow
from houqin.report.summary import PARTS, write_summary

FINDINGS = [
    Finding("amount-mismatch", Level.ERROR, "数量 10 × 单价 3.50 = 35.00 元，表中填的是 350.00 元。",
            Place("物资收发存汇总表.xlsx", "Sheet1", "H12"), "350", "35", "35", form="stock_balance"),
    Finding("tie-out-mismatch", Level.QUESTION, "八年级(2)班人数各表不一致。", Place("桌凳.xlsx", "Sheet1", "D9")),
]  # fmt: skip
TIE_OUTS = [
    TieOutResult("heads", "名册与就餐", "不符", (
        TieOutRow(("七年级(1)班",), "45", "45", "0", agrees=True),
        TieOutRow(("七年级(3)班",), "47", "46", "-1", agrees=False, right_place=Place("就餐 #1.xlsx", "登记", "D7")),
    )),
    TieOutResult("assets", "课桌与资产台账", "未核", (), "没有收到固定资产台账"),
]  # fmt: skip


def outcome(ledgers=None, findings=FINDINGS):
    """Give what a pipeline would."""
    files = [SourceFile("收发存.xlsx", "ab" * 32, "read"), SourceFile("锁.xlsx", "cd" * 32, "refused", reason="有密码")]
    ledgers = data.ledgers() if ledgers is None else ledgers
    return SimpleNamespace(files=files, ledgers=ledgers, tie_outs=TIE_OUTS, findings=findings)


def write(folder, *, result=None, **settings):
    """Write the summary into a run's folder and give its path."""
    path = folder / "02汇总" / "开学后勤汇总.xlsx"
    run = {"运行编号": "r-001"}
    write_summary(
        path, result or outcome(), forms=data.forms(), school=data.school(**settings), as_of=data.AS_OF, run=run
    )
    return path


@pytest.fixture(scope="module")
def summary(tmp_path_factory):
    """The summary of the made-up school."""
    return write(tmp_path_factory.mktemp("run"))


@pytest.fixture(scope="module")
def values(summary):
    """Its stored values."""
    return openpyxl.load_workbook(summary, data_only=True)


@pytest.fixture(scope="module")
def formulas(summary):
    """Its formulas."""
    return openpyxl.load_workbook(summary)


def texts(sheet):
    """Give all texts of a sheet."""
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def row_of(sheet, word, column=1):
    """Give the values of the first row with a word in a column."""
    return next([c.value for c in row] for row in sheet.iter_rows() if row[column - 1].value == word)


@pytest.mark.office
def test_every_stored_value_is_what_libreoffice_calculates(summary):
    """A figure is a live formula whose stored value was computed exactly, and both agree."""
    assert recalculate.differences([summary]) == []


@pytest.mark.office
def test_a_wrong_stored_value_would_be_found(summary, tmp_path):
    """The check above is no rubber stamp: one figure spoilt by hand is reported."""
    spoilt = tmp_path / "spoilt.xlsx"
    with zipfile.ZipFile(summary) as old, zipfile.ZipFile(spoilt, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet3.xml":
                part = re.sub(rb"(<f>ROUNDUP[^<]*</f><v>)16(</v>)", rb"\g<1>17\2", part, count=1)
                assert part != old.read(name)
            new.writestr(name, part)
    assert recalculate.differences([spoilt])[0].sheet == "应购物资"


def test_the_sheets_stand_in_the_order_in_which_they_are_read(values):
    """The head teacher's page first, then the results, the data, and the technical sheet last."""
    names = values.sheetnames
    assert names[:2] == ["校长一页纸", "总览"]
    assert names[2:12] == [part.name for part in PARTS]
    assert all(name.startswith("台账-") for name in names[12:-1])
    assert names[-1] == "技术信息"


def test_what_to_buy_is_a_formula_over_the_ledger_rows(values, formulas):
    """Brooms: need 36, issued 18, stock 12, minimum 10, so 16; stock and issued are sums over the data sheets."""
    row = row_of(values["应购物资"], "扫帚", 2)
    assert [row[i] for i in (6, 7, 8, 9, 10, 11, 13)] == [36, 18, 18, 10, 12, 16, 136]
    live = row_of(formulas["应购物资"], "扫帚", 2)
    assert "台账-收发存" in live[10]
    assert "台账-领用" in live[7]


def test_a_pending_row_stays_out_of_the_sums_and_is_seen(values):
    """八年级(3)班 of the desks has 计入 0, and its size is blank in the table of class sizes."""
    sheet = values["台账-桌凳"]
    pending = [row for row in sheet.iter_rows(values_only=True) if row[1] == 0]
    assert [row[3] for row in pending] == ["八年级(3)班"]
    assert row_of(values["班级人数对照表"], "八年级(3)班", 2)[3] in (None, "")


def test_the_uniform_table_adds_up_to_the_sets_ordered(values):
    """Sizes by sex, classes and styles come to the same number of sets."""
    sheet = values["校服统计"]
    totals = [[c.value for c in row] for row in sheet.iter_rows() if row[0].value == "合计"]
    assert totals[0][1] == totals[1][5] == totals[2][5] == totals[2][2] + totals[2][3]


def test_pupils_names_and_bodies_stay_out(values):
    """The summary goes to the head teacher and about: class totals need no name, height or number."""
    everything = "".join(text for sheet in values for text in texts(sheet))
    assert "学生101" not in everything
    assert "身高" not in everything
    assert "20250000" not in everything


def test_the_first_page_is_one_a4_for_the_head_teacher(summary, values):
    """Portrait A4 fitted to one page; no run id, hash or cell address; posts as the school calls them."""
    sheet = openpyxl.load_workbook(summary)["校长一页纸"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight or 1) == (1, 1)
    words = "".join(texts(values["校长一页纸"]))
    assert "r-001" not in words
    assert not re.search(r"[0-9a-f]{16}|[A-Z]{1,2}\d{1,3}\b|“Sheet", words)
    assert "后勤服务中心主任意见" in words
    assert words.startswith("【示例】")


def test_the_first_page_asks_for_at_most_five_things_and_warns_of_at_most_five(values):
    """More than five nobody reads."""
    column = [row[0].value for row in values["校长一页纸"].iter_rows()]
    ask, warn, sign = (column.index(word) for word in ("三、请您审批", "四、风险提示", "五、签批"))
    assert 1 <= len([v for v in column[ask + 2 : warn] if v is not None]) <= 5
    assert 1 <= len([v for v in column[warn + 1 : sign] if v is not None]) <= 5


def test_amounts_and_balances_that_are_approved_are_formulas(formulas):
    """What the head teacher signs follows the sheets; a purchase's amount is no typed number."""
    page = formulas["校长一页纸"]
    start = next(row[0].row for row in page.iter_rows() if row[0].value == "三、请您审批") + 2
    for row in range(start, start + 5):
        for column in (5, 7):
            value = page.cell(row, column).value
            assert value in (None, "—") or str(value).startswith("="), (row, column, value)


def test_each_sheet_repeats_the_one_verdict(values, formulas):
    """It is a formula over 问题清单 on 总览, and every other sheet refers to that cell."""
    for sheet in formulas:
        heads = [c.value for row in sheet.iter_rows(max_row=6) for c in row if isinstance(c.value, str)]
        assert any("'总览'!$A$3" in head or "COUNTIF" in head for head in heads), sheet.title
    assert values["总览"]["A3"].value == "✗ 有 1 项必须改"


@pytest.mark.parametrize(
    ("levels", "verdict"), [([], "✓ 通过"), ([Level.QUESTION] * 2, "? 有 2 项待确认"), ([Level.WARNING], "✓ 通过")]
)
def test_the_verdict_follows_the_gravest_level(tmp_path, levels, verdict):
    """必须改 before 请确认; 提醒 and 说明 hold nobody up."""
    findings = [Finding("x", level, "看一下。") for level in levels]
    path = write(tmp_path, result=outcome(findings=findings))
    assert openpyxl.load_workbook(path, data_only=True)["总览"]["A3"].value == verdict


def test_links_lead_to_the_runs_own_copies_and_to_sheets_that_exist(formulas):
    """Every link outward goes to ../来源/, every inner one to a sheet of the workbook."""
    for sheet in formulas:
        for row in sheet.iter_rows():
            for cell in row:
                link = cell.hyperlink
                if link is None:
                    continue
                if link.target:
                    assert link.target.startswith(("../来源/", "台账/")), (sheet.title, cell.coordinate)
                else:
                    name = link.location.rpartition("!")[0].strip("'")
                    assert name in formulas.sheetnames, (sheet.title, cell.coordinate)
    linked = next(c for row in formulas["勾稽"].iter_rows() for c in row if c.hyperlink and c.hyperlink.target)
    assert linked.hyperlink.target == "../来源/就餐%20%231.xlsx"


def test_a_missing_workbook_leaves_its_sheet_and_says_which_it_takes(tmp_path):
    """No sheet vanishes, no figure becomes 0: 未见材料 and the form's name."""
    path = write(tmp_path, result=outcome(ledgers={}))
    workbook = openpyxl.load_workbook(path, data_only=True)
    for name in ("应购物资", "就餐统计", "校服统计", "维修", "预算执行", "桌凳余缺", "桌凳调拨建议"):
        words = "".join(texts(workbook[name]))
        assert "未见材料" in words, name
        assert "再运行一次" in words, name
    assert "《物资收发存汇总表》" in "".join(texts(workbook["应购物资"]))
    assert row_of(workbook["总览"], "午餐就餐")[1] == "未见材料"


@pytest.mark.office
def test_names_with_signs_that_excel_reads_as_patterns_are_counted_as_they_are(tmp_path):
    """灯管36W*2 is not 灯管36W两2, ~ and ? stand for themselves, and case makes no device of its own, as in Excel."""
    names = ["灯管36W*2", "灯管36W两2", "门锁?", "门锁好", "~插座", "=开关", "<窗", "LED灯", "led灯"]
    rows = [{"device": name, "amount": str(n), "report_date": "2025-09-01"} for n, name in enumerate(names, 1)]
    path = write(tmp_path, result=outcome(ledgers={"repair": data.ledger("repair", rows)}))
    assert recalculate.differences([path]) == []
    sheet = openpyxl.load_workbook(path, data_only=True)["维修"]
    assert row_of(sheet, "灯管36W*2", 3)[3:7] == [1, 0, 1, 1]
    assert row_of(sheet, "LED灯", 3)[3] == 2


@pytest.mark.office
def test_ledgers_without_rows_leave_sheets_that_hold(tmp_path):
    """An empty form of each kind: no division by nothing, no formula over no cell."""
    empty = {form_id: data.ledger(form_id, []) for form_id in data.FORMS}
    assert recalculate.differences([write(tmp_path, result=outcome(ledgers=empty, findings=[]))]) == []


def test_without_standards_the_sheet_says_that_nothing_is_known_of_the_need(tmp_path):
    """Only stock against the minimum is shown."""
    workbook = openpyxl.load_workbook(write(tmp_path, standards=()), data_only=True)
    assert "没有班级配备标准" in "".join(texts(workbook["应购物资"]))


@pytest.mark.office
def test_a_style_without_a_price_is_named_and_has_no_amount(tmp_path):
    """An amount of 0.00 under no price would be signed as if the uniforms were free."""
    path = write(tmp_path, uniform_prices={})
    sheet = openpyxl.load_workbook(path, data_only=True)["校服统计"]
    assert "“学校设置”里没有夏装、春秋装、冬装的价格，金额没有算。" in texts(sheet)
    assert row_of(sheet, "合计")[3] is None
    assert recalculate.differences([path]) == []


def test_the_budget_is_judged_in_total_and_by_project_only(values):
    """取暖费 has no verdict; the total and the projects have one."""
    sheet = values["预算执行"]
    assert row_of(sheet, "取暖费", 2)[8] in (None, "")
    assert row_of(sheet, "课桌椅更新", 3)[8] == "! 偏慢"
    assert row_of(sheet, "合计")[8] == "! 偏慢"


def test_another_school_is_no_example(tmp_path):
    """示例 stands in the titles of the example school alone."""
    workbook = openpyxl.load_workbook(write(tmp_path, is_example=False, name="实验中学"))
    assert not any("示例" in text for sheet in workbook for text in texts(sheet))


def test_the_same_input_gives_the_same_bytes(tmp_path):
    """Nothing in the file tells the time or depends on chance."""
    first, second = (write(tmp_path / name) for name in ("a", "b"))
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.office
@pytest.mark.parametrize("last", ["30299 其他", ""])
def test_purchases_put_together_on_the_first_page_are_a_live_sum(tmp_path, last):
    """The row of what is left over follows the sheet as the others do, with and without a budget item."""
    standards = [
        replace(each, budget_item=item, quantity=Decimal(500))
        for each, item in zip(data.school().standards, ("30201 办公费", "30213 维修(护)费", last), strict=False)
    ]
    path = write(tmp_path, standards=tuple(standards))
    page = openpyxl.load_workbook(path)["校长一页纸"]
    (row,) = [row for row in page.iter_rows() if str(row[1].value).startswith("采购其余")]
    assert str(row[4].value).startswith("=")
    assert recalculate.differences([path]) == []
