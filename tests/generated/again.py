"""Cleaned records written back as a plain workbook: the title, the fields' titles, a record a row, nothing else."""

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
        sheet.write_string(0, 0, form.title)  # some forms are known by it alone
        for column, field in enumerate(fields):
            # Without its sign a column of rates below 1 would be one of shares.
            sheet.write_string(1, column, f"{field.title}（%）" if field.type == "percent" else field.title)
            for row, record in enumerate(records, 2):
                value = record.get(field.id)
                if value is not None and field.is_number:
                    sheet.write_number(row, column, float(value))
                elif value is not None:
                    sheet.write_string(row, column, value)
