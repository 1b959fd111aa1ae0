"""Compare reading, cleaning and checking four workbooks with a pandas script that only reads and groups them.

Each side is a process of its own; CPU is user and system time of the process and its children.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import xlsxwriter

ROOT = Path(__file__).resolve().parents[2]
ROWS = 5_000
BOOKS = 4
RUNS = 3
HEADER = ["序号", "类别", "物品名称", "规格型号", "单位", "期初数量", "入库数量", "出库数量",
          "结存数量", "结存单价", "结存金额", "备注"]  # fmt: skip

OURS = """
import sys
from pathlib import Path
from houqin.forms import load_forms
from houqin.pipeline import run_pipeline
result = run_pipeline(Path(sys.argv[1]), load_forms(), None, "2025-09-12")
frame = result.ledgers["stock_balance"].frame
print(len(frame), int(frame["close_amt"].sum()), len(result.findings))
"""

PEER = """
import sys
from pathlib import Path
import pandas as pd
frames = [pd.read_excel(path, header=1) for path in sorted(Path(sys.argv[1]).glob("*.xlsx"))]
frame = pd.concat(frames)
sums = frame.groupby("类别")["结存金额"].sum()
print(len(frame), round(float(sums.sum()) * 100), 0)
"""


def write_books(folder: Path) -> None:
    """Write four clean stock balances of 5,000 rows each."""
    for book in range(BOOKS):
        with xlsxwriter.Workbook(str(folder / f"收发存{book + 1}.xlsx")) as workbook:
            sheet = workbook.add_worksheet("收发存")
            sheet.merge_range(0, 0, 0, len(HEADER) - 1, "示例中学物资收发存汇总表")
            sheet.write_row(1, 0, HEADER)
            for row in range(ROWS):
                opening, received, issued = row % 50 + 10, row % 30, row % 9
                closing, price = opening + received - issued, (row * 37 % 900 + 100) / 100
                cells = [row + 1, f"类别{row % 12}", f"物品{book}-{row}", "标准", "个", opening, received, issued,
                         closing, price, round(closing * price, 2), None]  # fmt: skip
                sheet.write_row(row + 2, 0, cells)


def cpu_seconds(script: str, folder: Path) -> tuple[float, str]:
    """Run a script in a process of its own; give its CPU seconds and what it printed."""
    before = os.times()
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "lib")}
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder)], check=True, capture_output=True, text=True, env=environment
    )
    after = os.times()
    used = after.children_user - before.children_user + after.children_system - before.children_system
    return used, done.stdout.strip()


def main() -> None:
    """Print CPU seconds of both sides in turn, and the ratio of their least."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_books(folder)
        ours, peer = [], []
        for _ in range(RUNS):
            used, said = cpu_seconds(OURS, folder)
            other, answer = cpu_seconds(PEER, folder)
            if said.split()[:2] != answer.split()[:2]:
                sys.exit(f"the two sides disagree: {said} and {answer}")
            ours.append(used)
            peer.append(other)
    print("houqin, read + clean + check:", ", ".join(f"{s:.2f}" for s in ours), "CPU s")
    print("pandas, read + group        :", ", ".join(f"{s:.2f}" for s in peer), "CPU s")
    print(f"ratio {min(ours) / min(peer):.2f} (goal: below 1)")


if __name__ == "__main__":
    main()
