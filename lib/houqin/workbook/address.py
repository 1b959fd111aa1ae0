"""Addresses within and between workbooks: quoted sheet names, areas, links. Rows and columns count from 1."""

from __future__ import annotations

from typing import NamedTuple

from houqin.model import column_letter

# Excel's own limit of a sheet's name, and the characters that it refuses
NAME_LENGTH = 31
_REFUSED = str.maketrans(dict.fromkeys("[]:*?/\\", " "))
# Excel escapes these in the target of a link; Chinese stays as it is
_ESCAPES = str.maketrans({c: f"%{ord(c):02X}" for c in '%"# <>[]^`{}|'})


def quoted(sheet: str) -> str:
    """Give a sheet's name as formulas and links write it: '七年级(3)班'."""
    return "'" + sheet.replace("'", "''") + "'"


def absolute(row: int, column: int) -> str:
    """Give $H$13 for (13, 8)."""
    return f"${column_letter(column)}${row}"


class Area(NamedTuple):
    """A rectangle of cells on a sheet of our workbook, all ends included."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    @property
    def local(self) -> str:
        """$A$1:$B$9, or $A$1 for one cell."""
        first, last = absolute(self.top, self.left), absolute(self.bottom, self.right)
        return first if first == last else f"{first}:{last}"

    @property
    def ref(self) -> str:
        """The same with the sheet: '台账'!$A$1:$B$9."""
        return f"{quoted(self.sheet)}!{self.local}"


def legal_name(wanted: str, taken: set[str]) -> str:
    """Give a name that Excel takes for a sheet, different from those taken (lower case), at most 31 characters."""
    base = " ".join(wanted.translate(_REFUSED).split()).strip("' ")[:NAME_LENGTH].strip("' ") or "表"
    if base.lower() == "history":  # reserved by Excel
        base += "表"
    name, number = base, 1
    while name.lower() in taken:
        number += 1
        ending = f"({number})"
        name = base[: NAME_LENGTH - len(ending)] + ending
    return name


def internal(sheet: str, cell: str = "A1") -> str:
    """Give the target of a link to a cell of the same workbook."""
    return f"internal:{quoted(sheet)}!{cell}"


def external(path: str, sheet: str | None = None, cell: str | None = None) -> str:
    """Give the target of a link to another file by a path relative to this workbook, with forward slashes.

    The path is kept as it is and escaped when the link is written: a `#` in a file's name is no anchor.
    """
    anchor = f"{quoted(sheet)}!{cell or 'A1'}" if sheet else ""
    return f"external:{escaped(path)}#{anchor}" if anchor else f"external:{escaped(path)}"


def escaped(path: str) -> str:
    """Escape a path for the target of a link."""
    return path.translate(_ESCAPES)
