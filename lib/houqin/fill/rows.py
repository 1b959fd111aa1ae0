"""The rows of a ledger that a form takes: chosen, ordered, added up; exact."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from houqin.errors import BadDescription
from houqin.exact import Exact, exact_column, unscaled
from houqin.expression import BadExpression, parse
from houqin.forms.entry import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from houqin.forms import Form, Forms
    from houqin.model import Ledger

_FIELD = re.compile(r"[a-z_][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one form that count in totals; without a ledger there are none, and all fields of the form are blank."""

    form: Form
    frame: pd.DataFrame | None

    def __len__(self) -> int:
        """Count the rows."""
        return 0 if self.frame is None else len(self.frame)

    def texts(self, field_id: str) -> list[str]:
        """Give a field as it is shown, '' where it is blank."""
        if self.frame is None or field_id not in self.frame.columns:
            return [""] * len(self)
        if self.form.field(field_id).is_number:
            return ["" if each is None else plain_number(each) for each in self.numbers(field_id)]
        return [each if isinstance(each, str) else "" for each in self.frame[field_id].tolist()]

    def numbers(self, expression: str) -> list[Decimal | None]:
        """Compute an expression over the fields, None where an operand is blank."""
        if self.frame is None or not len(self):
            return []
        made = parse(expression).number(self._columns())
        return [None if blank else unscaled(int(value), made.scale)
                for value, blank in zip(np.resize(made.values, len(self)), np.resize(made.blank, len(self)),
                                        strict=True)]  # fmt: skip

    def where(self, condition: str) -> Rows:
        """Keep the rows for which a condition holds."""
        if not condition or self.frame is None or not len(self):
            return self
        texts = {each.id: np.array(self.texts(each.id), dtype=object) for each in self.form.fields
                 if not each.is_number}  # fmt: skip
        return Rows(self.form, self.frame[parse(condition).select(self._columns(), texts)])

    def only(self, field_id: str, word: str) -> Rows:
        """Keep the rows whose field says a word; all of them where the form has no such field."""
        if self.frame is None or not field_id or all(each.id != field_id for each in self.form.fields):
            return self
        return Rows(self.form, self.frame[[each == word for each in self.texts(field_id)]])

    def latest(self, field_id: str) -> Rows:
        """Keep the rows with the last date."""
        dates = self.texts(field_id) if field_id else []
        last = max(dates, default="")
        if not last or self.frame is None:
            return self
        return Rows(self.form, self.frame[[each == last for each in dates]])

    def ordered(self, fields: Sequence[str], ranks: Mapping[str, Mapping[str, int]]) -> Rows:
        """Sort by fields, in the ledger's order where these are equal; `ranks` are the orders of words."""
        if self.frame is None or not fields:
            return self
        keys: list[list[Any]] = []
        for each in fields:
            if self.form.field(each).is_number:
                keys.append([(value is None, value or Decimal(0), "") for value in self.numbers(each)])
            else:
                rank = ranks.get(each, {})
                keys.append([(not text, rank.get(text, len(rank)), text) for text in self.texts(each)])
        order = sorted(range(len(self)), key=lambda at: tuple(key[at] for key in keys))
        return Rows(self.form, self.frame.iloc[order])

    def _columns(self) -> dict[str, Exact]:
        found = {}
        for each in self.form.fields:
            if each.is_number and self.frame is not None:
                if each.id in self.frame.columns:
                    found[each.id] = exact_column(self.frame[each.id], each.scale)
                else:
                    found[each.id] = Exact(np.zeros(len(self), np.int64), np.ones(len(self), bool), each.scale)
        return found


def rows_of(form_id: str, ledgers: Mapping[str, Ledger], forms: Forms) -> Rows:
    """Give the rows of a ledger that count."""
    ledger = ledgers.get(form_id)
    return Rows(forms[form_id], None if ledger is None else ledger.counted)


def plain_number(value: Decimal) -> str:
    """Write a number without trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def expression_faults(form: Form, expression: str, *, condition: bool = False) -> list[str]:
    """Say what is wrong with an expression over a form's fields; nothing where it can be computed."""
    try:
        made = parse(expression)
    except BadExpression as fault:
        return [f"“{expression}”看不懂，{fault}"]
    known = {each.id for each in form.fields}
    faults = [f"《{form.title}》没有字段“{each}”{nearest(each, known) or '。'}" for each in sorted(made.fields - known)]
    if not faults and condition and not all(each.kind in _COMPARING for each in made.comparisons):
        faults.append(f"“{expression}”不是条件。")
    if not faults and not condition:
        words = [each for each in sorted(made.fields) if not form.field(each).is_number]
        faults += [f"“{each}”（{form.field(each).title}）不是数字，不能计算。" for each in words]
        if made.comparisons:
            faults.append(f"“{expression}”是条件，这里要一个数。")
    return faults


_COMPARING = ("==", "!=", "<", "<=", ">", ">=", "contains", "lacks", "starts")


def is_field(text: str) -> bool:
    """Tell the id of a field from an expression."""
    return _FIELD.fullmatch(text) is not None


def form_of(form_id: str, forms: Forms, problems: list[str], place: str) -> Form | None:
    """Give a form by id or title, or note that there is none."""
    for form in forms:
        if form_id in (form.id, form.title):
            return form
    problems.append(f"{place} form：没有“{form_id}”这种表单{nearest(form_id, forms.by_id) or '。'}")
    return None


def refuse(problems: Sequence[str]) -> None:
    """Raise all mistakes at once, where there are any."""
    if problems:
        raise BadDescription(list(dict.fromkeys(problems)))
