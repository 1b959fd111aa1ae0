"""`houqin batch` and `houqin init-schools`: one job for many schools, and the folders of all schools of a roster."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from houqin import errors
from houqin.cli.texts import ChineseCommand

if TYPE_CHECKING:
    from houqin.jobs.batch import SchoolOutcome

DONE, FAILED, ERRORS_WAIT = 0, 1, 3
FOLDER = click.Path(path_type=Path)


@click.command("batch", cls=ChineseCommand)
@click.argument("job", metavar="作业")
@click.option(
    "--schools", metavar="文件夹或写法", required=True, help="学校文件夹的上级文件夹，或“学校/第一学区*”这样的写法。"
)
@click.option("--workers", metavar="个数", type=click.IntRange(1, 256), help="同时做几所；不写就是处理器的个数。")
@click.option("--scheduler", metavar="地址", help="Dask 调度器的地址，如 tcp://10.0.0.5:8786；不写就在本机做。")
@click.option("--out", metavar="文件夹", type=FOLDER, help="结果文件夹；不写就是 output。")
@click.option("--roster", metavar="文件", type=FOLDER, help="学校名册.xlsx；不写就用学校文件夹旁边的那一份。")
@click.option("-p", "pairs", metavar="名=值", multiple=True, help="作业的参数，如 -p as_of=2025-09-12。")
@click.option("--notebook", is_flag=True, help="每所学校另存一份执行过的笔记本（慢几倍，结果一样）。")
@click.option("--seconds", metavar="秒", type=click.IntRange(1), default=600, help="一所学校最多几秒，默认 600。")
@click.option("--memory-mb", metavar="MB", type=click.IntRange(256), default=4096, help="一所学校的内存，默认 4096。")
@click.option("--json", "as_json", is_flag=True, help="只输出一份 JSON 文档，给程序读。")
@click.option("--strict", is_flag=True, help="有“必须改”的问题时，退出码为 3。")
def batch_command(  # noqa: PLR0913, PLR0917  (an option each)
    job: str, schools: str, workers: int | None, scheduler: str | None, out: Path | None, roster: Path | None,
    pairs: tuple[str, ...], *, notebook: bool, seconds: int, memory_mb: int, as_json: bool, strict: bool,
) -> int:  # fmt: skip
    """对许多学校运行同一个作业，最后出一份局汇总；一所出错不影响别的。作业名见 houqin run --help。."""
    from houqin.jobs.batch import Order, report_document, report_lines, run_batch  # noqa: PLC0415
    from houqin.jobs.batch_pool import Limits  # noqa: PLC0415
    from houqin.jobs.parameters import job_named  # noqa: PLC0415
    from houqin.jobs.places import OUTPUT  # noqa: PLC0415
    from houqin.jobs.told_after import told_after_batch  # noqa: PLC0415

    job = job_named(job) or job
    order = Order(
        job, schools, (out or OUTPUT).expanduser().absolute(), parameters=_parameters(pairs), workers=workers,
        scheduler=scheduler, roster=roster, notebook=notebook, limits=Limits(seconds, memory_mb),
    )  # fmt: skip
    report = run_batch(order, on_school=None if as_json else _tell_school)
    for note in told_after_batch(job, report.schools):
        click.echo(note, err=True)
    if as_json:
        click.echo(json.dumps(report_document(report), ensure_ascii=False, indent=1))
    else:
        click.echo("\n".join(report_lines(report)))
    if report.failed:
        return FAILED
    return ERRORS_WAIT if strict and report.open_errors else DONE


@click.command("init-schools", cls=ChineseCommand)
@click.argument("roster", metavar="学校名册.xlsx", type=FOLDER)
@click.argument("folder", metavar="文件夹", type=FOLDER)
def init_schools_command(roster: Path, folder: Path) -> int:
    """按学校名册建好所有学校的文件夹；名册还没有时，先写一份空的来填。."""
    from houqin.jobs.roster import init_schools, write_blank_roster  # noqa: PLC0415

    if not roster.exists():
        write_blank_roster(roster)
        click.echo(f"还没有名册，已写好一份空的：{roster}")
        click.echo("下一步：一行填一所学校，存好后再运行一次同样的命令。")
        return DONE
    made = init_schools(roster, folder.expanduser().absolute())
    for line in made.lines:
        click.echo(line)
    return DONE


def _parameters(pairs: tuple[str, ...]) -> dict[str, str]:
    words = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign:
            raise errors.BadParameter(f"“-p {pair}”要写成 -p 名=值，例如 -p as_of=2025-09-12。")
        words[name.strip()] = value.strip()
    return words


def _tell_school(number: int, count: int, outcome: SchoolOutcome) -> None:
    """Count on one line of a terminal; a school that failed keeps a line of its own everywhere."""
    if outcome.is_failed:
        click.echo(("\r" if sys.stderr.isatty() else "") + outcome.line, err=True)
    if sys.stderr.isatty():
        click.echo(f"\r已做 {number}/{count} 所", err=True, nl=number == count)
    elif number % 50 == 0 or number == count:
        click.echo(f"已做 {number}/{count} 所", err=True)
