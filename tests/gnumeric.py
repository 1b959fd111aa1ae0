"""Work a workbook out with Gnumeric, an engine that shares nothing with LibreOffice, and compare the stored values."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import warnings
from pathlib import Path

import openpyxl
import pytest
from recalculate import A_SHADE_OF_A_FEN, SECONDS, Difference


def converter() -> str:
    """Give the path of ssconvert; where it is missing skip at home and fail in CI."""
    found = shutil.which("ssconvert")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("Gnumeric is missing: .ci/run installs it, and this check must not be left out there")
        pytest.skip("Gnumeric is not installed here")
    return found


def differences(path: Path) -> list[Difference]:
    """Give the formulas whose stored value is not what Gnumeric gets; empty where all agree to the fen."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "again.xlsx"
        subprocess.run(
            [converter(), "--recalc", str(path), str(made)], check=True, capture_output=True, timeout=SECONDS
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Gnumeric writes no default style
            again = openpyxl.load_workbook(made, data_only=True)
    formulas, stored = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
    return [
        Difference(path.name, sheet.title, cell.coordinate, str(cell.value), ours, theirs)
        for sheet in formulas.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
        for ours, theirs in [(stored[sheet.title][cell.coordinate].value, again[sheet.title][cell.coordinate].value)]
        if not _same(ours, theirs)
    ]


def _same(ours: object, theirs: object) -> bool:
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return abs(ours - theirs) <= float(A_SHADE_OF_A_FEN)
    return (ours or "") == (theirs or "")
