"""The rows of 校历, checked against each other and the semester; every mistake is told with its cell."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from houqin.school.calendar import SEMESTERS, Kind, Span, semester_of_span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.school.settings import Row

# A longer one is a slip of the pen in the year.
_LONGEST_DAYS = 250
_LONGEST_OFF_DAYS = 75


def calendar_spans(rows: Sequence[Row], read: Sequence[dict[str, Any]], problems: list[str]) -> tuple[Span, ...]:
    """Give the rows as spans in the order of their days; mistakes go to `problems`."""
    placed: list[tuple[Span, str]] = []
    for row, values in zip(rows, read, strict=True):
        place = next((row[name].place for name in ("first", "kind") if name in row), "")
        span = _span(values, place, problems)
        if span is not None:
            problems += _contradictions(span, place, placed)
            placed.append((span, place))
    return tuple(sorted(span for span, _ in placed))


def _span(values: dict[str, Any], place: str, problems: list[str]) -> Span | None:
    if "kind" not in values or "first" not in values:
        return None  # told already, with the cell
    first = date.fromisoformat(values["first"])
    last = date.fromisoformat(values.get("last") or values["first"])
    kind, days = Kind(values["kind"]), (last - first).days + 1
    if kind in SEMESTERS and "last" not in values:
        problems.append(f"{place}：{kind}还要填“结束”，写最后一个上课日。")
    elif days < 1:
        problems.append(f"{place}：结束 {last} 早于开始 {first}。")
    elif days > (_LONGEST_OFF_DAYS if kind in {Kind.OFF, Kind.ON} else _LONGEST_DAYS):
        problems.append(f"{place}：从 {first} 到 {last} 有 {days} 天，太长了，请核对年份。")
    elif kind == Kind.BASE and days > 1:
        problems.append(f"{place}：年末基准日是一天，“结束”请空着。")
    else:
        return Span(first, last, kind, values.get("name") or "")
    return None


def _contradictions(span: Span, place: str, earlier: Sequence[tuple[Span, str]]) -> list[str]:
    """Tell of the first row above that says something else about the same days."""
    for other, where in earlier:
        if _contradict(span, other):
            return [f"{place}：{_said(span)}与 {where} 的{_said(other)}互相矛盾，请改其中一行。"]
    return []


def _contradict(span: Span, other: Span) -> bool:
    overlap = span.first <= other.last and other.first <= span.last
    if span.kind in SEMESTERS and other.kind in SEMESTERS:
        one, two = semester_of_span(span), semester_of_span(other)
        same = one is not None and two is not None and (one.school_year, one.number) == (two.school_year, two.number)
        return overlap or same
    if span.kind == Kind.BASE and other.kind == Kind.BASE:
        return span.first.year == other.first.year
    if not overlap or {span.kind, other.kind} != {Kind.OFF, Kind.ON}:
        return False
    # A few days of teaching within a long holiday are an exception to it, and no mistake.
    return not (_is_exception(span, other) or _is_exception(other, span))


def _is_exception(inner: Span, outer: Span) -> bool:
    within = outer.first <= inner.first and inner.last <= outer.last
    return within and (inner.first, inner.last) != (outer.first, outer.last)


def _said(span: Span) -> str:
    days = str(span.first) if span.first == span.last else f"{span.first} 到 {span.last}"
    return f"“{span.kind}”{days}"
