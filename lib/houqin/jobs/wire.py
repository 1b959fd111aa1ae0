"""How an engine and its worker talk: JSON, a message a line, over a pair of byte streams.

A process that is killed while it writes leaves half a line: what follows begins with a line end of its own, and half a
line is passed over.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_HALF = rb"\ud"  # how JSON begins to write a surrogate, alone or in a pair
# The kinds of messages, under the key "is".
SETUP, CODE, QUIT = "setup", "code", "quit"  # engine to worker
READY, SHOWN, REPLY, ENDED = "ready", "shown", "reply", "ended"  # worker to engine; the last by the one who buries it


def pack(message: dict[str, Any]) -> bytes:
    """Give a message as the bytes of a line; what JSON does not know goes as its text."""
    return b"\n" + json.dumps(message, separators=(",", ":"), default=str).encode("ascii") + b"\n"


def unpack(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """Give the messages of lines, passing over broken ones; half a sign is given as U+FFFD, as a kernel shows it.

    A file's name in another encoding holds such halves, and no notebook can be saved with them.
    """
    for line in lines:
        if len(line) <= 1:
            continue
        try:
            message = json.loads(line)
        except ValueError:
            continue
        if isinstance(message, dict):
            yield _whole(message) if _HALF in line else message


def _whole(value: Any) -> Any:  # noqa: ANN401  (JSON)
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {_whole(key): _whole(each) for key, each in value.items()}
    return [_whole(each) for each in value] if isinstance(value, list) else value
