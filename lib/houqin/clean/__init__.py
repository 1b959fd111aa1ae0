"""A located table of a known form to exact, typed records; every change is recorded at its cell."""

from houqin.clean.table import clean_table

__all__ = ["clean_table"]
