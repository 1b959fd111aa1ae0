"""Accumulated depreciation as booked, against what the government rule gives: one line a cause.

The books are of the end of the as-of month, or of the month before where that month has not ended. What most cards of
a sheet have in common (a table drawn up months ago, months counted from the next one, a residual value kept) is one
question about the sheet; only what is left is asked about card by card.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from houqin.account.depreciation import MONTHS_A_YEAR, accumulated_of, half_up, month_number, month_text
from houqin.check.view import View
from houqin.check.wording import say_number
from houqin.exact import plain
from houqin.forms import load_lives
from houqin.model import Finding, Level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.forms import AssetClass, Form
    from houqin.model import Ledger

FORM = "asset_register"
# From this many cards, and this share of those that can tell, a habit is the sheet's and not a card's.
_FEWEST, _SHARE = 3, 0.8
# Rates of residual value that companies keep, per cent.
_RESIDUAL = (5, 3, 4, 10)
# What the form's own rule lets pass, fen.
_FORM_TOLERANCE = 300
_WORDS = (
    "asset_no", "class_code", "class_name", "asset_name", "value_type", "status", "dep_status", "book_date",
    "acquire_date", "use_date",
)  # fmt: skip
_CODE = "depreciation-mismatch"


@dataclass(frozen=True, slots=True)
class _Card:
    """One card to be judged: row, cost, booked (fen), whole life and months done, of each date that it may start at."""

    row: int
    cost: int
    booked: int
    months: int
    done: tuple[int, ...]
    source: tuple[str, str]

    @property
    def expected(self) -> int:
        """What the rule gives for the first of its dates."""
        return accumulated_of(self.cost, self.months, self.done[0])

    def agrees(self, shift: int = 0) -> bool:
        """Tell whether one of its dates explains what is booked, counted `shift` months further."""
        return any(_near(self.booked, self.cost, self.months, max(each + shift, 0)) for each in self.done)

    @property
    def shifts(self) -> set[int]:
        """How many months further or less far the booked amount was counted, for each of its dates."""
        monthly = half_up(self.cost, self.months)
        if not monthly or not 0 < self.booked < self.cost:
            return set()
        months = (2 * self.booked + monthly) // (2 * monthly)
        near = [n for n in (months - 1, months, months + 1) if _near(self.booked, self.cost, self.months, n)]
        return {n - each for n in near for each in self.done if each < self.months}


def check_depreciation(ledger: Ledger, form: Form, changed: frozenset[str], as_of: str) -> list[Finding]:
    """Compare the booked accumulated depreciation of each card with the rule, as of an ISO day.

    `changed` are the numbers of assets whose value was changed: their months are not judged by today's cost.
    """
    view, lives = View(ledger, form, None), load_lives()
    if not view.has("cost", "acc_dep") or {"cost", "acc_dep"} & ledger.lost_fields:
        return []
    booked_sources = {s for row, s in enumerate(_sources(ledger)) if view.value("acc_dep", row) is not None}
    findings: list[Finding] = []
    cards: list[_Card] = []
    left = Counter[str]()
    idle: list[int] = []
    blank: list[int] = []
    short: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    ends, words = _ends(as_of), {name: view.text(name).tolist() for name in _WORDS}
    for row, source in enumerate(_sources(ledger)):
        cost = view.value("cost", row)
        if source not in booked_sources or cost is None or cost <= 0:
            continue
        booked = view.value("acc_dep", row)
        if reason := _not_judged(words, row, changed):
            left[reason] += booked is not None
            continue
        kinds = lives.classes_of(*(words[name][row] for name in ("class_code", "class_name", "asset_name")))
        if (kinds and not any(kind.depreciates for kind in kinds)) or words["value_type"][row] == "名义金额":
            idle += [row] if booked else []
            continue
        stated = view.value("life_years", row)
        kind = _shortest(kinds)
        if kind and kind.years and stated and 0 < stated < kind.years:
            short[kind.name, stated, kind.years].append(row)
        years = stated or (kinds[0].years if len(kinds) == 1 else None)
        done = _done(words, row, ends)
        if not years or not done:
            left["没有折旧年限、类别也定不下来" if done else "没有日期"] += 1
        elif booked is None:
            blank += [row] if done[0] > 0 else []
        elif not _told_by_months(view, row):
            cards.append(_Card(row, cost, booked, years * MONTHS_A_YEAR, done, source))
    findings += _idle(view, idle) + _blank(view, blank) + [f for k, v in short.items() for f in _short(view, k, v)]
    findings += _judge(view, cards, as_of)
    return findings + _left(view, left, booked_sources)


def changed_assets(ledgers: Mapping[str, Ledger]) -> frozenset[str]:
    """Give the numbers of assets whose value the register of changes says was changed."""
    ledger = ledgers.get("asset_change")
    if ledger is None or not {"change_type", "asset_no"} <= set(ledger.frame.columns):
        return frozenset()
    frame = ledger.frame[ledger.frame["change_type"] == "价值调整"]
    return frozenset(str(each) for each in frame["asset_no"] if each)


def _sources(ledger: Ledger) -> list[tuple[str, str]]:
    return list(zip(ledger.sources["file"].tolist(), ledger.sources["sheet"].tolist(), strict=True))


def _ends(as_of: str) -> tuple[int, ...]:
    """Give the months with which the books may end: that of the day, and the one before where it has not ended."""
    month = month_number(as_of)
    is_last = (date.fromisoformat(as_of) + timedelta(days=1)).day == 1
    return (month,) if is_last else (month, month - 1)


def _shortest(kinds: Sequence[AssetClass]) -> AssetClass | None:
    """Give the class of the shortest life that a card may be of; None where one leaves it open."""
    if not kinds or any(kind.years is None for kind in kinds):
        return None
    return min(kinds, key=lambda kind: kind.years or 0)


def _not_judged(words: Mapping[str, list[str | None]], row: int, changed: frozenset[str]) -> str:
    if words["status"][row] == "报废":
        return "已报废"
    if words["dep_status"][row] == "不计提":
        return "写明不计提"
    return "调整过价值" if words["asset_no"][row] in changed else ""


def _done(words: Mapping[str, list[str | None]], row: int, ends: Sequence[int]) -> tuple[int, ...]:
    """Give the months done by each date of the card, that of the books first."""
    texts = [words[name][row] for name in ("book_date", "acquire_date", "use_date")]
    starts = [month_number(text) for text in texts if text and len(text) >= len("2025-09")]
    return tuple(dict.fromkeys(max(end - start + 1, 0) for start in starts for end in ends))


def _told_by_months(view: View, row: int) -> bool:
    """Tell whether the form's own rule judges the card by its 已提折旧月数 and has told of it."""
    done, years = view.value("dep_months", row), view.value("life_years", row)
    if done is None or not years:
        return False
    cost, booked = view.value("cost", row) or 0, view.value("acc_dep", row) or 0
    right = min(cost * done // (years * MONTHS_A_YEAR), cost)
    return abs(right - booked) > _FORM_TOLERANCE


def _near(booked: int, cost: int, months: int, done: int) -> bool:
    """Tell whether an amount is that of some months, however their fen were rounded."""
    return abs(booked - accumulated_of(cost, months, done)) <= min(done, months) // 2 + 1


def _judge(view: View, cards: Sequence[_Card], as_of: str) -> list[Finding]:
    """Tell the habits of each sheet, then the cards that neither the rule nor a habit explains."""
    by_source: dict[tuple[str, str], list[_Card]] = defaultdict(list)
    for card in cards:
        by_source[card.source].append(card)
    findings: list[Finding] = []
    for group in by_source.values():
        shift, told = _common_shift(view, group, as_of)
        wrong = [card for card in group if not card.agrees(shift)]
        kept, more = _residual(view, wrong, group)
        findings += told + more + [_differs(view, card, shift) for card in wrong if card not in kept]
    return findings


def _common_shift(view: View, group: Sequence[_Card], as_of: str) -> tuple[int, list[Finding]]:
    """Find the months by which most cards of a sheet are off alike, and say so once."""
    told = [card for card in group if card.shifts]
    off = [card for card in told if not card.agrees()]
    counts = Counter(shift for card in told for shift in card.shifts)
    if not off:
        return 0, []
    shift, count = min(counts.items(), key=lambda each: (-each[1], abs(each[0]), each[0]))
    if shift == 0 or count < _FEWEST or count < _SHARE * len(told) or abs(shift) > MONTHS_A_YEAR * 3:
        return 0, []
    month = month_text(_ends(as_of)[0] + shift)
    message = (
        f"这张表的累计折旧像是算到 {month}（{count} 张卡片都是这样），不是算到 {month_text(_ends(as_of)[0])}。"
        "请确认表是哪一天的；如果是最新的，按政府会计制度当月增加的资产当月就提折旧，请看是不是从次月起提的，或少提了几个月。"
    )
    first = next(card for card in off if shift in card.shifts)
    others = [card for card in off if shift in card.shifts and card is not first]
    return shift, [_finding(view, "acc_dep", [first.row, *(c.row for c in others)], message)]


def _residual(view: View, wrong: Sequence[_Card], group: Sequence[_Card]) -> tuple[set[_Card], list[Finding]]:
    """Find cards that keep a residual value, as companies do."""
    for rate in _RESIDUAL:
        kept = [c for c in wrong if replace(c, cost=c.cost * (100 - rate) // 100).agrees()]
        if len(kept) >= _FEWEST and len(kept) >= len(wrong) * _SHARE:
            message = (
                f"{len(kept)} 张卡片的累计折旧像是留了 {rate}% 残值（表中共 {len(group)} 张）。"
                "政府会计制度不留残值，请与会计核对。"
            )
            return set(kept), [_finding(view, "acc_dep", [c.row for c in kept], message)]
    return set(), []


def _differs(view: View, card: _Card, shift: int) -> Finding:
    done = min(max(card.done[0] + shift, 0), card.months)
    right, field = accumulated_of(card.cost, card.months, done), view.form.field("acc_dep")
    message = (
        f"“{view.word('asset_name', card.row)}”原值 {view.word('cost', card.row)} 元，{card.months} 个月提完，"
        f"已提 {done} 个月应为 {say_number(right, field)} 元，累计折旧填的是 {view.word('acc_dep', card.row)} 元，"
        f"相差 {say_number(abs(card.booked - right), field)} 元。如调整过原值或年限、停用过，请说明。"
    )
    made = _finding(view, "acc_dep", [card.row], message)
    return replace(made, expected=plain(right, field.scale), found=view.found("acc_dep", card.row))


def _idle(view: View, rows: Sequence[int]) -> list[Finding]:
    if not rows:
        return []
    first = f"“{view.word('asset_name', rows[0])}”" + (f"等 {len(rows)} 张卡片" if len(rows) > 1 else "")
    message = (
        f"{first}提了折旧。文物和陈列品、图书和档案、动植物、单独计价入账的土地、"
        "以名义金额计量的资产不提折旧，请核对分类。"
    )
    return [replace(_finding(view, "acc_dep", rows, message), code="not-depreciable")]


def _blank(view: View, rows: Sequence[int]) -> list[Finding]:
    if not rows:
        return []
    first = f"“{view.word('asset_name', rows[0])}”" + (f"等 {len(rows)} 张卡片" if len(rows) > 1 else "")
    made = _finding(view, "acc_dep", rows, f"{first}没有填累计折旧，折旧合计会少。请补上，或写明不计提。")
    return [replace(made, code="missing")]


def _short(view: View, key: tuple[str, int, int], rows: Sequence[int]) -> list[Finding]:
    name, stated, least = key
    message = (
        f"{name}的折旧年限填 {stated} 年（{len(rows)} 张卡片），规定不低于 {least} 年（财会〔2017〕4号）。"
        "如主管部门另有规定请说明；累计折旧暂按填写的年限核对。"
    )
    return [replace(_finding(view, "life_years", rows, message), code="asset-life")]


def _left(view: View, left: Counter[str], sources: set[tuple[str, str]]) -> list[Finding]:
    """Say how many cards were not judged, and why."""
    said = "、".join(f"{reason} {count} 张" for reason, count in sorted(left.items()) if count)
    if not said:
        return []
    row = next(row for row, source in enumerate(_sources(view.source)) if source in sources)  # type: ignore[arg-type]
    place = replace(view.place("acc_dep", row), cell=None)
    message = f"有卡片的累计折旧没有复算：{said}。"
    return [Finding("not-recomputed", Level.INFO, message, place, form=FORM, field="acc_dep")]


def _finding(view: View, field: str, rows: Sequence[int], message: str) -> Finding:
    places = [view.place(field, row) for row in rows]
    return Finding(
        _CODE, Level.QUESTION, message, places[0], found=view.found(field, rows[0]) if len(rows) == 1 else None,
        form=FORM, field=field, related=tuple(places[1:]), count=len(rows),
    )  # fmt: skip
