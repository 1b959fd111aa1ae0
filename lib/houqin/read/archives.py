"""Archives -> files in memory, named `资料.zip/七年级/收发存.xlsx`; an archive within one is opened, no further."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from houqin.errors import RefusedFile
from houqin.read.folder import not_read, skip_reason
from houqin.read.passwords import with_passwords

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.model import SourceFile
    from houqin.read.notes import Member
    from houqin.read.passwords import Passwords
    from houqin.read.reader import Reader

_ZIP = b"PK\x03\x04"
_WORKBOOK_PARTS = (b"[content_types].xml", b"_rels/", b"docprops/", b"xl/")
_NAME_AT = 30  # of the first member's name, in the first bytes of a container


@dataclass(slots=True)
class Unpacked:
    """What an archive holds: files by their path, and what of it was not unpacked, each with its reason."""

    files: list[tuple[str, bytes]] = field(default_factory=list)
    others: list[SourceFile] = field(default_factory=list)
    size: int = 0  # bytes of all archives together
    count: int = 0


def may_be_archive(head: bytes) -> bool:
    """Tell by a file's first hundred bytes whether it may be an archive: a workbook's first part gives it away."""
    return head.startswith(_ZIP) and not head[_NAME_AT:].lower().startswith(_WORKBOOK_PARTS)


class _TooMuchError(RefusedFile):
    """All of an archive is too much, not a file of it."""


def unpack(name: str, data: bytes, reader: Reader, passwords: Passwords) -> Unpacked | None:
    """Unpack an archive; None where the file is none. RefusedFile where it is locked or its contents are refused."""
    if not data.startswith(_ZIP):
        return None
    inside = with_passwords(lambda word: reader.look_inside(data, password=word), passwords(name))
    return flatten(name, inside.members, reader, passwords) if inside.members else None


def flatten(name: str, members: Sequence[Member], reader: Reader, passwords: Passwords) -> Unpacked:
    """Name an archive's files by its own name, those of the archives within it too.

    Raises RefusedFile where all of it together is more than the limits allow.
    """
    made = Unpacked()
    _take(name, members, made, reader, passwords, inner=False)
    return made


def _take(  # noqa: PLR0913  (one walk: what it takes, where it puts it, and by what means)
    name: str, members: Sequence[Member], made: Unpacked, reader: Reader, passwords: Passwords, *, inner: bool
) -> None:
    _count(members, made, reader)
    for member in members:
        path = f"{name}/{member.name}"
        hidden = next((part for part in member.name.split("/")[:-1] if part.startswith(".")), None)
        if hidden is not None:
            folder = path[: path.index(f"/{hidden}/") + len(hidden) + 1]
            made.others += [] if any(o.path == folder for o in made.others) else [not_read(folder, "hidden-folder")]
        elif member.problem:
            made.others.append(not_read(path, member.problem))
        elif member.data.startswith(_ZIP) and skip_reason(path) is None:
            _take_zip(path, member.data, made, reader, passwords, inner=inner)
        else:
            made.files.append((path, member.data))


def _take_zip(  # noqa: PLR0913  (as above)
    path: str, data: bytes, made: Unpacked, reader: Reader, passwords: Passwords, *, inner: bool
) -> None:
    """Take a workbook as it is and an archive as its files; one that is refused is told of and costs nothing else."""
    try:
        members = with_passwords(lambda word: reader.look_inside(data, password=word), passwords(path)).members
        if inner and members:
            made.others.append(not_read(path, "nested-archive"))
        elif members:
            _take(path, members, made, reader, passwords, inner=True)
        else:
            made.files.append((path, data))
    except RefusedFile as refusal:
        if refusal.code in {"encrypted", "wrong-password"}:
            made.others.append(not_read(path, refusal.code))
        elif isinstance(refusal, _TooMuchError):
            raise
        else:  # whoever reads it will say the same
            made.files.append((path, data))


def _count(members: Sequence[Member], made: Unpacked, reader: Reader) -> None:
    made.size += sum(len(member.data) for member in members)
    made.count += len(members)
    if made.count > reader.limits.archive_files:
        raise _TooMuchError("too-large", f"有 {made.count} 个")
    if made.size > reader.limits.inflated_bytes:
        raise _TooMuchError("too-large", f"解开后有 {made.size >> 20} MB")
