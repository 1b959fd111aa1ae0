"""What must agree between forms."""

from __future__ import annotations

from dataclasses import replace

from check.tables import make_form, make_school, make_table

from houqin.check import check_ledgers, check_tie_outs
from houqin.forms import Check, Form, Forms, Side, TieOut
from houqin.ledger import join_tables
from houqin.model import Ledger, Level, Table

ISSUE = make_form({"class": "班级/class", "name": "物品名称", "qty": "数量/quantity"}, id="stock_issue",
                  title="物品领用登记表", key=("class", "name"))  # fmt: skip
STOCK = make_form({"name": "物品名称", "out_qty": "出库数量/quantity"}, key=("name",))
DESKS = make_form({"class": "班级/class", "pupils": "班额/count"}, id="desks", title="班级桌椅统计表",
                  key=("class",), every_class=True)  # fmt: skip
MEALS = make_form({"class": "班级/class", "enrolled": "班级人数/count"}, id="meal_registration",
                  title="就餐人数登记表", key=("class",))  # fmt: skip
ORDERS = make_form({"class": "班级/class", "pupil": "姓名"}, id="uniform_order", title="校服征订表",
                   key=("class", "pupil"))  # fmt: skip
OUT = TieOut(
    id="issue-equals-out",
    title="领用 = 出库",
    code="tie-out-mismatch",
    level="question",
    left=Side("stock_issue", "qty", ("name",), title="领用签收"),
    right=Side("stock_balance", "out_qty", ("name",), title="收发存出库"),
    why="发出去的东西要在收发存上减掉。",
    message="{name}：领用 {left}，出库 {right}，相差 {diff}。",
    only_in="warning",
)
ROLL = Side("@classes", "pupils", ("class",), title="名册")


def size(form: str, value: str, title: str, aggregate: str = "sum") -> TieOut:
    """Make one of the four-way comparison of class sizes."""
    return TieOut(
        id=f"size-{form}", title=title, code="class-size-mismatch", level="question", left=ROLL,
        right=Side(form, value, ("class",), aggregate=aggregate, title=title), why="", group="headcount",
        message="{class}人数不一致。如系填表日期不同或学生转入转出，请选“情况属实”并写一句说明。",
        tolerance="class_size_gap", only_in="question",
    )  # fmt: skip


SIZES = (size("meal_registration", "enrolled", "就餐"), size("uniform_order", "pupil", "校服", "count"),
         size("desks", "pupils", "桌凳"))  # fmt: skip


def forms(*tie_outs: TieOut) -> Forms:
    """Gather the forms of this module."""
    return Forms({form.id: form for form in (ISSUE, STOCK, DESKS, MEALS, ORDERS)}, tie_outs, "")


def ledgers(*tables: tuple[Form, Table]) -> dict[str, Ledger]:
    """Join tables, one or more a form."""
    joined: dict[str, list[Table]] = {}
    for form, table in tables:
        joined.setdefault(form.id, []).append(table)
    by_id = {form.id: form for form, _ in tables}
    return {name: join_tables(own, by_id[name], None)[0] for name, own in joined.items()}


def issue(rows: list[list[object]]) -> tuple[Form, Table]:
    """Make an issue list."""
    return ISSUE, make_table(ISSUE, "class name qty", rows, file="领用.xlsx")


def stock(rows: list[list[object]]) -> tuple[Form, Table]:
    """Make a stock balance."""
    return STOCK, make_table(STOCK, "name out_qty", rows)


def test_two_forms_that_agree_pass():
    """Sums by goods, whatever the number of rows; a nothing on one side needs no partner."""
    issued = [["七年级(1)班", "粉笔", 3], ["七年级(2)班", "粉笔", 4]]
    books = ledgers(issue(issued), stock([["粉笔", 7], ["拖把", 0]]))
    (result,), findings = check_tie_outs(books, forms(OUT), None)
    assert (result.verdict, findings) == ("通过", [])
    assert [(row.key, row.left, row.right, row.difference) for row in result.rows] == [
        (("粉笔",), "7", "7", "0"), (("拖把",), None, "0", None),
    ]  # fmt: skip


def test_a_difference_is_told_at_the_one_number_with_all_cells_of_the_other_side():
    """Both cells are named: the balance's, and those of the issues behind it."""
    books = ledgers(issue([["七年级(1)班", "粉笔", 3], ["七年级(2)班", "粉笔", 4]]), stock([["粉笔", 9]]))
    (result,), (finding,) = check_tie_outs(books, forms(OUT), None)
    assert result.verdict == "不符"
    assert finding.line == (
        "请确认｜《收发存.xlsx》“9月”B4：粉笔：领用 7，出库 9，相差 2。发出去的东西要在收发存上减掉。"
    )
    assert (finding.found, finding.expected) == ("9", "7")
    assert [(place.file, place.cell) for place in finding.related] == [("领用.xlsx", "C4"), ("领用.xlsx", "C5")]


def test_what_only_one_side_has_is_told_as_the_tie_out_says():
    """A partner that is missing has its own level, or none."""
    books = ledgers(issue([["七年级(1)班", "粉笔", 3]]), stock([["粉笔", 3], ["拖把", 2]]))
    _, (finding,) = check_tie_outs(books, forms(OUT), None)
    assert finding.level == Level.WARNING
    assert finding.message == "“拖把”在收发存出库里有 2，领用签收里没有。发出去的东西要在收发存上减掉。"
    assert check_tie_outs(books, forms(replace(OUT, only_in=None)), None)[1] == []


def test_a_missing_workbook_is_unchecked_and_never_passed():
    """未核 says which workbook, which column or which settings are missing."""
    (result,), _ = check_tie_outs(ledgers(issue([["七年级(1)班", "粉笔", 3]])), forms(OUT), None)
    assert (result.verdict, result.reason) == ("未核", "没有收到《物资收发存汇总表》，没有核对。")
    books = ledgers(issue([["七年级(1)班", "粉笔", 3]]), (STOCK, make_table(STOCK, "name", [["粉笔"]])))
    (result,), _ = check_tie_outs(books, forms(OUT), None)
    assert (result.verdict, result.reason) == ("未核", "《物资收发存汇总表》里没有“出库数量”，没有核对。")
    (result,), _ = check_tie_outs(books, forms(SIZES[2]), None)
    assert result.verdict == "未核"


def test_the_settings_may_name_goods_once():
    """A4纸 and A4复印纸 are one thing where the settings say so."""
    books = ledgers(issue([["七年级(1)班", "A4纸", 3]]), stock([["A4复印纸", 3]]))
    school = replace(make_school({}), goods_aliases={"A4纸": "A4复印纸"})
    assert check_tie_outs(books, forms(OUT), school)[0][0].verdict == "通过"
    assert check_tie_outs(books, forms(OUT), None)[0][0].verdict == "不符"


def test_class_sizes_are_asked_about_once_a_class():
    """Message 4 of the office: one question with all sources; within the settings' limit none."""
    school = make_school({"七年级(3)班": 46, "七年级(4)班": 45})
    pupils = [["七年级(3)班", f"学生{n}"] for n in range(46)] + [["七年级(4)班", f"学生{n}"] for n in range(44)]
    books = ledgers(
        (DESKS, make_table(DESKS, "class pupils", [["七年级(3)班", 47], ["七年级(4)班", 47]], file="桌凳.xlsx")),
        (MEALS, make_table(MEALS, "class enrolled", [["七年级(3)班", 42], ["七年级(4)班", 45]], file="就餐.xlsx")),
        (ORDERS, make_table(ORDERS, "class pupil", pupils, file="校服.xlsx")),
    )
    results, (finding,) = check_tie_outs(books, forms(*SIZES), school)
    assert [result.verdict for result in results] == ["不符", "通过", "通过"]
    assert finding.line == (
        "请确认｜《就餐.xlsx》“9月”B4：七年级(3)班人数各表不一致：名册 46、就餐 42、校服 46、桌凳 47。"
        "如系填表日期不同或学生转入转出，请选“情况属实”并写一句说明。"
    )
    assert (finding.found, finding.expected) == ("42", "46")


def test_pending_records_take_no_part():
    """Until a person has said which copy holds, neither is compared."""
    one = make_table(DESKS, "class pupils", [["七年级(3)班", 99]], file="桌凳.xlsx")
    two = make_table(DESKS, "class pupils", [["七年级(3)班", 46]], file="桌凳(1).xlsx")
    more = make_table(DESKS, "class pupils", [["七年级(4)班", 45]], file="四班.xlsx")
    books = ledgers((DESKS, one), (DESKS, two), (DESKS, more))
    school = make_school({"七年级(3)班": 46, "七年级(4)班": 45})
    (result,), findings = check_tie_outs(books, forms(SIZES[2]), school)
    assert findings == []
    assert [row.key for row in result.rows] == [("七年级(4)班",)]
    assert (result.verdict, result.reason) == ("未核", "七年级(3)班两份表不同（待定），没有核对。")


def test_a_class_pending_in_one_source_is_still_asked_about_by_the_others():
    """就餐 waits for an answer; 名册 and 桌凳 differ all the same."""
    meals = [make_table(MEALS, "class enrolled", [["七年级(3)班", n]], file=f"就餐{n}.xlsx") for n in (45, 46)]
    desks = make_table(DESKS, "class pupils", [["七年级(3)班", 52]], file="桌凳.xlsx")
    books = ledgers((DESKS, desks), *((MEALS, table) for table in meals))
    results, (finding,) = check_tie_outs(books, forms(SIZES[0], SIZES[2]), make_school({"七年级(3)班": 46}))
    assert [result.verdict for result in results] == ["未核", "不符"]
    assert "七年级(3)班人数各表不一致：名册 46、桌凳 52。" in finding.message


def test_a_class_that_did_not_hand_in_is_asked_for():
    """Missing classes are one question; one class's own file is no register that lacks the others."""
    school = make_school({"七年级(1)班": 46, "七年级(2)班": 45, "七年级(3)班": 44})
    rows = [["七年级(1)班", 46], ["七年级(3)班", 44], ["库房", None], ["七年级(9)班", 4]]
    books = ledgers((DESKS, make_table(DESKS, "class pupils", rows, file="桌凳.xlsx")))
    missing, unknown = check_ledgers(books, forms(), school, "2025-09-08")
    assert (missing.code, missing.level) == ("class-missing", Level.QUESTION)
    assert "没有见到七年级(2)班（学校设置里共 3 个班）" in missing.message
    assert (unknown.code, unknown.place.cell) == ("unknown-class", "A7")
    alone = ledgers((DESKS, make_table(DESKS, "class pupils", rows[:1], file="桌凳.xlsx")))
    (finding,) = check_ledgers(alone, forms(), school, "2025-09-08")
    assert finding.level == Level.INFO


def test_what_is_open_too_long_is_told_as_of_a_day():
    """A repair that is neither dated nor said to be done counts its days from the report."""
    check = Check(
        id="open", code="open-too-long", level="warning", cell="day", use="open-too-long",
        message="{room} {found} 报修，至今 {days} 天（超过 {limit} 天）。",
        args={"date": "day", "done": "fixed", "state": "state", "finished": ["已完成"]},
    )  # fmt: skip
    form = make_form(
        {"day": "报修日期/date", "room": "地点", "fixed": "维修日期/date", "state": "完成情况"}, (check,),
        id="repair", key=("day", "room"),
    )  # fmt: skip
    rows = [
        ["2025-08-20", "101", None, "待修"],
        ["2025-08-20", "102", "2025-08-21", None],
        ["2025-08-20", "103", None, "已完成"],
        ["2025-09-03", "104", None, None],
        ["2025-08", "105", None, None],
    ]
    books = ledgers((form, make_table(form, "day room fixed state", rows)))
    (finding,) = check_ledgers(books, Forms({"repair": form}, (), ""), make_school({}), "2025-09-08")
    assert finding.message == "101 2025-08-20 报修，至今 19 天（超过 7 天）。"


def test_the_budget_is_held_against_the_year_in_total_and_by_project_only():
    """On 1 July half of the year has passed; single subjects and heating are not judged apart."""
    check = Check(
        id="pace", code="progress-gap", level="warning", cell="total", use="pace",
        message="{subject}{project}执行率 {rate}%，时间进度 {passed}%，偏{pace} {diff} 个百分点。",
        args={"spent": "total", "budget": "full", "by": ["project"], "not": ["取暖"]},
    )  # fmt: skip
    form = make_form(
        {"code": "编码/code", "subject": "科目", "project": "项目", "full": "全年预算/money", "total": "累计/money"},
        (check,), id="budget_execution", key=("code", "subject", "project"),
    )  # fmt: skip
    rows = [
        ["302", "商品和服务支出", None, 1000, 300],
        ["30201", "办公费", None, 600, 0],
        ["30213", "维修费", "校舍维修", 300, 290],
        ["30208", "取暖费", "取暖专项", 100, 0],
        ["310", "资本性支出", None, 1000, 290],
    ]
    books = ledgers((form, make_table(form, "code subject project full total", rows)))
    whole, project = check_ledgers(books, Forms({form.id: form}, (), ""), make_school({}), "2025-07-01")
    assert whole.message == "合计执行率 29.50%，时间进度 49.86%，偏慢 20.36 个百分点。"
    assert project.message == "维修费校舍维修执行率 96.67%，时间进度 49.86%，偏快 46.81 个百分点。"
