"""The settings file as rows of entries, each with its place: from the workbook's grids or from TOML."""

from __future__ import annotations

import difflib
import tomllib
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.errors import BadDescription
from houqin.model import Kind, a1
from houqin.school.keys import SECTIONS, TOML, WORKBOOK, Key, Section

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from houqin.model import Grid

# Sheets of the workbook that explain and hold no settings.
PROSE_SHEETS = ("填写说明", "说明")
NEAR = 0.6  # below it a proposal misleads: 上学期 would become 第二学期
HEADER_SEARCH = 8  # a title, a description and some air above the header are enough
EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Entry:
    """A value as it stands, None where blank, and the words for its place."""

    value: str | Decimal | bool | None
    place: str


Row = dict[str, Entry]
Rows = dict[str, list[Row]]


def nearest(word: str, known: Iterable[str]) -> str:
    """Give the sentence that proposes the nearest known word, empty where none is near."""
    near = difflib.get_close_matches(word, list(known), 1, NEAR)
    return f"，是不是“{near[0]}”" if near else ""


def rows_of_grids(grids: Sequence[Grid], problems: list[str]) -> Rows:
    """Take the rows of all sections out of the workbook's sheets; mistakes of shape go to `problems`."""
    by_title = {section.title: section for section in SECTIONS}
    rows: Rows = {}
    for grid in grids:
        title = _plain(grid.sheet)
        if title in by_title:
            section = by_title[title]
            rows[section.id] = _sheet_rows(grid, section, problems)
        elif title not in PROSE_SHEETS and any(grid.kinds):
            hint = nearest(title, by_title)
            problems.append(f"《{WORKBOOK}》：不认识工作表“{grid.sheet}”{hint}。可以有的是：{'、'.join(by_title)}。")
    return rows


def rows_of_toml(path: Path, problems: list[str]) -> Rows:
    """Take the rows of all sections out of school.toml; mistakes of shape go to `problems`."""
    try:
        data = tomllib.loads(path.read_bytes().decode("utf-8"), parse_float=Decimal)
    except UnicodeDecodeError as error:
        raise BadDescription([f"《{TOML}》：不是 UTF-8 编码的文字，请用 UTF-8 另存。"]) from error
    except tomllib.TOMLDecodeError as error:
        raise BadDescription([f"《{TOML}》：写法有误，{error}。"]) from error
    known = {section.id: section for section in SECTIONS}
    rows: Rows = {}
    for word, content in data.items():
        if word in known:
            rows[word] = _toml_rows(known[word], content, problems)
        else:
            problems.append(f"《{TOML}》：不认识“{word}”{nearest(word, known)}。")
    return rows


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _sheet_rows(grid: Grid, section: Section, problems: list[str]) -> list[Row]:
    titles = {"项目": "项目", "内容": "内容"} if section.shape == "record" else {k.title: k.id for k in section.keys}
    header, columns = _header(grid, titles)
    if header is None:
        words = "、".join(titles)
        problems.append(f"《{WORKBOOK}》“{grid.sheet}”：前 {HEADER_SEARCH} 行里没有表头，应有：{words}。")
        return []
    for column in range(1, grid.columns + 1):
        word = _text(grid, header, column)
        if word and column not in columns and word != "说明":
            hint = nearest(word, titles)
            place = f"《{WORKBOOK}》“{grid.sheet}”{a1(header, column)}"
            problems.append(f"{place}：不认识这一列“{word}”{hint}。可以有的是：{'、'.join(titles)}。")
    if section.shape == "record":
        return [_record(grid, header, columns, section, problems)]
    missing = [k.title for k in section.keys if k.required and k.id not in columns.values()]
    if missing:
        problems.append(f"《{WORKBOOK}》“{grid.sheet}”第 {header} 行：缺少列 {'、'.join(missing)}。")
    # A merged 年级 counts for each row beside it, but makes no row by itself.
    body = [r for r in range(header + 1, grid.rows + 1) if any(grid.kind(r, column) for column in columns)]
    return [{name: entry_of(grid, row, column) for column, name in columns.items()} for row in body]


def _header(grid: Grid, titles: Mapping[str, str]) -> tuple[int | None, dict[int, str]]:
    """Find the row that holds most of the known headers, at least two."""
    best: tuple[int | None, dict[int, str]] = (None, {})
    for row in range(1, min(HEADER_SEARCH, grid.rows) + 1):
        words = {column: _text(grid, row, column) for column in range(1, grid.columns + 1)}
        found: dict[int, str] = {}
        for column, word in words.items():
            if word in titles and titles[word] not in found.values():
                found[column] = titles[word]
        if len(found) >= max(2, len(best[1]) + 1):
            best = (row, found)
    return best


def _record(grid: Grid, header: int, columns: Mapping[int, str], section: Section, problems: list[str]) -> Row:
    """Read a sheet of 项目 and 内容, one key a row."""
    place_of = {name: column for column, name in columns.items()}
    keys = {key.title: key for key in section.keys}
    found: Row = {}
    for row in range(header + 1, grid.rows + 1):
        word = _text(grid, row, place_of["项目"])
        entry = entry_of(grid, row, place_of["内容"])
        place = f"《{WORKBOOK}》“{grid.sheet}”{a1(row, place_of['项目'])}"
        if not word and entry.value is not None:
            problems.append(f"{entry.place}：有内容“{entry.value}”，左边没有写是哪一项。")
        elif word and word not in keys:
            problems.append(f"{place}：不认识“{word}”{nearest(word, keys)}。")
        elif word and keys[word].id in found:
            problems.append(f"{place}：“{word}”写了两次。")
        elif word:
            found[keys[word].id] = entry
    return found


def _text(grid: Grid, row: int, column: int) -> str:
    value = grid.cell(row, column).value
    return _plain(value) if isinstance(value, str) else ""


def entry_of(grid: Grid, row: int, column: int, book: str = f"《{WORKBOOK}》") -> Entry:
    """Give what a cell of a settings workbook says: text, Decimal, ISO date, bool or None; with words for its place."""
    place = f"{book}“{grid.sheet}”{a1(row, column)}"
    cell = grid.merged_cell(row, column)
    if isinstance(cell.value, str):
        return Entry(cell.value.strip() or None, place)
    if cell.value is None or isinstance(cell.value, bool):
        return Entry(cell.value, place)
    if cell.kind == Kind.DATE:
        return Entry((EPOCH + timedelta(days=int(cell.value))).isoformat(), place)
    # Excel shows fifteen digits; what lies beyond is the binary number's, not the clerk's.
    return Entry(Decimal(format(cell.value, ".15g")), place)


def _toml_rows(section: Section, content: object, problems: list[str]) -> list[Row]:
    place = f"《{TOML}》{section.id}"
    if section.shape == "table":
        if not isinstance(content, list) or not all(isinstance(item, dict) for item in content):
            problems.append(f"{place}：应是一组记录，写成 {section.id} = [ {{ … }}, {{ … }} ]。")
            return []
        return [_toml_row(item, section, f"{place} 第 {i} 条", problems) for i, item in enumerate(content, 1)]
    if not isinstance(content, dict):
        problems.append(f"{place}：应是一节，写成 [{section.id}]，下面一行一项。")
        return []
    if section.shape == "record":
        return [_toml_row(content, section, place, problems)]
    first, second = section.keys
    return [
        {first.id: Entry(word, f"{place} “{word}”"), second.id: _toml_entry(value, f"{place} “{word}”", problems)}
        for word, value in content.items()
    ]


def _toml_row(item: Mapping[str, object], section: Section, place: str, problems: list[str]) -> Row:
    keys: dict[str, Key] = {key.id: key for key in section.keys}
    row: Row = {}
    for word, value in item.items():
        if word in keys:
            row[word] = _toml_entry(value, f"{place} {word}", problems)
        else:
            problems.append(f"{place}：不认识“{word}”{nearest(word, keys)}。可以有的是：{'、'.join(keys)}。")
    return row


def _toml_entry(value: object, place: str, problems: list[str]) -> Entry:
    if isinstance(value, bool):
        return Entry(value, place)
    if isinstance(value, str):
        return Entry(value.strip() or None, place)
    if isinstance(value, int | Decimal):
        return Entry(Decimal(value), place)
    if isinstance(value, date):
        return Entry(value.isoformat()[:10], place)
    problems.append(f"{place}：应是文字、数字或日期。")
    return Entry(None, place)
