"""Compare reading, cleaning and checking 100,000 x 12 with python-calamine's own reading of the same workbook.

Every change is recorded; the school's settings are those of the example. CPU is user and system time of the process and
its children; memory is the largest resident size of ours, parent and child together, against calamine's own process.
Starting both sides (imports, descriptions of forms, the parsing child) is measured by a workbook of ten rows: a run pays
it once, so the goal is judged by the ratio without it, and the ratio of whole processes is printed beside it.
Texts stand in their cells here (`IN_PLACE=0`: in the table of shared strings, as Excel itself saves).
`TEN=1` measures ten times the rows as well, and what these cost against the others (both without the start).
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
ROWS = int(os.environ.get("ROWS", "100000"))
RUNS = int(os.environ.get("RUNS", "3"))
IN_PLACE = os.environ.get("IN_PLACE", "1") == "1"
HEADER = ["序号", "类别", "物品名称", "规格型号", "单位", "期初数量", "入库数量", "出库数量",
          "结存数量", "结存单价", "结存金额", "备注"]  # fmt: skip
OURS = """
import sys, resource
from pathlib import Path
from houqin.forms import load_forms, templates_folder
from houqin.read import read_folder, read_settings
from houqin.school import load_school
from houqin.pipeline import process_files
school = load_school(templates_folder() / "示例中学", read_settings)
result = process_files(read_folder(Path(sys.argv[1])), load_forms(), school, "2025-09-12")
frame = result.ledgers["stock_balance"].frame
print(len(frame), int(frame["close_amt"].sum()), len(result.changes), len(result.findings))
"""
PEER = """
import sys
from pathlib import Path
from python_calamine import load_workbook
rows = 0
for path in sorted(Path(sys.argv[1]).glob("*.xlsx")):
    rows += len(load_workbook(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False))
print(rows)
"""


def write_book(folder: Path, rows: int) -> None:
    """Write a stock balance that an office keeps: a tenth of its cells of words need cleaning."""
    with xlsxwriter.Workbook(str(folder / "收发存.xlsx"), {"constant_memory": IN_PLACE}) as workbook:
        sheet = workbook.add_worksheet("收发存")
        sheet.write_row(0, 0, ["示例中学物资收发存汇总表"])
        sheet.write_row(1, 0, HEADER)
        for row in range(rows):
            opening, received, issued = row % 50 + 10, row % 30, row % 9
            closing, price = opening + received - issued, (row * 37 % 900 + 100) / 100
            cells = [row + 1, f"类别{row % 12}", f"物品{row}", "标准", "个", opening,
                     f"{received}个" if row % 10 == 0 else received, issued,
                     closing, price, f"￥{closing * price:,.2f}" if row % 10 == 5 else round(closing * price, 2), None]  # fmt: skip
            sheet.write_row(row + 2, 0, cells)


def measured(script: str, folder: Path) -> tuple[float, float, str]:
    """Run a script in a process of its own; give its CPU seconds, its peak memory in MiB, and what it printed."""
    # A machine that others use may take longer than a file's usual minute by the clock; what counts is the processor.
    environment = {"HOUQIN_READ_SECONDS": "900", **os.environ, "PYTHONPATH": str(ROOT / "lib")}
    tail = "\nimport resource\nown, kin = (resource.getrusage(w) for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))\n"
    tail += "print('peak', own.ru_maxrss + kin.ru_maxrss)"
    close = "\ntry:\n    from houqin.read.reader import shared_reader; shared_reader().close()\nexcept Exception: pass\n"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-c", script + (close if script is OURS else "") + tail, str(folder)],
        check=True, capture_output=True, text=True, env=environment,
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    said, peak = done.stdout.strip().split("\npeak ")
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return cpu, int(peak) / 1024, said


def least_of(rows: int) -> tuple[float, float, float, float]:
    """Give the least CPU of ours and of calamine, then the least memory of both, for a workbook of so many rows."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_book(folder, rows)
        sides = [(measured(OURS, folder), measured(PEER, folder)) for _ in range(RUNS)]
    for ours, peer in sides:
        print(f"{rows}: ours {ours[0]:.2f} s {ours[1]:.0f} MiB ({ours[2]}), calamine {peer[0]:.2f} s {peer[1]:.0f} MiB")
    return tuple(min(side[which][n] for side in sides) for n in (0, 1) for which in (0, 1))  # type: ignore[return-value]


def main() -> None:
    """Print CPU seconds and memory of both sides in turn, and the ratios of their least; then of ten times the rows."""
    start = least_of(10)
    work = []
    for rows in (ROWS, *([ROWS * 10] if os.environ.get("TEN") else [])):
        least = least_of(rows)
        ours, peer = least[0] - start[0], least[1] - start[1]
        work.append(ours)
        print(
            f"{rows}: CPU ratio {ours / peer:.2f} without the start ({ours:.2f} to {peer:.2f} s), "
            f"{least[0] / least[1]:.2f} with it, memory ratio {least[2] / least[3]:.2f}"
        )
    if len(work) > 1:
        print(f"ten times the rows: {work[1] / work[0]:.1f} times the CPU")


if __name__ == "__main__":
    main()
