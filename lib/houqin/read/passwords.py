"""Passwords to open a file with: tried one after another, never written anywhere.

They come from the environment here; the system's key store and a person at the terminal belong to whoever asks us.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, TypeVar

from houqin.errors import BadParameter, RefusedFile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# The passwords to try for a file, by its path: a lazy one may ask a person, and is asked on only while none fits.
Passwords = Callable[[str], Iterable[str]]
Read = TypeVar("Read")
FOR_ALL, BY_NAME = "HOUQIN_PASSWORD", "HOUQIN_PASSWORDS"


def no_passwords(_: str) -> tuple[str, ...]:
    """Know no password of any file."""
    return ()


def environment_passwords(environment: Mapping[str, str]) -> Passwords:
    """Take HOUQIN_PASSWORDS, a JSON object of path or file name to password, then HOUQIN_PASSWORD, for every file.

    BadParameter where the first is no such object; it does not quote what it holds.
    """
    told = by_name(environment)
    for_all = environment.get(FOR_ALL, "")

    def passwords(path: str) -> Iterator[str]:
        own = (told.get(path), told.get(path.rpartition("/")[2]), for_all)
        yield from dict.fromkeys(word for word in own if word)

    return passwords


def by_name(environment: Mapping[str, str]) -> dict[str, str]:
    """Give what HOUQIN_PASSWORDS says."""
    written = environment.get(BY_NAME, "")
    if not written.strip():
        return {}
    try:
        told = json.loads(written)
    except ValueError:
        told = None
    if not isinstance(told, dict) or not all(isinstance(word, str) for word in told.values()):
        raise BadParameter(f'环境变量 {BY_NAME} 要写成 {{"文件名": "密码"}} 这样的 JSON。')
    return told


def with_passwords(read: Callable[[str | None], Read], passwords: Iterable[str]) -> Read:
    """Read without a password, then with one after another; RefusedFile is that of the last try."""
    try:
        return read(None)
    except RefusedFile as refusal:
        if refusal.code != "encrypted":
            raise
        last = refusal
    for word in passwords:
        try:
            return read(word)
        except RefusedFile as refusal:
            if refusal.code != "wrong-password":
                raise
            last = refusal
    raise last
