"""What lies in every inbox besides: a duty roster that no form describes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paper import Paper, write_xlsx
from people import TEACHERS

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from truth import Truth

ROSTER = "值班表.xlsx"


def write_odds(folder: Path, truth: Truth, rng: random.Random) -> None:
    """Write the roster: weeks down, weekdays across, names inside."""
    paper = Paper("9月值班")
    paper.merge((1, 1, 1, 6), "示例中学2025年9月行政值班表", "title")
    paper.line(2, ["周次", "周一", "周二", "周三", "周四", "周五"], "head")
    for week in range(1, 5):
        paper.line(2 + week, [f"第{week}周", *(rng.choice(TEACHERS) for _ in range(5))])
    paper.merge((7, 1, 7, 6), "值班时间：7:20—17:40；因事调班请提前告知办公室。", "foot")
    paper.widths = {1: 10, **dict.fromkeys(range(2, 7), 12)}
    truth.defect("unknown-table", "warning", (ROSTER, paper.name, "A2"), expected="", why="不是已有的任何一种表单")
    truth.file(ROSTER, "read")
    write_xlsx(folder / ROSTER, paper)
