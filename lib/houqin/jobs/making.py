"""What every job does: from the inbox to ledgers, lists and marked copies; a job adds its own workbooks.

A job's module gives a `Recipe`; `make_job` runs it, under the runner or by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from houqin.annotate import COPIES, annotate_files
from houqin.check import combine_findings
from houqin.display import Chart, Output
from houqin.errors import FailedRun, system_faults_told
from houqin.jobs.access import access_for
from houqin.jobs.closed import keep_all
from houqin.jobs.closed_years import Hold
from houqin.jobs.contract import document, files_list, findings_list, silenced_list
from houqin.jobs.decided import decisions_list
from houqin.jobs.earlier import read_earlier
from houqin.jobs.inputs import SOURCES
from houqin.jobs.links import file_link
from houqin.jobs.outcome_file import leave_outcome, runner_folder
from houqin.jobs.own_forms import own_forms
from houqin.jobs.parameters import parse_values
from houqin.jobs.plan import make_plan
from houqin.jobs.records import now_text, record_of, versions
from houqin.jobs.runs import TECHNICAL, open_run, publish, write_json
from houqin.jobs.source_bytes import SourceBytes
from houqin.jobs.wording import EMPTY_INBOX
from houqin.jobs.written import read_written
from houqin.model import Level
from houqin.pipeline import Result, process_files
from houqin.read import in_order
from houqin.report.large import MOST_ROWS
from houqin.report.ledger_database import FILE as DATABASE
from houqin.report.ledger_database import write_database
from houqin.report.ledgers import write_ledgers
from houqin.report.profiles import personal_kind
from houqin.report.texts import findings_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from houqin.account.rows import Row
    from houqin.forms import Forms
    from houqin.jobs.access import Access
    from houqin.jobs.outcome_file import Order
    from houqin.jobs.plan import Plan
    from houqin.model import Finding
    from houqin.report.figures import Figure

SUMMARIES, LEDGERS, FINDINGS = "02汇总", "02汇总/台账", "问题清单.txt"
NOTES = {
    FINDINGS: "要改的、要确认的，可以直接发给同事",
    LEDGERS: "每种表一本台账，每一行都连到原表的那个单元格",
    COPIES: "有问题的原表各一份副本，要改的格子涂了色、加了批注；第一张“问题清单”可以填处理意见",
}


@dataclass(frozen=True, slots=True)
class Material:
    """What a job's own workbooks are made of; `told` is what 技术信息 shows, `copies` leads to the marked copies."""

    plan: Plan
    folder: Path
    result: Result
    forms: Forms
    access: Access
    told: Mapping[str, str]
    copies: Mapping[str, str]
    before: Mapping[str, Sequence[Row]] = field(default_factory=dict)  # the ledgers of the period before, by form


@dataclass(frozen=True, slots=True)
class Product:
    """What a job made beside the common files: its key figures, its chart, and findings of its own workbooks."""

    figures: tuple[Figure, ...] = ()
    chart: Chart = field(default_factory=lambda: Chart("", ""))
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Recipe:
    """A job: its name, the function that writes its own workbooks, and what a person is told of each file.

    `examine` may add findings that only this job can have, before the copies are marked and the lists are written.
    """

    job: str
    make: Callable[[Material], Product]
    notes: Mapping[str, str]
    title: str
    examine: Callable[[Plan, Result, Forms], Result] | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the notebook goes on with: the key figures, a chart, the findings, the files; `result` has everything."""

    school: str
    period: str
    as_of: str
    figures: tuple[Figure, ...]
    chart: Chart
    findings: tuple[Finding, ...]
    outputs: tuple[Output, ...]
    place: str
    result: Result
    folder: Path
    copies: Mapping[str, str] = field(default_factory=dict)  # path of a source -> its marked copy, below COPIES
    plain_sheets: Sequence[Sequence[str]] = ()  # (file, sheet) of those that tell nothing of a pupil

    def __repr__(self) -> str:
        """Say in a sentence what was done."""
        read = sum(file.status == "read" for file in self.result.files)
        return f"{self.school} {self.period}，截至 {self.as_of}：读取 {read} 个文件，{len(self.findings)} 条问题。"


def make_job(recipe: Recipe, values: Mapping[str, object]) -> Outcome:
    """Make one run of a job and give what the notebook shows.

    Relative folders count from the working folder. Under the runner the files go into the run that it has opened;
    otherwise the run is locked, checked and published here. Raises HouqinError with a Chinese sentence.
    """
    plan = make_plan(recipe.job, parse_values(recipe.job, values), base=Path.cwd())
    order, access = runner_folder(), access_for(plan.school)
    if order is not None:
        with system_faults_told():
            outcome = _make(recipe, plan, order, access)
            leave_outcome(order.folder, _told(outcome))
        return _with_links(recipe, outcome, "本笔记本的上一级文件夹", start=order.folder / TECHNICAL)
    started = now_text()
    with open_run(plan, access) as run:
        outcome = _make(recipe, plan, run.order, access)
        target = publish(run, record_of(run, _told(outcome), started))
    place = "　".join([str(target), *run.notes])
    return _with_links(recipe, replace(outcome, folder=target), place, start=Path.cwd())


def _make(recipe: Recipe, plan: Plan, order: Order, access: Access) -> Outcome:
    forms, school, folder = own_forms(plan.school), plan.school, order.folder
    files = in_order([*access.read_sources(folder / SOURCES, order.originals), *order.left_out])
    technical = folder / TECHNICAL
    earlier = read_earlier(technical, plan.period)
    written = read_written(technical, plan.period)
    result = process_files(files, forms, school, plan.as_of, earlier=earlier, written=written)
    _refuse_nothing(result)
    hold = Hold(plan.job, plan.period, school.folder, technical)
    kept, notes = keep_all(hold, result.ledgers, school.decisions, forms)
    result = replace(
        result, decided=(*result.decided, *kept), findings=tuple(combine_findings([*result.findings, *notes]))
    )  # fmt: skip
    if recipe.examine is not None:
        result = recipe.examine(plan, result, forms)
    result, copies = _mark_copies(order, access, result)
    (folder / LEDGERS).mkdir(parents=True)
    (folder / TECHNICAL).mkdir(exist_ok=True)
    _write_ledgers(plan, folder, order.id, result, forms)
    told = {"运行编号": order.id, **versions()}
    product = recipe.make(Material(plan, folder, result, forms, access, told, copies, earlier.rows))
    if product.findings:
        result = replace(result, findings=tuple(combine_findings([*result.findings, *product.findings])))
    _write_findings(recipe, plan, folder, result, len(copies))
    return Outcome(
        school=school.name,
        period=plan.period,
        as_of=plan.as_of,
        figures=product.figures,
        chart=product.chart,
        findings=result.findings,
        outputs=(),
        place="",
        result=result,
        folder=folder,
        copies=copies,
        plain_sheets=_plain_sheets(result, forms),
    )


def _mark_copies(order: Order, access: Access, result: Result) -> tuple[Result, Mapping[str, str]]:
    """Write the marked copies of the clerks' own workbooks; what could not be marked is one finding more."""
    made = annotate_files(
        result.files, result.findings, bytes_of=SourceBytes(order.folder / SOURCES, access),
        target=order.folder / COPIES, run=order.id,
        reopen=access.reader.parse,
    )  # fmt: skip
    if made.findings:
        result = replace(result, findings=combine_findings([*result.findings, *made.findings]))
    return result, made.written


def _refuse_nothing(result: Result) -> None:
    if any(file.status == "read" for file in result.files):
        return
    refused = [file.reason or file.path for file in result.files if file.status == "refused"]
    if refused:
        raise FailedRun("收件箱里的文件一个也没有读成：\n" + "\n".join(refused))
    raise FailedRun(f"{EMPTY_INBOX}。请把本学期的工作簿（.xlsx、.xls、.csv）放进去再运行。")


def _write_findings(recipe: Recipe, plan: Plan, folder: Path, result: Result, copies: int) -> None:
    title = f"{plan.school.name} {plan.period} {recipe.title}问题清单（截至 {plan.as_of}）"
    text = findings_text(result.findings, title=title, silenced=result.silenced, copies=copies)
    # The mark tells Windows' old editors that this is UTF-8.
    (folder / FINDINGS).write_text(text, encoding="utf-8-sig", newline="\r\n")


def _write_ledgers(plan: Plan, folder: Path, run_id: str, result: Result, forms: Forms) -> None:
    """Write what people look up and what machines read."""
    write_ledgers(
        folder / LEDGERS, result.ledgers, forms, school=plan.school, as_of=plan.as_of,
        tables=result.tables, findings=result.findings, changes=result.changes, run=run_id,
    )  # fmt: skip
    about = {"school": plan.school.name, "period": plan.period, "as_of": plan.as_of, "job": plan.job, "run": run_id}
    sources = {file.path: file.sha256 for file in result.files}
    write_database(folder / TECHNICAL / DATABASE, result.ledgers, forms, about, sources=sources)
    write_json(folder / TECHNICAL / "clean.json", document(result, forms, records=_is_small(result)))


def _is_small(result: Result) -> bool:
    """Tell whether the records are few enough to be told as text too; the typed file has them in any case."""
    return sum(len(each.frame) for each in result.ledgers.values()) <= MOST_ROWS


def _told(outcome: Outcome) -> dict[str, Any]:
    """Give what run.json says of the outcome."""
    result = outcome.result
    statuses = [file.status for file in result.files]
    return {
        "files": files_list(result.files),
        "counts": {
            "read": statuses.count("read"),
            "refused": statuses.count("refused"),
            "skipped": statuses.count("skipped"),
            "tables": len(result.tables),
            "unknown_tables": len(result.matches) - len(result.tables),
            "changes": len(result.changes),
            "records": {form: len(ledger.frame) for form, ledger in result.ledgers.items()},
        },
        "tie_outs": [{"id": t.id, "title": t.title, "verdict": t.verdict, "reason": t.reason} for t in result.tie_outs],
        "figures": [_figure_told(figure) for figure in outcome.figures],
        "findings_by_level": {level.value: sum(f.level == level for f in result.findings) for level in Level},
        "findings": findings_list(result.findings),
        "plain_sheets": outcome.plain_sheets,
        "silenced": silenced_list(result.silenced),
        "decided": decisions_list(result.decided),
        "marked_copies": {source: f"{COPIES}/{copy}" for source, copy in outcome.copies.items()},
    }


def _figure_told(figure: Figure) -> dict[str, Any]:
    value = None if figure.value is None else format(figure.value, "f")
    return {"id": figure.id, "title": figure.title, "value": value, "unit": figure.unit, "kind": figure.kind}


def _plain_sheets(result: Result, forms: Forms) -> list[list[str]]:
    """Give the (file, sheet) whose tables are all known and tell nothing of a pupil: what a bureau may read aloud."""
    personal = {form.id for form in forms if any(personal_kind(field) for field in form.fields)}
    kinds: dict[tuple[str, str], set[str | None]] = {}
    for match in result.matches:
        kinds.setdefault((match.table.path, match.table.grid.sheet), set()).add(match.form)
    return [list(place) for place, found in sorted(kinds.items()) if not found & {None, *personal}]


def _with_links(recipe: Recipe, outcome: Outcome, place: str, *, start: Path) -> Outcome:
    """Add the files as links that work where the notebook lies, and say in words where they are."""
    made = [(name, note) for name, note in {**recipe.notes, **NOTES}.items() if (outcome.folder / name).exists()]
    found = [(name, note, file_link(outcome.folder / name, start)) for name, note in made]
    outputs = tuple(Output(Path(name).name, note, link) for name, note, link in found)
    return replace(outcome, outputs=outputs, place=place)
