"""Work a workbook out with Gnumeric, an engine that shares nothing with LibreOffice, and compare the stored values."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest
from formula_cells import formula_cells, values_at
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
        formulas = {(sheet, cell): (text, value) for sheet, cell, text, value in formula_cells(path)}
        again = values_at(made, set(formulas))
    return [
        Difference(path.name, *place, formula, ours, again.get(place))
        for place, (formula, ours) in formulas.items()
        if not _same(ours, again.get(place))
    ]


def _same(ours: object, theirs: object) -> bool:
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return abs(ours - theirs) <= float(A_SHADE_OF_A_FEN)
    return (ours or "") == (theirs or "")
