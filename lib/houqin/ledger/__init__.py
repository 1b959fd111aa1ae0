"""The step from tables to ledgers: files of one form joined by key, each row with its source cell."""

from houqin.ledger.join import join_tables

__all__ = ["join_tables"]
