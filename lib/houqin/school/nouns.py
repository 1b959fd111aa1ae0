"""What a school's settings say, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from houqin.school.calendar import Calendar, Semester, Span, make_calendar
from houqin.school.decisions import DecisionKind, Decisions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class SchoolClass:
    """One class: canonical name 七年级(3)班, grade 七年级, number 3, pupils by the roll, where it sits."""

    name: str
    grade: str
    number: int
    pupils: int
    teacher: str = ""
    building: str = ""
    floor: int = 0
    room: str = ""


@dataclass(frozen=True, slots=True)
class Standard:
    """班级配备标准: what each class (`per` = 班), grade or the whole school (`per` = 校) should have of a good."""

    name: str
    spec: str
    uom: str
    per: str
    quantity: Decimal
    minimum: Decimal | None = None  # 最低库存
    price: Decimal | None = None  # 参考单价
    budget_item: str = ""  # 经费科目, 30201 办公费


@dataclass(frozen=True, slots=True)
class FeeItem:
    """What becomes of a fee's money: `treatment` 代收代付, 缴财政专户, 食堂 or 其他; `refund` how a rest is settled."""

    item: str
    treatment: str
    standard: Decimal | None = None  # 元/生
    refund: str = ""
    account: str = ""  # its line of 往来 in the books


@dataclass(frozen=True, slots=True)
class School:
    """The settings of one school; `folder` holds 学校设置.xlsx or school.toml, 收件箱/ and 决定/.

    Two schools are equal when their settings say the same, whichever file said it.
    """

    folder: Path
    name: str
    system: str  # five_four | six_three
    school_year: str  # 2025-2026
    semester: int  # 1 | 2
    term_start: str  # ISO date
    term_end: str
    classes: tuple[SchoolClass, ...]
    posts: Mapping[str, str]  # 岗位 -> title to print: 后勤主任 -> 后勤服务中心主任
    standards: tuple[Standard, ...] = ()
    goods_aliases: Mapping[str, str] = field(default_factory=dict)
    thresholds: Mapping[str, Decimal] = field(default_factory=dict)
    uniform_prices: Mapping[str, Decimal] = field(default_factory=dict)  # 款式 -> 元/套
    settings_digest: str = field(default="", compare=False)  # SHA-256 of the settings file that was used
    conversions: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)  # (name, unit) -> base units
    base_units: Mapping[tuple[str, str], str] = field(default_factory=dict)  # (name, unit) -> the base unit's name
    is_example: bool = False
    tolerances: Mapping[tuple[str, str], Decimal] = field(default_factory=dict)  # (form, check) -> what may differ
    decisions: Decisions = field(default_factory=Decisions)  # what people decided, the bureau's before the school's own
    reading: Mapping[str, int] = field(default_factory=dict)  # limits of reading a file, as set; sizes in MB
    own_days: tuple[Span, ...] = ()  # the rows of 校历
    notices: Mapping[str, str | int | bool] = field(default_factory=dict)  # 通知: on what, by which channels
    inventory: Mapping[str, str] = field(default_factory=dict)  # cost_method, accounting: as the settings' words say
    accounting: Mapping[str, str | Decimal] = field(default_factory=dict)  # 财务: mode, consolidation …
    fee_items: tuple[FeeItem, ...] = ()
    publicity: Mapping[str, str | int | Decimal] = field(default_factory=dict)  # 公示: phone, days, place, signed …
    notes: tuple[str, ...] = field(default=(), compare=False)  # what a person should know of how this was read

    @property
    def calendar(self) -> Calendar:
        """The school's calendar: its own days, the state's, Monday to Friday."""
        current = Semester(
            self.school_year, self.semester, date.fromisoformat(self.term_start), date.fromisoformat(self.term_end)
        )
        return make_calendar(current, self.own_days)

    @property
    def grades(self) -> tuple[str, ...]:
        """The grades in order."""
        return tuple(dict.fromkeys(c.grade for c in self.classes))

    @property
    def confirmed_columns(self) -> Mapping[str, str]:
        """Header -> title or id of the field that a person confirmed it to be."""
        return {each.raw: each.value for each in self.decisions.of(DecisionKind.COLUMN)}

    @property
    def confirmed_forms(self) -> Mapping[str, str]:
        """Headers of a table, joined with 、 -> title or id of the form that a person confirmed it to be."""
        return {each.raw: each.value for each in self.decisions.of(DecisionKind.FORM)}

    @property
    def class_order(self) -> Mapping[str, int]:
        """Class name -> position in the settings' list."""
        return {c.name: i for i, c in enumerate(self.classes)}
