"""A Windows job that holds the reading child: its memory bounded, no process of its own, ended with its parent.

Nothing of this can be run where it is written; the kernel's functions are handed in, so that what they are called with
can be tested anywhere.
"""

from __future__ import annotations

import ctypes
from typing import Any

_EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
# JOB_OBJECT_LIMIT_...: ACTIVE_PROCESS, PROCESS_MEMORY, DIE_ON_UNHANDLED_EXCEPTION (no dialogue), KILL_ON_JOB_CLOSE
_FLAGS = 0x8 | 0x100 | 0x400 | 0x2000


class BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION of winnt.h."""

    _fields_ = (
        ("PerProcessUserTimeLimit", ctypes.c_int64),
        ("PerJobUserTimeLimit", ctypes.c_int64),
        ("LimitFlags", ctypes.c_uint32),
        ("MinimumWorkingSetSize", ctypes.c_size_t),
        ("MaximumWorkingSetSize", ctypes.c_size_t),
        ("ActiveProcessLimit", ctypes.c_uint32),
        ("Affinity", ctypes.c_size_t),
        ("PriorityClass", ctypes.c_uint32),
        ("SchedulingClass", ctypes.c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION of winnt.h; the six counters are IO_COUNTERS."""

    _fields_ = (
        ("BasicLimitInformation", BasicLimits),
        ("IoInfo", ctypes.c_uint64 * 6),
        ("ProcessMemoryLimit", ctypes.c_size_t),
        ("JobMemoryLimit", ctypes.c_size_t),
        ("PeakProcessMemoryUsed", ctypes.c_size_t),
        ("PeakJobMemoryUsed", ctypes.c_size_t),
    )


def windows_kernel() -> Any:  # noqa: ANN401  (ctypes has no type for a library)
    """Give kernel32 with its handles typed: as ints of C they would be cut to 32 bits."""
    kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined, unused-ignore]
    handle, number = ctypes.c_void_p, ctypes.c_uint32
    kernel.CreateJobObjectW.restype = handle
    kernel.CreateJobObjectW.argtypes = [ctypes.c_void_p, ctypes.c_wchar_p]
    kernel.SetInformationJobObject.restype = ctypes.c_int
    kernel.SetInformationJobObject.argtypes = [handle, ctypes.c_int, ctypes.c_void_p, number]
    kernel.AssignProcessToJobObject.restype = ctypes.c_int
    kernel.AssignProcessToJobObject.argtypes = [handle, handle]
    kernel.CloseHandle.restype = ctypes.c_int
    kernel.CloseHandle.argtypes = [handle]
    return kernel


class Job:
    """A job with one process in it; `holds` tells whether the system took it."""

    def __init__(self, kernel: Any, process: int, memory: int) -> None:  # noqa: ANN401  (as above)
        """Put a process, by its handle, under a limit of memory in bytes."""
        self._kernel = kernel
        self._job = kernel.CreateJobObjectW(None, None)
        limits = ExtendedLimits()
        limits.BasicLimitInformation.LimitFlags = _FLAGS
        limits.BasicLimitInformation.ActiveProcessLimit = 1
        limits.ProcessMemoryLimit = memory
        size = ctypes.sizeof(limits)
        self.holds = bool(
            self._job
            and kernel.SetInformationJobObject(self._job, _EXTENDED_LIMITS, ctypes.byref(limits), size)
            and kernel.AssignProcessToJobObject(self._job, process)
        )
        if not self.holds:
            self.close()

    def close(self) -> None:
        """Let go of the job, which ends a process that is still in it."""
        job, self._job = self._job, None
        if job:
            self._kernel.CloseHandle(job)
