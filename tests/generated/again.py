"""Cleaned records written back as a plain workbook: the form's titles above, a record a row, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from pathlib import Path

    from houqin.forms import Form

Values = dict[str, str | None]


def write_plain(path: Path, form: Form, records: list[Values]) -> None:
    """Write canonical values under the titles of the fields that any record has; numbers as numbers."""
    fields = [field for field in form.fields if any(field.id in record for record in records)]
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Sheet1")
        for column, field in enumerate(fields):
            sheet.write_string(0, column, field.title)
            for row, record in enumerate(records, 1):
                value = record.get(field.id)
                if value is not None and field.is_number:
                    sheet.write_number(row, column, float(value))
                elif value is not None:
                    sheet.write_string(row, column, value)
