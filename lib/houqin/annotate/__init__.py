"""Findings -> a copy of each of the clerk's own workbooks with the cells marked; nothing else in it changes."""

from houqin.annotate.copies import COPIES, Copies, annotate_files

__all__ = ["COPIES", "Copies", "annotate_files"]
