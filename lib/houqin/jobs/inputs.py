"""The run's own copies of what it read, and the id that these bytes, the settings and the program give it."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, BinaryIO

import houqin
from houqin.errors import system_reason
from houqin.jobs.places import DECISIONS, REPOSITORY, notebook_of
from houqin.read import list_folder, not_read

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from houqin.jobs.plan import Plan
    from houqin.model import SourceFile

SOURCES = "来源"
PIECE = 1 << 20
ID_LENGTH = 12  # hex digits: short for Windows' paths, and still one in 10^14


def copy_inbox(inbox: Path, target: Path) -> tuple[dict[str, str], list[SourceFile]]:
    """Copy the inbox; give path -> SHA-256, sorted by path, and what could not be copied, each with its reason.

    Copied and not linked: a program that saves in place would else change the run's copy with the clerk's file.
    """
    target.mkdir(parents=True)
    digests = {}
    paths, left_out = list_folder(inbox)
    for path in sorted(paths):
        name = path.relative_to(inbox).as_posix()
        try:
            source = path.open("rb")
        except OSError as fault:
            left_out.append(not_read(name, "unreadable", system_reason(fault)))
            continue
        copy = target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        with source, copy.open("wb") as written:
            try:
                digests[name] = _copy(source, written)
            except _UnreadableError as fault:
                left_out.append(not_read(name, "unreadable", str(fault)))
        if name not in digests:
            copy.unlink()
    return digests, left_out


class _UnreadableError(Exception):
    """The file could be opened but not read to its end: another program holds it, or the disk is bad."""


def _copy(source: BinaryIO, target: BinaryIO) -> str:
    """Copy a file's bytes and give their SHA-256."""
    digest = hashlib.sha256()
    while True:
        try:
            piece = source.read(PIECE)
        except OSError as fault:
            raise _UnreadableError(system_reason(fault)) from fault
        if not piece:
            return digest.hexdigest()
        digest.update(piece)
        target.write(piece)


def file_digest(path: Path) -> str:
    """Give a file's SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def run_id(plan: Plan, sources: dict[str, str], left_out: Sequence[SourceFile] = ()) -> str:
    """Hash all that the result depends on: no path of this machine, and no time but the as-of date."""
    from houqin.forms import forms_digest  # noqa: PLC0415  (with numpy, while the kernel starts)

    told = {
        "as_of": plan.as_of,
        "decisions": _folder_digests(plan.school.folder / DECISIONS),
        "forms": forms_digest(),
        "job": plan.job,
        "left_out": sorted([file.path, file.reason] for file in left_out),
        "program": program_digest(plan.job),
        "settings": plan.school.settings_digest,
        "sources": sources,
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:ID_LENGTH]


def program_digest(job: str) -> str:
    """Hash the program's own files: a checkout changes without its version changing."""
    package = REPOSITORY / "lib" / "houqin"
    digest = hashlib.sha256(houqin.__version__.encode())
    for path in (*sorted(package.rglob("*.py")), notebook_of(job)):
        digest.update(path.relative_to(REPOSITORY).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _folder_digests(folder: Path) -> dict[str, str]:
    paths = sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(("~$", ".")))
    return {path.relative_to(folder).as_posix(): file_digest(path) for path in paths}
