"""The shipped forms filled in, recalculated; mistakes of a description told all at once."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from fill.ledgers import CANTEEN, ledgers_of, stocktake
from make_fill_blanks import write_blanks
from package.corpus import parts_of
from recalculate import differences
from small_tables import SCHOOL

from houqin.cli import main
from houqin.errors import BadDescription
from houqin.fill import fill_form, read_description
from houqin.forms import load_forms
from houqin.jobs.access import access_for
from houqin.jobs.filled import Source, fill_blank, shipped_blanks

EXAMPLE = Path(__file__).parents[2] / "templates" / "示例中学"
BLANKS = {blank.description.name: blank for blank in shipped_blanks()}


def filled(name: str, *tables: list[list[object]]) -> tuple[bytes, tuple[str, ...]]:
    """Fill a shipped form in from small tables."""
    source = Source(ledgers_of(SCHOOL, *tables), load_forms(), SCHOOL, "2025-12-31", access_for(SCHOOL))
    made = fill_blank(BLANKS[name], source)
    return made.data, made.notes


def described(text: str, tables: list[list[object]] | None = None) -> tuple[bytes, tuple[str, ...]]:
    """Fill the stocktake's blank in by another description."""
    blank = BLANKS["stocktake_sheet.toml"]
    (file,) = access_for(SCHOOL).read([blank.path], blank.path.parent)
    made = fill_form(
        blank.path.read_bytes(), file.grids, read_description(text, "我的.toml"),
        ledgers_of(SCHOOL, tables or stocktake(2)), forms=load_forms(), school=SCHOOL, as_of="2025-12-31",
    )  # fmt: skip
    return made.data, made.notes


def values(data: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    """Give the first sheet's stored values."""
    return openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets[0]


def test_the_blanks_in_the_repository_are_those_of_the_script(tmp_path: Path) -> None:
    """A blank changed by hand would be lost with the next run of the script."""
    for path in write_blanks(tmp_path):
        assert path.read_bytes() == (BLANKS["meal_counts.toml"].path.parent / path.name).read_bytes()


@pytest.mark.parametrize("rows", [1, 3, 41])
def test_the_stocktake_grows_and_its_sums_are_stored(rows: int) -> None:
    """Rows as many as goods; a name like a formula stays a text; total, words and signatures lie below."""
    data, _ = filled("stocktake_sheet.toml", stocktake(rows))
    sheet, by = values(data), max(0, rows - 3)
    names = [sheet.cell(6 + at, 2).value for at in range(rows)]
    assert sorted(names) == sorted(["=1+1", *(f"物品{n:03}" for n in range(2, rows + 1))])
    whole = sum(round((235 + 100 * n) * (10 + n - n % 2)) for n in range(1, rows + 1)) / 100
    assert sheet.cell(9 + by, 9).value == pytest.approx(whole)
    assert sheet.cell(10 + by, 1).value.startswith("实盘金额（大写）") is True
    assert sheet.cell(11 + by, 1).value == "盘点人："
    formulas = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert {str(each) for each in formulas.merged_cells.ranges} >= {f"A{9 + by}:E{9 + by}", f"A{12 + by}:L{12 + by}"}


def test_the_canteen_s_items_find_their_rows() -> None:
    """Other names of an item are known; what has no row is told and not added to another one."""
    data, notes = filled("canteen_notice.toml", CANTEEN)
    sheet = values(data)
    shown = {str(sheet.cell(row, 1).value).strip("　"): sheet.cell(row, 2).value for row in range(4, 20)}
    assert shown["学生伙食费"] == 186160
    assert shown["教职工伙食费"] == 3250
    assert shown["水电燃料费"] == 8000
    assert shown["一、收入"] == 201410
    assert shown["三、收支结余"] == pytest.approx(201410 - 188000.25)
    assert any("垃圾清运费" in note for note in notes)


@pytest.mark.office
def test_libreoffice_finds_every_stored_value_of_the_shipped_forms_right(tmp_path: Path) -> None:
    """All four, from the example's inbox and from small tables, recalculated."""
    made = {"canteen_notice": filled("canteen_notice.toml", CANTEEN)[0],
            "stocktake": filled("stocktake_sheet.toml", stocktake(30))[0]}  # fmt: skip
    for name, data in made.items():
        (tmp_path / f"{name}.xlsx").write_bytes(data)
    for name in ("校服尺码汇总表", "就餐人数汇总表"):
        assert main(["fill", name, "--school", str(EXAMPLE), "--out", str(tmp_path / f"{name}.xlsx")]) == 0
    paths = sorted(tmp_path.glob("*.xlsx"))
    assert len(paths) == 4
    assert differences(paths) == []


def test_the_same_input_gives_the_same_bytes() -> None:
    """Whatever the time."""
    assert filled("stocktake_sheet.toml", stocktake(9)) == filled("stocktake_sheet.toml", stocktake(9))


def test_no_part_of_the_blank_is_lost() -> None:
    """Pictures, drawings, styles, print settings: every part is there, those that hold no cells byte for byte."""
    old = parts_of(BLANKS["stocktake_sheet.toml"].path.read_bytes())
    new = parts_of(filled("stocktake_sheet.toml", stocktake(30))[0])
    assert [name for name in old if name not in new] == []
    same = [name for name in old if name.startswith(("xl/media", "xl/styles", "xl/theme", "docProps"))]
    assert [name for name in same if old[name] != new[name]] == []


def test_all_mistakes_of_a_description_are_told_at_once() -> None:
    """Each in Chinese with its place, and the nearest right word."""
    text = """
[fill]
title = "盘点"
sheeet = "x"
[[fill.cell]]
cell = "二3"
text = "{school.nmae} {sum(stocktake.real_amd)}"
[[fill.table]]
form = "stocktak"
header = "4:5"
rows = "6:8"
columns = { "物品名称" = "name" }
[[fill.table]]
form = "stocktake"
header = "4:5"
rows = "7:9"
where = "real_qty >"
order = ["nme"]
columns = { "物品名字" = "name", "数量" = "real_qty", "账面/金额" = "book_amt", "单位" = "uon" }
"""
    with pytest.raises(BadDescription) as told:
        described(text)
    problems = "\n".join(told.value.problems)
    words = ("sheeet", "二3", "school.name", "real_amt", "“stocktake”", "看不懂", "“name”", "物品名称", "有几列都叫",
             "是公式", "uom", "重叠")  # fmt: skip
    assert [word for word in words if word not in problems] == []
    assert all(problem.startswith("《我的.toml》") for problem in told.value.problems)


def test_a_crossing_tells_what_has_no_place() -> None:
    """A row label that the form lacks: nothing is added elsewhere, the sum is told."""
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet("表")
    sheet.write_row("A1", ["单位", "大", "小"])
    sheet.write_column("A2", ["个", "盒"])
    book.close()
    text = """
[fill]
title = "交叉"
[[fill.matrix]]
form = "stocktake"
area = "B2:C3"
head = "1"
row = "uom"
column = "spec"
value = "real_qty"
"""
    tables = stocktake(3)
    tables[-1][3] = "箱"
    (grid,) = access_for(SCHOOL).reader.parse(made.getvalue())
    filling = fill_form(
        made.getvalue(), [grid], read_description(text, "x.toml"), ledgers_of(SCHOOL, tables),
        forms=load_forms(), school=SCHOOL, as_of="2025-12-31",
    )  # fmt: skip
    assert values(filling.data)["B2"].value == 22
    assert [note for note in filling.notes if "箱 大 12" in note]


def test_an_old_format_is_filled_in_a_copy_that_says_so(tmp_path: Path) -> None:
    """A csv stands for what is no package (xls, et): values alone, and a sentence."""
    (tmp_path / "单.csv").write_text("名称,数量\n,\n,\n", encoding="utf-8-sig")
    (tmp_path / "单.toml").write_text(
        '[fill]\ntitle = "单"\n[[fill.cell]]\ncell = "D1"\ntext = "{school.name}"\n', encoding="utf-8"
    )
    out = tmp_path / "好.xlsx"
    assert main(["fill", str(tmp_path / "单.csv"), "--school", str(EXAMPLE), "--out", str(out)]) == 0
    assert values(out.read_bytes())["D1"].value == "示例中学"


def test_an_unknown_form_names_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    """And lists those that there are."""
    assert main(["fill", "就餐人数汇总", "--school", str(EXAMPLE), "--out", "x.xlsx"]) == 2
    assert "就餐人数汇总表" in capsys.readouterr().err
