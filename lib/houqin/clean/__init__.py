"""A located table of a known form to exact, typed records; every change is recorded at its cell."""

from houqin.clean.decided import apply_corrections
from houqin.clean.table import clean_table

__all__ = ["apply_corrections", "clean_table"]
