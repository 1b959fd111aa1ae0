"""A marked copy comes back, filled in: it stands for its original, and its answers become decisions."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import openpyxl
import pytest

from houqin.cli import main
from houqin.forms import load_forms, templates_folder
from houqin.jobs.decided import keep_decisions
from houqin.jobs.runs import patiently
from houqin.pipeline import run_pipeline
from houqin.read import read_settings
from houqin.school import load_school

if TYPE_CHECKING:
    from pathlib import Path

    from houqin.pipeline import Result

EXAMPLE = templates_folder() / "示例中学"
STOCK = [
    ["示例中学2025年9月物资收发存", *[None] * 7],
    ["序号", "物品名称", "规格", "单位", "期初结存", "入库数量", "出库数量", "结存"],
    [1, "粉笔", "白色", "盒", 20, 100, 85, 53],
    [2, "扫帚", "竹", "把", 12, 60, 54, 81],
    [3, "拖把", "棉线", "把", 4, 36, 36, 40],
]


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """Make a school with one stock list of three wrong balances, and its marked copy beside it."""
    folder = tmp_path / "学校"
    (folder / "收件箱").mkdir(parents=True)
    shutil.copy(EXAMPLE / "school.toml", folder)
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "9月"
    for row in STOCK:
        sheet.append(row)
    book.save(folder / "收件箱" / "9月.xlsx")
    words = ["clean", str(folder / "收件箱" / "9月.xlsx"), "--school", str(folder), "--out", str(tmp_path / "出")]
    assert main(words) == 0
    return folder


def answered(school: Path, answers: dict[str, tuple[str | None, str | None]]) -> Path:
    """Fill in the list of the marked copy (cell -> 处理意见, 说明) and put the copy into the inbox."""
    (copy,) = (path for path in (school.parent / "出").rglob("9月.xlsx") if "标注" in str(path))
    book = openpyxl.load_workbook(copy)
    sheet = book["问题清单"]
    header = next(row for row in sheet.iter_rows() if any(cell.value == "处理意见" for cell in row))
    columns = {cell.value: cell.column for cell in header}
    for row in range(header[0].row + 1, sheet.max_row + 1):
        cell = sheet.cell(row, columns["单元格"]).value
        if cell in answers:
            choice, reason = answers[cell]
            sheet.cell(row, columns["处理意见"]).value = choice
            sheet.cell(row, columns["说明"]).value = reason
    target = school / "收件箱" / "9月（标注）.xlsx"
    book.save(target)
    return target


def run(school: Path) -> Result:
    """Take the school's inbox through the flow."""
    return run_pipeline(school / "收件箱", load_forms(), load_school(school, read_settings), "2025-09-12")


def test_answers_are_carried_out_and_the_copy_stands_for_its_original(school: Path) -> None:
    """Adopted: the ledger has the right figure. Ignored with a reason: listed apart. What is left is still asked."""
    answered(school, {"H3": ("采纳建议", None), "H4": ("忽略并说明", "以盘点表为准")})
    result = run(school)
    assert [(f.path, f.status) for f in result.files] == [("9月.xlsx", "skipped"), ("9月（标注）.xlsx", "read")]
    assert list(result.ledgers["stock_balance"].frame["close_qty"]) == [81_000, 40_000, 35_000]
    assert [f.place and f.place.cell for f in result.findings if f.code == "balance-mismatch"] == ["H5"]
    assert [(s.finding.place and s.finding.place.cell, s.reason) for s in result.silenced] == [("H4", "以盘点表为准")]
    assert [(c.place.cell, c.after) for c in result.changes if c.rule == "decision"] == [("H3", "35")]


def test_what_was_decided_is_remembered_without_the_list(school: Path) -> None:
    """The register takes the decisions; the next run has the original alone, and asks only what is left."""
    copy = answered(school, {"H3": ("采纳建议", None), "H4": ("忽略并说明", "以盘点表为准")})
    first = run(school)
    told = [{name: str(getattr(each, name)) for name in each.__dataclass_fields__} for each in first.decided]
    (note,) = keep_decisions(school, told, patiently)
    assert "2 条新的决定，已经照办" in note
    copy.unlink()
    second = run(school)
    assert second.decided == ()
    assert [f.place and f.place.cell for f in second.findings if f.code == "balance-mismatch"] == ["H5"]
    assert list(second.ledgers["stock_balance"].frame["close_qty"]) == [81_000, 40_000, 35_000]


def test_a_cell_mended_in_the_copy_counts(school: Path) -> None:
    """已改 decides nothing: the copy's own cell says it."""
    copy = answered(school, {"H3": ("已改", None)})
    book = openpyxl.load_workbook(copy)
    book["9月"]["H3"] = 35
    book.save(copy)
    result = run(school)
    assert list(result.ledgers["stock_balance"].frame["close_qty"]) == [81_000, 40_000, 35_000]
    assert result.decided == ()


def test_an_answer_that_says_too_little_is_asked_again(school: Path) -> None:
    """Ignoring needs a reason; a reason needs a choice; other words are not guessed at."""
    answered(school, {"H3": ("忽略并说明", None), "H4": (None, "已经问过保管员"), "H5": ("随便", None)})
    result = run(school)
    said = [f.message for f in result.findings if f.code == "unclear-answer"]
    assert len(said) == 3
    assert any("“说明”是空的" in each for each in said)
    assert any("没有选处理意见" in each for each in said)
    assert any("“随便”看不懂" in each for each in said)
    assert len([f for f in result.findings if f.code == "balance-mismatch"]) == 3


def test_an_original_that_changed_since_is_not_passed_over(school: Path) -> None:
    """Then there are two versions, and nobody but the clerk knows which counts."""
    answered(school, {"H3": ("采纳建议", None)})
    book = openpyxl.load_workbook(school / "收件箱" / "9月.xlsx")
    book["9月"]["H5"] = 4
    book.save(school / "收件箱" / "9月.xlsx")
    assert {f.status for f in run(school).files} == {"read"}
