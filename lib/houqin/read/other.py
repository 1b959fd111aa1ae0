"""Workbooks that python-calamine alone reads (xlsb, ods, a legacy file that xlrd gives up on): values only."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

from houqin.errors import RefusedFile
from houqin.read.build import BOOL, DATE, NUMBER, TEXT, GridBuilder, kept_text

if TYPE_CHECKING:
    from houqin.model import Grid
    from houqin.read.limits import Limits
    from houqin.read.notes import Note

_DATE_FORMATS = ["General", "yyyy/m/d", "yyyy/m/d h:mm", "h:mm"]
_DAY = dt.timedelta(days=1)
_DAY_ONE = dt.datetime(1899, 12, 30)  # noqa: DTZ001  (a serial has no zone)


def read_by_calamine(data: bytes, limits: Limits) -> tuple[list[Grid], list[Note]]:
    """Read all sheets; addresses hold because blank areas are kept."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415  (only when needed)

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [m for m in workbook.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet]
        tables = [(m, workbook.get_sheet_by_name(m.name).to_python(skip_empty_area=False)) for m in sheets]
    except BaseException as fault:  # a Rust panic is no Exception
        if isinstance(fault, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise RefusedFile("corrupt", "") from fault
    names = [meta.name.lower() for meta, _ in tables]
    if len(set(names)) != len(names):
        raise RefusedFile("unsafe", "有两张工作表同名")
    if not tables:
        raise RefusedFile("no-sheets", "")
    notes: list[Note] = []
    grids = []
    for meta, rows in tables:
        builder = _filled(rows, limits)
        grids.append(builder.grid(meta.name, visible=meta.visible == SheetVisibleEnum.Visible))
        notes += builder.notes
    return grids, notes


def _filled(rows: list[list[Any]], limits: Limits) -> GridBuilder:
    builder = GridBuilder(limits, _DATE_FORMATS)
    for r, row in enumerate(rows, 1):
        for c, value in enumerate(row, 1):
            if value != "":
                kind, number, text, style = _cell(value)
                if kind != TEXT or text:
                    builder.add(r, c, kind, number, text, style, 0)
    return builder


def _cell(value: object) -> tuple[int, float, str, int]:
    """Give kind, number, text and format id of one value."""
    if isinstance(value, bool):
        return BOOL, float(value), "", 0
    if isinstance(value, int | float):
        return NUMBER, float(value), "", 0
    if isinstance(value, dt.timedelta):
        return NUMBER, value / _DAY, "", 0
    return _moment(value) or (TEXT, 0.0, kept_text(str(value)), 0)


def _moment(value: object) -> tuple[int, float, str, int] | None:
    if isinstance(value, dt.datetime):
        return DATE, (value - _DAY_ONE) / _DAY, "", 2
    if isinstance(value, dt.date):
        return DATE, float((value - _DAY_ONE.date()).days), "", 1
    if isinstance(value, dt.time):
        return DATE, (dt.datetime.combine(_DAY_ONE.date(), value) - _DAY_ONE) / _DAY, "", 3
    return None
