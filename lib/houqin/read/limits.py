"""How much a file may ask for, and the child's own limits where the system offers them."""

from __future__ import annotations

import contextlib
import signal
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from houqin.errors import BadParameter

if TYPE_CHECKING:
    from collections.abc import Mapping

MIB = 1 << 20
# Where the system can end a process by the clock, nobody needs to watch it (a thread a file costs as much as a read).
HAS_ALARM = hasattr(signal, "setitimer")


@dataclass(frozen=True, slots=True)
class Limits:
    """Sound for an office: a workbook of 100,000 rows takes some 8 MiB, inflated 60; Excel's most is tenfold."""

    file_bytes: int = 128 * MIB
    members: int = 4_000
    archive_files: int = 1_000  # of an archive, archives within it included
    inflated_bytes: int = 768 * MIB
    memory_bytes: int = 1024 * MIB  # of the child
    seconds: int = 60  # a file, both of processor time and by the clock
    positions: int = 24_000_000  # cells of a sheet, blank ones included
    sparse_positions: int = 1_000_000  # past this, at least one cell in `sparse_ratio` must hold something
    sparse_ratio: int = 256
    merged_positions: int = 4_000_000
    engine_seconds: int = 120  # of a pass, for the program that computes formulas without stored values
    line_bytes: int = 4 * MIB  # of a text file
    string_chars: int = 100_000  # of one cell; Excel itself ends at 32,767


def limits_of_environment(environment: Mapping[str, str], usual: Limits | None = None) -> Limits:
    """Give the limits with those that HOUQIN_READ_... variables set: a whole number each, of the field's own unit.

    What they do not set stays as in `usual`.

    HOUQIN_READ_SECONDS=120 gives a file two minutes; what is no positive number is a usage fault, not a silent default.
    """
    told = {}
    for each in fields(Limits):
        written = environment.get(f"HOUQIN_READ_{each.name.upper()}", "").strip()
        if written:
            if not (written.isascii() and written.isdigit() and 0 < int(written) < 1 << 62):
                raise BadParameter(f"环境变量 HOUQIN_READ_{each.name.upper()} 应是正整数，现在是“{written}”。")
            told[each.name] = int(written)
    return replace(usual or Limits(), **told)


def limits_of_settings(settings: Mapping[str, int]) -> Limits:
    """Give the limits of a school's settings: sizes in MB, what is not set as usual."""
    known = {each.name for each in fields(Limits)}
    told = {f"{name.removesuffix('_mb')}_bytes": size * MIB for name, size in settings.items() if name.endswith("_mb")}
    return replace(Limits(), **told, **{name: value for name, value in settings.items() if name in known})


def limit_memory(size: int) -> None:
    """Bound this process's memory, where the system can (POSIX; on Windows the parent's job does)."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  (not on Windows)

        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def limit_time(seconds: int) -> None:
    """Give the next file this much time, by the processor and by the clock; past it the system ends the process."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  (not on Windows)

        usage = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + seconds + 1, hard))
    if HAS_ALARM:
        signal.setitimer(signal.ITIMER_REAL, seconds + 1)


def end_time() -> None:
    """Stop the clock: the file is done."""
    if HAS_ALARM:
        signal.setitimer(signal.ITIMER_REAL, 0)
