"""Work out what to buy: the need by 班级配备标准 and the minimum, less what is issued already and what is in stock."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from houqin.report.records import Record, add_up, counted_records, plain_name, read_records

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.forms import Forms
    from houqin.model import Ledger
    from houqin.school import School, Standard

ZERO = Decimal(0)
FEN = Decimal("0.01")
MILLIONTH = Decimal("0.000001")


@dataclass(frozen=True, slots=True)
class Need:
    """One good: what it takes, what is there, what to buy. Quantities in `uom`, money in 元; None is not known.

    to_issue = max(0, need - issued): what the standards still ask for after this term's 领用签收 (of a standard by
    class, what classes got: the offices take theirs beside it);
    suggestion = max(0, to_issue + minimum - stock), rounded up to whole units, as nobody sells half a box;
    amount = suggestion x price, half up at the fen.
    `rows` and `issue_rows` are the rows of stock_balance and stock_issue that stock and issued add up; `price_cell` is
    row and field of stock_balance that the price is from, None where it is a setting; `minimum_kept` tells that the
    minimum is that of these rows, not the setting's.
    """

    name: str
    spec: str
    uom: str
    stock: Decimal
    need: Decimal
    per: str  # 班, 年级, 生, 校; '' without a standard
    each: Decimal | None
    units: int
    issued: Decimal
    minimum: Decimal
    to_issue: Decimal
    suggestion: Decimal
    price: Decimal | None
    price_from: str  # 参考单价, 最近入库价, 结存单价, ''
    amount: Decimal | None
    budget_item: str
    reason: str
    rows: tuple[int, ...] = ()
    issue_rows: tuple[int, ...] = ()
    price_cell: tuple[int, str] | None = None
    minimum_kept: bool = False


def stock_needs(ledgers: Mapping[str, Ledger], school: School, forms: Forms) -> list[Need]:
    """Give the goods to look at, those to buy first; else in the order of the standards, then of the ledger.

    Goods of the standards are listed each, other goods only where the ledger has a minimum for them.
    Without standards nothing is known of the need: only stock against the minimum is shown.
    """
    if "stock_balance" not in ledgers:
        return []
    stock = _by_name(read_records(ledgers, "stock_balance", forms), school)
    issues = _by_name(counted_records(ledgers, "stock_issue", forms), school)
    taken: set[int] = set()
    handed: set[int] = set()
    found = []
    for standard in school.standards:
        rows = [r for r in stock[_canonical(standard.name, school)] if _fits(r, standard) and r.index not in taken]
        taken |= {r.index for r in rows}
        named = [r for r in issues[_canonical(standard.name, school)] if r.index not in handed]
        given = [r for r in named if _fits(r, standard) and (r.text("class") or standard.per != "班")]
        handed |= {r.index for r in given}
        found.append(_by_standard(standard, rows, given, school))
    others = (r for r in counted_records(ledgers, "stock_balance", forms) if r.index not in taken)
    found += [_by_minimum(record) for record in others if record.number("min_qty") is not None]
    return [*(n for n in found if n.suggestion), *(n for n in found if not n.suggestion)]


def total_to_buy(needs: Sequence[Need]) -> Decimal:
    """Give the amount of all suggestions whose price is known, 元."""
    return sum((n.amount for n in needs if n.amount is not None), ZERO)


def factor_of(record: Record, need: Need, school: School) -> Decimal:
    """Give how many of a need's units one of the unit of a row of its own is."""
    return _factor(record, need.name, need.uom, school) or Decimal(1)


def _by_standard(standard: Standard, rows: list[Record], given: list[Record], school: School) -> Need:
    factors = [(r, _factor(r, standard.name, standard.uom, school)) for r in rows]
    usable = [(r, f) for r, f in factors if f is not None and not r.pending]
    stock = add_up((r.number("close_qty") or ZERO) * f for r, f in usable) or ZERO
    given_rows = [(r, _factor(r, standard.name, standard.uom, school)) for r in given]
    issued_rows = [(r, f) for r, f in given_rows if f is not None]
    issued = add_up((r.number("qty") or ZERO) * f for r, f in issued_rows) or ZERO
    units = _units(standard.per, school)
    need = standard.quantity * units
    kept = add_up(None if (least := r.number("min_qty")) is None else least * f for r, f in usable)
    minimum = kept if standard.minimum is None else standard.minimum
    price, price_from, price_cell = _price(standard.price, [r for r, f in usable if f == 1])
    reason = f"{_plain(standard.quantity)} {standard.uom}/{standard.per} × {units} = {_plain(need)} {standard.uom}"
    for word, each in (("库存", factors), ("领用", given_rows)):
        strange = sorted({r.text("uom") for r, f in each if f is None and not r.pending})
        if strange:
            reason += f"；另有以“{'、'.join(strange)}”计的{word}，单位不同又没有换算，未计入"
    if any(r.pending for r in rows):
        reason += "；有待定的行，未计入库存"
    if not rows:
        reason += "；收发存里没有这种物品"
    return _need(
        standard.name, standard.spec, standard.uom, stock, need=need, per=standard.per, each=standard.quantity,
        units=units, issued=issued, minimum=minimum or ZERO, price=price, price_from=price_from,
        budget_item=standard.budget_item, reason=reason,
        rows=tuple(r.index for r, _ in usable), issue_rows=tuple(r.index for r, _ in issued_rows),
        price_cell=price_cell, minimum_kept=standard.minimum is None and kept is not None,
    )  # fmt: skip


def _by_minimum(record: Record) -> Need:
    price, price_from, price_cell = _price(None, [record])
    minimum = record.number("min_qty") or ZERO
    return _need(
        record.text("name"), record.text("spec"), record.text("uom"), record.number("close_qty") or ZERO,
        need=ZERO, per="", each=None, units=0, issued=ZERO, minimum=minimum, price=price, price_from=price_from,
        budget_item="", reason="无配备标准，只比最低库存", rows=(record.index,), issue_rows=(),
        price_cell=price_cell, minimum_kept=True,
    )  # fmt: skip


def _need(  # noqa: PLR0913  (one argument a column of the sheet)
    name: str, spec: str, uom: str, stock: Decimal, *, need: Decimal, per: str, each: Decimal | None, units: int,
    issued: Decimal, minimum: Decimal, price: Decimal | None, price_from: str, budget_item: str, reason: str,
    rows: tuple[int, ...], issue_rows: tuple[int, ...], price_cell: tuple[int, str] | None, minimum_kept: bool,
) -> Need:  # fmt: skip
    """Fill in what follows from the rest."""
    to_issue = max(ZERO, need - issued)
    suggestion = max(ZERO, to_issue + minimum - stock).to_integral_value(ROUND_CEILING)
    amount = None if price is None else (suggestion * price).quantize(FEN, ROUND_HALF_UP)
    if stock < 0:
        reason += "；库存是负数，请先查明"
    if suggestion and price is None:
        reason += "；没有参考单价"
    return Need(
        name=name, spec=spec, uom=uom, stock=stock, need=need, per=per, each=each, units=units, issued=issued,
        minimum=minimum, to_issue=to_issue, suggestion=suggestion, price=price, price_from=price_from, amount=amount,
        budget_item=budget_item, reason=reason, rows=rows, issue_rows=issue_rows, price_cell=price_cell,
        minimum_kept=minimum_kept,
    )  # fmt: skip


def _by_name(records: list[Record], school: School) -> defaultdict[str, list[Record]]:
    groups: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        groups[_canonical(record.text("name"), school)].append(record)
    return groups


def _canonical(name: str, school: School) -> str:
    """Give a good's name by the settings' list of aliases, as it is compared."""
    aliases = {plain_name(alias): plain_name(real) for alias, real in school.goods_aliases.items()}
    return aliases.get(plain_name(name), plain_name(name))


def _fits(record: Record, standard: Standard) -> bool:
    """Take any spec where the standard names none, or where the record leaves it out."""
    spec = plain_name(record.text("spec"))
    return not standard.spec or not spec or spec == plain_name(standard.spec)


def _factor(record: Record, name: str, wanted: str, school: School) -> Decimal | None:
    """Give how many of the wanted units one of the record's is; None where the settings do not say."""
    unit = record.text("uom") or wanted
    if plain_name(unit) == plain_name(wanted):
        return Decimal(1)
    one, other = school.conversions.get((name, unit)), school.conversions.get((name, wanted))
    if one is None and other is None:
        return None
    return ((one or Decimal(1)) / (other or Decimal(1))).quantize(MILLIONTH, ROUND_HALF_UP).normalize()


def _units(per: str, school: School) -> int:
    """Give how many times a standard is needed."""
    if per == "班":
        return len(school.classes)
    if per == "年级":
        return len(school.grades)
    if per in ("生", "人", "学生"):
        return sum(each.pupils for each in school.classes)
    return 1


def _price(reference: Decimal | None, rows: list[Record]) -> tuple[Decimal | None, str, tuple[int, str] | None]:
    """Give a price, a word for where it is from, and the row and field.

    It is the standard's, else the last that was paid, else that of the stock.
    """
    if reference is not None:
        return reference, "参考单价", None
    for field, word in (("in_price", "最近入库价"), ("close_price", "结存单价"), ("open_price", "期初单价")):
        prices = [(price, r.index) for r in rows if (price := r.number(field))]
        if prices:
            price, row = prices[-1]
            return price, word, (row, field)
    return None, "", None


def _plain(value: Decimal) -> str:
    """Write a number without trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
