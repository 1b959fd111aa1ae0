"""The documents are read: what the program says and takes must stand there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from houqin.cli import main
from houqin.forms import load_forms
from houqin.forms.code_titles import TITLES
from houqin.forms.words import CODES
from houqin.read.refusals import SENTENCES
from houqin.report.words import RULES

ROOT = Path(__file__).parents[1]
INTERFACE = (ROOT / "notebooks" / "说明" / "接口.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


def codes_in_the_program() -> set[str]:
    """Give each code that stands in the source where findings are made, in form files, or with the refusals."""
    made = re.compile(r"""(?:Finding\(|\bfind\(|\bcode=)\s*"([a-z]+(?:-[a-z]+)+)\"""")
    source = {code for path in (ROOT / "lib").rglob("*.py") for code in made.findall(path.read_text(encoding="utf-8"))}
    forms = {check.code for form in load_forms().by_id.values() for check in form.checks}
    return source | forms | set(CODES) | set(SENTENCES)


def test_every_code_of_a_finding_is_explained() -> None:
    """A program that reads the findings must find each code on the page."""
    assert sorted(code for code in codes_in_the_program() if f"`{code}`" not in INTERFACE) == []


def test_every_code_of_a_finding_has_words_for_a_clerk() -> None:
    """The bureau's lists and the notes in a workbook show the words; a bare English code is for programs."""
    explained = re.findall(r"`([a-z]+(?:-[a-z0-9]+)*)`", INTERFACE.partition("## 疑点的代码")[2].partition("\n## ")[0])
    assert sorted({*codes_in_the_program(), *explained} - set(TITLES)) == []


def test_every_cleaning_rule_is_explained() -> None:
    """A change names its rule; the page says what the rule does."""
    assert sorted(rule for rule in RULES if f"| `{rule}` |" not in INTERFACE) == []


COMMANDS = (
    "inspect", "clean", "run", "init", "new-form", "lab", "batch", "init-schools", "schedule", "due", "blanks",
    "missing",
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_explained(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The page has each command of the help, and the help has each of the page."""
    assert main(["--help"]) == 0
    assert re.search(rf"^\s+{command}\b", capsys.readouterr().out, re.MULTILINE)
    assert f"`houqin {command}" in INTERFACE


def test_the_pictures_of_the_readme_are_there() -> None:
    """A README with a broken picture looks abandoned."""
    pictures = re.findall(r"\]\(([^)]+\.png)\)", README)
    assert pictures
    assert [p for p in pictures if not (ROOT / p).is_file()] == []
