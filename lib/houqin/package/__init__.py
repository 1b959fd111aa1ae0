"""The only door to lxml: a workbook's package changed in place, part by part, with all else byte for byte as it was.

Only files that `read` accepted come here; the parser takes no entity, no DTD, no network and repairs nothing.
"""

from houqin.package.cells import cell_at
from houqin.package.edit import Mark, Marked, Outcome, mark_workbook
from houqin.package.faults import CannotEdit, NoPackage
from houqin.package.filling import CellValue, Filled, Live, fill_workbook
from houqin.package.first_sheet import Listing, Row
from houqin.package.growth import Growth
from houqin.package.notes import FOOT, HEAD, SIGNS
from houqin.package.properties import property_of
from houqin.package.references import move_formula

__all__ = [
    "FOOT",
    "HEAD",
    "SIGNS",
    "CannotEdit",
    "CellValue",
    "Filled",
    "Growth",
    "Listing",
    "Live",
    "Mark",
    "Marked",
    "NoPackage",
    "Outcome",
    "Row",
    "cell_at",
    "fill_workbook",
    "mark_workbook",
    "move_formula",
    "property_of",
]
