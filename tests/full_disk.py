"""Run the job on a disk that is too small, a little larger each time, and tell as JSON what came of each run.

    unshare -m [-r] python tests/full_disk.py tmpfs FOLDER KIB KIB …   a real small tmpfs, which nobody else sees
    python tests/full_disk.py limit FOLDER KIB KIB …                   where none can be mounted: no file may be larger

A size of 0 makes the disk read-only instead. The last run has all the room that it wants. FOLDER holds 学校 (a
school's folder) beside 盘 (where the disk is).
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from houqin.jobs.history import History
from houqin.jobs.runs import RECORD, TEMPORARY, verify_run

JOB = "semester-start"
ROOM = 256 << 10  # KiB


def main() -> None:
    """Make the runs."""
    how, folder, *sizes = sys.argv[1:]
    disk = Path(folder) / "盘"
    disk.mkdir()
    if how == "tmpfs":
        _mount(disk, ROOM)
    told = [_run(how, disk, size) for size in (*map(int, sizes), ROOM)]
    json.dump(told, sys.stdout, ensure_ascii=False)


def _mount(disk: Path, size: int, *, again: bool = False) -> None:
    options = ("remount," if again else "") + (f"rw,size={size}k" if size else "ro")
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(disk)], check=True)


def _run(how: str, disk: Path, size: int) -> dict[str, Any]:
    if how == "tmpfs":
        _mount(disk, size, again=True)
    out = disk / "结果"
    words = ["run", JOB, "--school", str(disk.parent / "学校"), "--out", str(out)]
    limit = None if how == "tmpfs" or size == ROOM else (lambda: _limit(size << 10))
    done = subprocess.run([sys.executable, "-m", "houqin", *words], capture_output=True, encoding="utf-8", check=False,
                          preexec_fn=limit)  # fmt: skip
    runs = [path.parents[1] for path in out.glob(f"*/{JOB}/*/*/{RECORD}") if path.parts[-4] != "failed"]
    return {
        "size": size,
        "status": done.returncode,
        "said": done.stderr,
        "published": [verify_run(run) for run in runs],
        "temporary": [path.name for path in out.glob(f"*/{JOB}/*/{TEMPORARY}*")],
        "history": _history(out),
    }


def _limit(size: int) -> None:
    import resource  # noqa: PLC0415  (not on Windows)

    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def _history(out: Path) -> list[str]:
    """Give how the runs ended, the oldest first; it can be read however full the disk is."""
    return [each.status for each in reversed(History(out).entries(most=1000))]


if __name__ == "__main__":
    main()
