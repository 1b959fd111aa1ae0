"""The month's canteen and the semester's end as jobs: their notebooks run, and their files are there."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
import recalculate

from houqin.errors import BadParameter
from houqin.jobs.kinds import kind_of
from houqin.jobs.parameters import parse_values
from houqin.jobs.places import NOTEBOOKS
from houqin.jobs.runner import RunReport, run_job
from houqin.read import read_settings
from houqin.school import load_school

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

EXAMPLE = NOTEBOOKS.parent / "templates" / "示例中学年终"


def run(job: str, out: Path, **values: Any) -> RunReport:
    """Run a job's notebook on the example year."""
    return run_job(job, parse_values(job, {"school": str(EXAMPLE), "out": str(out), **values}))


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> RunReport:
    """The example's December."""
    return run("monthly-canteen", tmp_path_factory.mktemp("month"))


@pytest.fixture(scope="module")
def term(tmp_path_factory: pytest.TempPathFactory) -> RunReport:
    """The example's autumn."""
    return run("semester-end", tmp_path_factory.mktemp("term"))


def figures(report: RunReport) -> Mapping[str, str | None]:
    """Give the figures that run.json tells."""
    return {each["id"]: each["value"] for each in report.record["figures"]}


def test_the_months_notebook_makes_the_statement(month: RunReport) -> None:
    """What the example's canteen posted for December comes out again, and all of it may be posted."""
    told = figures(month)
    assert month.record["period"] == "2025-12"
    assert told["canteen.income"] == "116830.50"
    assert told["canteen.surplus"] == "13986.25"
    assert told["posted"] == "2"
    page = openpyxl.load_workbook(month.folder / "02汇总" / "食堂月度汇总.xlsx", data_only=True)["食堂收支公示表"]
    assert page["A1"].value == "【示例】示例中学食堂收支公示表"


def test_the_semesters_notebook_makes_settlement_report_and_forms(term: RunReport) -> None:
    """Settlement, the assets' report and the printed forms lie where people look."""
    assert term.record["period"] == "2025-2026-1"
    for name in kind_of("semester-end").people:
        assert (term.folder / name).exists(), name
    told = figures(term)
    assert told["stock.uncounted"] == "0"
    assert told["fee.open"] == "6174.00"  # what was carried on from the year before counts
    assert told["posted"] == "5"  # the survey of the canteen among them


@pytest.mark.office
def test_all_stored_values_are_what_libreoffice_calculates(month: RunReport, term: RunReport) -> None:
    """Of the example's whole year as well."""
    paths = [*sorted((month.folder / "02汇总").glob("*.xlsx")), *sorted((term.folder / "02汇总").glob("*.xlsx"))]
    assert len(paths) == 3
    assert recalculate.differences([*paths, term.folder / "03打印单据.xlsx"]) == []


def test_every_link_of_the_workbooks_leads_somewhere(month: RunReport) -> None:
    """The way back: from the ledger rows to the run's own copies of the workbooks."""
    book = openpyxl.load_workbook(month.folder / "02汇总" / "食堂月度汇总.xlsx")
    targets = {
        cell.hyperlink.target.split("#")[0]
        for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink and cell.hyperlink.target
    }  # fmt: skip
    lost = [each for each in targets if not (month.folder / "02汇总" / each.replace("%20", " ")).exists()]
    assert targets
    assert lost == []


@pytest.mark.parametrize(
    ("job", "values", "word"),
    [
        ("monthly-canteen", {"month": "2025-13"}, "没有这个月"),
        ("monthly-canteen", {"month": "十二月"}, "月份要写成 2025-12 这样"),
        ("monthly-canteen", {"month": "2024-05"}, "请用那一学年的学校设置"),
        ("monthly-canteen", {"month": "2025-12", "as_of": "2025-11-30"}, "2025-12 还没有到"),
        ("semester-end", {"semester": 2}, "请先改学校设置"),
    ],
)
def test_a_wrong_parameter_is_refused_before_anything_starts(
    tmp_path: Path, job: str, values: dict[str, Any], word: str
) -> None:
    """In Chinese, with what is right."""
    with pytest.raises(BadParameter, match=word):
        run(job, tmp_path, **values)


def test_a_school_of_its_own_takes_the_month_before_and_today() -> None:
    """Nobody types the month that is posted every month."""
    school = load_school(EXAMPLE, read_settings)
    own = replace(school, is_example=False)
    cut = kind_of("monthly-canteen").cut(parse_values("monthly-canteen", {}), own, date(2026, 1, 9))
    assert (cut.period, cut.as_of) == ("2025-12", "2026-01-09")
    last = kind_of("monthly-canteen").cut(parse_values("monthly-canteen", {}), own, date(2025, 11, 30))
    assert last.period == "2025-11"  # on its last day a month is whole
    late = kind_of("monthly-canteen").cut(
        parse_values("monthly-canteen", {"as_of": "2025-11-10"}), own, date(2026, 3, 1)
    )
    assert late.period == "2025-10"  # a run that a schedule catches up is of its own day
