"""The faults of files, forms, settings and parameters; what is wrong in the data is a Finding, never an exception."""

from __future__ import annotations

import errno
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_NO_SHARE = (errno.EHOSTDOWN, errno.EHOSTUNREACH, errno.ENETDOWN, errno.ENETUNREACH, errno.ENOTCONN)
# What the system says in English, as a clerk would say it.
_REASONS = {
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "分给这个用户的磁盘空间用完了",
    errno.EFBIG: "文件比系统允许的大",
    errno.EACCES: "没有权限，或正被别的程序占用",
    errno.EPERM: "没有权限，或正被别的程序占用",
    errno.EROFS: "这个位置只能读，不能写",
    errno.ENOENT: "已不在原处，可能被删除或改名",
    errno.ENOTEMPTY: "里面还有别的文件",
    errno.ENOTDIR: "路径中有一段是文件，不是文件夹",
    errno.EISDIR: "是文件夹，不是文件",
    errno.EEXIST: "同名的文件或文件夹已经在那里",
    errno.ENAMETOOLONG: "路径或文件名太长",
    errno.EIO: "磁盘或网络盘读写出错",
    errno.EBUSY: "正被别的程序占用",
    errno.ELOOP: "链接绕成了圈",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "打开的文件太多",
    errno.ENOMEM: "内存不够",
    errno.ENODEV: "磁盘已拔出或断开",
    errno.ENXIO: "磁盘已拔出或断开",
    errno.ESTALE: "网络盘断开过，打开的文件失效了",
    errno.ETIMEDOUT: "网络盘没有应答",
    **dict.fromkeys(_NO_SHARE, "连不上网络盘"),
}
_CROWDED = (errno.EMFILE, errno.ENFILE, errno.ENOMEM)
_AWAY = (errno.ENODEV, errno.ENXIO, errno.ESTALE, errno.ETIMEDOUT, *_NO_SHARE)
_ADVICE = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "请腾出空间再运行一次。"),
    **dict.fromkeys(_CROWDED, "请关掉别的程序再运行一次。"),
    **dict.fromkeys(_AWAY, "请把盘重新接上、能打开里面的文件夹以后，再运行一次。"),
}


class HouqinError(Exception):
    """A fault that a person can mend; its text is a Chinese sentence: where, what was found, what to do."""

    def _render_traceback_(self) -> list[str]:
        """Show the sentence alone where IPython would show a page of English: the clerk is to read it."""
        return str(self).splitlines()


class RefusedFile(HouqinError):
    """A workbook that is not read.

    `code` is a stable kebab-case word (`encrypted`, `not-a-workbook`, …), the text the sentence for the clerk.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class BadDescription(HouqinError):
    """Form files or settings with mistakes: `problems` lists all of them, each with its place."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class BadParameter(HouqinError):
    """A parameter or an option that is unknown, of the wrong kind or out of range (exit status 2)."""


class LockHeld(HouqinError):
    """Another run is writing to the same place (exit status 75)."""


class FailedRun(HouqinError):
    """A run that could not be finished or whose outputs did not pass their check (exit status 1)."""


def system_reason(fault: OSError) -> str:
    """Say in a Chinese phrase why the system refused to read or write."""
    return _REASONS.get(fault.errno or 0) or fault.strerror or str(fault) or type(fault).__name__


def system_sentence(fault: OSError) -> str:
    """Say in a Chinese sentence which file or folder the system refused, and why."""
    path = fault.filename2 or fault.filename
    what = f"“{path}”" if isinstance(path, str) else "文件"
    advice = _ADVICE.get(fault.errno or 0, "请看看这个位置还在不在、能不能写，再运行一次。")
    return f"{what}读写不成：{system_reason(fault)}。{advice}"


@contextmanager
def system_faults_told() -> Iterator[None]:
    """Turn what the system refuses into FailedRun: a full disk is no fault of the program, and no page of English."""
    try:
        yield
    except OSError as fault:
        raise FailedRun(system_sentence(fault)) from fault


@contextmanager
def database_faults_told(path: Path) -> Iterator[None]:
    """Turn what SQLite cannot read or write into FailedRun: its faults are no OSError, a full disk among them."""
    try:
        yield
    except Exception as fault:
        if type(fault).__module__ != "sqlite3":  # by its name: this module is loaded where no database is wanted
            raise
        reason = _REASONS[errno.ENOSPC] if "full" in str(fault) else f"磁盘读写出错（{fault}）"
        raise FailedRun(f"“{path.name}”读写不成：{reason}。请看看磁盘还有没有空间、能不能写，再运行一次。") from fault
