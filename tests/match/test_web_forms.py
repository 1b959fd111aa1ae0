"""Tables that 问卷星, 腾讯文档 and WPS表单 export: their headers say no more and no less than the office's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from make_blanks import PAGES
from small_tables import raw_of

from houqin.forms import load_forms
from houqin.match import match_table
from houqin.values import normal
from houqin.values.web import asked_name, web_columns

if TYPE_CHECKING:
    from collections.abc import Callable

    from houqin.model import RawTable

FORMS = load_forms()
# How each service writes the n-th question.
DRESSES: dict[str, Callable[[int, str], str]] = {
    "问卷星": lambda n, name: f"{n}、{name}（必填）",
    "腾讯文档": lambda n, name: f"*{n}.{name}（必填）",
    "WPS表单": lambda n, name: f"Q{n}.{name}【填空题】",
    "金数据": lambda _, name: f"{name} *",
    "asked": lambda n, name: f"{n}. 请填写{name}",
}
ADDED = {
    "问卷星": ["提交答卷时间", "所用时间", "来源", "来自IP"],
    "腾讯文档": ["提交者（自动）", "提交时间（自动）"],
    "WPS表单": ["提交者", "提交时间"],
    "金数据": ["提交人", "提交时间", "修改时间", "IP"],
    "asked": ["提交时间"],
}
META = ["2025-09-01 08:00:01", "张某", "微信", "x"]


def _dressed(form: str, service: str) -> tuple[RawTable, RawTable]:
    page = PAGES[form][0]
    # Nobody is asked on the web to sign.
    headers = [page.headers.get(f, FORMS[form].field(f).title) for f in page.fields if f != "sign"]
    headers = [header.replace("/", "") for header in headers]
    added = ADDED[service]
    worn = [*added, *(DRESSES[service](n, header) for n, header in enumerate(headers, 1))]
    row: list[object] = ["甲"] * len(headers)
    return raw_of(headers, [row, row]), raw_of(worn, [[*META[: len(added)], *row]] * 2)


@pytest.mark.parametrize("service", DRESSES)
@pytest.mark.parametrize("form", [form.id for form in FORMS if form.layouts[0].kind == "list"])
def test_every_form_is_known_in_the_dress_of_every_service(form: str, service: str) -> None:
    """The same fields for the same columns as without numbers, stars and 必填; what the service adds is kept."""
    plain, worn = _dressed(form, service)
    bare, _ = match_table(plain, FORMS, None)
    match, _ = match_table(worn, FORMS, None)
    added = len(ADDED[service])
    assert match.form == bare.form
    assert [column.field for column in match.columns[added:]] == [column.field for column in bare.columns]


def test_the_time_of_submission_stands_in_for_a_date_that_nobody_asked() -> None:
    """A list of repairs has a day then; it is told, and a date of its own is stronger."""
    headers = ["提交者", "提交时间", "1.报修地点", "2.报修设备", "3.故障描述"]
    row: list[object] = ["周某", "2025-09-02 10:12:00", "101", "灯管", "闪烁"]
    match, findings = match_table(raw_of(headers, [row, row]), FORMS, None)
    assert match.columns[1].field == "report_date"
    assert [(f.code, f.level.value, f.field) for f in findings] == [("near-column", "info", "report_date")]
    own, findings = match_table(raw_of([*headers, "4.报修日期"], [[*row, "2025-09-01"]] * 2), FORMS, None)
    assert [c.field for c in own.columns][1::4] == [None, "report_date"]
    assert findings == []


def test_what_a_service_adds_is_known_beside_a_time_of_submission_only() -> None:
    """来源 is where an opinion comes from, unless 问卷星 wrote it."""
    assert web_columns(["来源", "意见", "备注"]) == frozenset()
    assert web_columns(["来源", "意见", "提交时间"]) == {0, 2}


@pytest.mark.parametrize(
    ("asked", "name"),
    [("2、您孩子的姓名是？", "姓名"), ("请选择您所在的班级", "班级"), ("请填写报修地点：", "报修地点"),
     ("您的意见和建议", "意见和建议"), ("请假人数", "请假人数"), ("是否自愿订购", "是否自愿订购"), ("您是", "您是")],
)  # fmt: skip
def test_a_question_asks_for_a_name(asked: str, name: str) -> None:
    """What a person is asked is the column's name; a name that only begins alike stays."""
    assert asked_name(asked) == name


@pytest.mark.parametrize(
    ("header", "plain"),
    [("1.5米跳台", "1.5米跳台"), ("身高(cm)*", "身高(cm)"), ("第3题：姓名", "姓名"), ("Q12:班级", "班级"),
     ("3、", "3、")],
)  # fmt: skip
def test_numbers_that_are_no_questions_stay(header: str, plain: str) -> None:
    """1.5 is a number; a mark alone is a name."""
    assert normal(header) == plain
