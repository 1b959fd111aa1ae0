"""Many notebooks at once: each has an outcome, whatever befalls it, and none is in another's way."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from jobs.notebooks_of_all_kinds import write_notebook

from houqin.jobs.forks import Forks

if TYPE_CHECKING:
    from pathlib import Path


def test_runs_at_once_are_apart_and_a_bad_one_stops_no_other(tmp_path: Path) -> None:
    """Folders, variables and parameters are each run's own; killed, ended and raising runs are named with a reason."""
    cells = (
        "x = ''",
        "import os\nprint(x, os.environ['SCHOOL'], os.path.basename(os.getcwd()))",
        "if x == '3': os._exit(1)\nif x == '5': raise ValueError('坏表')\nif x == '7':\n    while True: pass",
    )
    notebook = write_notebook(tmp_path / "n.ipynb", cells)
    with Forks(3, seconds=3) as forks:
        tickets = []
        for number in range(9):
            (tmp_path / str(number)).mkdir()
            tickets.append(forks.submit(
                notebook, {"x": str(number)}, tmp_path / f"{number}.ipynb", folder=tmp_path / str(number),
                environment={"SCHOOL": f"学校{number}"},
            ))  # fmt: skip
        outcomes = [ticket.result() for ticket in tickets]
    assert [n for n, each in enumerate(outcomes) if not each.is_done] == [3, 5, 7]
    assert [each.reason[:5] for each in outcomes if not each.is_done] == ["运行笔记本", "Value", "超过了时限"]
    for number in range(9):
        cells = json.loads((tmp_path / f"{number}.ipynb").read_text(encoding="utf-8"))["cells"]
        said = "".join("".join(out.get("text", "")) for cell in cells for out in cell.get("outputs", []))
        assert said.startswith(f"{number} 学校{number} {number}\n")
