"""What a person is told: findings, changes and tie-outs, each with its place in the user's own workbook."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """How much a finding matters; the order is the order of lists."""

    ERROR = "error"
    QUESTION = "question"
    WARNING = "warning"
    INFO = "info"

    @property
    def title(self) -> str:  # type: ignore[override]  # a word, where str would capitalise
        """The word that a clerk reads."""
        return {"error": "必须改", "question": "请确认", "warning": "提醒", "info": "说明"}[self.value]

    @property
    def rank(self) -> int:
        """0 for what matters most."""
        return list(Level).index(self)


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of a user's own workbook. `cell` is None where the whole sheet or file is meant."""

    file: str
    sheet: str | None = None
    cell: str | None = None

    @property
    def text(self) -> str:
        """《file》“sheet”cell, as messages write it; a csv has no sheets."""
        sheet = f"“{self.sheet}”" if self.sheet and not self.file.lower().endswith((".csv", ".txt")) else ""
        return f"《{self.file}》{sheet}{self.cell or ''}"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the data that a person should look at; never raised.

    `message` is the sentence after level and place; `found` is the cell's text as shown, `expected` and
    `suggestion` are canonical text. Findings of one cause are one finding with `count` and `related` places.
    """

    code: str
    level: Level
    message: str
    place: Place | None = None
    found: str | None = None
    expected: str | None = None
    suggestion: str | None = None
    form: str | None = None
    field: str | None = None
    related: tuple[Place, ...] = ()
    count: int = 1

    @property
    def line(self) -> str:
        """Give the whole line for lists and plain text, 必须改｜《收发存.xlsx》“9月”H12：… ."""
        where = f"{self.place.text}：" if self.place else ""
        return f"{self.level.title}｜{where}{self.message}"


@dataclass(frozen=True, slots=True)
class Silenced:
    """A finding that somebody decided to pass over, with the reason, who and on which ISO day."""

    finding: Finding
    reason: str
    who: str
    date: str

    @property
    def line(self) -> str:
        """Give the whole line for lists."""
        said = "，".join(part for part in (self.who, self.date) if part)
        return f"{self.finding.line}　已忽略：{self.reason}{f'（{said}）' if said else ''}"


@dataclass(frozen=True, slots=True)
class Change:
    """What cleaning changed in one cell; NFKC and outer blanks alone are no change.

    `said` is of a correction that a person decided: who, on which ISO day, and why.
    """

    place: Place
    before: str
    after: str
    rule: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class TieOutRow:
    """One line of a tie-out: the key (a class, a good, a device), both sides as canonical text, the difference.

    `left_rows` and `right_rows` are the rows of the sides' ledgers that were added up, counted from 0.
    """

    key: tuple[str, ...]
    left: str | None
    right: str | None
    difference: str | None
    agrees: bool
    left_place: Place | None = None
    right_place: Place | None = None
    left_rows: tuple[int, ...] = ()
    right_rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TieOutResult:
    """A tie-out made, or 未核 with its reason (`reason` says which workbook is missing)."""

    id: str
    title: str
    verdict: str  # 通过, 不符, 未核
    rows: tuple[TieOutRow, ...] = ()
    reason: str | None = None
