"""A marked copy is the clerk's own file: compared part by part with the original, on workbooks of many kinds."""

from __future__ import annotations

import io
import posixpath
from typing import TYPE_CHECKING

import openpyxl
import pytest
from lxml import etree
from package.compare import unexpected_changes
from package.corpus import CELLS, CORPUS, parts_of, sheet_parts, transitional

from houqin.model import a1
from houqin.package import Listing, Mark, Row, cell_at, mark_workbook
from houqin.package.cells import Cells
from houqin.package.rows import split_rows
from houqin.package.xml import parse
from houqin.read import content_of
from houqin.read.reader import shared_reader

if TYPE_CHECKING:
    from houqin.package import Outcome

LEVELS = ("error", "question", "warning", "info", "error")
STAMP = "houqin-list/1 run=r sha256=00 file=表.xlsx"


# Sheets are parsed whole, or all taken for large ones, of which only the marked rows are.
SIZES = pytest.mark.parametrize("large", [1 << 21, 0], ids=["whole", "cut"])


def listing(outcome: Outcome) -> Listing:
    """Give a small list."""
    return Listing(
        name="问题清单", title="问题清单", lines=["说明", str(outcome)], legend=[("error", "✗ 必须改")],
        columns=[("级别", 10), ("单元格", 10), ("处理意见", 14), ("编号", 4)],
        rows=[Row(("✗ 必须改", "B3", "", "negative#0123456789ab"), "error", None, None, has_suggestion=True),
              Row(("? 请确认", "=1+1", "", "negative#0123456789ac"), "question")],
        stamp=STAMP, answers=("采纳建议", "已改"), link=1, answer=2, level=0,
    )  # fmt: skip


def marks() -> list[Mark]:
    """Give marks at cells that are there and at cells that are not."""
    return [Mark(cell, level, f"✗ 必须改（houqin 标注）\n=HYPERLINK(1) {cell}\n—— houqin 标注到此 ——")
            for cell, level in zip(CELLS, LEVELS, strict=True)]  # fmt: skip


def anchored(data: bytes, sheet: str) -> set[str]:
    """Give where the marks of a sheet come to stand."""
    cells = Cells(parse(parts_of(data)[sheet_parts(data)[sheet]]))
    return {a1(*cells.anchor(*(cell_at(cell) or (1, 1)))) for cell in CELLS}


@SIZES
@pytest.mark.parametrize("name", CORPUS)
def test_nothing_but_the_marks_changes(name: str, large: int) -> None:
    """Charts, stamps, rules, formulas, notes, names, print set-up: all that is not a mark is as it was."""
    data = CORPUS[name]()
    marked = mark_workbook(data, {sheet: marks() for sheet in sheet_parts(data)}, listing, large=large)
    at = {sheet: anchored(data, sheet) for sheet in sheet_parts(data)}
    assert unexpected_changes(data, marked.data, at) == []


@pytest.mark.parametrize("name", CORPUS)
def test_every_cell_reads_as_before(name: str) -> None:
    """The reader finds the same sheets with the same cells, and a list of ours before them."""
    data = CORPUS[name]()
    marked = mark_workbook(data, {sheet: marks() for sheet in sheet_parts(data)}, listing)
    before, after = shared_reader().parse(data), shared_reader().parse(marked.data)
    own, lists = content_of(after)
    assert [each.sheet for each in lists] == [marked.sheet]
    assert [each.sheet for each in own] == [each.sheet for each in before]
    for one, two in zip(before, own, strict=True):
        places = [(row, column) for row in range(1, one.rows + 1) for column in range(1, one.columns + 1)]
        assert [one.cell(*at) for at in places] == [two.cell(*at) for at in places]
        assert (one.merges, one.formulas, one.hidden_rows) == (two.merges, two.formulas, two.hidden_rows)


@SIZES
@pytest.mark.parametrize("name", CORPUS)
def test_marks_of_an_earlier_run_are_replaced(name: str, large: int) -> None:
    """A copy that comes back is marked as if it were the original: no second list, note or fill on top of the first."""
    data = CORPUS[name]()
    first = mark_workbook(data, {sheet: marks() for sheet in sheet_parts(data)}, listing, large=large)
    again = mark_workbook(
        first.data, {sheet: marks() for sheet in sheet_parts(data)}, listing, earlier=[first.sheet], large=large
    )
    one, two = parts_of(first.data), parts_of(again.data)
    assert sheet_parts(again.data).keys() == sheet_parts(first.data).keys()
    for sheet, part in sheet_parts(data).items():
        assert one[part] == two[part], sheet
    assert len(again.data) < len(first.data) * 1.05
    assert sum(data.count("houqin 标注到此".encode()) for data in two.values()) == sum(
        data.count("houqin 标注到此".encode()) for data in one.values()
    )
    assert two["xl/styles.xml"].count(b"FFE4572D") == one["xl/styles.xml"].count(b"FFE4572D")


@SIZES
@pytest.mark.parametrize("name", CORPUS)
def test_marks_come_off_and_leave_the_clerks_own(name: str, large: int) -> None:
    """Without findings the next copy bears no fill and no note of ours, and every note of the clerk's."""
    data = CORPUS[name]()
    first = mark_workbook(data, {sheet: marks() for sheet in sheet_parts(data)}, listing, large=large)
    clean = mark_workbook(first.data, {}, listing, earlier=[first.sheet], large=large)
    at = {sheet: anchored(data, sheet) for sheet in sheet_parts(data)}
    assert unexpected_changes(data, clean.data, at) == []
    assert not any("houqin 标注".encode() in part for part in parts_of(clean.data).values())


def test_the_same_marks_give_the_same_bytes() -> None:
    """Same input, same bytes out."""
    data = CORPUS["rich"]()
    copies = {mark_workbook(data, {"9月": marks()}, listing).data for _ in range(2)}
    assert len(copies) == 1


@pytest.mark.parametrize("name", CORPUS)
def test_another_program_finds_every_mark(name: str) -> None:
    """Each marked cell has its pattern and its note, where a conversation does not hold the place."""
    data = CORPUS[name]()
    marked = mark_workbook(data, {sheet: marks() for sheet in sheet_parts(data)}, listing)
    book = openpyxl.load_workbook(io.BytesIO(transitional(marked.data)), rich_text=True)
    patterns = {"error": "lightUp", "question": "lightDown", "warning": "gray125", "info": "gray0625"}
    for sheet in sheet_parts(data):
        cells = Cells(parse(parts_of(data)[sheet_parts(data)[sheet]]))
        for cell, level in zip(CELLS, LEVELS, strict=True):
            own = book[sheet][a1(*cells.anchor(*(cell_at(cell) or (1, 1))))]
            assert own.fill.patternType in {patterns[level], "mediumGray"}, (sheet, cell)
            if (name, cell) != ("conversation", "B3"):
                assert own.comment is not None, (sheet, cell)
                assert f"=HYPERLINK(1) {cell}" in own.comment.text
    first = book[marked.sheet]
    assert first.sheet_properties.pageSetUpPr.fitToPage
    assert (first.page_setup.paperSize, first.page_setup.orientation) == (9, "landscape")
    assert [rule.formula1 for rule in first.data_validations.dataValidation] == ['"采纳建议,已改"', '"已改"']


@pytest.mark.parametrize("name", CORPUS)
def test_every_part_is_declared_linked_and_what_it_says(name: str) -> None:
    """Excel repairs or refuses a package in which a part has no type, a link leads nowhere or a root is another's."""
    data = CORPUS[name]()
    marked = parts_of(mark_workbook(data, {sheet: marks() for sheet in sheet_parts(data)}, listing).data)
    types = etree.fromstring(marked["[Content_Types].xml"])
    defaults = {each.get("Extension").lower() for each in types.iter("{*}Default")}
    declared = [each.get("PartName")[1:] for each in types.iter("{*}Override")]
    assert len(set(declared)) == len(declared)
    assert [part for part in declared if part not in marked] == []
    new = [part for part in marked if part not in parts_of(data)]
    assert [part for part in new if part not in declared and part.rsplit(".", 1)[-1].lower() not in defaults] == []
    roots = {"comments": "comments", "drawings/vml": "xml", "worksheets/houqin": "worksheet", "custom": "Properties"}
    for part in new:
        wanted = next((root for word, root in roots.items() if word.lower() in part.lower()), None)
        if wanted is not None and not part.endswith(".rels"):
            assert etree.QName(etree.fromstring(marked[part])).localname == wanted, part
    for part, links in ((part, marked[part]) for part in marked if part.endswith(".rels")):
        folder = part.replace("_rels/", "").rpartition("/")[0]
        ids = [each.get("Id") for each in etree.fromstring(links)]
        assert len(set(ids)) == len(ids)
        for each in etree.fromstring(links):
            target = each.get("Target")
            whole = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            assert each.get("TargetMode") == "External" or whole in marked, (part, target)


def test_a_large_sheet_is_cut_only_where_that_is_safe() -> None:
    """Rows without numbers or out of order, comments, another encoding: there a parser judges the whole sheet."""
    sheet = b'<worksheet><sheetData><row r="1"><c/></row><row r="3" ht="20"/></sheetData></worksheet>'
    rows = split_rows(sheet)
    assert rows is not None
    assert rows.only([]) == b'<worksheet><sheetData><row r="1"><c/></row></sheetData></worksheet>'
    assert rows.joined(rows) == sheet
    assert rows.heights() == {3: 20.0}
    changed = split_rows(b'<worksheet a="1"><sheetData><row r="2"/><row r="3"/></sheetData></worksheet>')
    assert changed is not None
    assert rows.joined(changed) == (
        b'<worksheet a="1"><sheetData><row r="1"><c/></row><row r="2"/><row r="3"/></sheetData></worksheet>'
    )
    for before, after in (
        (b' r="3"', b""), (b'r="3"', b'r="1"'), (b"<sheetData>", b"<!-- --><sheetData>"),
        (b"<worksheet>", b'<?xml version="1.0" encoding="GBK"?><worksheet>'), (b"<row", b"<tow"),
    ):  # fmt: skip
        assert split_rows(sheet.replace(before, after)) is None


def test_a_cell_under_a_merge_is_marked_where_the_merge_shows() -> None:
    """A fill and a note on a covered cell would be seen by nobody."""
    data = CORPUS["rich"]()
    mark = Mark("C1", "error", "✗ 必须改（houqin 标注）\nx\n—— houqin 标注到此 ——")
    sheet = openpyxl.load_workbook(io.BytesIO(mark_workbook(data, {"9月": [mark]}, listing).data))["9月"]
    assert sheet["A1"].fill.patternType == "lightUp"
    assert sheet["A1"].comment is not None


@pytest.mark.parametrize("name", CORPUS)
def test_every_note_has_its_box(name: str) -> None:
    """Excel drops a note without a box, and shows a box at another cell for the wrong one; numbers are used once."""
    data = CORPUS[name]()
    parts = parts_of(mark_workbook(data, {sheet: marks() for sheet in sheet_parts(data)}, listing).data)
    numbers: list[str] = []
    for part in sheet_parts(data).values():
        links = etree.fromstring(parts[part.replace("worksheets/", "worksheets/_rels/") + ".rels"])
        # A picture in the page's head has a drawing of this kind too; the sheet says which one is for notes.
        (own,) = etree.fromstring(parts[part]).iter("{*}legacyDrawing")
        targets = {
            each.get("Type").rpartition("/")[2]: posixpath.join("/xl/worksheets", each.get("Target"))
            for each in links
            if each.get("Type").endswith("/comments") or each.get("Id") == next(iter(own.attrib.values()))
        }
        held = {kind: parts[posixpath.normpath(target)[1:]] for kind, target in targets.items()}
        noted = {each.get("ref") for each in etree.fromstring(held["comments"]).iter("{*}comment")}
        drawing = etree.fromstring(held["vmlDrawing"])
        boxes = [each for each in drawing.iter("{*}ClientData") if each.get("ObjectType") == "Note"]
        assert {a1(int(b.findtext("{*}Row")) + 1, int(b.findtext("{*}Column")) + 1) for b in boxes} == noted
        assert len(boxes) == len(noted)
        numbers += [each.get("id") for each in drawing.iter("{*}shape")]
    assert len(set(numbers)) == len(numbers)
