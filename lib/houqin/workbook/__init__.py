"""The only door to xlsxwriter: workbooks in one look, exact numbers, live formulas with stored values.

Rows and columns count from 1. What the writer would drop with a warning fails the run instead.
"""

from houqin.workbook.address import Area, external, internal, quoted
from houqin.workbook.book import Workbook, print_workbook
from houqin.workbook.cell import CellValue, Formula, Link
from houqin.workbook.chart import Series
from houqin.workbook.limits import Limit
from houqin.workbook.look import (
    CENTER,
    CODE,
    COUNT,
    DATE,
    FORM_CELL,
    FORM_HEADER,
    FORM_LINE,
    FORM_TITLE,
    HEADER,
    HEADING,
    INPUT,
    LINK,
    MONEY,
    NOTE,
    PERCENT,
    POINTS,
    PRICE,
    QUANTITY,
    TEXT,
    TITLE,
    VERDICTS,
    WRAPPED,
    Style,
    text_width,
)
from houqin.workbook.plain import plain_workbook
from houqin.workbook.sheet import Sheet
from houqin.workbook.table import Col, Placed, column_sum

__all__ = [
    "CENTER",
    "CODE",
    "COUNT",
    "DATE",
    "FORM_CELL",
    "FORM_HEADER",
    "FORM_LINE",
    "FORM_TITLE",
    "HEADER",
    "HEADING",
    "INPUT",
    "LINK",
    "MONEY",
    "NOTE",
    "PERCENT",
    "POINTS",
    "PRICE",
    "QUANTITY",
    "TEXT",
    "TITLE",
    "VERDICTS",
    "WRAPPED",
    "Area",
    "CellValue",
    "Col",
    "Formula",
    "Limit",
    "Link",
    "Placed",
    "Series",
    "Sheet",
    "Style",
    "Workbook",
    "column_sum",
    "external",
    "internal",
    "plain_workbook",
    "print_workbook",
    "quoted",
    "text_width",
]
