"""Lists with headings and subtotals, a sheet a class from one description, blanks of old formats with their looks."""

from __future__ import annotations

import io
import subprocess
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import xlsxwriter
from fill.ledgers import ledgers_of, stocktake
from package.corpus import parts_of
from recalculate import differences, office
from small_tables import SCHOOL

from houqin.cli import main
from houqin.errors import BadDescription
from houqin.fill import fill_form, read_description
from houqin.forms import load_forms
from houqin.jobs.access import access_for
from houqin.jobs.filled import Blank, Source, fill_blank, shipped_folder
from houqin.jobs.places import EXAMPLE_SCHOOL

if TYPE_CHECKING:
    from pathlib import Path

    from houqin.fill import Filling

DESKS: list[list[object]] = [
    ["班级桌椅统计表", *[None] * 7],
    ["序号", "年级", "班级", "班主任", "班额", "现有课桌", "完好课桌", "损坏课桌"],
    [1, "七年级", "七年级(2)班", "老师2", 44, 45, 44, 1],
    [2, "七年级", "七年级(1)班", "老师1", 45, 46, 46, 0],
    [3, "八年级", "八年级(1)班", "老师3", 40, 40, 40, 0],
    [4, None, "库房", None, None, 12, 12, 0],
]
UNIFORMS: list[list[object]] = [
    ["校服征订登记表", *[None] * 5],
    ["班级", "姓名", "性别", "夏装尺码", "夏装套数", "是否自愿订购"],
    ["七年级(2)班", "学生乙", "女", "160", 1, "是"],
    ["七年级(1)班", "学生甲", "男", "165", 2, "是"],
    ["七年级(1)班", "学生丙", "女", "150", 1, "是"],
    ["七年级(1)班", "学生丁", "女", None, None, "否"],
]
PARTED = """
[fill]
title = "桌椅"
[[fill.table]]
form = "desks"
header = "2"
rows = "3:6"
group = "grade"
heading_row = 3
subtotal_row = 6
order = ["class"]
[fill.table.columns]
"序号" = "#"
"班级" = "class"
"现有" = "desk_have"
"损坏" = "desk_bad"
[fill.table.heading]
"序号" = "{group}（{count} 处）"
[fill.table.subtotal]
"班级" = "{group}小计"
"现有" = "sum"
"损坏" = "sum"
"""


def blank(total: str = "=SUM({0}3:{0}6)", *, merged: bool = False) -> bytes:
    """Give a blank: heading, two rows for records with a formula, subtotal, total, signatures below."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet("桌椅")
    box, blue, bold = (book.add_format({"border": 1, **more}) for more in ({}, {"bg_color": "#DDEBF7"}, {"bold": 1}))
    sheet.write("A1", "班级桌椅汇总")
    sheet.write_row("A2", ["序号", "班级", "现有", "损坏", "完好"], box)
    sheet.merge_range("A3:E3", "年级", blue)
    for row in (4, 5):
        for column in range(4):
            sheet.write_blank(row - 1, column, None, box)
        sheet.write_formula(f"E{row}", f"=C{row}-D{row}", box, 0)
        sheet.set_row(row - 1, 20)
    for column in range(5):
        sheet.write_blank(5, column, None, bold)
    sheet.set_row(5, 26)
    sheet.write("B7", "合计", box)
    for letter in "CD":
        sheet.write_formula(f"{letter}7", total.format(letter), box, 0)
    sheet.merge_range("A8:E8", "签字：", box)
    if merged:
        sheet.merge_range("A4:A5", "", box)
    sheet.data_validation("C4:D5", {"validate": "integer", "criteria": ">=", "value": 0})
    sheet.conditional_format("D4:D5", {"type": "cell", "criteria": ">", "value": 0, "format": bold})
    sheet.print_area("A1:E8")
    book.close()
    return made.getvalue()


def fill(data: bytes, description: str, *tables: list[list[object]]) -> Filling:
    """Fill a blank in from small tables."""
    grids = access_for(SCHOOL).reader.parse(data)
    return fill_form(
        data, grids, read_description(description, "我的.toml"), ledgers_of(SCHOOL, *tables),
        forms=load_forms(), school=SCHOOL, as_of="2025-09-12",
    )  # fmt: skip


def sheet_of(data: bytes, name: str = "", *, stored: bool = True) -> Any:
    """Give a sheet's stored values, or its formulas."""
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=stored)
    return book[name] if name else book.worksheets[0]


def column(sheet: Any, letter: str, rows: range) -> list[object]:
    """Give the values of a stretch of a column."""
    return [sheet[f"{letter}{row}"].value for row in rows]


def test_a_list_has_a_heading_and_a_subtotal_a_group() -> None:
    """Grades in the settings' order, classes in theirs, numbers through; what has no group stands last under 未填."""
    sheet = sheet_of(fill(blank(), PARTED, DESKS).data)
    rows = range(3, 15)
    assert column(sheet, "A", rows) == [
        "七年级（2 处）", 1, 2, None, "八年级（1 处）", 3, None, "（未填）（1 处）", 4, None, None, "签字："
    ]  # fmt: skip
    assert column(sheet, "B", rows) == [
        None, "七年级(1)班", "七年级(2)班", "七年级小计", None, "八年级(1)班", "八年级小计", None, "库房",
        "（未填）小计", "合计", None,
    ]  # fmt: skip
    assert column(sheet, "C", rows) == [None, 46, 45, 91, None, 40, 40, None, 12, 12, 143, None]
    assert column(sheet, "E", rows) == [None, 46, 44, None, None, 40, None, None, 12, None, None, None]


def test_the_total_passes_over_subtotals_and_says_so() -> None:
    """A SUM over the list would count every class twice: it becomes a SUBTOTAL, and a person is told."""
    filling = fill(blank(), PARTED, DESKS)
    sheet = sheet_of(filling.data, stored=False)
    assert sheet["C13"].value == "=SUBTOTAL(9,C3:C12)"
    assert sheet["C6"].value == "=SUBTOTAL(9,C4:C5)"
    assert any("C13" in note and "SUBTOTAL" in note for note in filling.notes)


def test_a_total_that_is_no_plain_sum_is_pointed_out() -> None:
    """What cannot be put right safely is left as it is, and told."""
    filling = fill(blank("=SUM({0}3:{0}6)*1"), PARTED, DESKS)
    assert sheet_of(filling.data, stored=False)["C13"].value == "=SUM(C3:C12)*1"
    assert any("请看" in note and "C13" in note for note in filling.notes)


def test_rows_look_as_the_blank_s_do() -> None:
    """Heights, fills, merges, limits and colours of heading, record and subtotal; the print area takes all in."""
    sheet = sheet_of(fill(blank(), PARTED, DESKS).data, stored=False)
    assert {str(each) for each in sheet.merged_cells.ranges} == {"A3:E3", "A7:E7", "A10:E10", "A14:E14"}
    assert [round(sheet.row_dimensions[row].height) for row in (4, 5, 6, 8, 9)] == [20, 20, 26, 20, 26]
    assert [sheet[f"A{row}"].fill.fgColor.rgb for row in (3, 7, 10)] == ["FFDDEBF7"] * 3
    assert sheet["C9"].font.b
    assert not sheet["C8"].font.b
    assert [str(each.sqref) for each in sheet.data_validations.dataValidation] == ["C4:D12"]
    assert [str(each.sqref) for each in sheet.conditional_formatting] == ["D4:D12"]
    assert sheet.print_area == "'桌椅'!$A$1:$E$14"


def test_fewer_rows_than_the_blank_has_stay_blank() -> None:
    """One group of one record in a blank for more: what is left over is a row to write in."""
    description = PARTED.replace('order = ["class"]', "order = [\"class\"]\nwhere = \"class == '八年级(1)班'\"")
    sheet = sheet_of(fill(blank(), description, DESKS).data)
    assert column(sheet, "B", range(3, 8)) == [None, "八年级(1)班", "八年级小计", None, "合计"]
    assert column(sheet, "C", range(3, 8)) == [None, 40, 40, None, 40]


@pytest.mark.office
def test_libreoffice_finds_the_subtotals_right(tmp_path: Path) -> None:
    """Stored and recalculated values are the same."""
    (tmp_path / "x.xlsx").write_bytes(fill(blank(), PARTED, DESKS).data)
    assert differences([tmp_path / "x.xlsx"]) == []


def test_mistakes_of_a_parted_list_are_told() -> None:
    """Each with its place: rows outside, a text without its row, a field that is none, a word that is none."""
    description = (
        PARTED.replace('group = "grade"', 'group = "grad"').replace("heading_row = 3", "heading_row = 9")
        .replace("subtotal_row = 6\n", "").replace("{count}", "{cuont}")
    )  # fmt: skip
    with pytest.raises(BadDescription) as told:
        fill(blank(), description, DESKS)
    problems = "\n".join(told.value.problems)
    for word in ("没有字段“grad”", "要在 rows（第 3 至 6 行）里，找到的是 9", "subtotal_row", "只能用 {group}"):
        assert word in problems


def test_a_merge_over_several_rows_of_the_list_is_refused() -> None:
    """It could not be kept when rows move between groups; a sentence says which."""
    with pytest.raises(Exception, match="A4:A5"):
        fill(blank(merged=True), PARTED, DESKS)


EACH = """
[fill]
title = "分装"
[fill.each]
form = "uniform_order"
by = "class"
where = "voluntary != '否'"
[[fill.cell]]
cell = "A1"
text = "{group} {group.pupils} 人，订 {count(uniform_order where voluntary != '否')} 人{sum(uniform_order.summer_qty)}"
[[fill.table]]
form = "uniform_order"
header = "2"
rows = "3:4"
where = "voluntary != '否'"
order = ["pupil"]
columns = { "序号" = "#", "姓名" = "pupil", "套数" = "summer_qty" }
"""


def slip() -> bytes:
    """Give a slip for one class."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet("分装单")
    sheet.write_row("A2", ["序号", "姓名", "套数"])
    sheet.write("B5", "合计")
    sheet.write_formula("C5", "=SUM(C3:C4)", None, 0)
    book.close()
    return made.getvalue()


def test_one_description_fills_a_sheet_a_class() -> None:
    """In the settings' order; each sheet has its own rows, sums and words, and nothing of another class."""
    data = fill(slip(), EACH, UNIFORMS).data
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    assert book.sheetnames == ["七年级(1)班", "七年级(2)班"]
    one, two = book.worksheets
    assert one["A1"].value == "七年级(1)班 45 人，订 2 人3"
    assert two["A1"].value == "七年级(2)班 45 人，订 1 人1"
    assert sorted(str(each) for each in column(one, "B", range(3, 5))) == ["学生丙", "学生甲"]
    assert (one["C5"].value, two["C5"].value) == (3, 1)
    assert column(two, "B", range(3, 5)) == ["学生乙", None]


def test_rows_without_a_group_are_told_and_nothing_is_lost() -> None:
    """A pupil without a class is on no slip: a sentence says how many."""
    tables = [*UNIFORMS, [None, "学生戊", "男", "160", 1, "是"]]
    filling = fill(slip(), EACH, tables)
    assert any("1 条没有填“班级”" in note for note in filling.notes)


def test_without_rows_the_blank_stays_one_sheet() -> None:
    """Nobody ordered anything: the slip is there, unfilled, and it says that there is nothing."""
    filling = fill(slip(), EACH)
    assert openpyxl.load_workbook(io.BytesIO(filling.data)).sheetnames == ["分装单"]
    assert any("没有《校服征订登记表》的资料" in note for note in filling.notes)


def test_group_words_are_known_only_where_there_are_groups() -> None:
    """Elsewhere they would silently stay empty."""
    description = EACH.replace("[fill.each]", "[fill.eahc]")
    with pytest.raises(BadDescription) as told:
        fill(slip(), description, UNIFORMS)
    assert any("group" in problem for problem in told.value.problems)
    assert any("eahc" in problem for problem in told.value.problems)


@pytest.mark.office
def test_the_shipped_ones_are_right_in_libreoffice(tmp_path: Path) -> None:
    """A slip a class and the stocktake by place, from the example's inbox."""
    for name in ("校服班级分装单", "固定资产清查盘点表"):
        assert main(["fill", name, "--school", str(EXAMPLE_SCHOOL), "--out", str(tmp_path / f"{name}.xlsx")]) == 0
    slips, assets = (openpyxl.load_workbook(tmp_path / f"{name}.xlsx", data_only=True)
                     for name in ("校服班级分装单", "固定资产清查盘点表"))  # fmt: skip
    assert len(slips.sheetnames) == 18
    assert assets.worksheets[0]["A178"].value == "合计"
    assert assets.worksheets[0]["G178"].value == 962441
    assert differences(sorted(tmp_path.glob("*.xlsx"))) == []


@pytest.mark.office
@pytest.mark.parametrize("ending", ["xls", "et", "ods"])
def test_a_blank_of_an_old_format_keeps_its_looks(
    ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Merges, widths, borders, formulas, limits, print settings come along by LibreOffice, and the note says so."""
    source = shipped_folder() / "就餐人数汇总表（报送）.xlsx"
    kind = "ods" if ending == "ods" else "xls"
    profile = (tmp_path / "profile").as_uri()
    command = [office(), f"-env:UserInstallation={profile}", "--headless", "--convert-to", kind, "--outdir",
               str(tmp_path), str(source)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    old = (tmp_path / source.name).with_suffix(f".{kind}").rename(tmp_path / f"就餐.{ending}")
    toml, out = shipped_folder() / "meal_counts.toml", tmp_path / "好.xlsx"
    assert main(["fill", str(old), "--with", str(toml), "--school", str(EXAMPLE_SCHOOL), "--out", str(out)]) == 0
    assert "已由本机的 LibreOffice 转成 .xlsx 再填" in capsys.readouterr().out
    made, was = sheet_of(out.read_bytes(), stored=False), openpyxl.load_workbook(source).worksheets[0]
    grown = made.max_row - was.max_row
    assert {str(each) for each in was.merged_cells.ranges if each.max_row < 5} <= {
        str(each) for each in made.merged_cells.ranges
    }  # fmt: skip
    assert made["D5"].border.left.style == was["D5"].border.left.style == "thin"
    assert made["B5"].value == "六年级(1)班"
    assert made[f"D{15 + grown}"].value.upper() == f"=SUM(D5:D{14 + grown})"
    assert round(made.column_dimensions["B"].width) == round(was.column_dimensions["B"].width)
    assert made.page_setup.paperSize == 9
    assert made.sheet_properties.pageSetUpPr.fitToPage
    assert made.print_title_rows == "$3:$4"
    assert any(each.type == "whole" for each in made.data_validations.dataValidation)


@pytest.mark.office
def test_a_picture_and_formulas_of_an_old_blank_come_along(tmp_path: Path) -> None:
    """The badge above the stocktake, its sums and its repeated head, by way of xls."""
    source = shipped_folder() / "库存物资盘点表（存档）.xlsx"
    command = [office(), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to",
               "xls", "--outdir", str(tmp_path), str(source)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    old = tmp_path / source.with_suffix(".xls").name
    description = read_description((shipped_folder() / "stocktake_sheet.toml").read_text(encoding="utf-8"), "x.toml")
    ledgers = ledgers_of(SCHOOL, stocktake(9))
    made = fill_blank(Blank(old, description), Source(ledgers, load_forms(), SCHOOL, "2025-12-31", access_for(SCHOOL)))
    parts = parts_of(made.data)
    assert any(name.startswith("xl/media/") for name in parts)
    sheet, formulas = sheet_of(made.data), sheet_of(made.data, stored=False)
    assert formulas["G6"].value.upper() == "=ROUND(E6*F6,2)"
    assert formulas["G15"].value.upper() == "=SUM(G6:G14)"
    assert sheet["G6"].value == pytest.approx(sheet["E6"].value * sheet["F6"].value, abs=0.005)
    assert formulas.print_title_rows == "$4:$5"
    (tmp_path / "好.xlsx").write_bytes(made.data)
    assert differences([tmp_path / "好.xlsx"]) == []


def test_without_libreoffice_only_values_are_kept_and_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The program may be missing, or switched off: plainly said, with what to do."""
    monkeypatch.setenv("HOUQIN_ENGINE", "off")
    (tmp_path / "单.xml").write_text(
        '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="单"><Table><Row><Cell>'
        '<Data ss:Type="String">单位：</Data></Cell></Row></Table></Worksheet></Workbook>', encoding="utf-8"
    )  # fmt: skip
    (tmp_path / "单.toml").write_text(
        '[fill]\ntitle = "单"\n[[fill.cell]]\ncell = "A1"\ntext = "{cell}{school.name}"\n', encoding="utf-8"
    )
    out = tmp_path / "好.xlsx"
    assert main(["fill", str(tmp_path / "单.xml"), "--school", str(EXAMPLE_SCHOOL), "--out", str(out)]) == 0
    told = capsys.readouterr().out
    assert "本机没有装 LibreOffice" in told
    assert "请先用 WPS 或 Excel 另存为 .xlsx" in told
    assert sheet_of(out.read_bytes())["A1"].value == "单位：示例中学"
