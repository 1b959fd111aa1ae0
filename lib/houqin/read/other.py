"""Workbooks that python-calamine reads (xlsb, ods, a legacy file that xlrd gives up on), and what it does not tell."""

from __future__ import annotations

import datetime as dt
import io
import math
from typing import TYPE_CHECKING, Any

from houqin.errors import RefusedFile
from houqin.model import a1
from houqin.read.build import BOOL, DATE, ERROR, NUMBER, TEXT, GridBuilder, flags_of, kept_text, refuse_bad_names
from houqin.read.xlsb_parts import SheetExtras

if TYPE_CHECKING:
    from collections.abc import Mapping

    from houqin.model import Grid
    from houqin.read.limits import Limits
    from houqin.read.notes import Note

_DATE_FORMATS = ["General", "yyyy/m/d", "yyyy/m/d h:mm", "h:mm"]
_DAY = dt.timedelta(days=1)
_DAY_ONE = dt.datetime(1899, 12, 30)  # noqa: DTZ001  (a serial has no zone)


def read_by_calamine(
    data: bytes, limits: Limits, extras: Mapping[str, SheetExtras] | None = None
) -> tuple[list[Grid], list[Note]]:
    """Read all sheets; addresses hold because blank areas are kept. `extras` are by sheet what it does not tell."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum  # noqa: PLC0415  (only when needed)

    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [m for m in workbook.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet]
        tables = [(m, workbook.get_sheet_by_name(m.name).to_python(skip_empty_area=False)) for m in sheets]
    except BaseException as fault:  # a Rust panic is no Exception
        if isinstance(fault, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise RefusedFile("corrupt", "") from fault
    refuse_bad_names(meta.name for meta, _ in tables)
    notes: list[Note] = []
    grids = []
    for meta, rows in tables:
        builder = _filled(rows, limits, (extras or {}).get(meta.name) or SheetExtras())
        grids.append(builder.grid(meta.name, visible=meta.visible == SheetVisibleEnum.Visible))
        notes += builder.notes
    return grids, notes


def _filled(rows: list[list[Any]], limits: Limits, extras: SheetExtras) -> GridBuilder:
    builder = GridBuilder(limits, _DATE_FORMATS)
    errors, formulas = extras.errors, extras.formulas
    computed = flags_of(formula=True, stored=True, bold=False)
    for r, row in enumerate(rows, 1):
        for c, value in enumerate(row, 1):
            if value != "":
                kind, number, text, style = _cell(value)
                if not math.isfinite(number):
                    raise RefusedFile("bad-cell", f"{a1(r, c)} 应是数字，实际是“{number}”")
                if kind != TEXT or text:
                    builder.add(r, c, kind, number, text, style, computed if (r, c) in formulas else 0)
            elif errors and (r, c) in errors:
                builder.add(r, c, ERROR, 0.0, errors[r, c], 0, computed if (r, c) in formulas else 0)
    for merge in extras.merges:
        builder.add_merge(merge)
    builder.hidden_rows |= extras.hidden_rows
    builder.hidden_columns |= extras.hidden_columns
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
