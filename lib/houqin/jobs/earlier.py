"""The run of the period before, on which a run builds: its typed ledgers are copied along, and read."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from houqin.errors import FailedRun
from houqin.jobs.inputs import file_digest

if TYPE_CHECKING:
    from pathlib import Path

    from houqin.check import Earlier
    from houqin.jobs.plan import Plan

# The run's own copy: what it was compared with stays with it.
COPY = "上期台账.sqlite3"
_LEDGERS, _RECORD = "99技术文件/台账.sqlite3", "99技术文件/run.json"


def period_before(period: str) -> str:
    """Give the period before another: of a semester (2025-2026-1), a month (2025-09) or a fiscal year (2025).

    >>> period_before("2025-2026-1"), period_before("2025-2026-2"), period_before("2025-01"), period_before("2025")
    ('2024-2025-2', '2025-2026-1', '2024-12', '2024')
    """
    parts = [int(part) for part in period.split("-")]
    if len(parts) == 1:
        return str(parts[0] - 1)
    if len(parts) == 2:
        year, month = parts
        return f"{year}-{month - 1:02d}" if month > 1 else f"{year - 1}-12"
    first, second, semester = parts
    return f"{first}-{second}-1" if semester == 2 else f"{first - 1}-{second - 1}-2"


def take_earlier(plan: Plan, earlier: Path | None, technical: Path) -> str | None:
    """Copy the ledgers of the earlier run into the new one; give their SHA-256, None where there are none.

    Raises FailedRun where they are no longer what was published: to compare with them would prove nothing.
    """
    if earlier is None or not (earlier / _LEDGERS).is_file():
        return None
    record = json.loads((earlier / _RECORD).read_text(encoding="utf-8"))
    published = {each["path"]: each["sha256"] for each in record.get("outputs", ())}
    digest = file_digest(earlier / _LEDGERS)
    if published.get(_LEDGERS) != digest:
        raise FailedRun(
            f"上期（{period_before(plan.period)}）的结果“{earlier / _LEDGERS}”和发布时不同，不能用来核对期初。"
            "请重新运行上期，或把被改动的文件恢复。"
        )
    technical.mkdir(exist_ok=True)
    shutil.copyfile(earlier / _LEDGERS, technical / COPY)
    return digest


def read_earlier(technical: Path, period: str = "") -> Earlier:
    """Read the copied ledgers of the earlier run; without them, an Earlier that says that there is none.

    `period` is the one that goes on from it: what is carried over depends on it.
    """
    from houqin.account.rows import Row  # noqa: PLC0415  (the runner imports this module, and no pandas)
    from houqin.check import Earlier  # noqa: PLC0415  (as above)
    from houqin.model import Place  # noqa: PLC0415  (as above)

    path = technical / COPY
    if not path.is_file():
        return Earlier(next_period=period)
    rows: dict[str, list[Row]] = {}
    places: dict[tuple[str, int, str], Place] = {}
    with closing(sqlite3.connect(path)) as base:
        base.row_factory = sqlite3.Row
        about = dict(base.execute("SELECT name, value FROM about").fetchall())
        for (form,) in base.execute("SELECT id FROM forms ORDER BY id").fetchall():
            rows[form] = []
            for number, each in enumerate(base.execute(f'SELECT * FROM "{form}" ORDER BY _row')):  # noqa: S608  (our own)
                if each["_pending"]:
                    continue
                values = {name: each[name] for name in each.keys() if not name.startswith("_")}  # noqa: SIM118  (Row)
                rows[form].append(Row(form, number, values))
                places[form, number, ""] = Place(each["_file"], each["_sheet"], each["_cell"])
                for name, cell in json.loads(each["_cells"]).items():
                    places[form, number, name] = Place(each["_file"], each["_sheet"], cell)
    return Earlier(
        about.get("run", ""), about.get("period", ""), rows, places, as_of=about.get("as_of", ""), next_period=period
    )  # fmt: skip
