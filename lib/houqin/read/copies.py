"""Byte-identical files: which of them counts."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from houqin.model import SourceFile
from houqin.read.folder import skip_reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

_COPY = re.compile(r"[\s_-]*(副本|复制|拷贝|copy)|[(（]\d+[)）]", re.IGNORECASE)
_DIGITS = re.compile(r"(\d+)")


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Sort 表2 before 表10.

    >>> sorted(["表10", "表2"], key=natural_key)
    ['表2', '表10']
    """
    pieces = _DIGITS.split(name.lower())
    return tuple((0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces if piece)


def copies_of_files(named: Sequence[tuple[str, Path]], largest: int) -> dict[str, str]:
    """Give for each further copy of the same bytes the file that counts; none of more than `largest` bytes."""
    by_size: dict[int, list[tuple[str, Path]]] = {}
    for name, path in named:
        size = size_of(path) if skip_reason(name) is None else 0
        if 0 < size <= largest:
            by_size.setdefault(size, []).append((name, path))
    # Only files of one size can be alike; the others are hashed once, when they are read.
    alike = [each for group in by_size.values() if len(group) > 1 for each in group]
    digests = [(name, *digest_of(path)) for name, path in alike]
    return _copies((name, digest) for name, digest, read in digests if read)


def copies_in_archives(members: Iterable[tuple[str, str]], outside: Mapping[str, str]) -> dict[str, str]:
    """Give the same for files of archives (path, SHA-256); one that lies `outside` (SHA-256 -> path) counts first."""
    known = list(members)
    inner = _copies((name, digest) for name, digest in known if digest not in outside)
    return {name: outside[digest] for name, digest in known if digest in outside} | inner


def copy_of(name: str, digest: str, same_as: str) -> SourceFile:
    """Give what stands for a copy that is not read."""
    reason = f"《{name}》与《{same_as}》内容完全相同，重复未用。"
    return SourceFile(name, digest, "skipped", reason=reason, same_as=same_as)


def _copies(digests: Iterable[tuple[str, str]]) -> dict[str, str]:
    by_digest: dict[str, list[str]] = {}
    for name, digest in digests:
        by_digest.setdefault(digest, []).append(name)
    copies = {}
    for names in by_digest.values():
        original, *rest = sorted(names, key=_originality)
        copies.update(dict.fromkeys(rest, original))
    return copies


def _originality(name: str) -> tuple[object, ...]:
    """Sort what is named as a copy last, then by depth, then by name."""
    return bool(_COPY.search(name.rpartition("/")[2])), name.count("/"), natural_key(name)


def size_of(path: Path) -> int:
    """Give a file's size in bytes, 0 where it cannot be had."""
    try:
        return path.stat().st_size
    except OSError:
        return 0


def digest_of(path: Path) -> tuple[str, int]:
    """Hash a file; one that cannot be opened has no hash (its refusal comes when it is read)."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return digest, file.tell()
    except OSError:
        return "", 0
