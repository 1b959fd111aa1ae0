"""Count meals by grade, uniforms by style, sex and size, and the repairs that are open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from houqin.report.records import Record, add_up, counted_records, read_records

if TYPE_CHECKING:
    from collections.abc import Mapping

    from houqin.forms import Forms
    from houqin.model import Ledger
    from houqin.school import School

MEAL_FIELDS = ("enrolled", "boarders", "day_pupils", "breakfast", "lunch", "dinner", "not_eat")
STYLES = {"夏装": "summer", "春秋装": "autumn", "冬装": "winter"}  # style -> beginning of its fields
SEXES = ("男", "女")
NO_SIZE = "未填"
LETTERS = ("XXS", "XS", "S", "M", "L", "XL", "2XL", "3XL", "4XL", "5XL", "6XL")
MENDED = re.compile(r"^(?!.*(未|待|不|没)).*(已修|修好|修复|完成|完好|正常|已换|更换|合格|已处理|是|√)")
DEFAULT_OPEN_DAYS = Decimal(7)
FEN = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class MealTotal:
    """One grade: how many classes sent the form, and the sum of each field (None where nobody filled it in)."""

    grade: str
    classes: int
    missing: tuple[str, ...]  # classes of the settings without a row
    pending: tuple[str, ...]  # classes whose only rows wait for an answer
    sums: Mapping[str, Decimal | None]
    special: int  # classes with 清真, 过敏 …
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SizeCount:
    """Sets of one style and size, by sex (`other`: sex not given)."""

    style: str
    size: str
    boys: Decimal
    girls: Decimal
    other: Decimal
    rows: tuple[int, ...]

    @property
    def total(self) -> Decimal:
        """All sets of the size."""
        return self.boys + self.girls + self.other


@dataclass(frozen=True, slots=True)
class StyleTotal:
    """Sets of one style, the settings' price (None: not set) and what they come to, 元."""

    style: str
    sets: Decimal
    price: Decimal | None
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class OpenRepair:
    """A fault not mended yet; `days` since it was reported (None: no whole date), `late` past the settings' limit."""

    row: int
    reported: str
    room: str
    device: str
    quantity: Decimal | None
    fault: str
    state: str
    days: int | None
    late: bool
    amount: Decimal | None  # 元, None where no cost is known


def meal_totals(ledgers: Mapping[str, Ledger], school: School, forms: Forms) -> list[MealTotal]:
    """Give a row a grade of the settings, in their order, then grades that only the form knows."""
    if "meal_registration" not in ledgers:
        return []
    grade_of = {each.name: each.grade for each in school.classes}
    groups: dict[str, list[Record]] = {grade: [] for grade in school.grades}
    for record in read_records(ledgers, "meal_registration", forms):
        groups.setdefault(grade_of.get(record.text("class")) or record.text("grade"), []).append(record)
    return [_meal_total(grade, records, school) for grade, records in groups.items()]


def _meal_total(grade: str, every: list[Record], school: School) -> MealTotal:
    records = [record for record in every if not record.pending]
    sent, present = {r.text("class") for r in records}, {r.text("class") for r in every}
    own = [each.name for each in school.classes if each.grade == grade]
    return MealTotal(
        grade=grade,
        classes=len(sent),
        missing=tuple(name for name in own if name not in present),
        pending=tuple(name for name in own if name in present - sent),
        sums={field: add_up(r.number(field) for r in records) for field in MEAL_FIELDS},
        special=sum(1 for r in records if r.text("special")),
        rows=tuple(r.index for r in records),
    )


def uniform_sizes(ledgers: Mapping[str, Ledger], forms: Forms) -> list[SizeCount]:
    """Give a row a style and size, the styles in the order of the year, the sizes from small to large."""
    groups: dict[tuple[str, str], list[Record]] = {}
    for record in counted_records(ledgers, "uniform_order", forms):
        for style, part in STYLES.items():
            if record.number(f"{part}_qty"):
                groups.setdefault((style, record.text(f"{part}_size") or NO_SIZE), []).append(record)
    found = []
    for style, size in sorted(groups, key=lambda key: (list(STYLES).index(key[0]), size_order(key[1]))):
        records, field = groups[style, size], f"{STYLES[style]}_qty"
        sums = [add_up(r.number(field) for r in records if r.text("sex") == sex) or Decimal(0) for sex in SEXES]
        other = add_up(r.number(field) for r in records if r.text("sex") not in SEXES) or Decimal(0)
        found.append(SizeCount(style, size, sums[0], sums[1], other, tuple(r.index for r in records)))
    return found


def style_totals(sizes: list[SizeCount], school: School) -> list[StyleTotal]:
    """Give the styles that were ordered, with price and amount."""
    found = []
    for style in STYLES:
        own = [each for each in sizes if each.style == style]
        if own:
            sets = sum((each.total for each in own), Decimal(0))
            price = school.uniform_prices.get(style)
            found.append(StyleTotal(style, sets, price, None if price is None else sets * price))
    return found


def size_order(size: str) -> tuple[int, Decimal, str]:
    """Give a key by which sizes go from small to large: numbers, then letters, then all else."""
    number = re.match(r"\d+", size)
    if number and size not in LETTERS:
        return (0, Decimal(number[0]), size)
    return (1, Decimal(LETTERS.index(size)), size) if size in LETTERS else (2, Decimal(0), size)


def open_repairs(ledgers: Mapping[str, Ledger], school: School, forms: Forms, as_of: str) -> list[OpenRepair]:
    """Give the faults not mended at a date, those longest open first, those without a date last."""
    limit = school.thresholds.get("repair_open_days", DEFAULT_OPEN_DAYS)
    found = []
    for record in counted_records(ledgers, "repair", forms):
        if not is_mended(record):
            days = days_between(record.text("report_date"), as_of)
            found.append(
                OpenRepair(
                    row=record.index,
                    reported=record.text("report_date"),
                    room=record.text("room"),
                    device=record.text("device"),
                    quantity=record.number("qty"),
                    fault=record.text("fault"),
                    state=record.text("state"),
                    days=days,
                    late=days is not None and days > limit,
                    amount=repair_cost(record),
                )
            )
    return sorted(found, key=lambda each: (1 if each.days is None else -each.days, each.row))


def is_mended(record: Record) -> bool:
    """Tell by 完成情况 whether a fault is mended; where that is blank, by 维修日期."""
    state = record.text("state")
    return MENDED.search(state) is not None if state else bool(record.text("fix_date"))


def repair_cost(record: Record) -> Decimal | None:
    """Give 金额, else 配件数量 x 单价 half up at the fen, else None."""
    amount, quantity, price = (record.number(field) for field in ("amount", "parts_qty", "price"))
    if amount is not None or quantity is None or price is None:
        return amount
    return (quantity * price).quantize(FEN, ROUND_HALF_UP)


def days_between(start: str, end: str) -> int | None:
    """Count the days from one ISO date to another, not below 0; None where one is no whole date."""
    if len(start) != len("2025-09-01") or len(end) != len("2025-09-01"):
        return None
    return max(0, (date.fromisoformat(end) - date.fromisoformat(start)).days)
