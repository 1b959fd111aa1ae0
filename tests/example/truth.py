"""The truth beside the workbooks: what each record should become, where it stands, and which defects were planted."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from paper import Paper


@dataclass(frozen=True)
class As:
    """A value as the office typed it, and what it should become."""

    raw: object
    canonical: str | None


def canonical(value: object) -> str | None:
    """Write a plain value as the contract's canonical text."""
    if value is None:
        return None
    if isinstance(value, str):
        return unicodedata.normalize("NFKC", value).strip() or None
    text = format(Decimal(str(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def a1(row: int, column: int) -> str:
    """Give a cell's address."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


@dataclass
class Truth:
    """Collects records, tables and defects of all files."""

    records: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    tables: list[dict[str, object]] = field(default_factory=list)
    defects: list[dict[str, str]] = field(default_factory=list)
    changes: list[dict[str, object]] = field(default_factory=list)
    files: list[dict[str, str]] = field(default_factory=list)

    def file(self, path: str, status: str, note: str = "") -> None:
        """Say what becomes of a file: read, refused, skipped."""
        self.files.append({"path": path, "status": status, "note": note})

    def record(self, form: str, where: tuple[str, str, int], values: dict[str, str | None], **cells: str) -> None:
        """Add a record: file, sheet and row, its canonical values, the cells of its fields."""
        file, sheet, row = where
        line = {"file": file, "sheet": sheet, "row": row, "values": values, "cells": cells}
        self.records.setdefault(form, []).append(line)

    def table(self, form: str, where: tuple[str, str], header: list[int], body: list[int], **more: object) -> None:
        """Add a table: form, file and sheet, its header rows, first and last row of its body."""
        file, sheet = where
        line = {"form": form, "file": file, "sheet": sheet, "header_rows": header, "body_rows": body, **more}
        self.tables.append(line)

    def defect(self, code: str, level: str, place: tuple[str, str, str], **more: str) -> None:
        """Add a planted defect: code, level, (file, sheet, cell); `expected`, `why`, or `or_code` of the same cause."""
        file, sheet, cell = place
        self.defects.append({"code": code, "level": level, "file": file, "sheet": sheet, "cell": cell, **more})

    def changed(self, file: str, paper: Paper) -> None:
        """Take over the cells of a sheet that cleaning should change."""
        for cell, (before, after) in paper.typed.items():
            line = {"file": file, "sheet": paper.name, "cell": cell, "before": before, "after": after}
            self.changes.append(line)

    def write(self, folder: Path) -> None:
        """Write all of it as readable text: a line a record, a block a defect."""
        folder.mkdir(parents=True, exist_ok=True)
        for form, lines in self.records.items():
            _lines(folder / f"{form}.jsonl", lines)
        _lines(folder / "tables.jsonl", self.tables)
        _lines(folder / "files.jsonl", self.files)
        _lines(folder / "changes.jsonl", self.changes)
        blocks = ["# 示例中学收件箱里有意埋下的毛病：由 make_school.py 写出"]
        blocks += ["\n[[defect]]\n" + "\n".join(_pairs(defect)) for defect in self.defects]
        (folder / "defects.toml").write_text("\n".join(blocks) + "\n", encoding="utf-8", newline="\n")


def _pairs(defect: dict[str, str]) -> list[str]:
    return [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in defect.items()]


def _lines(path: Path, items: list[dict[str, object]]) -> None:
    text = "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items)
    path.write_text(text, encoding="utf-8", newline="\n")


def note_change(paper: Paper, cell: str, raw: object, clean: str | None) -> None:
    """Remember a cell that cleaning should change: NFKC and outer blanks alone are no change."""
    if clean is None or raw is None or canonical_or_none(raw) == clean:
        return
    if isinstance(raw, date) and raw.isoformat() == clean:
        return
    # What Excel shows of a date depends on its format: before is left open.
    paper.typed[cell] = (str(raw).strip() if isinstance(raw, str | Decimal) else None, clean)


def canonical_or_none(raw: object) -> str | None:
    """Give the canonical text of a raw value, None for a date or a formula."""
    return canonical(raw) if isinstance(raw, str | int | Decimal) else None


def write_row(
    paper: Paper, row: int, columns: dict[str, int], values: dict[str, object], styles: dict[str, str] | None = None
) -> tuple[dict[str, str | None], dict[str, str]]:
    """Type a record into its row; give its canonical values and the cells of its fields."""
    styles = styles or {}
    truth: dict[str, str | None] = {}
    cells: dict[str, str] = {}
    for name, column in columns.items():
        value = values.get(name)
        raw, clean = (value.raw, value.canonical) if isinstance(value, As) else (value, canonical(value))
        paper.put(row, column, raw, styles.get(name, "body"))
        note_change(paper, a1(row, column), raw, clean)
        truth[name] = clean
        cells[name] = a1(row, column)
    return truth, cells
