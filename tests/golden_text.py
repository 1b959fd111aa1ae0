"""Write what the flow made of some workbooks as text that a person can read and compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from houqin.exact import plain

if TYPE_CHECKING:
    from houqin.forms import Form, Forms
    from houqin.model import Match, Table
    from houqin.pipeline import Result


def golden_text(result: Result, forms: Forms) -> str:
    """Give files, tables with columns and records, findings and changes, a line each."""
    lines: list[str] = []
    for file in result.files:
        lines.append(f"文件 {file.path} {file.status} {file.reason or ''}".rstrip())
        for match in (m for m in result.matches if m.table.path == file.path):
            lines += ["", *_match_lines(match)]
            table = next((t for t in result.tables if t.match is match), None)
            if table is not None:
                lines += _record_lines(table, forms.by_id[table.form])
        lines.append("")
    lines += ["疑点", *(f"  {f.code} {f.line}" for f in result.findings), ""]
    lines += ["更正", *(f"  {c.place.text} {c.before} -> {c.after} ({c.rule})" for c in result.changes)]
    return "\n".join(lines) + "\n"


def _match_lines(match: Match) -> list[str]:
    raw = match.table
    skipped = " ".join(f"{row}:{kind.value}" for row, kind in sorted(raw.skipped.items()))
    return [
        f"表 “{raw.grid.sheet}”{raw.range.a1} 表单 {match.form} 版式 {match.layout}",
        f"  表头行 {list(raw.header_rows)} 正文 {raw.body[0]}-{raw.body[1]} 单位 {raw.unit}",
        f"  非记录行 {skipped}".rstrip(),
        *(f"  列 {c.column.index} {c.column.header} = {c.field} ({c.role})" for c in match.columns),
    ]


def _record_lines(table: Table, form: Form) -> list[str]:
    lines = []
    for position in range(len(table.frame)):
        cells = []
        for name in table.frame.columns:
            value = table.frame[name].iloc[position]
            if pd.isna(value):
                continue
            text = plain(int(value), form.field(name).scale) if form.field(name).is_number else str(value)
            cells.append(f"{name}={text}")
        lines.append(f"  记录 {table.spans[position][0]}: " + " ".join(cells))
    return lines
