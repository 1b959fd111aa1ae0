"""A filled-in table to the draft of a form: fields, types, key, relations, and a text that loads as it stands."""

from __future__ import annotations

import shutil
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from small_tables import raw_of

from houqin.describe import describe_table
from houqin.describe.relations import Relation, find_relations
from houqin.describe.words import english_id, form_id_of, subject_of
from houqin.forms import Forms, load_forms, templates_folder
from houqin.locate import locate_tables
from houqin.match import match_table
from houqin.model import Note, RawTable
from houqin.read import read_files

FORMS = load_forms()
GOLDEN = Path(__file__).parents[1] / "golden"
HEADERS = "序号 借书日期 读者 班级 书名 册数 押金单价(元) 押金(元) 是否归还 借阅证号 备注".split()  # noqa: SIM905  (words)
TITLE = Note("title", "示例中学2025-2026学年度第一学期图书借阅登记表", 1, 1)
ROWS: list[list[object]] = [
    [n, f"2025-09-{n:02d}", f"生{n % 4}", f"七年级({n % 3 + 1})班", f"书{n}", n % 3 + 1, 2.5, (n % 3 + 1) * 2.5,
     "已还" if n % 2 else "未还", f"00{n:02d}", None]
    for n in range(1, 13)
]  # fmt: skip


def loans() -> RawTable:
    """Give a table that no form of the office takes."""
    return raw_of(HEADERS, ROWS, notes=[TITLE], sheet="借阅")


def folder_with(draft_id: str, text: str, folder: Path, without: str = "") -> Forms:
    """Load the office's forms with a draft beside them, and one of their own taken away with what is borrowed of it."""
    for path in templates_folder().glob("*.toml"):
        borrows = without and f'same_as = "{without}"' in path.read_text(encoding="utf-8")
        if path.stem not in {without, "tie_outs"} and not borrows:
            shutil.copy(path, folder)
    (folder / f"{draft_id}.toml").write_text(text, encoding="utf-8")
    return load_forms(folder)


def test_each_column_becomes_a_field_with_its_type() -> None:
    """Known names have the office's ids, others English ones or the column's letter; types are what the cells say."""
    draft = describe_table(loans(), FORMS)
    assert [(each.id, each.type) for each in draft.columns] == [
        ("seq", "row-number"), ("loan_book_date", "date"), ("col_c", "text"), ("class", "class"), ("book", "text"),
        ("col_f", "quantity"), ("col_g", "price"), ("col_h", "money"), ("col_i", "choice"), ("col_j", "code"),
        ("remark", "text"),
    ]  # fmt: skip
    assert draft.columns[8].choices == ("已还", "未还")
    assert draft.id == "book_loan_register"


def test_the_key_is_the_smallest_set_that_tells_records_apart() -> None:
    """A number of a card before a date, a date before words; a serial number is no name."""
    assert describe_table(loans(), FORMS).key == ("col_j",)
    twice = [[*row[:9], "01", None] for row in ROWS]
    assert describe_table(raw_of(HEADERS, twice), FORMS).key == ("loan_book_date",)


def test_relations_that_hold_are_checks_and_the_rows_that_break_them_are_told() -> None:
    """One row of forty is a mistake in the data, with its row and what it should be."""
    rows = [[f"物{n}", n, 2.5, n * 2.5] for n in range(2, 42)]
    rows[7][3] = 1.0
    draft = describe_table(raw_of(["品名", "数量", "单价", "金额"], rows), FORMS)
    (relation,) = draft.relations
    assert (relation.kind, relation.plus, relation.right) == ("product", ("qty", "price"), "amount")
    assert "# 第 9 行不合：金额应为 22.5。是填错了，还是这条算法不对？" in draft.text
    check = tomllib.loads(draft.text)["check"][0]
    assert check["rule"] == "qty * price == amount"
    assert check["message"] == "“{name}”数量 {qty} × 单价 {price} = {expected}，金额填的是 {found}{hint}。"


@pytest.mark.parametrize(
    ("headers", "row", "found"),
    [
        (["品名", "期初", "入库", "出库", "结存"], lambda n: [f"物{n}", n, n * n, n + 1, n * n - 1],
         ("balance", ("b", "c"), ("d",), "e")),
        (["班", "男", "女", "总"], lambda n: [f"班{n}", n, n * n + 1, n * n + n + 1], ("sum", ("b", "c"), (), "d")),
        (["班", "总", "早", "午", "晚"], lambda n: [f"班{n}", 3 * n + n * n + 1, n, n * n, 2 * n + 1],
         ("sum", ("c", "d", "e"), (), "b")),
        (["班", "甲", "乙"], lambda n: [f"班{n}", n, n * 7 % 5], None),
        (["班", "甲", "零", "丙"], lambda n: [f"班{n}", n, 0, n], None),
        (["班", "甲", "一", "丙"], lambda n: [f"班{n}", n, 1, n], None),
    ],
)  # fmt: skip
def test_a_relation_must_say_something(headers, row, found) -> None:  # type: ignore[no-untyped-def]
    """Balances, totals behind and before; a column of noughts or ones proves nothing."""
    draft = describe_table(raw_of(headers, [row(n) for n in range(2, 14)]), replace(FORMS, by_id={}))
    letters = {each.id: each.letter.lower() for each in draft.columns}
    told = [
        (r.kind, tuple(letters[i] for i in r.plus), tuple(letters[i] for i in r.minus), letters[r.right])
        for r in draft.relations
    ]
    assert told == ([found] if found else [])


def test_few_rows_prove_no_relation() -> None:
    """Four rows may agree by chance."""
    draft = describe_table(raw_of(["品名", "数量", "单价", "金额"], [["a", n, 2, n * 2] for n in range(3, 7)]), FORMS)
    assert draft.relations == ()
    assert "请看：只有 4 条记录" in draft.text
    assert find_relations(draft.columns) == []


def test_the_draft_loads_as_it_stands_and_reads_its_own_table(tmp_path: Path) -> None:
    """Beside all forms of the office, before a person has touched it."""
    draft = describe_table(loans(), FORMS)
    match, findings = match_table(loans(), folder_with(draft.id, draft.text, tmp_path), None)
    assert (match.form, findings) == (draft.id, [])
    assert [column.field for column in match.columns] == [each.id for each in draft.columns]


def test_what_stands_above_the_table_is_a_field_too(tmp_path: Path) -> None:
    """班级：七年级(1)班 is said once for all records."""
    table = replace(loans(), columns=tuple(c for c in loans().columns if c.header != "班级"))
    table = replace(table, notes=(TITLE, Note("班级", "七年级(1)班", 0, 1)))
    draft = describe_table(table, FORMS)
    form = folder_with(draft.id, draft.text, tmp_path)[draft.id]
    assert (form.field("class").type, dict(form.layouts[0].context)) == ("class", {"class": ("班级",)})


def test_two_columns_of_one_name_are_told_apart_by_their_order(tmp_path: Path) -> None:
    """The second is asked about; the file loads."""
    headers = ["读者", "册数", "册数", "编号"]
    draft = describe_table(raw_of(headers, [[f"甲{n}", n, n + 1, f"A{n}"] for n in range(6)]), FORMS)
    assert "# 请看（C 列）：与 B 列的表头相同，按列的先后区分。" in draft.text
    assert len(folder_with(draft.id, draft.text, tmp_path)[draft.id].fields) == 4


@pytest.mark.parametrize("name", ["stock_issue", "desks", "utility", "dorm", "food_sample", "holiday_works", "repair"])
def test_a_draft_from_a_workbook_of_ours_reads_that_workbook(name: str, tmp_path: Path) -> None:
    """With the form's own file taken away, the draft takes its place: every column has a field."""
    path = min((GOLDEN / name / "workbooks").glob("*.xlsx"))
    (file,) = read_files([path], root=path.parent)
    tables = [table for grid in file.grids for table in locate_tables(grid, file.path)]
    table = max(tables, key=lambda each: len(each.record_rows))
    rest = replace(FORMS, by_id={i: form for i, form in FORMS.by_id.items() if i != name})
    draft = describe_table(table, rest)
    match, _ = match_table(table, folder_with(draft.id, draft.text, tmp_path, without=name), None)
    assert match.form == draft.id
    assert [column.column.header for column in match.columns if column.field is None and column.column.header] == []


@pytest.mark.parametrize(
    ("header", "found"),
    [("借书日期", "loan_book_date"), ("领用人", "receiver"), ("表号", "meter"), ("盆栽", None), ("数 量（盒）", "qty")],
)
def test_an_id_is_english_where_the_whole_header_is_known(header: str, found: str | None) -> None:
    """Half a name would mislead."""
    assert english_id(header) == found


def test_a_title_is_of_what_not_of_whose_and_when() -> None:
    """The school and the term change, the form stays."""
    assert subject_of(TITLE.text) == "图书借阅登记表"
    assert (form_id_of("图书借阅登记表"), form_id_of("盆栽")) == ("book_loan_register", "new_form")


def test_a_relation_names_all_its_fields() -> None:
    """One that says no more than another is left out by them."""
    assert Relation("balance", ("a", "b"), ("c",), "d").fields == {"a", "b", "c", "d"}
