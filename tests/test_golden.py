"""Each folder of tests/golden holds workbooks and `expected.txt`: what the flow makes of them, as text.

`HOUQIN_ACCEPT=1 pytest tests/test_golden.py` writes the text anew; read the difference before you commit it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from golden_text import golden_text

from houqin.forms import load_forms, templates_folder
from houqin.pipeline import run_pipeline
from houqin.read import read_settings
from houqin.school import load_school

GOLDEN = Path(__file__).parent / "golden"
FOLDERS = sorted(p.parent for p in GOLDEN.glob("*/expected.txt"))


def test_every_form_has_a_golden_folder() -> None:
    """A form without an example of what it reads would be a claim and no test."""
    assert {p.name for p in FOLDERS} >= set(load_forms().by_id)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda p: p.name)
def test_workbooks_give_the_expected_text(folder: Path) -> None:
    """Tables, records, findings and changes are what a person accepted before."""
    forms = load_forms()
    school = load_school(templates_folder() / "示例中学", read_settings)
    text = golden_text(run_pipeline(folder / "workbooks", forms, school, "2025-09-12"), forms)
    expected = folder / "expected.txt"
    if os.environ.get("HOUQIN_ACCEPT"):
        expected.write_text(text, encoding="utf-8", newline="\n")
    assert text == expected.read_text(encoding="utf-8")
