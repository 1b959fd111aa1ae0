"""What a value becomes in a file: its exact form, its link, and the width that it asks for."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from xlsxwriter.url import Url

from houqin.workbook.look import shown_width

if TYPE_CHECKING:
    from numbers import Integral

    from houqin.workbook.look import Style

HEADER_WIDEST = 11.0  # a header wraps rather than widen a column of short numbers
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
EPOCH = date(1899, 12, 30)  # day 0 of Excel's serial numbers from March 1900 on


def width_of(value: str | int | Decimal, style: Style) -> float:
    """Give the width that a value asks for in a style."""
    width = shown_width(value, style) * (style.size or 11) / 11 * (1.08 if style.bold else 1.0) + 2
    return min(width, HEADER_WIDEST) if style.rule == "header" else width


def exact_of(value: Integral | int | Decimal) -> int | Decimal:
    """Give a whole number as int, else the shortest decimal: what stands in the file is the decimal form itself."""
    if type(value) is int:
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value.normalize()
    return int(value)


def url_of(target: str, text: str) -> Url:
    """Make a link of xlsxwriter whose relative path keeps forward slashes, as Excel itself writes them."""
    if target.startswith("internal:"):
        url = Url(target)
        url.text = text
        return url
    path, _, anchor = target.removeprefix("external:").partition("#")
    url = Url("external:" + path)
    url._relationship_link = path  # noqa: SLF001  (its own form has backslashes, which only Windows reads)
    url.text = text
    url._anchor = anchor  # noqa: SLF001
    return url
