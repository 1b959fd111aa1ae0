"""The truth beside the workbooks: what each record should become, where it stands, and which defects were planted."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass, field
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

    def write(self, folder: Path) -> None:
        """Write all of it as readable text: a line a record, a block a defect."""
        folder.mkdir(parents=True, exist_ok=True)
        for form, lines in self.records.items():
            _lines(folder / f"{form}.jsonl", lines)
        _lines(folder / "tables.jsonl", self.tables)
        _lines(folder / "files.jsonl", self.files)
        blocks = ["# 示例中学收件箱里有意埋下的毛病：由 make_school.py 写出"]
        blocks += ["\n[[defect]]\n" + "\n".join(_pairs(defect)) for defect in self.defects]
        (folder / "defects.toml").write_text("\n".join(blocks) + "\n", encoding="utf-8", newline="\n")


def _pairs(defect: dict[str, str]) -> list[str]:
    return [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in defect.items()]


def _lines(path: Path, items: list[dict[str, object]]) -> None:
    text = "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items)
    path.write_text(text, encoding="utf-8", newline="\n")


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
        truth[name] = clean
        cells[name] = a1(row, column)
    return truth, cells
