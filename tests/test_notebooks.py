"""The law of the notebooks: thin, Chinese, without outputs, and their parameters are those of the model."""

from __future__ import annotations

import ast
import itertools
import json
import re
from typing import TYPE_CHECKING

import pytest

from houqin.jobs.parameters import JOBS
from houqin.jobs.places import NO_JOB, NOTEBOOKS, job_names, notebook_of

if TYPE_CHECKING:
    from pathlib import Path

ALL = sorted(NOTEBOOKS.glob("*.ipynb"))
FORBIDDEN = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.For, ast.While, ast.If, ast.Try, ast.Lambda,
    ast.ListComp, ast.DictComp, ast.SetComp, ast.GeneratorExp, ast.IfExp, ast.With,
)  # fmt: skip
CHINESE = re.compile("[\u4e00-\u9fff]")


def cells_of(path: Path, kind: str | None = None) -> list[dict]:
    """Give a notebook's cells, of one kind or all."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if kind in (None, cell["cell_type"])]


def source(cell: dict) -> str:
    """Give a cell's text."""
    return "".join(cell["source"])


def parameters_cell(path: Path) -> str:
    """Give the text of the one cell tagged `parameters`."""
    (cell,) = [cell for cell in cells_of(path, "code") if "parameters" in cell["metadata"].get("tags", [])]
    return source(cell)


def test_there_is_a_first_page_and_a_notebook_for_every_job() -> None:
    """The jobs are the notebooks, and each has its model of parameters."""
    assert {path.stem for path in ALL} >= NO_JOB
    assert set(job_names()) == set(JOBS)


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
class TestEveryNotebook:
    """What holds for each of them."""

    def test_is_committed_without_outputs(self, path: Path) -> None:
        """Run All is the only way it is judged; what it showed once proves nothing."""
        for cell in cells_of(path, "code"):
            assert cell["outputs"] == []
            assert cell["execution_count"] is None

    def test_begins_with_what_one_gets_what_one_needs_and_how_long_it_takes(self, path: Path) -> None:
        """The first cell is a title and the three answers."""
        first = cells_of(path)[0]
        assert first["cell_type"] == "markdown"
        assert source(first).startswith("# ")
        for word in ("得到什么", "需要什么", "多长时间"):
            assert word in source(first)

    def test_says_before_it_does(self, path: Path) -> None:
        """Each cell of code has Chinese prose right before it, and at most eight lines."""
        cells = cells_of(path)
        for before, cell in itertools.pairwise(cells):
            if cell["cell_type"] == "code":
                assert before["cell_type"] == "markdown"
                assert CHINESE.search(source(before))
                assert len(source(cell).splitlines()) <= 8

    def test_has_no_programming_in_it(self, path: Path) -> None:
        """No def, class, for, if, try; what needs them belongs to the package."""
        for cell in cells_of(path, "code"):
            assert not [node for node in ast.walk(ast.parse(source(cell))) if isinstance(node, FORBIDDEN)]

    def test_imports_only_houqin_and_pathlib_in_one_cell(self, path: Path) -> None:
        """The clerk's reader meets two names of libraries at most."""
        importing = []
        for cell in cells_of(path, "code"):
            for node in ast.walk(ast.parse(source(cell))):
                names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                assert {name.partition(".")[0] for name in names} <= {"houqin", "pathlib"}
                importing += [cell["id"]] * bool(names)
        assert len(set(importing)) <= 1

    def test_has_plain_ids_and_leads_only_where_something_is(self, path: Path) -> None:
        """Ids do not change from save to save; a link in the prose opens a file that exists."""
        assert [cell["id"] for cell in cells_of(path)] == [f"cell-{n:02}" for n in range(1, len(cells_of(path)) + 1)]
        for cell in cells_of(path, "markdown"):
            for link in re.findall(r"\]\(([^)#]+)\)", source(cell)):
                assert link.startswith("http") or (path.parent / link).exists()


def test_the_first_page_leads_to_every_job() -> None:
    """首页 is where a clerk begins."""
    text = "".join(source(cell) for cell in cells_of(NOTEBOOKS / "start_here.ipynb", "markdown"))
    assert text.startswith("# 首页")
    for job in job_names():
        assert f"]({notebook_of(job).name})" in text


@pytest.mark.parametrize("job", JOBS)
def test_the_model_is_the_parameters_cell(job: str) -> None:
    """Same names in the same order, same defaults: what the model refuses is what the notebook would take."""
    tree = ast.parse(parameters_cell(notebook_of(job)))
    told = {node.targets[0].id: ast.literal_eval(node.value) for node in tree.body if isinstance(node, ast.Assign)}
    assert len(told) == len(tree.body)
    assert list(told.items()) == [(name, field.default) for name, field in JOBS[job].model_fields.items()]
    assert JOBS[job].model_validate(told).model_dump() == told


@pytest.mark.parametrize("job", JOBS)
def test_every_parameter_has_a_comment_in_chinese(job: str) -> None:
    """The comment beside the default says what to write there."""
    for line in parameters_cell(notebook_of(job)).splitlines():
        assert CHINESE.search(line.partition("  # ")[2]), line


@pytest.mark.parametrize("job", JOBS)
def test_the_last_cell_shows_the_files(job: str) -> None:
    """Who has run it wants to open what came out."""
    assert source(cells_of(notebook_of(job))[-1]) == "show_outputs(outcome)"
