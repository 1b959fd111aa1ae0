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


@dataclass(slots=True)
class ClassRoll:
    """One class over a period, fen. `rows` are the ledger rows (form, position) that each figure adds up.

    closing = opening + additions - disposals + changes + difference; additions hold gains of a stocktake, disposals
    its losses (`gains`, `losses` say how much of them). Depreciation: `dep_opening` + `dep_charge` - `dep_removed` is
    what the rule gives at the end, `dep_closing` what is booked; `dep_blank` counts cards without a booked amount.
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
    rows: dict[str, list[tuple[str, int]]] = field(default_factory=dict)

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
    for row in changes:
        card = known.get(row.text("asset_no"))
        roll = _roll(rolls, class_of(card or row, lives))
        if row.text("change_type") in _OUT and card is None:
            _take_removal(roll, row, gone.get(row.text("asset_no")))
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


def _take_removal(roll: ClassRoll, row: Row, disposal: Row | None) -> None:
    """Take what left: its cost by either register, its depreciation by the list of disposals."""
    cost = row.number("cost")
    if cost is None and disposal is not None:
        cost = disposal.number("cost")
    roll.add("disposals", row, cost or 0)
    if row.text("change_type") == _LOSS:
        roll.add("losses", row, cost or 0)
    if disposal is not None:
        gone = disposal.number("acc_dep") or 0
        roll.add("dep_removed", disposal, gone)
        roll.dep_opening += gone  # it was there when the period began, but for this period's own months


def _change_of(row: Row) -> int:
    """Give by how much a change of value changed it; a decrease says so in words where its amount has no sign."""
    amount = row.number("cost") or 0
    said = row.text("reason") + row.text("remark") + row.text("basis")
    return -amount if amount > 0 and any(word in said for word in ("调减", "减少", "核减")) else amount


def _open(rolls: dict[str, ClassRoll], before: Ledger | None, lives: Lives) -> None:
    """Take the opening from an earlier register, or work it out from the movements."""
    if before is None:
        for roll in rolls.values():
            roll.opening = roll.closing - roll.additions + roll.disposals - roll.changes
        return
    for row in rows_of({"asset_register": before}, "asset_register"):
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
