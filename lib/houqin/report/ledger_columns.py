"""Which columns a ledger workbook has, in which order, and where a record stands: others link to these cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from houqin.exact import blanks
from houqin.model import a1
from houqin.report.ledger_checks import equations
from houqin.workbook import CENTER, CODE, COUNT, DATE, MONEY, POINTS, PRICE, QUANTITY, WRAPPED

if TYPE_CHECKING:
    from houqin.forms import Field, Form
    from houqin.model import Ledger
    from houqin.workbook import Style

HEADER_ROW = 5  # title, line, verdict and a blank row stand above
FIRST_ROW = HEADER_ROW + 1

STYLES: dict[str, Style] = {
    "text": WRAPPED,
    "code": CODE,
    "quantity": QUANTITY,
    "count": COUNT,
    "money": MONEY,
    "price": PRICE,
    "percent": POINTS,
    "date": DATE,
    "class": CENTER,
    "grade": CENTER,
    "sex": CENTER,
    "size": CENTER,
    "choice": CENTER,
    "tick": CENTER,
}


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """A column of the sheet 台账: its number, its header, and its field (None: an extra column of the office's own)."""

    number: int
    title: str
    style: Style
    field: Field | None = None
    extra: str | None = None


def ledger_title(form: Form) -> str:
    """Give the title of a form's ledger: 物资收发存汇总表台账; 固定资产台账 is one already."""
    return form.title if form.title.endswith("台账") else f"{form.title}台账"


def ledger_columns(ledger: Ledger, form: Form) -> list[LedgerColumn]:
    """Give the fields that hold something (or must), then the extra columns; column 1 is the row's number."""
    columns: list[LedgerColumn] = []
    filled = {f.id for f in form.fields if f.id in ledger.frame.columns and not blanks(ledger.frame[f.id]).all()}
    judged = _judged(ledger, form, filled)
    for field in form.fields:
        if field.type == "row-number" or not field.ledger or field.id not in ledger.frame.columns:
            continue
        needed = field.required or field.id in form.key or field.id in judged
        if needed or field.id in filled:
            columns.append(LedgerColumn(len(columns) + 2, field.heading, STYLES.get(field.type, WRAPPED), field))
    columns.extend(
        LedgerColumn(len(columns) + 2 + number, str(name), WRAPPED, extra=str(name))
        for number, name in enumerate(ledger.extra.columns)
    )
    return columns


def _judged(ledger: Ledger, form: Form, filled: set[str]) -> set[str]:
    """Give the fields of the equations that can be computed: a blank 调整数 counts as 0 there and must be seen."""
    found: set[str] = set()
    for check, rule in equations(form):
        if (rule.fields - rule.optional) | set(check.needs) <= filled and rule.fields & filled:
            found |= rule.fields & set(ledger.frame.columns)
    return found


def ledger_cell(ledger: Ledger, form: Form, record: int, field_id: str | None = None) -> str:
    """Give the address of a record (position from 0) on the sheet 台账, of one of its fields where it has a column."""
    column = next((c.number for c in ledger_columns(ledger, form) if c.field and c.field.id == field_id), 1)
    return a1(FIRST_ROW + record, column)
