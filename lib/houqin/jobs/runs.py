"""A run's folder: made beside its target, checked, published by one rename, or moved to failed/."""

from __future__ import annotations

import itertools
import json
import os
import shutil
import time
import zipfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from houqin.errors import FailedRun, system_faults_told, system_reason, system_sentence
from houqin.jobs.access import access_for, unlock_ahead
from houqin.jobs.closed_years import SETTLEMENT, keep_snapshots, take_published
from houqin.jobs.decided import keep_decisions
from houqin.jobs.earlier import period_before, take_earlier
from houqin.jobs.entered import Entered, entered_run
from houqin.jobs.folder_lock import locked
from houqin.jobs.inputs import SOURCES, copy_inbox, file_digest, run_id
from houqin.jobs.newest_page import PAGE, newest_page
from houqin.jobs.outcome_file import Order
from houqin.jobs.since import since_last
from houqin.jobs.written import published_ledgers, take_written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from houqin.jobs.access import Access
    from houqin.jobs.plan import Plan
    from houqin.model import SourceFile

TECHNICAL = "99技术文件"
RECORD = f"{TECHNICAL}/run.json"
CURRENT = "current.json"
FAILED = "failed"
TEMPORARY = ".tmp-"
# A virus scanner or an indexer holds a new file open for a moment.
PATIENCE_SECONDS = 10.0
_CONTAINERS = (".xlsx", ".xlsm", ".xltx", ".xltm")


@dataclass(frozen=True, slots=True)
class Run:
    """A run under way: its temporary folder, its id, path -> SHA-256 of what it read.

    `left_out` are files of the inbox that could not be copied, `originals` the folder of the archives themselves;
    `notes` are sentences about the place that a person should hear and that are no part of the result.
    """

    plan: Plan
    folder: Path
    id: str
    sources: Mapping[str, str]
    left_out: tuple[SourceFile, ...] = ()
    originals: str | None = None
    notes: list[str] = field(default_factory=list)
    entered: Entered | None = None

    @property
    def target(self) -> Path:
        """Where the run is published."""
        return self.plan.parent / self.id

    @property
    def order(self) -> Order:
        """What is to be made in it."""
        return Order(self.folder, self.id, list(self.left_out), self.originals)

    @property
    def technical(self) -> Path:
        """The folder for what machines read."""
        return self.folder / TECHNICAL


@contextmanager
def open_run(
    plan: Plan,
    access: Access | None = None,
    *,
    when_locked: Callable[[Path, Mapping[str, str]], None] | None = None,
) -> Iterator[Run]:
    """Lock the place, sweep what crashed runs left, copy the inbox; on a fault keep what there is in failed/.

    `when_locked` is called before the inbox is copied, with the run's folder and the passwords of its locked files.
    """
    parent = plan.parent
    access = access or access_for(plan.school)
    _make_folder(parent)
    with _place_told(plan), system_faults_told(), locked(parent), entered_run(plan) as entered:
        _finish_hint(parent)
        # We hold the lock, so whatever is temporary here belongs to nobody.
        for left in parent.glob(f"{TEMPORARY}*"):
            _remove(left)
        folder = parent / f"{TEMPORARY}{os.getpid()}"
        try:
            folder.mkdir()
            opened = unlock_ahead(plan.inbox, access)
            if when_locked is not None:
                when_locked(folder, opened)
            copied = copy_inbox(plan.inbox, folder / SOURCES, access)
            carried = take_earlier(plan, earlier_run(plan), folder / TECHNICAL)
            written = take_written(plan.parent.parent.parent, folder / SOURCES, folder / TECHNICAL)
            closed = take_published(plan.school.decisions, _newest_ledgers(plan), plan.parent, folder / TECHNICAL)
            own_id = run_id(plan, copied, access, opened, earlier=carried, written=written, closed=closed)
            run = Run(
                plan, folder, own_id, copied.digests, tuple(copied.left_out), copied.originals, entered=entered
            )  # fmt: skip
            entered.tell(run=run.id)
            _remove(parent / FAILED / run.id)  # left by an earlier try; it may be what fills the disk
            run.technical.mkdir(exist_ok=True)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        try:
            yield run
        except BaseException:
            if (run.target / RECORD).is_file() and not folder.exists():
                entered.is_published = True  # whatever came after that: the next one to look reads it from the folder
                _finish_hint(parent)
            else:
                _keep_as_failed(parent, folder, run.id)
                _remove(_hint(parent))
            raise


@contextmanager
def _place_told(plan: Plan) -> Iterator[None]:
    """Say of a fault that the whole place has gone, where it has; a path within it would mean nothing to a person."""
    try:
        yield
    except (FailedRun, OSError) as fault:
        if plan.parent.is_dir():
            raise
        raise FailedRun(
            f"运行当中，结果文件夹“{plan.out}”被删除、改名或换成了别的东西，这次没有留下结果。请再运行一次。"
        ) from fault


def earlier_run(plan: Plan) -> Path | None:
    """Give the last published run of the same school and job in the period before."""
    return current_run(plan.parent.parent / period_before(plan.period))


def _newest_ledgers(plan: Plan) -> Iterator[Path]:
    """Give the typed ledgers of the newest run of each job and period of a school; settlements and late periods first.

    What is no longer as it was published proves nothing, and is left out.
    """
    places = sorted(plan.parent.parent.parent.glob("*/*"), key=lambda place: place.name, reverse=True)
    for place in sorted(places, key=lambda place: place.parent.name != SETTLEMENT):
        run = current_run(place) if place.is_dir() else None
        database = published_ledgers(run) if run is not None else None
        if database is not None:
            yield database


def publish(run: Run, record: Mapping[str, Any]) -> Path:
    """Write run.json last and rename the folder into place; give the folder that now holds the result.

    A published run of the same id whose files verify stays, and the new copy is dropped; one that does not verify
    moves to failed/, with a note.
    """
    outputs = output_digests(run.folder)
    check_containers(run.folder)
    since = _since_last(run, record)
    write_json(run.folder / RECORD, {**record, **({"since": since} if since else {}), "outputs": outputs})
    target = run.target
    wrong = verify_run(target) if os.path.lexists(target) else None
    if wrong is None and target.is_dir():
        shutil.rmtree(run.folder, ignore_errors=True)
    else:
        if wrong is not None:
            _make_way(run, wrong)
        with suppress(OSError):
            _write_hint(run)
        patiently(lambda: run.folder.rename(target))
    _leave_hint(run)
    unkept = keep_snapshots(target / TECHNICAL, run.plan.school.folder, patiently)
    kept = [] if unkept else keep_decisions(run.plan.school.folder, record.get("decided", ()), patiently)
    run.notes.extend([unkept] if unkept else kept)
    if run.entered is not None:
        run.entered.published(target / RECORD)
        run.notes.extend(run.entered.faults)
    return target


def _since_last(run: Run, record: Mapping[str, Any]) -> dict[str, Any] | None:
    """Compare with the newest published run of the place; it stands in run.json alone, which no hash covers."""
    newest = current_run(run.plan.parent)
    if newest is None or newest == run.target:
        return None
    try:
        before = json.loads((newest / RECORD).read_text(encoding="utf-8"))
        return since_last(before, record)
    except (OSError, ValueError, KeyError, TypeError):
        return None  # an earlier version's record, or a damaged one: there is nothing to compare with


def _make_way(run: Run, wrong: str) -> None:
    """Move a published run that is not what it was out of the way, beside all earlier ones: somebody worked in it."""
    failed = run.plan.parent / FAILED
    failed.mkdir(exist_ok=True)
    numbers = itertools.count(1)
    place = next(p for p in (failed / f"{run.id}-{number}" for number in numbers) if not os.path.lexists(p))
    try:
        patiently(lambda: run.target.rename(place))
    except OSError as fault:
        raise FailedRun(
            f"上次的结果“{run.target}”和发布时不同（{wrong}），要先移到“{place}”，却移不动（{system_reason(fault)}）。"
            "请关闭正打开着的结果文件再运行一次。"
        ) from fault
    run.notes.append(f"上次的同一个结果和发布时不同（{wrong}），已重新生成；原来的移到了“{place}”。")


def _leave_hint(run: Run) -> None:
    """Point current.json and a page for people at the run; that they cannot be written unmakes nothing."""
    page = run.plan.parent / f"{TEMPORARY}{PAGE}"
    told = json.loads((run.target / RECORD).read_text(encoding="utf-8"))
    for name, hint, write in (
        (CURRENT, _hint(run.plan.parent), lambda: _write_hint(run)),
        (PAGE, page, lambda: page.write_text(newest_page(run.id, told), encoding="utf-8", newline="\n")),
    ):
        try:
            write()
            patiently(lambda made=hint, place=run.plan.parent / name: made.replace(place))  # type: ignore[misc]
        except OSError as fault:
            _remove(hint)
            run.notes.append(f"结果已经发布，只是《{name}》没有更新：{system_sentence(fault)}")


def _hint(parent: Path) -> Path:
    """Give where the hint lies before the run that it names is published, so that no cut between leaves an old one."""
    return parent / f"{TEMPORARY}{CURRENT}"


def _write_hint(run: Run) -> None:
    if _named_by(_hint(run.plan.parent)) != run.target:
        write_json(_hint(run.plan.parent), {"run": run.id})


def _finish_hint(parent: Path) -> None:
    """Put the hint in its place that a run was cut off from putting there."""
    if _named_by(_hint(parent)):
        with suppress(OSError):
            _hint(parent).replace(parent / CURRENT)


def _named_by(hint: Path) -> Path | None:
    """Give the published run that a hint names; None where it says nothing good."""
    try:
        run: Path = hint.parent / json.loads(hint.read_text(encoding="utf-8"))["run"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    is_beside = run.parent == hint.parent and run.name not in {FAILED, ".."}
    return run if is_beside and (run / RECORD).is_file() else None


def output_digests(folder: Path) -> list[dict[str, Any]]:
    """List what the run made, sorted by path, each with SHA-256 and size in bytes; not its copies of the sources."""
    paths = sorted(p for p in folder.rglob("*") if p.is_file())
    names = [(path, path.relative_to(folder).as_posix()) for path in paths]
    return [
        {"path": name, "sha256": file_digest(path), "bytes": path.stat().st_size}
        for path, name in names
        if name != RECORD and not name.startswith(f"{SOURCES}/")
    ]


def check_containers(folder: Path) -> None:
    """Test every workbook's zip container to its last byte; FailedRun names one that is broken."""
    for path in (each for each in folder.rglob("*") if each.suffix.lower() in _CONTAINERS):
        if SOURCES in path.relative_to(folder).parts:
            continue
        try:
            with zipfile.ZipFile(path) as container:
                broken = container.testzip()
        except (OSError, zipfile.BadZipFile) as fault:
            broken = str(fault)
        if broken:
            raise FailedRun(f"《{path.name}》没有写完整（{broken}），这次运行不发布。磁盘是不是满了？")


def verify_run(folder: Path) -> str | None:
    """Compare a published run with its run.json; give None where all is as it was, else what is wrong."""
    try:
        record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        expected = {each["path"]: each["sha256"] for each in record["outputs"]}
        expected |= {f"{SOURCES}/{path}": digest for path, digest in record["sources"].items()}
    except (OSError, ValueError, KeyError, TypeError) as fault:
        return f"run.json 读不出来：{fault}"
    for name, digest in expected.items():
        path = folder / name
        if not path.is_file():
            return f"缺少“{name}”"
        if file_digest(path) != digest:
            return f"“{name}”被改动过"
    return None


def current_run(parent: Path) -> Path | None:
    """Give the newest published run of a place by its hint, or by the times in the records where the hint is lost."""
    named = _named_by(_hint(parent)) or _named_by(parent / CURRENT)
    if named is not None:
        return named
    records = [path for path in parent.glob(f"*/{RECORD}") if path.parts[-3] != FAILED]
    return max(records, key=lambda path: path.stat().st_mtime).parents[1] if records else None


def write_json(path: Path, document: object) -> None:
    """Write a document as UTF-8, keys as given, for people to read as well."""
    path.write_text(json_text(document), encoding="utf-8", newline="\n")


def json_text(document: object) -> str:
    """Give a document as text, a line at its end."""
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def patiently(action: Callable[[], object], *, seconds: float = PATIENCE_SECONDS) -> None:
    """Do what Windows may refuse while somebody looks at the file, again and again for some seconds."""
    until = time.monotonic() + seconds
    while True:
        try:
            action()
        except PermissionError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        reason = system_reason(fault)
        raise FailedRun(f"结果文件夹“{folder}”建不起来（{reason}）。请用 --out 另选一个能写的文件夹。") from fault


def _keep_as_failed(parent: Path, folder: Path, name: str) -> None:
    """Keep what there is of a failed run, in place of an earlier failure; never in the way of the fault itself."""
    place = parent / FAILED / name
    with suppress(OSError):
        place.parent.mkdir(exist_ok=True)
        _remove(place)
        patiently(lambda: folder.rename(place))
    _remove(folder)


def _remove(path: Path) -> None:
    """Remove a file or a folder as far as the system lets us."""
    shutil.rmtree(path, ignore_errors=True)
    with suppress(OSError):
        path.unlink()
