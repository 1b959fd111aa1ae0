"""What the year-end workbook shows and checks: the table `settlement.toml` beside the forms.

A line is a figure in 元 with its basis; it is summed from ledger rows (`form`, `field`, `codes` …), worked out of other
lines (`sum`), or made by a sheet's own code (`made`). A check compares two sums of lines, repeats a tie-out, or counts
the findings of some rules. The mapping to the tables of the finance bureau is a table of the year, not code.
"""

from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from houqin.errors import BadDescription
from houqin.expression import BadExpression, parse
from houqin.forms.load import templates_folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

SETTLEMENT = "settlement.toml"
BASES = ("权责发生制", "收付实现制", "往来", "实物", "统计")


@dataclass(frozen=True, slots=True)
class LineRule:
    """One line: its sheet, title and basis, and where its figure comes from. `level` 0 is a total, 1 a line, 2 below.

    `codes` are beginnings of account codes, `where` further conditions on columns of the data sheet (text = text).
    `of` are the ledgers that a figure made by code adds up: without one of them it is a part of the figure.
    """

    id: str
    sheet: str
    title: str
    basis: str
    form: str = ""
    field: str = ""
    codes: tuple[str, ...] = ()
    where: Mapping[str, str] = dataclasses.field(default_factory=dict)
    sign: int = 1
    sum: str = ""
    made: bool = False
    of: tuple[str, ...] = ()
    level: int = 1
    note: str = ""


@dataclass(frozen=True, slots=True)
class CheckRule:
    """One check of 勾稽检查. `source` is where it is asked for (C-1 of the auditors' order, 8.4-3), `why` the reason.

    Either `left` and `right` (sums of lines; `explained` what is known to lie between them), or `tie_out` (its id), or
    `findings` (codes that must not be there in `forms`). `roots` is what makes it fail along: other checks, tie-outs,
    or a finding in a form ("balance-mismatch@trial_balance"), the surest first; their cell is the one to look at.
    """

    id: str
    title: str
    source: str
    why: str
    left: str = ""
    right: str = ""
    explained: str = ""
    relation: str = "equal"  # or at-most
    tie_out: str = ""
    findings: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    tolerance: Decimal = Decimal("0.004")
    level: str = "error"
    last_year: bool = False  # without the run of the year before it is 未核
    only: str = ""  # setting=word: asked of such schools alone
    without: str = ""  # what a pass rests on where nothing tells of what may lie between two sides that are equal
    roots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """Where a line goes in the finance bureau's tables of a year: 财决01, line 1, column 决算数."""

    line: str
    table: str
    row: str
    column: str
    year: int


@dataclass(frozen=True, slots=True)
class Settlement:
    """The whole table, in the order of the file."""

    lines: tuple[LineRule, ...]
    checks: tuple[CheckRule, ...]
    targets: tuple[Target, ...]

    def of_sheet(self, sheet: str) -> tuple[LineRule, ...]:
        """Give the lines of a sheet."""
        return tuple(each for each in self.lines if each.sheet == sheet)

    def line(self, line_id: str) -> LineRule:
        """Give a line by its id."""
        return next(each for each in self.lines if each.id == line_id)


def load_settlement(folder: Path | None = None) -> Settlement:
    """Load the table; BadDescription lists every mistake with its place."""
    path = (folder or templates_folder()) / SETTLEMENT
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise BadDescription([f"《{SETTLEMENT}》：读不成，{fault}。"]) from fault
    problems: list[str] = []
    settlement = Settlement(
        tuple(_entries(document.get("line", ()), LineRule, "line", problems)),
        tuple(_entries(document.get("check", ()), CheckRule, "check", problems)),
        tuple(_entries(document.get("target", ()), Target, "target", problems)),
    )
    _check_names(settlement, problems)
    if problems:
        raise BadDescription(problems)
    return settlement


def _entries(tables: Sequence[Mapping[str, Any]], kind: type[Any], name: str, problems: list[str]) -> list[Any]:
    made = []
    for number, table in enumerate(tables, 1):
        values = {key: _value(each) for key, each in table.items()}
        try:
            made.append(kind(**values))
        except TypeError as fault:
            problems.append(f"《{SETTLEMENT}》第 {number} 个 [[{name}]]（{table.get('id', '')}）：{fault}。")
    return made


def _value(value: Any) -> Any:  # noqa: ANN401  (whatever TOML holds)
    if isinstance(value, list):
        return tuple(value)
    return Decimal(str(value)) if isinstance(value, float) else value


def _check_names(settlement: Settlement, problems: list[str]) -> None:
    known: set[str] = set()
    for each in settlement.lines:
        place = f"《{SETTLEMENT}》[[line]] {each.id}"
        if each.id in known:
            problems.append(f"{place}：编号重复。")
        if each.basis not in BASES:
            problems.append(f"{place}：口径“{each.basis}”不在 {'、'.join(BASES)} 里。")
        if sum((bool(each.form), bool(each.sum), each.made)) != 1:
            problems.append(f"{place}：form、sum、made 只能写一种。")
        if each.sum:
            problems += _unknown(place, each.sum, known)
        known.add(each.id)
    seen: set[str] = set()
    for check in settlement.checks:
        place = f"《{SETTLEMENT}》[[check]] {check.id}"
        if check.id in seen:
            problems.append(f"{place}：编号重复。")
        seen.add(check.id)
        if sum((bool(check.left and check.right), bool(check.tie_out), bool(check.findings))) != 1:
            problems.append(f"{place}：left 和 right、tie_out、findings 只能写一种。")
        for text in filter(None, (check.left, check.right, check.explained)):
            problems += _unknown(place, text, known)
    lost = (each.line for each in settlement.targets if each.line not in known)
    problems += [f"《{SETTLEMENT}》[[target]] {line}：没有这一行。" for line in lost]


def _unknown(place: str, text: str, known: set[str]) -> list[str]:
    try:
        names = parse(text).fields
    except BadExpression as fault:
        return [f"{place}：“{text}”{fault}"]
    return [f"{place}：“{text}”里的 {name} 不是前面写过的行。" for name in sorted(names - known)]
