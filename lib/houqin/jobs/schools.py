"""Which school folders a batch is for: all below a folder, or those that a pattern names."""

from __future__ import annotations

import glob
import os
from pathlib import Path

from houqin.errors import BadParameter
from houqin.jobs.places import DECISIONS, INBOX
from houqin.school.keys import TOML, WORKBOOK

_NEVER_BELOW = {INBOX, DECISIONS}


def school_folders(where: str) -> list[Path]:
    """Give the school folders, absolute and sorted: of a folder all at or below it, else those that a glob matches.

    A school is a folder with settings, or with an inbox: one without settings fails by name and is not passed over.
    Raises BadParameter where there is none.
    """
    start = Path(where).expanduser()
    if start.is_dir():
        found = _below(start.absolute())
        if not found:
            needed = f"里面要有《{WORKBOOK}》和“{INBOX}”"
            raise BadParameter(f"“{start}”里没有学校文件夹（{needed}）。可以用 houqin init-schools 新建。")
        return found
    matched = sorted(Path(name).absolute() for name in glob.glob(str(start)))  # noqa: PTH207  (may be absolute)
    found = [folder for folder in matched if folder.is_dir() and _is_school(folder)]
    if not found:
        raise BadParameter(f"“{where}”既不是文件夹，也没有哪所学校的文件夹合这个写法（写法的例子：学校/第一学区*）。")
    return found


def _is_school(folder: Path) -> bool:
    return any((folder / name).exists() for name in (WORKBOOK, TOML, INBOX))


def _below(start: Path) -> list[Path]:
    found = []
    for place, folders, _ in os.walk(start):
        if _is_school(Path(place)):
            found.append(Path(place))
            folders.clear()
        folders[:] = sorted(name for name in folders if name not in _NEVER_BELOW and not name.startswith("."))
    return sorted(found)
