"""One job for many schools: each by itself, a bad one named and the others done, the bureau's workbook at the end."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from houqin.errors import BadParameter
from houqin.jobs.batch_pool import FAILED, RUN_SCHOOL, Limits, Task, run_here, usual_workers
from houqin.jobs.batch_school import DONE, REUSED
from houqin.jobs.bureau import publish_bureau
from houqin.jobs.parameters import parse_words
from houqin.jobs.places import notebook_of
from houqin.jobs.roster import ROSTER, read_roster
from houqin.jobs.schools import school_folders
from houqin.jobs.wording import EMPTY_INBOX

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from houqin.school.roster import Roster

    # Hears of each school as it is done: how many are, of how many, and what came of it.
    OnSchool = Callable[[int, int, "SchoolOutcome"], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What a batch is to do. `schools` is a folder or a glob, `parameters` words; no `workers` is one a processor.

    `scheduler` is the address of a Dask scheduler, `call` the function (`module:name`) that makes one school.
    """

    job: str
    schools: str
    out: Path
    parameters: Mapping[str, str] = field(default_factory=dict)
    workers: int | None = None
    scheduler: str | None = None
    roster: Path | None = None
    notebook: bool = False
    limits: Limits = field(default_factory=Limits)
    call: str = RUN_SCHOOL


@dataclass(frozen=True, slots=True)
class SchoolOutcome:
    """What came of one school: `told` has status done, reused or failed, and the rest of `run_school` or the reason."""

    folder: Path
    told: Mapping[str, Any]

    @property
    def is_failed(self) -> bool:
        """Whether there is no result."""
        return bool(self.told["status"] == FAILED)

    @property
    def name(self) -> str:
        """The school's name, as far as it is known."""
        return str(self.told.get("school") or self.folder.name)

    @property
    def line(self) -> str:
        """Say it in a line, for the terminal."""
        if self.is_failed:
            return f"✗ {self.name}：{self.told['reason']}"
        levels = self.told["findings_by_level"]
        again = "（以前做好的，没有变）" if self.told["status"] == REUSED else ""
        return f"✓ {self.name}{again}：必须改 {levels['error']}，请确认 {levels['question']}，提醒 {levels['warning']}"


@dataclass(frozen=True, slots=True)
class BatchReport:
    """All schools in the order of their folders, and the folder with the bureau's workbook."""

    job: str
    schools: tuple[SchoolOutcome, ...]
    bureau: Path

    @property
    def failed(self) -> tuple[SchoolOutcome, ...]:
        """The schools without a result."""
        return tuple(each for each in self.schools if each.is_failed)

    @property
    def open_errors(self) -> int:
        """How many findings of level error there are in all."""
        return sum(each.told["findings_by_level"]["error"] for each in self.schools if not each.is_failed)


def run_batch(order: Order, *, on_school: OnSchool | None = None) -> BatchReport:
    """Make each school's run that is not published yet, then the bureau's workbook.

    Raises BadParameter before anything is started where job, parameters, schools or roster are wrong, and FailedRun
    where the scheduler cannot be reached. What befalls a school is its outcome and never raised.
    """
    _check(order)
    folders = school_folders(order.schools)
    roster = _roster(order)
    outcomes: dict[int, SchoolOutcome] = {}
    for task, told in _run(order, _tasks(order, folders)):
        outcomes[task.number] = SchoolOutcome(folders[task.number], told)
        if on_school is not None:
            on_school(len(outcomes), len(folders), outcomes[task.number])
    schools = _without_namesakes([outcomes[number] for number in range(len(folders))])
    bureau = publish_bureau(order.out, order.job, [_with_place(each) for each in schools], roster)
    return BatchReport(order.job, tuple(schools), bureau)


def report_lines(report: BatchReport) -> list[str]:
    """Tell how many were done, which failed and why, and where the workbook is, for the terminal."""
    statuses = Counter(each.told["status"] for each in report.schools)
    done, reused, failed = (statuses[status] for status in (DONE, REUSED, FAILED))
    empty = sum(str(each.told["reason"]).startswith(EMPTY_INBOX) for each in report.failed)
    rest = f"，其中收件箱是空的 {empty}" if empty else ""
    lines = [f"{len(report.schools)} 所学校：完成 {done}，以前做好的 {reused}，没做成 {failed}{rest}。"]
    lines += [each.line for each in report.failed]
    return [*lines, f"汇总在：{report.bureau / '局汇总.xlsx'}"]


def report_document(report: BatchReport) -> dict[str, Any]:
    """Give the same as one JSON document."""
    return {
        "job": report.job,
        "counts": dict(Counter(str(each.told["status"]) for each in report.schools)),
        "schools": [_with_place(each) for each in report.schools],
        "bureau": str(report.bureau),
    }


def _with_place(school: SchoolOutcome) -> dict[str, Any]:
    return {"place": str(school.folder), **school.told}


def _check(order: Order) -> None:
    notebook_of(order.job)
    for name in ("school", "out"):
        if name in order.parameters:
            raise BadParameter(f"整批运行不能用 -p {name}=…：学校由 --schools 决定，结果文件夹由 --out 决定。")
    parse_words(order.job, {**order.parameters, "school": "x", "out": "x"})
    if order.out.exists() and not order.out.is_dir():
        raise BadParameter(f"--out 不对：“{order.out}”是文件，不是文件夹。")


def _roster(order: Order) -> Roster | None:
    """Read the roster that was named, else the one that lies among the schools; None where there is none."""
    if order.roster is not None:
        return read_roster(order.roster)
    usual = Path(order.schools).expanduser() / ROSTER
    return read_roster(usual) if usual.is_file() else None


def _tasks(order: Order, folders: Sequence[Path]) -> list[Task]:
    shared = {"job": order.job, "out": str(order.out), "parameters": dict(order.parameters), "notebook": order.notebook}
    return [Task(number, order.call, {"school": str(folder), **shared}) for number, folder in enumerate(folders)]


def _run(order: Order, tasks: Sequence[Task]) -> Iterator[tuple[Task, dict[str, Any]]]:
    if order.scheduler is None:
        return run_here(tasks, order.workers or usual_workers(), order.limits)
    from houqin.jobs.batch_cluster import run_on_cluster  # noqa: PLC0415  (an extra that need not be installed)

    return run_on_cluster(order.scheduler, tasks, order.limits)


def _without_namesakes(schools: Sequence[SchoolOutcome]) -> list[SchoolOutcome]:
    """Fail schools of one name: their results lie in one place, and nobody could tell them apart."""
    places: dict[str, list[SchoolOutcome]] = {}
    for each in schools:
        if not each.is_failed:
            places.setdefault(str(Path(each.told["folder"]).parent), []).append(each)
    twice = {id(each): group for group in places.values() if len(group) > 1 for each in group}
    return [_namesake(each, twice[id(each)]) if id(each) in twice else each for each in schools]


def _namesake(own: SchoolOutcome, group: Sequence[SchoolOutcome]) -> SchoolOutcome:
    shared = os.path.commonpath([each.folder.parent for each in group])
    others = "、".join(f"“{each.folder.relative_to(shared)}”" for each in group if each is not own)
    reason = f"和文件夹{others}里的学校名称相同（{own.name}），结果会混在一起。"
    reason += "请在学校设置里把校名写得能分清，再运行一次。"
    return SchoolOutcome(own.folder, {"status": FAILED, "reason": reason})
