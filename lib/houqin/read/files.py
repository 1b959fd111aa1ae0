"""Files of an inbox -> SourceFile: hashed, copies told apart, each one read, refused or passed over with a reason."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from houqin.errors import RefusedFile, system_reason
from houqin.model import SourceFile, is_answer_sheet, is_ledger_sheet
from houqin.read.ahead import ReadAhead
from houqin.read.archives import flatten
from houqin.read.computed import Computing
from houqin.read.copies import copies_in_archives, copies_of_files, copy_of, digest_of, natural_key, size_of
from houqin.read.folder import LOCK_REASON, is_text, list_folder, not_read, skip_reason
from houqin.read.note_words import LOCK_WITH_DATA, note_finding
from houqin.read.notes import Note
from houqin.read.passwords import no_passwords, with_passwords
from houqin.read.reader import Reader, shared_reader
from houqin.read.refusals import refusal_sentence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from houqin.model import Grid
    from houqin.read.archives import Unpacked
    from houqin.read.engine import Engine
    from houqin.read.notes import Parsed
    from houqin.read.passwords import Passwords

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


def read_folder(
    folder: Path, *, reader: Reader | None = None, passwords: Passwords = no_passwords, engine: Engine | None = None
) -> tuple[SourceFile, ...]:
    """Read every file of a folder and its sub-folders, sorted by path; a missing folder has none.

    What cannot be opened, or is no file, is there as well, refused or passed over with its reason.
    """
    paths, others = list_folder(folder)
    files = read_files(paths, root=folder, reader=reader, passwords=passwords, engine=engine)
    return in_order([*files, *others])


def in_order(files: Iterable[SourceFile]) -> tuple[SourceFile, ...]:
    """Sort files as a person counts them, 表2 before 表10."""
    return tuple(sorted(files, key=lambda file: natural_key(file.path)))


def read_files(
    paths: Sequence[Path],
    *,
    root: Path | None = None,
    reader: Reader | None = None,
    passwords: Passwords = no_passwords,
    engine: Engine | None = None,
) -> tuple[SourceFile, ...]:
    """Read files, sorted by path; of byte-identical ones the one named as the original counts.

    An archive stands for the files in it, each named by its way there: 资料.zip/七年级/收发存.xlsx.
    `engine` computes formulas whose values a file does not hold; without one they are reported as missing.
    """
    reader = reader or shared_reader()
    named = sorted(((_shown(path, root), path) for path in paths), key=lambda pair: natural_key(pair[0]))
    first_of = copies_of_files(named, reader.limits.file_bytes)
    ahead = ReadAhead(reader, (path for name, path in named if name not in first_of and skip_reason(name) is None))
    reading = _Reading(reader, ahead, passwords, Computing(reader, engine) if engine is not None else None)
    files = [file for name, path in named for file in reading.read_path(name, path, first_of.get(name))]
    if reading.archives:
        files = list(in_order([*files, *reading.read_archives(files)]))
    return reading.computed(files)


def read_settings(path: Path, *, reader: Reader | None = None) -> list[Grid]:
    """Read one workbook's grids; RefusedFile says in Chinese why not."""
    source, *more = read_files([path], reader=reader)
    if more:
        raise RefusedFile("not-a-workbook", refusal_sentence("not-a-workbook", path.name, "这是压缩包"))
    if source.status != "read":
        raise RefusedFile(source.code or "skipped", source.reason or "")
    return list(source.grids)


def _shown(path: Path, root: Path | None) -> str:
    return path.relative_to(root).as_posix() if root is not None and path.is_relative_to(root) else path.name


@dataclass(slots=True)
class _Reading:
    """One pass over some files, and the archives that were found among them."""

    reader: Reader
    ahead: ReadAhead
    passwords: Passwords
    computing: Computing | None = None
    archives: list[Unpacked] = field(default_factory=list)

    def read_path(self, name: str, path: Path, same_as: str | None) -> list[SourceFile]:
        """Read a file that lies in a folder; an archive gives nothing yet."""
        if not is_text(name):
            return [not_read(name, "bad-name")]
        skip = skip_reason(name)
        digest, size = digest_of(path) if skip or same_as else ("", size_of(path))
        if skip is not None:
            return [_passed_over(name, digest, size, skip)]
        if same_as is not None:
            return [copy_of(name, digest, same_as)]
        if size > self.reader.limits.file_bytes:
            return [_refused(name, digest_of(path)[0], RefusedFile("too-large", f"{size >> 20} MB"))]
        try:
            data = self.ahead.bytes_of(path)
        except OSError as fault:
            return [_refused(name, "", RefusedFile("unreadable", system_reason(fault)))]
        return self._read(name, data)

    def read_archives(self, outside: Iterable[SourceFile]) -> list[SourceFile]:
        """Read the files of all archives; of what lies `outside` too, that one counts."""
        members = [each for archive in self.archives for each in archive.files]
        digests = [(name, hashlib.sha256(data).hexdigest()) for name, data in members if skip_reason(name) is None]
        read = {file.sha256: file.path for file in outside if file.status != "skipped" and file.sha256}
        first_of = copies_in_archives(digests, read)
        files = [file for archive in self.archives for file in archive.others]
        for name, data in members:
            files += self._read_member(name, data, first_of.get(name))
        return files

    def computed(self, files: Sequence[SourceFile]) -> tuple[SourceFile, ...]:
        """Give the files, with what was computed for them."""
        made = self.computing.finish() if self.computing is not None else {}
        return tuple(_source(f.path, f.sha256, made[f.path]) if f.path in made else f for f in files)

    def _read_member(self, name: str, data: bytes, same_as: str | None) -> list[SourceFile]:
        skip = skip_reason(name)
        if skip is None and same_as is None:
            return self._read(name, data)
        digest = hashlib.sha256(data).hexdigest()
        return [copy_of(name, digest, same_as) if same_as else _passed_over(name, digest, len(data), skip or "")]

    def _read(self, name: str, data: bytes) -> list[SourceFile]:
        digest = hashlib.sha256(data).hexdigest()
        try:
            parsed = with_passwords(lambda word: self.ahead.read(data, word), self.passwords(name))
            if parsed.members:
                self.archives.append(flatten(name, parsed.members, self.reader, self.passwords))
                return []
        except RefusedFile as refusal:
            return [_refused(name, digest, refusal)]
        # The formulas of a ledger that comes back are our own, and made anew with each run.
        if self.computing is not None and not any(is_ledger_sheet(grid) for grid in parsed.grids):
            self.computing.take(name, data, parsed)
        return [_source(name, digest, parsed)]


def _source(name: str, digest: str, parsed: Parsed) -> SourceFile:
    grids, answers = content_of(parsed.grids)
    ledgers = tuple(grid for grid in grids if is_ledger_sheet(grid))
    grids = tuple(grid for grid in grids if not is_ledger_sheet(grid)) if ledgers else grids
    ours = {grid.sheet for grid in (*answers, *ledgers)}
    notes = [*_name_notes(name, parsed.format), *(note for note in parsed.notes if note.sheet not in ours)]
    warnings = tuple(note_finding(note, name) for note in notes)
    return SourceFile(
        name, digest, "read", grids=grids, warnings=warnings, answer_sheets=answers, ledger_sheets=ledgers
    )  # fmt: skip


def content_of(grids: Iterable[Grid]) -> tuple[tuple[Grid, ...], tuple[Grid, ...]]:
    """Part a workbook's sheets: the clerk's own, and lists that an earlier run wrote into a marked copy."""
    listed = list(grids)
    ours = [is_answer_sheet(grid) for grid in listed]
    own = tuple(grid for grid, answers in zip(listed, ours, strict=True) if not answers)
    return own, tuple(grid for grid, answers in zip(listed, ours, strict=True) if answers)


def _refused(name: str, digest: str, refusal: RefusedFile) -> SourceFile:
    sentence = refusal_sentence(refusal.code, name, str(refusal))
    return SourceFile(name, digest, "refused", code=refusal.code, reason=sentence)


def _passed_over(name: str, digest: str, size: int, skip: str) -> SourceFile:
    with_data = skip is LOCK_REASON and size > _LARGEST_LOCK_FILE
    reason = f"《{name}》{_LOCK_WITH_DATA_REASON if with_data else skip}"
    return SourceFile(name, digest, "skipped", code=LOCK_WITH_DATA if with_data else None, reason=reason)


def _name_notes(name: str, found: str) -> list[Note]:
    """Tell of a name that says another format than the content has."""
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in _SUFFIXES[found]:
        return []
    called = f"名称以 {suffix} 结尾" if suffix else "名称没有后缀"
    return [Note("other-format", detail=f"{called}，内容其实是{_FORMAT_WORDS[found]}")]
