"""One cell of a ledger that comes back, read as the ledger's own value of its field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.exact import plain, scaled, unscaled
from houqin.model import Cell, Kind
from houqin.values import canonical_text, date_of_serial, number_of, parse_date, parse_number, shown

if TYPE_CHECKING:
    from houqin.forms import Field

Value = int | str | None
_IS_ERROR = "是错误值，没有照办。请填上应有的值"
_NO_RESULT = "是公式，文件里没有存下它的结果。请在 Excel 或 WPS 里打开存一次，或者直接填数"
_NO_NUMBER = "要填数，写的是“{text}”，没有照办"
_NO_DATE = "要填日期（2025-09-01 这样），写的是“{text}”，没有照办"
WAN = 10_000


def read_value(cell: Cell, field: Field, *, is_unstored: bool = False) -> tuple[Value, str]:
    """Give the value, numbers scaled as the field is, and '' or a phrase that says why it cannot be taken."""
    if cell.kind == Kind.ERROR:
        return None, _IS_ERROR
    if cell.kind == Kind.BLANK:
        return None, _NO_RESULT if is_unstored else ""
    if field.is_number:
        return _number(cell, field)
    if field.type == "date":
        return _date(cell)
    return canonical_text(shown(cell)) or None, ""


def says_just(cell: Cell, old: Value, field: Field) -> bool:
    """Tell quickly that a cell holds what was written into it; what does not say so may still mean the same."""
    if old is None:
        return False  # a formula without a result is blank as well
    if field.is_number:
        return cell.kind == Kind.NUMBER and cell.value == int(old) / 10**field.scale
    return cell.kind == Kind.TEXT and cell.value == old


def written_text(value: Value, field: Field) -> str:
    """Give a value of a ledger as canonical text, '' for a blank."""
    if value is None:
        return ""
    return plain(int(value), field.scale) if field.is_number else canonical_text(str(value))


def text_for_source(value: Value, old: Value, raw: str, field: Field) -> str:
    """Give what must stand in the source cell: where the sheet is in 万元, its number and not the ledger's.

    The source cell says `raw`, and was read as `old`.
    """
    if value is None or not field.is_number or old is None or field.type not in {"money", "price"}:
        return written_text(value, field)
    said = parse_number(raw)
    if said is None or said.value * WAN != unscaled(int(old), field.scale) or said.value == 0:
        return written_text(value, field)
    text = format(unscaled(int(value), field.scale) / WAN, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def says_the_same(raw: str, old: Value, field: Field) -> bool:
    """Tell whether a source cell, as shown, plainly says what a ledger had of it."""
    if not field.is_number or old is None:
        if field.type == "date" and raw:
            parsed = parse_date(raw)
            return parsed is not None and parsed.iso == old
        return raw == written_text(old, field)
    said, number = parse_number(raw), unscaled(int(old), field.scale)
    return said is not None and (said.value == number or said.value * WAN == number)


def _number(cell: Cell, field: Field) -> tuple[Value, str]:
    if cell.kind == Kind.NUMBER and isinstance(cell.value, float):
        return scaled(number_of(cell.value), field.scale), ""
    text = canonical_text(shown(cell))
    said = parse_number(text) if cell.kind == Kind.TEXT else None
    if said is None or said.doubtful or said.unit not in {None, "元", "%", field.unit}:
        return None, _NO_NUMBER.format(text=text) if text else ""
    return scaled(said.value, field.scale), ""


def _date(cell: Cell) -> tuple[Value, str]:
    if cell.kind == Kind.DATE and isinstance(cell.value, float):
        return date_of_serial(cell.value), ""
    text = canonical_text(shown(cell))
    if not text:
        return None, ""
    said = parse_date(text) if cell.kind == Kind.TEXT else None
    return (said.iso, "") if said is not None and not said.doubtful else (None, _NO_DATE.format(text=text))
