"""A fiscal year is closed once, and held in the ledgers of whatever job: a change is refused, or adjusted by name."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest
from account.ledgers import make_ledger
from jobs.test_closing import Office as Register
from jobs.test_closing import said

from houqin.errors import FailedRun
from houqin.forms import load_forms
from houqin.jobs.closed import keep_all
from houqin.jobs.closed_years import Hold, keep_snapshots, take_published
from houqin.jobs.monthly_canteen import monthly_canteen
from houqin.jobs.places import EXAMPLE_SCHOOL
from houqin.jobs.runs import verify_run
from houqin.jobs.year_end_settlement import year_end_settlement
from houqin.report.decisions_book import write_decisions
from houqin.school import Decision, DecisionKind, Decisions

if TYPE_CHECKING:
    from pathlib import Path

FORMS = load_forms()
CLOSING = Decision(DecisionKind.CLOSE, date="2026-01-31", who="李会计", value="2025")
ADJUSTMENT = Decision(
    DecisionKind.ADJUST, date="2026-03-05", who="李会计", value="2025", reason="漏登一张验收单", source="验收单 7 号"
)
HEAD = ["日期", "食材名称", "单位", "数量", "单价", "金额", "供货商", "验收人"]
DECEMBER = [
    ["2025-12-01", "大米", "公斤", 100, 5, 500, "粮店", "王一、王二"],
    ["2025-12-02", "白菜", "公斤", 50, 2, 100, "菜行", "王一、王二"],
    ["2025-12-03", "豆腐", "公斤", 20, 4, 80, "菜行", "王一、王二"],
]
JANUARY = ["2026-01-05", "大米", "公斤", 80, 5, 400, "粮店", "王一、王二"]
GOODS = [
    ["物品名称", "规格", "单位", "期初结存", "入库数量", "出库数量", "结存"],
    ["粉笔", "白色", "盒", 20, 100, 85, 35],
]


class Office(Register):
    """A school with a canteen's receipts and a stock book, which two jobs read."""

    def __init__(self, base: Path) -> None:
        self.school, self.out = base / "学校", base / "结果"
        (self.school / "收件箱").mkdir(parents=True)
        settings = (EXAMPLE_SCHOOL / "school.toml").read_text(encoding="utf-8")
        (self.school / "school.toml").write_text(re.sub(r"(?m)^example = .*$", "", settings), encoding="utf-8")
        self.register = self.school / "决定" / "决定登记.xlsx"
        self.register.parent.mkdir()
        write_decisions(self.register, ())
        self.receipts(DECEMBER)
        self.write("收发存.xlsx", [["物资收发存汇总表"], *GOODS])

    def write(self, name: str, rows: list[list[object]]) -> None:
        """Put a workbook into the inbox."""
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(self.school / "收件箱" / name)

    def receipts(self, rows: list[list[object]], name: str = "验收.xlsx") -> None:
        """Put the canteen's receipts into the inbox."""
        self.write(name, [["食材采购验收台账"], HEAD, *rows])

    def settle(self):
        """Make the year's settlement."""
        return year_end_settlement(school=str(self.school), out=str(self.out), fiscal_year=2025)

    def month(self, month: str = "2025-12"):
        """Make a month of the canteen."""
        return monthly_canteen(school=str(self.school), out=str(self.out), month=month, as_of="2026-02-10")


REFUSED = (
    r"2025 年度已于 2026-01-31 结账.*不能直接修改：食材采购验收台账有 2 行.*《验收.xlsx》“Sheet”A4"
    r".*1 行没有了.*“调整事项”"
)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Make an office that has run both jobs, and closed the year."""
    made = Office(tmp_path)
    made.month()
    made.settle()
    made.enter(日期="2026-01-31", 经办人="李会计", 种类="结账", 决定="2025")
    return made


def test_a_year_that_one_job_closed_is_held_by_another_and_adjusted_once_for_both(office: Office) -> None:
    """The canteen's run freezes it; its change is refused to both jobs; one adjustment serves both."""
    frozen = office.month()
    assert said(frozen) == [
        "2025 年度已于 2026-01-31 结账（李会计），1 种台账里日期在这一年的 3 行已冻结，以后哪个作业读到都核对。"
    ]
    assert said(office.month()) == said(office.settle()) == []
    # What goes on in the next year is no change of this one.
    office.receipts([*DECEMBER, JANUARY])
    assert said(office.month("2026-01")) == []
    late = ["2025-12-04", "鸡蛋", "公斤", 10, 9, 90, "菜行", "王一、王二"]
    office.receipts([DECEMBER[0], [*DECEMBER[1][:3], 60, 2, 120, *DECEMBER[1][6:]], DECEMBER[2], late])
    for job in (office.month, office.settle, lambda: office.month("2026-01")):
        with pytest.raises(FailedRun, match=REFUSED):
            job()
    assert verify_run(frozen.folder) is None
    office.enter(
        日期="2026-03-05", 经办人="李会计", 种类="调整事项", 决定="2025", 说明="漏登一张验收单", 来自="验收单 7 号",
    )  # fmt: skip
    (line,) = said(office.settle())
    assert "依调整事项（2026-03-05，李会计：漏登一张验收单；依据：验收单 7 号）" in line
    assert said(office.month()) == said(office.settle()) == []
    office.receipts(DECEMBER)
    with pytest.raises(FailedRun, match="不能直接修改"):
        office.month()


def test_what_has_no_date_is_held_by_the_settlement_alone(office: Office) -> None:
    """A stock book says how things are when it is drawn up: another job may have a later one."""
    office.settle()
    office.write("收发存.xlsx", [["物资收发存汇总表"], GOODS[0], ["粉笔", "白色", "盒", 20, 100, 80, 40]])
    assert said(office.month()) == []
    with pytest.raises(FailedRun, match=r"2025 年度.*不能直接修改：物资收发存汇总表和结账时不同"):
        office.settle()


def test_a_record_of_what_was_frozen_that_is_lost_or_changed_is_told_with_the_way_back(office: Office) -> None:
    """Without it nothing could be held; the run that froze it has a copy."""
    frozen = office.settle()
    (path,) = (office.school / "决定" / "结账").iterdir()
    path.write_text(path.read_text(encoding="utf-8").replace('"2025"', '"2024"'), encoding="utf-8")
    with pytest.raises(FailedRun, match=r"冻结的记录.*用不了（内容被改动过）.*99技术文件/结账"):
        office.month()
    path.write_bytes((frozen.folder / "99技术文件" / "结账" / path.name).read_bytes())
    assert said(office.month()) == []


class Runs:
    """Runs of a school without notebooks: what each froze goes on to the next."""

    def __init__(self, base: Path) -> None:
        self.base, self.decisions, self.number = base, Decisions((CLOSING,)), 0

    def __call__(self, job: str, period: str, rows: list[dict[str, object]], file: str = "日记账.xlsx") -> list[str]:
        """Make one run; give what it told."""
        self.number += 1
        technical, own = self.base / str(self.number), self.base / "结果" / job / period
        technical.mkdir()
        take_published(self.decisions, (), own, technical)
        ledgers = {"canteen_journal": make_ledger("canteen_journal", rows, file)}
        kept, notes = keep_all(Hold(job, period, self.base, technical), ledgers, self.decisions, FORMS)
        assert keep_snapshots(technical, self.base, lambda act: act()) is None
        self.decisions = self.decisions.with_more(kept)
        return [note.message for note in notes]


ROWS = [
    {"date": "2025-12-01", "summary": "买菜", "expense": 10_000},
    {"date": "2026-01-02", "summary": "买米", "expense": 500},
]


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    """Freeze the year with one row of a canteen's journal."""
    made = Runs(tmp_path)
    assert "的 1 行已冻结" in made("monthly-canteen", "2025-12", ROWS)[0]
    return made


def test_rows_of_another_year_and_files_that_are_not_there_are_no_change(runs: Runs) -> None:
    """The year is cut by the rows' dates; an inbox of January lacks December's workbook."""
    assert runs("monthly-canteen", "2026-01", [ROWS[0], {**ROWS[1], "expense": 700}]) == []
    assert runs("monthly-canteen", "2026-01", [ROWS[1]], "一月.xlsx") == []
    assert runs("monthly-canteen", "2026-01", ROWS, "另存.xlsx") == []


@pytest.mark.parametrize("change", [
    [{**ROWS[0], "expense": 10_001}, ROWS[1]],
    [{**ROWS[0], "date": "2025-12-02"}, ROWS[1]],
    [ROWS[0], ROWS[0], ROWS[1]],
    [{**ROWS[0], "pending": True}, ROWS[1]],
    [ROWS[1]],
], ids=["amount", "day", "twice", "pending", "gone"])  # fmt: skip
def test_each_kind_of_change_is_refused(runs: Runs, change: list[dict[str, object]]) -> None:
    """Another amount or day, a row twice, a row that waits for an answer, a row that is gone."""
    with pytest.raises(FailedRun, match="食堂日记账"):
        runs("monthly-canteen", "2026-01", change)


def test_an_adjustment_is_used_up_by_the_change_that_it_allows(runs: Runs) -> None:
    """The one after it needs another, and going back is a change too."""
    runs.decisions = runs.decisions.with_more([ADJUSTMENT])
    more = [{**ROWS[0], "expense": 20_000}]
    assert "漏登一张验收单" in runs("semester-end", "2025-2026-1", more)[0]
    assert runs("monthly-canteen", "2025-12", more) == []
    with pytest.raises(FailedRun):
        runs("monthly-canteen", "2025-12", ROWS)
    runs.decisions = runs.decisions.with_more([replace(ADJUSTMENT, date="2026-04-01", reason="更正更正")])
    assert "更正更正" in runs("monthly-canteen", "2025-12", ROWS)[0]
