"""Many small schools with a few workbooks each, and five among them that are poisoned."""

from __future__ import annotations

import shutil
from functools import cache
from typing import TYPE_CHECKING

from houqin.jobs.places import EXAMPLE_SCHOOL

if TYPE_CHECKING:
    from pathlib import Path

BOOKS = ("各班桌凳统计.xlsx", "教室设施检修表.xlsx", "2025年预算执行情况.xlsx")
AS_OF = "2025-09-12"
# What is wrong with the school -> a piece of the sentence that names it.
POISONS = {
    "corrupt": "收件箱里的文件一个也没有读成",
    "hostile": "收件箱里的文件一个也没有读成",
    "kill": "工作进程没了",
    "loop": "没有做完，已经停止",
    "memory": "内存不够",
}


def make_schools(folder: Path, count: int, *, books: int = len(BOOKS), poisons: tuple[str, ...] = ()) -> None:
    """Make schools 示例第1中学 … ; the first are poisoned."""
    for number in range(1, count + 1):
        make_school(folder, number, books=books)
    for number, poison in enumerate(poisons, 1):
        spoil(folder / f"示例第{number}中学", poison)


def make_school(folder: Path, number: int, *, books: int = len(BOOKS)) -> Path:
    """Make one."""
    name = f"示例第{number}中学"
    home = folder / name
    (home / "收件箱").mkdir(parents=True)
    (home / "school.toml").write_text(_settings().replace("示例中学", name), encoding="utf-8")
    for book in BOOKS[:books]:
        shutil.copy(_book(book), home / "收件箱" / book)
    return home


def spoil(home: Path, poison: str) -> None:
    """Poison a school."""
    if poison not in {"corrupt", "hostile"}:
        (home / "毒.txt").write_text(poison, encoding="utf-8")
        return
    for book in (home / "收件箱").iterdir():
        whole = book.read_bytes()
        book.write_bytes(whole[: len(whole) // 2] if poison == "corrupt" else whole[:30] + b"\xff" * 4000 + whole[30:])


@cache
def _settings() -> str:
    return (EXAMPLE_SCHOOL / "school.toml").read_text(encoding="utf-8")


@cache
def _book(name: str) -> Path:
    return next((EXAMPLE_SCHOOL / "收件箱").rglob(name))
