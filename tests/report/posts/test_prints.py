"""The printed forms of the semester's end: copies, amounts in words, what is for the house alone, A4 pages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import recalculate
from report.posts import canteen_month, semester

from houqin.forms import load_forms
from houqin.pipeline import run_pipeline
from houqin.report.prints import write_prints

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The printed forms of a semester's end, with some damage and repairs."""
    folder = tmp_path_factory.mktemp("prints")
    inbox = folder / "收件箱"
    semester.write_semester(inbox)
    canteen_month.sheet(inbox, "损坏赔偿.xlsx", "赔偿", [
        ["公物损坏赔偿登记表"],
        ["日期", "班级", "责任人", "物品名称", "数量", "损坏情况", "原价", "赔偿标准", "赔偿金额", "收据号"],
        [date(2025, 11, 3), "七年级(1)班", "学生3甲", "玻璃", 1, "打碎", 60, "原价", 60, None],
        [date(2025, 11, 5), "七年级(2)班", "学生4乙", "课桌", 1, "桌面划损", 180, "50%", 90, "0001234"],
    ])  # fmt: skip
    canteen_month.sheet(inbox, "报修.xlsx", "报修", [
        ["设施报修登记表"],
        ["报修日期", "地点", "设备名称", "数量", "故障情况", "报修人", "维修人", "维修时间", "完成情况"],
        [date(2025, 12, 1), "微机室", "投影仪", 1, "不亮", "甲某", None, None, "未完成"],
        [date(2025, 12, 2), "会议室", "空调", 1, "不制冷", "乙某", "丙某", date(2025, 12, 4), "已完成"],
    ])  # fmt: skip
    school = canteen_month.school(folder)
    result = run_pipeline(inbox, load_forms(), school, semester.AS_OF)
    target = folder / "03打印单据.xlsx"
    return write_prints(target, result.ledgers, load_forms(), school=school, as_of=semester.AS_OF, only_filled=True)


@pytest.fixture(scope="module")
def book(path: Path) -> Any:
    """The same reopened, with stored values."""
    return openpyxl.load_workbook(path, data_only=True)


def texts(sheet: Any) -> list[str]:
    """Give all texts of a sheet."""
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_only_forms_with_something_to_say_are_there(book: Any) -> None:
    """No 采购申请单 without a stock: of a semester's end most forms of its start have nothing to say."""
    assert book.sheetnames == [
        "目录", "入库验收单", "校服尺码汇总", "班级分装单", "校服领用签收表", "尺码调换登记表", "餐费退费签收表",
        "资产盘点表", "资产盘盈盘亏表", "维修派工验收单", "收款通知单",
    ]  # fmt: skip


def test_what_came_in_is_printed_three_times(book: Any) -> None:
    """存根, 财务 and 仓库, each with supplier, invoice, amount in words, two who looked at it and the keeper."""
    found = texts(book["入库验收单"])
    for mark in ("第一联　存根", "第二联　财务", "第三联　仓库"):
        assert sum(mark in text for text in found) == 3  # three deliveries
    assert "人民币贰仟叁佰壹拾元整" in found
    assert sum("供货商：示例文具店　发票号：01234567" in text for text in found) == 3
    assert found.count("验收人") == 2 * 9


def test_refunds_name_those_who_get_money_and_are_not_to_be_posted(book: Any) -> None:
    """A page a class, the sum in words, 原路退回 where nobody signs; marked for the house alone."""
    sheet = book["餐费退费签收表"]
    found = texts(sheet)
    assert sum("内部使用，不得公示" in text for text in found) == 4
    assert "人民币肆拾伍元伍角" in " ".join(found)
    assert "学生1乙" in found
    assert "学生1甲" not in found  # nothing to give back
    assert len(sheet.row_breaks.brk) == 3


def test_uniforms_are_handed_out_by_class_without_measures(book: Any) -> None:
    """Name, sizes and sets; no number of the pupil, no height."""
    found = texts(book["校服领用签收表"])
    assert "夏装165×1、春秋装170×1" in found
    assert not [text for text in found if "2025000" in text or text in {"160", "身高"}]


def test_gains_and_losses_have_amounts_and_reasons(book: Any) -> None:
    """2 of 200 desks of 36000 are 360; a gain without a price has no amount, and that is said."""
    rows = {row[2]: row for row in book["资产盘盈盘亏表"].iter_rows(values_only=True) if row[2]}
    assert rows["学生课桌"][6:10] == (2, 360, "报废未下账", "补办手续")
    assert rows["文件柜"][4:6] == (1, None)
    assert any("1 项没有金额依据" in text for text in texts(book["资产盘盈盘亏表"]))


def test_a_payment_is_a_notice_and_never_a_receipt(book: Any) -> None:
    """Only what nobody has paid yet; the amount in words; it says that it is no receipt."""
    found = texts(book["收款通知单"])
    assert "公物损坏赔偿：玻璃，打碎" in found
    assert "人民币陆拾元整" in found
    assert not [text for text in found if "课桌" in text]
    assert any("不是收据" in text for text in found)


def test_only_what_is_not_mended_is_sent_out(book: Any) -> None:
    """A slip a fault, to be signed by who reported, mended and looked at it."""
    found = texts(book["维修派工验收单"])
    assert "投影仪" in found
    assert "空调" not in found
    assert {"报修人", "维修人", "验收人"} <= set(found)


@pytest.mark.office
def test_stored_values_are_what_libreoffice_calculates(path: Path) -> None:
    """Sums and amounts in words as well."""
    assert recalculate.differences([path]) == []
