"""The printed forms: what stands on each, what must never stand there, and that each is one A4 page wide."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import recalculate
from pypdf import PdfReader
from report import school_data as data

from houqin.report.prints import write_prints
from houqin.report.prints_frame import even_ends
from houqin.report.prints_meals import count_special

ALWAYS = ["目录", "采购申请单", "领用签收表", "桌凳调拨单", "校服尺码汇总", "班级分装单", "就餐人数汇总"]
SHEETS = [
    "目录", "采购申请单", "领用签收表", "班级公物登记表", "桌凳调拨单", "校服尺码汇总", "班级分装单", "校服领用签收表",
    "尺码调换登记表", "就餐人数汇总", "维修派工验收单",
]  # fmt: skip


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the printed forms of the test school."""
    target = tmp_path_factory.mktemp("prints") / "03打印单据.xlsx"
    return write_prints(target, data.ledgers(), data.forms(), school=data.school(), as_of=data.AS_OF)


@pytest.fixture(scope="module")
def book(path: Path) -> Any:
    """Give it reopened, with stored values."""
    return openpyxl.load_workbook(path, data_only=True)


def _texts(sheet: Any) -> list[str]:
    return [str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None]


def _rows(sheet: Any, first: str) -> list[list[Any]]:
    """Give the rows from the header that starts with a word to 合计, or to the first row without a first cell."""
    found: list[list[Any]] = []
    for row in sheet.iter_rows(values_only=True):
        if row[0] == first or (found and (row[0] is not None or row[1] == "合计")):
            found.append(list(row))
        if found and (row[0] is None or "合计" in row[:2]):
            break
    return found


def test_each_form_is_a_sheet_after_the_contents(book: Any) -> None:
    """One form a sheet, each with the school, the date and cells to sign."""
    assert book.sheetnames == SHEETS
    for name in SHEETS[1:]:
        texts = _texts(book[name])
        assert any("示例中学" in text for text in texts)
        assert any("2025年9月5日" in text for text in texts)
        assert "年　月　日" in texts


def test_an_example_says_so_on_each_form(book: Any) -> None:
    """Nobody shall sign an example by mistake; a school's own forms say nothing of the kind."""
    assert all("【示例】" in str(book[name]["A1"].value) for name in SHEETS)


def test_a_schools_own_forms_carry_no_mark(tmp_path: Path) -> None:
    """The mark is the example's alone."""
    school = data.school(is_example=False)
    write_prints(tmp_path / "p.xlsx", data.ledgers(), data.forms(), school=school, as_of=data.AS_OF)
    book = openpyxl.load_workbook(tmp_path / "p.xlsx")
    assert not any("示例】" in text for sheet in book.worksheets for text in _texts(sheet))


def test_the_application_adds_up_and_says_it_in_words(book: Any, path: Path) -> None:
    """Amounts are formulas; the sum in official characters takes itself back when figures change."""
    rows = _rows(book["采购申请单"], "序号")
    assert rows[1][:11] == [1, "扫帚", None, "把", 12, 28, 16, 8.5, 136, "按标准配备：4 把/班", "30201 办公费"]
    amounts = [row[8] for row in rows[1:-1] if row[8] is not None]
    assert rows[-1][8] == sum(amounts)
    assert "人民币叁仟零陆拾肆元整" in _texts(book["采购申请单"])
    formulas = _texts(openpyxl.load_workbook(path)["采购申请单"])
    assert "=ROUND(G5*H5,2)" in formulas
    assert any("大写" in text and text.startswith("=IF(ROUND(I") for text in formulas)


def test_posts_are_printed_by_the_schools_own_titles(book: Any) -> None:
    """后勤主任 is 后勤服务中心主任 here."""
    texts = _texts(book["采购申请单"])
    assert "后勤服务中心主任" in texts
    assert "后勤主任" not in texts
    assert {"申请人", "财务", "分管副校长", "校长"} <= set(texts)


def test_goods_issued_stand_as_classes_by_goods(book: Any) -> None:
    """The unit stands in the header; unlike goods have a sum each."""
    rows = _rows(book["领用签收表"], "序号")
    assert rows[0][:3] == ["序号", "班级", "扫帚\n（把）"]
    assert [row[1] for row in rows[1:-1]] == [each.name for each in data.school().classes]
    assert rows[-1][2] == 18


def test_many_goods_go_on_several_pages(tmp_path: Path) -> None:
    """Twelve goods a page; each page has all classes and its own signatures."""
    rows: list[dict[str, object]] = [
        {"class": "七年级(1)班", "name": f"物品{n:02}", "uom": "个", "qty": n} for n in range(1, 15)
    ]
    ledgers = {"stock_issue": data.ledger("stock_issue", rows)}
    write_prints(tmp_path / "p.xlsx", ledgers, data.forms(), school=data.school(), as_of=data.AS_OF)
    sheet = openpyxl.load_workbook(tmp_path / "p.xlsx", data_only=True)["领用签收表"]
    assert len(sheet.row_breaks.brk) == 1
    assert _texts(sheet).count("发放人") == 2
    assert {f"物品{n:02}\n（个）" for n in range(1, 15)} <= set(_texts(sheet))


def test_desks_are_moved_on_three_copies(book: Any) -> None:
    """存根, 调出 and 调入 say the same, a page each."""
    texts = _texts(book["桌凳调拨单"])
    for copy in ("第一联　存根", "第二联　调出", "第三联　调入"):
        assert any(copy in text for text in texts)
    assert len(book["桌凳调拨单"].row_breaks.brk) == 2


def test_the_factory_gets_sizes_and_no_names(book: Any) -> None:
    """A block a style, rows 男 and 女, the sum in 套; no pupil is named."""
    sheet = book["校服尺码汇总"]
    texts = _texts(sheet)
    assert [t for t in texts if t in ("夏装", "春秋装", "冬装")] == ["夏装", "春秋装", "冬装"]
    assert not any(text.startswith("学生") for text in texts)
    rows = _rows(sheet, "性别")
    assert [row[0] for row in rows] == ["性别", "男", "女", "合计"]
    assert rows[3][1] == rows[1][1] + rows[2][1]


def test_made_to_measure_is_listed_by_class_without_the_remark(tmp_path: Path) -> None:
    """Only the words that a tailor needs are taken from a remark: the rest may name people."""
    rows: list[dict[str, object]] = [
        {"class": "七年级(1)班", "pupil": "甲同学", "sex": "男", "summer_size": "特体", "summer_qty": 1,
         "remark": "加肥，找其母亲联系"},
        {"class": "七年级(1)班", "pupil": "乙同学", "sex": "女", "summer_size": "160", "summer_qty": 1},
    ]  # fmt: skip
    ledgers = {"uniform_order": data.ledger("uniform_order", rows)}
    write_prints(tmp_path / "p.xlsx", ledgers, data.forms(), school=data.school(), as_of=data.AS_OF)
    sheet = openpyxl.load_workbook(tmp_path / "p.xlsx", data_only=True)["校服尺码汇总"]
    listed = _rows(sheet, "款式")[1]
    assert [value for value in listed if value is not None] == ["夏装", "男", "特体", 1, "七年级(1)班", "加肥"]
    assert not any("同学" in text or "母亲" in text for text in _texts(sheet))


def test_what_is_no_size_goes_to_the_factory_with_a_question(tmp_path: Path) -> None:
    """1650 is a slip of the pen: the factory must not take it for a size, and its sets still count."""
    rows: list[dict[str, object]] = [
        {"class": "七年级(1)班", "pupil": "甲同学", "sex": "男", "summer_size": "1650", "summer_qty": 1},
        {"class": "七年级(1)班", "pupil": "乙同学", "sex": "女", "summer_size": "160", "summer_qty": 2},
    ]
    ledgers = {"uniform_order": data.ledger("uniform_order", rows)}
    write_prints(tmp_path / "p.xlsx", ledgers, data.forms(), school=data.school(), as_of=data.AS_OF)
    sheet = openpyxl.load_workbook(tmp_path / "p.xlsx", data_only=True)["校服尺码汇总"]
    assert [value for value in _rows(sheet, "性别")[0] if value] == ["性别", "160", "1650？", "合计"]
    assert any("夏装 1650" in text and "核实" in text for text in _texts(sheet))


def test_packing_slips_show_a_class_a_page_and_no_measures(book: Any) -> None:
    """Name, sex, sizes and a place to sign; who does not order is said, not left blank."""
    sheet = book["班级分装单"]
    assert len(sheet.row_breaks.brk) == 2
    texts = _texts(sheet)
    assert "学生101" in texts
    assert "不订" in texts
    assert not {"身高", "体重", "学号", "电话"} & set(texts)
    numbers = [record.get("stu_no") for record in data.ledgers()["uniform_order"].frame.to_dict("records")]
    assert not {str(number) for number in numbers if number} & set(texts)


def test_meals_are_counted_by_grade(book: Any) -> None:
    """清真 and 过敏 are counts; a class that sent nothing is named."""
    rows = _rows(book["就餐人数汇总"], "年级")
    assert [row[0] for row in rows][:5] == ["年级", "七年级", "八年级", "九年级", "合计"]
    assert rows[4][2] == sum(row[2] for row in rows[1:4])
    assert any("九年级(3)班 没有报送" in text for text in _texts(book["就餐人数汇总"]))


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("", {}),
        ("无", {}),
        ("清真2人，过敏1人", {"清真": 2, "过敏": 1}),
        ("清真2", {"清真": 2}),
        ("花生过敏（甲、乙）", {"过敏": 2}),
        ("过敏(3人)", {"过敏": 3}),
        ("不吃辣", {"其他": 1}),
    ],
)
def test_special_meals_are_read_as_counts(text: str, counts: dict[str, int]) -> None:
    """A number counts, else the names in brackets, else one."""
    assert count_special(text) == counts


def test_a_form_without_data_says_what_is_missing(tmp_path: Path) -> None:
    """A clean sheet is better than a stray one, and it says which workbook is asked for."""
    write_prints(tmp_path / "p.xlsx", {}, data.forms(), school=data.school(), as_of=data.AS_OF)
    book = openpyxl.load_workbook(tmp_path / "p.xlsx")
    assert book.sheetnames == ALWAYS
    for name in ALWAYS[1:]:
        assert any(text.startswith("本期无资料：缺《") for text in _texts(book[name]))


def test_nothing_to_buy_is_said(tmp_path: Path) -> None:
    """Stock enough is a result, not missing data."""
    ledgers = {"stock_balance": data.ledgers()["stock_balance"]}
    school = replace(data.school(), standards=())
    only = data.ledger("stock_balance", [{"name": "粉笔", "uom": "盒", "close_qty": 50, "min_qty": 5}])
    for given in ({"stock_balance": only}, {**ledgers, "stock_balance": only}):
        write_prints(tmp_path / "p.xlsx", given, data.forms(), school=school, as_of=data.AS_OF)
        sheet = openpyxl.load_workbook(tmp_path / "p.xlsx")["采购申请单"]
        assert "库存够用，本期不需申购。" in _texts(sheet)


@pytest.mark.parametrize(
    ("widths", "parts", "ends"),
    [((5, 15, 5, 15, 20), 3, [2, 4, 5]), ((10, 10, 10, 10), 2, [2, 4]), ((5, 5, 5), 3, [1, 2, 3])],
)
def test_cells_to_sign_in_share_the_width_evenly(widths: tuple[float, ...], parts: int, ends: list[int]) -> None:
    """Else one post gets a strip and another half the page."""
    assert even_ends(widths, parts) == ends


def test_two_builds_give_the_same_bytes(path: Path, tmp_path: Path) -> None:
    """Same input, same bytes out."""
    again = write_prints(tmp_path / "p.xlsx", data.ledgers(), data.forms(), school=data.school(), as_of=data.AS_OF)
    assert again.read_bytes() == path.read_bytes()


@pytest.mark.office
def test_every_stored_value_is_the_recalculated_one(path: Path) -> None:
    """Sums, products and words alike."""
    assert recalculate.differences([path]) == []


@pytest.mark.office
def test_each_form_prints_on_a4_and_one_page_wide(path: Path, tmp_path: Path) -> None:
    """Ten pages after the contents: desks three copies, uniforms a page a class, all others one page each."""
    profile = (tmp_path / "profile").as_uri()
    command = [recalculate.office(), f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(path)], check=True, capture_output=True, timeout=300)
    pages = PdfReader(tmp_path / Path(path.name).with_suffix(".pdf")).pages
    sizes = {tuple(sorted((round(float(p.mediabox.width)), round(float(p.mediabox.height))))) for p in pages}
    assert sizes == {(595, 842)}
    assert len(pages) == 1 + 1 + 1 + 8 + 3 + 1 + 3 + 3 + 1 + 1 + 2


def test_offices_sign_on_a_list_of_their_own(tmp_path: Path) -> None:
    """Few offices take the same goods: a matrix of them would be empty; without such records there is no sheet."""
    rows: list[dict[str, object]] = [
        {"class": "七年级(1)班", "name": "扫帚", "uom": "把", "qty": 2},
        {"dept": "教务处", "out_date": "2025-09-02", "name": "订书钉", "uom": "盒", "qty": 5},
    ]
    ledgers = {"stock_issue": data.ledger("stock_issue", rows)}
    write_prints(tmp_path / "p.xlsx", ledgers, data.forms(), school=data.school(), as_of=data.AS_OF)
    book = openpyxl.load_workbook(tmp_path / "p.xlsx", data_only=True)
    assert "处室领用签收表" in book.sheetnames
    assert _rows(book["处室领用签收表"], "序号")[1][1] == "教务处"
    assert "教务处" not in _texts(book["领用签收表"])
