"""What a worker's notebook prints, on its way to the engine: Python's streams and the process's descriptors."""

from __future__ import annotations

import io
import os
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from houqin.jobs.wire import SHOWN, pack

if TYPE_CHECKING:
    from typing import BinaryIO

_PAUSE = 0.02  # seconds between two messages of printed text; what comes faster travels together
_LATE = 0.1  # and none waits longer than this
_MOST = 1 << 16
_BLOCK = 1 << 16
# Never printed by anybody: says that all that was written before it has been read.
_MARK = b"\x00\xffhouqin-mark\xff\x00"
_PATIENCE = 5.0


class Channel:
    """Sends messages to the engine, from any thread, in the order in which they came."""

    def __init__(self, stream: BinaryIO) -> None:
        """Write to `stream`."""
        self._stream = stream
        self._lock = threading.RLock()
        self._waiting: list[tuple[str, str]] = []
        self._size = 0
        self._sent = 0.0
        self._late = threading.Event()
        self._flusher: threading.Thread | None = None

    def send(self, message: dict[str, Any]) -> None:
        """Send what was printed before, then the message."""
        with self._lock:
            self._send_printed()
            self._put(message)

    def show(self, kind: str, content: dict[str, Any]) -> None:
        """Send an output as a kernel would publish it."""
        self.send({"is": SHOWN, "type": kind, "content": content})

    def printed(self, name: str, text: str) -> None:
        """Take text of a stream; it leaves soon."""
        with self._lock:
            self._waiting.append((name, text))
            self._size += len(text)
            if self._size > _MOST or (text.endswith("\n") and time.monotonic() - self._sent > _PAUSE):
                self._send_printed()
                return
            if self._flusher is None:
                self._flusher = threading.Thread(target=self._flush_late, name="houqin-flush", daemon=True)
                self._flusher.start()
        self._late.set()

    def flush(self) -> None:
        """Send what was printed."""
        with self._lock:
            self._send_printed()

    def _send_printed(self) -> None:
        texts: list[tuple[str, list[str]]] = []
        for name, text in self._waiting:
            if texts and texts[-1][0] == name:
                texts[-1][1].append(text)
            else:
                texts.append((name, [text]))
        self._waiting.clear()
        self._size = 0
        for name, parts in texts:
            self._put({"is": SHOWN, "type": "stream", "content": {"name": name, "text": "".join(parts)}})
        if texts:
            self._sent = time.monotonic()

    def _put(self, message: dict[str, Any]) -> None:
        self._stream.write(pack(message))
        self._stream.flush()

    def _flush_late(self) -> None:
        while True:
            self._late.wait()
            self._late.clear()
            time.sleep(_LATE)
            with suppress(OSError, ValueError):
                self.flush()


class PrintedStream(io.TextIOBase):
    """`sys.stdout` or `sys.stderr` of the notebook; a process that the notebook forks writes to the descriptor."""

    def __init__(self, name: str, channel: Channel, number: int) -> None:
        """Send to `channel`; `number` is the descriptor of that name."""
        self.name = f"<{name}>"
        self._short, self._channel, self._number, self._pid = name, channel, number, os.getpid()

    encoding = "UTF-8"
    errors = "strict"

    def write(self, text: str) -> int:
        """Print."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        if os.getpid() != self._pid:
            os.write(self._number, text.encode("utf-8", "replace"))
        elif text:
            self._channel.printed(self._short, text)
        return len(text)

    def flush(self) -> None:
        """Send what was printed."""
        if os.getpid() == self._pid:
            self._channel.flush()

    def fileno(self) -> int:
        """Give the descriptor, which is shown as well."""
        return self._number

    def isatty(self) -> bool:
        """Say that nobody sits there."""
        return False

    def writable(self) -> bool:
        """Say that it takes text."""
        return True


class WatchedDescriptor:
    """Descriptor 1 or 2: what programs and libraries in C write there is shown like what Python prints."""

    def __init__(self, number: int, name: str, channel: Channel) -> None:
        """Replace the descriptor by a pipe that a thread reads."""
        self._number, self._name, self._channel = number, name, channel
        self._seen = threading.Event()
        self._reading, writing = os.pipe()
        os.dup2(writing, number, inheritable=True)
        os.close(writing)
        threading.Thread(target=self._read, name=f"houqin-{name}", daemon=True).start()

    def drain(self) -> None:
        """Wait until all that was written so far is shown."""
        self._seen.clear()
        try:
            os.write(self._number, _MARK)
        except OSError:  # the notebook closed it
            return
        self._seen.wait(_PATIENCE)

    def _read(self) -> None:
        kept = b""
        while block := os.read(self._reading, _BLOCK):
            kept += block
            marked = _MARK in kept
            if marked:
                kept = kept.replace(_MARK, b"")
            text, kept = _whole_characters(kept)
            if text:
                with suppress(OSError, ValueError):
                    self._channel.printed(self._name, text)
            if marked:
                self._seen.set()


def _whole_characters(data: bytes) -> tuple[str, bytes]:
    """Decode UTF-8 up to the last whole character; a mark that is half there waits as well."""
    end = len(data)
    start = data.rfind(_MARK[:2])
    if start >= 0 and _MARK.startswith(data[start:]):
        end = start
    else:
        for back in range(1, min(4, len(data)) + 1):
            if data[-back] & 0xC0 == 0xC0:
                length = 2 if data[-back] < 0xE0 else 3 if data[-back] < 0xF0 else 4
                end = len(data) - back if back < length else len(data)
                break
    return data[:end].decode("utf-8", "replace"), data[end:]
