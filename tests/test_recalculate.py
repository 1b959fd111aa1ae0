"""The check of stored values against LibreOffice, itself checked."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
import recalculate

from houqin.workbook import MONEY, Workbook

if TYPE_CHECKING:
    from pathlib import Path


def _book(path: Path, stored: Decimal, text: str) -> Path:
    with Workbook(path, title="核对") as book:
        sheet = book.sheet("表")
        sheet.write(1, 1, Decimal("0.10"), MONEY)
        sheet.write(2, 1, Decimal("0.20"), MONEY)
        sheet.formula(3, 1, "SUM(A1:A2)", stored, MONEY)
        sheet.formula(4, 1, 'IF(A3>0.2,"✓","✗")', text)
    return path


@pytest.mark.office
def test_a_planted_wrong_value_is_seen_and_right_ones_are_not(tmp_path: Path) -> None:
    """Else the check would pass whatever LibreOffice does with stored values."""
    right = _book(tmp_path / "对.xlsx", Decimal("0.30"), "✓")
    wrong = _book(tmp_path / "错.xlsx", Decimal("0.40"), "✗")
    found = recalculate.differences([right, wrong])
    assert [(d.file, d.cell, d.stored, d.recalculated) for d in found] == [
        ("错.xlsx", "A3", 0.4, pytest.approx(0.3)),
        ("错.xlsx", "A4", "✗", "✓"),
    ]
