"""What the head teacher is asked to approve, and what to be warned of: at most five each."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.model import Level
from houqin.report.budget import budget_left
from houqin.report.doubts import unread_files
from houqin.report.figures import percent
from houqin.report.needs import total_to_buy
from houqin.report.records import add_up

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.model import Finding, Ledger, TieOutResult
    from houqin.report.figures import Calculations
    from houqin.report.needs import Need
    from houqin.school import School

MOST = 5
REPAIRS_ITEM = "30213 维修(护)费"


@dataclass(frozen=True, slots=True)
class Approval:
    """One request: `amount` None where it costs nothing or is not known, `left` what its budget item has left, 元.

    `id` names the figure that it shows: buy:<budget item>, buy: for several items, repairs.open_cost, uniforms, desks.
    """

    id: str
    title: str
    amount: Decimal | None
    left: Decimal | None
    note: str
    item: str = ""  # of the budget, which `left` is of


def approvals(made: Calculations) -> list[Approval]:
    """Give the requests, those for money first; what is to be bought is never left out, but put together."""
    others = [*_repairs(made), *_uniforms(made), *_desks(made)]
    return [*_purchases(made, MOST - len(others)), *others]


def _purchases(made: Calculations, most: int) -> list[Approval]:
    """Give a request a budget item, the largest first; those beyond `most` are one with the last."""
    groups: dict[str, list[Need]] = {}
    for need in made.needs:
        if need.suggestion:
            groups.setdefault(need.budget_item, []).append(need)
    ordered = sorted(groups.items(), key=lambda group: -total_to_buy(group[1]))
    whole = most if len(ordered) <= most else most - 1
    found = [_purchase(made, item, needs) for item, needs in ordered[:whole]]
    if rest := ordered[whole:]:
        parts = [_purchase(made, item, needs) for item, needs in rest]
        amount = sum((each.amount or Decimal(0) for each in parts), Decimal(0))
        kinds = sum(len(needs) for _, needs in rest)
        found.append(Approval("buy:", f"采购其余 {kinds} 种物资", amount, None, "；".join(each.note for each in parts)))
    return found


def _purchase(made: Calculations, item: str, needs: list[Need]) -> Approval:
    amount, left = total_to_buy(needs), budget_left(made.budget, item)
    note = item or "设置里没有写经费科目"
    if left is not None and amount > left:
        note += "，余额不足"
    title = f"采购{needs[0].name}等 {len(needs)} 种物资" if len(needs) > 1 else f"采购{needs[0].name}"
    return Approval(f"buy:{item}", title, amount, left, note, item)


def _repairs(made: Calculations) -> list[Approval]:
    amount = add_up(each.amount for each in made.repairs)
    if not made.repairs or not amount:
        return []
    unpriced = sum(1 for each in made.repairs if each.amount is None)
    note = REPAIRS_ITEM + (f"，另有 {unpriced} 项未报价" if unpriced else "")
    left = budget_left(made.budget, REPAIRS_ITEM)
    title = f"维修费用（未修的 {len(made.repairs)} 项）"
    return [Approval("repairs.open_cost", title, amount, left, note, REPAIRS_ITEM)]


def _desks(made: Calculations) -> list[Approval]:
    """Give one request for the moves and for what is to be bought after them."""
    plan, titles, notes = made.plan, [], []
    if plan.moves:
        desks, chairs = sum(m.desks for m in plan.moves), sum(m.chairs for m in plan.moves)
        titles.append(f"调拨{_things(desks, chairs)}")
        notes.append(f"{len(plan.moves)} 次，见“桌凳调拨建议”")
    desks = sum(each.desks_buy for each in plan.settled.values())
    chairs = sum(each.chairs_buy for each in plan.settled.values())
    if desks or chairs:
        titles.append(f"添置{_things(desks, chairs)}")
        notes.append("调拨、修理后仍缺的添置，待询价")
    return [Approval("desks", "；".join(titles), None, None, "；".join(notes))] if titles else []


def _uniforms(made: Calculations) -> list[Approval]:
    amount, sets = add_up(each.amount for each in made.styles), sum((each.sets for each in made.styles), Decimal(0))
    if not sets:
        return []
    return [Approval("uniforms", f"校服订购 {sets:,} 套", amount, None, "代收代付，自愿订购，不占预算")]


def risks(
    ledgers: Mapping[str, Ledger], findings: Sequence[Finding], tie_outs: Sequence[TieOutResult],
    made: Calculations, school: School,
) -> list[str]:  # fmt: skip
    """Give the sentences, what matters most first."""
    found = [
        *_data_risks(findings),
        *_money_risks(made),
        *_work_risks(made),
        *_tie_out_risks(tie_outs),
        *_missing_risks(ledgers, made, school),
    ]
    return found[:MOST]


def _data_risks(findings: Sequence[Finding]) -> list[str]:
    errors = sum(1 for each in findings if each.level is Level.ERROR)
    unread = unread_files(findings)
    named = f"（其中《{unread[0]}》{f'等 {len(unread)} 个文件' if len(unread) > 1 else ''}没有读取）" if unread else ""
    return [f"材料中有 {errors} 项必须改{named}，改好以前相关合计不宜对外使用（见“问题清单”）。"] if errors else []


def _money_risks(made: Calculations) -> list[str]:
    found = [_short_of_money(each) for each in approvals(made) if _is_short(each)]
    budget = made.budget
    if budget and budget.rate is not None and budget.verdict not in ("正常", ""):
        found.append(f"预算执行率 {percent(budget.rate)}，序时进度 {percent(budget.elapsed)}，{budget.verdict}。")
    if budget:
        slow = [each for each in budget.rows if each.verdict and each.verdict != "正常"]
        if slow:
            words = "、".join(f"{each.project or each.subject}{each.verdict}" for each in slow[:3])
            found.append(f"预算项目与序时进度相差较大的：{words}{'等' if len(slow) > 3 else ''}。")
    return found


def _is_short(each: Approval) -> bool:
    return each.amount is not None and each.left is not None and each.amount > each.left


def _short_of_money(each: Approval) -> str:
    left = each.left or Decimal(0)
    state = f"只余 {left:,.2f} 元" if left >= 0 else f"已超支 {-left:,.2f} 元"
    return f"{each.title}需 {each.amount:,.2f} 元，经费科目{state}。"


def _work_risks(made: Calculations) -> list[str]:
    found = []
    late = [each for each in made.repairs if each.late]
    if late:
        found.append(f"报修超期未修 {len(late)} 项，最久的是{late[0].room}{late[0].device}，已 {late[0].days} 天。")
    lacking = [(name, each) for name, each in made.plan.settled.items() if each.desks_lack or each.chairs_lack]
    if lacking:
        desks, chairs = sum(e.desks_lack for _, e in lacking), sum(e.chairs_lack for _, e in lacking)
        found.append(f"调拨以后 {len(lacking)} 个班仍缺{_things(desks, chairs)}，需要修理或添置。")
    asks = [each.name for each in made.heads if each.asks]
    if asks:
        rest = f"等 {len(asks)} 个班" if len(asks) > 1 else ""
        found.append(f"{asks[0]}{rest}各表人数不一致，影响就餐、校服和桌凳的数量。")
    return found


def _things(desks: int, chairs: int) -> str:
    return "、".join([*([f"课桌 {desks} 张"] if desks else []), *([f"凳子 {chairs} 把"] if chairs else [])])


def _tie_out_risks(tie_outs: Sequence[TieOutResult]) -> list[str]:
    differing = [each.title for each in tie_outs if each.verdict == "不符"]
    rest = "等" if len(differing) > 2 else ""
    return [f"表与表之间有 {len(differing)} 项核对不符：{'、'.join(differing[:2])}{rest}。"] if differing else []


def _missing_risks(ledgers: Mapping[str, Ledger], made: Calculations, school: School) -> list[str]:
    missing = [name for each in made.meals for name in each.missing]
    found = []
    if missing:
        names = "、".join(missing[:3]) + ("等" if len(missing) > 3 else "")
        found.append(f"{names}没有报就餐人数，食堂备餐数不完整。")
    if "stock_balance" in ledgers and not school.standards:
        found.append("设置里没有班级配备标准，只能按最低库存提出采购，可能不够用。")
    return found
