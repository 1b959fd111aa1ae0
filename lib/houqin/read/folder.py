"""What lies in a folder: the files to read, and what is none, each named with the reason."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from houqin.errors import system_reason
from houqin.model import SourceFile
from houqin.read.refusals import refusal_sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCK_REASON = "是 Excel 打开文件时留下的临时文件，已跳过。"
_SYSTEM_REASON = "是系统自己的文件，已跳过。"
_HIDDEN_REASON = "是隐藏的文件夹，里面的文件没有读取。"
_SYSTEM_NAMES = {"thumbs.db", "desktop.ini", ".ds_store"}


def list_folder(folder: Path, *, root: Path | None = None) -> tuple[list[Path], list[SourceFile]]:
    """List a folder and its sub-folders: files that can be tried, and what is refused or passed over unopened.

    Names count from `root`, else from the folder; a missing folder has none of either.
    """
    if not folder.is_dir():
        return [], []
    files: list[Path] = []
    others: list[SourceFile] = []
    for path, problem in _walk(folder):
        if problem is None:
            files.append(path)
        else:
            name = path.relative_to(root or folder).as_posix()
            others.append(not_read(folder.name if name == "." else name, *problem))
    return files, others


def not_read(name: str, code: str, detail: str = "") -> SourceFile:
    """Give what stands for a file that was not opened: passed over where that is usual for its name, else refused."""
    shown = readable_name(name)
    reason = _HIDDEN_REASON if code == "hidden-folder" else skip_reason(name)
    if reason is not None:
        return SourceFile(shown, "", "skipped", reason=f"《{shown}》{reason}")
    return SourceFile(shown, "", "refused", code=code, reason=refusal_sentence(code, shown, detail))


def skip_reason(name: str) -> str | None:
    """Say why a file of this name is no document, None where it may be one."""
    last = name.rpartition("/")[2]
    if last.startswith("~$") or (last.startswith(".~") and last.endswith((".xlsx", ".xls", ".et", "#"))):
        return LOCK_REASON
    return _SYSTEM_REASON if last.lower() in _SYSTEM_NAMES or last.startswith("._") else None


def readable_name(name: str) -> str:
    """Give a name as text; bytes of another encoding are tried as GBK, of a zip that Chinese Windows made.

    >>> readable_name("报修.xlsx")
    '报修.xlsx'
    """
    if is_text(name):
        return name
    data = os.fsencode(name)
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        return data.decode("utf-8", errors="replace")


def is_text(name: str) -> bool:
    """Tell whether a name can be written down: one in another encoding has no text, only bytes."""
    return not any("\ud800" <= sign <= "\udfff" for sign in name)


def _walk(folder: Path) -> Iterator[tuple[Path, tuple[str, str] | None]]:
    """Give each thing with what keeps us from reading it."""
    unreadable: list[OSError] = []
    for place, folders, names in os.walk(folder, onerror=unreadable.append):
        for name in sorted(folders):
            path = Path(place, name)
            if name.startswith("."):
                folders.remove(name)
                yield path, ("hidden-folder", "")
            elif path.is_symlink():
                yield path, ("linked-folder", "")
        for name in names:
            yield Path(place, name), _problem(Path(place, name))
    for fault in unreadable:
        yield Path(fault.filename), ("unreadable", system_reason(fault))


def _problem(path: Path) -> tuple[str, str] | None:
    if not is_text(path.name):
        return "bad-name", ""
    try:
        mode = path.stat().st_mode
    except OSError as fault:
        # not Path.is_symlink, which raises where a folder may be listed and not entered
        return ("broken-link", "") if os.path.islink(path) else ("unreadable", system_reason(fault))  # noqa: PTH114
    return None if stat.S_ISREG(mode) else ("not-a-file", "")
