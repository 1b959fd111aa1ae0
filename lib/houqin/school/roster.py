"""学校名册.xlsx: the schools of a bureau, a row each, with what each has to hand in and what they are compared by."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from houqin.errors import BadDescription
from houqin.model import a1
from houqin.school.settings import HEADER_SEARCH, PROSE_SHEETS, Entry, entry_of, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.model import Grid

ROSTER = "学校名册.xlsx"
SHEET = "学校名册"
_DIGITS_KEPT = 15  # Excel keeps no more of a number
_SHORTEST_CODE = 4


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `kind` is code, text, choice, whole, money, date or forms (titles of forms, parted by 、)."""

    id: str
    title: str
    kind: str
    help: str
    required: bool = False
    choices: tuple[str, ...] = ()


COLUMNS = (
    Column("code", "标识码", "code", "学校（机构）标识码，按文本填写，别让它变成数字", required=True),
    Column("name", "学校名称", "text", "和学校设置里的校名一致，不能重名", required=True),
    Column("kind", "类型", "choice", "举办者", choices=("公办", "民办")),
    Column("stage", "学段", "choice", "办学层次，比较只在同一学段里做",
           choices=("幼儿园", "小学", "初中", "九年一贯制", "高中", "完全中学", "十二年一贯制", "中职", "特殊教育")),
    Column("system", "学制", "choice", "五四制或六三制", choices=("五四制", "六三制", "其他")),
    Column("boarding", "寄宿", "choice", "学生住不住校", choices=("寄宿", "部分寄宿", "走读")),
    Column("canteen", "食堂模式", "choice", "午餐怎么供", choices=("自营", "委托经营", "配餐", "无食堂")),
    Column("pupils", "在校生数", "whole", "事业统计的在校生数，人；生均的分母"),
    Column("counted", "统计日期", "date", "在校生数是哪一天的，如 2025-09-01"),
    Column("spending", "基本支出中公用经费", "money", "元，决算数；生均公用经费的分子"),
    Column("contact", "联系人", "text", "催报时找谁"),
    Column("phone", "电话", "text", "联系人的电话"),
    Column("expected", "应报表", "forms", "要报的表，用“、”隔开，如 物资收发存台账、固定资产台账"),
    Column("none", "本校无此业务", "forms", "应报表里这所学校没有的业务，用“、”隔开"),
    Column("zero", "零报告", "forms", "有这项业务、本期没有发生的表，用“、”隔开"),
    Column("due", "截止日期", "date", "最迟哪一天报，如 2025-09-20"),
    Column("received", "报送日期", "date", "实际哪一天报来的；不填就不判断已报的是否逾期"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RosterSchool:
    """One school of the roster; a blank is None or empty, never 0. `spending` is in 元, dates are ISO text."""

    row: int
    code: str
    name: str
    kind: str | None = None
    stage: str | None = None
    system: str | None = None
    boarding: str | None = None
    canteen: str | None = None
    pupils: int | None = None
    counted: str | None = None
    spending: Decimal | None = None
    contact: str | None = None
    phone: str | None = None
    expected: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    zero: tuple[str, ...] = ()
    due: str | None = None
    received: str | None = None


@dataclass(frozen=True, slots=True)
class Roster:
    """All schools in the order of the sheet."""

    schools: tuple[RosterSchool, ...]
    digest: str = ""


def roster_of_grids(grids: Sequence[Grid], book: str, forms: Sequence[str]) -> Roster:
    """Take the roster out of a workbook's sheets; `forms` are the titles that 应报表 may name.

    Raises BadDescription with all mistakes, each with its cell.
    """
    sheets = [grid for grid in grids if any(grid.kinds) and _plain(grid.sheet) not in PROSE_SHEETS]
    for grid in sheets:
        header, columns = _header(grid)
        if header is not None:
            return _roster(grid, header, columns, f"《{book}》", forms)
    titles = "、".join(c.title for c in COLUMNS if c.required)
    raise BadDescription([f"《{book}》：没有找到名册。前 {HEADER_SEARCH} 行里要有一行表头，至少有：{titles}。"])


def _header(grid: Grid) -> tuple[int | None, dict[int, Column]]:
    by_title = {column.title: column for column in COLUMNS}
    for row in range(1, min(HEADER_SEARCH, grid.rows) + 1):
        words = {column: _text(grid, row, column) for column in range(1, grid.columns + 1)}
        found = {column: by_title[word] for column, word in words.items() if word in by_title}
        if all(column in found.values() for column in COLUMNS if column.required):
            return row, found
    return None, {}


def _roster(grid: Grid, header: int, columns: dict[int, Column], book: str, forms: Sequence[str]) -> Roster:
    problems = _problems_of_header(grid, header, columns, book)
    schools: list[RosterSchool] = []
    for row in range(header + 1, grid.rows + 1):
        if not any(grid.kind(row, column) for column in columns):
            continue
        values: dict[str, Any] = {"row": row}
        for at, column in columns.items():
            entry = entry_of(grid, row, at, book)
            value, fault = _read(entry, column, forms)
            if fault:
                problems.append(f"{entry.place}：{column.title}{fault}。")
            elif value is not None:
                values[column.id] = value
        if {"code", "name"} <= values.keys():
            schools.append(RosterSchool(**values))
    problems += _repeats(grid, schools, columns, book)
    if not schools and not problems:
        problems.append(f"{book}“{grid.sheet}”：表头下面一所学校也没有。")
    if problems:
        raise BadDescription(problems)
    return Roster(tuple(schools))


def _problems_of_header(grid: Grid, header: int, columns: dict[int, Column], book: str) -> list[str]:
    problems, titles = [], [column.title for column in COLUMNS]
    for at in range(1, grid.columns + 1):
        word, place = _text(grid, header, at), f"{book}“{grid.sheet}”{a1(header, at)}"
        if word and at not in columns and nearest(word, titles):
            problems.append(f"{place}：不认识这一列“{word}”{nearest(word, titles)}。")
        if at in columns and list(columns.values()).index(columns[at]) != list(columns).index(at):
            problems.append(f"{place}：“{word}”这一列写了两次。")
    return problems


def _repeats(grid: Grid, schools: Sequence[RosterSchool], columns: dict[int, Column], book: str) -> list[str]:
    problems = []
    for at, column in columns.items():
        if column.id not in {"code", "name"}:
            continue
        first: dict[str, int] = {}
        for school in schools:
            word = getattr(school, column.id)
            if word in first:
                place = f"{book}“{grid.sheet}”{a1(school.row, at)}"
                problems.append(f"{place}：{column.title}“{word}”和第 {first[word]} 行的相同。")
            first.setdefault(word, school.row)
    return problems


def _read(entry: Entry, column: Column, forms: Sequence[str]) -> tuple[Any, str]:
    if entry.value is None:
        return None, "没有填" if column.required else ""
    if column.kind in ("whole", "money"):
        return _number(entry.value, whole=column.kind == "whole")
    if column.kind == "code":
        return _code(entry.value)
    text = format(entry.value, "f") if isinstance(entry.value, Decimal) else str(entry.value)
    if column.kind == "date":
        return _date(_plain(text))
    if column.kind == "choice":
        word = _plain(text)
        known = "、".join(column.choices)
        return (word, "") if word in column.choices else (None, f"“{text}”不在可选的范围里，可以填：{known}")
    return _titles(text, forms) if column.kind == "forms" else (text, "")


def _code(value: object) -> tuple[str | None, str]:
    if isinstance(value, Decimal):
        text = format(value, "f")
        if len(text.lstrip("-")) > _DIGITS_KEPT:
            return None, f"“{text}”是数字，{_DIGITS_KEPT} 位以后已经失真。请把这一列设为文本，照原件重填"
        return None, f"“{text}”是数字，开头的 0 会丢。请把这一列设为文本再填"
    text = _plain(str(value))
    if not re.fullmatch(r"[0-9A-Za-z-]+", text) or len(text) < _SHORTEST_CODE:
        return None, f"“{text}”不像标识码，应是一串数字"
    return text, ""


def _number(value: object, *, whole: bool) -> tuple[Any, str]:
    text = _plain(value).replace(",", "") if isinstance(value, str) else value
    if isinstance(text, str) and re.fullmatch(r"\d{1,12}(\.\d{1,2})?", text):
        text = Decimal(text)
    if not isinstance(text, Decimal) or text < 0 or (whole and text != text.to_integral_value()):
        return None, f"“{value}”不是{'整数' if whole else '金额'}，请只填数字"
    return (int(text) if whole else text), ""


def _date(text: str) -> tuple[str | None, str]:


    match = re.fullmatch(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})日?", text)
    try:
        if match is None:
            return None, f"“{text}”不是日期，请写成 2025-09-20"
        return date(*map(int, match.groups())).isoformat(), ""
    except ValueError:
        return None, f"“{text}”没有这一天"


def _titles(text: str, forms: Sequence[str]) -> tuple[Any, str]:
    words = [word for word in re.split(r"[、，,;；\s]+", unicodedata.normalize("NFKC", text).strip()) if word]
    plain = {_plain(title): title for title in forms}
    unknown = [word for word in words if _plain(word) not in plain]
    if unknown:
        hints = "".join(f"“{word}”{nearest(word, forms)}" for word in unknown)
        return None, f"里有不认识的表：{hints}"
    return tuple(dict.fromkeys(plain[_plain(word)] for word in words)), ""


def _text(grid: Grid, row: int, column: int) -> str:
    value = grid.cell(row, column).value
    return _plain(value) if isinstance(value, str) else ""


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


