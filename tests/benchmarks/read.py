"""Compare the whole of reading with python-calamine's `to_python` alone: one large workbook, 200 small ones.

Each side is a process of its own; CPU is user and system time of the process and its children. Starting Python and
importing is measured too and taken off both sides of the small workbooks, because a run does it once.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import xlsxwriter

ROOT = Path(__file__).resolve().parents[2]
ROWS, COLUMNS = 100_000, 12
BOOKS, SMALL_ROWS = 200, 40
RUNS = 5

OURS = """
import sys
from pathlib import Path
from houqin.read import read_files, read_folder
where = Path(sys.argv[1])
read_files([Path(sys.argv[2])])
files = read_folder(where) if where.is_dir() else read_files([where])
print(sum(grid.rows * grid.columns for file in files for grid in file.grids))
"""

PEER = """
import sys
from pathlib import Path
from python_calamine import CalamineWorkbook
where, cells = Path(sys.argv[1]), 0
CalamineWorkbook.from_path(sys.argv[2])
for path in sorted(where.iterdir()) if where.is_dir() else [where]:
    book = CalamineWorkbook.from_path(str(path))
    for name in book.sheet_names:
        cells += sum(map(len, book.get_sheet_by_name(name).to_python(skip_empty_area=False)))
print(cells)
"""


def write_large(path: Path) -> None:
    """Write a clean table of 100,000 x 12: numbers, dates, words that repeat and words that do not."""
    with xlsxwriter.Workbook(str(path), {"constant_memory": False}) as book:
        sheet = book.add_worksheet("明细")
        day, money = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "#,##0.00"})
        sheet.write_row(0, 0, [f"第{n}列" for n in range(1, COLUMNS + 1)])
        for n in range(1, ROWS):
            sheet.write_row(n, 0, [n, f"类别{n % 12}", f"物品{n % 3000}", "标准", "个"])
            sheet.write_number(n, 5, 45_000 + n % 365, day)
            sheet.write_number(n, 6, n % 97)
            sheet.write_number(n, 7, (n * 37 % 900 + 100) / 100, money)
            sheet.write_number(n, 8, n % 97 * (n * 37 % 900 + 100) / 100, money)
            sheet.write_row(n, 9, [f"经手{n % 40}", f"部门{n % 20}", f"第{n}号"])


def write_small(folder: Path) -> None:
    """Write 200 forms of 40 rows, with a merged title, borders and a bold header."""
    folder.mkdir()
    for n in range(BOOKS):
        with xlsxwriter.Workbook(str(folder / f"表{n}.xlsx")) as book:
            sheet = book.add_worksheet("登记表")
            bold, plain = book.add_format({"bold": True, "border": 1}), book.add_format({"border": 1})
            sheet.merge_range(0, 0, 0, 9, "示例中学登记表", bold)
            sheet.write_row(1, 0, [f"列{column}" for column in range(10)], bold)
            for row in range(SMALL_ROWS):
                cells = [row + 1, f"物品{n}-{row}", "标准", "个", row * 3, row * 2, row, row * 1.5, row * 4.25, None]
                sheet.write_row(row + 2, 0, cells, plain)


def cpu_seconds(script: str, where: Path, first: Path) -> tuple[float, str]:
    """Run a script in a process of its own; give its CPU seconds and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "lib")}
    done = subprocess.run(
        [sys.executable, "-c", script, str(where), str(first)],
        check=True, capture_output=True, text=True, env=environment,
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return used, done.stdout.strip()


def compare(where: Path, first: Path, empty: Path | None = None) -> tuple[float, float]:
    """Give the least CPU seconds of both sides; where `empty` is given, less what it takes to start."""
    ours, peer = [], []
    for _ in range(RUNS):
        used, said = cpu_seconds(OURS, where, first)
        other, answer = cpu_seconds(PEER, where, first)
        if said != answer:
            sys.exit(f"the two sides disagree: {said} and {answer} cells")
        ours.append(used)
        peer.append(other)
    if empty is None:
        return min(ours), min(peer)
    starts = [min(cpu_seconds(script, empty, first)[0] for _ in range(RUNS)) for script in (OURS, PEER)]
    return min(ours) - starts[0], min(peer) - starts[1]


def tell(what: str, ours: float, peer: float, goal: float) -> None:
    """Print one line."""
    print(f"{what}: houqin {ours:.2f}, calamine {peer:.2f} CPU s, ratio {ours / peer:.2f} (goal: at most {goal})")


def main() -> None:
    """Print both ratios."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        large, small, empty = folder / "大表.xlsx", folder / "小表", folder / "空"
        write_large(large)
        write_small(small)
        empty.mkdir()
        first = next(small.iterdir())
        ours, peer = compare(large, first)
        print(
            f"{ROWS:,} x {COLUMNS}: houqin {ours:.2f}, calamine {peer:.2f} CPU s, ratio {ours / peer:.2f} (goal: 1.9)"
        )
        ours, peer = compare(small, first, empty)
        print(
            f"{BOOKS} small workbooks: houqin {ours:.2f}, calamine {peer:.2f} CPU s, ratio {ours / peer:.2f} (goal: 3)"
        )


if __name__ == "__main__":
    main()
