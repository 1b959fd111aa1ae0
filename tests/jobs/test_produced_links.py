"""Every link of every workbook that the job makes: the file, the sheet and the cell are there, and say what we say."""

from __future__ import annotations

import csv
import re
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

import openpyxl
import pytest
import recalculate
import xlrd

from houqin.jobs.making import LEDGERS
from houqin.jobs.places import EXAMPLE_SCHOOL
from houqin.jobs.semester_start import PRINTS, SUMMARY, semester_start
from houqin.values import canonical_text

if TYPE_CHECKING:
    from pathlib import Path

ADDRESS = re.compile(r"'((?:[^']|'')+)'!([A-Z]+)([0-9]+)(?::[A-Z]+[0-9]+)?")
LIMITS = {".xlsx": (16_384, 1_048_576), ".xls": (256, 65_536)}


class Found(NamedTuple):
    """A link: where it stands, the file that it opens (None: its own workbook), sheet and cell there."""

    book: Path
    sheet: str
    cell: str
    text: object
    target: str | None
    place: str | None


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example school's run, in a folder with Chinese, a blank and a sign that means something in links."""
    out = tmp_path_factory.mktemp("run") / "结果 #1"
    return semester_start(school=str(EXAMPLE_SCHOOL), out=str(out)).folder


@pytest.fixture(scope="module")
def links(run: Path) -> list[Found]:
    """All links of all workbooks that were made."""
    found = []
    for path in [run / SUMMARY, run / PRINTS, *sorted((run / LEDGERS).glob("*.xlsx"))]:
        for sheet in openpyxl.load_workbook(path):
            for cell in (cell for row in sheet.iter_rows() for cell in row if cell.hyperlink):
                link = cell.hyperlink
                found.append(Found(path, sheet.title, cell.coordinate, cell.value, link.target, link.location))
    return found


@cache
def sheets_of(path: Path) -> dict[str, list[list[object]]] | None:
    """Give the cells of a workbook by sheet, read by other libraries than ours; None where it has no sheets."""
    if path.suffix == ".xls":
        book = xlrd.open_workbook(path)
        return {sheet.name: [sheet.row_values(row) for row in range(sheet.nrows)] for sheet in book.sheets()}
    if path.suffix != ".xlsx":
        return None
    book = openpyxl.load_workbook(path, data_only=True)
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def opened(link: Found) -> Path:
    """Give the file that a link opens, as Excel reads its target."""
    return link.book if link.target is None else (link.book.parent / unquote(link.target)).resolve()


def value_at(path: Path, sheet: str, column: str, row: str) -> object:
    """Give the value of a cell, None beyond what is filled in."""
    sheets = sheets_of(path)
    assert sheets is not None
    x = openpyxl.utils.column_index_from_string(column) - 1
    rows = sheets[sheet]
    return rows[int(row) - 1][x] if int(row) <= len(rows) and x < len(rows[int(row) - 1]) else None


def test_every_link_opens_a_file_a_sheet_and_a_cell_that_exist(run, links):
    """Names with blanks, brackets, quotes and Chinese included; no link leaves the run's folder."""
    wrong = []
    for link in links:
        path = opened(link)
        if not path.is_file() or not path.is_relative_to(run.resolve()):
            wrong.append((link, "no such file"))
            continue
        if link.place is None:
            continue
        address, sheets = ADDRESS.fullmatch(link.place), sheets_of(path)
        if address is None or sheets is None or address[1].replace("''", "'") not in sheets:
            wrong.append((link, "no such sheet"))
            continue
        columns, rows = LIMITS[path.suffix]
        if openpyxl.utils.column_index_from_string(address[2]) > columns or not 1 <= int(address[3]) <= rows:
            wrong.append((link, "no such cell"))
    assert wrong == []
    assert {opened(link).suffix for link in links} == {".xlsx", ".xls", ".csv"}
    assert len(links) > 3_000


def test_a_text_file_is_linked_as_a_whole(links):
    """It has no sheets: the cell is told in words beside the link."""
    assert [link for link in links if opened(link).suffix == ".csv" and link.place] == []


def test_every_row_of_a_ledger_opens_a_cell_of_that_row(run):
    """The value that stands there is one of the row's own, in the words of the office or as we cleaned it."""
    wrong, seen = [], 0
    for path in sorted((run / LEDGERS).glob("*.xlsx")):
        sheet = openpyxl.load_workbook(path)["台账"]
        heads = [cell.value for cell in sheet[5]]
        last = heads.index("来源文件")
        places = set()
        for row in sheet.iter_rows(min_row=6):
            if row[last].value is None:
                continue
            link, own = row[last + 2].hyperlink, [cell.value for cell in row[1:last]]
            source = (path.parent / unquote(link.target)).resolve()
            seen += 1
            places.add((source, row[last + 1].value, row[last + 2].value))
            there = source_value(source, row[last + 1].value, row[last + 2].value)
            if there in (None, "") or not any(alike(there, each) for each in own):
                wrong.append((path.name, row[0].row, there, own[:6]))
        assert len(places) == sheet.max_row - 5 - (sheet.cell(sheet.max_row, last + 1).value is None), path.name
    assert wrong == []
    assert seen > 1_000


def source_value(path: Path, sheet: str, cell: str) -> object:
    """Give the value of a cell of a source, a text file's too."""
    column, row = re.fullmatch(r"([A-Z]+)([0-9]+)", cell).groups()
    if sheets_of(path) is not None:
        return value_at(path, sheet, column, row)
    lines = list(csv.reader(path.read_text(encoding="gb18030").splitlines()))
    return lines[int(row) - 1][openpyxl.utils.column_index_from_string(column) - 1]


def alike(there: object, ours: object) -> bool:
    """Tell whether a source's value is one of ours: the same number or day, or texts that share their signs."""
    if ours is None or there is None:
        return False
    if isinstance(there, datetime) or isinstance(ours, datetime):
        return bool(day(there) & day(ours))
    try:
        return Decimal(str(there)) == Decimal(str(ours))
    except InvalidOperation:
        one, other = canonical_text(str(there)), canonical_text(str(ours))
        return one == other or bool(set(re.findall(r"\w", one)) & set(re.findall(r"\w", other)))


def day(value: object) -> set[int]:
    """Give the numbers of a date however it was written; a serial number as its day."""
    if isinstance(value, float):
        value = xlrd.xldate_as_datetime(value, 0) if value > 1_000 else value
    text = value.strftime("%m %d") if isinstance(value, datetime) else str(value)
    return {int(number) for number in re.findall(r"[0-9]+", text)}


def test_a_figure_leads_to_rows_that_are_there(run, links):
    """What the summary links within itself is a cell with something in it."""
    values = openpyxl.load_workbook(run / SUMMARY, data_only=True)
    inside = [link for link in links if link.book == run / SUMMARY and link.target is None]
    empty = []
    for link in inside:
        address = ADDRESS.fullmatch(link.place)
        if values[address[1].replace("''", "'")][f"{address[2]}{address[3]}"].value is None:
            empty.append(link)
    assert empty == []
    assert len(inside) > 200


def test_each_finding_opens_the_cell_that_it_quotes(run):
    """What 表中填的 says stands in that cell of the source; hints may tell a sum over several cells."""
    sheet = openpyxl.load_workbook(run / SUMMARY)["问题清单"]
    wrong, seen = [], 0
    for row in sheet.iter_rows(min_row=7):
        link, found = row[3].hyperlink, row[5].value
        told = str(row[1].value)[2:] in {"必须改", "请确认"}
        if link is None or not link.location or found is None or not told:
            continue
        source = (run / SUMMARY).parent / unquote(link.target)
        address = ADDRESS.fullmatch(link.location)
        there = value_at(source.resolve(), address[1].replace("''", "'"), address[2], address[3])
        seen += 1
        number = str(found).replace(",", "")
        if not (alike(there, number) or str(there) in str(found)):
            wrong.append((row[0].row, there, found))
    assert wrong == []
    assert seen > 12


@pytest.mark.office
def test_a_corrected_cell_changes_all_that_depends_on_it(run, tmp_path):
    """Stock, need, amount, the page, a tie-out and its verdict follow the ledger row: no total is a typed constant."""
    book = openpyxl.load_workbook(run / SUMMARY)
    stock = book["台账-收发存"]
    heads = {str(cell.value).replace("\n", "/"): cell.column for cell in stock[6]}
    brush = next(row[0].row for row in stock.iter_rows(min_row=7) if row[heads["物品名称"] - 1].value == "黑板擦")
    bags = next(row[0].row for row in stock.iter_rows(min_row=7) if row[heads["物品名称"] - 1].value == "垃圾袋")
    stock.cell(brush, heads["本期出库/数量"]).value = 36
    stock.cell(bags, heads["期末结存/数量"]).value -= 10
    book["台账-就餐"]["J7"].value += 2
    changed = tmp_path / "改.xlsx"
    book.save(changed)
    (copy,) = recalculate.recalculated([changed], tmp_path)
    before = openpyxl.load_workbook(run / SUMMARY, data_only=True)
    after = openpyxl.load_workbook(copy, data_only=True)
    assert row_of(before["勾稽"], "黑板擦")[2] == "✗ 不符"
    assert row_of(after["勾稽"], "黑板擦")[2:6] == ["✓ 相符", 36, 36, 0]
    assert row_of(before["应购物资"], "垃圾袋")[11] + 10 == row_of(after["应购物资"], "垃圾袋")[11]
    more = row_of(after["总览"], "应购物资", 1)[1] - row_of(before["总览"], "应购物资", 1)[1]
    assert round(more, 2) == 38
    assert row_of(after["总览"], "午餐就餐", 1)[1] == row_of(before["总览"], "午餐就餐", 1)[1] + 2
    page = [[cell.value for row in book["校长一页纸"].iter_rows() for cell in row] for book in (before, after)]
    assert round(sum(numbers(page[1])) - sum(numbers(page[0])), 2) == 38 * 2 + 2


def numbers(cells: list[object]) -> list[float]:
    """Give the numbers among cells."""
    return [cell for cell in cells if isinstance(cell, int | float)]


def row_of(sheet, word: str, column: int = 2) -> list[object]:
    """Give the values of the first row with a word in a column."""
    return next([cell.value for cell in row] for row in sheet.iter_rows() if row[column - 1].value == word)


@pytest.mark.office
def test_every_stored_value_is_what_libreoffice_calculates(run):
    """In all workbooks of the run."""
    paths = [run / SUMMARY, run / PRINTS, *sorted((run / LEDGERS).glob("*.xlsx"))]
    assert recalculate.differences(paths) == []


def test_printed_forms_show_no_pupils_body_and_the_factory_no_names(run):
    """Height, weight, numbers of pupils and phones stay in the ledger; the factory gets sizes and sums."""
    ledger = openpyxl.load_workbook(run / LEDGERS / "校服征订登记表台账.xlsx", data_only=True)["台账"]
    heads = [str(cell.value) for cell in ledger[5]]
    names = {row[heads.index("姓名")].value for row in ledger.iter_rows(min_row=6)} - {None}
    pupil_numbers = {row[heads.index("学号")].value for row in ledger.iter_rows(min_row=6)} - {None}
    book = openpyxl.load_workbook(run / PRINTS, data_only=True)
    texts = {sheet.title: [str(c.value) for row in sheet.iter_rows() for c in row if c.value] for sheet in book}
    assert len(names) > 700
    for title, shown in texts.items():
        assert not pupil_numbers & set(shown), title
        assert not [text for text in shown if re.search(r"1[3-9][0-9]{9}|身高|体重", text)], title
        if "分装" not in title and title != "校服领用签收表":  # the two that pupils sign in their own class
            assert not names & set(shown), title


def test_every_printed_form_is_a4_one_page_wide(run):
    """And a form that goes on to another page repeats its header."""
    book = openpyxl.load_workbook(run / PRINTS)
    for sheet in book:
        setup, fits = sheet.page_setup, sheet.sheet_properties.pageSetUpPr.fitToPage
        assert setup.paperSize == 9, sheet.title
        # a form of several copies or classes breaks by hand, and is scaled to the width instead
        assert (fits and setup.fitToWidth in (None, 1)) or (sheet.row_breaks.brk and setup.scale), sheet.title
        if fits and setup.fitToHeight == 0:
            assert sheet.print_title_rows or sheet.max_row < 40, sheet.title
