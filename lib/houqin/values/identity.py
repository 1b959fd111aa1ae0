"""ID numbers of residents, GB 11643-1999: 17 digits and a check character; 15 digits on cards of before 1999."""

from __future__ import annotations

import re
from datetime import date

from houqin.values.text import canonical_text

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_FORM = re.compile(r"^[1-8]\d{16}[\dX]$")
_OLD_FORM = re.compile(r"^[1-8]\d{14}$")


def plain_id_number(text: str) -> str:
    """Give an ID number without blanks and marks, a small x in its large form."""
    return re.sub(r"[\s'’`-]", "", canonical_text(text)).upper()


def id_number_fault(number: str) -> str | None:
    """Say what is wrong with an ID number: length, date, check or lost (its tail is the 000 that Excel leaves).

    None for a sound one. The check character is that of GB 11643-1999: the sum of digit times weight, modulo 11.

    >>> id_number_fault("11010519491231002X")
    """
    if _OLD_FORM.match(number):
        return None if _is_day(f"19{number[6:12]}") else "date"
    if not _FORM.match(number):
        return "length"
    rest = sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False)) % 11
    if _CHECKS[rest] != number[-1]:
        return "lost" if number.endswith("000") else "check"
    return None if _is_day(number[6:14]) else "date"


def masked_id_number(number: str) -> str:
    """Give an ID number as others may see it: 370303********1234."""
    return f"{number[:6]}{'*' * max(0, len(number) - 10)}{number[-4:]}" if len(number) > 10 else "*" * len(number)


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return False
    return True
