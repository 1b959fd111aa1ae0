"""Grid -> tables: where each lies, its header rows, body, rows that are no records, what the lines around it say."""

from __future__ import annotations

from houqin.locate.reasons import explain_rows
from houqin.locate.tables import locate_tables, may_hold_tables

__all__ = ["explain_rows", "locate_tables", "may_hold_tables"]
