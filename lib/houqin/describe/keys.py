"""The smallest set of columns that tells one record from another."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.describe.columns import Proposed

MOST = 3
# Identifiers first; a remark is no name.
_RANKS = {"code": 0, "class": 1, "date": 2, "text": 3, "grade": 4, "choice": 5, "sex": 6, "size": 7}
_LONG = 12
_NO_NAMES = frozenset({"remark", "sign", "phone", "teacher", "uom"})


def find_key(columns: Sequence[Proposed]) -> tuple[str, ...]:
    """Give the ids of the key: fewest columns, then identifiers before words, then the order of the columns.

    Where no three columns will do, the first three are given: a person has to look.
    """
    names = sorted((each for each in columns if _may_name(each)), key=_rank)
    for size in range(1, MOST + 1):
        for chosen in combinations(names, size):
            if _is_unique(chosen):
                return tuple(each.id for each in columns if each in chosen)
    return tuple(each.id for each in (names or list(columns))[:MOST])


def is_key(columns: Sequence[Proposed], key: Sequence[str]) -> bool:
    """Tell whether no two records share a key."""
    return _is_unique([each for each in columns if each.id in key])


def _may_name(each: Proposed) -> bool:
    return each.type in _RANKS and each.id not in _NO_NAMES and any(v is not None for v in each.values)


def _rank(each: Proposed) -> tuple[bool, bool, int]:
    words = [str(value) for value in each.values if value is not None]
    is_long = sum(map(len, words)) > _LONG * len(words)
    return not each.is_full, is_long, _RANKS[each.type]


def _is_unique(chosen: Sequence[Proposed]) -> bool:
    rows = list(zip(*(each.values for each in chosen), strict=True))
    return bool(rows) and len(set(rows)) == len(rows)
