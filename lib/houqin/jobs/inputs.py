"""The run's own copies of what it read, and the id that these bytes, the settings and the program give it."""

from __future__ import annotations

import hashlib
import json
import shutil
from typing import TYPE_CHECKING

import houqin
from houqin.errors import FailedRun, system_reason
from houqin.jobs.places import DECISIONS, REPOSITORY, notebook_of

if TYPE_CHECKING:
    from pathlib import Path

    from houqin.jobs.plan import Plan

SOURCES = "来源"
ID_LENGTH = 12  # hex digits: short for Windows' paths, and still one in 10^14


def copy_inbox(inbox: Path, target: Path) -> dict[str, str]:
    """Copy the inbox and give path -> SHA-256, sorted by path.

    Copied and not linked: a program that saves in place would else change the run's copy with the clerk's file.
    What the system will not let us read is left out where it is a program's own lock file (`~$…`), and fails else.
    """
    target.mkdir(parents=True)
    digests = {}
    for path in sorted(p for p in inbox.rglob("*") if p.is_file()):
        name = path.relative_to(inbox)
        if any(part.startswith(".") for part in name.parts[:-1]):
            continue
        copy = target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(path, copy)
        except OSError as fault:
            copy.unlink(missing_ok=True)
            if path.name.startswith("~$"):
                continue
            reason = system_reason(fault)
            raise FailedRun(f"《{name.as_posix()}》读不出来（{reason}），请关闭正在使用它的程序后再运行。") from fault
        digests[name.as_posix()] = file_digest(copy)
    return digests


def file_digest(path: Path) -> str:
    """Give a file's SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def run_id(plan: Plan, sources: dict[str, str]) -> str:
    """Hash all that the result depends on: no path of this machine, and no time but the as-of date."""
    from houqin.forms import load_forms  # noqa: PLC0415  (with numpy, while the kernel starts)

    told = {
        "as_of": plan.as_of,
        "decisions": _folder_digests(plan.school.folder / DECISIONS),
        "forms": load_forms().digest,
        "job": plan.job,
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
