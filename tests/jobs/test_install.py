"""Registration with the operating system: what is shown is what is done, and odd paths survive every quoting."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from houqin.errors import BadParameter, FailedRun
from houqin.jobs.install import Machine, carry_out, install_steps, kind_of, remove_steps

ODD = "后勤 资料 100%$HOME'\"&<软件>"
SPACE = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}


class Calls:
    """Stands for the machine's programs: keeps each call, and a crontab."""

    def __init__(self, crontab: str | None = None, status: int = 0) -> None:
        self.made, self.crontab, self.status = [], crontab, status

    def __call__(self, command, given):
        """Answer as crontab does, others with the status."""
        self.made.append(list(command))
        if list(command) == ["crontab", "-l"]:
            return (0, self.crontab) if self.crontab is not None else (1, "no crontab for somebody")
        if list(command) == ["crontab", "-"]:
            self.crontab = given
        return self.status, "没有权限" if self.status else ""


def machine(tmp_path: Path, calls: Calls, platform: str = "linux", **environ: str) -> Machine:
    """Give a machine with a home of its own and the program in an odd folder."""
    folder = tmp_path / ODD
    (folder / ".venv" / "bin").mkdir(parents=True, exist_ok=True)
    return Machine(
        platform, tmp_path / "家", environ, folder / ".venv" / "bin" / "python", folder, calls,
        lambda name: f"/bin/{name}",
    )  # fmt: skip


def test_cron_keeps_everybody_s_lines_and_ours_once(tmp_path):
    """Installed twice it stands there once; removed, the crontab is as it was."""
    calls = Calls("MAILTO=root\n0 5 * * * backup\n")
    here = machine(tmp_path, calls)
    for _ in range(2):
        plan = install_steps(here, "cron")
        assert f"{here.folder}".split("%")[0] in plan.shown
        carry_out(plan, here)
    assert calls.crontab is not None
    assert calls.crontab.startswith("MAILTO=root\n0 5 * * * backup\n")
    assert calls.crontab.count("houqin due >>>") == 1
    carry_out(remove_steps(here, "cron"), here)
    assert calls.crontab == "MAILTO=root\n0 5 * * * backup\n"


def test_cron_s_line_is_taken_by_a_shell_as_it_is_meant(tmp_path):
    """Cron turns an escaped percent sign back and hands the rest to sh: folder and program must come through."""
    here = machine(tmp_path, Calls())
    lines = install_steps(here, "cron").steps[0].input.splitlines()
    line = next(each for each in lines if each.startswith("7 * * * *"))
    command = line.removeprefix("7 * * * * ").replace("\\%", "%")
    assert "%" not in line.replace("\\%", "")
    here.python.write_text('#!/bin/sh\npwd; printf "%s\\n" "$@"\n', encoding="utf-8")
    here.python.chmod(0o755)
    said = subprocess.run(["/bin/sh", "-c", command], capture_output=True, text=True, check=True).stdout.splitlines()
    assert said == [str(here.folder), "-X", "utf8", "-m", "houqin", "due"]


def test_an_empty_crontab_gets_ours_alone(tmp_path):
    """Without a crontab `crontab -l` fails, and that is no fault."""
    calls = Calls()
    here = machine(tmp_path, calls)
    carry_out(install_steps(here, "cron"), here)
    assert calls.crontab is not None
    assert len(calls.crontab.splitlines()) == 4


def test_systemd_gets_two_units_in_the_home_and_loses_them_again(tmp_path):
    """Written below ~/.config/systemd/user, enabled at once; removed, nothing is left."""
    calls = Calls()
    here = machine(tmp_path, calls, XDG_RUNTIME_DIR=str(tmp_path))
    (tmp_path / "systemd").mkdir()
    assert kind_of(here) == "systemd"
    carry_out(install_steps(here, "systemd"), here)
    folder = here.home / ".config" / "systemd" / "user"
    service = (folder / "houqin-due.service").read_text(encoding="utf-8")
    assert "Persistent=true" in (folder / "houqin-due.timer").read_text(encoding="utf-8")
    before, _, command = service.partition("ExecStart=")
    assert "100%%$$HOME" in command
    assert "100%%$HOME" in before
    assert calls.made == [["systemctl", "--user", "daemon-reload"],
                          ["systemctl", "--user", "enable", "--now", "houqin-due.timer"]]  # fmt: skip
    carry_out(remove_steps(here, "systemd"), here)
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(
    not shutil.which("systemd-analyze") and not os.environ.get("CI"), reason="no systemd here; CI must have it"
)
@pytest.mark.parametrize("name", ["后勤 资料 100%", "it's \"后勤\" & $HOME", "反斜\\杠"])
def test_systemd_itself_takes_the_units(tmp_path, name):
    """Its own checker, with a program that is there: nothing is said against them."""
    folder = tmp_path / name
    folder.mkdir()
    python = folder / "python"
    python.write_text("#!/bin/sh\n", encoding="utf-8")
    python.chmod(0o755)
    here = Machine("linux", tmp_path / "家", {}, python, folder, Calls(), lambda _: None)
    carry_out(install_steps(here, "systemd"), here)
    units = here.home / ".config" / "systemd" / "user"
    done = subprocess.run(
        ["systemd-analyze", "--user", "verify", units / "houqin-due.service", units / "houqin-due.timer"],
        capture_output=True, text=True, check=False, env={"HOME": str(here.home), "XDG_RUNTIME_DIR": str(tmp_path)},
    )  # fmt: skip
    assert [line for line in (done.stdout + done.stderr).splitlines() if "houqin-due" in line] == []


def test_windows_gets_a_task_in_xml(tmp_path):
    """UTF-16 as schtasks wants it, for the clerk alone, at log-on and each hour, also what was missed."""
    calls = Calls()
    here = machine(tmp_path, calls, "win32", USERDOMAIN="OFFICE", USERNAME="后勤 A&B")
    (here.python.parent / "pythonw.exe").write_bytes(b"")
    assert kind_of(here) == "windows"
    carry_out(install_steps(here, "windows"), here)
    path = here.folder / ".houqin" / "houqin-due.xml"
    assert calls.made == [["schtasks", "/Create", "/TN", "houqin-due", "/XML", str(path), "/F"]]
    task = ET.fromstring(path.read_bytes())  # noqa: S314  (our own file)
    find = lambda name: task.findtext(f".//t:{name}", namespaces=SPACE)  # noqa: E731
    assert find("Command") == str(here.python.with_name("pythonw.exe"))
    assert find("WorkingDirectory") == str(here.folder)
    assert find("Arguments") == "-X utf8 -m houqin due"
    assert find("LogonTrigger/t:UserId") == "OFFICE\\后勤 A&B"
    assert (find("StartWhenAvailable"), find("MultipleInstancesPolicy")) == ("true", "IgnoreNew")
    carry_out(remove_steps(here, "windows"), here)
    assert not path.exists()
    assert calls.made[-1] == ["schtasks", "/Delete", "/TN", "houqin-due", "/F"]


def test_a_step_that_fails_is_named_with_what_the_program_said(tmp_path):
    """The clerk can show it to whoever looks after the computer."""
    here = machine(tmp_path, Calls(status=5))
    with pytest.raises(FailedRun, match="没有成功（退出码 5）：没有权限"):
        carry_out(install_steps(here, "windows"), here)


def test_a_path_that_no_file_can_hold_is_refused(tmp_path):
    """A line break would end the line of a crontab, and begin another."""
    here = Machine("linux", tmp_path, {}, Path("/a\n* * * * * rm/python"), tmp_path, Calls(), lambda _: None)
    with pytest.raises(BadParameter, match="控制字符"):
        install_steps(here, "cron")
    with pytest.raises(BadParameter, match="没有找到"):
        kind_of(here)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")
def test_what_is_shown_can_be_read_as_commands(tmp_path):
    """A person may carry out by hand what is shown."""
    here = machine(tmp_path, Calls(), "win32")
    line = install_steps(here, "windows").shown.splitlines()[-1]
    assert shlex.split(line)[1:5] == ["schtasks", "/Create", "/TN", "houqin-due"]
