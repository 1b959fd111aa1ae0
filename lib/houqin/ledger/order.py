"""The canonical order of a ledger, which does not depend on how the office cut its records into files."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from houqin.values import natural_key, natural_keys

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.forms import Form
    from houqin.model import Table
    from houqin.school import School

# What people and programs add to the name of a further copy of a file; the unmarked file is the first of a set.
COPY_MARKS = re.compile(r"[(（]\d+[)）]|副本|复件|拷贝|copy|最终版?|终版|定稿|修改版?|新版?|[-_ ]v\d+", re.IGNORECASE)

Array = np.ndarray[Any, Any]


def order_tables(tables: Sequence[Table]) -> list[Table]:
    """Sort tables by file name, originals before copies; sheets and tables of one file keep their order."""
    return sorted(tables, key=lambda table: (len(COPY_MARKS.findall(table.path)), natural_key(table.path)))


def order_rows(columns: Mapping[str, pd.Series[Any]], form: Form, school: School | None) -> Array:
    """Give the positions of a ledger's rows in canonical order."""
    fields = [field for field in form.order or _class_fields(form) if field in columns]
    if "class" in form.key and "class" in columns and "class" not in fields:
        fields.insert(0, "class")
    count = len(next(iter(columns.values()), ()))
    if not fields or not count:
        return np.arange(count)
    classes = school.class_order if school else {}
    ranks = [_ranks(columns[field], classes if field == "class" else {}) for field in fields]
    # lexsort takes its last key first, and is stable: what is equal keeps the order of files, sheets and rows.
    return np.lexsort(ranks[::-1])


def _class_fields(form: Form) -> list[str]:
    return ["class"] if "class" in form.key else []


def _ranks(column: pd.Series[Any], known: Mapping[Any, int]) -> Array:
    """Number the values of a column in their order: known ones as given, numbers by size, texts naturally."""
    codes, distinct = pd.factorize(column)
    values = np.asarray(distinct, dtype=object).tolist()
    # A blank has the code -1: it takes the last place.
    ranks: Array = np.full(len(values) + 1, len(values), np.int64)
    ranks[_in_order(values, known)] = np.arange(len(values))
    return ranks[codes]


def _in_order(distinct: list[Any], known: Mapping[Any, int]) -> list[int]:
    """Give the positions of different values in their order."""
    if all(isinstance(value, int | np.integer) for value in distinct):
        return sorted(range(len(distinct)), key=distinct.__getitem__)
    named = [n for n, value in enumerate(distinct) if value in known] if known else []
    others = sorted(set(range(len(distinct))) - set(named)) if named else range(len(distinct))
    texts = [distinct[n] for n in others]
    keys = natural_keys(texts)
    by_key = sorted(range(len(texts)), key=keys.__getitem__)
    if any(keys[one] == keys[other] for one, other in pairwise(by_key)):
        by_key.sort(key=lambda n: (keys[n], texts[n]))
    return [*sorted(named, key=lambda n: known[distinct[n]]), *(others[n] for n in by_key)]
