"""食堂月度汇总: what the notebook calls; from the inbox to the month's postings and the workings behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from houqin.display import Bar, Chart
from houqin.jobs.making import SUMMARIES, Product, Recipe, make_job
from houqin.jobs.posted import figures_of
from houqin.report.posts.month import KEYS, TITLE, write_month

if TYPE_CHECKING:
    from houqin.jobs.making import Material, Outcome
    from houqin.report.posts.case import PostCase

SUMMARY = f"{SUMMARIES}/食堂月度汇总.xlsx"
NOTES = {SUMMARY: "第一张写明哪些公示表可以公示；后面是收支公示、价格公示、就餐统计、食材消耗、食品安全记录"}


def monthly_canteen(*, school: str, out: str, month: str | None = None, as_of: str | None = None) -> Outcome:
    """Make one month of a school's canteen and give what the notebook shows; see `make_job`."""
    values: dict[str, Any] = {"school": school, "out": out, "month": month, "as_of": as_of}
    return make_job(RECIPE, values)


def _make(material: Material) -> Product:
    plan = material.plan
    case = write_month(
        material.folder / SUMMARY, material.result, forms=material.forms, school=plan.school,
        month=str(plan.chosen["month"]), as_of=plan.as_of, run=material.told, copies=material.copies,
    )  # fmt: skip
    return Product(figures_of(case, KEYS), _spending(case))


def _spending(case: PostCase) -> Chart:
    """Draw what the month's money went to, in whole 元."""
    bars = tuple(Bar(text, int(value)) for text, value in case.spending if value)
    return Chart("本月各项支出", "元", bars)


RECIPE = Recipe("monthly-canteen", _make, NOTES, TITLE)
