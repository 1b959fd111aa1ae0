"""The step from tables to ledgers: files of one form joined by key, each row with its source cell."""

from houqin.ledger.join import join_tables
from houqin.ledger.periods import choose_period
from houqin.ledger.schools import part_schools

__all__ = ["choose_period", "join_tables", "part_schools"]
