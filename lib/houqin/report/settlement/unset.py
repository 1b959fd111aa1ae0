"""What the settings leave open of the year end: which sheet and line of 学校设置.xlsx to fill in, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.report.settlement.amount import SETTINGS

if TYPE_CHECKING:
    from houqin.report.settlement.case import Case

# Settings that the year end hangs on: sheet and line of the workbook
LINES = {
    "mode": ("财务", "记账方式"),
    "consolidation": ("财务", "食堂并账"),
    "consolidation_ground": ("财务", "不并账的依据"),
    "cost_method": ("库存核算", "发出计价"),
    "accounting": ("库存核算", "库存核算方式"),
    "fee_treatment": ("收费项目", "处理"),
    "fee_standard": ("收费项目", "标准"),
    "pupils": ("班级", "班额"),
}
MERGED, APART, CONTRACTED = "年末并账", "不并账", "委托经营"
CANTEEN_FORMS = ("canteen_journal", "canteen_statement", "food_stock", "food_receipt", "meal_fee")


def unset(name: str, more: str = "") -> str:
    """Say which line of the settings is not filled in.

    >>> unset("mode")
    '学校设置.xlsx“财务”表里没有填“记账方式”'
    """
    sheet, line = LINES.get(name, ("", name))
    return f"{SETTINGS}.xlsx“{sheet}”表里没有填“{line}”{more}"


def value_of(case: Case, name: str) -> str:
    """Give what the settings say of the books, the canteen or the store room; '' where nobody filled it in."""
    return str(case.school.accounting.get(name) or case.school.inventory.get(name) or "")


def unset_of(case: Case, only: str) -> str:
    """Say what the settings lack to know whether a check is asked of this school (`only` is setting=word).

    A canteen that is kept apart needs the ground for it, one that others run an answer whose books these are: until
    then nobody knows whether it is to be merged.
    """
    name = only.partition("=")[0]
    if not only:
        return ""
    return merging_unset(case) if name == "consolidation" else "" if value_of(case, name) else unset(name)


def merging_unset(case: Case) -> str:
    """Say what the settings lack to know how the canteen is taken into the books; '' where they say it."""
    how = value_of(case, "consolidation")
    if not how:
        return unset("consolidation")
    if how == APART and not value_of(case, "consolidation_ground"):
        return unset("consolidation_ground", "，食堂并账写的是“不并账”")
    if how == CONTRACTED and any(case.has(form) for form in CANTEEN_FORMS):
        return f"{SETTINGS}.xlsx“财务”表里食堂并账写的是“委托经营”，收到的食堂账是谁的还没有核实"
    return ""
