"""Files of an inbox -> SourceFile: hashed, copies told apart, each one read, refused or passed over with a reason."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from houqin.errors import RefusedFile, system_reason
from houqin.model import SourceFile
from houqin.read.folder import LOCK_REASON, is_text, list_folder, not_read, skip_reason
from houqin.read.note_words import LOCK_WITH_DATA, note_finding
from houqin.read.notes import Note
from houqin.read.reader import Reader, shared_reader
from houqin.read.refusals import refusal_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from houqin.model import Grid

_LOCK_WITH_DATA_REASON = (
    "按名称是 Excel 的临时文件，已跳过；但它比临时文件大，里面可能有数据。需要的话请改名（去掉开头的“~$”）后再处理。"
)
# Excel's owner file has 165 bytes, LibreOffice's some more.
_LARGEST_LOCK_FILE = 512
_SUFFIXES = {
    "xlsx": {".xlsx", ".xlsm", ".xltx", ".xltm"},
    "xlsb": {".xlsb"},
    "ods": {".ods", ".ots"},
    "xls": {".xls", ".xlt", ".et", ".ett"},
    "csv": {".csv", ".tsv", ".txt"},
    "html": {".html", ".htm"},
    "xml-2003": {".xml"},
}
_FORMAT_WORDS = {
    "xlsx": " Excel 工作簿（.xlsx）", "xlsb": " Excel 二进制工作簿（.xlsb）", "ods": " OpenDocument 表格（.ods）",
    "xls": "旧版 Excel 工作簿（.xls）", "csv": "文字（CSV）", "html": "网页表格", "xml-2003": " Excel 2003 的 XML 表格",
}  # fmt: skip
_COPY = re.compile(r"[\s_-]*(副本|复制|拷贝|copy)|[(（]\d+[)）]", re.IGNORECASE)
_DIGITS = re.compile(r"(\d+)")


def read_folder(folder: Path, *, reader: Reader | None = None) -> tuple[SourceFile, ...]:
    """Read every file of a folder and its sub-folders, sorted by path; a missing folder has none.

    What cannot be opened, or is no file, is there as well, refused or passed over with its reason.
    """
    paths, others = list_folder(folder)
    return in_order([*read_files(paths, root=folder, reader=reader), *others])


def in_order(files: Iterable[SourceFile]) -> tuple[SourceFile, ...]:
    """Sort files as a person counts them, 表2 before 表10."""
    return tuple(sorted(files, key=lambda file: natural_key(file.path)))


def read_files(
    paths: Sequence[Path], *, root: Path | None = None, reader: Reader | None = None
) -> tuple[SourceFile, ...]:
    """Read files, sorted by path; of byte-identical ones the one named as the original counts."""
    reader = reader or shared_reader()
    named = sorted(((_shown(path, root), path) for path in paths), key=lambda pair: natural_key(pair[0]))
    first_of = _first_of_each(named, reader)
    return tuple(_read_one(name, path, first_of.get(name), reader) for name, path in named)


def read_settings(path: Path, *, reader: Reader | None = None) -> list[Grid]:
    """Read one workbook's grids; RefusedFile says in Chinese why not."""
    (source,) = read_files([path], reader=reader)
    if source.status != "read":
        raise RefusedFile(source.code or "skipped", source.reason or "")
    return list(source.grids)


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """Sort 表2 before 表10.

    >>> sorted(["表10", "表2"], key=natural_key)
    ['表2', '表10']
    """
    pieces = _DIGITS.split(name.lower())
    return tuple((0, int(piece), "") if piece.isdecimal() else (1, 0, piece) for piece in pieces if piece)


def _shown(path: Path, root: Path | None) -> str:
    return path.relative_to(root).as_posix() if root is not None and path.is_relative_to(root) else path.name


def _first_of_each(named: list[tuple[str, Path]], reader: Reader) -> dict[str, str]:
    """Give for each further copy of the same bytes the file that counts."""
    by_size: dict[int, list[tuple[str, Path]]] = {}
    for name, path in named:
        size = _size(path) if skip_reason(name) is None else 0
        if 0 < size <= reader.limits.file_bytes:
            by_size.setdefault(size, []).append((name, path))
    by_hash: dict[str, list[str]] = {}
    # Only files of one size can be alike; the others are hashed once, when they are read.
    for name, path in (each for group in by_size.values() if len(group) > 1 for each in group):
        digest, read = _digest(path)
        if read:
            by_hash.setdefault(digest, []).append(name)
    copies = {}
    for names in by_hash.values():
        original, *rest = sorted(names, key=_originality)
        copies.update(dict.fromkeys(rest, original))
    return copies


def _originality(name: str) -> tuple[object, ...]:
    """Sort what is named as a copy last, then by depth, then by name."""
    return bool(_COPY.search(name.rpartition("/")[2])), name.count("/"), natural_key(name)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _digest(path: Path) -> tuple[str, int]:
    """Hash a file; one that cannot be opened has no hash (its refusal comes when it is read)."""
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return digest, file.tell()
    except OSError:
        return "", 0


def _read_one(name: str, path: Path, same_as: str | None, reader: Reader) -> SourceFile:
    if not is_text(name):
        return not_read(name, "bad-name")
    skip = skip_reason(name)
    digest, size = _digest(path) if skip or same_as else ("", _size(path))
    if skip is not None:
        with_data = skip is LOCK_REASON and size > _LARGEST_LOCK_FILE
        reason = f"《{name}》{_LOCK_WITH_DATA_REASON if with_data else skip}"
        return SourceFile(name, digest, "skipped", code=LOCK_WITH_DATA if with_data else None, reason=reason)
    if same_as is not None:
        reason = f"《{name}》与《{same_as}》内容完全相同，重复未用。"
        return SourceFile(name, digest, "skipped", reason=reason, same_as=same_as)
    try:
        if size > reader.limits.file_bytes:
            digest = _digest(path)[0]
            raise RefusedFile("too-large", f"{size >> 20} MB")  # noqa: TRY301  (one place makes the sentence)
        data = _bytes_of(path)
        digest = hashlib.sha256(data).hexdigest()
        parsed = reader.read(data)
    except RefusedFile as refusal:
        sentence = refusal_sentence(refusal.code, name, str(refusal))
        return SourceFile(name, digest, "refused", code=refusal.code, reason=sentence)
    notes = [*_name_notes(name, parsed.format), *parsed.notes]
    warnings = tuple(note_finding(note, name) for note in notes)
    return SourceFile(name, digest, "read", grids=tuple(parsed.grids), warnings=warnings)


def _name_notes(name: str, found: str) -> list[Note]:
    """Tell of a name that says another format than the content has."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in _SUFFIXES[found]:
        return []
    called = f"名称以 {suffix} 结尾" if suffix else "名称没有后缀"
    return [Note("other-format", detail=f"{called}，内容其实是{_FORMAT_WORDS[found]}")]


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise RefusedFile("unreadable", system_reason(fault)) from fault
