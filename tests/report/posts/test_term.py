"""The semester's workbooks: settlements by class, what is posted, and that no pupil is on any of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import recalculate
from report.posts import canteen_month, semester

from houqin.forms import load_forms
from houqin.model import Finding, Level, Place
from houqin.pipeline import Result, run_pipeline
from houqin.report.posts.stocktake import write_stocktake_report
from houqin.report.posts.term import write_term

if TYPE_CHECKING:
    from pathlib import Path

    from houqin.report.posts.case import PostCase
    from houqin.school import School


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result, School]:
    """A school folder and what the pipeline read in it."""
    folder = tmp_path_factory.mktemp("term")
    semester.write_semester(folder / "收件箱")
    school = canteen_month.school(folder)
    return folder, run_pipeline(folder / "收件箱", load_forms(), school, semester.AS_OF), school


@pytest.fixture(scope="module")
def made(read: tuple[Path, Result, School]) -> tuple[Path, PostCase]:
    """The semester's workbook."""
    folder, result, school = read
    path = folder / "02汇总" / "学期结算与公示.xlsx"
    return path, write_term(path, result, forms=load_forms(), school=school, as_of=semester.AS_OF)


@pytest.fixture(scope="module")
def report(read: tuple[Path, Result, School]) -> tuple[Path, PostCase]:
    """The report of the assets' stocktake."""
    folder, result, school = read
    path = folder / "02汇总" / "固定资产清查报告.xlsx"
    return path, write_stocktake_report(path, result, forms=load_forms(), school=school, as_of=semester.AS_OF)


def rows(path: Path, sheet: str) -> list[tuple[Any, ...]]:
    """Give the stored values of a sheet, row by row."""
    return list(openpyxl.load_workbook(path, data_only=True)[sheet].iter_rows(values_only=True))


def row_of(path: Path, sheet: str, word: object, column: int = 0) -> tuple[Any, ...]:
    """Give the first row with a value in a column."""
    return next(row for row in rows(path, sheet) if row[column] == word)


def test_meals_are_settled_by_class(made: tuple[Path, PostCase]) -> None:
    """预收 − 应收 = 应退: 15600 − 15366 = 234, nothing left unsettled, and the same on the posted sheet."""
    assert row_of(made[0], "学期餐费结算", "合计")[1:] == (24, 15600, 2364, 15366, 234, 0)
    assert row_of(made[0], "餐费结算公示", "六年级(1)班")[1:6] == (6, 3900, 593, 3854.5, 45.5)


def test_fees_collected_for_others_show_what_was_not_given_back(made: tuple[Path, PostCase]) -> None:
    """七年级 has 36 left and gave back 20: 16 are open; the sum by item and grade, in the order of the grades."""
    found = [row for row in rows(made[0], "代收费结算公示") if row[1] == "作业本费"]
    assert [row[2] for row in found] == ["六年级", "七年级"]
    assert found[1][4:12] == (90, None, 828, 792, 36, 0.4, 20, 16)
    assert row_of(made[0], "代收费结算公示", "合计")[11] == 16


def test_purchases_are_those_of_the_semester_by_goods_and_supplier(made: tuple[Path, PostCase]) -> None:
    """Two deliveries of paper are one line at their mean price; what came in August is not of this semester."""
    assert row_of(made[0], "采购结果公示", "A4复印纸", 1)[4:8] == (150, 21.33, 3200, "示例文具店")
    assert row_of(made[0], "采购结果公示", "合计")[6] == 3410
    assert not [row for row in rows(made[0], "采购结果公示") if row[1] == "拖把"]


def test_the_price_of_a_meal_is_its_items(made: tuple[Path, PostCase]) -> None:
    """4.2 + 1.5 + 0.8 = 6.5, each with its share."""
    assert row_of(made[0], "餐标公示", "食材", 2)[3:6] == (4.2, 0.6462, 6.5)
    assert row_of(made[0], "餐标公示", "每餐成本合计", 2)[3] == 6.5


def test_contentment_says_how_it_is_reckoned(made: tuple[Path, PostCase]) -> None:
    """All classes added up; with and without 基本满意, each named."""
    row = row_of(made[0], "满意度公示", "饭菜质量", 1)
    assert row[2:] == (180, 176, 80, 56, 32, 8, 0.7727, 0.9545)


def test_uniforms_are_posted_with_price_supplier_and_both_tests(made: tuple[Path, PostCase]) -> None:
    """A line a report, the price once a style; the sets and amounts by class."""
    assert {each.sheet: each.reasons for each in made[1].posted}["校服公示"] == ()
    found = [row for row in rows(made[0], "校服公示") if row[3] in {"企业", "学校"}]
    assert [row[:4] for row in found if row[3] == "企业"] == [
        ("夏装", 75, "示例服装厂", "企业"), ("春秋装", 95, "示例服装厂", "企业"),
    ]  # fmt: skip
    assert {row[5] for row in found} == {"SJ-夏装-企业", "SJ-夏装-学校", "SJ-春秋装-企业", "SJ-春秋装-学校"}
    assert row_of(made[0], "校服公示", "合计")[1:5] == (20, 20, 20, 20 * 170)


def test_uniforms_without_a_test_are_held_back(tmp_path: Path) -> None:
    """Price and totals are there; without supplier and test report the sheet says that it may not be posted."""
    semester.write_semester(tmp_path / "收件箱", tests=False)
    school = canteen_month.school(tmp_path)
    result = run_pipeline(tmp_path / "收件箱", load_forms(), school, semester.AS_OF)
    path = tmp_path / "02汇总" / "t.xlsx"
    case = write_term(path, result, forms=load_forms(), school=school, as_of=semester.AS_OF)
    assert {each.sheet: each.reasons for each in case.posted}["校服公示"] == (
        "夏装、春秋装没有检验报告和供货单位（送检登记表）",
    )
    assert row_of(path, "校服公示", "合计")[1:5] == (20, 20, 20, 20 * 170)


def test_no_pupil_is_named_anywhere(made: tuple[Path, PostCase]) -> None:
    """Neither on what is posted nor on the ledgers behind it: class and school totals only."""
    names = {name for _, name, _ in semester.pupils()}
    book = openpyxl.load_workbook(made[0])
    texts = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value}
    assert not [text for text in texts if any(name in text for name in names)]
    assert not [text for text in texts if text.startswith("2025") and len(text) == 8]  # 学号


def test_an_open_error_in_the_fees_holds_only_their_sheet_back(read: tuple[Path, Result, School]) -> None:
    """餐费 has an error: its posted sheet waits, the others do not."""
    folder, result, school = read
    error = Finding("amount-mismatch", Level.ERROR, "应收不对。", Place("餐费.xlsx", "餐费", "H5"), form="meal_fee")
    path = folder / "02汇总" / "有错.xlsx"
    wrong = replace(result, findings=(error,))
    case = write_term(path, wrong, forms=load_forms(), school=school, as_of=semester.AS_OF)
    held = {each.sheet: bool(each.reasons) for each in case.posted}
    assert held["餐费结算公示"]
    assert not held["代收费结算公示"]
    assert "【暂不可公示】" in openpyxl.load_workbook(path)["餐费结算公示"]["A1"].value


def test_what_has_no_source_says_which_form_would_fill_it(tmp_path: Path) -> None:
    """A sheet is never left out silently."""
    canteen_month.sheet(tmp_path / "收件箱", "餐标.xlsx", "餐标",
                        [["餐标成本测算表"], ["成本项目", "每餐成本", "核定餐标"], ["食材", "4.2", "6.5"]])  # fmt: skip
    school = canteen_month.school(tmp_path)
    result = run_pipeline(tmp_path / "收件箱", load_forms(), school, semester.AS_OF)
    path = tmp_path / "02汇总" / "t.xlsx"
    case = write_term(path, result, forms=load_forms(), school=school, as_of=semester.AS_OF)
    assert [each.sheet for each in case.posted] == ["餐标公示"]
    assert "《餐标.xlsx》“餐标”B3" in case.posted[0].reasons[0]  # its items do not make its price
    texts = [str(cell) for row in rows(path, "代收费结算公示") for cell in row if cell]
    assert any("《收费项目与结算表》" in text for text in texts)


def test_the_stocktake_is_summed_up_by_class_of_asset(report: tuple[Path, PostCase]) -> None:
    """盘亏 is valued at its share of the cost: 2 of 200 desks of 36000 are 360."""
    assert row_of(report[0], "清查报告", "家具")[1:8] == (200, 36000, 199, 1, 0, 2, 360)
    assert row_of(report[0], "清查报告", "合计")[7] == 1860
    assert row_of(report[0], "盘盈盘亏表", "ZC0002", 1)[9:14] == (1, 1500, "文印室", "外借未还", "追回")


def test_a_card_that_nobody_counted_is_named_and_is_no_loss(report: tuple[Path, PostCase]) -> None:
    """ZC0009 is in the register and not in the stocktake: 没有盘到, to be counted."""
    assert row_of(report[0], "账卡物核对", "没有盘到的")[1] == 1
    assert row_of(report[0], "账卡物核对", "ZC0009", 1)[2] == "投影仪"


@pytest.mark.office
def test_stored_values_are_what_libreoffice_calculates(
    made: tuple[Path, PostCase], report: tuple[Path, PostCase]
) -> None:
    """Every formula's stored value equals the recalculated one."""
    assert recalculate.differences([made[0], report[0]]) == []


def test_the_same_semester_gives_the_same_bytes(
    read: tuple[Path, Result, School], made: tuple[Path, PostCase], report: tuple[Path, PostCase]
) -> None:
    """Whatever the time."""
    folder, result, school = read
    again = {"forms": load_forms(), "school": school, "as_of": semester.AS_OF}
    write_term(folder / "02汇总" / "a.xlsx", result, **again)  # type: ignore[arg-type]
    write_stocktake_report(folder / "02汇总" / "b.xlsx", result, **again)  # type: ignore[arg-type]
    assert (folder / "02汇总" / "a.xlsx").read_bytes() == made[0].read_bytes()
    assert (folder / "02汇总" / "b.xlsx").read_bytes() == report[0].read_bytes()
