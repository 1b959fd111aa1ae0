"""Trial balances of several periods: the last one up to the base day counts, a whole year before a month of it.

A month without 本年累计 does not say what moved in the year. Where the tables of the months before it are there and
each opens with what the one before it closed with, their movements are added up; otherwise its rows say in `movement`
which period their movement is of.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from houqin.account.carry_trial import net_of
from houqin.account.rows import Row
from houqin.exact import unscaled
from houqin.ledger.period_of import is_after_closing, movement_of, other_body, period_of
from houqin.ledger.slices import taken_rows
from houqin.model import Finding, Level, Place
from houqin.values.periods import Period, read_period

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from houqin.forms import Form
    from houqin.model import Table

PERIOD, MOVEMENT = "period", "movement"
_MOVED = (("dr", "ytd_dr"), ("cr", "ytd_cr"))
_MOST_NAMED = 6
_JANUARY = "01"
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """The rows of a table that are of one period, by their accounts; `movement` says which part of the year moved."""

    table: Table
    period: Period | None
    movement: str
    rows: tuple[Row, ...]

    @property
    def keys(self) -> set[Key]:
        """The accounts."""
        return {_key(row) for row in self.rows}

    @property
    def name(self) -> str:
        """The file, and the sheet."""
        return f"《{self.table.path}》“{self.table.sheet}”"

    def covers(self, other: Part) -> bool:
        """Tell whether half of the other's accounts are here: 财务会计 and 预算会计 are two books."""
        return 2 * len(self.keys & other.keys) >= len(other.keys)


def choose_period(tables: Sequence[Table], form: Form, as_of: str) -> tuple[list[Table], list[Finding]]:
    """Give the tables that tell how the year stands at the base day (ISO), and what is said of the others.

    Of a form without the fields `period` and `movement` all tables count.
    """
    if not {PERIOD, MOVEMENT} <= {each.id for each in form.fields}:
        return list(tables), []
    own = [table for table in tables if not other_body(table)]
    others = [table for table in tables if other_body(table)]
    parts = [part for table in own for part in _parts(table, as_of)]
    early = [part for part in parts if part.period is None or part.period.last <= as_of[:7]]
    usable = early if any(part.period for part in early) else parts
    chosen, passed = _chosen(usable)
    passed += [part for part in parts if part not in usable]
    made: list[Table] = []
    findings: list[Finding] = []
    summed: list[Part] = []
    for part in chosen:
        chain = _chain(part, [each for each in parts if each is not part]) if part.movement else []
        broken = _first_break(chain)
        if broken is not None:
            findings.append(_told_break(*broken, form))
        elif chain:
            made += _added_up(chain)
            summed += chain
            findings.append(_told_sum(chain, form))
            continue
        made.append(_marked(part))
    rest = [part for part in passed if part not in summed]
    findings += [_told_passed(rest, chosen, summed, form)] if rest else []
    return made, findings + ([_told_others(others, form)] if others else [])


def _parts(table: Table, as_of: str) -> list[Part]:
    """Take a table apart where a column says of each row which period it is of."""
    said = table.frame[PERIOD].tolist() if PERIOD in table.frame.columns else [None] * len(table.frame)
    read = {text: period_of(table, text, as_of) for text in dict.fromkeys(said)}
    own = [read[text] for text in said]
    made = []
    for period in dict.fromkeys(own):
        keep = np.array([each == period for each in own], bool)
        part = table if keep.all() else taken_rows(table, keep)
        text = period.text if period else None
        part = _with(part, **{PERIOD: pd.Series([text] * len(part.frame), dtype=object)})
        rows = tuple(Row(table.form, n, values) for n, values in enumerate(_records(part)))
        made.append(Part(part, period, movement_of(part, period, rows), rows))
    return made


def _records(table: Table) -> list[dict[str, object]]:
    frame = table.frame.astype(object)
    return [{str(k): v for k, v in each.items()} for each in frame.where(frame.notna(), None).to_dict("records")]


def _with(table: Table, **columns: pd.Series[Any]) -> Table:
    return replace(table, frame=table.frame.assign(**{n: c.set_axis(table.frame.index) for n, c in columns.items()}))


def _chosen(parts: Sequence[Part]) -> tuple[list[Part], list[Part]]:
    """Part the tables that count from those that another one of the same book stands for."""
    open_ones = {part for part in parts if any(_closes(other, part) for other in parts)}
    chosen: list[Part] = []
    for part in sorted(parts, key=_rank, reverse=True):
        better = (each for each in chosen if part.period and each.period and _rank(each) > _rank(part))
        if part not in open_ones and not any(each.covers(part) for each in better):
            chosen.append(part)
    return [part for part in parts if part in chosen], [part for part in parts if part not in chosen]


def _rank(part: Part) -> tuple[str, bool, int]:
    """Put the later period first, then the whole year, then what is called 结转后."""
    return (part.period.last if part.period else "", not part.movement, is_after_closing(part.table))


def _closes(after: Part, before: Part) -> bool:
    """Tell two tables of one period of which one is before, one after the year's closing entries."""
    if after.period != before.period or after.period is None:
        return False
    one, other = ({_key(row): net_of(row, "close") or 0 for row in part.rows} for part in (after, before))
    flows = [key for key in one if _code(key)[:1] in {"4", "5", "6", "7"}]
    own = [key for key in one if _code(key)[:1] in {"1", "2"}]
    was_open = any(other.get(key) for key in flows)
    return was_open and not any(one[key] for key in flows) and all(one[key] == other.get(key) for key in own)


def _chain(last: Part, parts: Sequence[Part]) -> list[Part]:
    """Give the parts of the year one after another, from January to this one; none where one is missing or doubtful."""
    chain = [last]
    while chain[0].period and chain[0].period.first and chain[0].period.first[5:] != _JANUARY:
        before = _month_before(chain[0].period.first)
        found = [
            part for part in parts
            if part.period and part.period.last == before and part.period.first
            and (part.movement or part.period.is_year_to_date) and (part.covers(last) or last.covers(part))
        ]  # fmt: skip
        found = [part for part in found if part.period and part.period.is_year_to_date] or found
        if len(found) != 1:
            return []
        chain.insert(0, found[0])
    is_whole = chain[0].period is not None and chain[0].period.first is not None and len(chain) > 1
    return chain if is_whole and all(len(part.keys) == len(part.rows) for part in chain) else []


def _month_before(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    return f"{year}-{number - 1:02d}" if number > 1 else f"{year - 1}-12"


def _first_break(chain: Sequence[Part]) -> tuple[Part, Row | None, Part, Row | None] | None:
    """Give the first account that does not open with what it closed with before, in both tables."""
    held: dict[Key, tuple[Part, Row]] = {}
    for number, part in enumerate(chain):
        own = {_key(row): row for row in part.rows}
        for key in {**held, **own} if number else {}:
            before = held.get(key)
            closed = (net_of(before[1], "close") or 0) if before else 0
            row = own.get(key)
            opened = (net_of(row, "open") or 0) if row else 0
            if opened != closed:
                return part, row, before[0] if before else chain[number - 1], before[1] if before else None
        held |= {key: (part, row) for key, row in own.items()}
    return None


def _added_up(chain: Sequence[Part]) -> list[Table]:
    """Give the last table with the year's movements, and the rows of accounts that it no longer lists."""
    sums: dict[Key, dict[str, int]] = {}
    last: dict[Key, Part] = {}
    for part in chain:
        for row in part.rows:
            own = sums.setdefault(_key(row), dict.fromkeys((year for _, year in _MOVED), 0))
            last[_key(row)] = part
            for moved, year in _MOVED:
                own[year] += row.number(moved) or 0
    made = []
    for part in chain:
        keep = np.array([last[_key(row)] is part for row in part.rows], bool)
        if keep.any():
            rows = [row for row, kept in zip(part.rows, keep.tolist(), strict=True) if kept]
            columns = {
                year: pd.Series(pd.array([sums[_key(row)][year] for row in rows], dtype="Int64")) for _, year in _MOVED
            }
            made.append(_with(part.table if keep.all() else taken_rows(part.table, keep), **columns))
    return made


def _marked(part: Part) -> Table:
    """Say in each row which part of the year its movement is of, where it is not the whole."""
    return _with(part.table, **{MOVEMENT: pd.Series([part.movement or None] * len(part.table.frame), dtype=object)})


def _key(row: Row) -> Key:
    return (row.text("basis"), row.text("code"), row.text("aux"), "" if row.text("code") else row.text("subject"))


def _code(key: Key) -> str:
    return key[1]


def _told_break(part: Part, row: Row | None, before: Part, old: Row | None, form: Form) -> Finding:
    some = row or old
    label = " ".join(text for name in ("code", "subject", "aux") if some and (text := some.text(name)))
    sides = ((row, "open"), (old, "close"))
    opened, closed = (unscaled((net_of(each, when) or 0) if each else 0, 2) for each, when in sides)
    said = [read_period(each.table.frame[PERIOD].iloc[0]) for each in (before, part)]
    names = [each.text if each else "" for each in said]
    message = (
        f"{label} {names[0]} 期末是 {closed:,.2f} 元，{names[1]} 期初是 {opened:,.2f} 元（借方为正），"
        "各月的科目余额表接不上，没有把各月的发生额相加成全年数。请核对这两张表，或补一张带“本年累计”的年末科目余额表。"
    )
    places = [_place(one, each, when) for one, each, when in ((part, row, "open"), (before, old, "close"))]
    return Finding("carry-mismatch", Level.QUESTION, message, places[0], form=form.id, related=(places[1],))


def _place(part: Part, row: Row | None, when: str) -> Place:
    names = (f"{when}_dr", f"{when}_cr", f"{when}_bal")
    name = next((name for name in names if row and row.number(name) is not None and name in part.table.cells), None)
    if row is None or name is None:
        return Place(part.table.path, part.table.sheet)
    return part.table.place(name, row.index)


def _told_sum(chain: Sequence[Part], form: Form) -> Finding:
    message = (
        f"{chain[-1].name}没有“本年累计”：{_periods(chain)} 的{form.title}前后接得上，"
        f"全年的发生额由这 {len(chain)} 张相加得到，年初数取自第一张的期初。"
    )
    places = [Place(part.table.path, part.table.sheet) for part in reversed(chain)]
    return Finding("year-added-up", Level.INFO, message, places[0], form=form.id, related=tuple(places[1:]))


def _told_passed(passed: Sequence[Part], chosen: Sequence[Part], summed: Sequence[Part], form: Form) -> Finding:
    names = "、".join(part.name for part in passed[:_MOST_NAMED]) + (" 等" if len(passed) > _MOST_NAMED else "")
    taken = "、".join(part.name for part in chosen)
    message = (
        f"{form.title}有几张：用的是{taken}（{_periods(chosen)}），{names}（{_periods(passed)}）没有计入。"
        f"{_why_passed(passed, chosen, summed)}"
    )
    places = [Place(part.table.path, part.table.sheet) for part in passed]
    return Finding("other-period", Level.INFO, message, places[0], form=form.id, related=tuple(places[1:]))


def _told_others(others: Sequence[Table], form: Form) -> Finding:
    names = "、".join(f"《{table.path}》“{table.sheet}”" for table in others[:_MOST_NAMED])
    bodies = "、".join(dict.fromkeys(map(other_body, others)))
    message = (
        f"{names}是{bodies}的{form.title}，{bodies}另有账套，没有和学校的加在一起。"
        "食堂并账用食堂日记账、收支公示表等；确是学校账套的，请把标题、工作表名里的这个词去掉。"
    )
    places = [Place(table.path, table.sheet) for table in others]
    return Finding("other-book", Level.QUESTION, message, places[0], form=form.id, related=tuple(places[1:]))


def _why_passed(passed: Sequence[Part], chosen: Sequence[Part], summed: Sequence[Part]) -> str:
    if any(_closes(after, before) for after in chosen for before in passed):
        return "同一期间有年末结转前、结转后两张的，用结转后的。"
    months = {part.period.last for part in (*passed, *chosen) if part.period and part.period.is_month}
    alone = (part for part in chosen if part.movement and part not in summed)
    last = next((part.period.last for part in alone if part.period and part.period.is_month), "")
    wanted = [f"{last[:5]}{number:02d}" for number in range(1, int(last[5:]) + 1)] if last else []
    missing = [month for month in wanted if month not in months]
    if not missing or len(missing) == len(wanted) - 1:
        return ""
    return f"要把各月相加成全年的，还缺 {'、'.join(missing)} 的。"


def _periods(parts: Iterable[Part]) -> str:
    texts = sorted({part.period.text for part in parts if part.period})
    return "、".join(texts) if len(texts) <= _MOST_NAMED else f"{texts[0]} 到 {texts[-1]}"
