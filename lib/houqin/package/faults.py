"""What stops an edit."""

from __future__ import annotations

from houqin.errors import HouqinError


class CannotEdit(HouqinError):
    """A package that is not edited: its text is a Chinese phrase that says why."""


class NoPackage(CannotEdit):
    """A file that is no OOXML workbook of XML parts (.xls, .csv, .ods, .xlsb and their kind)."""
