"""Marked copies that come back: the copy stands for its original, and what a person answered becomes decisions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from houqin.clean.decided import SUPERSEDED
from houqin.model import ANSWER_WORDS, Finding, Level, Place, a1, read_answers
from houqin.model.answers import ADOPT, IGNORE, MENDED, stamp_of
from houqin.school import Decision, DecisionKind
from houqin.values import canonical_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.model import Answer, Grid, SourceFile

# Questions that are answered by a name: which field a header is, which form a table is.
_KINDS = {
    "near-column": DecisionKind.COLUMN,
    "two-columns": DecisionKind.COLUMN,
    "form-tie": DecisionKind.FORM,
}
_NO_REASON = "选了“忽略并说明”，但“说明”是空的，没有忽略。请写一句原因。"
_NO_SUGGESTION = "选了“采纳建议”，但这一条没有可以直接采纳的建议。请改原表，或选“忽略并说明”。"
_NO_CHOICE = "写了说明，没有选处理意见，还算没有处理。"
_NO_NAME = "没有写明是哪一种。请在“说明”里写上标准名称。"
_FILLED_IN_BY = ("填写人", "经办人", "处理人")
_HEAD_ROWS = 30


def without_superseded(files: Sequence[SourceFile]) -> tuple[SourceFile, ...]:
    """Pass over each original whose marked copy lies beside it: the copy is the same file, and may be mended since.

    The copy names its original by the SHA-256 that it was made from; an original that changed since is another file,
    and both count.
    """
    copies: dict[str, str] = {}
    for file in files:
        for grid in file.answer_sheets:
            stamp = stamp_of(grid)
            if stamp is not None and stamp.sha256 != file.sha256 and file.grids:
                copies.setdefault(stamp.sha256, file.path)
    return tuple(
        replace(
            file, status="skipped", code=SUPERSEDED, same_as=copies[file.sha256], grids=(), warnings=(),
            reason=f"《{file.path}》已经由标注后的副本《{copies[file.sha256]}》代替，没有重复使用。",
        )
        if file.status == "read" and file.sha256 in copies and copies[file.sha256] != file.path
        else file
        for file in files
    )  # fmt: skip


def decisions_from(files: Sequence[SourceFile], as_of: str) -> tuple[list[Decision], list[Finding]]:
    """Give the decisions that the filled-in lists of these files hold, dated `as_of`, and what is doubtful in them.

    采纳建议 makes a correction of the cell, or says which field a header is; 忽略并说明 silences the finding and needs
    its reason; 已改 decides nothing, for the cell says it itself.
    """
    decisions: list[Decision] = []
    findings: list[Finding] = []
    for file in files:
        for grid in file.answer_sheets:
            who = _who(grid)
            for answer in read_answers([grid]):
                place = Place(file.path, grid.sheet, a1(answer.row, 1))
                made, doubt = _decide(answer, place)
                decisions += [replace(made, date=as_of, who=who, source=file.path)] if made else []
                findings += [doubt] if doubt else []
    return decisions, findings


def _decide(answer: Answer, place: Place) -> tuple[Decision | None, Finding | None]:
    """Give the decision of a row, or what is unclear about it; neither where the cell itself was mended."""
    choice = answer.choice or ""
    if choice == MENDED:
        return None, None
    about = Decision(
        DecisionKind.CORRECTION, file=answer.stamp.file if answer.stamp else "", sheet=answer.sheet or "",
        cell=answer.cell or "", raw=canonical_text(answer.found or ""), code=answer.code,
        reason=canonical_text(answer.reason or ""),
    )  # fmt: skip
    if choice == IGNORE:
        made, unclear = replace(about, kind=DecisionKind.SILENCE), "" if about.reason else _NO_REASON
    elif answer.code in _KINDS:
        made, unclear = _named(about, answer)
    elif choice == ADOPT:
        made = replace(about, value=canonical_text(answer.suggestion or ""))
        unclear = "" if made.value and made.cell else _NO_SUGGESTION
    else:
        known = "、".join(ANSWER_WORDS)
        made, unclear = about, f"处理意见“{choice}”看不懂。可以选：{known}。" if choice else _NO_CHOICE
    return (None, _doubt(answer, place, unclear)) if unclear else (made, None)


def _named(about: Decision, answer: Answer) -> tuple[Decision, str]:
    """Take what a header or a table is from the suggestion that was adopted, else from what was typed."""
    typed = about.reason or canonical_text(answer.choice or "")
    adopted = canonical_text(answer.suggestion or "") if answer.choice == ADOPT else ""
    meant = adopted or (typed if typed not in ANSWER_WORDS else "")
    return replace(about, kind=_KINDS[answer.code], value=meant), "" if meant and about.raw else _NO_NAME


def _doubt(answer: Answer, place: Place, sentence: str) -> Finding:
    where = f"“{answer.sheet}”{answer.cell}：" if answer.cell else ""
    return Finding("unclear-answer", Level.QUESTION, f"{where}{sentence}", place, found=answer.choice)


def _who(grid: Grid) -> str:
    """Give who filled in the list, where it says so above its table: 填写人：张三, or the name in the next cell."""
    for row in range(1, min(grid.rows, _HEAD_ROWS) + 1):
        for column in range(1, grid.columns + 1):
            value = grid.cell(row, column).value
            text = canonical_text(value) if isinstance(value, str) else ""
            label = next((word for word in _FILLED_IN_BY if text.startswith(word)), None)
            if label is not None:
                said = text.removeprefix(label).lstrip(":： _").strip("_ ")
                beside = grid.cell(row, column + 1).value
                return said or (canonical_text(beside) if isinstance(beside, str) else "")
    return ""
