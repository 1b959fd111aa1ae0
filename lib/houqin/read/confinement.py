"""What the reading child gives up for good once its parsers are loaded: files, sockets, programs, threads.

Two walls, each where the system has it, and neither needs the other. POSIX limits leave no file or socket to be
opened and nothing to be started (macOS, Linux); a seccomp filter leaves hardly more than memory, the open pipes and
the clock (Linux on x86-64 and ARM64). PR_SET_PDEATHSIG is left out: it follows the parent's *thread*, and a reader
outlives the thread that started it.
"""

from __future__ import annotations

import contextlib
import os
import struct
import sys
from importlib import import_module
from importlib.machinery import BuiltinImporter, FrozenImporter

# System calls by name: numbers on x86-64 and on ARM64 (arch/x86/entry/syscalls/syscall_64.tbl, asm-generic/unistd.h).
_ALLOWED = {
    "read": (0, 63), "write": (1, 64), "close": (3, 57), "fstat": (5, 80), "lseek": (8, 62), "readv": (19, 65),
    "writev": (20, 66), "mmap": (9, 222), "mprotect": (10, 226), "munmap": (11, 215), "brk": (12, 214),
    "mremap": (25, 216), "madvise": (28, 233), "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139), "sigaltstack": (131, 132), "sched_yield": (24, 124), "futex": (202, 98),
    "restart_syscall": (219, 128), "rseq": (334, 293), "getrandom": (318, 278), "clock_gettime": (228, 113),
    "setitimer": (38, 103), "getrusage": (98, 165), "getrlimit": (97, 163), "setrlimit": (160, 164),
    "prlimit64": (302, 261), "getpid": (39, 172), "gettid": (186, 178), "exit": (60, 93), "exit_group": (231, 94),
}  # fmt: skip
# Column of the table, and AUDIT_ARCH_... of linux/audit.h.
_MACHINES = {"x86_64": (0, 0xC000_003E), "aarch64": (1, 0xC000_00B7)}
_LOAD, _JUMP_EQUAL, _RETURN = 0x20, 0x15, 0x06
_NUMBER_AT, _MACHINE_AT = 0, 4  # in struct seccomp_data
_ALLOW, _NOT_PERMITTED = 0x7FFF_0000, 0x0005_0001  # the second is SECCOMP_RET_ERRNO with EPERM
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2


def confine() -> tuple[str, ...]:
    """Raise the walls that this system has and give their names: some of imports, limits, seccomp."""
    with contextlib.suppress(ImportError):
        import_module("resource")  # while it can be
    stand = (*_filter_calls(), *_limit_all())
    # An import that comes too late fails as one of a missing module does, which codecs and parsers know how to take.
    sys.meta_path[:] = [BuiltinImporter, FrozenImporter]
    return ("imports", *stand)


def _limit_all() -> tuple[str, ...]:
    try:
        import resource  # noqa: PLC0415  (not on Windows)
    except ImportError:
        return ()
    stands = False
    for name in ("RLIMIT_CORE", "RLIMIT_FSIZE", "RLIMIT_NPROC", "RLIMIT_NOFILE"):
        with contextlib.suppress(ValueError, OSError, AttributeError):
            resource.setrlimit(getattr(resource, name), (0, 0))
            stands = name == "RLIMIT_NOFILE"
    return ("limits",) if stands else ()


def filter_program(machine: str) -> bytes | None:
    """Give the seccomp filter for a machine as BPF code, 8 bytes an instruction; None where we have no table."""
    if machine not in _MACHINES:
        return None
    column, mark = _MACHINES[machine]
    numbers = sorted(each[column] for each in _ALLOWED.values())
    refuse_at = len(numbers) + 3
    code = [(_LOAD, 0, 0, _MACHINE_AT), (_JUMP_EQUAL, 0, refuse_at - 2, mark), (_LOAD, 0, 0, _NUMBER_AT)]
    code += [(_JUMP_EQUAL, refuse_at - at, 0, number) for at, number in enumerate(numbers, len(code))]
    code += [(_RETURN, 0, 0, _NOT_PERMITTED), (_RETURN, 0, 0, _ALLOW)]
    return b"".join(struct.pack("=HBBI", *each) for each in code)


def _filter_calls() -> tuple[str, ...]:
    program = filter_program(os.uname().machine) if sys.platform == "linux" and sys.maxsize > 1 << 32 else None
    if program is None:
        return ()
    import ctypes  # noqa: PLC0415  (where it is of use)

    code = ctypes.create_string_buffer(program, len(program))
    head = ctypes.create_string_buffer(struct.pack("@HP", len(program) // 8, ctypes.addressof(code)))
    try:
        control = ctypes.CDLL(None).prctl
    except (OSError, AttributeError):
        return ()
    zero = ctypes.c_ulong(0)
    if control(_NO_NEW_PRIVILEGES, ctypes.c_ulong(1), zero, zero, zero):
        return ()
    refused = control(_SET_SECCOMP, ctypes.c_ulong(_FILTER), head, zero, zero)
    return () if refused else ("seccomp",)
