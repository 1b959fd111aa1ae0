"""A fiscal year that was closed is frozen in whatever job's ledgers its rows stand, or changed by a dated adjustment.

The first run after the closing, of any job, freezes the year: its own rows where it is the year's settlement, then the
rows of that year in what is published of every job. What is frozen lies in the school's 决定/结账/, named by its hash,
which the register has beside the closing. Rows are compared file by file: another inbox is no change.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from houqin.errors import FailedRun, system_reason
from houqin.jobs.held_rows import (
    DATES,
    Snapshot,
    add_missing,
    changes_of,
    hashed,
    rows_in_database,
    snapshot_of,
    with_empty,
    with_rows,
    year_row,
)
from houqin.school.decisions import FOLDER, Decision, DecisionKind, Decisions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from houqin.forms import Form, Forms
    from houqin.jobs.held_rows import Change, Held, YearRow
    from houqin.model import Ledger

SETTLEMENT = "year-end-settlement"
KEPT = "结账"  # below 决定/, and below a run's technical folder
_PUBLISHED, _ROWS = "已发布", "rows"
_YEAR = 4
_MOST_CELLS = 5


class Closed(NamedTuple):
    """A closed year as the register has it: the closing, and what the last of its entries froze (form -> hash)."""

    closing: Decision
    last: Decision
    frozen: Mapping[str, str]
    adjustments: Sequence[Decision]

    @property
    def year(self) -> str:
        """Which year it is."""
        return self.closing.value


def closed_years(decisions: Decisions) -> list[Closed]:
    """Give the fiscal years that the register closes, with what is frozen of each; nothing yet before the first run."""
    found = []
    for closing in decisions.of(DecisionKind.CLOSE):
        if len(closing.value) == _YEAR:
            adjustments = [each for each in decisions.of(DecisionKind.ADJUST) if each.value == closing.value]
            last = next((each for each in reversed(adjustments) if each.raw), closing)
            frozen = dict(each.split(":", 1) for each in last.raw.split() if ":" in each)
            found.append(Closed(closing, last, frozen, [each for each in adjustments if not each.raw]))
    return sorted(found, key=lambda each: each.year)


def take_published(decisions: Decisions, runs: Iterable[Path], own: Path, technical: Path) -> dict[str, str]:
    """Freeze what is published of the years that were closed since the last run; give year -> hash.

    `runs` are the typed files of the newest run of each job and period, the settlements first; `own` is where the run
    under way will be published: a settlement that is made anew says itself what it holds. No parser is imported.
    """
    told = {}
    waiting = [each for each in closed_years(decisions) if _ROWS not in each.frozen]
    databases = list(runs) if waiting else []
    for each in waiting:
        snapshot = Snapshot(each.year, _fields())
        for path in databases:
            if not (own.parts[-2:] == (SETTLEMENT, each.year) and path.is_relative_to(own)):
                snapshot = add_missing(snapshot, hashed(snapshot.fields, rows_in_database(path, each.year)))
        (technical / KEPT).mkdir(parents=True, exist_ok=True)
        (technical / KEPT / f"{each.year}-{_PUBLISHED}.json").write_text(snapshot.text(), encoding="utf-8")
        told[each.year] = snapshot.digest
    return told


def keep_snapshots(
    technical: Path, school: Path, patiently: Callable[[Callable[[], object]], None]
) -> str | None:
    """Put what a published run froze into the school's 决定/结账/; give why that was not possible."""
    target = school / FOLDER / KEPT
    for path in sorted((technical / KEPT).glob("*.json")):
        beside = target / f".{path.name}.new"
        try:
            target.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, beside)
            patiently(lambda made=beside, place=target / path.name: made.replace(place))  # type: ignore[misc]
        except OSError as fault:
            return f"结账冻结的记录没有存进“{target}”（{system_reason(fault)}），结账没有登记。请再运行一次。"
    return None


class Hold(NamedTuple):
    """What a run has to hold against: the job, its period, the school's folder, its own technical folder."""

    job: str
    period: str
    school: Path
    technical: Path

    def is_settlement_of(self, year: str) -> bool:
        """Tell the run that makes the year's own settlement."""
        return (self.job, self.period) == (SETTLEMENT, year)


def keep_years(
    hold: Hold, ledgers: Mapping[str, Ledger], decisions: Decisions, forms: Forms, whole: Mapping[str, str]
) -> tuple[list[Decision], list[str]]:
    """Hold the closed years to what they were; give the decisions to enter into the register, and what to tell.

    `whole` are the hashes of the ledgers by form: those without a date are held by the year's settlement alone. Raises
    FailedRun where something differs and no adjustment allows it, or where what was frozen is gone.
    """
    kept, told = [], []
    for closed in closed_years(decisions):
        books = {form: ledgers[form] for form in DATES if form in ledgers}
        own = {form: each for form, each in whole.items() if form not in DATES}
        entered, sentence = _keep(hold, closed, books, own if hold.is_settlement_of(closed.year) else {}, forms)
        kept += [entered] if entered else []
        told += [sentence] if sentence else []
    return kept, told


def _keep(
    hold: Hold, closed: Closed, ledgers: Mapping[str, Ledger], whole: Mapping[str, str], forms: Forms
) -> tuple[Decision | None, str]:
    """Freeze, find unchanged, or change by an adjustment."""
    given = {form: _rows(each, forms.by_id[form], closed.year) for form, each in ledgers.items()}
    files = {form: sorted(map(str, each.sources["file"].unique())) for form, each in ledgers.items()}
    is_new = _ROWS not in closed.frozen
    snapshot = _published(hold, closed) if is_new else _frozen(hold.school / FOLDER / KEPT, closed)
    rows = hashed(snapshot.fields, given)
    if is_new and whole:
        snapshot = add_missing(replace(snapshot, rows=rows), snapshot.rows)
    elif is_new or (whole and not _is_settled(closed)):
        # Of what nobody had before, that counts which is made of it first.
        snapshot = add_missing(snapshot, {form: own for form, own in rows.items() if form not in snapshot.rows})
    rows = with_empty(rows, files)
    changes, undated = changes_of(snapshot, rows), _undated(closed, whole)
    if changes or undated:
        return _by_adjustment(hold, closed, with_rows(snapshot, rows), whole, _said(changes, undated, forms))
    if is_new:
        return replace(closed.closing, raw=_entry(hold, closed, snapshot, whole)), _first(closed, snapshot)
    if whole and not _is_settled(closed):
        return replace(closed.last, raw=_entry(hold, closed, snapshot, whole)), ""
    return None, ""


def _is_settled(closed: Closed) -> bool:
    """Tell whether the year's settlement was made since it was closed: it alone has the ledgers without a date."""
    return any(form not in DATES and form != _ROWS for form in closed.frozen)


def _published(hold: Hold, closed: Closed) -> Snapshot:
    """Take what the runner found published; it is no part of the result."""
    path = hold.technical / KEPT / f"{closed.year}-{_PUBLISHED}.json"
    snapshot = _read(path)
    path.unlink()
    return snapshot


def _undated(closed: Closed, whole: Mapping[str, str]) -> list[str]:
    """Give the forms without a date that differ from what the settlement held when the year was frozen."""
    if not whole or not _is_settled(closed):
        return []
    then = {form: each for form, each in closed.frozen.items() if form != _ROWS and form not in DATES}
    return [form for form in sorted({*then, *whole}) if then.get(form) != whole.get(form)]


def _by_adjustment(
    hold: Hold, closed: Closed, snapshot: Snapshot, whole: Mapping[str, str], changed: str
) -> tuple[Decision, str]:
    closing, year = closed.closing, closed.year
    if not closed.adjustments:
        raise FailedRun(
            f"{year} 年度已于 {closing.date} 结账（{closing.who}），不能直接修改：{changed}。"
            "确需更正的，请在《决定登记》里填一行“调整事项”"
            f"（决定写 {year}，并写明日期、经办人、说明原因，“来自”写依据），再运行一次；结账时的结果保留不动。"
        )
    used = closed.adjustments[0]
    sentence = (
        f"{year} 年度结账后更正：{changed}，依调整事项（{used.date}，{used.who}：{used.reason}；依据：{used.source}）。"
        "结账时的结果保留不动。"
    )
    return replace(used, raw=_entry(hold, closed, snapshot, whole)), sentence


def _entry(hold: Hold, closed: Closed, snapshot: Snapshot, whole: Mapping[str, str]) -> str:
    """Write the snapshot into the run; give what the register has of it."""
    folder = hold.technical / KEPT
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{closed.year}-{snapshot.digest}.json").write_text(snapshot.text(), encoding="utf-8")
    undated = whole or {form: each for form, each in closed.frozen.items() if form != _ROWS}
    return " ".join(f"{name}:{each}" for name, each in sorted({**undated, _ROWS: snapshot.digest}.items()))


def _first(closed: Closed, snapshot: Snapshot) -> str:
    count = sum(len(own) for files in snapshot.rows.values() for own in files.values())
    return (
        f"{closed.year} 年度已于 {closed.closing.date} 结账（{closed.closing.who}），"
        f"{len(snapshot.rows)} 种台账里日期在这一年的 {count} 行已冻结，以后哪个作业读到都核对。"
    )


def _frozen(folder: Path, closed: Closed) -> Snapshot:
    """Read what was frozen; FailedRun where it is gone or was changed: nothing could be held against it."""
    path = folder / f"{closed.year}-{closed.frozen[_ROWS]}.json"
    try:
        snapshot = _read(path)
    except (OSError, ValueError, KeyError, TypeError) as fault:
        reason = system_reason(fault) if isinstance(fault, OSError) else "内容读不懂"
        raise FailedRun(_lost(path, closed, reason)) from fault
    if snapshot.digest != closed.frozen[_ROWS]:
        raise FailedRun(_lost(path, closed, "内容被改动过"))
    return snapshot


def _lost(path: Path, closed: Closed, reason: str) -> str:
    return (
        f"{closed.year} 年度结账时冻结的记录“{path}”用不了（{reason}），不能核对这一年的台账有没有改过。"
        f"请从备份恢复，或从冻结那次运行结果的“99技术文件/{KEPT}”里复制回来。"
    )


def _fields() -> dict[str, list[str]]:
    from houqin.forms import load_forms  # noqa: PLC0415  (the runner imports this module, and no numpy)

    forms = load_forms()
    return {form: sorted(each.id for each in forms.by_id[form].fields) for form in DATES}


def _read(path: Path) -> Snapshot:
    return snapshot_of(path.read_text(encoding="utf-8"))


def _rows(ledger: Ledger, form: Form, year: str) -> list[YearRow]:
    """Give the year's rows of a ledger, as the typed file has them."""
    frame, sources, date = ledger.frame, ledger.sources, DATES[ledger.form]
    if date not in frame.columns:
        return []
    own = frame[date].astype(object).map(lambda day: isinstance(day, str) and day.startswith(year)).to_numpy(bool)
    chosen, places = frame[own], sources[own]
    names = [each.id for each in form.fields if each.id in frame.columns and each.type != "row-number"]
    columns = [
        [None if v is None else int(v) if form.field(name).is_number else str(v) for v in
         chosen[name].astype(object).where(chosen[name].notna(), None).tolist()]
        for name in names
    ]  # fmt: skip
    where = [places[name].astype(object).where(places[name].notna(), "").tolist() for name in ("file", "sheet", "cell")]
    pending = chosen["pending"].tolist()
    return [
        year_row((file, sheet, cell), zip(names, values, strict=True), pending=bool(out))
        for file, sheet, cell, out, *values in zip(*where, pending, *columns, strict=True)
    ]


def _said(changes: Sequence[Change], undated: Sequence[str], forms: Forms) -> str:
    """Say form by form what differs, and at which cells."""
    said = []
    for each in changes:
        title = forms.by_id[each.form].title
        words = []
        if each.other:
            words.append(f"有 {len(each.other)} 行和结账时不同（{_cells(each.other)}）")
        if each.gone:
            words.append(f"结账时有的 {len(each.gone)} 行没有了（原在{_cells(each.gone)}）")
        said.append(f"{title}{'，'.join(words)}")
    said += [f"{forms.by_id[form].title if form in forms.by_id else form}和结账时不同" for form in undated]
    return "；".join(said)


def _cells(found: Sequence[tuple[str, Held]]) -> str:
    names = [f"《{file}》“{row.sheet}”{row.cell}" for file, row in found]
    return "、".join(names[:_MOST_CELLS]) + ("等" if len(names) > _MOST_CELLS else "")
