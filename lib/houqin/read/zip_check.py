"""A container's directory, judged before any parser sees a part of it."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

from houqin.errors import RefusedFile
from houqin.read.notes import Note
from houqin.read.zip_directory import usual_directory

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from houqin.read.limits import Limits
    from houqin.read.zip_directory import Member

    Entry = Member | zipfile.ZipInfo

_LOCAL_HEADER = 30
_LOCAL_MARK = b"PK\x03\x04"
_END_MARK = b"PK\x05\x06"
_END_SIZE = 22
_ZIP64 = 0xFFFFFFFF  # the true offset stands elsewhere
_ENCRYPTED = 0x1
_XML_HEAD = 200
_PACKED_PIECE, _PIECE = 1 << 16, 1 << 20
_MOST_AT_ONCE, _SHEETS = 384 << 20, "worksheets/"
_GB_PART = re.compile(rb'\A\s*<\?xml[^>]*encoding=["\'](?:gbk|gb2312|gb18030)["\'][^>]*\?>', re.IGNORECASE)
_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    NotImplementedError,
    OSError,
    ValueError,
    EOFError,
    RuntimeError,
)


class Package:
    """The parts of an opened container, by name without a leading slash."""

    def __init__(self, data: bytes, limits: Limits, password: str | None = None) -> None:
        """Open and check; RefusedFile says what is wrong."""
        try:
            usual = usual_directory(data)
            self._zip = None if usual else zipfile.ZipFile(io.BytesIO(data))
            members: Sequence[Entry] = usual or (self._zip.infolist() if self._zip else [])
        except _ZIP_FAULTS as fault:
            raise RefusedFile("corrupt", "压缩包不完整，可能没有传完") from fault
        if not usual and data.startswith(_LOCAL_MARK) and _shift(data) > 0:
            # The end of this container is missing, and what was found is that of a workbook within it.
            raise RefusedFile("corrupt", "压缩包不完整，可能没有传完")
        # What is taken whole needs several times its size; the rows of a sheet come in pieces and may be more.
        self._most_at_once = max(limits.inflated_bytes // 2, _MOST_AT_ONCE)
        _check_members(members, limits)
        for member in members:
            _check_size(0 if _SHEETS in member.filename.lower() else member.file_size, self._most_at_once)
        self.members = members
        self._password = password
        if any(member.flag_bits & _ENCRYPTED for member in members):
            self._check_password()
        self._names = {member.filename.replace("\\", "/").lower(): member for member in members}
        if len(self._names) != len(members):
            raise RefusedFile("unsafe", "内部有重名的部分")
        self._data = memoryview(data)
        self.notes: list[Note] = []
        self.relations: dict[str, dict[str, tuple[str, str]]] = {}  # parts of links, read once
        if any("\\" in member.orig_filename for member in members):
            self.note("内部名称用了反斜杠")
        if not data.startswith(b"PK"):
            self.note("开头有多余的内容")

    def note(self, detail: str) -> None:
        """Note an odd way of writing that was read all the same, once each."""
        note = Note("odd-package", detail=detail)
        if note not in self.notes:
            self.notes.append(note)

    def __contains__(self, name: str) -> bool:
        """Tell whether a part is there."""
        return name.lower() in self._names

    @property
    def names(self) -> list[str]:
        """All parts, in lower case."""
        return list(self._names)

    def read(self, name: str) -> bytes:
        """Inflate a part; its length and checksum are verified."""
        member = self._names.get(name.lower())
        if member is None:
            raise RefusedFile("corrupt", "缺少内部的一部分")
        _check_size(member.file_size, self._most_at_once)
        data = self.read_member(member)
        recoded = as_utf8(data)
        if recoded is not data:
            self.note("内部用了 GBK 编码")
        return recoded

    def read_member(self, member: Entry) -> bytes:
        """Inflate a member as it is; its length and checksum are verified."""
        return self._decrypt(member) if member.flag_bits & _ENCRYPTED else self._inflate(member)

    def _check_password(self) -> None:
        """See that the password opens the smallest of the encrypted members."""
        if self._password is None:
            raise RefusedFile("encrypted", "")
        locked = [m for m in self.members if m.flag_bits & _ENCRYPTED and m.file_size]
        if locked:
            self._decrypt(min(locked, key=lambda m: m.file_size))

    def _decrypt(self, member: Entry) -> bytes:
        """Decrypt a member by the old method of zip; a password of Chinese characters is tried as GBK too."""
        if self._zip is None or not isinstance(member, zipfile.ZipInfo):
            raise RefusedFile("encrypted", "")  # a usual directory has none such
        words = self._password or ""
        for encoding in ("utf-8", "gb18030"):
            try:
                with self._zip.open(member, pwd=words.encode(encoding)) as opened:
                    return opened.read(member.file_size + 1)
            except NotImplementedError as fault:
                raise RefusedFile("unsafe", "加密的方法这里不认识") from fault
            except _ZIP_FAULTS:  # one password in 256 passes the first test and fails by the checksum
                continue
        raise RefusedFile("wrong-password", "")

    def pieces(self, name: str) -> Iterator[bytes]:
        """Inflate a part piece by piece, as it is; at the end its length and checksum are verified."""
        member = self._names.get(name.lower())
        if member is None:
            raise RefusedFile("corrupt", "缺少内部的一部分")
        if member.flag_bits & _ENCRYPTED or member.compress_type != zipfile.ZIP_DEFLATED:
            yield self.read_member(member)
            return
        packed, unpacker = self._packed(member), zlib.decompressobj(-zlib.MAX_WBITS)
        size = checksum = 0
        for start in range(0, len(packed), _PACKED_PIECE):
            waiting: bytes | memoryview = packed[start : start + _PACKED_PIECE]
            while len(waiting) and size <= member.file_size:
                try:
                    piece = unpacker.decompress(waiting, _PIECE)
                except zlib.error as fault:
                    raise RefusedFile("corrupt", "内部校验不符") from fault
                waiting = unpacker.unconsumed_tail
                size, checksum = size + len(piece), zlib.crc32(piece, checksum)
                yield piece
        _verify(member, size, checksum)

    def _inflate(self, member: Entry) -> bytes:
        """Inflate a member, no further than the directory says."""
        packed = self._packed(member)
        if member.compress_type == zipfile.ZIP_STORED:
            data = bytes(packed)
        elif member.compress_type == zipfile.ZIP_DEFLATED:
            unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
            try:
                data = unpacker.decompress(packed, member.file_size + 1)
            except zlib.error as fault:
                raise RefusedFile("corrupt", "内部校验不符") from fault
        else:
            raise RefusedFile("unsafe", "内部用了少见的压缩方法")
        _verify(member, len(data), zlib.crc32(data))
        return data

    def _packed(self, member: Entry) -> memoryview:
        head = self._data[member.header_offset : member.header_offset + _LOCAL_HEADER]
        if len(head) < _LOCAL_HEADER or bytes(head[:4]) != _LOCAL_MARK:
            raise RefusedFile("corrupt", "内部校验不符")
        name, extra = int.from_bytes(head[26:28], "little"), int.from_bytes(head[28:30], "little")
        start = member.header_offset + _LOCAL_HEADER + name + extra
        return self._data[start : start + member.compress_size]


def _verify(member: Entry, size: int, checksum: int) -> None:
    if size != member.file_size:
        raise RefusedFile("corrupt", "内部的大小与目录不符")
    if checksum != member.CRC:
        raise RefusedFile("corrupt", "内部校验不符")


def _shift(data: bytes) -> int:
    """Give by how many bytes the directory lies further down than its own end record says."""
    at = data.rfind(_END_MARK)
    size, offset = struct.unpack_from("<II", data, at + 12) if 0 <= at <= len(data) - _END_SIZE else (0, 0)
    return 0 if offset == _ZIP64 else at - size - offset


def as_utf8(data: bytes) -> bytes:
    """Recode XML that says it is GB18030 or an older set of it, which expat does not know; give all else as it is."""
    head = _GB_PART.match(data[:_XML_HEAD])
    if head is None:
        return data
    try:
        text = data[head.end() :].decode("gb18030")
    except UnicodeDecodeError as fault:
        raise RefusedFile("corrupt", "内部的文字编码不对") from fault
    return b'<?xml version="1.0" encoding="UTF-8"?>' + text.encode()


def _check_size(inflated: int, most: int) -> None:
    if inflated > most:
        raise RefusedFile("too-large", f"展开后有 {inflated >> 20} MB")


def _check_members(members: Sequence[Entry], limits: Limits) -> None:
    if len(members) > limits.members:
        raise RefusedFile("unsafe", f"内部有 {len(members)} 个部分")
    _check_size(sum(member.file_size for member in members), limits.inflated_bytes)
    end = 0
    for member in sorted(members, key=lambda m: m.header_offset):
        name = member.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or ":" in name:
            raise RefusedFile("unsafe", "内部的名称指向别处")
        if member.header_offset < end:
            raise RefusedFile("unsafe", "内部的各部分互相重叠")
        end = member.header_offset + _LOCAL_HEADER + member.compress_size
