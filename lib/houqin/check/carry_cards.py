"""What is said of cards of the register that do not carry on: one question a kind, with what it comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.account.carry_assets import FORM, Broken, CardBreak, card_breaks
from houqin.account.rows import rows_of
from houqin.check.carry_wording import CODE, MOST_NAMED, Closed, sheet_of
from houqin.check.view import ledger_place
from houqin.check.wording import say_number
from houqin.model import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.account.rows import Row
    from houqin.forms import Form, Forms
    from houqin.model import Ledger

_SENTENCES = {
    Broken.GONE: "{closed}台账里有、本期没有的卡片 {n} 张（{named}），原值共 {sum} 元，变动登记和处置清单里也没有。"
    "调出、处置、盘亏的请补登记，漏交的请补上。",
    Broken.APPEARED: "入账日期在{closed}以前、{closed}台账里却没有的卡片 {n} 张（{named}），原值共 {sum} 元。"
    "请看是补建的卡片，还是日期写错。",
    Broken.COST: "原值和{closed}不同、又没有价值调整登记的卡片 {n} 张（{named}），合计{apart} {sum} 元。"
    "请补登记，或改回。",
    Broken.DEPRECIATION: "累计折旧比{closed}还少的卡片 {n} 张（{named}），合计少 {sum} 元。累计折旧只增不减，请核对。",
}


def check_cards(
    ledgers: Mapping[str, Ledger], forms: Forms, before: Mapping[str, Sequence[Row]], closed: Closed, as_of: str
) -> list[Finding]:
    """Ask about the cards that came, went or changed without a row; `as_of` is the day of the earlier register."""
    if FORM not in ledgers or not before.get(FORM):
        return []
    moved = {name: rows_of(ledgers, name) for name in ("asset_change", "asset_disposal")}
    found = list(card_breaks(rows_of(ledgers, FORM), before[FORM], moved, as_of))
    kinds = [(kind, [each for each in found if each.kind == kind]) for kind in Broken]
    return [_told(kind, own, ledgers[FORM], forms.by_id[FORM], closed) for kind, own in kinds if own]


def _told(kind: Broken, found: Sequence[CardBreak], ledger: Ledger, form: Form, closed: Closed) -> Finding:
    field = "acc_dep" if kind is Broken.DEPRECIATION else "cost"
    total = sum(each.amount for each in found)
    names = [_name(each, field, form, closed) for each in found[:MOST_NAMED]]
    named = "、".join(names) + (f"等 {len(found)} 张" if len(found) > MOST_NAMED else "")
    message = _SENTENCES[kind].format(
        closed=closed.name, n=len(found), named=named, sum=say_number(abs(total), form.field(field)),
        apart="多" if total > 0 else "少",
    )  # fmt: skip
    places = [ledger_place(ledger, field, each.now.index) for each in found if each.now]
    return Finding(
        CODE, Level.QUESTION, message, places[0] if places else sheet_of(ledger), form=FORM, field=field,
        related=tuple(places[1:]), count=max(len(places), 1),
    )  # fmt: skip


def _name(each: CardBreak, field: str, form: Form, closed: Closed) -> str:
    """Name a card, with what it says now and what it said, and the cell of that."""
    row = each.now or each.before
    told = " ".join(text for name in ("asset_no", "asset_name") if row and (text := row.text(name)))
    where = closed.place(each.before, field) if each.before else None
    cell = f"，{where.text}" if where else ""
    if each.now is None or each.before is None:
        return f"{told}{cell}"
    was, now = (say_number(row.number(field) or 0, form.field(field)) for row in (each.before, each.now))
    return f"{told}：{was}→{now}{cell}"
