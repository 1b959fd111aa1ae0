"""Time `houqin batch` over 300 small schools of three workbooks each, end to end, the bureau's workbook included."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "lib")]
from many_schools import AS_OF, BOOKS, make_schools  # noqa: E402  (behind the path)

GOAL = 60


def main() -> None:
    """Print seconds by the clock and of the processors, first for all schools, then for a second call."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as place:
        make_schools(Path(place) / "学校", count)
        words = ["batch", "semester-start", "--schools", f"{place}/学校", "--out", f"{place}/结果"]
        command = [sys.executable, "-m", "houqin", *words, "--workers", "2", "-p", f"as_of={AS_OF}"]
        print(f"{count} schools, {len(BOOKS)} workbooks each, two workers")
        for what in ("first", "again"):
            clock, used = _timed(command)
            print(f"{what}: {clock:.1f} s by the clock, {used:.1f} CPU s (goal: at most {GOAL} s for 300 on two cores)")


def _timed(command: list[str]) -> tuple[float, float]:
    before, start = os.times(), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                   env={**os.environ, "PYTHONPATH": str(ROOT / "lib")})  # fmt: skip
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - start, used


if __name__ == "__main__":
    main()
