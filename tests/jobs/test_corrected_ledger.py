"""A ledger that a clerk corrects and puts into the inbox becomes decisions; what cannot is asked, never silent."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
import pytest
from jobs.returned_ledgers import (
    AS_OF,
    BUDGET,
    ISSUE,
    REPAIR,
    STOCK,
    Written,
    column_of,
    corrected,
    drop,
    first_run,
    make_school,
    row_of,
    told,
)
from recalculate import office

from houqin.forms import load_forms
from houqin.jobs.semester_start import semester_start
from houqin.jobs.written import runs_named_in
from houqin.pipeline import run_pipeline
from houqin.read import read_settings
from houqin.school import load_school

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.worksheet.worksheet import Worksheet


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Run the job once; all tests correct what it wrote."""
    return first_run(tmp_path_factory.mktemp("first"))


def say(title: str, value: object, *row: str) -> Callable[[Worksheet], None]:
    """Put a value under a header, in the row that holds these texts."""

    def change(sheet: Worksheet) -> None:
        sheet.cell(row_of(sheet, *row), column_of(sheet, title)).value = value

    return change


def both(*changes: Callable[[Worksheet], object]) -> Callable[[Worksheet], None]:
    """Make several changes."""

    def change(sheet: Worksheet) -> None:
        for each in changes:
            each(sheet)

    return change


def test_a_correction_goes_round_through_the_job(tmp_path: Path) -> None:
    """Run, correct, drop, run again: the ledger has the figure and says who and when; a third run changes nothing."""
    written = first_run(tmp_path)
    (written.school / "收件箱" / "台账改好.xlsx").write_bytes(corrected(written, STOCK, say("期末结存", 35, "粉笔")))
    original = (written.school / "收件箱" / "9月.xlsx").read_bytes()
    second = semester_start(school=str(written.school), out=str(written.out), as_of=AS_OF)
    (decision,) = second.result.decided
    assert astuple(decision) == (
        "更正", AS_OF, "李老师", "9月.xlsx", "9月", "H3", "53", "35", "", "台账更正", "台账改好.xlsx",
    )  # fmt: skip
    book = openpyxl.load_workbook(second.folder / "02汇总" / "台账" / f"{STOCK}.xlsx")
    sheet = book["台账"]
    assert sheet.cell(row_of(sheet, "粉笔"), column_of(sheet, "期末结存")).value == 35
    lines = [[cell.value for cell in row] for row in book["更正记录"].iter_rows(min_row=6)]
    assert lines == [[1, "9月.xlsx", "9月", "H3", "53", "35", "按决定更正", f"李老师，{AS_OF}：台账更正"]]
    assert (written.school / "收件箱" / "9月.xlsx").read_bytes() == original
    register = openpyxl.load_workbook(written.school / "决定" / "决定登记.xlsx").active
    assert [cell.value for cell in register[6]][:8] == [AS_OF, "李老师", "更正", "9月.xlsx", "9月", "H3", "53", "35"]
    third = semester_start(school=str(written.school), out=str(written.out), as_of=AS_OF)
    assert third.result.decided == ()
    for name, ledger in second.result.ledgers.items():
        assert third.result.ledgers[name].frame.equals(ledger.frame)
    assert told(third.result) == told(second.result) == []


def test_a_correction_is_taken_back_by_its_row_and_its_file(tmp_path: Path) -> None:
    """The ledger leaves the inbox, the row leaves the register: the figure is the source's again."""
    written = first_run(tmp_path)
    place = written.school / "收件箱" / "改.xlsx"
    place.write_bytes(corrected(written, STOCK, say("期末结存", 35, "粉笔")))
    second = semester_start(school=str(written.school), out=str(written.out), as_of=AS_OF)
    (line,) = [each.message for each in second.findings if each.code == "ledger-taken"]
    assert "改了 1 格，新照办 1 格" in line
    assert "要收回，请把这本台账移出收件箱，并在《决定登记》里删去那几行。" in line
    place.unlink()
    register = written.school / "决定" / "决定登记.xlsx"
    book = openpyxl.load_workbook(register)
    book.active.delete_rows(6)
    book.save(register)
    third = semester_start(school=str(written.school), out=str(written.out), as_of=AS_OF)
    assert third.result.ledgers["stock_balance"].frame["close_qty"].tolist() == [81_000, 40_000, 53_000]


def test_a_ledger_that_nobody_changed_decides_nothing_and_is_no_source(written: Written, tmp_path: Path) -> None:
    """All four, as the run wrote them: no decision, no question, no record more."""
    plain = drop(written, tmp_path / "ohne", {})
    files = {f"{title}.xlsx": written.ledger(title).read_bytes() for title in (STOCK, ISSUE, BUDGET, REPAIR)}
    result = drop(written, tmp_path / "mit", files)
    assert (result.decided, told(result)) == ((), [])
    for name, ledger in plain.ledgers.items():
        assert result.ledgers[name].frame.equals(ledger.frame)
    assert sum(each.code == "ledger-taken" for each in result.findings) == 4


@pytest.mark.parametrize(
    ("title", "change", "expected"),
    [
        (STOCK, say("期末结存", None, "粉笔"), [("9月.xlsx", "H3", "53", "")]),
        (STOCK, say("物品名称", "无尘粉笔", "粉笔"), [("9月.xlsx", "B3", "粉笔", "无尘粉笔")]),
        (STOCK, say("期末结存", "3,500.5", "粉笔"), [("9月.xlsx", "H3", "53", "3500.5")]),
        (ISSUE, say("领用数量", 6, "七年级(2)班", "扫帚"), [("领用.xlsx", "C4", "4", "6")]),
        (ISSUE, say("领用数量", None, "七年级(2)班", "扫帚"), [("领用.xlsx", "C4", "4", "")]),
        (BUDGET, say("累计支出", 110000, "办公费"), [("预算.xlsx", "C4", "10", "11")]),
        (BUDGET, say("执行率", 88, "办公费"), [("预算.xlsx", "D4", "80", "88")]),
        (REPAIR, say("维修时间", "2025-09-08", "窗"), [("报修.xlsx", "G5", "2025-09-05", "2025-09-08")]),
        (
            ISSUE,
            both(*(say("领用班级", "七年级(4)班", "七年级(3)班") for _ in range(3))),
            [("领用.xlsx", "A5", "七年级(3)班", "七年级(4)班")],
        ),
    ],
)
def test_a_change_becomes_a_decision_about_the_source_cell(
    written: Written, tmp_path: Path, title: str, change: Callable[[Worksheet], None], expected: list[tuple[str, ...]]
) -> None:
    """In the source's own unit and cell; a blank, a key, a matrix's cell, an axis changed for all its records."""
    result = drop(written, tmp_path / "neu", {"改.xlsx": corrected(written, title, change)})
    assert [(each.file, each.cell, each.raw, each.value) for each in result.decided] == expected
    assert told(result) == []


@pytest.mark.parametrize(
    ("title", "change", "words"),
    [
        (STOCK, lambda s: s.append([4, "抹布", "布", "块", 1, 2, 3, 0]), "多了 1 行（第 9 行“抹布 布 块”）"),
        (STOCK, lambda s: s.delete_rows(row_of(s, "粉笔")), "少了 1 行（序号 3，《9月.xlsx》“9月”B3）"),
        (
            STOCK,
            lambda s: s.append([cell.value for cell in s[row_of(s, "粉笔")]]),
            "出现了两次（第 8、9 行），只看了前一行",
        ),
        (STOCK, lambda s: s.delete_cols(column_of(s, "期末结存")), "没有了“期末结存/数量”这一列"),
        (STOCK, say("复算", "✓", "粉笔"), "“复算期末结存数量”是程序算出来的列"),
        (STOCK, say("货架", "丙", "粉笔"), "“货架”不在表单里"),
        (STOCK, lambda s: s.cell(8, 16, "这行要重数"), "表格外面写了字（P8“这行要重数”）"),
        (STOCK, lambda s: s.merge_cells("E6:E7"), "合并了单元格（E7）"),
        (STOCK, say("期末结存", "=20+100-85", "粉笔"), "是公式，文件里没有存下它的结果"),
        (STOCK, say("期末结存", "三十多", "粉笔"), "要填数，写的是“三十多”"),
        (REPAIR, say("维修时间", "下周", "窗"), "要填日期（2025-09-01 这样），写的是“下周”"),
        (
            ISSUE,
            say("领用班级", "七年级(4)班", "七年级(3)班", "粉笔"),
            "几条记录共用的一格（《领用.xlsx》“发放”A5，3 条）",
        ),
        (BUDGET, say("科目名称", "办公用品费", "30201"), "同时写着“科目编码”和“科目名称”"),
        (REPAIR, say("地点", "八年级(1)班", "灯管"), "会连带改动别的行"),
    ],
)
def test_what_cannot_become_a_decision_is_a_question(
    written: Written, tmp_path: Path, title: str, change: Callable[[Worksheet], object], words: str
) -> None:
    """One sentence that names the place and says what to do; nothing is changed."""
    plain = drop(written, tmp_path / "alt", {})
    result = drop(written, tmp_path / "neu", {"改.xlsx": corrected(written, title, change)})
    (finding,) = told(result)
    assert words in finding.message
    assert (finding.level, finding.place and finding.place.file) == ("question", "改.xlsx")
    assert result.decided == ()
    for name, ledger in plain.ledgers.items():
        assert result.ledgers[name].frame.equals(ledger.frame)


def test_a_sorted_and_filtered_ledger_is_the_same(written: Written, tmp_path: Path) -> None:
    """Rows are known by their source, not by where they stand."""

    def change(sheet: Worksheet) -> None:
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6, max_row=8)]
        for number, row in enumerate(reversed(rows), 6):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column).value = value
        sheet.row_dimensions[7].hidden = True
        sheet.cell(row_of(sheet, "粉笔"), column_of(sheet, "期末结存")).value = 35

    result = drop(written, tmp_path / "neu", {"改.xlsx": corrected(written, STOCK, change)})
    assert [(each.cell, each.value) for each in result.decided] == [("H3", "35")]
    assert told(result) == []


def test_two_copies_of_one_ledger_go_together_or_are_asked_about(written: Written, tmp_path: Path) -> None:
    """Different cells: both count. One cell, two values: neither."""
    one = corrected(written, STOCK, say("期末结存", 35, "粉笔"))
    other = corrected(written, STOCK, say("期末结存", 18, "扫帚"), who="张老师")
    result = drop(written, tmp_path / "a", {"一.xlsx": one, "二.xlsx": other})
    assert [(d.who, d.cell, d.value) for d in result.decided] == [("李老师", "H3", "35"), ("张老师", "H4", "18")]
    against = corrected(written, STOCK, say("期末结存", 36, "粉笔"))
    result = drop(written, tmp_path / "b", {"一.xlsx": one, "二.xlsx": against})
    assert result.decided == ()
    assert all("几本放回来的台账对同一格改得不一样" in each.message for each in told(result))
    assert len(told(result)) == 2


def test_a_source_that_changed_since_is_asked_about(written: Written, tmp_path: Path) -> None:
    """The cell itself as it was: the correction holds. Another figure there by now: nobody knows which is right."""
    data = corrected(written, STOCK, say("期末结存", 35, "粉笔"))
    book = openpyxl.load_workbook(written.school / "收件箱" / "9月.xlsx")
    book.active["F5"].value = 37
    book.save(tmp_path / "9月.xlsx")
    result = drop(written, tmp_path / "a", {"改.xlsx": data, "9月.xlsx": (tmp_path / "9月.xlsx").read_bytes()})
    assert [(each.cell, each.value) for each in result.decided] == [("H3", "35")]
    book.active["H3"].value = 54
    book.save(tmp_path / "9月.xlsx")
    result = drop(written, tmp_path / "b", {"改.xlsx": data, "9月.xlsx": (tmp_path / "9月.xlsx").read_bytes()})
    assert result.decided == ()
    assert "原表《9月.xlsx》在那次运行以后又改过" in told(result)[0].message
    gone = drop(written, tmp_path / "c", {"改.xlsx": data}, without="9月.xlsx")
    assert "原表《9月.xlsx》不在收件箱里了" in told(gone)[0].message


def test_an_older_ledger_does_not_undo_what_was_decided_since(tmp_path: Path) -> None:
    """The second run's ledger goes on from the first's; the first's, dropped again with another figure, is asked."""
    first = first_run(tmp_path)
    inbox = first.school / "收件箱"
    (inbox / "一.xlsx").write_bytes(corrected(first, STOCK, say("期末结存", 35, "粉笔")))
    run = semester_start(school=str(first.school), out=str(first.out), as_of=AS_OF)
    second = Written(first.school, first.out, run.folder)
    (inbox / "二.xlsx").write_bytes(corrected(second, STOCK, say("期末结存", 34, "粉笔")))
    later = semester_start(school=str(first.school), out=str(first.out), as_of=AS_OF)
    assert [(each.raw, each.value) for each in later.result.decided] == [("53", "34")]
    assert told(later.result) == []
    (inbox / "二.xlsx").unlink()
    (inbox / "一.xlsx").write_bytes(corrected(first, STOCK, say("期末结存", 33, "粉笔")))
    last = semester_start(school=str(first.school), out=str(first.out), as_of=AS_OF)
    assert last.result.decided == ()
    assert "这一格已有较新的决定（“34”，李老师，2025-09-12）" in told(last.result)[0].message


def test_a_ledger_of_another_school_or_an_unknown_run_is_not_used(written: Written, tmp_path: Path) -> None:
    """Nor is it taken for a source; a sheet without its stamp is still known for what it is."""
    data = corrected(written, STOCK, say("期末结存", 35, "粉笔"))

    def restamped(old: str, new: str) -> bytes:
        book = openpyxl.load_workbook(written.school.parent / "改.xlsx")
        for sheet in book:
            for row in sheet.iter_rows(max_row=5):
                for cell in row:
                    if str(cell.value).startswith("houqin-ledger/"):
                        cell.value = str(cell.value).replace(old, new) if new else None
        book.save(tmp_path / "neu.xlsx")
        return (tmp_path / "neu.xlsx").read_bytes()

    run = written.run.name
    cases = {
        "an": (restamped(run, "0123456789ab"), "另一次运行（编号 0123456789ab）写的"),
        "clean": (restamped(run, "-"), "houqin clean 写的"),
        "school": (restamped("school=", "school=00"), ""),
        "none": (restamped("", ""), "标识没有了"),
    }
    del cases["school"]
    for name, (bytes_, words) in cases.items():
        result = drop(written, tmp_path / name, {"改.xlsx": bytes_})
        (finding,) = told(result)
        assert words in finding.message
        assert (finding.code, result.decided, len(result.tables)) == ("ledger-foreign", (), 4)
    school = tmp_path / "别校" / "学校"
    shutil.copytree(written.school, school)
    text = (school / "school.toml").read_text(encoding="utf-8")
    (school / "school.toml").write_text(text.replace("示例中学", "另一中学"), encoding="utf-8")
    result = drop(Written(school, written.out, written.run), tmp_path / "x", {"改.xlsx": data})
    assert "这是别的学校的台账，不是另一中学的" in told(result)[0].message


def test_results_that_were_changed_by_hand_prove_nothing(tmp_path: Path) -> None:
    """What a ledger is held against must be what its run published."""
    written = first_run(tmp_path)
    (written.run / "99技术文件" / "台账.sqlite3").write_bytes(b"")
    result = drop(written, tmp_path / "neu", {"改.xlsx": corrected(written, STOCK, say("期末结存", 35, "粉笔"))})
    assert "找不到或被改动过" in told(result)[0].message


@pytest.mark.office
@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls", "csv"])
def test_what_libreoffice_saves_again_is_recognised(written: Written, tmp_path: Path, ending: str) -> None:
    """In each format that an office may choose; of csv LibreOffice writes the first sheet, so 台账 stands first."""
    data = corrected(written, STOCK, say("期末结存", 35, "粉笔"))
    book = openpyxl.load_workbook(written.school.parent / "改.xlsx")
    if ending == "csv":
        book.move_sheet("台账", -1)
        book.active = 0
    book.save(tmp_path / "改.xlsx")
    assert data
    made = tmp_path / "made"
    kind = "csv:Text - txt - csv (StarCalc):44,34,76,1" if ending == "csv" else ending
    command = [office(), f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", kind]
    subprocess.run([*command, "--outdir", str(made), str(tmp_path / "改.xlsx")], check=True, capture_output=True)
    again = made / f"改.{ending}"
    assert runs_named_in(again) == {written.run.name}
    result = drop(written, tmp_path / "neu", {again.name: again.read_bytes()})
    assert [(each.cell, each.value) for each in result.decided] == [("H3", "35")]
    assert told(result) == []


def test_what_is_no_workbook_names_no_run(tmp_path: Path) -> None:
    """Broken zips, directories that are too large, folders: nothing is raised, nothing is named."""
    (tmp_path / "kaputt.xlsx").write_bytes(b"PK\x03\x04 houqin-ledger/1 run=0123456789ab form=x")
    (tmp_path / "text.csv").write_bytes("houqin-ledger/1 run=0123456789ab form=x".encode("utf-16-le"))
    assert runs_named_in(tmp_path / "kaputt.xlsx") == runs_named_in(tmp_path) == set()
    assert runs_named_in(tmp_path / "text.csv") == {"0123456789ab"}
    assert runs_named_in(Path(tmp_path / "fehlt")) == set()


def test_a_ledger_of_last_semester_does_not_touch_this_ones_file_of_the_same_name(tmp_path: Path) -> None:
    """The file is called as it was and has the same figure in the same cell, and is another book."""
    first = first_run(tmp_path)
    data = corrected(first, STOCK, say("期末结存", 35, "粉笔"))
    settings = first.school / "school.toml"
    text = settings.read_text(encoding="utf-8")
    for name, value in (("semester", '"第二学期"'), ("term_start", "2026-03-02"), ("term_end", "2026-07-10")):
        text = re.sub(rf"(?m)^{name} = \S+", f"{name} = {value}", text)
    settings.write_text(text, encoding="utf-8")
    book = openpyxl.load_workbook(first.school / "收件箱" / "9月.xlsx")
    book.active["A1"].value = "示例中学2026年3月物资收发存"
    book.save(first.school / "收件箱" / "9月.xlsx")
    (first.school / "收件箱" / "改.xlsx").write_bytes(data)
    run = semester_start(school=str(first.school), out=str(first.out), as_of="2026-03-20")
    assert run.result.decided == ()
    words = "这本台账是 2025-2026-1 的，那一期的原表《9月.xlsx》和现在收件箱里的不是同一个文件"
    assert words in told(run.result)[0].message


def test_clean_says_that_a_ledger_takes_a_run(written: Written, tmp_path: Path) -> None:
    """Without a job there is nothing to hold it against; it is no source all the same."""
    school = tmp_path / "学校"
    shutil.copytree(written.school, school)
    (school / "收件箱" / "改.xlsx").write_bytes(corrected(written, STOCK, say("期末结存", 35, "粉笔")))
    result = run_pipeline(school / "收件箱", load_forms(), load_school(school, read_settings), AS_OF)
    assert "照它更正要用 houqin run" in told(result)[0].message
    assert len(result.tables) == 4


def test_a_pending_row_is_settled_by_making_both_alike(tmp_path: Path) -> None:
    """Two files say 53 and 35 of one good: corrected in the ledger they agree, and nothing is pending any more."""
    school = make_school(tmp_path)
    book = openpyxl.load_workbook(school / "收件箱" / "9月.xlsx")
    book.active["H3"].value = 35
    book.save(school / "收件箱" / "9月(1).xlsx")
    out = tmp_path / "结果"
    one = semester_start(school=str(school), out=str(out), as_of=AS_OF)
    first = Written(school, out, one.folder)
    assert one.result.ledgers["stock_balance"].frame["pending"].sum() == 2

    def change(sheet: Worksheet) -> None:
        column = column_of(sheet, "期末结存")
        (row,) = [r for r in range(6, sheet.max_row + 1) if sheet.cell(r, column).value == 53]
        sheet.cell(row, column).value = 35

    (school / "收件箱" / "改.xlsx").write_bytes(corrected(first, STOCK, change))
    two = semester_start(school=str(school), out=str(out), as_of=AS_OF)
    assert [(each.file, each.cell, each.value) for each in two.result.decided] == [("9月.xlsx", "H3", "35")]
    assert told(two.result) == []
    assert two.result.ledgers["stock_balance"].frame["pending"].sum() == 0
