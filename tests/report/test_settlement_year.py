"""The example fiscal year, settled: every check holds, two engines agree on every formula, each figure leads back."""

from __future__ import annotations

import re
import shutil
import zipfile
from decimal import Decimal
from pathlib import Path

import gnumeric
import openpyxl
import pytest
from recalculate import differences

from houqin.forms import load_forms, load_settlement
from houqin.pipeline import Result, run_pipeline
from houqin.read import read_settings
from houqin.report.settlement import Written, write_settlement
from houqin.school import load_school

ROOT = Path(__file__).parents[2]
SCHOOL_FOLDER = ROOT / "templates" / "示例中学年终"
FORMS = load_forms()
SCHOOL = load_school(SCHOOL_FOLDER, read_settings)
PAPERS = (
    "校长一页纸", "封面和说明", "参数", "源清单", "收支总表", "预算收入支出", "收入费用", "资产负债主要项目",
    "差异调节", "收入明细", "支出明细", "预算执行", "项目支出", "公用经费", "固定资产增减及折旧",
    "物资收发存及盘点", "工程项目", "勾稽检查", "勾稽明细", "取数对照表", "与上年对比", "问题清单", "签批",
)  # fmt: skip


@pytest.fixture(scope="module")
def result() -> Result:
    """Give what the pipeline makes of the example year."""
    return run_pipeline(SCHOOL_FOLDER / "收件箱", FORMS, SCHOOL, "2025-12-31")


def settle(path: Path, result: Result, unit: str = "元") -> Written:
    """Write the settlement of the example year."""
    return write_settlement(
        path, result, forms=FORMS, school=SCHOOL, year=2025, as_of="2025-12-31", unit=unit, run={"运行编号": "x"}
    )


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, result: Result) -> tuple[Path, Written]:
    """Give the settlement and where it lies."""
    path = tmp_path_factory.mktemp("year") / "年终决算.xlsx"
    return path, settle(path, result, "万元")


def test_every_check_holds_but_what_needs_last_year(made: tuple[Path, Written]) -> None:
    """The year is consistent by construction; only what compares with last year's run has no source."""
    verdicts = {each.rule.id: each.verdict for each in made[1].checks}
    assert [name for name, word in verdicts.items() if word == "✗ 不符"] == []
    unchecked = {name for name, word in verdicts.items() if word == "? 未核"}
    assert {name for name in unchecked if "last-year" not in name and "opening" not in name} == set()
    assert len(verdicts) >= 30


def test_the_auditors_order_comes_first() -> None:
    """All thirteen places that auditors open first have a check, and so have the ten relations between tables."""
    sources = {each.source for each in load_settlement().checks}
    assert {f"8.4-{n}" for n in (1, 2, 3, 5, 6, 9, 10)} <= sources
    assert {f"C-{n}" for n in (1, 2, 3, 4, 9, 10, 11, 12, 13)} <= sources


def test_two_engines_agree_on_every_formula(made: tuple[Path, Written]) -> None:
    """LibreOffice and Gnumeric work all formulas out again and get what is stored."""
    assert differences([made[0]]) == []
    assert gnumeric.differences(made[0]) == []


def test_a_planted_wrong_value_is_seen_by_both(made: tuple[Path, Written], tmp_path: Path) -> None:
    """The two comparisons are no formality: a stored value that is off by a fen shows in both."""
    wrong = tmp_path / "wrong.xlsx"
    with zipfile.ZipFile(made[0]) as source, zipfile.ZipFile(wrong, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet5.xml":
                data, count = re.subn(rb"(<f>ROUND\([^<]*</f><v>)(\d+)", rb"\g<1>1\2", data, count=1)
                assert count == 1
            target.writestr(name, data)
    assert differences([wrong])
    assert gnumeric.differences(wrong)


def test_the_two_surpluses_meet_to_the_fen(made: tuple[Path, Written]) -> None:
    """December goods paid in January, depreciation, goods used, disposals, donations: nothing is left unexplained."""
    figures = {name: value for name, (_, value) in made[1].figures.items()}
    assert figures["d_rest"] == Decimal(0)
    assert figures["surplus"] != figures["budget_surplus"]


def test_all_papers_are_there_in_the_order_in_which_they_are_read(made: tuple[Path, Written]) -> None:
    """The head teacher's page is first; the ledgers stand behind the papers."""
    names = openpyxl.load_workbook(made[0], read_only=True).sheetnames
    order = [names.index(name) for name in PAPERS]
    assert names[0] == "校长一页纸"
    assert set(PAPERS) <= set(names)
    assert max(order) < min(n for n, name in enumerate(names) if name.startswith("台账-"))


def test_no_cell_of_a_paper_holds_a_bare_figure_where_it_should_be_live(made: tuple[Path, Written]) -> None:
    """In the three statements each amount is a formula, or says that it is 未核."""
    book = openpyxl.load_workbook(made[0])
    for name in ("收支总表", "预算收入支出", "收入费用", "资产负债主要项目", "差异调节"):
        sheet = book[name]
        header = next(row for row in range(1, 12) if sheet.cell(row, 2).value == "项目")
        amounts = [sheet.cell(row, 3).value for row in range(header + 1, sheet.max_row + 1) if sheet.cell(row, 2).value]
        assert amounts
        assert all(str(each).startswith("=") or "未核" in str(each) for each in amounts if each is not None), name


def test_the_same_year_gives_the_same_bytes(made: tuple[Path, Written], result: Result, tmp_path: Path) -> None:
    """Whatever the time and the folder."""
    again = tmp_path / "anders" / "年终决算.xlsx"
    settle(again, result, "万元")
    assert again.read_bytes() == made[0].read_bytes()


def test_without_a_source_its_papers_say_so(tmp_path: Path) -> None:
    """The trial balance is taken away: the statements stand there, each figure 未核, and no check of them passes."""
    inbox = tmp_path / "收件箱"
    shutil.copytree(SCHOOL_FOLDER / "收件箱", inbox)
    (inbox / "科目余额表2025年12月.xlsx").unlink()
    written = settle(tmp_path / "年终决算.xlsx", run_pipeline(inbox, FORMS, SCHOOL, "2025-12-31"))
    assert written.figures["bi_total"][1] is None
    passed = {each.rule.id for each in written.checks if each.verdict == "✓ 通过"}
    assert not passed & {"balance-sheet", "income-and-expense-balance", "surplus-reconciled", "assets-as-booked"}
    assert "full-is-initial-and-adjusted" in passed
