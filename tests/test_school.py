"""The school's settings: both files say the same, and mistakes are told cell by cell, all at once."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from houqin.errors import BadDescription
from houqin.model import Grid, Range, grid_of
from houqin.read import read_settings
from houqin.school import THRESHOLDS, find_school, load_school
from houqin.school.keys import SECTIONS

EXAMPLE = Path(__file__).parents[1] / "templates" / "示例中学"

BASICS = [
    ["基本信息"], ["一行一项"], ["项目", "内容", "说明"], ["学校名称", "示例中学", "打印在标题处"],
    ["学制", "五四制"], ["学年", "2025-2026"], ["学期", "第一学期"], ["学期开始", "2025-09-01"],
    ["学期结束", "2026年1月30日"],
]  # fmt: skip
CLASSES = [["年级", "班级", "班额"], ["六年级", 1, 44], ["七年级", 3, 46]]
TOML = """
[basics]
name = "示例中学"
system = "五四制"
school_year = "2025-2026"
semester = "第一学期"
term_start = 2025-09-01
term_end = "2026-01-30"
"""


def load(folder: Path, *grids: Grid):
    """Load a school whose workbook has the given sheets."""
    (folder / "学校设置.xlsx").write_bytes(b"")
    return load_school(folder, lambda _: list(grids))


def problems_of(folder: Path, *grids: Grid) -> str:
    """Give all mistakes that loading tells, one a line."""
    with pytest.raises(BadDescription) as error:
        load(folder, *grids)
    return "\n".join(error.value.problems)


def test_a_workbook_with_only_the_needed_sheets_gives_a_school_with_default_thresholds(tmp_path):
    """Basics and classes are enough; thresholds have defaults, dates may be written as people write them."""
    school = load(tmp_path, grid_of(BASICS, "基本信息"), grid_of(CLASSES, "班级"))
    assert (school.name, school.system, school.semester) == ("示例中学", "five_four", 1)
    assert school.term_end == "2026-01-30"
    assert [c.name for c in school.classes] == ["六年级(1)班", "七年级(3)班"]
    assert school.grades == ("六年级", "七年级")
    assert school.thresholds == THRESHOLDS
    assert not school.is_example


@pytest.mark.parametrize(
    ("cell", "value", "message"),
    [
        ((1, 2), "四十六人", "《学校设置.xlsx》“班级”C2：班额“四十六人”不是整数"),
        ((2, 2), 46.5, "《学校设置.xlsx》“班级”C3：班额“46.5”不是整数"),
        ((1, 2), 0, "C2：班额“0”超出范围，应在 1 到 99 之间"),
        ((1, 0), "十年级", "A2：年级“十年级”不在可选的范围里"),
        ((2, 0), "七年纪", "是不是“七年级”"),
        ((1, 1), None, "没有填“班级”"),
        ((0, 2), "班额数", "C1：不认识这一列“班额数”，是不是“班额”"),
    ],
)
def test_a_wrong_cell_of_the_class_list_is_told_with_its_address(tmp_path, cell, value, message):
    """The clerk must find the cell without searching."""
    rows = [list(row) for row in CLASSES]
    rows[cell[0]][cell[1]] = value
    assert message in problems_of(tmp_path, grid_of(BASICS, "基本信息"), grid_of(rows, "班级"))


def test_all_mistakes_are_told_at_once(tmp_path):
    """One round of mending is enough: sheets, keys, kinds, repeats, all in one list."""
    basics = [*BASICS[:8], ["学期结束", "2026-02-30"], ["学校名陈", "甲"]]
    classes = [*CLASSES, ["七年级", 3, 40], ["八年级", "三", 41]]
    prices = [["款式", "每套价格"], ["夏装", "八十"], ["春装", 90]]
    lines = problems_of(
        tmp_path, grid_of(basics, "基本信息"), grid_of(classes, "班级"), grid_of(prices, "校服价格"),
        grid_of([["岗位"]], "岗位表"),
    )  # fmt: skip
    for part in (
        "“基本信息”B9：学期结束“2026-02-30”没有这一天",
        "“基本信息”A10：不认识“学校名陈”，是不是“学校名称”",
        "“班级”B4：班级 七年级(3)班已经在 《学校设置.xlsx》“班级”B3 写过",
        "“班级”B5：班级“三”不是整数",
        "“校服价格”B2：每套价格“八十”不是数字",
        "“校服价格”A3：款式“春装”不在可选的范围里，是不是“春秋装”",
        "不认识工作表“岗位表”，是不是“岗位”",
    ):
        assert part in lines


@pytest.mark.parametrize(
    ("row", "value", "message"),
    [
        (5, "2025-2027", "学年“2025-2027”不是学年"),
        (7, "2024-09-01", "2025-2026 学年第一学期应在 2025 年开始"),
        (8, "2025-08-30", "不晚于学期开始"),
        (3, None, "《学校设置.xlsx》“基本信息”B4：没有填“学校名称”"),
        (4, "五三制", "学制“五三制”不在可选的范围里"),
        (6, "上半年", "学期“上半年”不在可选的范围里。可以填：第一学期、第二学期"),
    ],
)
def test_the_calendar_and_the_basics_are_checked(tmp_path, row, value, message):
    """A wrong year or term would shift every date that has no year."""
    rows = [list(each) for each in BASICS]
    rows[row][1] = value
    assert message in problems_of(tmp_path, grid_of(rows, "基本信息"), grid_of(CLASSES, "班级"))


def test_the_office_s_own_words_for_a_choice_are_understood(tmp_path):
    """上学期 and 五四 leave no doubt; to refuse them, or to propose 第二学期, would."""
    rows = [list(each) for each in BASICS]
    rows[4][1], rows[6][1] = "五四", "上学期"
    school = load(tmp_path, grid_of(rows, "基本信息"), grid_of(CLASSES, "班级"))
    assert (school.system, school.semester) == ("five_four", 1)


def test_a_style_without_a_price_is_not_ordered(tmp_path):
    """The blank workbook lists the three styles; a school without uniforms leaves the prices empty."""
    prices = [["款式", "每套价格"], ["夏装", None], ["冬装", 145]]
    sheets = (grid_of(BASICS, "基本信息"), grid_of(CLASSES, "班级"), grid_of(prices, "校服价格"))
    assert load(tmp_path, *sheets).uniform_prices == {"冬装": Decimal(145)}


def test_a_merged_grade_counts_for_each_row_beside_it(tmp_path):
    """Offices merge the grade over its classes; the rows below are not without a grade."""
    rows = [["年级", "班级", "班额"], ["六年级", 1, 44], [None, 2, 45], [None, None, None], ["七年级", 3, 46]]
    grid = grid_of(rows, "班级", merges=[Range(2, 1, 4, 1)])
    assert [c.name for c in load(tmp_path, grid_of(BASICS, "基本信息"), grid).classes] == [
        "六年级(1)班", "六年级(2)班", "七年级(3)班",
    ]  # fmt: skip


def test_a_formula_error_is_no_text(tmp_path):
    """#REF! as a teacher's name would be printed on a form that gets signed."""
    rows = [["年级", "班级", "班额", "班主任"], ["六年级", 1, 44, "#REF!"]]
    lines = problems_of(tmp_path, grid_of(BASICS, "基本信息"), grid_of(rows, "班级"))
    assert "D2：班主任“#REF!”是公式错误值" in lines


def test_aliases_that_lead_nowhere_are_told(tmp_path):
    """An alias of an alias would merge goods only halfway."""
    rows = [["别名", "正式名称"], ["笤帚", "扫帚"], ["扫帚", "扫把"], ["拖把", "拖把"]]
    lines = problems_of(tmp_path, grid_of(BASICS, "基本信息"), grid_of(CLASSES, "班级"), grid_of(rows, "物资别名"))
    assert "B2：正式名称“扫帚”自己又是“扫把”的别名" in lines
    assert "A4：别名和正式名称都是“拖把”" in lines


def test_toml_is_checked_like_the_workbook(tmp_path):
    """Machines mistype too; the place is the section, the number of the record and the key."""
    text = TOML + 'class = 1\n[thresholds]\nspare_desk = 1\n[uniform_prices]\n"夏装" = "八十"\n'
    text += "[[classes]]\ngrade = '六年级'\nnumber = 1\npupils = '四十'\n"
    (tmp_path / "school.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadDescription) as error:
        load_school(tmp_path, read_settings)
    lines = "\n".join(error.value.problems)
    for part in (
        "《school.toml》basics：不认识“class”",
        "《school.toml》thresholds：不认识“spare_desk”，是不是“spare_desks”",
        "《school.toml》uniform_prices “夏装”：每套价格“八十”不是数字",
        "《school.toml》classes 第 1 条 pupils：班额“四十”不是整数",
    ):
        assert part in lines


def test_broken_toml_says_where_it_breaks(tmp_path):
    """A missing quote must lead to its line, not to a traceback."""
    (tmp_path / "school.toml").write_text('[basics]\nname = "示例\n', encoding="utf-8")
    with pytest.raises(BadDescription, match=r"《school\.toml》：写法有误.*line 2, column"):
        load_school(tmp_path, read_settings)


def test_a_folder_without_settings_says_which_files_are_missing(tmp_path):
    """The message names both files that would do."""
    with pytest.raises(BadDescription, match=r"没有《学校设置\.xlsx》，也没有《school\.toml》"):
        load_school(tmp_path, read_settings)


def test_a_toml_file_that_differs_is_noted_and_the_workbook_counts(tmp_path):
    """Two files that disagree must not be silent; the clerk's own workbook wins."""
    rows = 'classes = [{{grade = "六年级", number = 1, pupils = {}}}, {{grade = "七年级", number = 3, pupils = 46}}]'
    sheets = (grid_of(BASICS, "基本信息"), grid_of(CLASSES, "班级"))
    (tmp_path / "school.toml").write_text(rows.format(44) + TOML, encoding="utf-8")
    assert load(tmp_path, *sheets).notes == ()
    (tmp_path / "school.toml").write_text(rows.format(40) + TOML, encoding="utf-8")
    school = load(tmp_path, *sheets)
    assert school.classes[0].pupils == 44
    assert "内容不一样" in school.notes[0]


def test_the_nearest_folder_with_settings_is_found_from_a_file_below(tmp_path):
    """A file of the inbox leads to its school."""
    (tmp_path / "school.toml").write_text(TOML, encoding="utf-8")
    inbox = tmp_path / "收件箱" / "校服"
    inbox.mkdir(parents=True)
    assert find_school(inbox) == tmp_path.resolve()
    assert find_school(tmp_path.parent) != tmp_path.resolve()


def test_both_files_of_the_example_school_give_the_same_school(tmp_path):
    """The workbook and the TOML file are two spellings of one content; neither may lag behind."""
    assert (EXAMPLE / "学校设置.xlsx").exists()
    (tmp_path / "school.toml").write_bytes((EXAMPLE / "school.toml").read_bytes())
    from_toml = load_school(tmp_path, read_settings)
    (tmp_path / "school.toml").unlink()
    (tmp_path / "学校设置.xlsx").write_bytes((EXAMPLE / "学校设置.xlsx").read_bytes())
    from_workbook = load_school(tmp_path, read_settings)
    assert from_workbook == from_toml
    assert len(from_workbook.classes) == 18
    assert from_workbook.is_example
    assert from_workbook.uniform_prices["夏装"] > Decimal(0)


def test_every_key_is_documented_in_both_files():
    """Whoever opens the file must learn what each key means without another document."""
    toml = (EXAMPLE / "school.toml").read_text(encoding="utf-8")
    book = openpyxl.load_workbook(EXAMPLE / "学校设置.xlsx")
    prose = {str(cell.value) for row in book["填写说明"].iter_rows() for cell in row}
    for section in SECTIONS:
        assert section.help in toml
        for key in section.keys:
            assert key.help in toml, key.id
            assert key.help in prose, key.id
