"""A located table of a known form to exact, typed records; every change is recorded at its cell."""

from houqin.clean.answers import decisions_from, without_superseded
from houqin.clean.decided import apply_corrections, with_paths
from houqin.clean.returned import compare_ledgers
from houqin.clean.returned_effect import unmet_corrections
from houqin.clean.table import clean_table
from houqin.clean.written import Written, WrittenRow

__all__ = [
    "Written", "WrittenRow", "apply_corrections", "clean_table", "compare_ledgers", "decisions_from",
    "unmet_corrections", "with_paths", "without_superseded",
]  # fmt: skip
