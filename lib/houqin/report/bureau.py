"""局汇总.xlsx: who has reported, what is wrong where, schools within their groups, totals with and without 未核实."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from houqin.report.bureau_compare import write_comparison, write_per_pupil
from houqin.report.bureau_facts import (
    FORM_DONE,
    FORM_EMPTY,
    FORM_MISSING,
    FORM_NONE,
    FORM_ZERO,
    LATE,
    NOT_REPORTED,
    PARTLY,
    REPORTED,
    RETURNED,
    UNVERIFIED,
)
from houqin.report.bureau_findings import DETAIL, write_by_rule, write_by_school, write_details
from houqin.report.bureau_long import COLUMNS, DATA, rest_line, return_link, run_link
from houqin.report.bureau_quota import TITLE as DUE
from houqin.report.bureau_quota import write_due
from houqin.report.bureau_totals import write_data, write_totals
from houqin.workbook import CENTER, CODE, COUNT, DATE, HEADING, NOTE, TEXT, WRAPPED, Col, Workbook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from houqin.report.bureau_facts import Bureau, SchoolFacts
    from houqin.workbook import CellValue, Sheet

# Past this many schools a sheet of them is no longer read by people: all are in the SQLite file, here those that wait.
COMFORTABLE = 5_000
_VERDICTS = {REPORTED: "✓ 已报", PARTLY: "! 缺表", RETURNED: "✗ 退回", NOT_REPORTED: "— 未报送"}
_WHOSE = {True: "名册里的，加上名册里没有却报来的", False: "没有名册，只是做了的学校"}
_PRIVACY = "本工作簿只有学校一级的条数和合计，没有任何一名学生的记录。"


def write_bureau(path: Path, bureau: Bureau, *, comfortable: int = COMFORTABLE) -> None:
    """Write the workbook; past `comfortable` schools its lists show those that wait and its data are by group."""
    shown, rest = _shown(bureau.schools, comfortable)
    with Workbook(path, title="局汇总") as book:
        cover = book.sheet("总览")
        _state(book.sheet("报送情况表", landscape=True), bureau, shown, rest)
        _forms(book.sheet("分表报送情况", landscape=True), shown, rest)
        _missing(book.sheet("未报送名单", landscape=True), bureau, comfortable)
        by_rule, by_school = book.sheet("问题按规则", landscape=True), book.sheet("问题按学校", landscape=True)
        write_by_rule(by_rule, bureau, write_details(book.sheet(DETAIL, landscape=True), bureau, comfortable))
        write_by_school(by_school, shown, rest)
        write_comparison(book.sheet("组内比较", landscape=True), bureau, comfortable)
        write_per_pupil(book.sheet("生均公用经费"), bureau, comfortable)
        if bureau.quotas:
            write_due(book.sheet(DUE, landscape=True), bureau, comfortable)
        totals = book.sheet("合计")
        data = write_data(book.sheet("各校数据", role="working", landscape=True), bureau, by_group=rest > 0)
        write_totals(totals, bureau, data)
        _cover(cover, bureau, rest)


def _shown(schools: Sequence[SchoolFacts], most: int) -> tuple[Sequence[SchoolFacts], int]:
    """Give the schools that the lists show, and how many they do not."""
    if len(schools) <= most:
        return schools, 0
    order = {NOT_REPORTED: 0, RETURNED: 1, PARTLY: 2, REPORTED: 3}
    waiting = sorted(schools, key=lambda each: order[each.state])
    return waiting[:most], len(schools) - most


def _cover(sheet: Sheet, bureau: Bureau, rest: int) -> None:
    states = Counter(each.state for each in bureau.schools)
    late = sum(each.punctual == LATE for each in bureau.schools)
    wrong = states[RETURNED] + states[PARTLY] + states[NOT_REPORTED]
    verdict = "必须改" if wrong else "通过"
    lines = [f"{bureau.title}，截至 {bureau.as_of or '（没有一所做成）'}。", _PRIVACY]
    top = sheet.head("局汇总", 3, lines=lines)
    sheet.verdict(top, 1, verdict, TEXT.but(bold=True))
    sheet.text(top, 2, f"{wrong} 所要催报或退回" if wrong else "全部学校已报齐，没有必须改的问题")
    figures: list[tuple[str, int, str]] = [
        ("学校", len(bureau.schools), _WHOSE[bureau.has_roster]),
        ("已报", states[REPORTED], "应报的都在，没有必须改的问题"),
        ("缺表", states[PARTLY], "没有必须改的问题，应报的表还没有报齐；见“未报送名单”"),
        ("退回", states[RETURNED], "没有做成，或有必须改的问题；每校一份退回单"),
        ("未报送", states[NOT_REPORTED], "没有文件夹，或收件箱是空的"),
        ("逾期", late, "报送日期晚于截止日期，或到截止日期还没有报"),
        ("未核实", sum(each.verified == UNVERIFIED for each in bureau.schools), "有必须改的问题，合计另列"),
        ("零报告", _form_count(bureau, FORM_ZERO), "张表，名册里写明本期没有发生"),
        ("本校无此业务", _form_count(bureau, FORM_NONE), "张表，名册里写明"),
    ]
    columns = (Col("项目", TEXT, 16), Col("数", COUNT, 10), Col("说明", WRAPPED, 56))
    placed = sheet.table(top + 2, 1, columns, [list(each) for each in figures], autofilter=False, freeze=False)
    sheet.text(placed.next_row, 1, "怎么看", HEADING)
    notes = [
        "空白是没有材料，不是 0；0 是材料上写着 0。",
        "有必须改的问题的学校标“未核实”，“合计”里有含它们和不含它们的两个数。",
        "学校只在同一组（学段、学制、寄宿、食堂模式、规模）里比，用中位数和名次。",
        "点“打开”看那所学校自己的汇总；链接按文件夹的相对位置，整个结果文件夹一起搬就不会断。",
    ]
    if rest:
        notes.append(f"学校太多，各表只列要处理的；另有 {rest} 所只在《{DATA}》里。")
        notes.append(f"各校数据按组汇总；逐校的在《{COLUMNS}》里（列式文件，一行一所学校）。")
    for row, note in enumerate(notes, placed.next_row + 1):
        sheet.text(row, 1, note, NOTE)


def _form_count(bureau: Bureau, state: str) -> int:
    return sum(own == state for each in bureau.schools for own in each.forms.values())


def _state(sheet: Sheet, bureau: Bureau, shown: Sequence[SchoolFacts], rest: int) -> None:
    columns = (
        Col("标识码", CODE, 13), Col("学校", WRAPPED, 24), Col("学段", CENTER, 10), Col("情况", CENTER, 10),
        Col("时限", CENTER, 8), Col("应报", COUNT, 6), Col("已报", COUNT, 6), Col("零报告", COUNT, 7),
        Col("本校无此业务", COUNT, 8), Col("未报", COUNT, 6), Col("必须改", COUNT, 7), Col("请确认", COUNT, 7),
        Col("原因和提示", WRAPPED, 36), Col("学校的汇总", CENTER, 8), Col("退回单", CENTER, 8),
    )  # fmt: skip
    lines = ["应报、已报、零报告、未报的单位是张（表）。时限按名册的截止日期和报送日期判断，没有填就空着。"]
    if not bureau.has_roster:
        lines.append("没有《学校名册.xlsx》：不知道该报哪些表，也不知道还有哪些学校没有报。")
    top = sheet.head("报送情况表", len(columns), lines=[*lines, *rest_line(rest)])
    rows = [_state_row(each) for each in shown]
    placed = sheet.table(top, 1, columns, rows)
    looks = {RETURNED: ("bad-light", "bad"), PARTLY: ("doubt-light", "doubt"), NOT_REPORTED: ("band", "muted")}
    for n, each in enumerate(shown):
        if each.state != REPORTED:
            fill, colour = looks[each.state]
            style = CENTER.but(rule="row", fill=fill, colour=colour)
            sheet.write(placed.first + n, 4, _VERDICTS[each.state], style)


def _state_row(each: SchoolFacts) -> list[CellValue]:
    forms = Counter(each.forms.values())
    own = each.roster
    has_forms = bool(each.forms)
    return [
        each.code or None, each.name, own.stage if own else "名册里没有", _VERDICTS[each.state], each.punctual or None,
        len(each.forms) if has_forms else None,
        *(forms[state] if has_forms else None for state in (FORM_DONE, FORM_ZERO, FORM_NONE)),
        len(each.missing) if has_forms else None,
        each.levels.get("error"), each.levels.get("question"), each.said or None, run_link(each),
        return_link(each),
    ]  # fmt: skip


def _forms(sheet: Sheet, shown: Sequence[SchoolFacts], rest: int) -> None:
    titles = list(dict.fromkeys(title for each in shown for title in each.forms))
    columns = [Col("学校", WRAPPED, 24), *(Col(title, CENTER.but(wrap=True), 10) for title in titles)]
    words = f"{FORM_DONE}、{FORM_ZERO}、{FORM_NONE}、{FORM_MISSING}"
    lines = [f"应报的每张表：{words}；{FORM_EMPTY}是报来了却没有一行，请问清是不是零报告。"]
    top = sheet.head("分表报送情况", max(6, len(columns)), lines=[*lines, *rest_line(rest)])
    rows: list[list[CellValue]] = [
        [each.name, *(each.forms.get(title) for title in titles)] for each in shown if each.forms
    ]
    sheet.table(top, 1, columns, rows)


def _missing(sheet: Sheet, bureau: Bureau, most: int) -> None:
    columns = (
        Col("标识码", CODE, 13), Col("学校", WRAPPED, 24), Col("联系人", TEXT, 10), Col("电话", CODE, 14),
        Col("缺什么", WRAPPED, 44), Col("截止日期", DATE, 12), Col("时限", CENTER, 8),
    )  # fmt: skip
    rows: list[list[CellValue]] = []
    for each in bureau.schools:
        whole = each.state == NOT_REPORTED
        if whole or (each.has_run and each.missing):
            own = each.roster
            what = f"全部（{each.reason}）" if whole else "、".join(each.missing)
            contact = (own.contact, own.phone, own.due) if own else (None, None, None)
            named = [each.code or None, each.name, *contact[:2]]
            rows.append([*named, what, contact[2], each.punctual or None])
    lines = ["整校没有报的，和报了、但缺表的。可以直接照着打电话。", *rest_line(len(rows) - most, first="名册里靠前的")]
    top = sheet.head("未报送名单", len(columns), lines=lines)
    sheet.table(top, 1, columns, rows[:most])
