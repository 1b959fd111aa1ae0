"""What is said of openings that are not the last closings: one by one, all at once where they are many, in total."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from houqin.account.carry_books import BOOKS
from houqin.account.carry_trial import FORM as TRIAL
from houqin.check.view import ledger_place
from houqin.check.wording import say_number
from houqin.exact import plain
from houqin.model import Finding, Level, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from houqin.account.carry import Break
    from houqin.account.rows import Row
    from houqin.forms import Form
    from houqin.model import Ledger

CODE = "carry-mismatch"
_HINTS = {
    "stock_balance": "假期领用的请补登记，盘亏的请附盘点表。",
    "food_stock": "假期耗用、清理的请补登记，盘亏的请附盘点表。",
    "trial_balance": "调整过年初数的，请附依据。",
    "meal_fee": "已经退掉或转走的，请说明。",
}
_HINT = "请说明原因，或更正期初数。"
_RUNNING = frozenset(book.form for book in BOOKS)
# Past so many a form's differences have one cause: another file, another cut of time.
_MOST_SINGLE, MOST_NAMED = 20, 8


@dataclass(frozen=True, slots=True)
class Closed:
    """What closed before: how it is called (上期（2025）, 上月), and where a value of a row stands."""

    name: str
    place: Callable[[Row, str], Place | None]


def tell_breaks(found: Sequence[Break], form: Form, ledger: Ledger, closed: Closed) -> list[Finding]:
    """Give what is said of a form's differences."""
    if len(found) > _MOST_SINGLE:
        return [_all_at_once(found, form, ledger, closed), *_total(found, form, ledger, closed)]
    return [*(_told(one, form, ledger, closed) for one in found), *_total(found, form, ledger, closed)]


def _told(one: Break, form: Form, ledger: Ledger, closed: Closed) -> Finding:
    opening, closing = form.field(one.opening), form.field(one.closing)
    unit, name = _unit(one, opening.type), f"“{one.label}”" if one.label else form.title
    apart = f"{'少' if one.now_value < one.before_value else '多'} {say_number(_gap(one), opening)}{unit}"
    is_book = form.id in _RUNNING
    said = _running(one, form, closed) if is_book else _carried(one, form, closed)
    message = f"{name}{said}，{apart}。{_HINTS.get(form.id, _HINT)}"
    place = ledger_place(ledger, one.opening, one.now.index) if one.now else sheet_of(ledger)
    # Of a running book the opening stands in no cell; a subject's opening may stand in either of two.
    is_cell = one.now is not None and not is_book and form.id != TRIAL
    return Finding(
        CODE, Level.QUESTION, message, place, found=say_number(one.now_value, opening) if is_cell else None,
        expected=plain(one.before_value, closing.scale) if is_cell else None, form=form.id, field=one.opening,
    )  # fmt: skip


def _gap(one: Break) -> int:
    return abs(one.now_value - one.before_value)


def _carried(one: Break, form: Form, closed: Closed) -> str:
    opening, closing = form.field(one.opening), form.field(one.closing)
    unit = _unit(one, opening.type)
    mine = f"本期期初 {say_number(one.now_value, opening)}{unit}" if one.now else "本期没有这一项"
    if one.before is None:
        return f"{mine}，{closed.name}期末 0{unit}，上期没有这一项"
    return f"{mine}，{closed.name}期末 {say_number(one.before_value, closing)}{unit}{_where(one, closed)}"


def _running(one: Break, form: Form, closed: Closed) -> str:
    balance = form.field(one.opening)
    now, then = say_number(one.now_value, balance), say_number(one.before_value, balance)
    first = one.now.text("date") if one.now else ""
    last = one.before.text("date") if one.before else ""
    return (
        f"本期第一笔（{first}）以前的余额是 {now} 元，{closed.name}最后一笔（{last}）的余额是 {then} 元"
        f"{_where(one, closed)}"
    )


def _where(one: Break, closed: Closed) -> str:
    where = closed.place(one.before, one.closing) if one.before else None
    return f"（{where.text}）" if where else ""


def _all_at_once(found: Sequence[Break], form: Form, ledger: Ledger, closed: Closed) -> Finding:
    """Ask once where so much differs that it has one cause."""
    names = "、".join(f"“{one.label}”" for one in found[:MOST_NAMED])
    message = (
        f"{form.title}有 {len(found)} 项期初和{closed.name}期末不符（{names}等）。"
        "这么多一起不符，多半是换了表、期间对不上，或上期的结果不是最后的：请先看是不是同一本账接着记的。"
    )
    places = [ledger_place(ledger, one.opening, one.now.index) for one in found if one.now]
    return Finding(
        CODE, Level.QUESTION, message, places[0] if places else sheet_of(ledger), form=form.id,
        related=tuple(places[1:]), count=max(len(places), 1),
    )  # fmt: skip


def _total(found: Sequence[Break], form: Form, ledger: Ledger, closed: Closed) -> list[Finding]:
    """Say what the differences of a form come to, where they are several."""
    sums: dict[str, int] = {}
    for one in found:
        sums[one.opening] = sums.get(one.opening, 0) + one.now_value - one.before_value
    money = {name: total for name, total in sums.items() if form.field(name).type == "money"}
    # One difference is its own total; balances of subjects and of accounts are not added up.
    if len(found) < 2 or not money or form.id in {TRIAL, *_RUNNING}:
        return []
    said = "、".join(
        f"“{form.field(name).title}”{'多' if total > 0 else '少'} {say_number(abs(total), form.field(name))} 元"
        if total else f"“{form.field(name).title}”正负相抵"
        for name, total in money.items()
    )  # fmt: skip
    message = f"{form.title}共 {len(found)} 项期初与{closed.name}期末不符，合计{said}。"
    return [Finding(CODE, Level.INFO, message, sheet_of(ledger), form=form.id)]


def _unit(one: Break, kind: str) -> str:
    some = one.now or one.before
    if kind == "money":
        return " 元"
    return f" {some.text('uom')}" if some and some.text("uom") else ""


def sheet_of(ledger: Ledger) -> Place | None:
    """Give the sheet of a ledger's first row, None where it has none."""
    if not len(ledger.sources):
        return None
    first = ledger.sources.iloc[0]
    return Place(str(first["file"]), str(first["sheet"]))
