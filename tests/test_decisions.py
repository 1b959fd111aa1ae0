"""What people decided: kept, read back, and applied while it holds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from small_tables import SCHOOL

from houqin.errors import BadDescription
from houqin.forms import load_forms, templates_folder
from houqin.model import SourceFile, grid_of
from houqin.pipeline import process_files
from houqin.read import read_settings
from houqin.report.decisions_book import write_decisions
from houqin.report.texts import findings_text
from houqin.school import Decision, DecisionKind, Decisions, load_decisions, load_school

if TYPE_CHECKING:
    from pathlib import Path

    from houqin.pipeline import Result

STOCK = [
    ["示例中学2025年9月物资收发存"],
    ["序号", "物品名称", "规格", "单位", "期初结存", "入库数量", "出库数量", "结存", "单价", "金额"],
    [1, "粉笔", "白色", "盒", 20, 100, 85, 53, 2.5, 87.5],
    [2, "扫帚", "竹", "把", 12, 60, 54, 18, 8, 144],
    [3, "拖把", "棉线", "把", 4, 36, 36, 4, 12, 48],
]
SLIP = Decision(
    DecisionKind.CORRECTION, "2025-09-10", "张三", "9月.xlsx", "9月", "H3", "53", "35",
    reason="照实物清点", source="问题清单",
)  # fmt: skip


def run(*decisions: Decision, rows: list[list[object]] | None = None, path: str = "9月.xlsx") -> Result:
    """Take one small workbook through the flow with these decisions."""
    width = max(map(len, STOCK))
    lines = [[*row, *[None] * (width - len(row))] for row in rows or STOCK]
    file = SourceFile(path, "0" * 64, "read", (grid_of(lines, "9月"),))
    school = replace(SCHOOL, decisions=Decisions(decisions))
    return process_files([file], load_forms(), school, "2025-09-12")


def test_decisions_come_back_as_they_were_written(tmp_path: Path) -> None:
    """Text stays text: 7-3, 0012 and 350.00 are no dates and no numbers; empty rows are none."""
    given = (
        SLIP,
        Decision(DecisionKind.SILENCE, "2025-09-11", "李四", "9月.xlsx", "9月", "B4", "0012", "", "missing", "无号"),
        Decision(DecisionKind.CORRECTION, "2025-09-11", "", "班.xlsx", "", "A2", "7-3", "350.00"),
        Decision(DecisionKind.COLUMN, raw="库里还有", value="期末结存/数量"),
    )
    write_decisions(tmp_path / "决定登记.xlsx", given)
    problems: list[str] = []
    shared, own = load_decisions(tmp_path, read_settings, problems)
    assert (problems, shared.all, own.all) == ([], (), given)


def test_the_register_is_the_same_bytes_for_the_same_decisions(tmp_path: Path) -> None:
    """A run's identity hangs on it."""
    for name in ("a.xlsx", "b.xlsx"):
        write_decisions(tmp_path / name, [SLIP])
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_schools_own_decision_counts_before_the_bureaus(tmp_path: Path) -> None:
    """Both are read with the settings; of two about the same header the school's own is the later."""
    (tmp_path / "决定").mkdir()
    (tmp_path / "school.toml").write_bytes((templates_folder() / "示例中学" / "school.toml").read_bytes())
    shared = {"剩": "备注", "名": "物品名称"}
    handed_out = [Decision(DecisionKind.COLUMN, raw=header, value=field) for header, field in shared.items()]
    own = Decision(DecisionKind.COLUMN, raw="剩", value="期末结存/数量")
    write_decisions(tmp_path / "决定" / "区教育局.xlsx", handed_out)
    write_decisions(tmp_path / "决定" / "决定登记.xlsx", [own])
    assert load_school(tmp_path, read_settings).confirmed_columns == {"剩": "期末结存/数量", "名": "物品名称"}


def test_a_mistake_in_the_register_is_told_with_its_cell(tmp_path: Path) -> None:
    """A wrong kind names the nearest right one; what a kind needs is told, all at once."""
    (tmp_path / "决定").mkdir()
    (tmp_path / "school.toml").write_bytes((templates_folder() / "示例中学" / "school.toml").read_bytes())
    wrong = [replace(SLIP, kind="更政"), Decision(DecisionKind.SILENCE, code="missing")]  # type: ignore[arg-type]
    write_decisions(tmp_path / "决定" / "决定登记.xlsx", wrong)
    with pytest.raises(BadDescription) as error:
        load_school(tmp_path, read_settings)
    assert error.value.problems == [
        "《决定/决定登记.xlsx》“决定”C6：种类“更政”不认识。可以填：更正、忽略、认列、认表、结账、调整事项。",
        "《决定/决定登记.xlsx》“决定”C7：“忽略”还要填说明。",
    ]


def test_a_correction_counts_while_the_cell_says_what_it_said() -> None:
    """The wrong figure is gone from findings and ledger, and the change is recorded with its rule."""
    before, after = run(), run(SLIP)
    assert [f.code for f in before.findings if f.place and f.place.cell == "H3"] == ["balance-mismatch"]
    assert not [f for f in after.findings if f.place and f.place.cell == "H3"]
    assert list(after.ledgers["stock_balance"].frame["close_qty"]) == [18_000, 4_000, 35_000]
    assert [(c.place.cell, c.before, c.after) for c in after.changes if c.rule == "decision"] == [("H3", "53", "35")]


def test_a_correction_of_a_cell_that_changed_is_asked_again() -> None:
    """Neither the old figure nor the decided one: both are shown, and the sheet counts."""
    rows = [list(row) for row in STOCK]
    rows[2][7] = 36
    result = run(SLIP, rows=rows)
    (asked,) = [f for f in result.findings if f.code == "outdated-decision"]
    assert (asked.found, asked.expected, asked.place and asked.place.cell) == ("36", "35", "H3")
    assert "张三，2025-09-10" in asked.message
    rows[2][7] = 35
    assert "outdated-decision" not in {f.code for f in run(SLIP, rows=rows).findings}


def test_a_file_that_moved_into_a_folder_is_still_meant() -> None:
    """A decision names the file by its path, or by its name where only one file has it."""
    assert [c.rule for c in run(SLIP, path="七年级/9月.xlsx").changes if c.rule == "decision"] == ["decision"]
    assert not [c for c in run(SLIP, path="10月.xlsx").changes if c.rule == "decision"]


def test_a_silenced_finding_no_longer_waits_and_stays_listed() -> None:
    """It holds for this rule at this cell with this content."""
    silence = replace(SLIP, kind=DecisionKind.SILENCE, value="", code="balance-mismatch", reason="已盘点")
    result = run(silence)
    assert not [f for f in result.findings if f.place and f.place.cell == "H3"]
    (silenced,) = result.silenced
    assert (silenced.finding.code, silenced.reason, silenced.who) == ("balance-mismatch", "已盘点", "张三")
    text = findings_text(result.findings, silenced=result.silenced)
    assert "【已按决定忽略】共 1 条" in text
    assert "已忽略：已盘点（张三，2025-09-10）" in text
    rows = [list(row) for row in STOCK]
    rows[2][7] = 54
    assert not run(silence, rows=rows).silenced


def test_a_confirmed_column_is_known_from_then_on() -> None:
    """What a person said once of a header is not asked again."""
    rows = [list(row) for row in STOCK]
    rows[1][7] = "柜里还有"
    asked = run(rows=rows)
    assert "stock_balance" not in asked.ledgers
    known = run(Decision(DecisionKind.COLUMN, raw="柜里还有", value="期末结存/数量"), rows=rows)
    assert list(known.ledgers["stock_balance"].frame["close_qty"]) == [18_000, 4_000, 53_000]
