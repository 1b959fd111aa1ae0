"""A legacy workbook (BIFF, also WPS .et) -> grids, by xlrd; what xlrd gives up on is left to calamine."""

from __future__ import annotations

import io
import math
import re
from typing import TYPE_CHECKING, Any

from houqin.errors import RefusedFile
from houqin.model import Range, a1
from houqin.read.build import (
    BOOL,
    DATE,
    ERROR,
    NUMBER,
    ODD_DATE,
    TEXT,
    GridBuilder,
    flags_of,
    kept_text,
    refuse_bad_names,
)
from houqin.read.notes import Note, Parsed
from houqin.read.number_formats import BUILT_IN, is_date_format, shows_day
from houqin.read.ole import Storage
from houqin.read.other import read_by_calamine
from houqin.read.xls_records import Records, walk_records
from houqin.read.xml_sheet import END_OF_DATES, EPOCH_GAP

if TYPE_CHECKING:
    from houqin.model import Grid
    from houqin.read.limits import Limits

_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_STREAMS = ("Workbook".encode("utf-16-le"), "Book".encode("utf-16-le"))
_WORD_STREAM = "WordDocument".encode("utf-16-le")
_BOLD_WEIGHT = 600
_UNICODE = 80  # BIFF8
_WESTERN = (None, 367, 1252)
_PAIRS = re.compile(rb"(?:[\x00-\x7f]|[\xa1-\xf7][\xa1-\xfe])*")  # GB 2312


class _Nowhere(io.TextIOBase):
    """Takes what xlrd tells of a file; the child has no file to open for it."""

    def write(self, text: str) -> int:
        """Drop a text."""
        return len(text)


def read_ole(data: bytes, limits: Limits) -> Parsed:
    """Read an OLE container: BIFF, or a password-protected OOXML workbook, which is refused."""
    if _ENCRYPTED_STREAM in data:
        raise RefusedFile("encrypted", "")
    if not any(name in data for name in _STREAMS):
        raise RefusedFile("not-a-workbook", "这是 Word 文档" if _WORD_STREAM in data else "")
    storage = Storage(data)
    storage.check()
    parsed = read_biff(data, limits)
    if any(name.startswith("_VBA_PROJECT") for name in storage.names):
        parsed.notes.insert(0, Note("macros"))
    return parsed


def read_biff(data: bytes, limits: Limits) -> Parsed:
    """Read a BIFF workbook."""
    import xlrd  # noqa: PLC0415  (most runs never need it)

    try:
        notes: list[Note] = []
        book = _open(data)
        if _is_gbk(book):
            book = _open(data, "gb18030")
            notes.append(Note("guessed-encoding", detail="GBK"))
        styles = _styles(book)
        grids = [_grid(sheet, styles, limits, notes, _records(book, n)) for n, sheet in enumerate(book.sheets())]
        refuse_bad_names(grid.sheet for grid in grids)
        return Parsed("xls", grids, notes)
    except RefusedFile:
        raise
    except xlrd.XLRDError as fault:
        if "encrypt" in str(fault).lower() or "password" in str(fault).lower():
            raise RefusedFile("encrypted", "") from fault
    except Exception:  # noqa: BLE001, S110  (xlrd dies in many ways on odd files; calamine has another try)
        pass
    return Parsed("xls", *read_by_calamine(data, limits))


def _open(data: bytes, encoding: str | None = None) -> Any:  # noqa: ANN401  (xlrd has no types)
    """Open on demand: the stream is kept then, and with it what xlrd does not tell."""
    import xlrd  # noqa: PLC0415  (most runs never need it)

    log = _Nowhere()
    return xlrd.open_workbook(
        file_contents=data, formatting_info=True, logfile=log, on_demand=True, encoding_override=encoding
    )


def _is_gbk(book: Any) -> bool:  # noqa: ANN401  (as above)
    """Tell texts of before Unicode that name no code page, or a western one, and are Chinese to the last byte.

    Export programs of Chinese systems write such; read as the page says they are “·Û±Ê” for 粉笔.
    """
    if book.biff_version >= _UNICODE or book.codepage not in _WESTERN:
        return False
    cells = (value for sheet in book.sheets() for row in range(sheet.nrows) for value in sheet.row_values(row))
    texts = [text for text in (*book.sheet_names(), *cells) if isinstance(text, str) and not text.isascii()]
    try:
        raw = [text.encode("latin-1" if book.codepage is None else "cp1252") for text in texts]
    except UnicodeEncodeError:
        return False
    return bool(raw) and all(_PAIRS.fullmatch(text) for text in raw)


def _records(book: Any, sheet: int) -> Records:  # noqa: ANN401  (xlrd has no types)
    """Walk through a sheet's records, where xlrd keeps the stream (not before BIFF5)."""
    if not book.mem or sheet >= len(book._sh_abs_posn):  # noqa: SLF001  (where each sheet begins)
        return Records()
    return walk_records(book.mem, book._sh_abs_posn[sheet])  # noqa: SLF001  (as above)


def _styles(book: Any) -> tuple[list[tuple[int, bool, bool]], list[str]]:  # noqa: ANN401  (xlrd has no types)
    """Give for each cell style (format id, date, bold), and the formats."""
    formats: dict[str, int] = {"General": 0}
    styles = []
    for xf in book.xf_list:
        code = BUILT_IN.get(xf.format_key)
        if code is None or xf.format_key > 49:
            own = book.format_map.get(xf.format_key)
            code = own.format_str if own is not None and own.format_str else (code or "General")
        font = book.font_list[xf.font_index] if xf.font_index < len(book.font_list) else None
        bold = font is not None and font.weight >= _BOLD_WEIGHT
        styles.append((formats.setdefault(code, len(formats)), is_date_format(code), bold))
    return styles, list(formats)


def _grid(  # xlrd has no types
    sheet: Any,  # noqa: ANN401
    tables: tuple[list[tuple[int, bool, bool]], list[str]],
    limits: Limits,
    notes: list[Note],
    records: Records,
) -> Grid:
    styles, formats = tables
    builder, d1904 = GridBuilder(limits, formats), sheet.book.datemode == 1
    for r in range(sheet.nrows):
        kinds, values, xfs = sheet.row_types(r), sheet.row_values(r), sheet._cell_xf_indexes[r]  # noqa: SLF001  (a list a row; a call a cell is slow)
        for c, (kind, value) in enumerate(zip(kinds, values, strict=True)):
            if kind in (0, 6):
                continue
            style = styles[xfs[c]] if xfs[c] < len(styles) else (0, False, False)
            _add(builder, (r + 1, c + 1), kind, value, (*style, (r, c) in records.formulas), d1904=d1904)
    for top, bottom, left, right in sheet.merged_cells:
        builder.add_merge(Range(top + 1, left + 1, bottom, right))
    builder.hidden_rows.update(r + 1 for r, info in sheet.rowinfo_map.items() if info.hidden)
    builder.hidden_columns.update(c + 1 for c, info in sheet.colinfo_map.items() if info.hidden)
    builder.filtered = records.filtered
    grid = builder.grid(sheet.name, visible=sheet.visibility == 0)
    notes += builder.notes
    return grid


def _add(  # noqa: PLR0913  (what xlrd, which has no types, knows of a cell)
    builder: GridBuilder,
    at: tuple[int, int],
    kind: int,
    value: Any,  # noqa: ANN401
    style: tuple[int, bool, bool, bool],
    *,
    d1904: bool,
) -> None:
    import xlrd  # noqa: PLC0415  (most runs never need it)

    format_id, date, bold, formula = style
    flags = flags_of(formula=formula, stored=True, bold=bold)
    if kind == xlrd.XL_CELL_TEXT:
        text = kept_text(value)
        if text:
            builder.add(*at, TEXT, 0.0, text, format_id, flags)
    elif kind == xlrd.XL_CELL_ERROR:
        builder.add(*at, ERROR, 0.0, xlrd.error_text_from_code.get(value, "#N/A"), format_id, flags)
    elif kind == xlrd.XL_CELL_BOOLEAN:
        builder.add(*at, BOOL, float(value), "", format_id, flags)
    else:
        shift = EPOCH_GAP if date and d1904 and shows_day(builder.formats[format_id]) else 0
        number = float(value) + shift
        if not math.isfinite(number):
            raise RefusedFile("bad-cell", f"{a1(*at)} 应是数字，实际是“{number}”")
        in_calendar = 0 <= number < END_OF_DATES
        flags |= ODD_DATE if date and not in_calendar else 0
        builder.add(*at, DATE if date and in_calendar else NUMBER, number, "", format_id, flags)
