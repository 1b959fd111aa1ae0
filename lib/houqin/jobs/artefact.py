"""What is left of a run as a file: whole or not at all, and in its first cell how the run ended."""

from __future__ import annotations

import itertools
import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# papermill takes cells of this tag out when it runs the notebook again.
_TAG = "papermill-error-cell-tag"
_COUNTER = itertools.count(1)
STATE = "houqin-state"


class Failure(NamedTuple):
    """Why a run ended before its time, and what a person can do about it."""

    why: str
    what_to_do: str


KILLED = Failure(
    "运行笔记本的进程被系统结束了，多半是内存不够，也可能是被人结束的。",
    "关掉别的程序，或少放一些文件，再运行一次。",
)
GONE = Failure("运行笔记本的进程自己停了，没有留下说明。", "再运行一次；每次都停在这一格，就是这一格的程序有问题。")
NOT_STARTED = Failure(
    "运行笔记本的进程没有启动起来。", "看看运行时的提示里它最后说了什么；电脑太忙的话，过一会儿再运行一次。"
)
MEMORY = Failure("内存用到了上限，这一格没有做完。", "少放一些文件，或换一台内存大的电脑，或调高上限，再运行一次。")
INTERRUPTED = Failure("被人中断了。", "要结果的话，再运行一次。")
BROKEN = Failure("运行笔记本的程序自己出了错。", "再运行一次；还是不行，把运行时的提示发给维护的人。")
TOO_MUCH = Failure("这一格输出的内容超过了上限。", "检查是不是在循环里不停地打印，改好后再运行一次。")


def timed_out(seconds: float) -> Failure:
    """Give the failure of a cell that took longer than it may."""
    return Failure(
        f"这一格超过了 {seconds:g} 秒的时限。",
        "看看是不是死循环，或在等网络、等别的文件；确实要这么久，就把时限调长，再运行一次。",
    )


def failed_cell(notebook: Any, index: int, failure: Failure) -> Any:  # noqa: ANN401  (nbformat's nodes)
    """Put a first cell into a notebook that says in Chinese that, where and why it failed, and what to do."""
    cell = notebook.cells[index]
    count = cell.get("execution_count")
    label = f"第 {index + 1} 格" + (f"（`In [{count}]`）" if count else "")
    text = (
        f'<span style="color:red; font-size:1.6em;">运行失败（FAILED）</span>\n\n- 停在：{label}\n'
        f"- 原因：{failure.why}\n- 怎么办：{failure.what_to_do}\n\n"
        "这一格以前的各格是做完了的；这一格没有做完，以后的各格没有运行。"
    )
    return _put_first(notebook, text, "FAILED")


def running_cell(notebook: Any, index: int) -> Any:  # noqa: ANN401  (as above)
    """Put a first cell into a notebook that is saved on the way."""
    text = (
        f"**还没有做完**：保存的时候正在做第 {index + 1} 格，共 {len(notebook.cells)} 格。"
        "没有程序在运行的话，就是运行的程序中途没了（断电或被强行结束），请再运行一次。"
    )
    return _put_first(notebook, text, "RUNNING")


def _put_first(notebook: Any, text: str, state: str) -> Any:  # noqa: ANN401  (as above)
    import nbformat  # noqa: PLC0415  (the writer below is used without it)

    cell: Any = nbformat.v4.new_markdown_cell(text)  # type: ignore[no-untyped-call]
    cell.metadata["tags"] = [_TAG]
    cell.metadata[STATE] = state
    if not (notebook.nbformat == 4 and notebook.nbformat_minor >= 5):
        cell.pop("id", None)
    notebook.cells.insert(0, cell)
    return cell


def write_whole(path: Path, text: str, *, replace: Callable[[Path, Path], object] = os.replace) -> None:
    """Write a text file so that nobody ever sees half of it: beside it, to the disk, then in its place.

    What is no plain file (a device, a pipe) is written to as it is. Raises OSError, and then the file is as it was.
    """
    with suppress(OSError):
        path = path.resolve()  # a link goes on pointing at the same file
    try:
        mode = path.stat().st_mode
    except OSError:
        mode = None
    if mode is not None and not stat.S_ISREG(mode):
        path.write_text(text, encoding="utf-8")
        return
    beside = path.with_name(f".{path.name}.{os.getpid()}-{next(_COUNTER)}.tmp")
    try:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            beside.chmod(stat.S_IMODE(mode))
        replace(beside, path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
