"""Trial balances from year to year: what a subject opens with is what it closed with; fen, debits positive.

Assets and liabilities carry on subject by subject. Net assets (3) take up the year's income (4) and expense (5), the
budget's balance (8) its receipts (6) and payments (7): subject by subject where those were closed, else in total.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.account.carry import Break

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from houqin.account.rows import Row

FORM = "trial_balance"
_OWN = "12"  # assets, liabilities
_FLOWING = {"3": ("45", "净资产合计（含未结转的收入、费用）"), "8": ("67", "预算结余合计（含未结转的预算收入、支出）")}
_CREDIT = frozenset("2348")  # what grows on the credit side, but for 6
Key = tuple[str, str]


def trial_breaks(now: Sequence[Row], before: Sequence[Row]) -> Iterator[Break]:
    """Give the subjects that do not carry on, the lowest ones of each branch, then the totals of what flows together.

    A trial balance of a month opens with the month: where it has the year's movements, the year's opening is its
    closing less these.
    """
    ours, theirs = _by_code(now), _by_code(before)
    if not any(year_opening(row) is not None for row in ours.values()):
        return
    if not any(net_of(row, "close") is not None for row in theirs.values()):
        return
    wrong = [one for key in {**ours, **theirs} if (one := _one(key, ours.get(key), theirs.get(key))) is not None]
    told = [code for code, _ in (one[0] for one in wrong)]
    flowing = {own for own, (flows, _) in _FLOWING.items() if _is_open(theirs, flows)}
    for (code, aux), found in wrong:
        is_leaf = not any(each != code and each.startswith(code) for each in told)
        has_aux = not aux and any(key[0] == code and key[1] for key, _ in wrong)
        if is_leaf and not has_aux and code[0] in {*_OWN, *(set(_FLOWING) - flowing)}:
            yield found
    for own in sorted(flowing):
        yield from _total(own, ours, theirs)


def year_opening(row: Row) -> int | None:
    """Give what a subject had when the year began, None where the row does not tell."""
    opened = net_of(row, "year_open")
    if opened is not None:
        return opened
    moved = [row.number("ytd_dr"), row.number("ytd_cr")]
    closed = net_of(row, "close")
    if closed is not None and any(each is not None for each in moved):
        return closed - ((moved[0] or 0) - (moved[1] or 0))
    return net_of(row, "open")


def net_of(row: Row, when: str) -> int | None:
    """Give a balance by its two columns, else by its amount and direction; without a direction by the subject's own."""
    sides = [row.number(f"{when}_dr"), row.number(f"{when}_cr")]
    if any(each is not None for each in sides):
        return (sides[0] or 0) - (sides[1] or 0)
    balance, side = row.number(f"{when}_bal"), row.text(f"{when}_dir")
    if balance is None:
        return None
    is_credit = "贷" in side if side else row.text("code")[:1] in _CREDIT
    return -balance if is_credit else balance


def _by_code(rows: Sequence[Row]) -> dict[Key, Row]:
    """Give the rows by code and auxiliary item; what stands twice is nobody's."""
    groups: dict[Key, list[Row]] = {}
    for row in rows:
        if row.text("code")[:1].isdigit():
            groups.setdefault((row.text("code"), row.text("aux")), []).append(row)
    return {key: group[0] for key, group in groups.items() if len(group) == 1}


def _one(key: Key, mine: Row | None, other: Row | None) -> tuple[Key, Break] | None:
    opened = (year_opening(mine) or 0) if mine else 0
    closed = (net_of(other, "close") or 0) if other else 0
    some = mine or other
    if opened == closed or some is None:
        return None
    sign = -1 if key[0][0] in _CREDIT else 1
    label = " ".join(text for name in ("code", "subject", "aux") if (text := some.text(name)))
    return key, Break(
        FORM, label, _field(mine, "open"), _field(other, "close"), mine, other, sign * opened, sign * closed
    )  # fmt: skip


def _total(own: str, ours: Mapping[Key, Row], theirs: Mapping[Key, Row]) -> Iterator[Break]:
    flows, title = _FLOWING[own]
    opened, closed = _sum(ours, own), _sum(theirs, own + flows, closing=True)
    if opened != closed:
        mine = next((row for (code, _), row in sorted(ours.items()) if code[0] == own), None)
        other = next((row for (code, _), row in sorted(theirs.items()) if code[0] == own), None)
        yield Break(FORM, title, _field(mine, "open"), _field(other, "close"), mine, other, -opened, -closed)


def _is_open(rows: Mapping[Key, Row], classes: str) -> bool:
    """Tell whether the year's flows were not closed yet."""
    return any(code[0] in classes and net_of(row, "close") for (code, _), row in rows.items())


def _sum(rows: Mapping[Key, Row], classes: str, *, closing: bool = False) -> int:
    """Add up the highest subjects of some classes; where a code has only auxiliary rows, these."""
    codes = {code for code, _ in rows}
    total = 0
    for (code, aux), row in rows.items():
        is_top = not any(other != code and code.startswith(other) for other in codes)
        if code[0] in classes and is_top and (not aux or (code, "") not in rows):
            total += (net_of(row, "close") if closing else year_opening(row)) or 0
    return total


def _field(row: Row | None, when: str) -> str:
    """Give the field that a balance stands in."""
    parts = ("dr", "cr", "bal")
    names = [*(f"year_open_{part}" for part in parts if when == "open"), *(f"{when}_{part}" for part in parts)]
    return next((name for name in names if row is not None and row.number(name) is not None), f"{when}_dr")
