"""Which movements of a bank account stand in one of the two books alone: 未达账项, found movement by movement; fen.

Movements are paired by amount and side within a window of days: first by a number that both name, then by a name that
both have, then by the nearest days; whole vouchers and a party's payments of a day are paired as sums. How much is
outstanding is certain; which of several like movements it is, is told as doubtful where nothing tells them apart.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

WINDOW = 62  # a cheque is good for ten days, a slip from the bank is often booked a month later, or two
_CLOSE = 3  # days: two choices that differ by no more are alike
_MOST_PAIRS = 250_000  # of one amount; beyond, movements are paired in the order of their days
_MOST_OPEN = 14  # of the first weeks, of which sums are tried
_NAME, _NUMBER = 3, 4  # the shortest name, and the shortest number, that prove anything
_REVERSED = re.compile("冲|红字|更正|退回|撤销|退票")


@dataclass(frozen=True, slots=True)
class Move:
    """One movement: form and position, ISO day, fen (in positive, out negative), what it says, numbers that it names.

    `group` is what belongs together in its book: a voucher of a day, a party of a day.
    """

    form: str
    index: int
    day: str
    amount: int
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    group: str = ""

    @property
    def ordinal(self) -> int | None:
        """The day's number; that of the month's last week where only the month is known, None without one."""
        text = self.day if len(self.day) == len("2025-01-01") else f"{self.day}-28"
        try:
            return date.fromisoformat(text).toordinal()
        except ValueError:
            return None


@dataclass(slots=True)
class Matched:
    """What was paired, and what is left of each side; `alike` are the others that a left one might be instead."""

    pairs: list[tuple[Move, Move]] = field(default_factory=list)
    ours: list[Move] = field(default_factory=list)
    theirs: list[Move] = field(default_factory=list)
    alike: dict[Move, tuple[Move, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outstanding:
    """One movement that stands in one book alone at the end; `cleared` is the day on which the other book has it."""

    move: Move
    is_ours: bool  # our book has it, the bank not yet
    cleared: str = ""
    alike: tuple[Move, ...] = ()


@dataclass(slots=True)
class Reconciled:
    """What is outstanding at the end, what the first weeks cleared of the year before, and how much was paired."""

    items: list[Outstanding]
    cleared_opening: list[tuple[Move, bool]]
    pairs: int
    book_count: int
    bank_count: int

    @property
    def is_one_book(self) -> bool:
        """Tell whether the two are books of one account: at least half of the shorter one has its like in the other."""
        return 2 * self.pairs >= min(self.book_count, self.bank_count) > 0


def reconcile(book: Sequence[Move], bank: Sequence[Move], first: str, last: str, *, opened: int) -> Reconciled:
    """Find what is outstanding on ISO day `last`; later movements only tell when it was cleared.

    `opened` is what the book had more than the bank before the first day: what the year before left outstanding. What
    clears it within the first weeks is no item of this year, where it comes to just that.
    """
    ours, ours_later = _parted(book, last)
    theirs, theirs_later = _parted(bank, last)
    made = match_moves(ours, theirs)
    opening = _clearing(made, first, opened)
    made.ours = [each for each in made.ours if (each, True) not in opening]
    made.theirs = [each for each in made.theirs if (each, False) not in opening]
    after = {left: right.day for left, right in match_moves(made.ours, theirs_later).pairs}
    after |= {right: left.day for left, right in match_moves(ours_later, made.theirs).pairs}
    items = [
        Outstanding(each, is_ours, after.get(each, ""), made.alike.get(each, ()))
        for own, is_ours in ((made.ours, True), (made.theirs, False)) for each in own
    ]  # fmt: skip
    items.sort(key=lambda each: (each.is_ours, each.move.amount < 0, each.move.day, each.move.index))
    return Reconciled(items, opening, len(made.pairs), len(ours), len(theirs))


def match_moves(ours: Sequence[Move], theirs: Sequence[Move]) -> Matched:
    """Pair the movements of two books; those that a book itself took back are in neither list of what is left."""
    made = Matched()
    groups: dict[int, tuple[list[Move], list[Move]]] = defaultdict(lambda: ([], []))
    for side, moves in enumerate((ours, theirs)):
        for each in moves:
            if each.amount:
                groups[each.amount][side].append(each)
    for own, other in groups.values():
        _match_amount(made, own, other)
    made.ours, made.theirs = _without_reversed(made.ours), _without_reversed(made.theirs)
    _match_sums(made)
    made.alike = {each: others for each, others in made.alike.items() if each in {*made.ours, *made.theirs}}
    return made


def _parted(moves: Sequence[Move], last: str) -> tuple[list[Move], list[Move]]:
    return [each for each in moves if each.day[:10] <= last], [each for each in moves if each.day[:10] > last]


def _match_amount(made: Matched, ours: list[Move], theirs: list[Move]) -> None:
    """Pair the movements of one amount: by number, by name, by day."""
    pairs: list[tuple[Move, Move]] = []
    for test in (_same_number, _same_name):
        ours, theirs = _take(pairs, ours, theirs, test)
    sure = len(pairs)
    if len(ours) == len(theirs) and all(_near(a, b) for a, b in zip(_by_day(ours), _by_day(theirs), strict=True)):
        pairs += zip(_by_day(ours), _by_day(theirs), strict=True)
        ours, theirs = [], []
    ours, theirs = _take(pairs, ours, theirs, lambda _a, _b: True)
    made.pairs += pairs
    for own, side in ((ours, 0), (theirs, 1)):
        for left in own:
            others = tuple(pair[side] for pair in pairs[sure:] if _might_be(left, pair, side))
            if others:
                made.alike[left] = others
    made.ours += ours
    made.theirs += theirs


def _take(
    pairs: list[tuple[Move, Move]], ours: list[Move], theirs: list[Move], test: Callable[[Move, Move], bool]
) -> tuple[list[Move], list[Move]]:
    """Pair what passes a test, the nearest days first; give what is left of both."""
    if not ours or not theirs:
        return ours, theirs
    if len(ours) * len(theirs) > _MOST_PAIRS:
        found = [(0, a, b) for a, b in zip(_by_day(ours), _by_day(theirs), strict=False) if _near(a, b) and test(a, b)]
    else:
        found = [(_apart(a, b), a, b) for a, b in itertools.product(ours, theirs) if _near(a, b) and test(a, b)]
        found.sort(key=lambda each: (each[0], each[1].day, each[1].index, each[2].day, each[2].index))
    used: set[Move] = set()
    for _, left, right in found:
        if left not in used and right not in used:
            used |= {left, right}
            pairs.append((left, right))
    return [each for each in ours if each not in used], [each for each in theirs if each not in used]


def _might_be(left: Move, pair: tuple[Move, Move], side: int) -> bool:
    """Tell whether a left movement could be in a pair just as well as the one that is."""
    taken, other = pair[side], pair[1 - side]
    return _near(left, other) and _apart(left, other) <= _apart(taken, other) + _CLOSE


def _match_sums(made: Matched) -> None:
    """Pair a movement with a whole voucher, or with a party's movements of a day, where just one sum comes to it."""
    for side in (0, 1):
        single, many = (made.ours, made.theirs) if side else (made.theirs, made.ours)
        sums: dict[int, list[list[Move]]] = defaultdict(list)
        for own in _grouped(many):
            sums[sum(each.amount for each in own)].append(own)
        for each in list(single):
            fitting = [own for own in sums.get(each.amount, ()) if own[0] in many and _near(each, own[0])]
            if len(fitting) == 1:
                single.remove(each)
                for one in fitting[0]:
                    many.remove(one)
                    made.pairs.append((each, one) if side else (one, each))


def _grouped(moves: Sequence[Move]) -> list[list[Move]]:
    groups: dict[tuple[str, str], list[Move]] = defaultdict(list)
    for each in moves:
        if each.group:
            groups[each.day, each.group].append(each)
    return [own for own in groups.values() if len(own) > 1]


def _without_reversed(moves: list[Move]) -> list[Move]:
    """Leave out what its own book took back: the same amount the other way, and words that say so."""
    gone: set[Move] = set()
    for each in moves:
        if each in gone or not any(_REVERSED.search(name) for name in each.names):
            continue
        other = next((m for m in moves if m not in gone and m.amount == -each.amount and _near(m, each)), None)
        if other is not None:
            gone |= {each, other}
    return [each for each in moves if each not in gone]


def _clearing(made: Matched, first: str, opened: int) -> list[tuple[Move, bool]]:
    """Give what of the first weeks clears what the year before left: all of it, one of it, or the only sum that does.

    A cheque of December that the bank pays in January is less there and not here: the bank then comes to what we had.
    """
    start = date.fromisoformat(first).toordinal()
    early = [
        (each, is_ours)
        for own, is_ours in ((made.theirs, False), (made.ours, True))
        for each in own if each.ordinal is not None and each.ordinal < start + WINDOW
    ]  # fmt: skip
    if not opened or not early:
        return []
    values = [-each.amount if is_ours else each.amount for each, is_ours in early]
    if sum(values) == opened:
        return early
    if len(early) > _MOST_OPEN:
        return []
    found = [chosen for chosen in _choices(len(early)) if sum(values[n] for n in chosen) == opened]
    fewest = min(map(len, found), default=0)
    best = [chosen for chosen in found if len(chosen) == fewest]
    return [early[n] for n in best[0]] if len(best) == 1 else []


def _choices(count: int) -> Iterator[tuple[int, ...]]:
    for size in range(1, count + 1):
        yield from itertools.combinations(range(count), size)


def _by_day(moves: Iterable[Move]) -> list[Move]:
    return sorted(moves, key=lambda each: (each.day, each.index))


def _apart(one: Move, other: Move) -> int:
    left, right = one.ordinal, other.ordinal
    return 0 if left is None or right is None else abs(left - right)


def _near(one: Move, other: Move) -> bool:
    return _apart(one, other) <= WINDOW


def _same_number(one: Move, other: Move) -> bool:
    return any(_names_number(a, b) for a, b in ((one, other), (other, one)))


def _names_number(one: Move, other: Move) -> bool:
    said = "".join((*other.names, *other.numbers))
    return any(len(each) >= _NUMBER and each in said for each in one.numbers)


def _same_name(one: Move, other: Move) -> bool:
    pairs = ((a, b) for a in one.names for b in other.names)
    return any(len(min(a, b, key=len)) >= _NAME and (a in b or b in a) for a, b in pairs)


def plain(text: str) -> str:
    """Give a name as it is compared: NFKC, no white space, no brackets, small letters."""
    return re.sub(r"[\s()（）\[\]【】,，.。、]", "", unicodedata.normalize("NFKC", text)).casefold()
