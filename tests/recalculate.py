"""Recalculate workbooks with LibreOffice and compare every formula's stored value with what comes out."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from formula_cells import formula_cells, values_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Without this LibreOffice trusts the stored values of files that it did not write itself, and nothing is checked.
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""  # noqa: E501  (one element a line)
CLOSE = Decimal("1e-9")  # relative
A_SHADE_OF_A_FEN = Decimal("0.005")
SECONDS = 300


class Difference(NamedTuple):
    """A formula whose stored value is not what it gives."""

    file: str
    sheet: str
    cell: str
    formula: str
    stored: object
    recalculated: object


def office() -> str:
    """Give the path of LibreOffice; where it is missing skip at home and fail in CI."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        if os.environ.get("CI"):
            pytest.fail("LibreOffice is missing: .ci/run installs it, and this check must not be left out there")
        pytest.skip("LibreOffice is not installed here")
    return found


def differences(paths: Sequence[Path]) -> list[Difference]:
    """Recalculate workbooks in one call and give what differs; empty where all stored values are right."""
    with tempfile.TemporaryDirectory() as folder:
        copies = recalculated(paths, Path(folder))
        return [each for path, copy in zip(paths, copies, strict=True) for each in _compare(path, copy)]


def recalculated(paths: Sequence[Path], folder: Path) -> list[Path]:
    """Have LibreOffice load, recalculate and save copies of the workbooks."""
    profile, given, made = folder / "profile", folder / "given", folder / "made"
    for each in (profile / "user", given, made):
        each.mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")
    # files of one name from several folders must not overwrite one another
    names = [f"{number:04}.xlsx" for number in range(len(paths))]
    for path, name in zip(paths, names, strict=True):
        shutil.copyfile(path, given / name)
    command = [office(), f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", "xlsx"]
    command += ["--outdir", str(made), *(str(given / name) for name in names)]
    subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    return [made / name for name in names]


def _compare(path: Path, copy: Path) -> Iterable[Difference]:
    formulas = {(sheet, cell): (text, value) for sheet, cell, text, value in formula_cells(path)}
    again = values_at(copy, set(formulas))
    for place, (formula, ours) in formulas.items():
        theirs = again.get(place)
        if not _same(ours, theirs):
            yield Difference(path.name, *place, formula, ours, theirs)


def _same(ours: object, theirs: object) -> bool:
    if isinstance(ours, str) and ours.startswith("#"):
        return False  # an error in a result is never right
    if isinstance(ours, bool) or isinstance(theirs, bool):
        return ours is theirs
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        one, other = Decimal(repr(ours)), Decimal(repr(theirs))
        return abs(one - other) <= min(A_SHADE_OF_A_FEN, CLOSE * max(abs(one), abs(other), Decimal(1)))
    return (ours or "") == (theirs or "") and type(ours or "") is type(theirs or "")
