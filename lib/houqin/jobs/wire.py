"""How an engine and its worker talk: JSON, a message a line, over a pair of byte streams.

A process that is killed while it writes leaves half a line: what follows begins with a line end of its own, and half a
line is passed over.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# The kinds of messages, under the key "is".
SETUP, CODE, QUIT = "setup", "code", "quit"  # engine to worker
READY, SHOWN, REPLY, ENDED = "ready", "shown", "reply", "ended"  # worker to engine; the last by the one who buries it


def pack(message: dict[str, Any]) -> bytes:
    """Give a message as the bytes of a line; what JSON does not know goes as its text."""
    return b"\n" + json.dumps(message, separators=(",", ":"), default=str).encode("ascii") + b"\n"


def unpack(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """Give the messages of lines, passing over broken ones."""
    for line in lines:
        if len(line) <= 1:
            continue
        try:
            message = json.loads(line)
        except ValueError:
            continue
        if isinstance(message, dict):
            yield message
