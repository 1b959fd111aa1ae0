"""The items of the office's plan that the semester's start can show, and how each stands: ✓, ✗ or 未见材料."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.model import Level

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from houqin.model import Finding, Ledger
    from houqin.report.figures import Calculations
    from houqin.school import School

DONE, OPEN, UNSEEN = "✓", "✗", "未见材料"
# number in the plan, what it says, the form whose workbook shows it
ITEMS = (
    ("四1", "配齐办公、卫生用品（库存）", "stock_balance"),
    ("四1", "班级物品领用发放", "stock_issue"),
    ("四2", "检修灯、风扇、空调、门锁等设施", "repair"),
    ("四4、四5", "整理、调整桌凳并登记", "desks"),
    ("四6", "统计就餐人数", "meal_registration"),
    ("四7", "新生校服上报", "uniform_order"),
    ("四16", "固定资产登记", "asset_register"),
    ("三(三)3", "预算执行", "budget_execution"),
)


@dataclass(frozen=True, slots=True)
class PlanItem:
    """One item: its number in the plan, what it says, ✓, ✗ or 未见材料, and why in a few words."""

    number: str
    title: str
    state: str
    note: str
    form: str


def plan_items(
    ledgers: Mapping[str, Ledger], findings: Sequence[Finding], made: Calculations, school: School
) -> list[PlanItem]:
    """Judge each item: ✗ while its workbook has something that must be mended, or something is plainly not done."""
    items = []
    for number, title, form in ITEMS:
        if form not in ledgers:
            items.append(PlanItem(number, title, UNSEEN, "", form))
            continue
        errors = sum(1 for each in findings if each.form == form and each.level is Level.ERROR)
        undone, said = _state(form, ledgers, made, school)
        notes = [*([f"有 {errors} 项必须改"] if errors else []), said]
        state = OPEN if errors or undone else DONE
        items.append(PlanItem(number, title, state, "；".join(note for note in notes if note), form))
    return items


def _state(form: str, ledgers: Mapping[str, Ledger], made: Calculations, school: School) -> tuple[bool, str]:
    """Say whether something of a form is still undone, and how it stands."""
    said: dict[str, Callable[[], tuple[bool, str]]] = {
        "stock_balance": lambda: _stock(made),
        "stock_issue": lambda: _issues(ledgers["stock_issue"], school),
        "desks": lambda: _desks(made),
        "meal_registration": lambda: _meals(made, school),
        "repair": lambda: _repairs(made),
        "uniform_order": lambda: (False, f"共 {sum((each.sets for each in made.styles), Decimal(0)):,} 套"),
        "budget_execution": lambda: _budget(made),
        "asset_register": lambda: (False, f"{len(ledgers['asset_register'].frame)} 张卡片"),
    }
    return said[form]()


def _stock(made: Calculations) -> tuple[bool, str]:
    kinds = sum(1 for need in made.needs if need.suggestion)
    return bool(kinds), f"{kinds} 种物品需申购" if kinds else "库存够用"


def _issues(ledger: Ledger, school: School) -> tuple[bool, str]:
    missing = _missing(ledger, school)
    return bool(missing), f"{_names(missing)}未领" if missing else "各班已领"


def _meals(made: Calculations, school: School) -> tuple[bool, str]:
    missing = [name for each in made.meals for name in each.missing]
    pending = [name for each in made.meals for name in each.pending]
    notes = [*([f"{_names(missing)}未报"] if missing else []), *([f"{_names(pending)}待定"] if pending else [])]
    return bool(notes), "，".join(notes) or f"{len(school.classes)} 个班全部上报"


def _repairs(made: Calculations) -> tuple[bool, str]:
    late, left = sum(1 for each in made.repairs if each.late), len(made.repairs)
    return bool(left), f"未修 {left} 项" + (f"，超期 {late} 项" if late else "") if left else "全部修好"


def _budget(made: Calculations) -> tuple[bool, str]:
    verdict = made.budget.verdict if made.budget else ""
    return verdict == "超预算", f"对照序时进度：{verdict or '无预算数'}"


def _desks(made: Calculations) -> tuple[bool, str]:
    unknown = [p.name for p in made.plan.places if p.desk_ok is None and not p.is_store and not p.waits]
    waiting = [p.name for p in made.plan.places if p.waits]
    lack = sum(each.desks_lack + each.chairs_lack for each in made.plan.settled.values())
    notes = [
        *([f"{_names(unknown)}未报"] if unknown else []),
        *([f"{_names(waiting)}待定"] if waiting else []),
        *([f"待调拨 {len(made.plan.moves)} 次"] if made.plan.moves else []),
        *([f"调后仍缺 {lack} 件"] if lack else []),
    ]
    return bool(notes), "，".join(notes) or "各班齐备"


def _missing(ledger: Ledger, school: School) -> list[str]:
    """Give the classes without a row; none where the ledger names no class at all."""
    if "class" not in ledger.frame.columns:
        return []
    present = set(ledger.frame["class"].tolist())
    known = [each.name for each in school.classes]
    return [name for name in known if name not in present] if present & set(known) else []


def _names(names: Sequence[str]) -> str:
    """Name up to two, then count."""
    return "、".join(names) if len(names) <= 2 else f"{names[0]}等 {len(names)} 个班"
