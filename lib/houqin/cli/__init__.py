"""The `houqin` command: arguments -> calls -> text and exit status. Help loads no pandas."""

from __future__ import annotations

import json
import os
import sys
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from houqin import __version__, errors
from houqin.cli.asking import password_asker
from houqin.cli.batch import batch_command, init_schools_command
from houqin.cli.classes import blanks_command, missing_command
from houqin.cli.interrupts import INTERRUPTED, SENTENCE, end_at_once, interruptible
from houqin.cli.schedules import due_command, schedule_group
from houqin.cli.texts import ChineseCommand, ChineseGroup, toned, usage_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.jobs.inspection import Inspection

DONE, FAILED, USAGE, ERRORS_WAIT, BUSY = 0, 1, 2, 3, 75
HELP = {"help_option_names": ["-h", "--help"]}
# Faults of what a person gave us are wrong usage; any other of our own has failed.
STATUSES = {
    click.ClickException: USAGE, errors.BadParameter: USAGE, errors.LockHeld: BUSY,
    errors.BadDescription: USAGE, errors.RefusedFile: USAGE,  # settings with mistakes, or that cannot be read
    click.Abort: INTERRUPTED, KeyboardInterrupt: INTERRUPTED,
}  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give the exit status of the contract."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    with interruptible() as interruption:
        try:
            status = command_line.main(args=arguments, prog_name="houqin", standalone_mode=False)
        except (Exception, KeyboardInterrupt) as fault:  # noqa: BLE001  (the last place where one can be told)
            interruption.is_told = interruption.came
            # An interrupt surfaces as whatever the library made of it.
            status = _tell(KeyboardInterrupt() if interruption.came else fault)
        if interruption.came and status == INTERRUPTED:
            end_at_once()
    return status if isinstance(status, int) else DONE


def _tell(fault: BaseException) -> int:
    """Say what went wrong and give the exit status."""
    if isinstance(fault, click.exceptions.Exit):
        return fault.exit_code
    if isinstance(fault, BrokenPipeError):
        # Whoever read our output has seen enough; without this, Python complains again at its own end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    say(_sentence(fault))
    return next((status for kind, status in STATUSES.items() if isinstance(fault, kind)), FAILED)


def _sentence(fault: BaseException) -> str:
    if isinstance(fault, click.ClickException):
        return usage_sentence(fault)
    if isinstance(fault, errors.HouqinError):
        return str(fault)
    if isinstance(fault, OSError):
        return errors.system_sentence(fault)
    if isinstance(fault, (KeyboardInterrupt, click.Abort)):
        return SENTENCE
    whole = "".join(traceback.format_exception(fault))
    return f"{whole}这是程序自己的错，没有发布结果。请把上面这段文字发给维护的人。"


def say(sentence: str) -> None:
    """Tell a person something beside the result."""
    click.echo(sentence, err=True)


@click.group(cls=ChineseGroup, no_args_is_help=False, invoke_without_command=True, context_settings=HELP)
@click.version_option(__version__, message="houqin %(version)s", help="显示版本。")
@click.pass_context
def command_line(context: click.Context) -> None:
    """后勤：把学校后勤的工作簿整理成台账、汇总和可以签字的单据。."""
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


command_line.add_command(batch_command)
command_line.add_command(init_schools_command)

FOLDER = click.Path(path_type=Path)
SCHOOL = click.option("--school", metavar="文件夹", type=FOLDER, help="学校文件夹；不写就用文件所在的学校。")
JSON = click.option("--json", "as_json", is_flag=True, help="只输出一份 JSON 文档，给程序读。")
STRICT = click.option("--strict", is_flag=True, help="有“必须改”的问题时，退出码为 3。")
PROFILE = click.option(
    "--profile", metavar="用途", default="internal", show_default=False,
    type=click.Choice(["internal", "class", "vendor", "public"]),
    help="写给谁：internal 内部（默认，全部台账）、class 班主任、vendor 厂家、public 公示。",
)  # fmt: skip
FILES = click.argument("files", metavar="文件…", nargs=-1, required=True, type=click.Path(path_type=Path))


@command_line.command("inspect", cls=ChineseCommand)
@FILES
@SCHOOL
@JSON
def inspect_command(files: tuple[Path, ...], school: Path | None, *, as_json: bool) -> int:
    """看看文件里找到了哪些表、表头在哪、每一列是什么。."""
    from houqin.jobs.inspection import inspect_files  # noqa: PLC0415
    from houqin.jobs.told import summary_lines  # noqa: PLC0415

    found = inspect_files(files, school, ask=password_asker())
    lines = [] if as_json else [toned(text, tone) for text, tone in summary_lines(found)]
    _print(found, lines, as_json=as_json, records=False)
    return _status_of(found, strict=False)


@command_line.command("clean", cls=ChineseCommand)
@FILES
@SCHOOL
@click.option("--out", metavar="文件夹", type=FOLDER, help="把台账、问题清单和标注后的原表写到这里；不写就只显示。")
@PROFILE
@JSON
@STRICT
def clean_command(  # noqa: PLR0913  (an option each)
    files: tuple[Path, ...], school: Path | None, out: Path | None, profile: str, *, as_json: bool, strict: bool
) -> int:
    """清洗并检查文件，列出疑点；原文件不动。."""
    if profile != "internal" and out is None:
        raise errors.BadParameter("--profile 要同时写 --out 文件夹，说明写到哪里。")
    from houqin.jobs.inspection import clean_lines, inspect_files, mark_copies, write_cleaned  # noqa: PLC0415

    found = inspect_files(files, school, ask=password_asker())
    if out is not None:
        found = mark_copies(found, out) if profile == "internal" else found
        for note in write_cleaned(found, out, profile):
            say(note)
    _print(found, clean_lines(found, out), as_json=as_json, records=True)
    return _status_of(found, strict=strict)


def _print(found: Inspection, lines: list[str], *, as_json: bool, records: bool) -> None:
    from houqin.jobs.contract import document  # noqa: PLC0415

    if as_json:
        _print_json(document(found.result, found.forms, records=records))
    else:
        click.echo("\n".join(lines))


def _print_json(told: dict[str, Any]) -> None:
    click.echo(json.dumps(told, ensure_ascii=False, indent=1))


def _status_of(found: Inspection, *, strict: bool) -> int:
    statuses = [file.status for file in found.result.files]
    if "read" not in statuses and "refused" in statuses:
        return FAILED
    waits = any(finding.level == "error" for finding in found.result.findings)
    return ERRORS_WAIT if strict and waits else DONE


class JobGroup(ChineseGroup):
    """One sub-command a job, its options made from the job's parameters when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Give the names of the jobs."""
        from houqin.jobs.places import job_names  # noqa: PLC0415

        return list(job_names())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:  # noqa: ARG002
        """Make a job's command; BadParameter names the nearest where there is none."""
        from houqin.jobs.parameters import JOBS, job_named  # noqa: PLC0415
        from houqin.jobs.places import notebook_of  # noqa: PLC0415

        cmd_name = job_named(cmd_name) or cmd_name
        notebook_of(cmd_name)
        options = [
            click.Option([f"--{name.replace('_', '-')}"], metavar="值", help=field.description)
            for name, field in JOBS[cmd_name].model_fields.items()
        ]
        pairs = click.Option(["-p", "pairs"], metavar="名=值", multiple=True, help="同上，写成 -p as_of=2025-09-12。")
        shared: list[click.Parameter] = [
            *options, pairs,
            click.Option(["--json", "as_json"], is_flag=True, help="只输出 run.json。"),
            click.Option(["--strict"], is_flag=True, help="有“必须改”的问题时，退出码为 3。"),
        ]  # fmt: skip
        text = (JOBS[cmd_name].__doc__ or "").partition(".")[0]
        return ChineseCommand(cmd_name, params=shared, callback=_job_callback(cmd_name), help=text)


def _job_callback(job: str) -> Any:  # noqa: ANN401  (click's kind of callable)
    def callback(pairs: tuple[str, ...], *, as_json: bool, strict: bool, **options: str | None) -> int:
        return _run(job, _words(job, pairs, options), as_json=as_json, strict=strict)

    return callback


@command_line.group("run", cls=JobGroup)
def run_group() -> None:
    """运行一个作业：它的笔记本由 papermill 执行，结果发布到输出文件夹。."""


def _words(job: str, pairs: tuple[str, ...], options: dict[str, str | None]) -> dict[str, str]:
    words: dict[str, str] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign:
            raise errors.BadParameter(f"“-p {pair}”要写成 -p 名=值，例如 -p as_of=2025-09-12。")
        words[name.strip()] = value.strip()
    words |= {name: value for name, value in options.items() if value is not None}
    if not words.get("school"):
        from houqin.jobs.new_school import default_school  # noqa: PLC0415

        words["school"] = str(default_school(job))
    for name in ("school", "out"):
        if words.get(name):
            words[name] = str(Path(words[name]).expanduser().absolute())  # said from where the person stands
    return words


def _run(job: str, words: dict[str, str], *, as_json: bool, strict: bool) -> int:
    from houqin.jobs.parameters import parse_words  # noqa: PLC0415

    given = parse_words(job, words)
    from houqin.jobs.runner import report_lines, run_job  # noqa: PLC0415  (the parameters come first)
    from houqin.jobs.told_after import ToldAfter  # noqa: PLC0415  (as above)

    on_cell, after = _tell_cell if sys.stderr.isatty() and not as_json else None, ToldAfter()
    try:
        report = run_job(job, given, on_cell=on_cell, ask=password_asker(), on_plan=after.heard)
    except Exception as fault:
        for note in after.failed(fault):
            say(note)
        raise
    for note in (*report.notes, *after.done(report)):
        say(note)
    if as_json:
        _print_json(report.record)
    else:
        click.echo("\n".join(report_lines(report)))
    return ERRORS_WAIT if strict and report.record["findings_by_level"]["error"] else DONE


def _tell_cell(number: int, count: int) -> None:
    click.echo(f"\r正在运行笔记本 … 第 {number}/{count} 格", err=True, nl=number == count)


@command_line.command("history", cls=ChineseCommand)
@click.option("--out", metavar="文件夹", type=FOLDER, help="结果文件夹；不写就是 output。")
@click.option("--school", metavar="校名", help="只看这所学校。")
@click.option("--job", metavar="作业", help="只看这个作业。")
@click.option("--most", metavar="条数", type=click.IntRange(1), default=20, help="最多列几条，默认 20。")
@click.option("--changes", is_flag=True, help="细看最近一次：哪些文件、哪些数变了，改好和新出现的逐条列出。")
@JSON
def history_command(  # noqa: PLR0913  (an option each)
    out: Path | None, school: str | None, job: str | None, most: int, *, changes: bool, as_json: bool
) -> int:
    """看看运行过什么：时间、结果、问题数，和上次比改好几条、新出现几条。."""
    from houqin.jobs.history import History, entry_json  # noqa: PLC0415
    from houqin.jobs.places import OUTPUT  # noqa: PLC0415

    entries = History((out or OUTPUT).absolute()).entries(school=school, job=_job_asked(job), most=most)
    if changes and not as_json:
        from houqin.jobs.history_changes import change_lines  # noqa: PLC0415

        click.echo("\n".join(change_lines(entries)))
    elif as_json:
        click.echo(entry_json(entries))
    else:
        click.echo("\n".join(each.line for each in entries) or "还没有运行过。")
    return DONE


def _job_asked(word: str | None) -> str | None:
    """Take a job's Chinese title for its name."""
    from houqin.jobs.parameters import job_named  # noqa: PLC0415

    return job_named(word) or word if word else None


@command_line.command("init", cls=ChineseCommand)
@click.argument("folder", metavar="文件夹", type=FOLDER)
def init_command(folder: Path) -> int:
    """新建一个学校文件夹：学校设置.xlsx、收件箱、决定。."""
    from houqin.jobs.new_school import init_school  # noqa: PLC0415

    settings = init_school(folder)
    click.echo(f"建好了：{settings.parent}")
    click.echo(f"下一步：打开《{settings.name}》填好各张表，把本学期的工作簿放进“收件箱”。")
    return DONE


@command_line.command("new-form", cls=ChineseCommand)
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option("--sheet", metavar="工作表", default="", help="照哪张工作表起草；不写就用记录最多的那张表。")
@click.option("--id", "form_id", metavar="编号", default="", help="新表单的编号，小写英文；不写就按标题猜一个。")
@click.option("--out", metavar="文件夹", type=FOLDER, help="写到这里；不写就写在工作簿旁边。")
@click.option("--stdout", is_flag=True, help="只显示，不写文件。")
def new_form_command(file: Path, sheet: str, form_id: str, out: Path | None, *, stdout: bool) -> int:
    """照一份填好的工作簿，起草一种新表单的描述，由人看过再用。."""
    from houqin.jobs.new_form import draft_form, draft_lines, write_draft  # noqa: PLC0415

    draft = draft_form(file, sheet=sheet, form_id=form_id)
    if stdout:
        click.echo(draft.text, nl=False)
        return DONE
    click.echo("\n".join(draft_lines(draft, write_draft(draft, out or file.parent))))
    return DONE


@command_line.command("fill", cls=ChineseCommand)
@click.argument("form", metavar="空白表")
@click.option("--with", "description", metavar="说明.toml", type=FOLDER, help="填写说明；不写就用空白表旁边同名的。")
@SCHOOL
@click.option("--as-of", metavar="日期", help="填表日期，如 2025-09-12；不写按学期推算。")
@click.option("--out", metavar="文件", type=FOLDER, required=True, help="填好的表写到这里。")
def fill_command(form: str, description: Path | None, school: Path | None, as_of: str | None, out: Path) -> int:
    """把单位自己的空白表按说明填好；格式、公式、打印设置都保留。."""
    from houqin.jobs.filled import fill_school  # noqa: PLC0415
    from houqin.jobs.new_school import default_school  # noqa: PLC0415

    folder = school or Path(default_school())
    lines = fill_school(form, folder, out, description=description, as_of=as_of, ask=password_asker())
    click.echo("\n".join(lines))
    return DONE


@command_line.command("lab", cls=ChineseCommand, context_settings={"ignore_unknown_options": True})
@click.argument("arguments", metavar="[JupyterLab 的选项]", nargs=-1, type=click.UNPROCESSED)
def lab_command(arguments: tuple[str, ...]) -> int:
    """打开中文界面的 JupyterLab。."""
    from houqin.jobs.lab import start_lab  # noqa: PLC0415

    return start_lab(arguments)


command_line.add_command(schedule_group)
command_line.add_command(due_command)
command_line.add_command(blanks_command)
command_line.add_command(missing_command)
