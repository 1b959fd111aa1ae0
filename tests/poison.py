"""What a school can do to the process that makes it, for real; a file 毒.txt in its folder says which."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

from houqin.jobs.batch_school import run_school as run_good_school

CALL = "poison:run_school"


def run_school(school: str, **arguments: Any) -> dict[str, Any]:
    """Do what the folder says, then what any school does."""
    word = Path(school, "毒.txt")
    poison = word.read_text(encoding="utf-8") if word.exists() else ""
    if poison == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    while poison == "loop":
        pass
    if poison == "memory":
        _eat()
    return run_good_school(school=school, **arguments)


def _eat() -> None:
    eaten = []
    while True:
        eaten.append(bytearray(1 << 26))
