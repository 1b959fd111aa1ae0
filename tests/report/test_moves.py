"""桌凳调拨建议: nothing lost, nobody below the need, the store room first."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from report import school_data as data

from houqin.report.desks import DeskPlace, desk_places
from houqin.report.moves import desk_moves, plan_moves


def place(name: str, desks: int, chairs: int, *, grade: str = "七年级", floor: int = 1, bad: int = 0) -> DeskPlace:
    """Give a class of 40 pupils that needs 41, with so many more or fewer; a name with 库房 is a store room."""
    store = "库房" in name
    need = 0 if store else 41
    return DeskPlace(
        name=name, grade="" if store else grade, is_store=store, pupils=0 if store else 40, need=need,
        desk_ok=need + desks, chair_ok=need + chairs, desk_bad=bad, chair_bad=0, building="A", floor=floor, rows=(0,),
    )  # fmt: skip


def moves_of(*places: DeskPlace):
    """Give the moves as (from, to, desks, chairs, why)."""
    return [(m.source, m.target, m.desks, m.chairs, m.why) for m in plan_moves(places).moves]


def test_the_store_room_gives_before_any_class():
    """Though class 2 is on the same floor, the store has enough."""
    assert moves_of(place("库房", 5, 5), place("1班", -2, -2), place("2班", 3, 3)) == [("库房", "1班", 2, 2, "库房")]


def test_the_same_grade_gives_before_a_class_from_afar():
    """Class 9 could give all, class 2 is near."""
    far = place("9班", 4, 4, grade="九年级", floor=3)
    assert moves_of(place("1班", -2, -2), far, place("2班", 2, 2)) == [("2班", "1班", 2, 2, "同年级")]


def test_the_store_room_serves_those_whom_no_neighbour_can():
    """The store's two go to class 9, as class 1 has a neighbour; else one would get its desks from afar."""
    far = place("9班", -2, -2, grade="九年级", floor=3)
    found = moves_of(place("库房", 2, 2), place("1班", -2, -2), place("2班", 2, 2), far)
    assert found == [("2班", "1班", 2, 2, "同年级"), ("库房", "9班", 2, 2, "库房")]


def test_desk_and_chair_travel_together():
    """One class with pairs is better than two with halves."""
    found = moves_of(place("1班", -2, -2), place("2班", 2, 0), place("3班", 0, 2), place("4班", 2, 2))
    assert found == [("4班", "1班", 2, 2, "同年级")]


def test_an_even_match_saves_a_move():
    """3 to 3 and 2 to 2 are two moves; any other way takes three."""
    found = moves_of(place("1班", -2, -2), place("2班", -3, -3), place("3班", 3, 3), place("4班", 2, 2))
    assert found == [("4班", "1班", 2, 2, "同年级"), ("3班", "2班", 3, 3, "同年级")]


def test_what_stays_short_is_mended_first_and_bought_else():
    """Short of 3, one comes, one of its own broken desks can be mended, one is to buy."""
    plan = plan_moves([place("1班", -3, 0, bad=1), place("2班", 1, 0)])
    settled = plan.settled["1班"]
    assert (settled.desks_in, settled.desks_lack, settled.desks_mend, settled.desks_buy) == (1, 2, 1, 1)


gaps = st.tuples(st.integers(-4, 4), st.integers(-4, 4), st.sampled_from(["七年级", "八年级"]), st.integers(1, 3))


@settings(max_examples=60, deadline=None)
@given(st.tuples(st.integers(0, 6), st.integers(0, 6)), st.lists(gaps, max_size=8))
def test_nothing_is_lost_and_no_class_falls_below_its_need(store, classes):
    """Each move is of something; givers keep their need; as much is moved as can be; the order of input is kept."""
    places = [place("库房", *store)]
    places += [place(f"{i}班", desks, chairs, grade=g, floor=f) for i, (desks, chairs, g, f) in enumerate(classes)]
    plan = plan_moves(places)
    assert all(m.desks >= 0 and m.chairs >= 0 and m.desks + m.chairs > 0 for m in plan.moves)
    by_name = {p.name: p for p in places}
    for kind in ("desk", "chair"):
        words = [getattr(p, f"{kind}_gap") for p in places]
        moved = sum(getattr(m, f"{kind}s") for m in plan.moves)
        assert moved == min(sum(w for w in words if w > 0), -sum(w for w in words if w < 0))
        for name, settled in plan.settled.items():
            gap = getattr(by_name[name], f"{kind}_gap")
            out, into, lack = (getattr(settled, f"{kind}s_{word}") for word in ("out", "in", "lack"))
            assert out <= max(0, gap)
            assert into + lack == max(0, -gap)
            assert not (out and into)
    assert plan_moves(places) == plan


def test_the_form_gives_the_places_and_a_pending_class_is_unknown():
    """The store room stands first; 八年级(3)班 has no desks that can be counted and takes part in no move."""
    plan = desk_moves(data.ledgers(), data.school(), data.forms())
    assert plan.places[0].name == "库房"
    unknown = next(p for p in plan.places if p.name == "八年级(3)班")
    assert unknown.desk_ok is None
    assert all("八年级(3)班" not in (m.source, m.target) for m in plan.moves)
    assert sum(m.desks for m in plan.moves if m.source == "库房") == 4


def test_good_ones_are_what_is_there_less_the_broken_where_the_form_does_not_say():
    """40 there, 3 broken: 37 good ones."""
    rows = [{"class": "七年级(1)班", "pupils": 40, "desk_have": 40, "desk_bad": 3, "chair_ok": 41}]
    found = desk_places({"desks": data.ledger("desks", rows)}, data.school(), data.forms())
    first = next(p for p in found if p.name == "七年级(1)班")
    assert (first.desk_ok, first.chair_ok) == (37, 41)
