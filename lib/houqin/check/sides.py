"""By what the two sides of a tie-out are compared: keys out of fields, and the one number that multiplies all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from houqin.check.ledgers import counted_ledger
from houqin.check.view import View
from houqin.exact import plain, unscaled
from houqin.forms.validate import month_of
from houqin.values import canonical_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from houqin.check.comparison import Key
    from houqin.forms import Forms, Side
    from houqin.model import Ledger
    from houqin.school import School

_MONTH = len("2025-09")


@dataclass(frozen=True)
class Unchecked(Exception):
    """Why a tie-out cannot be made, as a Chinese sentence."""

    reason: str


def keys_of(side: Side, view: View, school: School | None) -> list[Key]:
    """Give the key of each record, goods under the name that the settings prefer, numbers as plain decimals."""
    aliases = {canonical_text(k): v for k, v in school.goods_aliases.items()} if school else {}
    columns = []
    for name in side.by:
        texts = _texts(view, field_of_key(name))
        texts = [text[:_MONTH] if len(text) >= _MONTH else "" for text in texts] if month_of(name) else texts
        columns.append([aliases.get(text, text) for text in texts])
    return [tuple(column[record] for column in columns) for record in range(view.length)]


def field_of_key(name: str) -> str:
    """Give the field of a `by`: date of month(date)."""
    return month_of(name) or name


def factor_of(side: Side, ledgers: Mapping[str, Ledger], forms: Forms) -> Decimal | int:
    """Give the number by which a side is multiplied, 1 where it names none; Unchecked unless there is just one."""
    if side.times is None:
        return 1
    form_id, _, name = side.times.partition(".")
    form = forms.by_id[form_id]
    title = form.field(name).title
    if form_id not in ledgers:
        raise Unchecked(f"没有收到《{form.title}》，不知道{title}，没有核对。")
    view = View(counted_ledger(ledgers[form_id]), form, None)
    numbers = {value for record in range(view.length) if (value := view.value(name, record)) is not None}
    if len(numbers) != 1:
        raise Unchecked(f"《{form.title}》里{f'有 {len(numbers)} 个' if numbers else '没有填'}{title}，没有核对。")
    return unscaled(numbers.pop(), view.number(name).scale)


def _texts(view: View, name: str) -> list[str]:
    each = next((field for field in view.form.fields if field.id == name), None)
    if each is not None and each.is_number:
        values = [view.value(name, record) for record in range(view.length)]
        return ["" if value is None else plain(value, each.scale) for value in values]
    return [canonical_text(str(text)) if text else "" for text in view.text(name)]
