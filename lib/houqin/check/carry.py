"""Continuity from period to period: openings against the last published run's closings, with both cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from houqin.account.carry import SEMESTER, Break, Carried, breaks
from houqin.account.rows import Row, rows_of
from houqin.check.view import ledger_place
from houqin.check.wording import say_number
from houqin.exact import plain
from houqin.model import Finding, Level, Place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.forms import Form, Forms
    from houqin.model import Ledger

_HINTS = {
    "stock_balance": "假期领用的请补登记，盘亏的请附盘点表。",
    "food_stock": "假期耗用、清理的请补登记，盘亏的请附盘点表。",
}


@dataclass(frozen=True, slots=True)
class Earlier:
    """The last published run of the period before, as its typed file has it; `run` is None where there is none.

    `places` has the cell of each field of each row (form, position, field), `''` the row's own cell.
    """

    run: str | None = None
    period: str = ""
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    places: Mapping[tuple[str, int, str], Place] = field(default_factory=dict)

    def place(self, row: Row, field_id: str) -> Place | None:
        """Give the cell of a value in the workbook of its own run."""
        return self.places.get((row.form, row.index, field_id)) or self.places.get((row.form, row.index, ""))


def check_carry(
    ledgers: Mapping[str, Ledger], forms: Forms, earlier: Earlier, what: Sequence[Carried] = SEMESTER
) -> list[Finding]:
    """Ask about each thing whose opening is not the last closing, and about the total of a form where it differs.

    The first time there is nothing to compare with: that is said, once, where something has an opening.
    """
    carried = [each for each in what if each.form in ledgers and each.form in forms.by_id]
    opened = [c for c in carried if any(r.number(o) for r in rows_of(ledgers, c.form) for o, _ in c.pairs)]
    if earlier.run is None:
        titles = "、".join(forms.by_id[each.form].title for each in opened)
        message = f"首次使用，未核对期初：{titles}的期初数没有上期结果可以对照，请自己对一遍上期的表。"
        place = _sheet(ledgers[opened[0].form]) if opened else None
        return [Finding("carry-unchecked", Level.INFO, message, place)] if opened else []
    findings: list[Finding] = []
    for each in carried:
        before = earlier.rows.get(each.form, ())
        if not before:
            continue
        form, ledger = forms.by_id[each.form], ledgers[each.form]
        found = list(breaks(each, rows_of(ledgers, each.form), before))
        findings += [_told(one, form, ledger, earlier) for one in found]
        findings += _total(found, form, ledger, earlier)
    return findings


def _told(one: Break, form: Form, ledger: Ledger, earlier: Earlier) -> Finding:
    opening, closing = form.field(one.opening), form.field(one.closing)
    unit = _unit(one, opening.type)
    now, then = say_number(one.now_value, opening), say_number(one.before_value, closing)
    apart = say_number(abs(one.now_value - one.before_value), opening)
    where = earlier.place(one.before, one.closing) if one.before else None
    last = f"上期（{earlier.period}）期末 {then}{unit}" + (f"（{where.text}）" if where else "，上期没有这一项")
    mine = f"本期期初 {now}{unit}" if one.now else "本期没有这一项"
    message = (
        f"“{one.label}”{mine}，{last}，{'少' if one.now_value < one.before_value else '多'} {apart}{unit}。"
        f"{_HINTS.get(form.id, '请说明原因，或更正期初数。')}"
    )
    place = ledger_place(ledger, one.opening, one.now.index) if one.now else _sheet(ledger)
    return Finding(
        "carry-mismatch", Level.QUESTION, message, place, found=now if one.now else None,
        expected=plain(one.before_value, closing.scale) if one.now else None, form=form.id, field=one.opening,
    )  # fmt: skip


def _total(found: Sequence[Break], form: Form, ledger: Ledger, earlier: Earlier) -> list[Finding]:
    """Say what the differences of a form come to, where they are several."""
    sums: dict[str, int] = {}
    for one in found:
        sums[one.opening] = sums.get(one.opening, 0) + one.now_value - one.before_value
    money = {name: total for name, total in sums.items() if form.field(name).type == "money"}
    if len(found) < 2 or not money:  # one difference is its own total
        return []
    said = "、".join(
        f"“{form.field(name).title}”{'多' if total > 0 else '少'} {say_number(abs(total), form.field(name))} 元"
        if total else f"“{form.field(name).title}”正负相抵"
        for name, total in money.items()
    )  # fmt: skip
    message = f"{form.title}共 {len(found)} 项期初与上期（{earlier.period}）期末不符，合计{said}。"
    return [Finding("carry-mismatch", Level.INFO, message, _sheet(ledger), form=form.id)]


def _unit(one: Break, kind: str) -> str:
    some = one.now or one.before
    if kind == "money":
        return " 元"
    return f" {some.text('uom')}" if some and some.text("uom") else ""


def _sheet(ledger: Ledger) -> Place | None:
    if not len(ledger.sources):
        return None
    first = ledger.sources.iloc[0]
    return Place(str(first["file"]), str(first["sheet"]))
