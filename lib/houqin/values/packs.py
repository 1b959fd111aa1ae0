"""Quantities told in packs: 3箱×24瓶, 12盒3支. What a pack holds is never inferred, the school's table says it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from houqin.values.text import UNITS, canonical_text

_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_PART = re.compile(rf"(\d+(?:\.\d+)?)\s*({_UNIT})", re.IGNORECASE)
_TIMES = re.compile(
    rf"^(\d+(?:\.\d+)?)\s*({_UNIT})\s*[*×xX✕]\s*(\d+(?:\.\d+)?)\s*({_UNIT})(?:/\s*({_UNIT}))?$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Packs:
    """Parts that add up, each a count and its unit; `holds` says what one pack of the only part holds (×24瓶)."""

    parts: tuple[tuple[Decimal, str], ...]
    holds: tuple[Decimal, str] | None = None

    @property
    def said(self) -> Decimal:
        """The product as it is written, 72 for 3箱×24瓶; the plain sum of counts means nothing and is not given."""
        count, _ = self.parts[0]
        return count * self.holds[0] if self.holds else count


@lru_cache(maxsize=4096)
def parse_packs(text: str) -> Packs | None:
    """Read a quantity of packs, None where the text is another thing; one number with one unit is no pack.

    >>> parse_packs("3箱×24瓶").said
    Decimal('72')
    """
    plain = canonical_text(text).replace(" ", "")
    times = _TIMES.match(plain)
    if times:
        if times[5] and times[5] != times[2]:
            return None
        return Packs(((Decimal(times[1]), times[2]),), (Decimal(times[3]), times[4]))
    parts, at = [], 0
    while found := _PART.match(plain, at):
        parts.append((Decimal(found[1]), found[2]))
        at = found.end()
    is_whole = at == len(plain) and len(parts) > 1 and len({unit for _, unit in parts}) == len(parts)
    return Packs(tuple(parts)) if is_whole else None
