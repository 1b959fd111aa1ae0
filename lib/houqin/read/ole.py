"""An OLE container's sector chains and directory, judged before a parser follows them."""

from __future__ import annotations

import struct

from houqin.errors import RefusedFile

# Sector numbers past this mean: end of chain, free, of the allocation table.
_LAST = 0xFFFFFFFA
_ENTRY = 128
_SMALL_SECTOR = 64  # of streams below the cutoff, which share one
_HEADER_FATS = 109
_STREAM, _ROOT = 2, 5
_FAULT = "内部的存储结构断了，可能没有传完"


class Storage:
    """The chains of a container; RefusedFile says that they do not hold together."""

    def __init__(self, data: bytes) -> None:
        """Read the allocation table and the directory."""
        self.names: list[str] = []
        self._data = data
        self._named: list[str] = []  # of the streams
        self._streams: list[tuple[int, int, int]] = []  # type, first sector, size
        try:
            self._read(data)
        except (struct.error, ValueError, IndexError) as fault:
            raise RefusedFile("corrupt", _FAULT) from fault

    def check(self) -> None:
        """Follow each stream: it must end, and be no longer than the file."""
        for kind, first, size in self._streams:
            if size > self._size:
                raise RefusedFile("corrupt", _FAULT)
            if size and (kind == _ROOT or size >= self._cutoff):
                self._chain(first)
            elif size:
                self._follow(first, self._next_of_small, self._size // _SMALL_SECTOR + 1)

    def first_sector(self, name: str) -> bytes:
        """Give the beginning of a stream of some size, nothing where there is none of that name."""
        for own, (_, first, size) in zip(self._named, self._streams, strict=True):
            if own == name and size >= self._cutoff and first <= _LAST:
                return self._data[(first + 1) * self._sector : (first + 2) * self._sector]
        return b""

    def _read(self, data: bytes) -> None:
        (shift,) = struct.unpack_from("<H", data, 30)
        if shift not in (9, 12):
            raise ValueError
        self._size, self._sector = len(data), 1 << shift
        first_directory, _, self._cutoff = struct.unpack_from("<III", data, 48)
        first_extra, extras = struct.unpack_from("<II", data, 68)
        fats = [n for n in struct.unpack_from(f"<{_HEADER_FATS}I", data, 76) if n <= _LAST]
        per_sector = self._sector // 4
        seen: set[int] = set()
        while first_extra <= _LAST and extras and first_extra not in seen:
            seen.add(first_extra)
            *more, first_extra = struct.unpack_from(f"<{per_sector}I", data, (first_extra + 1) * self._sector)
            fats += [n for n in more if n <= _LAST]
        if len(fats) * self._sector > len(data):
            raise ValueError
        self._next: list[int] = []
        for fat in fats:
            part = data[(fat + 1) * self._sector : (fat + 2) * self._sector].ljust(self._sector, b"\xff")
            self._next += struct.unpack(f"<{per_sector}I", part)
        sectors = [data[(n + 1) * self._sector : (n + 2) * self._sector] for n in self._chain(first_directory)]
        directory = b"".join(sectors)
        for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
            self._take(directory[at : at + _ENTRY])
        first_small, smalls = struct.unpack_from("<II", data, 60)
        self._next_of_small: list[int] = []
        for n in self._chain(first_small) if smalls else []:
            part = data[(n + 1) * self._sector : (n + 2) * self._sector].ljust(self._sector, b"\xff")
            self._next_of_small += struct.unpack(f"<{per_sector}I", part)

    def _take(self, entry: bytes) -> None:
        length, kind = struct.unpack_from("<HB", entry, 64)
        first, size = struct.unpack_from("<II", entry, 116)
        name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
        if kind:
            self.names.append(name)
        if kind in (_STREAM, _ROOT):
            self._named.append(name)
            self._streams.append((kind, first, size))

    def _chain(self, first: int) -> list[int]:
        return self._follow(first, self._next, self._size // self._sector + 1)

    @staticmethod
    def _follow(first: int, following: list[int], most: int) -> list[int]:
        chain: list[int] = []
        while first <= _LAST:
            chain.append(first)
            if first >= len(following) or len(chain) > most:
                raise RefusedFile("corrupt", _FAULT)
            first = following[first]
        return chain
