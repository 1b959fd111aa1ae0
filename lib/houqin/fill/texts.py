"""Texts with {…}: the school, the term, dates, sums and counts over ledgers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from houqin.fill.rows import expression_faults, form_of, is_field, plain_number, rows_of
from houqin.forms.entry import nearest
from houqin.values import amount_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from houqin.fill.rows import Rows
    from houqin.forms import Forms
    from houqin.model import Ledger
    from houqin.school import School

_SLOT = re.compile(r"\{([^{}]*)\}")
_CALL = re.compile(
    r"(sum|count|max|min|distinct|first|last)\(\s*(\w+)(?:\.(.+?))?(?:\s+latest\s+(\w+))?(?:\s+where\s+(.+))?\s*\)"
)
_STYLES = ("大写", "元", "万元", "整数")
_SEMESTERS = {1: "第一学期", 2: "第二学期"}
_NUMBERS = ("sum", "max", "min", "count", "distinct")


@dataclass(frozen=True, slots=True)
class Texts:
    """What texts may speak of."""

    ledgers: Mapping[str, Ledger]
    forms: Forms
    school: School
    as_of: str
    only: tuple[str, str] | None = None  # on a sheet of one group: the field and its word

    def rows(self, form_id: str) -> Rows:
        """Give a ledger's rows that count, on a sheet of one group those of it alone."""
        rows = rows_of(form_id, self.ledgers, self.forms)
        return rows.only(*self.only) if self.only else rows

    def words(self) -> dict[str, str]:
        """Give the plain words by name."""
        school = self.school
        year, month, day = self.as_of.split("-")
        words = {
            "school.name": school.name,
            "school_year": school.school_year,
            "semester": _SEMESTERS.get(school.semester, ""),
            "term": f"{school.school_year} 学年{_SEMESTERS.get(school.semester, '')}",
            "as_of": f"{year}年{int(month)}月{int(day)}日",
            "year": year,
            "month": str(int(month)),
            "day": str(int(day)),
            "classes": str(len(school.classes)),
            "pupils": str(sum(each.pupils for each in school.classes)),
        }
        words |= {f"post.{name}": title for name, title in school.posts.items()}
        return words | self._group()

    def _group(self) -> dict[str, str]:
        """Give what is known of the group whose sheet this is; of a class what the settings say."""
        if self.only is None:
            return {}
        own = next((each for each in self.school.classes if each.name == self.only[1]), None)
        return {
            "group": self.only[1],
            "group.teacher": own.teacher if own else "",
            "group.pupils": str(own.pupils) if own else "",
            "group.grade": own.grade if own else "",
        }

    def filled(self, text: str, own: str = "") -> str | Decimal | None:
        """Fill a text in; one that is a single number alone is given as a number. `own` is what the cell says now."""
        alone = _SLOT.fullmatch(text)
        if alone is not None and "|" not in alone[1]:
            value = self._value(alone[1].strip(), own)
            return value if isinstance(value, Decimal) else (value or None)
        return _SLOT.sub(lambda found: self._shown(found[1], own), text) or None

    def faults(self, text: str) -> list[str]:
        """Say what in a text cannot be filled in."""
        bare = _SLOT.sub("", text)
        faults = ["花括号不成对。"] if "{" in bare or "}" in bare else []
        for found in _SLOT.finditer(text):
            name, _, style = found[1].partition("|")
            faults += self._slot_faults(name.strip())
            if style and style.strip() not in _STYLES:
                faults.append(f"没有“|{style.strip()}”这种写法，可用的有 {'、'.join(_STYLES)}。")
        return faults

    def _slot_faults(self, name: str) -> list[str]:
        call = _CALL.fullmatch(name)
        known = self.words()
        if call is None:
            if name == "cell" or name in known or name.startswith("post."):
                return []
            calls = [f"{word}(…)" for word in (*_NUMBERS, "first", "last")]
            usable = f"，可用的有 {'、'.join([*known, 'cell', *calls])}。"
            return [f"不认识“{{{name}}}”{nearest(name, known) or usable}"]
        faults: list[str] = []
        form = form_of(call[2], self.forms, faults, f"“{name}”")
        if form is None:
            return faults
        if call[1] == "count":
            pass
        elif call[3] is None:
            faults.append(f"“{name}”要写字段，例如 {call[1]}({call[2]}.amount)。")
        elif call[1] in ("sum", "max", "min"):
            faults += expression_faults(form, call[3])
        elif not is_field(call[3]) or all(each.id != call[3] for each in form.fields):
            faults.append(f"《{form.title}》没有字段“{call[3]}”{nearest(call[3], [f.id for f in form.fields]) or '。'}")
        if call[4] and all(each.id != call[4] for each in form.fields):
            faults.append(f"《{form.title}》没有字段“{call[4]}”{nearest(call[4], [f.id for f in form.fields]) or '。'}")
        return faults + (expression_faults(form, call[5], condition=True) if call[5] else [])

    def _shown(self, slot: str, own: str) -> str:
        name, _, style = slot.partition("|")
        value = self._value(name.strip(), own)
        if not isinstance(value, Decimal):
            return value
        return styled(value, style.strip())

    def _value(self, name: str, own: str) -> str | Decimal:
        call = _CALL.fullmatch(name)
        if call is None:
            post = name.removeprefix("post.")
            return own if name == "cell" else self.words().get(name, post if post != name else "")
        form = form_of(call[2], self.forms, [], "")
        if form is None:
            return ""
        rows = self.rows(form.id).where(call[5] or "").latest(call[4] or "")
        if call[1] in ("count", "first", "last", "distinct"):
            return _told(call[1], rows, call[3])
        numbers = [each for each in rows.numbers(call[3]) if each is not None]
        if not numbers:
            return ""  # a sum of blanks is blank
        return {"sum": sum(numbers, Decimal(0)), "max": max(numbers), "min": min(numbers)}[call[1]]


def _told(call: str, rows: Rows, field_id: str) -> str | Decimal:
    if call == "count":
        return Decimal(len(rows))
    texts = [each for each in rows.texts(field_id) if each]
    if call == "distinct":
        return Decimal(len(set(texts)))
    return (texts[0] if call == "first" else texts[-1]) if texts else ""


def styled(value: Decimal, style: str) -> str:
    """Write a number in a text: as it is, in words of money, with two decimals, in 万元, whole.

    >>> styled(Decimal("12860.5"), "元"), styled(Decimal("3"), "大写")
    ('12,860.50', '人民币叁元整')
    """
    if style == "大写":
        return amount_in_words(value)
    if style in ("元", "万元"):
        value = value / 10000 if style == "万元" else value
        return f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP):,.2f}"
    if style == "整数":
        return str(value.quantize(Decimal(1), ROUND_HALF_UP))
    return plain_number(value)
