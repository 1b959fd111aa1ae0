"""Give the rows of ledgers as plain records with exact decimals; each keeps its row of the ledger."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from houqin.exact import listed, unscaled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from houqin.forms import Form, Forms
    from houqin.model import Ledger


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a ledger: `index` is its position from 0, `pending` tells that it stays out of totals."""

    index: int
    pending: bool
    values: Mapping[str, Any]

    def text(self, field: str) -> str:
        """Give a text field, '' where it is blank or the form has none."""
        value = self.values.get(field)
        return "" if value is None else str(value)

    def number(self, field: str) -> Decimal | None:
        """Give a number in the field's own unit (元, 个), None where it is blank."""
        return self.values.get(field)


def read_records(ledgers: Mapping[str, Ledger], form_id: str, forms: Forms) -> list[Record]:
    """Give all rows of a ledger, pending ones too; none where there is no such ledger."""
    ledger, form = ledgers.get(form_id), forms.by_id.get(form_id)
    if ledger is None or form is None:
        return []
    columns = {name: _column(ledger, form, str(name)) for name in ledger.frame.columns if name != "pending"}
    pending = ledger.frame["pending"].tolist() if "pending" in ledger.frame.columns else [False] * len(ledger.frame)
    return [
        Record(i, bool(pending[i]), {str(name): values[i] for name, values in columns.items()})
        for i in range(len(ledger.frame))
    ]


def counted_records(ledgers: Mapping[str, Ledger], form_id: str, forms: Forms) -> list[Record]:
    """Give the rows of a ledger that count in totals."""
    return [record for record in read_records(ledgers, form_id, forms) if not record.pending]


def add_up(values: Iterable[Decimal | None]) -> Decimal | None:
    """Add up what is there; None where all is blank."""
    present = [value for value in values if value is not None]
    return sum(present[1:], present[0]) if present else None


def plain_name(text: str | None) -> str:
    """Give a name as goods are compared: NFKC, without white space, small letters."""
    return "".join(unicodedata.normalize("NFKC", text or "").split()).casefold()


def _column(ledger: Ledger, form: Form, name: str) -> list[Any]:
    """Give a column as decimals, or as text, with None for blank."""
    values = listed(ledger.frame[name])
    field = next((each for each in form.fields if each.id == name), None)
    if field is None or not field.is_number:
        return [None if value is None else str(value) for value in values]
    return [None if value is None else unscaled(value, field.scale) for value in values]
