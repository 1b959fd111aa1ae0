"""The canonical order of a ledger, which does not depend on how the office cut its records into files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from houqin.values import natural_key, natural_keys

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from houqin.forms import Form
    from houqin.model import Table
    from houqin.school import School

# What people and programs add to the name of a further copy of a file; the unmarked file is the first of a set.
COPY_MARKS = re.compile(r"[(（]\d+[)）]|副本|复件|拷贝|copy|最终版?|终版|定稿|修改版?|新版?|[-_ ]v\d+", re.IGNORECASE)

Array = np.ndarray[Any, Any]


def order_tables(tables: Sequence[Table]) -> list[Table]:
    """Sort tables by file name, originals before copies; sheets and tables of one file keep their order."""
    return sorted(tables, key=lambda table: (len(COPY_MARKS.findall(table.path)), natural_key(table.path)))


def order_rows(frame: pd.DataFrame, form: Form, school: School | None) -> Array:
    """Give the positions of a ledger's rows in canonical order."""
    fields = [field for field in form.order or _class_fields(form) if field in frame.columns]
    if "class" in form.key and "class" in frame.columns and "class" not in fields:
        fields.insert(0, "class")
    if not fields or frame.empty:
        return np.arange(len(frame))
    classes = school.class_order if school else {}
    ranks = [_ranks(frame[field], classes if field == "class" else {}) for field in fields]
    # lexsort takes its last key first, and is stable: what is equal keeps the order of files, sheets and rows.
    return np.lexsort(ranks[::-1])


def _class_fields(form: Form) -> list[str]:
    return ["class"] if "class" in form.key else []


def _ranks(column: pd.Series[Any], known: Mapping[Any, int]) -> Array:
    """Number the values of a column in their order: known ones as given, numbers by size, texts naturally."""
    blank = column.isna().to_numpy(dtype=bool)
    values = column.to_numpy(dtype=object)
    rank = np.zeros(len(values), np.int64)
    distinct = dict.fromkeys(values[~blank].tolist())
    ordered = _in_order(list(distinct), known)
    places: dict[Any, int] = {value: position for position, value in enumerate(ordered)}
    rank[blank] = len(places)
    rank[~blank] = [places[value] for value in values[~blank].tolist()]
    return rank


def _in_order(distinct: list[Any], known: Mapping[Any, int]) -> list[Any]:
    numbers = sorted(value for value in distinct if isinstance(value, int | np.integer))
    texts = [value for value in distinct if isinstance(value, str) and value not in known]
    named = sorted((value for value in distinct if value in known), key=lambda value: known[value])
    return [*numbers, *named, *(text for _, text in sorted(zip(natural_keys(texts), texts, strict=True)))]
