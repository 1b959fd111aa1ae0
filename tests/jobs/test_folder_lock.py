"""One run at a time in one place, and no lock outlives its holder."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from houqin.errors import LockHeld
from houqin.jobs.folder_lock import LOCK_FILE, locked

if TYPE_CHECKING:
    from pathlib import Path

HOLD = """
import sys, pathlib
from houqin.jobs.folder_lock import locked
with locked(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_run_is_refused_while_the_first_holds_the_lock_and_not_after_its_death(tmp_path: Path) -> None:
    """The refusal says who holds it; a holder that was killed leaves a file that stands in nobody's way."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LockHeld, match=f"进程 {holder.pid}"), locked(tmp_path):
            pass
        holder.kill()
        holder.wait()
    assert (tmp_path / LOCK_FILE).exists()
    with locked(tmp_path):
        assert (tmp_path / LOCK_FILE).read_text(encoding="utf-8").startswith("进程 ")
