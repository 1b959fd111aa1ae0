"""How a school's files are opened: within which limits, and with which passwords."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from houqin.errors import RefusedFile
from houqin.jobs.key_store import stored_passwords
from houqin.read import Reader, list_folder, read_files
from houqin.read.archives import may_be_archive, unpack
from houqin.read.engine import find_engine
from houqin.read.limits import Limits, limits_of_environment, limits_of_settings
from houqin.read.passwords import BY_NAME, by_name, environment_passwords, with_passwords
from houqin.read.reader import shared_reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from houqin.model import SourceFile
    from houqin.read.engine import Engine
    from houqin.school import School

    # Asks a person for a file's password: the path, and how many tries are left; None or nothing passes it over.
    Ask = Callable[[str, int], str | None]

_TRIES = 3
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 100


@dataclass(slots=True)
class Access:
    """The means of opening files; what a person typed for one is tried for the next before it is asked about."""

    reader: Reader
    environment: Mapping[str, str]
    ask: Ask | None = None
    engine: Engine | None = None
    typed: dict[str, None] = field(default_factory=dict)

    def passwords(self, path: str) -> Iterator[str]:
        """Give the passwords to try for a file: the environment's, the key store's, then what a person types."""
        yield from environment_passwords(self.environment)(path)
        yield from stored_passwords(path)
        yield from tuple(self.typed)
        for left in range(_TRIES, 0, -1):
            word = self.ask(path, left) if self.ask is not None else None
            if not word:
                return
            self.typed[word] = None
            yield word

    def read(self, paths: Sequence[Path], root: Path | None = None) -> tuple[SourceFile, ...]:
        """Read files; see `houqin.read.read_files`."""
        return read_files(paths, root=root, reader=self.reader, passwords=self.passwords, engine=self.engine)

    def read_sources(self, folder: Path, without: str | None = None) -> tuple[SourceFile, ...]:
        """Read a folder but for one folder in it, which holds the archives that lie unpacked beside it."""
        paths, others = list_folder(folder)
        kept = [path for path in paths if path.relative_to(folder).parts[0] != without]
        return (*self.read(kept, folder), *others)

    @property
    def told(self) -> dict[str, Any]:
        """Give what of all this decides over a result, for the run's id: unusual limits, the computing program."""
        usual = asdict(Limits())
        limits = {name: value for name, value in asdict(self.reader.limits).items() if value != usual[name]}
        return limits | ({"engine": self.engine.identity} if self.engine is not None else {})


def access_for(school: School | None, ask: Ask | None = None) -> Access:
    """Give the means for a school: a variable of the environment counts before the settings, these before the usual."""
    settings = school.reading if school else {}
    limits = limits_of_environment(os.environ, limits_of_settings(settings))
    engine = find_engine(os.environ) if settings.get("compute", True) else None
    return Access(shared_reader(limits), os.environ, ask, engine)


def unlock_ahead(inbox: Path, access: Access) -> dict[str, str]:
    """Find the passwords of an inbox's locked workbooks: path -> password, of those that one opens.

    Only files whose first bytes allow it are looked at, those within archives too.
    """
    found: dict[str, str] = {}
    for path in list_folder(inbox)[0]:
        for name, data in _suspects(path, path.relative_to(inbox).as_posix(), access):
            word = _word_for(name, data, access)
            if word is not None:
                found[name] = word
    return dict(sorted(found.items()))


def handed_on(opened: Mapping[str, str]) -> dict[str, str]:
    """Give the variables that tell another process of ours the passwords that were found, and only those of need."""
    return {BY_NAME: json.dumps({**by_name(os.environ), **opened}, ensure_ascii=False)} if opened else {}


def _suspects(path: Path, name: str, access: Access) -> Iterator[tuple[str, bytes]]:
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            archive = may_be_archive(head)
            if not archive and not head.startswith(_OLE):
                return
            data = head + file.read(access.reader.limits.file_bytes)
        inside = unpack(name, data, access.reader, access.passwords) if archive else None
    except (OSError, RefusedFile):  # it is told where it is copied or read
        return
    members = [(name, data)] if inside is None else inside.files
    yield from ((own, bytes_) for own, bytes_ in members if bytes_.startswith(_OLE))


def _word_for(name: str, data: bytes, access: Access) -> str | None:
    def look(word: str | None) -> str | None:
        access.reader.look_inside(data, password=word)
        return word

    try:
        return with_passwords(look, access.passwords(name))
    except RefusedFile:
        return None
