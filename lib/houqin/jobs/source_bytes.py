"""The bytes of a source by its path, also of one that lies in an archive (资料.zip/七年级/收发存.xlsx)."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from houqin.read.archives import unpack

if TYPE_CHECKING:
    from pathlib import Path

    from houqin.jobs.access import Access


@dataclass(slots=True)
class SourceBytes:
    """Finds sources below a folder; an archive is unpacked once."""

    root: Path
    access: Access
    _members: dict[str, dict[str, bytes]] = field(default_factory=dict)

    def __call__(self, path: str) -> bytes:
        """Give a source's bytes; OSError where it is not there, RefusedFile where its archive does not open."""
        whole = self.root / path
        if whole.is_file():
            return whole.read_bytes()
        parts = path.split("/")
        outer = ("/".join(parts[:at]) for at in range(1, len(parts)))
        archive = next((name for name in outer if (self.root / name).is_file()), None)
        if archive is not None and archive not in self._members:
            data = (self.root / archive).read_bytes()
            made = unpack(archive, data, self.access.reader, self.access.passwords)
            self._members[archive] = dict(made.files) if made is not None else {}
        found = self._members[archive].get(path) if archive is not None else None
        if found is None:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
        return found
