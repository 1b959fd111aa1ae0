"""`houqin schedule …` and `houqin due`."""

from __future__ import annotations

import json
import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from houqin.cli.texts import ChineseCommand, ChineseGroup
from houqin.errors import BadParameter

if TYPE_CHECKING:
    from houqin.jobs.install import Machine, Registration

DONE, FAILED = 0, 1
FOLDER = click.Path(path_type=Path)
SCHOOL = click.option("--school", metavar="文件夹", type=FOLDER, help="学校文件夹；不写就是 houqin init 建的那一所。")
OUT = click.option("--out", metavar="文件夹", type=FOLDER, help="结果文件夹；不写就是 output。")
JSON = click.option("--json", "as_json", is_flag=True, help="只输出一份 JSON 文档，给程序读。")
KIND = click.option(
    "--with", "kind", metavar="程序", type=click.Choice(["windows", "systemd", "cron"]),
    help="用哪一个登记：windows、systemd 或 cron；不写就按这台电脑。",
)  # fmt: skip
SHOW = click.option("--show", is_flag=True, help="只显示要写什么，不写。")
YES = click.option("--yes", is_flag=True, help="显示以后直接写，不再问。")


def local_now() -> datetime:
    """Give the clock on the clerk's wall."""
    return datetime.now().replace(microsecond=0)  # noqa: DTZ005  (schedules are in local time)


@click.group("schedule", cls=ChineseGroup)
def schedule_group() -> None:
    """定时运行：在校历的哪些日子、几点，自己运行哪个作业。."""


@schedule_group.command("add", cls=ChineseCommand)
@click.argument("job", metavar="作业")
@click.option("--when", "days", metavar="何时", required=True,
              help="学期首日、每个上学日、每周一……每周日、月末、年末基准日。")  # fmt: skip
@click.option("--at", "clock", metavar="时刻", default="07:30", help="几点，例如 07:30（默认）。")
@click.option("--since", metavar="日期", help="从哪天起，例如 2025-09-01；不写就从下一次起。")
@click.option("--remark", metavar="说明", default="", help="给人看的一句话。")
@SCHOOL
def add_command(job: str, days: str, clock: str, since: str | None, remark: str, school: Path | None) -> int:  # noqa: PLR0913, PLR0917  (an option each)
    """加一个定时，记在学校文件夹的《定时.xlsx》里；作业名见 houqin run --help。."""
    from houqin.jobs.due import coming  # noqa: PLC0415
    from houqin.jobs.parameters import job_named  # noqa: PLC0415
    from houqin.jobs.schedule import Schedule, parse_time, parse_when  # noqa: PLC0415
    from houqin.jobs.schedule_book import load_schedules, with_new, write_schedules  # noqa: PLC0415
    from houqin.jobs.scheduled_schools import remember_school  # noqa: PLC0415

    folder, now, job = _school(school), local_now(), job_named(job) or job
    (when, weekday), at = parse_when(days), parse_time(clock)
    # A time that is over today is meant from tomorrow on, or it would run at once.
    first = _since(since) if since else now.date() + timedelta(days=at <= now.time())
    new = with_new(load_schedules(folder), Schedule(0, job, when, at, first, weekday, remark=remark.strip()))
    listed = coming(folder, now)  # the settings must be readable before anything is written
    path = write_schedules(folder, new)
    remember_school(folder)
    click.echo(f"加好了，记在《{path.name}》里，共 {len(listed) + 1} 个：")
    click.echo(coming(folder, now)[-1].line)
    click.echo("还没有登记到系统里的，运行一次 houqin schedule install。")
    return DONE


@schedule_group.command("list", cls=ChineseCommand)
@SCHOOL
@JSON
def list_command(school: Path | None, *, as_json: bool) -> int:
    """列出定时，和各自下一次的日子。."""
    from houqin.jobs.due import coming  # noqa: PLC0415

    found = coming(_school(school), local_now())
    if as_json:
        told = [
            {
                "number": each.schedule.number, "job": each.schedule.job, "days": each.schedule.days,
                "at": f"{each.schedule.at:%H:%M}", "since": each.schedule.since.isoformat(),
                "paused": each.schedule.is_paused, "next": each.slot.isoformat() if each.slot else None,
            }
            for each in found
        ]  # fmt: skip
        click.echo(json.dumps({"schedules": told}, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(each.line for each in found) or "还没有定时。用 houqin schedule add 加一个。")
    return DONE


@schedule_group.command("remove", cls=ChineseCommand)
@click.argument("number", metavar="编号", type=int)
@SCHOOL
def remove_command(number: int, school: Path | None) -> int:
    """去掉一个定时；编号见 houqin schedule list。."""
    from houqin.jobs.schedule_book import load_schedules, without, write_schedules  # noqa: PLC0415

    folder = _school(school)
    left = without(load_schedules(folder), number)
    write_schedules(folder, left)
    click.echo(f"去掉了编号 {number}，还有 {len(left)} 个。")
    return DONE


@schedule_group.command("calendar", cls=ChineseCommand)
@SCHOOL
def calendar_command(school: Path | None) -> int:
    """按周列出本学期的上学日，放假和调休注明原因。."""
    from houqin.jobs.calendar_lines import calendar_lines  # noqa: PLC0415

    click.echo("\n".join(calendar_lines(_school(school))))
    return DONE


@schedule_group.command("notice", cls=ChineseCommand)
@SCHOOL
def notice_command(school: Path | None) -> int:
    """按《学校设置》的“通知”，给每个渠道发一条试发的通知。."""
    from houqin.jobs.trial_notice import send_trial  # noqa: PLC0415

    lines, is_sent = send_trial(_school(school), local_now().date().isoformat())
    click.echo("\n".join(lines))
    return DONE if is_sent else FAILED


@schedule_group.command("install", cls=ChineseCommand)
@KIND
@SHOW
@YES
def install_command(kind: str | None, *, show: bool, yes: bool) -> int:
    """登记到系统：登录时和每小时运行一次 houqin due；先显示要写什么。."""
    from houqin.jobs.install import install_steps, kind_of, this_machine  # noqa: PLC0415

    machine = this_machine()
    return _carry_out(install_steps(machine, kind or kind_of(machine)), machine, show=show, yes=yes)


@schedule_group.command("uninstall", cls=ChineseCommand)
@KIND
@SHOW
@YES
def uninstall_command(kind: str | None, *, show: bool, yes: bool) -> int:
    """撤销登记；先显示要做什么。."""
    from houqin.jobs.install import kind_of, remove_steps, this_machine  # noqa: PLC0415

    machine = this_machine()
    return _carry_out(remove_steps(machine, kind or kind_of(machine)), machine, show=show, yes=yes)


@click.command("due", cls=ChineseCommand)
@click.option("--school", "schools", metavar="文件夹", type=FOLDER, multiple=True,
              help="只看这所学校，可以写几次；不写就是这里定过时的各所。")  # fmt: skip
@OUT
@JSON
def due_command(schools: tuple[Path, ...], out: Path | None, *, as_json: bool) -> int:
    """运行到时候的和错过的定时作业，每一次只运行一遍；由系统每小时调用。."""
    from houqin.jobs.due import run_due  # noqa: PLC0415
    from houqin.jobs.places import OUTPUT  # noqa: PLC0415
    from houqin.jobs.scheduled_schools import scheduled_schools  # noqa: PLC0415

    folders = [_school(each) for each in schools] or scheduled_schools()
    report = run_due(folders, (out or OUTPUT).expanduser().absolute(), local_now())
    if as_json:
        click.echo(json.dumps(report.told, ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(report.lines))
    return FAILED if report.has_failed else DONE


def _carry_out(registration: Registration, machine: Machine, *, show: bool, yes: bool) -> int:
    from houqin.jobs.install import carry_out  # noqa: PLC0415

    click.echo(registration.shown)
    if show:
        return DONE
    if not yes:
        asked = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))
        if not asked or not click.confirm("照这样做吗？", err=True):
            click.echo("没有写任何东西。要写，请加 --yes。", err=True)
            return DONE
    click.echo("\n".join(f"完成：{line}" for line in carry_out(registration, machine)))
    return DONE


def _school(given: Path | None) -> Path:
    from houqin.jobs.new_school import default_school  # noqa: PLC0415

    folder = (given.expanduser().absolute() if given is not None else default_school()).resolve()
    if not folder.is_dir():
        raise BadParameter(f"没有“{folder}”这个文件夹。")
    return folder


def _since(word: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        raise BadParameter(f"--since 要写成 2025-09-01 这样的日期，收到的是“{word}”。") from None
