"""Which schools `houqin due` looks after: those made here, and those for which something was scheduled here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.jobs import new_school
from houqin.jobs.schedule_book import BOOK

if TYPE_CHECKING:
    from pathlib import Path

_LIST = "scheduled.txt"  # beside the list of schools that were made here


def scheduled_schools() -> list[Path]:
    """Give the folders that hold a 定时.xlsx, in the order in which they became known."""
    known = dict.fromkeys([*_lines(new_school.SCHOOLS), *_lines(_place())])
    return [path for path in map(_path, known) if (path / BOOK).is_file()]


def remember_school(folder: Path) -> None:
    """Have `due` look after a school."""
    lines = dict.fromkeys([*_lines(_place()), str(folder)])
    _place().parent.mkdir(parents=True, exist_ok=True)
    _place().write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _place() -> Path:
    return new_school.SCHOOLS.with_name(_LIST)


def _path(line: str) -> Path:
    return type(new_school.SCHOOLS)(line)


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line] if path.is_file() else []
