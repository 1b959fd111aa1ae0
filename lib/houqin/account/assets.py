"""Fixed assets over a period, by class: opening + additions - disposals + changes = closing; all in fen.

The register is the state at the end. What left the books in the period is in the register of changes (调出, 处置,
盘亏), with the accumulated depreciation of the list of disposals. The opening is that of an earlier register where one
is given; otherwise it follows from the rows, and `difference` is 0 by construction (`opening_is_known` says which).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from houqin.account.depreciation import MONTHS_A_YEAR, accumulated_of, month_number
from houqin.account.rows import Row, is_within, rows_in, rows_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from houqin.forms import Lives
    from houqin.model import Ledger

UNKNOWN = "未分类"
# Kinds of change that bring or take a card; 调拨 within the school does neither.
_OUT = frozenset({"调出", "处置", "盘亏"})
_GAIN, _LOSS, _VALUE = "盘盈", "盘亏", "价值调整"
_BOOKED = ("book_date", "acquire_date", "use_date")
_YEARS_SCALE = 1_000  # of 规定使用年限, a quantity of three decimals


@dataclass(slots=True)
class ClassRoll:
    """One class over a period, fen. `rows` are the ledger rows (form, position) that each figure adds up.

    closing = opening + additions - disposals + changes + difference; additions hold gains of a stocktake, disposals
    its losses (`gains`, `losses` say how much of them). Depreciation: `dep_opening` + `dep_charge` - `dep_removed` is
    what the rule gives at the end, `dep_closing` what is booked; `dep_blank` counts cards without a booked amount. What
    left is charged until the month before it left (财会〔2017〕4号: none in the month of removal); what of it
    nothing tells the depreciation of is `unproved`, and its depreciation in no figure.
    """

    name: str
    opening: int = 0
    additions: int = 0
    disposals: int = 0
    changes: int = 0
    closing: int = 0
    gains: int = 0
    losses: int = 0
    dep_opening: int = 0
    dep_charge: int = 0
    dep_removed: int = 0
    dep_closing: int = 0
    dep_blank: int = 0
    opening_is_known: bool = False
    unproved: list[Row] = field(default_factory=list)  # what left, and nothing tells its accumulated depreciation
    rows: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    parts: dict[str, list[int]] = field(default_factory=dict)  # the amounts of `rows`, in the same order

    @property
    def difference(self) -> int:
        """What the movements do not explain of the closing cost."""
        return self.closing - (self.opening + self.additions - self.disposals + self.changes)

    @property
    def dep_difference(self) -> int:
        """What the rule does not explain of the booked accumulated depreciation."""
        return self.dep_closing - (self.dep_opening + self.dep_charge - self.dep_removed)

    @property
    def net(self) -> int:
        """Closing cost less booked accumulated depreciation."""
        return self.closing - self.dep_closing

    def add(self, figure: str, row: Row, amount: int) -> None:
        """Add an amount of a row to a figure."""
        setattr(self, figure, getattr(self, figure) + amount)
        self.rows.setdefault(figure, []).append((row.form, row.index))
        self.parts.setdefault(figure, []).append(amount)


def roll_forward(
    ledgers: Mapping[str, Ledger], lives: Lives, first: str, last: str, *, before: Ledger | None = None
) -> list[ClassRoll]:
    """Roll the assets forward from ISO day `first` to `last`, in the order in which the classes come.

    `before` is the register as the period before ended, where there is one.
    """
    rolls: dict[str, ClassRoll] = {}
    cards = [row for row in rows_of(ledgers, "asset_register") if not row.text(*_BOOKED)[:7] > last[:7]]
    known = {row.text("asset_no"): row for row in cards}
    changes = rows_in(rows_of(ledgers, "asset_change"), ("change_date",), first, last)
    for row in cards:
        _take_card(_roll(rolls, class_of(row, lives)), row, lives, first, last)
    gone = {row.text("asset_no"): row for row in rows_of(ledgers, "asset_disposal")}
    earlier = {row.text("asset_no"): row for row in _register(before)}
    for row in changes:
        card = known.get(row.text("asset_no"))
        number = row.text("asset_no")
        roll = _roll(rolls, class_of(card or earlier.get(number) or gone.get(number) or row, lives))
        if row.text("change_type") in _OUT and card is None:
            _take_removal(roll, _Removal(row, gone.get(number), earlier.get(number)), lives, first, last)
        elif row.text("change_type") == _VALUE:
            amount = _change_of(row)
            roll.add("changes", row, amount)
    _open(rolls, before, lives)
    return list(rolls.values())


def class_of(row: Row, lives: Lives) -> str:
    """Give the family of a card by its code and names; its class as written where they say none or several."""
    said = (row.text("class_code"), row.text("class_name"), row.text("asset_name"))
    families = {each.family for each in lives.classes_of(*said)}
    if len(families) > 1:
        # The code and the class name are what the books go by; the name of the thing is only a help.
        families = {each.family for each in lives.classes_of(said[0], said[1] if not said[0] else None, None)}
    return families.pop() if len(families) == 1 else said[1] or UNKNOWN


def life_of(row: Row, lives: Lives) -> int | None:
    """Give the months of a card's life: as it says, else by its class; None where neither tells, 0 where none is."""
    kinds = lives.classes_of(row.text("class_code"), row.text("class_name"), row.text("asset_name"))
    exempt = row.text("dep_status") == "不计提" or row.text("value_type") == "名义金额"
    if exempt or (kinds and not any(each.depreciates for each in kinds)):
        return 0
    years = row.number("life_years") or (kinds[0].years if len(kinds) == 1 else None)
    return years * MONTHS_A_YEAR if years else None


def _roll(rolls: dict[str, ClassRoll], name: str) -> ClassRoll:
    return rolls.setdefault(name, ClassRoll(name))


def _take_card(roll: ClassRoll, row: Row, lives: Lives, first: str, last: str) -> None:
    cost, booked = row.number("cost") or 0, row.number("acc_dep")
    start, months = row.text(*_BOOKED), life_of(row, lives)
    roll.add("closing", row, cost)
    is_new = bool(start) and is_within(start[:7], f"{first[:7]}-01", f"{last[:7]}-31")
    if is_new:
        roll.add("additions", row, cost)
        if row.text("acquire_how") == _GAIN:
            roll.add("gains", row, cost)
    if months == 0:
        roll.dep_closing += booked or 0
        return
    if booked is None:
        roll.dep_blank += 1
        return
    roll.add("dep_closing", row, booked)
    if start and months and cost > 0:
        at = month_number(start)
        earlier = accumulated_of(cost, months, max(month_number(first) - at, 0))
        by_now = accumulated_of(cost, months, max(month_number(last) - at + 1, 0))
        roll.add("dep_opening", row, earlier)
        roll.add("dep_charge", row, by_now - earlier)


@dataclass(frozen=True, slots=True)
class _Removal:
    """A card that left: its row in the register of changes, in the list of disposals, in the register before."""

    change: Row
    disposal: Row | None
    card: Row | None

    @property
    def cost(self) -> int:
        """What left the books: by the first of the three that says it."""
        rows = (self.change, self.disposal, self.card)
        return next((cost for row in rows if row is not None and (cost := row.number("cost")) is not None), 0)

    @property
    def start(self) -> str:
        """The day, or month, from which it was depreciated, '' where nothing tells."""
        booked = self.card.text(*_BOOKED) if self.card is not None else ""
        return booked or (self.disposal.text("acquire_date") if self.disposal is not None else "")

    def months(self, lives: Lives) -> int | None:
        """The months of its life, 0 where it has none, None where nothing tells."""
        if self.card is not None:
            return life_of(self.card, lives)
        if self.disposal is None:
            return life_of(self.change, lives)
        years = self.disposal.number("rule_years")
        return years * MONTHS_A_YEAR // _YEARS_SCALE if years else life_of(self.disposal, lives)


def _take_removal(roll: ClassRoll, gone: _Removal, lives: Lives, first: str, last: str) -> None:
    """Take what left: its cost, and its depreciation until the month before, for the month of removal takes none.

    What left is what the list of disposals says was accumulated, else what the rule gives. Without a date or a life
    all of it counts as accumulated before the period.
    """
    row, cost, start, months = gone.change, gone.cost, gone.start, gone.months(lives)
    roll.add("disposals", row, cost)
    if row.text("change_type") == _LOSS:
        roll.add("losses", row, cost)
    if start and is_within(start[:7], f"{first[:7]}-01", f"{last[:7]}-31"):
        roll.add("additions", row, cost)  # it came and went within the period
    booked = gone.disposal.number("acc_dep") if gone.disposal is not None else None
    if booked is None and (not start or not months):
        if months != 0:
            roll.unproved.append(row)
        return
    evidence = gone.disposal if booked is not None and gone.disposal is not None else row
    if not start or not months or cost <= 0:
        roll.add("dep_removed", evidence, booked or 0)
        roll.dep_opening += booked or 0
        return
    at = month_number(start)
    opened = accumulated_of(cost, months, max(month_number(first) - at, 0))
    left = accumulated_of(cost, months, max(month_number(row.text("change_date")) - at, 0))
    roll.add("dep_opening", evidence, opened)
    roll.add("dep_charge", evidence, left - opened)
    roll.add("dep_removed", evidence, left if booked is None else booked)


def _change_of(row: Row) -> int:
    """Give by how much a change of value changed it; a decrease says so in words where its amount has no sign."""
    amount = row.number("cost") or 0
    said = row.text("reason") + row.text("remark") + row.text("basis")
    return -amount if amount > 0 and any(word in said for word in ("调减", "减少", "核减")) else amount


def _register(ledger: Ledger | None) -> list[Row]:
    return rows_of({"asset_register": ledger}, "asset_register") if ledger is not None else []


def _open(rolls: dict[str, ClassRoll], before: Ledger | None, lives: Lives) -> None:
    """Take the opening from an earlier register, or work it out from the movements."""
    if before is None:
        for roll in rolls.values():
            roll.opening = roll.closing - roll.additions + roll.disposals - roll.changes
        return
    for row in _register(before):
        roll = _roll(rolls, class_of(row, lives))
        roll.opening += row.number("cost") or 0
    for roll in rolls.values():
        roll.opening_is_known = True


def total_of(rolls: Iterable[ClassRoll]) -> ClassRoll:
    """Add up the classes."""
    whole = ClassRoll("合计")
    for roll in rolls:
        for name in _FIGURES:
            setattr(whole, name, getattr(whole, name) + getattr(roll, name))
        whole.opening_is_known |= roll.opening_is_known
    return whole


_FIGURES = (
    "opening", "additions", "disposals", "changes", "closing", "gains", "losses", "dep_opening", "dep_charge",
    "dep_removed", "dep_closing", "dep_blank",
)  # fmt: skip
