"""Which opening a balance has, by its figures: that of the year goes with 本年累计, that of the period with 本期发生.

期初余额 beside 本月发生 and 本年累计 is the month's in one program and the year's in another, and a table with 年初余额
and one pair of movements calls the year's 本期发生. What the names leave open, the closing balances say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from houqin.match.arithmetic import figures_of
from houqin.match.headers import squash
from houqin.match.profile import sample_rows
from houqin.values import canonical_text, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from houqin.forms import Form
    from houqin.match.evidence import Seen

# A form of balances names its fields so: open_bal or open_dr and open_cr, the same of the year, and of the closing.
PERIOD, YEAR, CLOSE = "open", "year_open", "close"
MOVED, MOVED_OF_YEAR = ("dr", "cr"), ("ytd_dr", "ytd_cr")
_PARTS = ("dir", "bal", "dr", "cr")
# A column says by its name which opening it is: so many rows must say otherwise before it is taken for the other.
_FEWEST_AGAINST_NAME = 2
# 年初 and 本期发生 make the closing of so many rows, else the movement is not the year's; 本月 must prove it.
_HOLDS, _HOLDS_OF_MONTH = 0.5, 0.8
# Income and expense begin with the year: what they open with was moved within it.
_FLOWS = frozenset("4567")
_ACCOUNT = 4  # digits of an account of the first level


class _Balance(NamedTuple):
    """Amounts by sample row, and whether their sign is known: two columns say debit or credit, one alone does not."""

    values: list[int]
    is_signed: bool


def settle_openings(seen: Seen, form: Form, chosen: Mapping[int, int]) -> dict[int, int]:
    """Give the assignment (column position -> field position) with openings and movements that go together."""
    if not any(each.id == f"{YEAR}_bal" for each in form.fields):
        return dict(chosen)
    columns = {form.fields[f].id: c for c, f in chosen.items()}
    moves = _moves(seen, columns)
    positions = {each.id: f for f, each in enumerate(form.fields)}
    return {c: positions[moves.get(form.fields[f].id, form.fields[f].id)] for c, f in chosen.items()}


def _moves(seen: Seen, columns: Mapping[str, int]) -> dict[str, str]:
    """Give which fields' columns belong to other fields."""
    openings = [when for when in (PERIOD, YEAR) if not columns.keys().isdisjoint({f"{when}_bal", f"{when}_dr"})]
    closing = _balance(seen, columns, CLOSE)
    opening = _balance(seen, columns, openings[0]) if len(openings) == 1 else None
    if opening is None or closing is None:
        return {}
    own, moves = openings[0], dict[str, str]()
    moved, cumulative = (_movement(seen, columns, pair) for pair in (MOVED, MOVED_OF_YEAR))
    if moved is not None and cumulative is not None:
        moves = _of_both(own, opening, (moved, cumulative), closing)
    elif moved is not None and own == YEAR:
        share = _HOLDS_OF_MONTH if "月" in seen.table.columns[columns[MOVED[0]]].header else _HOLDS
        if _are_one(opening, moved, closing, share) and not _opens_within(seen, columns, opening):
            moves = dict(zip(MOVED, MOVED_OF_YEAR, strict=True))
    elif cumulative is not None and own == PERIOD and _are_one(opening, cumulative, closing, _HOLDS):
        moves = _renamed(PERIOD, YEAR)
    if own == YEAR and "year_open_bal" not in moves and "year_open_dir" not in columns:
        moves["open_dir"] = "year_open_dir"  # 方向 alone, before the one opening, is of that opening
    return moves


def _of_both(
    own: str, opening: _Balance, movements: tuple[list[int], list[int]], closing: _Balance
) -> dict[str, str]:
    """Choose by the rows in which the period moved otherwise than the year."""
    telling = [row for row, (one, other) in enumerate(zip(*movements, strict=True)) if one != other]
    period, year = (sum(_follows(opening, moved, closing, row) for row in telling) for moved in movements)
    if own == PERIOD and year > period:
        return _renamed(PERIOD, YEAR)
    if own == YEAR and period > year and period >= _FEWEST_AGAINST_NAME:
        return _renamed(YEAR, PERIOD)
    return {}


def _renamed(old: str, new: str) -> dict[str, str]:
    return {f"{old}_{part}": f"{new}_{part}" for part in _PARTS}


def _are_one(opening: _Balance, moved: list[int], closing: _Balance, share: float) -> bool:
    """Tell whether an opening and a movement make the closing, by the rows that moved."""
    telling = [row for row, each in enumerate(moved) if each]
    if len(telling) < _FEWEST_AGAINST_NAME:
        return share == _HOLDS
    held = sum(_follows(opening, moved, closing, row) for row in telling)
    return held / len(telling) >= share


def _follows(opening: _Balance, moved: list[int], closing: _Balance, row: int) -> bool:
    signs = [(1, 1)] if opening.is_signed and closing.is_signed else [(1, 1), (1, -1), (-1, 1), (-1, -1)]
    return any(a * opening.values[row] + moved[row] == b * closing.values[row] for a, b in signs)


def _opens_within(seen: Seen, columns: Mapping[str, int], opening: _Balance) -> bool:
    """Tell an opening that is not the year's, whatever it is called: income or expense has some."""
    code = columns.get("code", columns.get("subject"))
    if code is None:
        return False
    index = seen.table.columns[code].index
    for row, amount in zip(sample_rows(seen.table), opening.values, strict=True):
        text = squash(canonical_text(shown(seen.table.grid.cell(row, index)))) if amount else ""
        if text[:1] in _FLOWS and text[:_ACCOUNT].isdigit() and len(text) >= _ACCOUNT:
            return True
    return False


def _balance(seen: Seen, columns: Mapping[str, int], when: str) -> _Balance | None:
    if f"{when}_dr" in columns and f"{when}_cr" in columns:
        values = _movement(seen, columns, (f"{when}_dr", f"{when}_cr"))
        return None if values is None else _Balance(values, True)
    values = _values(seen, columns, f"{when}_bal")
    return None if values is None else _Balance(values, False)


def _movement(seen: Seen, columns: Mapping[str, int], pair: Iterable[str]) -> list[int] | None:
    debit, credit = (_values(seen, columns, name) for name in pair)
    return None if debit is None or credit is None else [a - b for a, b in zip(debit, credit, strict=True)]


def _values(seen: Seen, columns: Mapping[str, int], name: str) -> list[int] | None:
    known = figures_of(seen, columns[name]) if name in columns else None
    return None if known is None else [int(value) for value in known.values]
