"""A located table of a known form to exact, typed records; every change is recorded at its cell."""

from houqin.clean.answers import decisions_from, without_superseded
from houqin.clean.decided import apply_corrections, with_paths
from houqin.clean.table import clean_table

__all__ = ["apply_corrections", "clean_table", "decisions_from", "with_paths", "without_superseded"]
