"""Runs a job's notebook through papermill and publishes what it made."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from houqin import errors
from houqin.errors import FailedRun
from houqin.jobs.access import access_for, handed_on
from houqin.jobs.executed import tidy_notebook
from houqin.jobs.job_process import job_process
from houqin.jobs.kinds import kind_of
from houqin.jobs.outcome_file import RUN_VARIABLE, leave_order, take_outcome
from houqin.jobs.places import NOTEBOOKS, REPOSITORY, notebook_of
from houqin.jobs.plan import make_plan
from houqin.jobs.records import now_text, read_record, record_of
from houqin.jobs.runs import open_run, publish
from houqin.jobs.since import since_line
from houqin.jobs.wording import waiting_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from papermill.exceptions import PapermillExecutionError

    from houqin.jobs.access import Ask
    from houqin.jobs.job_process import JobProcess
    from houqin.jobs.parameters import JobParameters
    from houqin.jobs.plan import Plan
    from houqin.jobs.runs import Run

_OURS = {name for name in vars(errors) if isinstance(getattr(errors, name), type)}


@dataclass(frozen=True, slots=True)
class RunReport:
    """A published run: its folder, its run.json, and what a person should hear about the place."""

    folder: Path
    record: dict[str, Any]
    notes: tuple[str, ...] = ()


def run_job(  # noqa: PLR0913  (options by keyword)
    job: str,
    given: JobParameters,
    *,
    base: Path = NOTEBOOKS,
    on_cell: Callable[[int, int], None] | None = None,
    ask: Ask | None = None,
    on_plan: Callable[[Plan], None] | None = None,
) -> RunReport:
    """Run a job; relative folders count from `base`, `on_cell` hears of each cell (number, of how many).

    `ask` asks a person for the password of a locked file, before the notebook starts. `on_plan` hears of the settings
    and the place as soon as they are known.

    Raises BadParameter and BadDescription before anything is started, LockHeld where another run is under way,
    FailedRun where it came to nothing; what there is of a failed run lies in failed/ beside the good ones.
    """
    plan = make_plan(job, given, base=base)
    if on_plan is not None:
        on_plan(plan)
    started = now_text()
    notebook = notebook_of(job)
    process = job_process(notebook)

    def start(folder: Path, opened: Mapping[str, str]) -> None:
        process.start({RUN_VARIABLE: str(folder), **handed_on(opened)})

    try:
        with open_run(plan, access_for(plan.school, ask), when_locked=start) as run:
            outcome = _execute(run, notebook, process, on_cell)
            folder = publish(run, record_of(run, outcome, started))
    finally:
        process.end()
    return RunReport(folder, read_record(folder), tuple(run.notes))


def report_lines(report: RunReport) -> list[str]:
    """Tell what was read, how much waits for a person, and where the results are, for the terminal."""
    record, counts = report.record, report.record["counts"]
    lines = [
        f"{record['school']}　{record['period']}　截至 {record['parameters']['as_of']}",
        f"文件：读取 {counts['read']} 个，拒绝 {counts['refused']} 个，跳过 {counts['skipped']} 个。",
        f"表格：认出 {counts['tables']} 张，不认识的 {counts['unknown_tables']} 张。",
    ]
    lines += [f"  {file['reason']['message']}" for file in record["files"] if file["status"] == "refused"]
    lines.append(waiting_line(record["findings_by_level"]))
    if "since" in record:
        lines.append(f"{since_line(record['since'])}。")
    lines.append(f"清洗更正 {counts['changes']} 处，都记在台账的“更正记录”里；原文件没有改动。")
    lines.append(f"结果在：{report.folder}")
    return [*lines, *(f"  {name}" for name in kind_of(record["job"]).people if (report.folder / name).exists())]


def _execute(
    run: Run, notebook: Path, process: JobProcess, on_cell: Callable[[int, int], None] | None
) -> dict[str, Any]:
    executed = run.technical / notebook.name
    leave_order(run.order)
    masks = _masks(run.plan, run.folder)
    given = {**run.plan.parameters, "school": str(run.plan.school.folder), "out": str(run.plan.out)}
    try:
        _run_cells(run, process, executed, given, on_cell)
    except BaseException:
        process.end()
        with suppress(OSError, ValueError):  # half a notebook, of a full disk, must not hide the fault
            tidy_notebook(executed, masks)
        raise
    process.end()
    tidy_notebook(executed, masks)
    return take_outcome(run.folder)


def _run_cells(
    run: Run, process: JobProcess, executed: Path, given: Mapping[str, Any],
    on_cell: Callable[[int, int], None] | None,
) -> None:  # fmt: skip
    try:
        process.execute(executed, given, on_cell)
    except Exception as fault:
        # By its name: papermill is loaded with the notebook, and not for a run that is refused before.
        if type(fault).__name__ != "PapermillExecutionError":
            raise
        raise FailedRun(_sentence(run, fault)) from fault


def _sentence(run: Run, fault: PapermillExecutionError) -> str:
    if fault.ename in _OURS:
        return str(fault.evalue)
    place = run.plan.parent / "failed" / run.id
    return f"笔记本第 {fault.cell_index + 1} 格出错：{fault.ename}: {fault.evalue}\n运行记录在“{place}”。"


def _masks(plan: Plan, folder: Path) -> dict[str, str]:
    masks = {str(folder): ".", str(plan.out): "output", str(plan.school.folder): plan.school.name}
    return masks | {str(REPOSITORY): "houqin", str(Path.home()): "~"}
