"""勾稽: both sides of each tie-out as formulas over the ledger rows that they add up, and verdicts that follow them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from houqin.model import column_letter
from houqin.report.data_sheets import Where
from houqin.report.summary_case import INDENTED, NUMBER, BookCase, place_link, write_head
from houqin.workbook import CENTER, COUNT, HEADING, INPUT, QUANTITY, WRAPPED, Col, Formula, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.forms import Side, TieOut
    from houqin.model import TieOutResult, TieOutRow
    from houqin.workbook import CellValue, Placed, Sheet

CLASSES = "@classes"
DIFFERS, AGREES = "✗ 不符", "✓ 相符"
FAILED, PASSED, UNCHECKED = "✗ 不符", "✓ 通过", "? 未核"
COLOURS = {"✗": ("bad-light", "bad"), "?": ("doubt-light", "doubt")}
MOST_PIECES = 40  # of a sum of scattered rows: a longer formula can be read by nobody
SUMMARY = (
    Col("序", NUMBER, 5), Col("勾稽", WRAPPED, 32), Col("结论", CENTER.but(bold=True, colour="good"), 11),
    Col("核对条数", COUNT, 10), Col("不符条数", COUNT, 10), Col("缺一边", COUNT, 10), Col("左边 ↔ 右边", INDENTED, 34),
    Col("说明", WRAPPED, 34), Col("允许相差", INPUT.but(kind="quantity"), 9),
)  # fmt: skip
LINES = (
    Col("序", NUMBER), Col("核对项", WRAPPED), Col("结论", CENTER), Col("左边", QUANTITY), Col("右边", QUANTITY),
    Col("差额", QUANTITY), Col("左边的单元格", INDENTED), Col("右边的单元格", WRAPPED),
)  # fmt: skip
HOW = (
    "两张表里同一件事应当一致。左右两边是对台账各行的求和，结论随数变化；“未核”是缺了一边的材料，不算通过。"
    "左右两边可以点到原表的单元格。"
)


def write_tie_outs(case: BookCase, sheet: Sheet, results: Sequence[TieOutResult] | None = None) -> None:
    """Fill 勾稽: a line a tie-out, then each line that was compared, those that differ first.

    `results` are those to show, all of the run where none are given.
    """
    results = case.outcome.tie_outs if results is None else results
    top = write_head(case, sheet, "勾稽（表与表之间的核对）", len(SUMMARY), [HOW])
    start = top + len(results) + 4
    flat = [(n, row) for n, result in enumerate(results, 1) for row in _in_order(result)]
    body = {letter: f"${letter}${start + 1}:${letter}${start + max(1, len(flat))}" for letter in "ACDE"}
    declared = {each.id: each for each in case.forms.tie_outs}
    rows = [_summary(case, top + n, each, body, declared.get(each.id)) for n, each in enumerate(results, 1)]
    placed = sheet.table(top, 1, SUMMARY, [[n, *row] for n, row in enumerate(rows, 1)], autofilter=False)
    _colour(sheet, placed)
    sheet.text(start - 1, 1, "逐条核对", HEADING)
    table = [
        [number, *_line(case, start + n, row, declared.get(results[number - 1].id), f"$I${top + number}")]
        for n, (number, row) in enumerate(flat, 1)
    ]
    below = sheet.table(start, 1, LINES, table, freeze=False)
    sheet.highlight(below.filter_area._replace(top=below.first), f'$C{below.first}="{DIFFERS}"', "bad-light")
    case.cells["tie_outs.summary"] = placed.filter_area._replace(top=placed.first)
    case.cells["tie_outs.lines"] = below.filter_area._replace(top=below.first)


def _in_order(result: TieOutResult) -> list[TieOutRow]:
    return sorted(result.rows, key=lambda row: row.agrees)


def _colour(sheet: Sheet, placed: Placed) -> None:
    """Colour the verdicts as they are at the time, not as they were when this was written."""
    area = placed.column(2)
    for symbol, (fill, colour) in COLOURS.items():
        first = f"{column_letter(area.left)}{area.top}"
        sheet.highlight(area, f'LEFT({first},1)="{symbol}"', fill, colour=colour, bold=True)


def _summary(
    case: BookCase, row: int, each: TieOutResult, body: dict[str, str], declared: TieOut | None
) -> list[CellValue]:
    """Give the line of a tie-out: its verdict follows the lines below it."""
    own = f"{body['A']},A{row}"
    differing = sum(1 for line in each.rows if not line.agrees)
    alone = sum(1 for line in each.rows if (line.left is None) != (line.right is None))
    allowed = _allowed(case, declared)
    otherwise = PASSED if each.rows and not each.reason else UNCHECKED
    verdict: CellValue = UNCHECKED
    reason: CellValue = each.reason
    if each.rows:
        verdict = Formula(f'IF(E{row}>0,"{FAILED}","{otherwise}")', FAILED if differing else otherwise)
    if not reason:
        agreed = _agreed(declared, allowed)
        said = f"有 {differing} 条不一致，见下表" if differing else agreed
        reason = Formula(f'IF(E{row}>0,"有 "&E{row}&" 条不一致，见下表","{agreed}")', said)
    return [
        each.title, verdict,
        Formula(f"COUNTIFS({own})", len(each.rows)),
        Formula(f'COUNTIFS({own},{body["C"]},"{DIFFERS}")', differing),
        Formula(f'COUNTIFS({own},{body["D"]},"")+COUNTIFS({own},{body["E"]},"")', alone),
        f"{declared.left.title} ↔ {declared.right.title}" if declared else None, reason, allowed,
    ]  # fmt: skip


def _agreed(declared: TieOut | None, allowed: Decimal) -> str:
    if declared is not None and declared.relation == "at-most":
        return "左边没有超过右边" + ("（在允许相差以内）" if allowed else "")
    if declared is not None and declared.relation == "covered":
        return "左边有的，右边都有"
    return "相差都在允许以内" if allowed else "两边一致"


def _allowed(case: BookCase, declared: TieOut | None) -> Decimal:
    """Read the tolerance: a number, or the name of a threshold of the settings."""
    if declared is None:
        return Decimal(0)
    try:
        return Decimal(declared.tolerance)
    except InvalidOperation:
        return case.school.thresholds.get(declared.tolerance, Decimal(0))


def _line(case: BookCase, row: int, line: TieOutRow, declared: TieOut | None, allowed: str) -> list[CellValue]:
    left, right = _number(line.left), _number(line.right)
    word = AGREES if line.agrees else DIFFERS
    verdict: CellValue = word
    difference: CellValue = None
    if left is not None and right is not None and not (declared and declared.relation == "covered"):
        difference = Formula(f"ROUND(D{row}-E{row},6)", left - right)
        gap = f"F{row}" if declared and declared.relation == "at-most" else f"ABS(F{row})"
        if declared:
            verdict = Formula(f'IF({gap}<={allowed},"{AGREES}","{DIFFERS}")', word)
    return [
        "　".join(part for part in line.key if part) or "全校", verdict,
        _amount(case, row, declared.left if declared else None, line.key, left, line.left_rows),
        _amount(case, row, declared.right if declared else None, line.key, right, line.right_rows),
        difference, place_link(line.left_place), place_link(line.right_place),
    ]  # fmt: skip


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _amount(  # noqa: PLR0913, PLR0917  (a side of a line)
    case: BookCase, row: int, side: Side | None, key: tuple[str, ...], value: Decimal | None, rows: Sequence[int]
) -> CellValue:
    """Give a side as a formula: by its key where that adds up to it, else over its rows one by one."""
    if side is None or value is None or side.times:
        return value  # times a number of another form: no sum of the rows of this one
    if side.form == CLASSES:
        return _roll(case, row, side, value)
    for made in (_by_key(case, row, side, key), _by_rows(case, side, rows, value)):
        if made is not None and made.value == value:
            return made
    return value


def _roll(case: BookCase, row: int, side: Side, value: Decimal) -> CellValue:
    names, pupils = case.cells.get("roll.names"), case.cells.get("roll.pupils")
    if side.by != ("class",) or side.value != "pupils" or names is None or pupils is None:
        return value
    return Formula(f"SUMIFS({pupils.ref},{names.ref},$B{row})", value)


def _by_key(case: BookCase, row: int, side: Side, key: tuple[str, ...]) -> Formula | None:
    """Give the sum of all rows of a class or a good; None where the sheet has not the columns for it."""
    data = case.data.get(side.form)
    if data is None or len(side.by) > 1 or not {*side.by} <= {*data.columns}:
        return None
    conditions = [Where(field, text, f"$B{row}") for field, text in zip(side.by, key, strict=True)]
    if side.aggregate == "count":
        return case.count(side.form, *conditions)
    return case.total(side.form, side.value, *conditions) if side.value in data.columns else None


def _by_rows(case: BookCase, side: Side, rows: Sequence[int], value: Decimal) -> Formula | None:
    """Give the sum of rows that a condition of the tie-out picks out."""
    data = case.data.get(side.form)
    if data is None or side.aggregate != "sum" or side.value not in data.columns or not rows or side.form in case.large:
        return None
    letter, first = column_letter(data.area(side.value).left), data.placed.first
    pieces = [
        f"{quoted(data.placed.sheet)}!${letter}${first + start}" + (f":${letter}${first + end}" if end > start else "")
        for start, end in _runs(rows)
    ]
    return Formula(f"SUM({','.join(pieces)})", value) if len(pieces) <= MOST_PIECES else None


def _runs(rows: Sequence[int]) -> list[tuple[int, int]]:
    """Join neighbouring rows: [0, 1, 2, 5] -> [(0, 2), (5, 5)]."""
    found: list[tuple[int, int]] = []
    for row in sorted(rows):
        if found and row == found[-1][1] + 1:
            found[-1] = (found[-1][0], row)
        else:
            found.append((row, row))
    return found
