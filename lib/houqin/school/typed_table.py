"""A table of typed columns in a workbook that a bureau fills in: every mistake is told, alike ones in one sentence."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from houqin.model import a1
from houqin.school.settings import HEADER_SEARCH, Entry, entry_of, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.model import Grid

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


@dataclass(frozen=True, slots=True)
class Read:
    """A table as read: a row number and its values each, the columns by where they stand, and what is wrong."""

    rows: tuple[tuple[int, dict[str, Any]], ...]
    columns: Mapping[int, Column]
    problems: tuple[str, ...]


def read_table(grid: Grid, book: str, columns: Sequence[Column], forms: Sequence[str] = ()) -> Read | None:
    """Read the rows below the header of a sheet; None where it has no such header. `book` is 《…》."""
    header, placed = _header(grid, columns)
    if header is None:
        return None
    problems = _problems_of_header(grid, header, placed, columns, book)
    rows: list[tuple[int, dict[str, Any]]] = []
    wrong: dict[tuple[int, str], list[int]] = {}
    for row in range(header + 1, grid.rows + 1):
        if not any(grid.kind(row, at) for at in placed):
            continue
        values: dict[str, Any] = {}
        for at, column in placed.items():
            value, fault = _read(entry_of(grid, row, at, book), column, forms)
            if fault:
                wrong.setdefault((at, f"{column.title}{fault}。"), []).append(row)
            elif value is not None:
                values[column.id] = value
        rows.append((row, values))
    told = sorted((found[0], at, sentence, found) for (at, sentence), found in wrong.items())
    problems += [f"{book}“{grid.sheet}”{_cells(at, found)}：{sentence}" for _, at, sentence, found in told]
    return Read(tuple(rows), placed, tuple(problems))


def repeats(grid: Grid, book: str, read: Read, column_id: str) -> list[str]:
    """Tell of each value of a column that stands in an earlier row as well."""
    at = next((at for at, column in read.columns.items() if column.id == column_id), None)
    first: dict[Any, int] = {}
    problems = []
    for row, values in read.rows:
        word = values.get(column_id)
        if at is None or word is None:
            continue
        if word in first:
            title = read.columns[at].title
            problems.append(f"{book}“{grid.sheet}”{a1(row, at)}：{title}“{word}”和第 {first[word]} 行的相同。")
        first.setdefault(word, row)
    return problems


def plain(text: str) -> str:
    """Give a text without white space, NFKC."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def _cells(at: int, rows: Sequence[int]) -> str:
    """Give cells of a column: M5, M5:M34（30 格）, or M5、M9 等 4 格."""
    if len(rows) == 1:
        return a1(rows[0], at)
    if rows[-1] - rows[0] + 1 == len(rows):
        return f"{a1(rows[0], at)}:{a1(rows[-1], at)}（{len(rows)} 格）"
    shown = "、".join(a1(row, at) for row in rows[:3])
    return f"{shown} 等 {len(rows)} 格" if len(rows) > 3 else shown


def _header(grid: Grid, columns: Sequence[Column]) -> tuple[int | None, dict[int, Column]]:
    by_title = {column.title: column for column in columns}
    for row in range(1, min(HEADER_SEARCH, grid.rows) + 1):
        words = {at: _text(grid, row, at) for at in range(1, grid.columns + 1)}
        found = {at: by_title[word] for at, word in words.items() if word in by_title}
        if all(column in found.values() for column in columns if column.required):
            return row, found
    return None, {}


def _problems_of_header(
    grid: Grid, header: int, placed: Mapping[int, Column], columns: Sequence[Column], book: str
) -> list[str]:
    problems, titles = [], [column.title for column in columns]
    for at in range(1, grid.columns + 1):
        word, place = _text(grid, header, at), f"{book}“{grid.sheet}”{a1(header, at)}"
        if word and at not in placed and nearest(word, titles):
            problems.append(f"{place}：不认识这一列“{word}”{nearest(word, titles)}。")
        if at in placed and list(placed.values()).index(placed[at]) != list(placed).index(at):
            problems.append(f"{place}：“{word}”这一列写了两次。")
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
        return _date(plain(text))
    if column.kind == "choice":
        word = plain(text)
        known = "、".join(column.choices)
        return (word, "") if word in column.choices else (None, f"“{text}”不在可选的范围里，可以填：{known}")
    return _titles(text, forms) if column.kind == "forms" else (text, "")


def _code(value: object) -> tuple[str | None, str]:
    if isinstance(value, Decimal):
        text = format(value, "f")
        if len(text.lstrip("-")) > _DIGITS_KEPT:
            return None, f"“{text}”是数字，{_DIGITS_KEPT} 位以后已经失真。请把这一列设为文本，照原件重填"
        return None, f"“{text}”是数字，开头的 0 会丢。请把这一列设为文本再填"
    text = plain(str(value))
    if not re.fullmatch(r"[0-9A-Za-z-]+", text) or len(text) < _SHORTEST_CODE:
        return None, f"“{text}”不像标识码，应是一串数字"
    return text, ""


def _number(value: object, *, whole: bool) -> tuple[Any, str]:
    text = plain(value).replace(",", "") if isinstance(value, str) else value
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
    known = {plain(title): title for title in forms}
    unknown = [word for word in words if plain(word) not in known]
    if unknown:
        hints = "；".join(f"“{word}”{_like(word, forms)}" for word in unknown)
        return None, f"里有不认识的表：{hints}。全部表名见“填写说明”"
    return tuple(dict.fromkeys(known[plain(word)] for word in words)), ""


def _like(word: str, forms: Sequence[str]) -> str:
    """Propose the titles that share most pairs of letters with a word; 报修登记表 is 设施报修登记表."""
    pairs = _pairs(word)
    shared = {title: len(pairs & _pairs(title)) for title in forms}
    most = max(shared.values(), default=0)
    best = [title for title in forms if shared[title] == most][:3] if most else []
    return f"，是不是{'或'.join(f'“{title}”' for title in best)}？" if best else ""


def _pairs(word: str) -> set[str]:
    text = plain(word)
    for common in ("登记表", "统计表", "汇总表", "台账", "记录"):  # nearly every table is called so
        text = text.removesuffix(common)
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _text(grid: Grid, row: int, column: int) -> str:
    value = grid.cell(row, column).value
    return plain(value) if isinstance(value, str) else ""
