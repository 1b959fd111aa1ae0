"""All calculations of the semester's start in one bundle, and the few key figures that every page shows alike."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from houqin.model import Level
from houqin.report.budget import Budget, budget_progress
from houqin.report.counts import (
    MealTotal,
    OpenRepair,
    SizeCount,
    StyleTotal,
    meal_totals,
    open_repairs,
    repair_cost,
    style_totals,
    uniform_sizes,
)
from houqin.report.headcount import Headcount, headcount
from houqin.report.moves import DeskPlan, desk_moves
from houqin.report.needs import Need, stock_needs, total_to_buy
from houqin.report.records import add_up, counted_records

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.forms import Forms
    from houqin.model import Finding, Ledger
    from houqin.school import School

TENTH = Decimal("0.1")
FIRST_USE = "首次使用，未核对期初"
UNSEEN, NOT_SAID = "未见材料", "表里没有填"


@dataclass(frozen=True, slots=True)
class Calculations:
    """What the semester's start is judged by, each part empty or None where its workbook is missing."""

    needs: Sequence[Need]
    plan: DeskPlan
    heads: Sequence[Headcount]
    meals: Sequence[MealTotal]
    sizes: Sequence[SizeCount]
    styles: Sequence[StyleTotal]
    repairs: Sequence[OpenRepair]
    repair_cost: Decimal | None  # of all repairs, mended or not, as far as it is known
    budget: Budget | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One key figure. `value` is None where its workbook is missing; `kind` is count, money or percent (a ratio).

    `before` is last term's value, None where there is no earlier ledger (then say FIRST_USE).
    """

    id: str
    title: str
    value: Decimal | None
    unit: str
    kind: str
    note: str
    form: str
    before: Decimal | None = None


def calculate(ledgers: Mapping[str, Ledger], school: School, forms: Forms, as_of: str) -> Calculations:
    """Make all calculations at a date."""
    sizes = uniform_sizes(ledgers, forms)
    return Calculations(
        needs=stock_needs(ledgers, school, forms),
        plan=desk_moves(ledgers, school, forms),
        heads=headcount(ledgers, school, forms),
        meals=meal_totals(ledgers, school, forms),
        sizes=sizes,
        styles=style_totals(sizes, school),
        repairs=open_repairs(ledgers, school, forms, as_of),
        repair_cost=add_up(repair_cost(r) for r in counted_records(ledgers, "repair", forms)),
        budget=budget_progress(ledgers, school, forms, as_of),
    )


def key_figures(made: Calculations, ledgers: Mapping[str, Ledger], school: School) -> list[Figure]:
    """Give the eight figures, in the order in which they are shown."""
    lunch = [total.sums["lunch"] for total in made.meals if total.sums["lunch"] is not None]
    short = [place for place in made.plan.places if min(place.desk_gap, place.chair_gap) < 0]
    unpriced = sum(1 for each in made.repairs if each.amount is None)
    waits = sum(len(total.pending) for total in made.meals)
    late = sum(1 for each in made.repairs if each.late)
    budget = made.budget
    return [
        Figure(
            "pupils", "在册学生", Decimal(sum(c.pupils for c in school.classes)), "人", "count",
            f"{len(school.grades)} 个年级，{len(school.classes)} 个班", "",
        ),
        _figure(
            "buy", "应购物资", total_to_buy(made.needs), "元", "money",
            f"{sum(1 for n in made.needs if n.suggestion)} 种物品", "stock_balance", ledgers,
        ),
        _figure(
            "desks", "缺桌凳的班", Decimal(len(short)), "个班", "count",
            _desk_note(made.plan), "desks", ledgers,
        ),
        _figure(
            "lunch", "午餐就餐", add_up(lunch), "人", "count",
            f"{sum(t.classes for t in made.meals)} 个班" + (f"，{waits} 个班待定" if waits else ""),
            "meal_registration", ledgers,
        ),
        _figure(
            "uniforms", "校服订购", sum((s.sets for s in made.styles), Decimal(0)), "套", "count",
            "、".join(f"{s.style} {s.sets:,}" for s in made.styles), "uniform_order", ledgers,
        ),
        _figure(
            "repairs", "未修报修", Decimal(len(made.repairs)), "项", "count",
            f"其中超期 {late} 项" if late else "没有超期的", "repair", ledgers,
        ),
        _figure(
            "repair_cost", "维修费用", made.repair_cost, "元", "money",
            f"未修的有 {unpriced} 项没有报价" if unpriced else "已修和未修都算", "repair", ledgers,
        ),
        _figure(
            "budget", "预算执行率", budget.rate if budget else None, "", "percent",
            f"序时进度 {percent(budget.elapsed)}" if budget else "", "budget_execution", ledgers,
        ),
    ]  # fmt: skip


def verdict_of(findings: Sequence[Finding]) -> tuple[str, str]:
    """Give the one master verdict and its kind: 通过, 必须改 or 请确认."""
    errors = sum(1 for each in findings if each.level is Level.ERROR)
    questions = sum(1 for each in findings if each.level is Level.QUESTION)
    if errors:
        return f"✗ 有 {errors} 项必须改", "必须改"
    if questions:
        return f"? 有 {questions} 项待确认", "请确认"
    return "✓ 通过", "通过"


def percent(ratio: Decimal) -> str:
    """Write a ratio as people read it, 67.9%; half up, as the cells of the workbooks show it."""
    return f"{(ratio * 100).quantize(TENTH, ROUND_HALF_UP)}%"


def _figure(  # noqa: PLR0913, PLR0917  (one argument a column, called in a table)
    figure_id: str, title: str, value: Decimal | None, unit: str, kind: str, note: str, form: str,
    ledgers: Mapping[str, Ledger],
) -> Figure:  # fmt: skip
    """Give a figure, without a value where its ledger is missing or tells nothing of it: that is not 0."""
    if form not in ledgers or not len(ledgers[form].frame):
        return Figure(figure_id, title, None, unit, kind, UNSEEN, form)
    if value is None:
        return Figure(figure_id, title, None, unit, kind, NOT_SAID, form)
    return Figure(figure_id, title, value, unit, kind, note, form)


def _desk_note(plan: DeskPlan) -> str:
    desks = sum(each.desks_lack for each in plan.settled.values())
    chairs = sum(each.chairs_lack for each in plan.settled.values())
    if desks or chairs:
        return f"调拨后尚缺 {desks} 桌 {chairs} 凳"
    return "调拨后都够用" if plan.moves else "都够用"
