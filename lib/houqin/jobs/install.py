"""`houqin due` registered with the operating system: Windows Task Scheduler, a systemd user timer, or cron.

A registration is first a value: the files and the commands, which are shown, and only then carried out.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from houqin.errors import BadParameter, FailedRun, system_reason
from houqin.jobs.places import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    # Starts a program with a text on its standard input; gives its exit status and what it wrote.
    Call = Callable[[Sequence[str], str], tuple[int, str]]

TASK = "houqin-due"
KINDS = {"windows": "Windows 任务计划程序", "systemd": "systemd 用户定时器", "cron": "cron"}
_BEGIN, _END = "# >>> houqin due >>>", "# <<< houqin due <<<"
_MINUTE = 7  # not on the hour, when everybody's tasks start


@dataclass(frozen=True, slots=True)
class Machine:
    """What of the machine an installation depends on; a test gives its own."""

    platform: str
    home: Path
    environ: Mapping[str, str]
    python: Path
    folder: Path
    call: Call
    find: Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: a file to write (no text: to remove), or a command with its standard input."""

    path: Path | None = None
    text: str | None = None
    command: tuple[str, ...] = ()
    input: str = ""
    encoding: str = "utf-8"
    may_fail: bool = False

    @property
    def shown(self) -> str:
        """Show it to a person."""
        if self.path is not None:
            head = f"写文件 {self.path}" if self.text is not None else f"删文件 {self.path}"
            return f"{head}：\n{_indented(self.text)}" if self.text is not None else head
        given = f"，标准输入：\n{_indented(self.input)}" if self.input else ""
        return f"执行 {shlex.join(self.command)}{given}"


@dataclass(frozen=True, slots=True)
class Registration:
    """All steps of an installation or a removal, for `kind` of scheduler."""

    kind: str
    steps: tuple[Step, ...] = field(default_factory=tuple)

    @property
    def shown(self) -> str:
        """Show all steps to a person."""
        return "\n".join([f"用 {KINDS[self.kind]}：", *(each.shown for each in self.steps)])


def this_machine() -> Machine:
    """Give the machine that we run on."""
    return Machine(
        sys.platform, Path.home(), os.environ, Path(sys.executable), REPOSITORY, _call, shutil.which
    )  # fmt: skip


def kind_of(machine: Machine) -> str:
    """Choose the scheduler: Windows' own, a running systemd of the user, else cron; BadParameter where none is."""
    if machine.platform == "win32":
        return "windows"
    running = Path(machine.environ.get("XDG_RUNTIME_DIR", "/nonexistent")) / "systemd"
    if machine.find("systemctl") and running.is_dir():
        return "systemd"
    if machine.find("crontab"):
        return "cron"
    raise BadParameter(
        "这台电脑上没有找到 Windows 任务计划程序、systemd 或 cron。请让别的程序每小时执行一次 houqin due。"
    )


def install_steps(machine: Machine, kind: str) -> Registration:
    """Plan the installation: `due` at log-on and each hour, in the checkout's folder. It replaces an earlier one."""
    _refuse_strange(machine)
    makers = {"windows": _windows, "systemd": _systemd, "cron": _cron}
    return Registration(kind, makers[kind](machine))


def remove_steps(machine: Machine, kind: str) -> Registration:
    """Plan the removal."""
    if kind == "windows":
        steps: tuple[Step, ...] = (
            Step(command=("schtasks", "/Delete", "/TN", TASK, "/F")), Step(path=_xml_path(machine)),
        )  # fmt: skip
    elif kind == "systemd":
        folder = _units(machine)
        steps = (
            Step(command=("systemctl", "--user", "disable", "--now", f"{TASK}.timer"), may_fail=True),
            Step(path=folder / f"{TASK}.timer"), Step(path=folder / f"{TASK}.service"),
            Step(command=("systemctl", "--user", "daemon-reload")),
        )  # fmt: skip
    else:
        steps = (Step(command=("crontab", "-"), input=_without_ours(_crontab(machine))),)
    return Registration(kind, steps)


def carry_out(registration: Registration, machine: Machine) -> list[str]:
    """Do the steps in their order; FailedRun names the one that did not work. Give what was done, a line each."""
    lines = []
    for step in registration.steps:
        if step.path is not None:
            _put(step.path, step.text, step.encoding)
        else:
            status, said = machine.call(step.command, step.input)
            if status and not step.may_fail:
                raise FailedRun(f"“{shlex.join(step.command)}”没有成功（退出码 {status}）：{said.strip()}")
        lines.append(step.shown.partition("\n")[0].rstrip("："))
    return lines


def _put(path: Path, text: str | None, encoding: str) -> None:
    try:
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding=encoding, newline="\n" if encoding == "utf-8" else "\r\n")
    except OSError as fault:
        raise FailedRun(f"“{path}”没有写成（{system_reason(fault)}）。") from fault


def _call(command: Sequence[str], given: str) -> tuple[int, str]:
    try:
        done = subprocess.run(  # noqa: S603  (the steps that were shown)
            command, input=given.encode(), capture_output=True, check=False, timeout=60
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as fault:
        return 1, str(fault)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8", errors="replace")


def _refuse_strange(machine: Machine) -> None:
    for path in (machine.python, machine.folder):
        if any(ord(sign) < 32 for sign in str(path)):
            raise BadParameter(f"路径“{path}”里有换行一类的控制字符，写不进定时任务。请把文件夹改个名字。")


def _indented(text: str | None) -> str:
    return "".join(f"    {line}\n" for line in (text or "").splitlines()).rstrip("\n")


def _xml_path(machine: Machine) -> Path:
    return machine.folder / ".houqin" / f"{TASK}.xml"


def _windows(machine: Machine) -> tuple[Step, ...]:
    path = _xml_path(machine)
    return (
        Step(path=path, text=_task(machine), encoding="utf-16"),
        Step(command=("schtasks", "/Create", "/TN", TASK, "/XML", str(path), "/F")),
    )


def _task(machine: Machine) -> str:
    """Write the task: at log-on and each hour, also what was missed, never two at once, no console window."""
    windowless = machine.python.with_name("pythonw.exe")
    python = windowless if windowless.is_file() else machine.python
    domain, name = machine.environ.get("USERDOMAIN", ""), machine.environ.get("USERNAME", "")
    user = escape(f"{domain}\\{name}" if domain else name)
    return f"""<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo><Description>后勤：运行到时候的和错过的定时作业</Description></RegistrationInfo>
  <Triggers>
    <LogonTrigger><Enabled>true</Enabled><UserId>{user}</UserId><Delay>PT1M</Delay></LogonTrigger>
    <CalendarTrigger>
      <Repetition><Interval>PT1H</Interval><Duration>P1D</Duration></Repetition>
      <StartBoundary>2025-01-01T00:{_MINUTE:02d}:00</StartBoundary>
      <Enabled>true</Enabled>
      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>{user}</UserId><LogonType>InteractiveToken</LogonType><RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT12H</ExecutionTimeLimit>
    <Enabled>true</Enabled>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{escape(str(python))}</Command>
      <Arguments>-X utf8 -m houqin due</Arguments>
      <WorkingDirectory>{escape(str(machine.folder))}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
"""


def _units(machine: Machine) -> Path:
    home = machine.environ.get("XDG_CONFIG_HOME", "")
    return (Path(home) if home.startswith("/") else machine.home / ".config") / "systemd" / "user"


def _systemd(machine: Machine) -> tuple[Step, ...]:
    service = f"""[Unit]
Description=后勤：运行到时候的和错过的定时作业

[Service]
Type=oneshot
WorkingDirectory={_percent(machine.folder)}
ExecStart=/bin/sh -c 'exec "$$0" "$$@"' {_unit_word(machine.python)} -X utf8 -m houqin due
# 另一个正在运行，不算失败
SuccessExitStatus=75
"""
    timer = f"""[Unit]
Description=后勤：每小时和登录时看有没有要运行的

[Timer]
OnCalendar=*-*-* *:{_MINUTE:02d}:00
OnStartupSec=1min
Persistent=true

[Install]
WantedBy=timers.target
"""
    folder = _units(machine)
    return (
        Step(path=folder / f"{TASK}.service", text=service), Step(path=folder / f"{TASK}.timer", text=timer),
        Step(command=("systemctl", "--user", "daemon-reload")),
        Step(command=("systemctl", "--user", "enable", "--now", f"{TASK}.timer")),
    )  # fmt: skip


def _percent(path: Path) -> str:
    return str(path).replace("%", "%%")


def _unit_word(path: Path) -> str:
    """Quote an argument of ExecStart: by systemd.service's rules for backslash, quote, percent and dollar.

    The program itself may hold no such signs at all, so that a shell starts it.
    """
    text = _percent(path).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$")
    return f'"{text}"'


def _cron(machine: Machine) -> tuple[Step, ...]:
    # For cron a percent sign ends the command; its environment has no UTF-8.
    command = f"cd {shlex.quote(str(machine.folder))} && {shlex.quote(str(machine.python))} -X utf8 -m houqin due"
    command = command.replace("%", "\\%")
    ours = [_BEGIN, f"{_MINUTE} * * * * {command}", f"@reboot sleep 60; {command}", _END]
    before = _without_ours(_crontab(machine))
    return (Step(command=("crontab", "-"), input=before + "".join(f"{line}\n" for line in ours)),)


def _crontab(machine: Machine) -> str:
    status, said = machine.call(("crontab", "-l"), "")
    return said if status == 0 else ""  # without a crontab it says so and fails


def _without_ours(text: str) -> str:
    """Leave our own lines out, and not one of anybody else's; an end that is missing ends nothing."""
    lines = text.splitlines()
    if _BEGIN in lines and _END in lines[lines.index(_BEGIN) :]:
        first = lines.index(_BEGIN)
        del lines[first : lines.index(_END, first) + 1]
    return "".join(f"{line}\n" for line in lines)
