"""Ledger workbooks that come back corrected: what was changed in them becomes decisions about the source cells."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from houqin.clean.decided import says_alike, with_paths
from houqin.clean.returned_doubts import Doubts
from houqin.clean.returned_rows import Comparison, Edit
from houqin.clean.returned_values import says_the_same, text_for_source, written_text
from houqin.model import (
    Finding,
    Level,
    Part,
    Place,
    column_number,
    corrected_by,
    is_run_id,
    ledger_part,
    ledger_stamp,
    school_mark,
)
from houqin.school import Decision, DecisionKind, Decisions
from houqin.values import canonical_text, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from houqin.clean.written import Written
    from houqin.forms import Forms
    from houqin.model import Grid, LedgerStamp, SourceFile
    from houqin.school import School

REASON = "台账更正"
_WAY_OUT = "请在最近一次结果的“02汇总/台账”里改，再放回收件箱。"
_SCOPE = "只看“台账”这张表的数据列，“说明”“更正记录”“表外文字”上写的不作数。"
_TAKE_BACK = "要收回，请把这本台账移出收件箱，并在《决定登记》里删去那几行。"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A decision made of one change: `path` is where its file lies now, `edit` what the ledger is to say then."""

    decision: Decision
    edit: Edit
    path: str
    run: Written
    is_same_file: bool


@dataclass(frozen=True, slots=True)
class Returned:
    """What the ledgers that came back decide, and what is to be said about them."""

    wanted: tuple[Wanted, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """The decisions, in the order of the files and rows."""
        return tuple(each.decision for each in self.wanted)

    def without(self, unmet: Mapping[int, str]) -> Returned:
        """Take back decisions (by their position) that did not do what they should, each for its cause, and ask."""
        doubts: dict[tuple[str, str], Doubts] = {}
        for number, cause in unmet.items():
            edit = self.wanted[number].edit
            own = doubts.setdefault(
                (edit.place.file, edit.form), Doubts(edit.place.file, edit.form, edit.place.sheet or "")
            )
            own.add(cause, edit.place.cell, edit.label, what=edit.field.title)
        kept = tuple(each for number, each in enumerate(self.wanted) if number not in unmet)
        return Returned(kept, (*self.findings, *(f for each in doubts.values() for f in each.findings)))


def compare_ledgers(  # noqa: PLR0913, PLR0917  (all that a decision rests on)
    files: Sequence[SourceFile], known: Decisions, forms: Forms, written: Mapping[str, Written] | None,
    school: School | None, as_of: str,
) -> Returned:  # fmt: skip
    """Hold each ledger among the files against what its own run wrote (`written`, by run id; None: no job runs).

    `known` are the decisions so far, with the paths under which their files lie now. A change that can be laid over
    its source cell becomes a decision dated `as_of`; any other is a question.
    """
    refused: list[Finding] = []
    compared: list[_Compared] = []
    for file, grid in _ledgers(files):
        stamp = ledger_stamp(grid)
        refusal = _refusal(stamp, forms, written, school)
        if stamp is None or written is None or refusal:
            message = f"{refusal}，里面改的没有使用，也没有把它当作原表。{_WAY_OUT}"
            refused.append(Finding("ledger-foreign", Level.QUESTION, message, Place(file.path, grid.sheet)))
            continue
        run, form = written[stamp.run], forms.by_id[stamp.form]
        made = Comparison(grid, form, run.rows.get(form.id, ()), Doubts(file.path, form.id, grid.sheet))
        made.run()
        compared.append(_Compared(made, run, file))
    changes = [_Change(edit, each.run, each.made.doubts) for each in compared for edit in each.made.edits]
    wanted = tuple(_decided(changes, files, known, as_of))
    summaries = [_summary(each, wanted) for each in compared]
    doubts = [finding for each in compared for finding in each.made.doubts.findings]
    return Returned(wanted, (*refused, *summaries, *doubts))


@dataclass(frozen=True, slots=True)
class _Compared:
    """A ledger that was compared, with its run."""

    made: Comparison
    run: Written
    file: SourceFile


@dataclass(frozen=True, slots=True)
class _Change:
    """A change with the run that its ledger is of, and the doubts of that ledger."""

    edit: Edit
    run: Written
    doubts: Doubts


def _ledgers(files: Iterable[SourceFile]) -> Iterator[tuple[SourceFile, Grid]]:
    for file in files:
        for grid in file.ledger_sheets if file.status == "read" else ():
            if ledger_part(grid) == Part.LEDGER:
                yield file, grid


def _refusal(
    stamp: LedgerStamp | None, forms: Forms, written: Mapping[str, Written] | None, school: School | None
) -> str:
    """Say why a ledger cannot be compared at all, '' where it can."""
    if stamp is None:
        return "这是程序写的台账，但上面的标识没有了（标题下面的一格），不知道是哪一次运行写的"
    if school is not None and stamp.school != school_mark(school.name):
        return f"这是别的学校的台账，不是{school.name}的"
    if not is_run_id(stamp.run):
        return "这本台账是 houqin clean 写的，没有运行编号，没有可以比较的原台账"
    if written is None:
        return "这是程序写的台账；照它更正要用 houqin run，这次没有比较"
    if stamp.run not in written:
        return f"这本台账是另一次运行（编号 {stamp.run}）写的，那次的结果现在找不到或被改动过，没有可以比较的原台账"
    return "" if stamp.form in forms.by_id else f"这本台账的表单（{stamp.form}）现在没有了"


def _summary(each: _Compared, wanted: Sequence[Wanted]) -> Finding:
    """Say what was found in a ledger and what became of it."""
    edits = each.made.edits
    taken = sum(one.edit in edits for one in wanted)
    what = f"这是程序截至 {each.run.as_of} 的台账（运行 {each.run.run}）"
    if not edits:
        message = f"{what}，没有可以照办的改动。{_SCOPE}"
    elif not taken:
        message = f"{what}，改了 {len(edits)} 格，都已照办过，或列在“请确认”里。{_SCOPE}{_TAKE_BACK}"
    else:
        message = f"{what}，改了 {len(edits)} 格，新照办 {taken} 格，记为决定，原表没有改动。{_SCOPE}{_TAKE_BACK}"
    return Finding("ledger-taken", Level.INFO, message, Place(each.file.path, each.made.grid.sheet))


def _decided(
    changes: Sequence[_Change], files: Sequence[SourceFile], known: Decisions, as_of: str
) -> Iterator[Wanted]:
    """Make decisions of changes: one a source cell, where the source is there and still says what it said."""
    paths = _paths_now({each.edit.address[0] for each in changes}, files)
    now = {file.path: file for file in files}
    who = {file.path: corrected_by(file.ledger_sheets) for file in files if file.ledger_sheets}
    cells: dict[tuple[str, str, str], list[_Change]] = defaultdict(list)
    for each in changes:
        cells[each.edit.address].append(each)
    for address, group in cells.items():
        chosen = _chosen(group)
        if chosen is None:
            continue
        edit, path = chosen.edit, paths.get(address[0], address[0])
        file = now.get(path)
        raw = _raw(file, address)
        if file is None or raw is None:
            chosen.doubts.add("gone", edit.place.cell, edit.label, why=f"《{address[0]}》")
            continue
        said = [each for each in known.all if _is_about(each, path, address)]
        value = text_for_source(edit.value, edit.old, raw, edit.field)
        is_same = chosen.run.digests.get(address[0]) == file.sha256
        if _is_open(chosen, raw, value, said, is_same=is_same):
            yield Wanted(_decision(edit, raw, value, who, as_of), edit, path, chosen.run, is_same)


def _is_open(change: _Change, raw: str, value: str, said: Sequence[Decision], *, is_same: bool) -> bool:
    """Tell whether a change can be decided; `said` are the decisions about its cell so far, the last one counts.

    What an earlier run took up already is passed over: what was decided since counts.
    """
    edit = change.edit
    if any(says_alike(each.raw, raw) and says_alike(each.value, value) for each in said):
        return False
    was = written_text(edit.old, edit.field)
    if said and says_alike(said[-1].raw, raw):
        if says_alike(said[-1].value, was):
            return True
        why = f"“{said[-1].value}”，{said[-1].said or '未写明是谁'}"
        change.doubts.add("decided", edit.place.cell, edit.label, why=why)
        return False
    if is_same or (change.run.is_of_now and says_the_same(raw, edit.old, edit.field)):
        return True
    if not change.run.is_of_now:
        change.doubts.add("period", edit.place.cell, edit.label, what=change.run.period, why=f"《{edit.address[0]}》")
        return False
    change.doubts.add("changed", edit.place.cell, edit.label, why=f"《{edit.address[0]}》")
    return False


def _decision(edit: Edit, raw: str, value: str, who: Mapping[str, tuple[str, str]], as_of: str) -> Decision:
    name, why = who.get(edit.place.file, ("", ""))
    reason = REASON + (f"：{canonical_text(why)}" if why else "") + ("（公式算出）" if edit.is_formula else "")
    file, sheet, cell = edit.address
    return Decision(
        DecisionKind.CORRECTION, date=as_of, who=canonical_text(name), file=file, sheet=sheet, cell=cell, raw=raw,
        value=value, reason=reason, source=edit.place.file,
    )  # fmt: skip


def _chosen(group: Sequence[_Change]) -> _Change | None:
    """Give the change that counts of several of one cell: they agree, or one goes on from another; else none."""
    values = {_says(each): each for each in reversed(group)}
    gone_on = {written_text(each.edit.old, each.edit.field) for each in group}
    last = [says for says in values if says not in gone_on] if len(values) > 1 else list(values)
    if len(last) == 1:
        return values[last[0]]
    why = "、".join(dict.fromkeys(f"《{each.edit.place.file}》改为{_says(each) or '空白'}" for each in group))
    for each in group:
        each.doubts.add("differ", each.edit.place.cell, each.edit.label, why=why)
    return None


def _says(change: _Change) -> str:
    return written_text(change.edit.value, change.edit.field)


def _paths_now(paths: Iterable[str], files: Sequence[SourceFile]) -> dict[str, str]:
    """Give where files lie now that lay under a path when their run was made."""
    named = sorted(paths)
    asked = Decisions(tuple(Decision(DecisionKind.CORRECTION, file=path, cell="A1") for path in named))
    return dict(zip(named, (each.file for each in with_paths(asked, files).all), strict=True))


def _raw(file: SourceFile | None, address: tuple[str, str, str]) -> str | None:
    """Give what a source cell shows now, None where there is no such cell."""
    grid = next((each for each in file.grids if each.sheet == address[1]), None) if file is not None else None
    if grid is None:
        return None
    letters = address[2].rstrip("0123456789")
    row, column = int(address[2][len(letters) :]), column_number(letters)
    if row > grid.rows or column > grid.columns:
        return None
    return canonical_text(shown(grid.cell(row, column)))


def _is_about(decision: Decision, path: str, address: tuple[str, str, str]) -> bool:
    return (
        decision.kind == DecisionKind.CORRECTION and decision.file == path and decision.cell == address[2]
        and decision.sheet in {"", address[1]}
    )  # fmt: skip
