"""What people decided, kept in the school's 决定/: corrections, silenced findings, confirmed columns and forms.

Each decision is a row of a workbook there, with its day and who took it. 决定登记.xlsx is written by the program from
answers that come back; any other workbook of the folder (one that a bureau hands out) is read the same way, before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from houqin.school.settings import EPOCH, Entry, entry_of, nearest
from houqin.values import canonical_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from houqin.model import Grid

FOLDER, REGISTER, SHEET = "决定", "决定登记.xlsx", "决定"
_HEADER_SEARCH = 8
__all__ = ["COLUMNS", "EPOCH", "FOLDER", "REGISTER", "SHEET", "Decision", "DecisionKind", "Decisions", "load_decisions"]


class DecisionKind(StrEnum):
    """What was decided; the value is the word in the workbook."""

    CORRECTION = "更正"
    SILENCE = "忽略"
    COLUMN = "认列"
    FORM = "认表"
    CLOSE = "结账"
    ADJUST = "调整事项"


# Column of the workbook -> attribute of Decision.
COLUMNS = {
    "日期": "date",
    "经办人": "who",
    "种类": "kind",
    "文件": "file",
    "工作表": "sheet",
    "单元格": "cell",
    "原值": "raw",
    "决定": "value",
    "问题代码": "code",
    "说明": "reason",
    "来自": "source",
}
# What a decision of a kind cannot do without.
_NEEDED = {
    DecisionKind.CORRECTION: ("file", "cell"),
    DecisionKind.SILENCE: ("code", "reason"),
    DecisionKind.COLUMN: ("raw", "value"),
    DecisionKind.FORM: ("raw", "value"),
    DecisionKind.CLOSE: ("value", "date", "who"),
    DecisionKind.ADJUST: ("value", "date", "who", "reason", "source"),
}
_OF_PERIODS = (DecisionKind.CLOSE, DecisionKind.ADJUST)
# As the folders of results are called: a semester, a month, a fiscal year.
_PERIOD = re.compile(r"20\d\d-20\d\d-[12]|20\d\d-(0[1-9]|1[0-2])|20\d\d")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision, all texts canonical.

    A correction holds while the cell says `raw`; `value` is what counts instead, empty for a blank. A silence holds
    while the finding of `code` at the cell finds `raw`. Of a column, `raw` is the header and `value` the field (title
    or id); of a form, `raw` is the headers of the table, joined with 、, and `value` the form (title or id). A closing
    closes the period `value` (2025-2026-1), and `raw` has the hashes of its ledgers once a run has frozen them; an
    adjustment allows one later change of it, `reason` says why and `source` (来自) on what evidence, `raw` as above.
    """

    kind: DecisionKind
    date: str = ""
    who: str = ""
    file: str = ""
    sheet: str = ""
    cell: str = ""
    raw: str = ""
    value: str = ""
    code: str = ""
    reason: str = ""
    source: str = ""

    @property
    def key(self) -> tuple[str, ...]:
        """What the decision is about; of two about the same the later counts."""
        if self.kind in {DecisionKind.COLUMN, DecisionKind.FORM}:
            return (self.kind, self.raw)
        if self.kind == DecisionKind.CLOSE:
            return (self.kind, self.value)
        if self.kind == DecisionKind.ADJUST:
            return (self.kind, self.value, self.date, self.who, self.reason)
        return (self.kind, self.code if self.kind == DecisionKind.SILENCE else "", self.file, self.sheet, self.cell)

    @property
    def said(self) -> str:
        """Who decided and when, as lists write it."""
        return "，".join(part for part in (self.who, self.date) if part)


@dataclass(frozen=True, slots=True)
class Decisions:
    """All decisions of a school in the order in which they were taken; of two about the same the later counts."""

    all: tuple[Decision, ...] = ()
    latest: dict[tuple[str, ...], Decision] = field(default_factory=dict, init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Index what counts."""
        for decision in self.all:
            self.latest[decision.key] = decision

    def of(self, kind: DecisionKind) -> tuple[Decision, ...]:
        """Give those of a kind that count."""
        return tuple(each for each in self.latest.values() if each.kind == kind)

    def with_more(self, more: Iterable[Decision]) -> Decisions:
        """Add decisions; one that says what already counts is left out."""
        known, kept = dict(self.latest), list(self.all)
        for each in more:
            held = known.get(each.key)
            if held is None or (held.raw, held.value, held.reason) != (each.raw, each.value, each.reason):
                known[each.key] = each
                kept.append(each)
        return Decisions(tuple(kept))


def load_decisions(
    folder: Path, read_settings: Callable[[Path], list[Grid]], problems: list[str]
) -> tuple[Decisions, Decisions]:
    """Load a school's 决定/: what others handed out, and its own register; mistakes go to `problems`, with cells."""
    found = sorted(path for path in folder.glob("*.xlsx") if not path.name.startswith(("~$", ".")))
    shared: list[Decision] = []
    own: list[Decision] = []
    for path in found:
        target = own if path.name == REGISTER else shared
        for grid in read_settings(path):
            target += _decisions_of(grid, path.name, problems)
    return Decisions(tuple(shared)), Decisions(tuple(own))


def _decisions_of(grid: Grid, file: str, problems: list[str]) -> list[Decision]:
    header, columns = _header(grid)
    if header is None:
        if grid.sheet == SHEET:
            problems.append(f"《{FOLDER}/{file}》“{grid.sheet}”：没有表头，应有：{'、'.join(COLUMNS)}。")
        return []
    decisions = []
    for row in range(header + 1, grid.rows + 1):
        entries = {name: entry_of(grid, row, column, f"《{FOLDER}/{file}》") for column, name in columns.items()}
        if any(entry.value is not None for entry in entries.values()):
            decision = _decision(entries, problems)
            decisions += [decision] if decision else []
    return decisions


def _header(grid: Grid) -> tuple[int | None, dict[int, str]]:
    for row in range(1, min(_HEADER_SEARCH, grid.rows) + 1):
        words = {c: str(grid.cell(row, c).value or "").strip() for c in range(1, grid.columns + 1)}
        columns = {c: COLUMNS[word] for c, word in words.items() if word in COLUMNS}
        if {"kind", "value"} <= set(columns.values()):
            return row, columns
    return None, {}


def _decision(entries: dict[str, Entry], problems: list[str]) -> Decision | None:
    texts = {name: canonical_text(str(entry.value)) for name, entry in entries.items() if entry.value is not None}
    kind, place = texts.pop("kind", ""), entries["kind"].place
    known: Sequence[str] = [each.value for each in DecisionKind]
    if kind not in known:
        problems.append(f"{place}：种类“{kind}”不认识{nearest(kind, known)}。可以填：{'、'.join(known)}。")
        return None
    decision = Decision(kind=DecisionKind(kind), **texts)
    titles = {attribute: title for title, attribute in COLUMNS.items()}
    lacking = [titles[name] for name in _NEEDED[decision.kind] if not getattr(decision, name)]
    if lacking:
        problems.append(f"{place}：“{kind}”还要填{'、'.join(lacking)}。")
        return None
    if decision.kind in _OF_PERIODS and not _PERIOD.fullmatch(decision.value):
        problems.append(
            f"{place}：“{kind}”的“决定”一栏写期间：学期 2025-2026-1（末位 1 或 2），月 2025-09，年度 2025；"
            f"“{decision.value}”看不懂，没有起作用。"
        )
        return None
    return decision
