"""Rows of entries, checked one by one, become a School; every mistake is told, not only the first."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from houqin.school.calendar_rows import calendar_spans
from houqin.school.keys import BASICS, GRADES, LIMITS, NOTICES, SECTIONS, SYSTEMS, THRESHOLDS, UNIFORMS, Key, Section
from houqin.school.nouns import FeeItem, School, SchoolClass, Standard
from houqin.school.settings import Entry, Row, Rows, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

DATE = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?")
SCHOOL_YEAR = re.compile(r"(\d{4})[-—–~至](\d{4})(学年度?)?")
YES = {"是": True, "否": False, "√": True, "×": False}
# What offices say for a choice; the choice itself is what the settings hold.
SAME = {
    "五四": "五四制", "54制": "五四制", "六三": "六三制", "63制": "六三制",
    "上学期": "第一学期", "秋季学期": "第一学期", "秋季": "第一学期", "1": "第一学期",
    "下学期": "第二学期", "春季学期": "第二学期", "春季": "第二学期", "2": "第二学期",
    "加权平均": "移动加权平均", "备查账": "购入即列支", "购入即列支(备查账)": "购入即列支",
    "每班": "班", "班级": "班", "每年级": "年级", "每生": "生", "学生": "生", "全校": "校", "学校": "校",
}  # fmt: skip
ERROR_CELLS = frozenset({"#REF!", "#NAME?", "#DIV/0!", "#VALUE!", "#N/A", "#NUM!", "#NULL!"})
Values = dict[str, Any]
NO_ENTRY = Entry(None, "")


def build_school(folder: Path, rows: Rows, file: str, problems: list[str]) -> School | None:
    """Make the School, or add to `problems` all that stands in the way and give None."""
    missing = [s for s in SECTIONS if s.required and s.id not in rows]
    problems += [f"《{file}》：缺少“{s.title}”。{s.help}" for s in missing]
    _require_record(rows, file, problems)
    if "classes" in rows and not rows["classes"]:
        problems.append(f"《{file}》“班级”：一个班也没有。")
    rows = _without_unpriced(rows)
    system = _system(rows)
    read = {s.id: [_values(row, s, system, problems) for row in rows.get(s.id, [])] for s in SECTIONS}
    basics = read["basics"][0] if read["basics"] else {}
    _check_calendar(basics, rows, problems)
    _check_repeats(rows, read, problems)
    _check_aliases(rows, read, problems)
    own_days = calendar_spans(rows.get("calendar", []), read["calendar"], problems)
    _check_notices(rows, read, problems)
    if problems:
        return None
    return replace(_school(folder, basics, read), own_days=own_days)


def _school(folder: Path, basics: Values, read: dict[str, list[Values]]) -> School:
    limits = read["thresholds"][0] if read["thresholds"] else {}
    return School(
        folder=folder,
        name=basics["name"],
        system=SYSTEMS[basics["system"]],
        school_year=basics["school_year"],
        semester=1 if basics["semester"] == "第一学期" else 2,
        term_start=basics["term_start"],
        term_end=basics["term_end"],
        classes=tuple(_class(values) for values in read["classes"]),
        posts={values["post"]: values["title"] for values in read["posts"]},
        standards=tuple(_standard(values) for values in read["standards"]),
        goods_aliases={values["alias"]: values["name"] for values in read["goods_aliases"]},
        thresholds=THRESHOLDS | {name: Decimal(value) for name, value in limits.items() if value is not None},
        uniform_prices={values["style"]: values["price"] for values in read["uniform_prices"]},
        conversions={(values["name"], values["unit"]): values["factor"] for values in read["conversions"]},
        base_units={(values["name"], values["unit"]): values["base"] for values in read["conversions"]},
        is_example=bool(basics.get("example")),
        tolerances={(values["form"], values["check"]): values["tolerance"] for values in read["tolerances"]},
        reading=_record(read["read"]),
        inventory=_record(read["inventory"]),
        notices=_record(read["notices"]),
        accounting=_record(read["accounting"]),
        fee_items=tuple(_fee_item(values) for values in read["fee_items"]),
        publicity=_record(read["publicity"]),
    )


def _record(rows: Iterable[Values]) -> Values:
    """Give a record's values, without those that nobody filled in."""
    return {name: value for row in rows for name, value in row.items() if value is not None}


def _fee_item(values: Values) -> FeeItem:
    return FeeItem(
        item=values["item"],
        treatment=values["treatment"],
        standard=values.get("standard"),
        refund=values.get("refund") or "",
        account=values.get("account") or "",
    )


def _class(values: Values) -> SchoolClass:
    return SchoolClass(
        name=f"{values['grade']}({values['number']})班",
        grade=values["grade"],
        number=values["number"],
        pupils=values["pupils"],
        teacher=values.get("teacher") or "",
        building=values.get("building") or "",
        floor=values.get("floor") or 0,
        room=values.get("room") or "",
    )


def _standard(values: Values) -> Standard:
    return Standard(
        name=values["name"],
        spec=values.get("spec") or "",
        uom=values["uom"],
        per=values["per"],
        quantity=values["quantity"],
        minimum=values.get("minimum"),
        price=values.get("price"),
        budget_item=values.get("budget_item") or "",
    )


def _system(rows: Rows) -> str:
    """Give the school system before all else: the grades depend on it."""
    entry = rows["basics"][0].get("system", NO_ENTRY) if rows.get("basics") else NO_ENTRY
    word = _plain(str(entry.value))
    return SYSTEMS.get(SAME.get(word, word), "")


def _without_unpriced(rows: Rows) -> Rows:
    """Leave out the styles without a price: the blank workbook lists all, a school may order none or some."""
    priced = [row for row in rows.get(UNIFORMS.id, []) if row.get("price", NO_ENTRY).value is not None]
    return {**rows, UNIFORMS.id: priced} if UNIFORMS.id in rows else rows


def _values(row: Row, section: Section, system: str, problems: list[str]) -> Values:
    """Read the entries of a row, each to its kind; what cannot be read is told and left out."""
    here = next((entry.place for entry in row.values()), "")
    values: Values = {}
    for key in section.keys:
        entry = row.get(key.id, NO_ENTRY)
        if entry.value is None:
            if key.required and section.shape != "record":
                problems.append(f"{entry.place or here}：没有填“{key.title}”。")
            continue
        value, fault = _read(entry, key, system)
        if fault:
            problems.append(f"{entry.place}：{key.title}“{_shown(entry.value)}”{fault}。")
        else:
            values[key.id] = value
    return values


def _read(entry: Entry, key: Key, system: str) -> tuple[Any, str]:
    """Read one entry; give the value and, where it cannot be read, what is wrong with it."""
    if key.kind in ("integer", "number"):
        return _number(entry, key)
    if key.kind == "date":
        return _date(entry)
    if key.kind == "yes-no":
        answer = entry.value if isinstance(entry.value, bool) else YES.get(_plain(str(entry.value)))
        return answer, "" if answer is not None else "不是“是”或“否”"
    return _word(_shown(entry.value), key, system)


def _word(text: str, key: Key, system: str) -> tuple[Any, str]:
    if text in ERROR_CELLS:
        return None, "是公式错误值，请直接填写"
    if key.kind == "text":
        return _school_year(_plain(text)) if key.id == "school_year" else (text, "")
    word = _plain(text)
    known = key.choices if key.kind == "choice" else GRADES.get(system, (word,))
    found = word if word in known else SAME.get(word)
    if found not in known:
        return None, f"不在可选的范围里{nearest(text, known)}。可以填：{'、'.join(known)}"
    return found, ""


def _number(entry: Entry, key: Key) -> tuple[Any, str]:
    word = "整数" if key.kind == "integer" else "数字"
    value = _plain(entry.value) if isinstance(entry.value, str) else entry.value
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,12}(\.\d{1,6})?", value):
        value = Decimal(value)
    if not isinstance(value, Decimal) or (key.kind == "integer" and value != value.to_integral_value()):
        return None, f"不是{word}，请只填数字"
    if not key.low <= value <= key.high:
        return None, f"超出范围，应在 {key.low} 到 {key.high} 之间"
    return (int(value), "") if key.kind == "integer" else (value, "")


def _date(entry: Entry) -> tuple[Any, str]:
    match = DATE.fullmatch(_plain(str(entry.value)))
    try:
        return (date(*map(int, match.groups())).isoformat(), "") if match else (None, "不是日期，请写成 2025-09-01")
    except ValueError:
        return None, "没有这一天，请核对月和日"


def _school_year(text: str) -> tuple[Any, str]:
    match = SCHOOL_YEAR.fullmatch(text)
    if match is None or int(match[2]) != int(match[1]) + 1:
        return None, "不是学年，请写成 2025-2026（后一年等于前一年加一）"
    return f"{match[1]}-{match[2]}", ""


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _shown(value: object) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _require_record(rows: Rows, file: str, problems: list[str]) -> None:
    for section in (BASICS, LIMITS):
        for row in rows.get(section.id, []):
            for key in section.keys:
                entry = row.get(key.id, NO_ENTRY)
                if key.required and entry.value is None:
                    problems.append(f"{entry.place or f'《{file}》“{section.title}”'}：没有填“{key.title}”。")


def _check_calendar(basics: Values, rows: Rows, problems: list[str]) -> None:
    start, end, year = (basics.get(name) for name in ("term_start", "term_end", "school_year"))
    if start and end and start >= end:
        problems.append(f"{rows['basics'][0]['term_end'].place}：学期结束 {end} 不晚于学期开始 {start}。")
    if start and year and basics.get("semester"):
        expected = year[:4] if basics["semester"] == "第一学期" else year[-4:]
        if start[:4] != expected:
            place = rows["basics"][0]["term_start"].place
            problems.append(f"{place}：{year} 学年{basics['semester']}应在 {expected} 年开始，这里是 {start}。")


def _check_repeats(rows: Rows, read: dict[str, list[Values]], problems: list[str]) -> None:
    """Tell each second row that says the same thing as an earlier one: class, post, good, alias, style."""
    names = {
        "classes": (("grade", "number"), "班级 {0}({1})班"), "posts": (("post",), "岗位“{0}”"),
        "standards": (("name", "spec", "per"), "物品“{0} {1}”（按{2}）"), "goods_aliases": (("alias",), "别名“{0}”"),
        "tolerances": (("form", "check"), "“{0}”的“{1}”"),
        "fee_items": (("item",), "收费项目“{0}”"),
        "conversions": (("name", "unit"), "“{0}”的“{1}”"), "uniform_prices": (("style",), "款式“{0}”"),
    }  # fmt: skip
    for section, (keys, words) in names.items():
        seen: dict[tuple[str, ...], str] = {}
        for row, values in zip(rows.get(section, []), read[section], strict=True):
            if keys[0] not in values:
                continue
            name = tuple(str(values.get(key, "")) for key in keys)
            place = _place(row, keys)
            if name in seen:
                problems.append(f"{place}：{words.format(*name)}已经在 {seen[name]} 写过。")
            seen.setdefault(name, place)


def _check_notices(rows: Rows, read: dict[str, list[Values]], problems: list[str]) -> None:
    """Tell of a mail that could never be sent: without a server, a sender or a receiver."""
    titles = {key.id: key.title for key in NOTICES.keys}
    for row, values in zip(rows.get("notices", []), read["notices"], strict=True):
        if values.get("mail"):
            lacking = [titles[name] for name in ("mail_host", "mail_from", "mail_to") if not values.get(name)]
            if lacking:
                problems.append(f"{row['mail'].place}：要发邮件，还要填{'、'.join(lacking)}。")


def _check_aliases(rows: Rows, read: dict[str, list[Values]], problems: list[str]) -> None:
    formal = {values.get("alias"): values.get("name") for values in read["goods_aliases"]}
    for row, values in zip(rows.get("goods_aliases", []), read["goods_aliases"], strict=True):
        alias, name = values.get("alias"), values.get("name")
        if alias and alias == name:
            problems.append(f"{_place(row, ('alias',))}：别名和正式名称都是“{name}”，这一行没有用处。")
        elif name in formal:
            problems.append(f"{_place(row, ('name',))}：正式名称“{name}”自己又是“{formal[name]}”的别名。")


def _place(row: Row, keys: Iterable[str]) -> str:
    return next((row[key].place for key in reversed(tuple(keys)) if key in row and row[key].value is not None), "")
