"""What the bureau knows of each school: the roster's line and what the school's run told, brought together.

Only counts and sums come in here: no finding's text and no record, hence nothing about a pupil.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.school.roster import Roster, RosterSchool

REPORTED, RETURNED, NOT_REPORTED = "已报", "退回", "未报送"
IN_TIME, LATE, NO_DATE = "按期", "逾期", ""
FORM_DONE, FORM_ZERO, FORM_NONE, FORM_EMPTY, FORM_MISSING = "已报", "零报告", "本校无此业务", "空表", "未报"
UNVERIFIED, VERIFIED = "未核实", "已核实"
UNKNOWN = "未填"
# Upper ends of the bands of size, pupils; a choice of ours, printed beside the comparison.
BANDS = ((300, "300 人及以下"), (1000, "301—1000 人"), (2000, "1001—2000 人"))
TOP_BAND = "2000 人以上"


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """One school. `state` is 已报, 退回 or 未报送, `punctual` 按期, 逾期 or empty where a date is missing.

    `forms` maps each expected form's title to its state, `figures` a figure's id to its value, None where its workbook
    is missing; `link` is the run's workbook as seen from the bureau's.
    """

    name: str
    code: str
    roster: RosterSchool | None
    state: str
    punctual: str
    reason: str = ""
    forms: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, int] = field(default_factory=dict)
    findings: Sequence[Mapping[str, Any]] = ()
    figures: Mapping[str, Decimal | None] = field(default_factory=dict)
    link: str = ""

    @property
    def has_run(self) -> bool:
        """Whether there is a result."""
        return bool(self.levels)

    @property
    def verified(self) -> str:
        """Say 已核实 where nothing must be mended, 未核实 where something must, blank without a result."""
        if not self.has_run:
            return ""
        return UNVERIFIED if self.levels.get("error") else VERIFIED

    @property
    def missing(self) -> list[str]:
        """The titles of forms that are expected and not there."""
        return [title for title, state in self.forms.items() if state == FORM_MISSING]

    @property
    def group(self) -> tuple[str, ...]:
        """Whom it is compared with: 学段, 学制, 寄宿, 食堂模式, 规模."""
        own = self.roster
        if own is None:
            return (UNKNOWN,) * 5
        return (own.stage or UNKNOWN, own.system or UNKNOWN, own.boarding or UNKNOWN, own.canteen or UNKNOWN, band(own))


@dataclass(frozen=True, slots=True)
class FigureKind:
    """One figure that the schools' runs tell: `kind` is count, money or percent."""

    id: str
    title: str
    unit: str
    kind: str

    @property
    def head(self) -> str:
        """The header of its column."""
        return f"{self.title}（{self.unit}）" if self.unit else self.title


@dataclass(frozen=True, slots=True)
class Bureau:
    """All that the workbook shows. `as_of` is the latest date of the runs, `codes` a finding's code -> its words."""

    job: str
    as_of: str
    has_roster: bool
    schools: tuple[SchoolFacts, ...]
    figures: tuple[FigureKind, ...]
    codes: Mapping[str, str]


def band(school: RosterSchool) -> str:
    """Give a school's band of size."""
    if school.pupils is None:
        return UNKNOWN
    return next((word for end, word in BANDS if school.pupils <= end), TOP_BAND)


def gather(
    job: str, told: Sequence[Mapping[str, Any]], roster: Roster | None, *, titles: Mapping[str, str],
    codes: Mapping[str, str],
) -> Bureau:  # fmt: skip
    """Bring roster and outcomes together; `told` is one outcome a school with its `code`, `link` and `is_empty`.

    A school is found by its 标识码, else by its name. The roster's order comes first, then what it does not list.
    """
    as_of = max((each["as_of"] for each in told if "as_of" in each), default="")
    left = dict(enumerate(told))
    by_code: dict[str, list[int]] = {}
    by_name: dict[str, list[int]] = {}
    for number, each in reversed(left.items()):  # the first is taken from the end
        own_place = by_code.setdefault(each["code"], []) if each["code"] else by_name.setdefault(each["name"], [])
        own_place.append(number)
    schools = []
    for own in roster.schools if roster else ():
        found = by_code.get(own.code) or by_name.get(own.name)
        outcome = left.pop(found.pop()) if found else None
        schools.append(_facts(own, outcome, as_of, titles))
    schools += [_facts(None, outcome, as_of, titles) for outcome in left.values()]
    return Bureau(job, as_of, roster is not None, tuple(schools), _figure_kinds(told), codes)


def _facts(
    own: RosterSchool | None, outcome: Mapping[str, Any] | None, as_of: str, titles: Mapping[str, str]
) -> SchoolFacts:
    name = own.name if own else str((outcome or {}).get("name", ""))
    code = own.code if own else str((outcome or {}).get("code", ""))
    if outcome is None or outcome.get("is_empty"):
        reason = "没有学校文件夹" if outcome is None else "收件箱是空的"
        punctual, forms = _punctual(own, as_of, NOT_REPORTED), _forms(own, {}, titles)
        return SchoolFacts(name, code, own, NOT_REPORTED, punctual, reason, forms)
    if "findings_by_level" not in outcome:
        forms = _forms(own, {}, titles)
        return SchoolFacts(name, code, own, RETURNED, _punctual(own, as_of, RETURNED), outcome["reason"], forms)
    levels = dict(outcome["findings_by_level"])
    state = RETURNED if levels.get("error") else REPORTED
    return SchoolFacts(
        name, code, own, state, _punctual(own, as_of, state),
        reason=f"{levels['error']} 条必须改" if state == RETURNED else "",
        forms=_forms(own, outcome["counts"]["records"], titles),
        levels=levels,
        findings=tuple(outcome["findings"]),
        figures={each["id"]: _decimal(each["value"]) for each in outcome.get("figures", ())},
        link=str(outcome.get("link", "")),
    )  # fmt: skip


def _forms(own: RosterSchool | None, records: Mapping[str, int], titles: Mapping[str, str]) -> dict[str, str]:
    """Say of each expected form what became of it; a form that is there counts, whatever the roster says of it."""
    if own is None:
        return {}
    by_title = {titles[form]: count for form, count in records.items() if form in titles}
    return {title: _form_state(own, title, by_title) for title in own.expected}


def _form_state(own: RosterSchool, title: str, by_title: Mapping[str, int]) -> str:
    if by_title.get(title):
        return FORM_DONE
    if title in own.none:
        return FORM_NONE
    if title in own.zero:
        return FORM_ZERO
    return FORM_EMPTY if title in by_title else FORM_MISSING


def _punctual(own: RosterSchool | None, as_of: str, state: str) -> str:
    """Judge by the roster's dates alone; the times of files say when they were copied."""
    if own is None or own.due is None:
        return NO_DATE
    if own.received is not None and state != NOT_REPORTED:
        return LATE if own.received > own.due else IN_TIME
    return LATE if state == NOT_REPORTED and as_of > own.due else NO_DATE


def _figure_kinds(told: Sequence[Mapping[str, Any]]) -> tuple[FigureKind, ...]:
    kinds: dict[str, FigureKind] = {}
    for outcome in told:
        for each in outcome.get("figures", ()):
            kinds.setdefault(each["id"], FigureKind(each["id"], each["title"], each["unit"], each["kind"]))
    return tuple(kinds.values())


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
