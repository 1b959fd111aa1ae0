"""Propose how to move desks and chairs between classes: 桌凳调拨建议.

What counts, in this order: the store room gives first; then a class of the same grade or the same floor; desk and
chair travel together; the fewest moves. Classes give only what they have beyond their need, so none falls below it,
and as much as possible of each shortage is met. The classes are served in the order of the settings (where there is
not enough for all, the first come first); who serves each is found by a search (A*) over all ways of doing so. Should
a school be so uneven that the search passes `EFFORT` steps, the rest is dealt out greedily by the same order.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from houqin.report.desks import DeskPlace, desk_places

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from houqin.forms import Forms
    from houqin.model import Ledger
    from houqin.school import School

EFFORT = 1500  # steps of the search, well below half a second
NEAR = ("库房", "同年级", "同楼层")


@dataclass(frozen=True, slots=True)
class Move:
    """So many desks and chairs from one place to another, and how near they are."""

    source: str
    target: str
    desks: int
    chairs: int
    why: str  # 库房, 同年级, 同楼层, 跨年级


@dataclass(frozen=True, slots=True)
class Settled:
    """What a place gives, gets, and still lacks; of the lack, what mending its own broken ones covers, and what not."""

    desks_out: int = 0
    chairs_out: int = 0
    desks_in: int = 0
    chairs_in: int = 0
    desks_lack: int = 0
    chairs_lack: int = 0
    desks_mend: int = 0
    chairs_mend: int = 0

    @property
    def desks_buy(self) -> int:
        """Desks that neither moves nor mending give."""
        return self.desks_lack - self.desks_mend

    @property
    def chairs_buy(self) -> int:
        """Chairs that neither moves nor mending give."""
        return self.chairs_lack - self.chairs_mend


@dataclass(frozen=True, slots=True)
class DeskPlan:
    """The places, the moves in the order of the targets, and by place's name what is settled by them."""

    places: tuple[DeskPlace, ...]
    moves: tuple[Move, ...]
    settled: Mapping[str, Settled]


def desk_moves(ledgers: Mapping[str, Ledger], school: School, forms: Forms) -> DeskPlan:
    """Propose moves for the school's desks form; a plan without places where there is none."""
    return _planned(tuple(desk_places(ledgers, school, forms)) if "desks" in ledgers else ())


# The summary, the printed forms and the notebook ask for the same plan, and the search is a tenth of a small run.
@lru_cache(maxsize=4)
def _planned(places: tuple[DeskPlace, ...]) -> DeskPlan:
    return plan_moves(places)


def plan_moves(places: Sequence[DeskPlace]) -> DeskPlan:
    """Propose moves between places."""
    givers = [i for i, p in enumerate(places) if p.desk_gap > 0 or p.chair_gap > 0]
    takers = [i for i, p in enumerate(places) if p.desk_gap < 0 or p.chair_gap < 0]
    start = _State(
        tuple((max(0, places[i].desk_gap), max(0, places[i].chair_gap)) for i in givers),
        tuple((max(0, -places[i].desk_gap), max(0, -places[i].chair_gap)) for i in takers),
    )
    whys = [[_why(places[g], places[t]) for g in givers] for t in takers]
    amounts: dict[tuple[int, int], list[int]] = {}
    for step in _search(start, [[_rank(why) for why in row] for row in whys]):
        total = amounts.setdefault((step.taker, step.giver), [0, 0])
        total[0] += step.desks
        total[1] += step.chairs
    moves = tuple(
        Move(places[givers[g]].name, places[takers[t]].name, desks, chairs, whys[t][g])
        for (t, g), (desks, chairs) in sorted(amounts.items())
    )
    return DeskPlan(tuple(places), moves, {place.name: _settle(place, moves) for place in places})


def _settle(place: DeskPlace, moves: Sequence[Move]) -> Settled:
    given = [m for m in moves if m.source == place.name]
    taken = [m for m in moves if m.target == place.name]
    desks_in, chairs_in = sum(m.desks for m in taken), sum(m.chairs for m in taken)
    desks_lack = max(0, -place.desk_gap) - desks_in
    chairs_lack = max(0, -place.chair_gap) - chairs_in
    return Settled(
        desks_out=sum(m.desks for m in given),
        chairs_out=sum(m.chairs for m in given),
        desks_in=desks_in,
        chairs_in=chairs_in,
        desks_lack=desks_lack,
        chairs_lack=chairs_lack,
        desks_mend=min(desks_lack, place.desk_bad),
        chairs_mend=min(chairs_lack, place.chair_bad),
    )


def _why(giver: DeskPlace, taker: DeskPlace) -> str:
    if giver.is_store:
        return "库房"
    if giver.grade and giver.grade == taker.grade:
        return "同年级"
    if giver.floor and (giver.building, giver.floor) == (taker.building, taker.floor):
        return "同楼层"
    return "跨年级"


def _rank(why: str) -> int:
    """0 for the store room, 1 for the same grade or floor, 2 for the rest."""
    return 0 if why == "库房" else 1 if why in NEAR else 2


class _State(NamedTuple):
    """What givers still have and takers still lack, (desks, chairs) each."""

    have: tuple[tuple[int, int], ...]
    lack: tuple[tuple[int, int], ...]


class _Step(NamedTuple):
    taker: int
    giver: int
    desks: int
    chairs: int


class _Cost(NamedTuple):
    """What a proposal is judged by, the first first: units not from the store, units from afar, lone units, moves."""

    beyond_store: int = 0
    afar: int = 0
    lone: int = 0
    moves: int = 0

    def plus(self, other: _Cost) -> _Cost:
        return _Cost(*(a + b for a, b in zip(self, other, strict=True)))


def _search(start: _State, ranks: list[list[int]]) -> list[_Step]:
    """Give the steps of the cheapest proposal; a step ships all that giver and taker can settle between them."""
    queue: list[tuple[_Cost, int, tuple[_Step, ...], _Cost, _State]] = [(_bound(start, ranks), 0, (), _Cost(), start)]
    done: set[_State] = set()
    furthest: tuple[tuple[_Step, ...], _State] = ((), start)
    for _ in range(EFFORT):
        if not queue:
            break
        _, _, path, cost, state = heapq.heappop(queue)
        if state in done:
            continue
        done.add(state)
        furthest = max(furthest, (path, state), key=lambda found: len(found[0]))
        steps = list(_steps(state))
        if not steps:
            return list(path)
        for step in steps:
            following = _after(state, step)
            if following not in done:
                spent = cost.plus(_cost(step, ranks))
                longer = (*path, step)  # of equally good ones, the longest is nearest to its end
                heapq.heappush(queue, (spent.plus(_bound(following, ranks)), -len(longer), longer, spent, following))
    return _deal_out(*furthest, ranks)


def _deal_out(path: tuple[_Step, ...], state: _State, ranks: list[list[int]]) -> list[_Step]:
    """Finish a proposal greedily: nearest first, then whole pairs, then the largest."""
    steps = list(path)
    while choices := list(_steps(state)):
        step = min(choices, key=lambda s: (ranks[s.taker][s.giver], abs(s.desks - s.chairs), -s.desks - s.chairs, s))
        steps.append(step)
        state = _after(state, step)
    return steps


def _steps(state: _State) -> Iterator[_Step]:
    """Give the ways to serve the first taker that still can be served."""
    for t, (desks, chairs) in enumerate(state.lack):
        steps = [
            _Step(t, g, min(desks, more_desks), min(chairs, more_chairs))
            for g, (more_desks, more_chairs) in enumerate(state.have)
        ]
        useful = [step for step in steps if step.desks or step.chairs]
        if useful:
            yield from useful
            return


def _after(state: _State, step: _Step) -> _State:
    have, lack = list(state.have), list(state.lack)
    have[step.giver] = (have[step.giver][0] - step.desks, have[step.giver][1] - step.chairs)
    lack[step.taker] = (lack[step.taker][0] - step.desks, lack[step.taker][1] - step.chairs)
    return _State(tuple(have), tuple(lack))


def _cost(step: _Step, ranks: list[list[int]]) -> _Cost:
    units, rank = step.desks + step.chairs, ranks[step.taker][step.giver]
    return _Cost(units if rank else 0, units if rank == 2 else 0, abs(step.desks - step.chairs), 1)


def _bound(state: _State, ranks: list[list[int]]) -> _Cost:
    """Give what the rest costs at least, so that the search never passes over the best."""
    beyond = afar = lone = moves = 0
    for kind in (0, 1):
        have, lack = [pair[kind] for pair in state.have], [pair[kind] for pair in state.lack]
        moved = min(sum(have), sum(lack))
        from_store = sum(n for g, n in enumerate(have) if ranks and ranks[0][g] == 0)
        within = sum(
            min(need, sum(n for g, n in enumerate(have) if row[g] == 1)) for need, row in zip(lack, ranks, strict=True)
        )
        beyond += max(0, moved - from_store)
        afar += max(0, moved - from_store - within)
        busy = lack if sum(have) >= sum(lack) else have
        moves = max(moves, sum(1 for n in busy if n))
    totals = [min(sum(p[k] for p in state.have), sum(p[k] for p in state.lack)) for k in (0, 1)]
    lone = abs(totals[0] - totals[1])
    return _Cost(beyond, afar, lone, moves)
