"""The JSON document of `inspect` and `clean`, as 接口.md gives it."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from houqin.exact import listed, plain
from houqin.model import a1, column_letter
from houqin.values import canonical_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pandas as pd

    from houqin.forms import Field, Form, Forms
    from houqin.model import Change, Finding, Grid, Match, MatchedColumn, Silenced, SourceFile, Table
    from houqin.pipeline import Result

WAN = 10_000  # 万元


def document(result: Result, forms: Forms, *, records: bool) -> dict[str, Any]:
    """Give the whole document; `records` is False for `inspect`."""
    tables = {id(table.match): table for table in result.tables}
    by_sheet: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for match in result.matches:
        table = tables.get(id(match))
        shown = _table(match, table, forms, records=records)
        by_sheet.setdefault((match.table.path, match.table.grid.sheet), []).append(shown)
    return {
        "files": [_file(file, by_sheet) for file in result.files],
        "findings": findings_list(result.findings),
        "changes": [_change(change) for change in result.changes],
        **({"silenced": silenced_list(result.silenced)} if result.silenced else {}),
    }


def findings_list(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Give findings with the keys of the contract; one of many places tells its count and places as well."""
    return [_finding(finding) for finding in findings]


def silenced_list(silenced: Iterable[Silenced]) -> list[dict[str, Any]]:
    """Give silenced findings, each with its reason, who silenced it and when."""
    return [{**_finding(s.finding), "reason": s.reason, "who": s.who, "date": s.date} for s in silenced]


def files_list(files: Iterable[SourceFile]) -> list[dict[str, Any]]:
    """Give the files without their sheets."""
    return [_file_head(file) for file in files]


def _file_head(file: SourceFile) -> dict[str, Any]:
    reason = None
    if file.status != "read":
        reason = {"code": file.code or ("duplicate-file" if file.same_as else "skipped-file"), "message": file.reason}
    return {"path": file.path, "sha256": file.sha256, "status": file.status, "reason": reason}


def _file(file: SourceFile, by_sheet: dict[tuple[str, str], list[dict[str, Any]]]) -> dict[str, Any]:
    sheets = [_sheet(grid, by_sheet.get((file.path, grid.sheet), [])) for grid in file.grids]
    return {**_file_head(file), "sheets": sheets}


def _sheet(grid: Grid, tables: list[dict[str, Any]]) -> dict[str, Any]:
    return {"name": grid.sheet, "visible": grid.visible, "tables": tables}


def _table(match: Match, table: Table | None, forms: Forms, *, records: bool) -> dict[str, Any]:
    raw = match.table
    shown: dict[str, Any] = {
        "form": match.form,
        "confidence": round(match.confidence, 2),
        "range": raw.range.a1,
        "unit": raw.unit,
        "header_rows": list(raw.header_rows),
        "body_rows": list(raw.body),
        "total_rows": list(raw.total_rows),
        "skipped_rows": [{"row": row, "kind": str(kind)} for row, kind in sorted(raw.skipped.items())],
        "context": _context(match, table, forms),
        "columns": [_column(each) for each in match.columns],
    }
    if match.rivals:
        shown["rivals"] = list(match.rivals)
    if records:
        shown["records"] = _records(table, forms) if table is not None else []
    return shown


def _column(matched: MatchedColumn) -> dict[str, Any]:
    letter, header = column_letter(matched.column.index), matched.column.header
    return {"letter": letter, "header": header, "field": matched.field, "role": matched.role}


def _context(match: Match, table: Table | None, forms: Forms) -> list[dict[str, Any]]:
    listed = []
    for field_id, note in match.context.items():
        value: str | None = canonical_text(note.text)
        if table is not None and field_id in table.frame.columns and len(table.frame):
            value = _texts(table.frame[field_id], forms.by_id[table.form].field(field_id), 1)[0]
        cell = a1(note.row, note.column) if note.row and note.column else None
        listed.append({"field": field_id, "value": value, "cell": cell})
    return listed


def _records(table: Table, forms: Forms) -> list[dict[str, Any]]:
    form = forms.by_id[table.form]
    columns = {
        field.id: _texts(table.frame[field.id], field, _unit(table, field))
        for field in form.fields
        if field.id in table.frame.columns
    }
    value_fields = _value_fields(table, form)
    listed = []
    for position in range(len(table.frame)):
        first, last = (int(row) for row in table.spans[position])
        cell = next((cell for name in value_fields if (cell := table.address(name, position))), None)
        values = {field_id: texts[position] for field_id, texts in columns.items()}
        listed.append({"row": first, "rows": [first, last], "cell": cell, "values": values})
    return listed


def _value_fields(table: Table, form: Form) -> list[str]:
    """Give the fields that the cells of a matrix hold: one, or one a column under each day (早, 中, 晚)."""
    layout = next((each for each in form.layouts if each.id == table.match.layout), None)
    if layout is None or layout.kind != "matrix":
        return []
    return [name for name in (layout.value, *layout.values) if name]


def _unit(table: Table, field: Field) -> int:
    """Give by what ledger amounts are larger than the sheet's own: ledgers are in 元."""
    if field.type not in ("money", "price"):
        return 1
    column = table.match.column_of(field.id)
    unit = (column.unit if column is not None else None) or table.match.table.unit
    return WAN if unit == "万元" else 1


def _texts(series: pd.Series[Any], field: Field, unit: int) -> list[str | None]:
    if not field.is_number:
        # Ledgers keep a text as it was written; here it is canonical.
        return [None if value is None else canonical_text(str(value)) for value in series]
    texts = [None if value is None else plain(value, field.scale) for value in listed(series)]
    if unit == 1:
        return texts
    return [None if text is None else _plain(Decimal(text) / unit) for text in texts]


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _finding(finding: Finding) -> dict[str, Any]:
    place = finding.place
    shown: dict[str, Any] = {
        "code": finding.code,
        "level": str(finding.level),
        "file": place.file if place else None,
        "sheet": place.sheet if place else None,
        "cell": place.cell if place else None,
        "found": finding.found,
        "expected": finding.expected,
        "message": finding.message,
        "suggestion": finding.suggestion,
    }
    if finding.count > 1 or finding.related:
        shown["count"] = finding.count
        shown["related"] = [
            {"file": each.file, "sheet": each.sheet, "cell": each.cell} for each in finding.related
        ]
    return shown


def _change(change: Change) -> dict[str, Any]:
    place = change.place
    return {
        "file": place.file, "sheet": place.sheet, "cell": place.cell,
        "before": change.before, "after": change.after, "rule": change.rule,
    }  # fmt: skip
