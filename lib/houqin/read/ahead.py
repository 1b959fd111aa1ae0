"""Small files of a folder, read several at a time: asked for one by one, answered from one request to the child."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.errors import RefusedFile

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from houqin.read.notes import Parsed
    from houqin.read.reader import Reader

_SMALL_FILE = 1 << 17
_FILES_AT_ONCE, _BYTES_AT_ONCE = 16, 1 << 20


class ReadAhead:
    """A reader of files that are asked for in a known order; not to be shared between threads."""

    def __init__(self, reader: Reader, paths: Iterable[Path]) -> None:
        """Prepare; nothing is opened before the first file is asked for."""
        self._reader = reader
        self._following = list(paths)[::-1]
        self._waiting = set(self._following)
        self._data: dict[Path, bytes] = {}
        self._answers: dict[bytes, Parsed | RefusedFile] = {}

    def bytes_of(self, path: Path) -> bytes:
        """Give a file's bytes, each file's once; OSError where it cannot be opened."""
        if path in self._data:
            return self._data.pop(path)
        data = path.read_bytes()
        if len(data) <= _SMALL_FILE and path in self._waiting:
            self._load(path, data)
        return data

    def read(self, data: bytes, password: str | None = None) -> Parsed:
        """Read a workbook, or give what was read of it already; RefusedFile as the reader raises it."""
        answer = self._answers.pop(data, None) if password is None else None
        if answer is None:
            return self._reader.read(data, password=password)
        if isinstance(answer, RefusedFile):
            raise answer
        return answer

    def _load(self, path: Path, data: bytes) -> None:
        """Read the small files that follow one, and it, in one request."""
        while self._next() != path:
            pass
        together, size = [data], len(data)
        while self._following and len(together) < _FILES_AT_ONCE and size < _BYTES_AT_ONCE:
            following = self._small(self._following[-1])
            if following is None:
                break
            self._data[self._next()] = following
            together.append(following)
            size += len(following)
        if len(together) > 1:
            self._answers = dict(zip(together, self._reader.read_many(together), strict=True))

    def _next(self) -> Path:
        path = self._following.pop()
        self._waiting.discard(path)
        return path

    @staticmethod
    def _small(path: Path) -> bytes | None:
        """Give a small file's bytes; None leaves it, with its fault if it has one, to its own turn."""
        try:
            return path.read_bytes() if 0 < path.stat().st_size <= _SMALL_FILE else None
        except OSError:
            return None
