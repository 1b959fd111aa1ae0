"""A run builds on the last published run of the semester before."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import openpyxl
import pytest

from houqin.errors import FailedRun
from houqin.jobs.earlier import COPY, period_before, read_earlier
from houqin.jobs.parameters import SemesterStart
from houqin.jobs.places import EXAMPLE_SCHOOL
from houqin.jobs.plan import make_plan
from houqin.jobs.runs import RECORD, TECHNICAL, open_run
from houqin.jobs.semester_start import semester_start
from houqin.jobs.year_end_settlement import year_end_settlement

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "物品名称,规格,单位,期初数量,本期入库,本期出库,期末结存\n"


def settle(folder: Path, semester: str, days: tuple[str, str], rows: str) -> None:
    """Write the settings of a semester, and its one workbook."""
    text = (EXAMPLE_SCHOOL / "school.toml").read_text(encoding="utf-8")
    for name, value in (("semester", f'"{semester}"'), ("term_start", days[0]), ("term_end", days[1])):
        text = re.sub(rf"(?m)^{name} = \S+", f"{name} = {value}", text)
    text = re.sub(r"(?m)^example = .*$", "", text)
    (folder / "school.toml").write_text(text, encoding="utf-8")
    (folder / "收件箱" / "物资收发存.csv").write_text(HEAD + rows, encoding="utf-8")


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """Make a school whose first semester closed with 36 packs of paper."""
    folder = tmp_path / "学校"
    (folder / "收件箱").mkdir(parents=True)
    rows = "复印纸,A4,包,10,50,24,36\n粉笔,白,盒,1,2,1,2\n"
    settle(folder, "第一学期", ("2025-09-01", "2026-01-30"), rows)
    return folder


def test_the_second_semester_opens_with_the_closing_of_the_first(school: Path) -> None:
    """The first run says that there was nothing to compare with; the next names both cells, and keeps what it used."""
    out = str(school.parent / "结果")
    first = semester_start(school=str(school), out=out, as_of="2025-09-12")
    assert "carry-unchecked" in {found.code for found in first.findings}
    rows = "复印纸,A4,包,30,0,1,29\n粉笔,白,盒,2,0,0,2\n"
    settle(school, "第二学期", ("2026-03-02", "2026-07-10"), rows)
    second = semester_start(school=str(school), out=out, as_of="2026-03-20")
    told = [found for found in second.findings if found.code.startswith("carry")]
    assert [(f.code, f.place and f.place.cell, f.expected) for f in told] == [("carry-mismatch", "D2", "36")]
    assert "上期（2025-2026-1）期末 36 包（《物资收发存.csv》G2）" in told[0].message
    earlier = read_earlier(second.folder / TECHNICAL)
    assert earlier.run == first.folder.name
    # Another closing of the semester before makes another run.
    plan = make_plan("semester-start", SemesterStart(school=str(school), out=out, as_of="2026-03-20"), base=school)
    shutil.rmtree(first.folder.parent)
    with open_run(plan) as run:
        assert run.id != second.folder.name
        assert not (run.technical / COPY).exists()


def test_ledgers_that_somebody_changed_are_not_built_on(school: Path) -> None:
    """To compare with them would prove nothing."""
    plan = make_plan("semester-start", SemesterStart(school=str(school), out="结果"), base=school)
    parent = plan.parent.parent / period_before(plan.period) / "abc"
    (parent / TECHNICAL).mkdir(parents=True)
    (parent / TECHNICAL / "台账.sqlite3").write_bytes(b"changed")
    (parent / RECORD).write_text(json.dumps({"outputs": []}), encoding="utf-8")
    with pytest.raises(FailedRun, match="和发布时不同，不能用来核对期初"), open_run(plan):
        pass


def put(school: Path, name: str, rows: list[list[object]]) -> None:
    """Put a workbook into the inbox."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(school / "收件箱" / name)


CASH = ["日期", "凭证号", "摘要", "收入", "支出", "余额"]
TRIAL = ["科目编码", "科目名称", "期初借方", "期初贷方", "本期借方", "本期贷方", "期末借方", "期末贷方"]


def test_a_fiscal_year_opens_with_the_closing_of_the_year_before(school: Path) -> None:
    """Subject by subject and book by book, through the job; of one file the semesters see their own days.

    The year 2025 closes its books; 2026 opens the bank 5 yuan short and the cash book with what no row brought.
    """
    (school / "收件箱" / "物资收发存.csv").unlink()
    autumn = [["2025-09-05", "1", "拨款", 500, None, 500], ["2025-12-30", "2", "办公用品", None, 80, 420]]
    put(school, "收支明细.xlsx", [CASH, *autumn])
    put(school, "科目余额.xlsx", [
        TRIAL,
        ["1002", "银行存款", None, None, 500, 80, 420, None],
        ["3001", "累计盈余", None, None, 80, 500, None, 420],
    ])  # fmt: skip
    out = str(school.parent / "结果")
    year_end_settlement(school=str(school), out=out, fiscal_year=2025)
    spring = [["2026-01-05", "1", "拨款", 100, None, 530], ["2026-03-02", "2", "维修", None, 30, 500]]
    put(school, "收支明细.xlsx", [CASH, *autumn, *spring])
    put(school, "科目余额.xlsx", [
        TRIAL,
        ["1002", "银行存款", 415, None, 100, 30, 485, None],
        ["3001", "累计盈余", None, 420, 30, 100, None, 490],
    ])  # fmt: skip
    second = year_end_settlement(school=str(school), out=out, fiscal_year=2026, as_of="2026-12-31")
    told = [f.message for f in second.findings if f.code == "carry-mismatch"]
    assert len(told) == 1
    assert told[0].startswith("“1002 银行存款”本期期初 415.00 元，上期（2025）期末 420.00 元（《科目余额.xlsx》")
    # The cash book as a file of its own, from January on: now it must open with what 2025 closed with.
    put(school, "收支明细.xlsx", [CASH, *spring])
    third = year_end_settlement(school=str(school), out=out, fiscal_year=2026, as_of="2026-12-31")
    books = [f.message for f in third.findings if f.code == "carry-mismatch" and "第一笔" in f.message]
    (said,) = books
    assert said.startswith("收支明细账本期第一笔（2026-01-05）以前的余额是 430.00 元，上期（2025）最后一笔")
