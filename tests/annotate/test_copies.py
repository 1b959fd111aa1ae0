"""From findings to marked copies of the clerk's own files, and the answers back."""

from __future__ import annotations

import hashlib
import io
import zipfile
from array import array
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile
from package.compare import unexpected_changes
from package.corpus import CORPUS, parts_of, rewritten

from houqin.annotate import annotate_files
from houqin.annotate.gate import difference
from houqin.forms import load_forms, templates_folder
from houqin.jobs.access import access_for
from houqin.jobs.source_bytes import SourceBytes
from houqin.model import Finding, Level, Place, grid_of, is_answer_sheet, read_answers
from houqin.pipeline import run_pipeline
from houqin.read import read_folder, read_settings
from houqin.read.reader import shared_reader
from houqin.school import load_school

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.annotate import Copies
    from houqin.model import Grid, SourceFile

GOLDEN = Path(__file__).parents[1] / "golden"
INBOXES = [*sorted(GOLDEN.glob("*/workbooks")), templates_folder() / "示例中学" / "收件箱"]


def marked(inbox: Path, out: Path, findings: Sequence[Finding], files: Sequence[SourceFile] | None = None) -> Copies:
    """Mark the files of a folder."""
    return annotate_files(
        read_folder(inbox) if files is None else files, findings, target=out, run="r1",
        bytes_of=SourceBytes(inbox, access_for(None)), reopen=shared_reader().parse,
    )  # fmt: skip


def one(path: Path, sheet: str = "表一", cell: str = "A2", **more: object) -> Finding:
    """Give a finding about a cell."""
    return Finding("negative", Level.ERROR, "是负数。", Place(path.name, sheet, cell), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("inbox", INBOXES, ids=lambda path: path.parent.name)
def test_real_workbooks_change_only_where_they_are_marked(inbox: Path, tmp_path: Path) -> None:
    """Every workbook of the golden folders and of the example school: compared part by part with its original."""
    school = load_school(templates_folder() / "示例中学", read_settings)
    result = run_pipeline(inbox, load_forms(), school, "2025-09-12")
    made = marked(inbox, tmp_path, result.findings, result.files)
    assert made.findings == ()
    for path, copy in made.written.items():
        if not path.endswith(".xlsx"):
            continue
        grids = {grid.sheet: grid for file in result.files if file.path == path for grid in file.grids}
        cells: dict[str, set[str]] = {sheet: set() for sheet in grids}
        for finding in result.findings:
            for place in (finding.place, *finding.related):
                if place is not None and place.file == path and place.sheet and place.cell:
                    cells[place.sheet].add(place.cell)
        assert unexpected_changes((inbox / path).read_bytes(), (tmp_path / copy).read_bytes(), cells) == []


def test_a_file_without_a_finding_at_a_cell_gets_no_copy(tmp_path: Path) -> None:
    """A copy that differs in nothing would be one file more to wonder about."""
    inbox = tmp_path / "收件箱"
    inbox.mkdir()
    (inbox / "表.xlsx").write_bytes(CORPUS["small"]())
    whole = Finding("hidden-sheet", Level.WARNING, "隐藏。", Place("表.xlsx", "表一"))
    many = tuple(Place("表.xlsx", "表一", f"A{row}") for row in range(2, 30))
    info = Finding("below-minimum", Level.INFO, "低于最低库存。", many[0], related=many[1:])
    assert marked(inbox, tmp_path / "out", [whole, info]).written == {}
    assert not (tmp_path / "out").exists()


def test_notes_say_sign_level_message_and_rule(tmp_path: Path) -> None:
    """The first character tells the level without the colour; the clerk's own note stands first, with its author."""
    (tmp_path / "表.xlsx").write_bytes(CORPUS["small"]())
    finding = one(tmp_path / "表.xlsx", cell="B3", found="-4", expected="4", suggestion="4")
    marked(tmp_path, tmp_path / "out", [finding, one(tmp_path / "表.xlsx", cell="A2")])
    sheet = openpyxl.load_workbook(tmp_path / "out" / "表.xlsx")["表一"]
    note = sheet["B3"].comment
    assert note is not None
    assert note.author == "houqin"
    assert note.text.startswith("✗ 必须改（houqin 标注）\n是负数。\n应为：4\n建议：4\n规则：出现负数（negative）")
    assert sheet["A2"].comment.text.startswith("原有批注\n\n✗ 必须改")
    assert sheet["B3"].fill.patternType == "lightUp"
    assert sheet["B3"].value == "文字"


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", '=HYPERLINK("http://x")'])
def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path, text: str) -> None:
    """Nothing that stands in a file becomes a formula in ours: in the list, in notes, in a converted copy."""
    (tmp_path / "表.csv").write_text(f'名称,数量\n"{text.replace(chr(34), chr(34) * 2)}",-3\n', encoding="utf-8-sig")
    finding = Finding("negative", Level.ERROR, text, Place("表.csv", "Sheet1", "A2"), found=text, suggestion=text)
    made = marked(tmp_path, tmp_path / "out", [finding])
    assert made.written == {"表.csv": "表.xlsx"}
    assert b"<f>" not in b"".join(parts_of((tmp_path / "out" / "表.xlsx").read_bytes()).values())
    book = openpyxl.load_workbook(tmp_path / "out" / "表.xlsx")
    row = [cell for cells in book["问题清单"] for cell in cells if cell.value == text]
    assert len(row) >= 3
    assert {cell.data_type for cell in row} <= {"s", "inlineStr"}
    assert book["Sheet1"]["A2"].value == text
    assert book["Sheet1"]["A2"].data_type == "s"


def test_other_formats_get_a_workbook_that_says_so(tmp_path: Path) -> None:
    """A csv and an xls cannot be marked in place: their values come as .xlsx, under a name that is free."""
    (tmp_path / "表.csv").write_text("名称,数量\n粉笔,-3\n", encoding="utf-8-sig")
    (tmp_path / "表.xlsx").write_bytes(CORPUS["small"]())
    (tmp_path / "旧.xls").write_bytes((Path(__file__).parents[1] / "read" / "legacy.xls").read_bytes())
    files = read_folder(tmp_path)
    old = next(file for file in files if file.path == "旧.xls")
    findings = [one(tmp_path / "表.csv", "Sheet1", "B2"), one(tmp_path / "旧.xls", old.grids[0].sheet, "B2")]
    made = marked(tmp_path, tmp_path / "out", findings)
    assert made.written == {"表.csv": "表.csv.xlsx", "旧.xls": "旧.xlsx"}
    for path, copy in made.written.items():
        grids = shared_reader().parse((tmp_path / "out" / copy).read_bytes())
        texts = [text for text in grids[0].strings if "转换而来" in text]
        assert is_answer_sheet(grids[0])
        assert len(texts) == 1
        assert path in texts[0]


def test_a_workbook_under_another_ending_gets_a_name_that_opens(tmp_path: Path) -> None:
    """Excel warns of a .xls that is a package; the copy has the ending of what it is."""
    (tmp_path / "表.xls").write_bytes(CORPUS["small"]())
    assert marked(tmp_path, tmp_path / "out", [one(tmp_path / "表.xls")]).written == {"表.xls": "表.xlsx"}


def test_what_cannot_be_marked_safely_is_said_and_not_written(tmp_path: Path) -> None:
    """A copy that reads otherwise than the original, or a file that changed meanwhile: no copy, and a finding."""
    (tmp_path / "表.xlsx").write_bytes(CORPUS["small"]())
    files = read_folder(tmp_path)
    finding = one(tmp_path / "表.xlsx")

    def reopen(data: bytes) -> Sequence[Grid]:
        grids = shared_reader().parse(data)
        return [grid_of([["别的"]], "表一")] if any(is_answer_sheet(grid) for grid in grids) else grids

    made = annotate_files(
        files, [finding], target=tmp_path / "out", run="r",
        bytes_of=SourceBytes(tmp_path, access_for(None)), reopen=reopen,
    )  # fmt: skip
    assert made.written == {}
    assert [(each.code, each.place) for each in made.findings] == [("copy-not-marked", Place("表.xlsx"))]
    assert not (tmp_path / "out").exists()
    (tmp_path / "表.xlsx").write_bytes(CORPUS["rich"]())
    assert "又变了" in marked(tmp_path, tmp_path / "out", [finding], files).findings[0].message


def test_a_format_that_is_not_there_stops_the_mark(tmp_path: Path) -> None:
    """A cell that points past the end of the formats would get the look of one of ours: such a file is not marked."""
    data = rewritten(CORPUS["small"](), lambda name, part: part.replace(b'<c r="C4"', b'<c r="C4" s="7"') if name ==
                     "xl/worksheets/sheet1.xml" else part)  # fmt: skip
    (tmp_path / "表.xlsx").write_bytes(data)
    made = marked(tmp_path, tmp_path / "out", [one(tmp_path / "表.xlsx")])
    assert made.written == {}
    assert "格式" in made.findings[0].message


def test_the_gate_sees_a_value_a_format_a_formula_and_a_merge() -> None:
    """What the gate would let pass, no one would notice."""
    own = grid_of([["a", 1.0], [None, 2.0]])
    assert difference([own], [own]) is None
    assert "B2" in str(difference([own], [grid_of([["a", 1.0], [None, 3.0]])]))
    assert "A2" in str(difference([own], [grid_of([["a", 1.0], ["x", 2.0]])]))
    assert difference([own], [grid_of([["a", 1.0], [None, 2.0]], "别的")]) == "工作表不同"
    assert difference([own], [own, own]) == "工作表不同"


def filled_in(path: Path, row_of: str, choice: str, reason: str | None) -> None:
    """Fill in a row of the list as a person does, and save it as another program does."""
    book = openpyxl.load_workbook(path)
    sheet = book["问题清单"]
    header = next(cells for cells in sheet.iter_rows() if cells[-1].value == "编号")
    columns = {cell.value: cell.column for cell in header}
    for cells in sheet.iter_rows(min_row=header[0].row + 1):
        if cells[columns["单元格"] - 1].value == row_of:
            cells[columns["处理意见"] - 1].value = choice
            cells[columns["说明"] - 1].value = reason
    book.save(path)


def test_answers_are_read_back_after_another_program_saved_the_copy(tmp_path: Path) -> None:
    """The returned file reads as the original, its list as answers with the keys of the findings."""
    (tmp_path / "表.xlsx").write_bytes(CORPUS["small"]())
    first, second = one(tmp_path / "表.xlsx", cell="A2", suggestion="3"), one(tmp_path / "表.xlsx", cell="C4")
    out = tmp_path / "out"
    marked(tmp_path, out, [first, second])
    filled_in(out / "表.xlsx", "A2", "忽略并说明", "情况属实")
    original, (returned,) = read_folder(tmp_path)[0], read_folder(out)
    assert [grid.sheet for grid in returned.grids] == ["表一"]
    assert len(returned.answer_sheets) == 1
    assert returned.warnings == original.warnings
    (answer,) = read_answers(returned.answer_sheets)
    assert (answer.code, answer.choice, answer.reason, answer.cell) == ("negative", "忽略并说明", "情况属实", "A2")
    assert answer.suggestion == "3"
    assert answer.stamp is not None
    assert answer.stamp.file == "表.xlsx"
    assert answer.stamp.sha256 == hashlib.sha256((tmp_path / "表.xlsx").read_bytes()).hexdigest()


def test_a_returned_copy_is_marked_anew_and_not_on_top(tmp_path: Path) -> None:
    """Saved by another program, with one cell mended: the old marks go, the one finding that is left is marked."""
    (tmp_path / "表.xlsx").write_bytes(CORPUS["small"]())
    out, again = tmp_path / "out", tmp_path / "again"
    marked(tmp_path, out, [one(tmp_path / "表.xlsx", cell="A3"), one(tmp_path / "表.xlsx", cell="C4")])
    filled_in(out / "表.xlsx", "A3", "已改", None)
    assert marked(out, again, [one(tmp_path / "表.xlsx", cell="C4")]).findings == ()
    book = openpyxl.load_workbook(again / "表.xlsx")
    assert book.sheetnames == ["问题清单", "表一"]
    sheet = book["表一"]
    assert sheet["A3"].fill.patternType is None
    assert sheet["A3"].comment is None
    assert sheet["A2"].comment.text == "原有批注"
    assert sheet["C4"].fill.patternType == "lightUp"
    assert sheet["C4"].comment.text.count("（houqin 标注）") == 1


def test_a_finding_in_two_files_is_marked_in_both(tmp_path: Path) -> None:
    """Each clerk sees his own cell, and in words where the other one stands; both rows have one key."""
    for name in ("甲.xlsx", "乙.xlsx"):
        (tmp_path / name).write_bytes(CORPUS["small"]())
    data = CORPUS["small"]()
    (tmp_path / "乙.xlsx").write_bytes(rewritten(data, lambda _, part: part.replace(b"<v>4</v>", b"<v>40</v>")))
    finding = Finding("conflicting-copies", Level.QUESTION, "两份不同。", Place("甲.xlsx", "表一", "A5"),
                      related=(Place("乙.xlsx", "表一", "A5"),))  # fmt: skip
    marked(tmp_path, tmp_path / "out", [finding])
    keys = set()
    for name in ("甲.xlsx", "乙.xlsx"):
        filled_in(tmp_path / "out" / name, "A5", "已改", None)
    for file in read_folder(tmp_path / "out"):
        (answer,) = read_answers(file.answer_sheets)
        keys.add(answer.key)
    assert len(keys) == 1
    assert "与《甲.xlsx》" in openpyxl.load_workbook(tmp_path / "out" / "乙.xlsx")["表一"]["A5"].comment.text


def test_a_workbook_in_an_archive_is_marked_below_its_name(tmp_path: Path) -> None:
    """The archive stands for its files; the copy lies in a folder of the archive's name."""
    inbox = tmp_path / "收件箱"
    inbox.mkdir()
    with zipfile.ZipFile(inbox / "资料.zip", "w") as archive:
        archive.writestr("七年级/表.xlsx", CORPUS["small"]())
    finding = Finding("negative", Level.ERROR, "是负数。", Place("资料.zip/七年级/表.xlsx", "表一", "A2"))
    made = marked(inbox, tmp_path / "out", [finding])
    assert made.findings == ()
    assert (tmp_path / "out" / "资料.zip" / "七年级" / "表.xlsx").is_file()


def test_a_locked_workbook_gets_no_copy_without_its_lock(tmp_path: Path) -> None:
    """Whoever locked a file did so for a reason: what was read with the password is not put out without one."""
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(CORPUS["small"]())).encrypt("密码1", locked)
    (tmp_path / "表.xlsx").write_bytes(locked.getvalue())
    files = read_folder(tmp_path, passwords=lambda _: ["密码1"])
    assert [file.status for file in files] == ["read"]
    made = marked(tmp_path, tmp_path / "out", [one(tmp_path / "表.xlsx")], files)
    assert made.written == {}
    assert "密码" in made.findings[0].message


def test_a_formula_without_a_value_stays_without_one(tmp_path: Path) -> None:
    """Where the reader had a value computed, the copy holds what the file holds: the formula, and no value."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "表一"
    sheet["A1"], sheet["A2"] = 1, "=A1+1"
    book.save(tmp_path / "表.xlsx")
    files = access_for(None).read([tmp_path / "表.xlsx"], tmp_path)
    made = marked(tmp_path, tmp_path / "out", [one(tmp_path / "表.xlsx")], files)
    assert made.findings == ()
    assert shared_reader().parse((tmp_path / "out" / "表.xlsx").read_bytes())[1].unstored


def test_a_returned_copy_takes_the_place_of_its_original(tmp_path: Path) -> None:
    """Both in the inbox, under two names: the copy was made from just these bytes, so it alone counts."""
    inbox = tmp_path / "收件箱"
    inbox.mkdir()
    (inbox / "表.xlsx").write_bytes(CORPUS["small"]())
    marked(inbox, tmp_path / "out", [one(inbox / "表.xlsx", cell="A3")])
    filled_in(tmp_path / "out" / "表.xlsx", "A3", "已改", None)
    (tmp_path / "out" / "表.xlsx").rename(inbox / "表(1).xlsx")
    result = run_pipeline(inbox, load_forms(), None, "2025-09-12")
    assert {file.path: file.status for file in result.files} == {"表.xlsx": "skipped", "表(1).xlsx": "read"}
    assert any("标注后的副本" in finding.message for finding in result.findings)
    (inbox / "表.xlsx").write_bytes(
        rewritten(CORPUS["small"](), lambda _, part: part.replace(b"<v>4</v>", b"<v>9</v>"))
    )
    result = run_pipeline(inbox, load_forms(), None, "2025-09-12")
    assert {file.status for file in result.files} == {"read"}


def test_a_corrected_workbook_is_marked_as_it_lies_there(tmp_path: Path) -> None:
    """Corrections of the school lie over the sheets as they are used; the copy holds what the clerk wrote."""
    (tmp_path / "表.xlsx").write_bytes(CORPUS["small"]())
    (tmp_path / "表.csv").write_text("名称,数量\n粉笔,-3\n", encoding="utf-8-sig")
    files = [
        replace(file, grids=tuple(replace(grid, numbers=array("d", [7.0] * len(grid.numbers))) for grid in file.grids))
        for file in read_folder(tmp_path)
    ]
    made = marked(
        tmp_path, tmp_path / "out", [one(tmp_path / "表.xlsx"), one(tmp_path / "表.csv", "Sheet1", "B2")], files
    )
    assert made.findings == ()
    assert openpyxl.load_workbook(tmp_path / "out" / "表.csv.xlsx")["Sheet1"]["B2"].value == "-3"
