"""A zip's central directory as all usual programs write it, read in one pass; any other is left to `zipfile`."""

from __future__ import annotations

import struct
from typing import NamedTuple

_END = struct.Struct("<4s4H2LH")
_ENTRY = struct.Struct("<4s6H3L5H2L")
_END_MARK, _ENTRY_MARK = b"PK\x05\x06", b"PK\x01\x02"
# Of the flags: level of deflation, sizes that follow the data, names in UTF-8. Anything else is rare.
_USUAL_FLAGS = 0x080E
_OF_ZIP64 = 0xFFFFFFFF


class Member(NamedTuple):
    """What the directory says of a part; the names are those of `zipfile.ZipInfo`."""

    filename: str
    orig_filename: str
    flag_bits: int
    compress_type: int
    CRC: int
    compress_size: int
    file_size: int
    header_offset: int

    def is_dir(self) -> bool:
        """Tell an entry that stands for a folder."""
        return self.filename.endswith("/")


def usual_directory(data: bytes) -> list[Member] | None:
    """Give all members in order of the directory; None where it is not as usual, or there are none."""
    end = len(data) - _END.size
    if end < 0:
        return None
    mark, disk, first_disk, here, count, size, start, comment = _END.unpack_from(data, end)
    whole = start + size == end and here == count
    if mark != _END_MARK or disk or first_disk or comment or not whole:
        return None
    members, at = [], start
    while at < end:
        member, at = _member(data, at, end)
        if member is None:
            return None
        members.append(member)
    return members if members and len(members) == count else None


def _member(data: bytes, at: int, end: int) -> tuple[Member | None, int]:
    """Give a member and where the next one begins; None where the entry is not as usual."""
    names = at + _ENTRY.size
    if names > end:
        return None, end
    (mark, _, _, flags, method, _, _, checksum, packed, size,
     name_size, extra, comment, disk, _, _, offset) = _ENTRY.unpack_from(data, at)  # fmt: skip
    name = data[names : names + name_size]
    following = names + name_size + extra + comment
    odd = disk or flags & ~_USUAL_FLAGS or _OF_ZIP64 in (packed, size, offset) or not name.isascii() or b"\x00" in name
    if mark != _ENTRY_MARK or odd or following > end:
        return None, end
    text = name.decode("ascii")
    return Member(text, text, flags, method, checksum, packed, size, offset), following
