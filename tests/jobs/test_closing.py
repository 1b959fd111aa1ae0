"""A period is closed, held and adjusted, through the job as a school runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest
from jobs.returned_ledgers import AS_OF, STOCK, Written, column_of, corrected, make_school, row_of

from houqin.cli import main
from houqin.errors import BadDescription, FailedRun
from houqin.jobs.runs import verify_run
from houqin.jobs.semester_start import semester_start
from houqin.report.decisions_book import write_decisions
from houqin.school.decisions import COLUMNS

if TYPE_CHECKING:
    from pathlib import Path

PERIOD = "2025-2026-1"
REPAIRS = (
    ["报修日期", "地点", "设备名称", "故障情况", "报修人"],
    ["2025-09-02", "七年级(1)班", "灯管", "不亮", "王一"],
)


class Office:
    """A school with one workbook, its register of decisions, and its results."""

    def __init__(self, base: Path) -> None:
        self.school, self.out = make_school(base), base / "结果"
        for name in ("领用.xlsx", "预算.xlsx", "报修.xlsx"):
            (self.school / "收件箱" / name).unlink()
        self.register = self.school / "决定" / "决定登记.xlsx"
        self.register.parent.mkdir()
        write_decisions(self.register, ())

    def run(self):
        """Run the job by hand."""
        return semester_start(school=str(self.school), out=str(self.out), as_of=AS_OF)

    def enter(self, **row: str) -> None:
        """Write a row into the register, as a person does."""
        book = openpyxl.load_workbook(self.register)
        sheet = book.active
        header = next(r[0].row for r in sheet.iter_rows() if r[0].value == "日期")
        free = next(r for r in range(header + 1, sheet.max_row + 2) if sheet.cell(r, 3).value is None)
        for column, title in enumerate(COLUMNS, 1):
            sheet.cell(free, column).value = row.get(title)
        book.save(self.register)

    def entered(self, kind: str) -> list[dict[str, object]]:
        """Give the rows of a kind."""
        rows = list(openpyxl.load_workbook(self.register).active.iter_rows(values_only=True))
        top = next(number for number, row in enumerate(rows) if row[0] == "日期")
        told = [dict(zip(COLUMNS, row, strict=False)) for row in rows[top + 1 :]]
        return [row for row in told if row["种类"] == kind]

    def change(self, cell: str, value: object) -> None:
        """Change the clerk's own workbook."""
        path = self.school / "收件箱" / "9月.xlsx"
        book = openpyxl.load_workbook(path)
        book.active[cell].value = value
        book.save(path)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Make the office of a school whose period was run and then closed."""
    made = Office(tmp_path)
    made.run()
    made.enter(日期="2026-01-31", 经办人="李会计", 种类="结账", 决定=PERIOD)
    return made


def said(outcome) -> list[str]:
    """Give what was said of the closing."""
    return [finding.message for finding in outcome.findings if finding.code == "closed-period"]


def test_a_period_is_closed_held_and_adjusted(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """Closed: frozen with hashes. Changed: refused. With an adjustment: made once, dated, and the old result stays."""
    closed = office.run()
    assert said(closed) == [f"{PERIOD} 已于 2026-01-31 结账（李会计），台账已冻结。"]
    assert "stock_balance:" in str(office.entered("结账")[-1]["原值"])
    assert said(office.run()) == []
    office.change("H3", 35)
    with pytest.raises(FailedRun, match=r"不能直接修改：物资收发存汇总表和结账时不同.*调整事项"):
        office.run()
    assert main(["run", "semester-start", "--school", str(office.school), "--out", str(office.out)]) == 1
    assert "已于 2026-01-31 结账（李会计），不能直接修改" in capsys.readouterr().err
    assert verify_run(closed.folder) is None
    office.enter(
        日期="2026-03-05", 经办人="李会计", 种类="调整事项", 决定=PERIOD, 说明="盘点更正结存", 来自="盘点表 3 号",
    )  # fmt: skip
    adjusted = office.run()
    (line,) = said(adjusted)
    assert "依调整事项（2026-03-05，李会计：盘点更正结存；依据：盘点表 3 号）" in line
    assert adjusted.result.ledgers["stock_balance"].frame["close_qty"].tolist() == [81_000, 40_000, 35_000]
    assert "stock_balance:" in str(office.entered("调整事项")[-1]["原值"])
    assert verify_run(closed.folder) is None
    assert closed.folder != adjusted.folder
    office.change("H3", 36)
    with pytest.raises(FailedRun, match="不能直接修改"):
        office.run()
    office.change("H3", 35)
    assert said(office.run()) == []


def test_a_corrected_ledger_does_not_open_a_closed_period(office: Office) -> None:
    """A decision is a change like any other; nothing of it goes into the register."""
    closed = office.run()
    written = Written(office.school, office.out, closed.folder)

    def change(sheet) -> None:
        sheet.cell(row_of(sheet, "粉笔"), column_of(sheet, "期末结存")).value = 35

    (office.school / "收件箱" / "改.xlsx").write_bytes(corrected(written, STOCK, change))
    with pytest.raises(FailedRun, match="不能直接修改：物资收发存汇总表"):
        office.run()
    assert office.entered("更正") == []


@pytest.mark.parametrize("lacking", ["日期", "经办人", "说明", "来自"])
def test_an_adjustment_needs_its_day_its_person_its_reason_and_its_evidence(office: Office, lacking: str) -> None:
    """Without one of them the register is refused, with the row and what it lacks."""
    row = {"日期": "2026-03-05", "经办人": "李会计", "种类": "调整事项", "决定": PERIOD, "说明": "漏登", "来自": "单 3"}
    office.enter(**{**row, lacking: ""})
    with pytest.raises(BadDescription, match=f"“调整事项”还要填{lacking}"):
        office.run()


def test_a_period_that_is_not_written_as_one_is_no_closing(office: Office) -> None:
    """It would otherwise freeze nothing, and nobody would know."""
    office.enter(日期="2026-01-31", 经办人="李会计", 种类="结账", 决定="上学期")
    with pytest.raises(BadDescription, match=r"“结账”的“决定”一栏写期间.*“上学期”看不懂"):
        office.run()


def test_a_new_file_of_another_form_changes_a_closed_period_too(office: Office) -> None:
    """What was not there when it was closed is a change, and named."""
    office.run()
    book = openpyxl.Workbook()
    for row in REPAIRS:
        book.active.append(row)
    book.save(office.school / "收件箱" / "报修.xlsx")
    with pytest.raises(FailedRun, match="不能直接修改：设施报修登记表和结账时不同"):
        office.run()
