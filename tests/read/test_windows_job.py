"""The job that holds the child on Windows, as far as it can be seen elsewhere: sizes, flags, and who is called when."""

from __future__ import annotations

import ctypes
import sys

import pytest

from houqin.read.windows_job import BasicLimits, ExtendedLimits, Job

JOB, PROCESS = 0x1_0000_0040, 0x1_0000_0080  # handles may have more than 32 bits


class Kernel:
    """Takes down what it is called with; `failing` names the call that fails."""

    def __init__(self, failing: str = "") -> None:
        self.calls: list[tuple[object, ...]] = []
        self.failing = failing

    def CreateJobObjectW(self, security: object, name: object) -> int | None:  # noqa: N802  (Windows's name)
        """Make a job."""
        self.calls.append(("create", security, name))
        return None if self.failing == "create" else JOB

    def SetInformationJobObject(self, job: int, kind: int, limits: object, size: int) -> int:  # noqa: N802  (as above)
        """Set its limits."""
        data = ExtendedLimits.from_buffer_copy(ctypes.string_at(limits, size))
        basic = data.BasicLimitInformation
        self.calls.append(("set", job, kind, size, basic.LimitFlags, basic.ActiveProcessLimit, data.ProcessMemoryLimit))
        return self.failing != "set"

    def AssignProcessToJobObject(self, job: int, process: int) -> int:  # noqa: N802  (as above)
        """Put a process in."""
        self.calls.append(("assign", job, process))
        return self.failing != "assign"

    def CloseHandle(self, job: int) -> int:  # noqa: N802  (as above)
        """Close it."""
        self.calls.append(("close", job))
        return 1


def test_the_structures_lie_as_windows_has_them() -> None:
    """Sizes and offsets of winnt.h on 64 bits: one field of another width and every limit after it is another one."""
    assert sys.maxsize > 1 << 32
    assert (ctypes.sizeof(BasicLimits), ctypes.sizeof(ExtendedLimits)) == (64, 144)
    assert (BasicLimits.LimitFlags.offset, BasicLimits.MinimumWorkingSetSize.offset) == (16, 24)
    assert (BasicLimits.ActiveProcessLimit.offset, BasicLimits.Affinity.offset) == (40, 48)
    assert (ExtendedLimits.IoInfo.offset, ExtendedLimits.ProcessMemoryLimit.offset) == (64, 112)


def test_a_process_is_held_before_it_is_used() -> None:
    """Limits first, then the process; memory, one process, no dialogue on a crash, and the end with the last handle."""
    kernel = Kernel()
    job = Job(kernel, PROCESS, 1 << 30)
    assert job.holds
    assert kernel.calls == [
        ("create", None, None),
        ("set", JOB, 9, ctypes.sizeof(ExtendedLimits), 0x2508, 1, 1 << 30),
        ("assign", JOB, PROCESS),
    ]
    job.close()
    job.close()
    assert kernel.calls[3:] == [("close", JOB)]


@pytest.mark.parametrize(("failing", "closed"), [("create", 0), ("set", 1), ("assign", 1)])
def test_what_windows_refuses_leaves_nothing_behind(failing: str, closed: int) -> None:
    """Reading goes on without the job; its handle is given back."""
    kernel = Kernel(failing)
    assert not Job(kernel, PROCESS, 1 << 30).holds
    assert kernel.calls.count(("close", JOB)) == closed
