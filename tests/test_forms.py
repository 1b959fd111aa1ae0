"""The office's forms hold together, and a mistake in a form file is told with its place and the nearest right word."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest
from make_blanks import write_blanks

from houqin.errors import BadDescription
from houqin.forms import TYPES, Blank, Check, Field, Form, Layout, Side, TieOut, load_forms, templates_folder
from houqin.forms.words import CODES, NAMED_RULES, RULE_WORDS, THRESHOLDS
from houqin.locate import locate_tables
from houqin.match import match_table
from houqin.model import Level
from houqin.read import read_files
from houqin.school.keys import THRESHOLDS as SETTINGS

if TYPE_CHECKING:
    from pathlib import Path

IDS = {
    "stock_balance": (
        "seq category name spec uom open_qty open_price open_amt in_qty in_price in_amt out_qty "
        "out_price out_amt close_qty close_price close_amt min_qty remark"
    ),
    "stock_issue": ("seq out_date class dept name spec uom qty use receiver issuer return_date sign remark"),
    "asset_register": (
        "seq asset_no class_code class_name asset_name spec brand sn uom qty price cost acc_dep net life_years "
        "dep_months dep_status acquire_how acquire_date book_date use_date value_type status use_dir place dept user "
        "mgmt_dept purchase_form fund_source supplier invoice voucher old_no remark"
    ),
    "desks": (
        "seq grade class teacher pupils desk_have chair_have desk_ok chair_ok desk_bad chair_bad "
        "desk_extra chair_extra desk_lack chair_lack sign remark"
    ),
    "meal_registration": (
        "seq grade class teacher enrolled boarders day_pupils breakfast lunch dinner not_eat special sign remark"
    ),
    "uniform_order": (
        "seq class pupil stu_no id_no sex height weight summer_size summer_qty autumn_size autumn_qty "
        "winter_size winter_qty amount voluntary sign remark"
    ),
    "budget_execution": ("code subject project initial adjust full issued month total rate time_rate left remark"),
    "repair": (
        "seq report_date room device qty fault reporter fixer fix_date parts parts_qty price "
        "amount state checker remark"
    ),
}


def test_the_first_forms_have_the_fields_that_everything_leans_on() -> None:
    """Ledgers, summaries and printed forms name fields; one that changes its name breaks them."""
    forms = load_forms()
    assert {form.id: " ".join(f.id for f in form.fields) for form in forms if form.id in IDS} == IDS


def test_every_form_says_what_a_row_is_and_has_a_blank_workbook() -> None:
    """The grain stands beside each ledger; the blank is what the office fills in."""
    for form in load_forms():
        assert form.grain.startswith("一行")
        assert form.plan
        assert (templates_folder() / (form.workbook or "")).is_file()


def test_common_names_yield_to_a_forms_own() -> None:
    """编号 is the asset's number in the register and a serial number elsewhere."""
    forms = load_forms()
    assert "编号" in forms["asset_register"].field("asset_no").aliases
    assert "编号" not in forms["asset_register"].field("seq").aliases
    assert "编号" in forms["desks"].field("seq").aliases


def test_a_pupils_own_data_is_sensitive() -> None:
    """Nothing printed for others may hold them, so the form says which they are."""
    marked = {f"{form.id}.{f.id}" for form in load_forms() for f in form.fields if f.sensitive}
    assert marked >= {f"uniform_order.{name}" for name in ("pupil", "stu_no", "id_no", "height", "weight")}
    assert marked >= {"damage.who", "dorm.pupil", "dorm.head"}


def test_class_sizes_are_never_a_must() -> None:
    """Office: class sizes always differ a little; 请确认 at most. Desks against the register are 提醒."""
    ties = {tie.id: tie for tie in load_forms().tie_outs}
    assert {tie.level for tie in ties.values() if tie.group == "headcount"} == {"question"}
    assert {ties[f"{what}-on-the-books"].level for what in ("desks", "chairs")} == {"warning"}


def test_thresholds_are_those_of_the_settings() -> None:
    """Forms and settings lie in one layer and may not import each other, so a test holds their words together."""
    assert set(SETTINGS) == THRESHOLDS
    assert set(NAMED_RULES) | {"rule"} == set(RULE_WORDS)


def test_codes_used_by_forms_are_known() -> None:
    """A code's Chinese word is what lists are grouped by."""
    forms = load_forms()
    used = {check.code for form in forms for check in form.checks} | {tie.code for tie in forms.tie_outs}
    assert used <= set(CODES)


def test_the_digest_changes_with_any_form_file(tmp_path: Path) -> None:
    """A run's id rests on it."""
    folder = copied(tmp_path)
    before = load_forms(folder).digest
    assert load_forms(folder).digest == before
    change(folder, "desks.toml", 'title = "班级桌椅统计表"', 'title = "各班桌椅统计表"')
    assert load_forms(folder).digest != before


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("desks.toml", 'grain = "', 'grian = "', "不认识“grian”，是不是“grain”？"),
        ("desks.toml", 'grain = "', 'grian = "', "《desks.toml》grain：缺少这一项。"),
        (
            "desks.toml",
            'key = ["class"]',
            'key = ["clas"]',
            "《desks.toml》key：没有字段“clas”，是不是“class”？",
        ),
        (
            "desks.toml",
            'totals = ["pupils"',
            'totals = [1, "pupils"',
            "totals：列表里要全是文字，找到的是整数 1，请加上引号。",
        ),
        (
            "desks.toml",
            'required = ["class"]',
            'required = "class"',
            "required：要写文字列表，找到的是文字 'class'。",
        ),
        ("desks.toml", 'type = "count"', 'type = "cuont"', "没有“cuont”这种写法，是不是“count”？"),
        (
            "desks.toml",
            'title = "班额"',
            'title = "班级"',
            "别名“班级”与字段 class（班级）相同，只能归一个字段。",
        ),
        (
            "desks.toml",
            'rule = "desk_ok + desk_bad',
            'rule = "desk_okk + desk_bad',
            "没有字段“desk_okk”，是不是“desk_ok”？",
        ),
        (
            "desks.toml",
            "desk_bad == desk_have",
            "desk_bad = desk_have",
            "算式“desk_ok + desk_bad = desk_have”读不懂：",
        ),
        ("desks.toml", "desk_bad == desk_have", "desk_bad == class", "class 不是数字，不能参加计算。"),
        ("desks.toml", 'level = "error"', 'level = "eror"', "level：没有“eror”这种写法，是不是“error”？"),
        (
            "desks.toml",
            'code = "sum-mismatch"',
            'code = "sum-missmatch"',
            "没有代码“sum-missmatch”，是不是“sum-mismatch”？",
        ),
        ("desks.toml", 'code = "sum-mismatch"', 'code = "SUM"', "新代码要用小写英文词加连字符"),
        ("desks.toml", 'use = "unique"', 'use = "uniqe"', "use：没有叫“uniqe”的规则，是不是“unique”？"),
        ("desks.toml", "args = { fields", "args = { feilds", "args feilds：不认识“feilds”，是不是“fields”？"),
        (
            "desks.toml",
            'tolerance = "spare_desks"',
            'tolerance = "spare_desk"',
            "找到的是“spare_desk”，是不是“spare_desks”？",
        ),
        ("desks.toml", "{hint}", "{hnit}", "花括号里没有“hnit”可用，是不是“hint”？"),
        ("desks.toml", "出现了 {count} 次", "出现了 {count 次", "花括号不成对"),
        ("desks.toml", 'id = "chairs-add-up"', 'id = "desks-add-up"', "“desks-add-up”重复出现了。"),
        ("desks.toml", 'id = "desks"', 'id = "desk"', "要与文件名相同，找到的是“desk”，应为“desks”。"),
        ("desks.toml", "context = { grade", "context = { grad", "context：没有字段“grad”，是不是“grade”？"),
        (
            "desks.toml",
            'needs = ["desk_extra"',
            'needs = ["desk_xtra"',
            "needs：没有字段“desk_xtra”，是不是“desk_extra”？",
        ),
        ("desks.toml", 'foreign = ["', 'foreign = ["班额", "', "foreign：“班额”是字段 pupils 的叫法"),
        ("repair.toml", 'across = "device"', "", "across：矩阵版式缺少这一项。"),
        ("repair.toml", 'kind = "matrix"', 'kind = "matrx"', "kind：没有“matrx”这种写法，是不是“matrix”？"),
        ("asset_register.toml", "status == '在用'", "stats == '在用'", "没有字段“stats”，是不是“status”？"),
        (
            "uniform_order.toml",
            "styles = { summer_qty",
            "styles = { sumer_qty",
            "没有字段“sumer_qty”，是不是“summer_qty”？",
        ),
        (
            "tie_outs.toml",
            'form = "stock_issue"',
            'form = "stock_isue"',
            "没有表单“stock_isue”，是不是“stock_issue”？",
        ),
        (
            "tie_outs.toml",
            'value = "out_qty"',
            'value = "out_qyt"',
            "right value：没有字段“out_qyt”，是不是“out_qty”？",
        ),
        (
            "tie_outs.toml",
            'relation = "at-most"',
            'relation = "atmost"',
            "没有“atmost”这种写法，是不是“at-most”？",
        ),
        ("tie_outs.toml", 'aggregate = "count", ', "", "pupil 不是数字，不能参加计算。"),
        ("tie_outs.toml", 'id = "issue-equals-out"', 'ID = "issue-equals-out"', "不认识“ID”"),
        ("budget_execution.toml", "[[field]]", "[[feild]]", "不认识“feild”，是不是“field”？"),
        ("food_stock.toml", 'same_as = "stock_balance"', 'same_as = "stok_balance"', "是不是“stock_balance”？"),
        ("food_stock.toml", "[content]\nname", "[content]\nnme", "content：没有字段“nme”，是不是“name”？"),
        ("food_stock.toml", 'name = "foods"', 'name = "food"', "content：没有词表“food”，是不是“foods”？"),
        ("meal_daily.toml", "lunch = [", "lunhc = [", "values：没有字段“lunhc”，是不是“lunch”？"),
        ("tie_outs.toml", "meal_price.standard", "meal_price.standrd", "是不是“meal_price.standard”？"),
        ("tie_outs.toml", "month(receipt_date)", "month(recipt_date)", "没有字段“recipt_date”，是不是“receipt_date”？"),
        ("meal_registration.toml", "title = ", "title ", "不合 TOML 写法"),
        ("desks.toml", 'pupils = "roster"', 'pupils = "rooster"', "没有“rooster”，是不是“roster”？"),
        ("desks.toml", "chair_have = 199", "chair_hav = 199", "columns 里没有“chair_hav”，是不是“chair_have”？"),
        ("desks.toml", "chair_have = 199", 'chair_have = "许多"', "要写数字，找到的是“许多”"),
        ("desks.toml", 'rows = "class"', 'rows = "clas"', "找到的是“clas”"),
        ("desks.toml", 'columns = ["class", ', "columns = [", "columns 里没有“class”"),
        ("dorm.toml", '"building", "room", "bed_no", "pupil", "sex", "remark"]\nwidths',
         '"building", "bed_no", "pupil", "sex", "remark"]\nwidths', "缺少字段“room”"),
        ("repair.toml", "limits = { qty = 99 }", "limits = { fault = 99 }", "这个字段不是数字"),
        ("repair.toml", "[blank.words]\nroom", '[blank.words]\nroom = ["a,b"]\nfault', "不能有英文逗号"),
        ("meal_registration.toml", 'teacher = "teacher"', 'teacher = "good"', '要有 rows = "goods"'),
        ("stock_issue.toml", '配备标准", "qty"', '配备标准量", "qty"', "是不是“配备标准”？"),
    ],
)
def test_a_mistake_is_told_with_place_and_nearest_word(
    tmp_path: Path, file: str, old: str, new: str, told: str
) -> None:
    """Each kind of mistake, in the file where it stands."""
    folder = copied(tmp_path)
    change(folder, file, old, new)
    with pytest.raises(BadDescription) as caught:
        load_forms(folder)
    found = [line for line in caught.value.problems if told in line]
    assert found, caught.value.problems
    assert all(line.startswith(f"《{file}》") for line in found)


def test_all_mistakes_come_at_once(tmp_path: Path) -> None:
    """Who describes a form mends all of it in one go."""
    folder = copied(tmp_path)
    change(folder, "desks.toml", 'level = "error"', 'level = "eror"')
    change(folder, "repair.toml", 'cell = "amount"', 'cell = "amuont"')
    change(folder, "tie_outs.toml", 'level = "warning"', 'level = "warn"')
    with pytest.raises(BadDescription) as caught:
        load_forms(folder)
    files = {line.split("》")[0] for line in caught.value.problems}
    assert files == {"《desks.toml", "《repair.toml", "《tie_outs.toml"}
    assert len(caught.value.problems) == len(set(caught.value.problems))


def test_every_key_type_and_rule_is_described() -> None:
    """Who describes a form reads templates/README.md; what is not there does not exist for them."""
    text = (templates_folder() / "README.md").read_text(encoding="utf-8")
    keys = {each.name for kind in (Form, Field, Layout, Check, TieOut, Side, Blank) for each in fields(kind)}
    keys -= {"fields", "layouts", "checks"}
    arguments = {name for arguments in NAMED_RULES.values() for name in arguments}
    words = keys | set(TYPES) | set(NAMED_RULES) | arguments | {"shared", *(level.value for level in Level)}
    assert {word for word in words if f"`{word}`" not in text} == set()


def test_blank_workbooks_are_what_the_script_writes(tmp_path: Path) -> None:
    """The committed blanks follow the forms: same inflated parts."""
    for made in write_blanks(tmp_path):
        assert parts(made) == parts(templates_folder() / made.name), made.name


def test_blank_workbooks_are_recognised_and_hold_no_records() -> None:
    """A blank that comes back unfilled is its form, with nothing in it."""
    forms = load_forms()
    folder = templates_folder()
    for form in forms:
        (file,) = read_files([folder / (form.workbook or "")], root=folder)
        for grid in file.grids:
            (table,) = locate_tables(grid, file.path)
            match, findings = match_table(table, forms, None)
            assert (match.form, list(table.record_rows), findings) == (form.id, [], []), (file.path, grid.sheet)


def copied(tmp_path: Path) -> Path:
    """Give a copy of the form files that a test may spoil."""
    for path in templates_folder().glob("*.toml"):
        shutil.copy(path, tmp_path)
    return tmp_path


def change(folder: Path, file: str, old: str, new: str) -> None:
    """Replace the first occurrence of a text in a form file."""
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def parts(path: Path) -> dict[str, bytes]:
    """Give the inflated parts of a workbook."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}
