"""One run at a time in one place, held by the operating system: a lock never outlives its holder."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

from houqin.errors import LockHeld

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOCK_FILE = ".lock"
# Windows locks a range of bytes against reading as well, so the byte lies behind the text that says who holds it.
LOCK_BYTE = 4096


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder's lock; LockHeld (exit status 75) where another run has it.

    A lock file whose holder died is free again by itself; the file stays and means nothing by itself.
    """
    with (folder / LOCK_FILE).open("a+b") as file:
        if not _take(file):
            raise LockHeld(f"“{folder}”里正有另一个运行（{_holder(file)}），请等它结束再来。")
        file.truncate(0)
        file.write(f"进程 {os.getpid()}\n".encode())
        file.flush()
        yield


def _holder(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read(200).decode("utf-8", errors="replace").strip() or "刚刚开始"


def _take(file: IO[bytes]) -> bool:
    """Take the lock without waiting; closing the file or the end of the process gives it back."""
    try:
        if sys.platform == "win32":
            import msvcrt  # noqa: PLC0415  (Windows only)

            os.lseek(file.fileno(), LOCK_BYTE, os.SEEK_SET)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415  (POSIX only)

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True  # a network drive without locks: what is left is that publishing is one rename
    return True
