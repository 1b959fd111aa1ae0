"""What the bureau knows of each school: the roster's line and what the school's run told, brought together.

Only counts and sums come in here: no finding's text and no record, hence nothing about a pupil.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from houqin.school.quotas import Quota
    from houqin.school.roster import Roster, RosterSchool

REPORTED, PARTLY, RETURNED, NOT_REPORTED = "已报", "缺表", "退回", "未报送"
IN_TIME, LATE, NO_DATE = "按期", "逾期", ""
FORM_DONE, FORM_ZERO, FORM_NONE, FORM_EMPTY, FORM_MISSING = "已报", "零报告", "本校无此业务", "空表", "未报"
UNVERIFIED, VERIFIED = "未核实", "已核实"
UNKNOWN = "未填"
# Upper ends of the bands of size, pupils; a choice of ours, printed beside the comparison.
BANDS = ((300, "300 人及以下"), (1000, "301—1000 人"), (2000, "1001—2000 人"))
TOP_BAND = "2000 人以上"
RETURNS = "退回单"
OTHER_SCHOOL = "other-school"  # a table whose head names another school
_NAMED = 2  # schools that a note names


@dataclass(frozen=True, slots=True)
class SchoolFacts:
    """One school. `state` is 已报, 缺表, 退回 or 未报送, `punctual` 按期, 逾期 or empty where a date is missing.

    `forms` maps each expected form's title to its state, `figures` a figure's id to its value, None where its workbook
    is missing; `link` is the run's workbook as seen from the bureau's, `returned` its 退回单, `number` its outcome's.
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
    returned: str = ""
    number: int | None = None
    notes: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """Why it is not 已报, and what else the bureau should look at, in one line."""
        cause, lines = causes(self.reason)
        more = f"（{len(lines)} 条，见退回单）" if lines else ""
        return "；".join(filter(None, [cause + more, *self.notes]))

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


def causes(reason: str) -> tuple[str, list[str]]:
    """Part a reason into what it is in a word and its single lines, none where it is one sentence."""
    first, *rest = reason.split("\n")
    if not rest:
        return first, []
    return (first.rstrip("："), rest) if first.endswith("：") else ("没有做成", [first, *rest])


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
    """All that the workbook shows. `title` is the job's, in Chinese; `as_of` is the latest date of the runs."""

    title: str
    as_of: str
    has_roster: bool
    schools: tuple[SchoolFacts, ...]
    figures: tuple[FigureKind, ...]
    quotas: tuple[Quota, ...] = ()


def band(school: RosterSchool) -> str:
    """Give a school's band of size."""
    if school.pupils is None:
        return UNKNOWN
    return next((word for end, word in BANDS if school.pupils <= end), TOP_BAND)


def gather(
    title: str, told: Sequence[Mapping[str, Any]], roster: Roster | None, *, titles: Mapping[str, str],
    file_name: Callable[[str], str] = str,
) -> Bureau:  # fmt: skip
    """Bring roster and outcomes together; `told` is one outcome a school with its `code`, `link` and `is_empty`.

    A school is found by its 标识码, else by its name. The roster's order comes first, then what it does not list.
    `title` is the job's, `titles` the forms', `file_name` makes a school's name fit for a file.
    """
    as_of = max((each["as_of"] for each in told if "as_of" in each), default="")
    left = dict(enumerate(told))
    by_code: dict[str, list[int]] = {}
    by_name: dict[str, list[int]] = {}
    for at, each in reversed(left.items()):  # the first is taken from the end
        own_place = by_code.setdefault(each["code"], []) if each["code"] else by_name.setdefault(each["name"], [])
        own_place.append(at)
    schools: list[SchoolFacts] = []
    for own in roster.schools if roster else ():
        found = by_code.get(own.code) or by_name.get(own.name)
        number = found.pop() if found else None
        outcome = None if number is None else left.pop(number)
        schools.append(replace(_facts(own, outcome, as_of, titles), number=number))
    for rest, outcome in left.items():
        schools.append(replace(_facts(None, outcome, as_of, titles), number=rest))
    whole = _with_returns(_with_notes(schools, told), file_name)
    quotas = roster.quotas if roster else ()
    return Bureau(title, as_of, roster is not None, tuple(whole), _figure_kinds(told), quotas)


def _with_returns(schools: Sequence[SchoolFacts], file_name: Callable[[str], str]) -> list[SchoolFacts]:
    """Give each school that has something to mend the place of its 退回单, a different one each."""
    taken: set[str] = set()
    named = []
    for each in schools:
        name = file_name(each.name)
        numbered = [name, *(f"{name}({number})" for number in range(2, len(taken) + 3))]
        free = next(word for word in numbered if word.lower() not in taken)
        if each.state == RETURNED:
            taken.add(free.lower())
            named.append(replace(each, returned=f"{RETURNS}/{free}.xlsx"))
        else:
            named.append(each)
    return named


def _with_notes(schools: Sequence[SchoolFacts], told: Sequence[Mapping[str, Any]]) -> list[SchoolFacts]:
    """Say where a school calls itself otherwise than the roster, and where it sent what another school sent."""
    outcomes = [told[each.number] if each.number is not None else {} for each in schools]
    holders: dict[str, list[int]] = {}
    for at, outcome in enumerate(outcomes):
        for digest in outcome.get("files", ()):
            holders.setdefault(digest, []).append(at)
    noted = []
    for at, (each, outcome) in enumerate(zip(schools, outcomes, strict=True)):
        shared = [holders[digest] for digest in outcome.get("files", ()) if len(holders[digest]) > 1]
        notes = (*_name_note(each, outcome), *_owner_note(each), *_shared_note(schools, at, shared))
        noted.append(replace(each, notes=notes) if notes else each)
    return noted


def _name_note(each: SchoolFacts, outcome: Mapping[str, Any]) -> list[str]:
    own_name = str(outcome.get("name", "")) if each.has_run else ""
    same = _plain(own_name) == _plain(each.name)
    return [f"学校设置里的校名是“{own_name}”，和名册不同"] if own_name and not same else []


def _owner_note(each: SchoolFacts) -> list[str]:
    is_asked = any(finding["code"] == OTHER_SCHOOL for finding in each.findings)
    return ["有的表写着别的学校的校名，见学校自己的问题清单"] if is_asked else []


def _shared_note(schools: Sequence[SchoolFacts], at: int, shared: Sequence[Sequence[int]]) -> list[str]:
    others = sorted({other for holders in shared for other in holders if other != at})
    if not others:
        return []
    named = "、".join(schools[other].name for other in others[:_NAMED])
    more = f" 等 {len(others)} 所" if len(others) > _NAMED else ""
    return [f"有 {len(shared)} 个文件和{named}{more}报的一字不差，请核对是不是放错了学校"]


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split())


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
    forms = _forms(own, outcome["counts"]["records"], titles)
    state = RETURNED if levels.get("error") else PARTLY if FORM_MISSING in forms.values() else REPORTED
    return SchoolFacts(
        name, code, own, state, _punctual(own, as_of, state),
        reason=f"有 {levels['error']} 条必须改" if state == RETURNED else "",
        forms=forms,
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
    return LATE if state in {NOT_REPORTED, PARTLY} and as_of > own.due else NO_DATE


def _figure_kinds(told: Sequence[Mapping[str, Any]]) -> tuple[FigureKind, ...]:
    kinds: dict[str, FigureKind] = {}
    for outcome in told:
        for each in outcome.get("figures", ()):
            kinds.setdefault(each["id"], FigureKind(each["id"], each["title"], each["unit"], each["kind"]))
    return tuple(kinds.values())


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
