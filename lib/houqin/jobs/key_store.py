"""The system's key store, where there is one: passwords that somebody put there under the name `houqin`."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

SERVICE = "houqin"
# Under this name: the password that all files of the office have.
ALL_FILES = "*"


def stored_passwords(path: str) -> Iterator[str]:
    """Give what is stored for a file by its path, by its name alone, and for all files; nothing where no store works.

    `python -m keyring set houqin 就餐.xlsx` puts one there.
    """
    for name in dict.fromkeys((path, path.rpartition("/")[2], ALL_FILES)):
        word = _stored(name)
        if word:
            yield word


def stored_secret(name: str) -> str | None:
    """Give what is stored under a name, None where there is nothing or no store works."""
    return _stored(name)


def _stored(name: str) -> str | None:
    # A store that is locked, broken or not there at all fails in ways of its own: then there is no password in it.
    with suppress(Exception):
        import keyring  # noqa: PLC0415  (loaded for a locked file alone)

        return keyring.get_password(SERVICE, name)
    return None
