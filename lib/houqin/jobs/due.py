"""`houqin due`: runs whatever is due or was missed, once, and tells people how it ended.

The operating system calls it at log-on and each hour. It sleeps for nothing: a failed run is left for the next call
after its pause. Of a schedule's missed days only the newest is run, but for the days that each are a report of their
own (semester, month, year).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from houqin.errors import HouqinError, LockHeld, database_faults_told, system_sentence
from houqin.jobs.folder_lock import locked
from houqin.jobs.history import DONE as RUN_DONE
from houqin.jobs.history import FILE, History
from houqin.jobs.history_file import put_aside_if_damaged
from houqin.jobs.kinds import own_date
from houqin.jobs.notices import Notice, send_notices
from houqin.jobs.parameters import JOBS, job_title, parse_words
from houqin.jobs.runner import run_job
from houqin.jobs.schedule import EACH_COUNTS, HORIZON, next_slot, slots_between
from houqin.jobs.schedule_book import load_schedules
from houqin.jobs.slots import DONE, FAILED, WORDS, Slot, Slots, done, failed, untried
from houqin.read import read_settings
from houqin.school import load_school

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from houqin.jobs.parameters import JobParameters
    from houqin.jobs.runner import RunReport
    from houqin.jobs.schedule import Schedule
    from houqin.school import School

    # What runs a job: its name and its parameters.
    RunJob = Callable[[str, JobParameters], RunReport]
    # What tells people: the notice, the school's 通知; gives sentences about what could not be sent.
    Tell = Callable[[Notice, Mapping[str, str | int | bool]], list[str]]

LOCK = ".due"
_LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class Ran:
    """A slot that was tried: `status` is done, failed or given-up; `levels` counts its findings."""

    school: str
    number: int
    job: str
    days: str
    slot: str
    status: str
    attempts: int
    as_of: str
    run: str = ""
    folder: str = ""
    reason: str = ""
    next_try: str = ""
    levels: dict[str, int] = field(default_factory=dict)

    @property
    def line(self) -> str:
        """Say it in a line."""
        said = f"{self.school}　{job_title(self.job)}　{self.days} {self.slot}：{WORDS[self.status]}"
        if self.status == DONE:
            return f"{said}，结果在：{self.folder}"
        again = f"（{self.next_try[:16].replace('T', ' ')} 以后再试）" if self.next_try else ""
        return f"{said}{again}：{self.reason}"


@dataclass(slots=True)
class DueReport:
    """What one call did: tried, passed over as missed, put off until its pause is over; faults name a school."""

    ran: list[Ran] = field(default_factory=list)
    missed: list[Slot] = field(default_factory=list)
    waiting: list[Slot] = field(default_factory=list)
    faults: list[dict[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def has_failed(self) -> bool:
        """Whether anything failed in this call."""
        return bool(self.faults) or any(each.status != DONE for each in self.ran)

    @property
    def told(self) -> dict[str, Any]:
        """Give it for --json."""
        return asdict(self)

    @property
    def lines(self) -> list[str]:
        """Give it for the terminal."""
        lines = [each.line for each in self.ran]
        lines += _missed_lines(self.missed)
        lines += [f"{each.slot} 上次失败，{each.next_try[:16].replace('T', ' ')} 以后再试。" for each in self.waiting]
        lines += [f"{each['school']}：{each['reason']}" for each in self.faults]
        return [*lines, *self.notes] or ["现在没有到时候的定时运行。"]


def run_due(
    schools: Iterable[Path], out: Path, now: datetime, *, run: RunJob = run_job, tell: Tell = send_notices
) -> DueReport:
    """Run what is due at `now`, local time, of some schools' schedules; results and states lie in `out`.

    A school whose settings or schedules have mistakes is named in `faults`, the others go on. LockHeld where another
    `due` is under way with the same `out`.
    """
    place = out / LOCK
    place.mkdir(parents=True, exist_ok=True)
    report = DueReport()
    with locked(place), database_faults_told(out / FILE):
        # A schedule that nobody watches must not stop for ever: what is lost is what was tried, not what was made.
        _note(report, put_aside_if_damaged(out / FILE))
        slots = Slots(out)
        _settle(slots, now)
        for folder in schools:
            try:
                _run_school(folder.resolve(), slots, now, report, run, tell)
            except (HouqinError, OSError) as fault:
                report.faults.append({"school": str(folder), "reason": _reason(fault)})
    return report


def _missed_lines(missed: Iterable[Slot]) -> Iterator[str]:
    """Tell of missed days, those that one run stands for in one line."""
    alike: dict[tuple[str, str, str], list[str]] = {}
    for each in missed:
        alike.setdefault((each.folder, each.schedule, each.reason), []).append(each.slot)
    for (_, _, reason), days in alike.items():
        span = days[0] if len(days) == 1 else f"{min(days)} 到 {max(days)} 的 {len(days)} 次"
        yield f"{span} 错过：{reason}"


@dataclass(frozen=True, slots=True)
class Coming:
    """A schedule and when it falls due next; None where the school's calendar knows of no such day."""

    schedule: Schedule
    slot: datetime | None

    @property
    def line(self) -> str:
        """Say it in a line."""
        if self.schedule.is_paused:
            return self.schedule.line
        if self.slot is None:
            return f"{self.schedule.line}　校历里没有以后的日子，请在《学校设置》的“校历”里写上下学期"
        return f"{self.schedule.line}　下一次：{self.slot:%Y-%m-%d %H:%M}"


def coming(folder: Path, now: datetime) -> list[Coming]:
    """Give a school's schedules, each with its next time."""
    schedules = load_schedules(folder)
    calendar = load_school(folder, read_settings).calendar
    return [Coming(each, next_slot(each, calendar, now)) for each in schedules]


def _run_school(  # noqa: PLR0913, PLR0917  (what a call is made of)
    folder: Path, slots: Slots, now: datetime, report: DueReport, run: RunJob, tell: Tell
) -> None:
    schedules = [each for each in load_schedules(folder) if not each.is_paused]
    if not schedules:
        return
    school = load_school(folder, read_settings)
    for schedule in schedules:
        for slot in _to_run(folder, schedule, school, slots, now, report):
            taken = slots.claim(slot, now, _last_number(slots.out))
            if taken is None:
                continue  # another process, where the file system has no locks
            ran = _try(taken, schedule, school, slots, now, run)
            report.ran.append(ran)
            _note(report, _outdated(school, taken))
            for sentence in _tell_people(ran, school, tell):
                _note(report, sentence)


def _to_run(  # noqa: PLR0913, PLR0917  (as above)
    folder: Path, schedule: Schedule, school: School, slots: Slots, now: datetime, report: DueReport
) -> Iterator[Slot]:
    """Give the slots to run now, in order; say of the others that they were missed or wait."""
    fell = slots_between(schedule, school.calendar, now - HORIZON, now)
    name = f"{schedule.number} {schedule.job} {schedule.days}"
    known = slots.get(str(folder), name, [each.date().isoformat() for each in fell])
    if schedule.when not in EACH_COUNTS:
        old = [each for each in known[:-1] if not each.is_over]
        known = known[-1:]
        if old:
            instead = f"{job_title(schedule.job)} {schedule.days}，由 {known[0].slot} 的那一次代替"
            report.missed += slots.skip(old, instead)
    for slot in known:
        if slot.is_due(now):
            yield slot
        elif not slot.is_over:
            report.waiting.append(slot)


def _try(taken: Slot, schedule: Schedule, school: School, slots: Slots, now: datetime, run: RunJob) -> Ran:  # noqa: PLR0913, PLR0917
    """Run a claimed slot, and write what became of it whatever happens."""
    as_of = own_date(schedule.job, school, date.fromisoformat(taken.slot))
    ran = Ran(
        school.name, schedule.number, schedule.job, schedule.days, taken.slot, FAILED, taken.attempts, as_of
    )  # fmt: skip
    try:
        made = run(schedule.job, _parameters(schedule.job, school.folder, slots.out, as_of))
    except LockHeld as fault:
        return _with(ran, slots.tell(untried(taken, now, str(fault))))
    except Exception as fault:  # noqa: BLE001  (the loop over schools: one bad run must not stop the others)
        return _with(ran, slots.tell(failed(taken, now, _reason(fault))))
    except BaseException:
        slots.tell(untried(taken, now, "被中断"))
        raise
    ended = slots.tell(done(taken, str(made.record.get("run", ""))))
    levels = {name: int(count) for name, count in made.record.get("findings_by_level", {}).items()}
    return _with(ran, ended, folder=str(made.folder), levels=levels)


def _outdated(school: School, slot: Slot) -> str:
    """Say that a day lies outside the semester of the settings; empty where it lies within."""
    if school.is_example or school.term_start <= slot.slot <= school.term_end:
        return ""
    return (
        f"{school.name}的《学校设置》还是 {school.term_start} 到 {school.term_end} 这个学期，{slot.slot} 不在里面，"
        f"结果按截至 {own_date(_job_of(slot), school, date.fromisoformat(slot.slot))} 计。新学期开始了，请改学校设置。"
    )


def _note(report: DueReport, sentence: str) -> None:
    if sentence and sentence not in report.notes:
        report.notes.append(sentence)


def _with(ran: Ran, slot: Slot, *, folder: str = "", levels: dict[str, int] | None = None) -> Ran:
    return Ran(
        ran.school, ran.number, ran.job, ran.days, ran.slot, slot.status, slot.attempts, ran.as_of,
        run=slot.run, folder=folder, reason=slot.reason, next_try=slot.next_try, levels=levels or {},
    )  # fmt: skip


def _parameters(job: str, school: Path, out: Path, as_of: str) -> JobParameters:
    words = {"school": str(school), "out": str(out.resolve()), "as_of": as_of}
    known = JOBS[job].model_fields
    return parse_words(job, {name: word for name, word in words.items() if name in known})


def _settle(slots: Slots, now: datetime) -> None:
    """Say of slots whose process died what the run history knows: published after all, or lost."""
    for slot in slots.left_running():
        name, as_of = _own_day(slot)
        runs = History(slots.out).entries(school=name, job=_job_of(slot), most=200)
        same = [each for each in runs if each.number > slot.history and (each.status, each.as_of) == (RUN_DONE, as_of)]
        slots.tell(done(slot, same[0].run) if same else failed(slot, now, "运行中途没了（断电或被强行结束）"))


def _own_day(slot: Slot) -> tuple[str, str]:
    """Give the school's name and the as-of date that a slot's run has; blank where its settings cannot be read."""
    try:
        school = load_school(Path(slot.folder), read_settings)
    except (HouqinError, OSError):
        return "", ""
    return school.name, own_date(_job_of(slot), school, date.fromisoformat(slot.slot))


def _job_of(slot: Slot) -> str:
    return slot.schedule.split(" ")[1]


def _last_number(out: Path) -> int:
    newest = History(out).entries(most=1)
    return newest[0].number if newest else 0


def _tell_people(ran: Ran, school: School, tell: Tell) -> list[str]:
    """Send notices: of a success, of the first failure and of the last; not of each try between them."""
    if ran.status == FAILED and ran.attempts != 1:
        return []
    notice = Notice(
        school=school.name, job=ran.job, title=job_title(ran.job), days=ran.days, slot=ran.slot, status=ran.status,
        attempts=ran.attempts, next_try=ran.next_try, folder=ran.folder, levels=ran.levels,
    )  # fmt: skip
    return tell(notice, school.notices)


def _reason(fault: BaseException) -> str:
    if isinstance(fault, OSError):
        return system_sentence(fault)
    return (str(fault) or repr(fault))[:_LONGEST_REASON]

