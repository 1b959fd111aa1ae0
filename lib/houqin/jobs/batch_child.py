"""A process that makes one school after another for a batch: imports are paid once, and its death is nobody else's.

It reads a JSON document a line and answers with one. When its standard input ends, whoever started it is gone, and it
ends at once with all that it started, in the middle of a school or not: what is not published then was never there.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import queue
import signal
import sys
import threading
import traceback
from importlib import import_module
from typing import Any, NoReturn

from houqin.errors import HouqinError, system_sentence

MIB = 1 << 20
FAULT, MEMORY, BROKEN = "fault", "memory", "broken"
# What is loaded stays loaded: looking through all of it for garbage is a tenth of a school's time.
_COLLECT = (400_000, 20, 100)


def main() -> NoReturn:
    """Answer until the input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
    os.dup2(2, 1)  # what a library prints is no answer
    orders: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(orders,), daemon=True).start()
    while True:
        order = orders.get()
        if "memory_mb" in order:
            limit_memory(order["memory_mb"] * MIB)
            gc.set_threshold(*_COLLECT)
            continue
        print(json.dumps(_answer(order), ensure_ascii=False), file=answers, flush=True)
        if not gc.get_freeze_count():  # by now all is loaded
            gc.collect()
            gc.freeze()


def limit_memory(size: int) -> None:
    """Bound the memory of this process and of each that it starts, where the system can (POSIX)."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  (not on Windows)

        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def _listen(orders: queue.SimpleQueue[dict[str, Any]]) -> None:
    for line in sys.stdin.buffer:
        orders.put(json.loads(line))
    with contextlib.suppress(OSError, AttributeError):
        if os.getpgid(0) == os.getpid():
            os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _answer(order: dict[str, Any]) -> dict[str, Any]:
    """Do what is asked; a fault is an answer too, with the sentence for the clerk."""
    module, _, name = order["call"].partition(":")
    try:
        return {"outcome": getattr(import_module(module), name)(**order["arguments"])}
    except HouqinError as fault:
        return {"kind": FAULT, "reason": str(fault)}
    except MemoryError:
        return {"kind": MEMORY, "reason": ""}
    except OSError as fault:
        return {"kind": FAULT, "reason": system_sentence(fault)}
    except BaseException as fault:  # noqa: BLE001  (a bad school never ends the batch)
        last = traceback.extract_tb(fault.__traceback__)[-1]
        where = f"{os.path.basename(last.filename)}:{last.lineno}"  # noqa: PTH119  (a name in a traceback, no path)
        return {"kind": BROKEN, "reason": f"程序自己的错：{type(fault).__name__}: {fault}（{where}）。请发给维护的人。"}
