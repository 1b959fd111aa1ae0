"""The run's own copies of what it read, and the id that these bytes, the settings and the program give it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import TYPE_CHECKING, BinaryIO

import houqin
from houqin.errors import RefusedFile, system_reason
from houqin.jobs.places import DECISIONS, REPOSITORY, notebook_of
from houqin.read import list_folder, not_read
from houqin.read.archives import may_be_archive, unpack
from houqin.read.copies import copies_of_files, copy_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from houqin.jobs.access import Access
    from houqin.jobs.plan import Plan
    from houqin.model import SourceFile
    from houqin.read.archives import Unpacked

SOURCES = "来源"
ORIGINALS = "原压缩包"
HEAD = 100  # bytes that tell an archive from a workbook
PIECE = 1 << 20
ID_LENGTH = 12  # hex digits: short for Windows' paths, and still one in 10^14


@dataclass(frozen=True, slots=True)
class Copied:
    """The run's copy of an inbox: path -> SHA-256, what could not be copied, each with its reason.

    An archive that opens lies there as a folder of its own name, so that a link to a cell of one of its files leads to
    that file; the archive itself lies in the folder `originals`, which is None where there is no such archive.
    """

    digests: dict[str, str]
    left_out: list[SourceFile]
    originals: str | None = None


def copy_inbox(inbox: Path, target: Path, access: Access) -> Copied:
    """Copy the inbox, sorted by path, archives unpacked.

    Copied and not linked: a program that saves in place would else change the run's copy with the clerk's file.
    """
    target.mkdir(parents=True)
    paths, left_out = list_folder(inbox)
    copied = Copied(_copy_files(inbox, sorted(paths), target, left_out), left_out)
    return _unpack_archives(target, copied, access)


def _copy_files(inbox: Path, paths: Sequence[Path], target: Path, left_out: list[SourceFile]) -> dict[str, str]:
    digests = {}
    for path in paths:
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
    return digests


def _unpack_archives(target: Path, copied: Copied, access: Access) -> Copied:
    """Put a folder in the place of each archive that opens; whoever reads the folder refuses the others by name."""
    candidates = [(name, target / name) for name in copied.digests if _may_be_archive(target / name)]
    same_as = copies_of_files(candidates, access.reader.limits.file_bytes)
    digests, left_out = dict(copied.digests), list(copied.left_out)
    originals = _free_name(target)
    for name, path in candidates:
        made = _unpacked(name, path, access)
        if made is None:
            continue
        kept = target / originals / name
        kept.parent.mkdir(parents=True, exist_ok=True)
        path.rename(kept)
        digests[f"{originals}/{name}"] = digest = digests.pop(name)
        if name in same_as:
            left_out.append(copy_of(name, digest, same_as[name]))
            continue
        left_out += made.others
        for own, data in made.files:
            (target / own).parent.mkdir(parents=True, exist_ok=True)
            (target / own).write_bytes(data)
            digests[own] = hashlib.sha256(data).hexdigest()
    found = originals if (target / originals).exists() else None
    return Copied(dict(sorted(digests.items())), left_out, found)


def _may_be_archive(path: Path) -> bool:
    with path.open("rb") as file:
        return may_be_archive(file.read(HEAD))


def _unpacked(name: str, path: Path, access: Access) -> Unpacked | None:
    if path.stat().st_size > access.reader.limits.file_bytes:
        return None
    try:
        return unpack(name, path.read_bytes(), access.reader, access.passwords)
    except RefusedFile:
        return None


def _free_name(target: Path) -> str:
    """Give a name for the archives' folder that nothing of the inbox has."""
    return next(name for name in (f"{ORIGINALS}{n or ''}" for n in count()) if not (target / name).exists())


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


def run_id(  # noqa: PLR0913  (all that the result depends on)
    plan: Plan, copied: Copied, access: Access, opened: Iterable[str] = (), *, earlier: str | None = None,
    written: Mapping[str, str] | None = None, closed: Mapping[str, str] | None = None,
) -> str:
    """Hash all that the result depends on: no path of this machine, and no time but the as-of date.

    `opened` are the locked files that a password opens: without it the result is another. `earlier` is the SHA-256 of
    the ledgers of the run that it carries on, `written` that of the runs whose ledgers came back, by run id; `closed`
    that of the rows that it freezes, by year.
    """
    from houqin.forms import forms_digest  # noqa: PLC0415  (with numpy, while the kernel starts)

    told = {
        "chosen": dict(plan.chosen),
        "period": plan.period,
        "earlier": earlier,
        "decisions": _folder_digests(plan.school.folder / DECISIONS),
        "forms": forms_digest(),
        "job": plan.job,
        "left_out": sorted([file.path, file.reason] for file in copied.left_out),
        "opened": sorted(opened),
        "program": program_digest(plan.job),
        "settings": plan.school.settings_digest,
        "reading": access.told,
        "sources": copied.digests,
        "written": dict(written or {}),
        "closed": dict(closed or {}),
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:ID_LENGTH]


def program_digest(job: str) -> str:
    """Hash the program's own files, as a checkout changes without its version changing, and the job's notebook."""
    return hashlib.sha256(_package_digest() + _digest_of(notebook_of(job))).hexdigest()


@cache
def _package_digest() -> bytes:
    """Hash the package once: a process goes on with what it has loaded, whatever is written over it meanwhile."""
    files = sorted((REPOSITORY / "lib" / "houqin").rglob("*.py"))
    return hashlib.sha256(houqin.__version__.encode() + b"".join(map(_digest_of, files))).digest()


def _digest_of(path: Path) -> bytes:
    name = path.relative_to(REPOSITORY).as_posix().encode()
    return name + b"\0" + hashlib.sha256(path.read_bytes()).digest()


def _folder_digests(folder: Path) -> dict[str, str]:
    paths = sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith(("~$", ".")))
    return {path.relative_to(folder).as_posix(): file_digest(path) for path in paths}
