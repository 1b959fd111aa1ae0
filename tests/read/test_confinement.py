"""What the reading child cannot do once it has started, tried by the child itself."""

from __future__ import annotations

import ast
import struct
import sys
from typing import TYPE_CHECKING

import pytest

from houqin.errors import RefusedFile
from houqin.read import Reader, reader
from houqin.read.confinement import filter_program

if TYPE_CHECKING:
    from pathlib import Path

# The child's own start, with a parser that tries what no file may ever make it do and tells how each attempt ended.
_PROBE = """
import sys; sys.path.extend(sys.argv[1:])
import ctypes, os, signal, socket, subprocess, threading
from houqin.errors import RefusedFile
from houqin.read import child

def attempt(act):
    try:
        act()
    except BaseException as fault:
        return type(fault).__name__
    return "done"

def probe(data, limits, password=None):
    place, *chosen = data.decode().split(";")
    tries = {
        "read a file": lambda: open(place).read(),
        "write a file": lambda: open(place + ".new", "w"),
        "remove a file": lambda: os.unlink(place),
        "rename a file": lambda: os.rename(place, place + ".old"),
        "make a folder": lambda: os.mkdir(place + ".folder"),
        "list a folder": lambda: os.listdir("/"),
        "open a socket": lambda: socket.socket(),
        "fork": lambda: os.fork(),
        "start a program": lambda: subprocess.run(["/bin/true"]),
        "become a program": lambda: os.execv("/bin/true", ["true"]),
        "signal another process": lambda: os.kill(os.getppid(), 0),
        "start a thread": lambda: threading.Thread(target=int).start(),
        "import a module": lambda: __import__("wave"),
        "raise its limit of files": lambda: __import__("resource").setrlimit(7, (64, 64)),
    }
    told = {what: attempt(act) for what, act in tries.items() if what in chosen or not chosen}
    raise RefusedFile("corrupt", repr(told))

child._ASKED["read"] = probe
child.main()
"""


def _results(monkeypatch: pytest.MonkeyPatch, start: str, file: Path, *chosen: str) -> dict[str, str]:
    monkeypatch.setattr(reader, "_START", start)
    made = Reader()
    try:
        made.read(";".join([str(file), *chosen]).encode())
    except RefusedFile as refusal:
        return dict(ast.literal_eval(str(refusal)))
    finally:
        made.close()
    return {}


def test_the_child_can_open_reach_and_start_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever takes the parser over finds no file, no network and no program; the file it was told of is untouched.

    The filter is Linux's; Windows has no walls within the child.
    """
    if sys.platform != "linux":
        return
    file = tmp_path / "工资.txt"
    file.write_text("机密", encoding="utf-8")
    results = _results(monkeypatch, _PROBE, file)
    assert len(results) == 14
    assert {what for what, end in results.items() if end == "done"} == set()
    assert [each.name for each in tmp_path.iterdir()] == ["工资.txt"]


def test_the_limits_alone_leave_no_file_and_no_socket(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where there is no seccomp (macOS, an odd kernel) what needs a new descriptor still fails."""
    file = tmp_path / "工资.txt"
    file.write_text("机密", encoding="utf-8")
    if sys.platform == "win32":
        return
    without = _PROBE.replace("def attempt", "child.confine.__globals__['_filter_calls'] = lambda: ()\ndef attempt")
    needs = ["read a file", "write a file", "list a folder", "open a socket", "start a program", "import a module"]
    results = _results(monkeypatch, without, file, *needs)
    assert len(results) == len(needs)
    assert set(results.values()) <= {"OSError", "ModuleNotFoundError"}
    assert "机密" not in str(results)


@pytest.mark.parametrize(
    "start",
    [
        "child.confine.__globals__['_filter_calls'] = lambda: ()",
        "child.confine.__globals__['_limit_all'] = lambda: ()",
        "child.confine.__globals__['filter_program'] = lambda _: b'\\0' * 8",
    ],
)
def test_a_wall_that_a_system_lacks_does_not_stop_the_reading(monkeypatch: pytest.MonkeyPatch, start: str) -> None:
    """No filter, no limits, a filter that the kernel refuses: the file is read."""
    main = f"import sys; sys.path.extend(sys.argv[1:]); from houqin.read import child; {start}; child.main()"
    monkeypatch.setattr(reader, "_START", main)
    made = Reader()
    assert made.read("名称,数量\n粉笔,3\n".encode()).grids[0].cell(2, 1).value == "粉笔"
    made.close()


def _verdict(program: bytes, machine: int, number: int) -> int:
    """Run the filter as the kernel would."""
    code = list(struct.iter_unpack("=HBBI", program))
    data = {0: number, 4: machine}
    at, held = 0, 0
    while True:
        operation, hit, miss, value = code[at]
        if operation == 0x06:
            return value
        if operation == 0x20:
            held, at = data[value], at + 1
        else:
            at += 1 + (hit if held == value else miss)


@pytest.mark.parametrize(
    ("machine", "mark", "allowed", "refused"),
    [
        ("x86_64", 0xC000003E, [0, 1, 9, 12, 231, 334], [2, 41, 42, 56, 57, 59, 62, 82, 87, 257, 435, 1 << 30]),
        ("aarch64", 0xC00000B7, [63, 64, 222, 214, 94], [56, 198, 203, 220, 221, 129, 35, 37, 0, 1 << 30]),
    ],
)
def test_the_filter_lets_memory_and_pipes_through_and_no_more(
    machine: str, mark: int, allowed: list[int], refused: list[int]
) -> None:
    """Opening, sockets, processes and signals are refused; so is all of a foreign calling convention."""
    program = filter_program(machine)
    assert program is not None
    assert len(program) // 8 < 255
    assert {_verdict(program, mark, number) for number in allowed} == {0x7FFF0000}
    assert {_verdict(program, mark, number) for number in refused} == {0x00050001}
    assert {_verdict(program, 0x40000003, number) for number in allowed} == {0x00050001}


def test_a_machine_without_a_table_gets_no_filter() -> None:
    """Numbers of another machine would forbid the wrong calls."""
    assert filter_program("riscv64") is None
