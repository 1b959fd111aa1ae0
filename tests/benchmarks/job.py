"""Time the semester-start job on the example school, from the command line, after one warm-up."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUNS = 5


def main() -> None:
    """Print the wall-clock seconds of each run, and their median."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, str(ROOT / "run.py"), "semester-start", "--out", out]
        seconds = []
        for _ in range(RUNS + 1):
            start = time.perf_counter()
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            seconds.append(time.perf_counter() - start)
    print("warm-up", f"{seconds[0]:.2f} s; then", ", ".join(f"{s:.2f}" for s in seconds[1:]), "s")
    print(f"median {statistics.median(seconds[1:]):.2f} s (goal: at most 4 s)")


if __name__ == "__main__":
    main()
