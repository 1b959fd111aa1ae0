"""The data sheets 台账-… of a workbook: all rows of a ledger, which of them count in the period, and their sources."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from houqin.model import column_letter
from houqin.report.data_sheets import COUNTED, Data
from houqin.report.posts.case import IN_PERIOD, IN_YEAR
from houqin.report.profiles import personal_kind
from houqin.report.summary_case import INDENTED, MONEY_UNIT, NUMBER, cell_link, write_head
from houqin.report.summary_data import ALWAYS_OUT, STYLE_OF_TYPE
from houqin.report.summary_live import row_formula
from houqin.workbook import WRAPPED, Col

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from houqin.forms import Field
    from houqin.report.posts.case import PostCase
    from houqin.report.records import Record
    from houqin.workbook import CellValue, Sheet, Style

# The cells of 说明 that these names stand for are written by `posts.overview`.
_WITHIN = (
    'IF({{{date}|""}}="",1,IF(ISNUMBER({{{date}|""}}),IF(AND({{{date}|0}}>={first},{{{date}|0}}<={last}),1,0),'
    'IF(AND({{{date}|""}}>={first}月,{{{date}|""}}<={last}月),1,0)))'
)
_FIRSTS = {IN_PERIOD: ("本期起", "计入\n本期"), IN_YEAR: ("本年起", "计入\n本年")}


class Added(NamedTuple):
    """A computed column: its id in the records, its header, its look, and its formula over the row (None: a value)."""

    id: str
    title: str
    style: Style
    formula: str | None = None


def flag(name: str, date: str) -> Added:
    """Give the column that is 1 where a row's date lies in the period, or in the year up to its end."""
    first, title = _FIRSTS[name]
    return Added(name, title, NUMBER, _WITHIN.format(date=date, first=first, last="本期止"))


def dated(case: PostCase, date: str) -> Callable[[Record], Record]:
    """Give what marks a record with the period and the year that its date lies in."""

    def mark(record: Record) -> Record:
        day = record.text(date) or None
        flags = {
            IN_PERIOD: Decimal(case.span.holds(day)),
            IN_YEAR: Decimal(case.span.holds(day, from_since=True)),
        }
        return replace(record, values={**record.values, **flags})

    return mark


def add(record: Record, **values: Decimal | int | str | None) -> Record:
    """Give a record with further values."""
    return replace(record, values={**record.values, **values})


def write_rows(case: PostCase, sheet: Sheet, form_id: str, records: Sequence[Record], added: Sequence[Added]) -> None:
    """Fill a data sheet with the records, each with what was computed of it; names and numbers of pupils stay out."""
    ledger, form = case.ledgers[form_id], case.forms.by_id[form_id]
    fields = [f for f in form.fields if _shown(f, records)]
    columns = [
        Col("行号", NUMBER), Col(COUNTED, NUMBER),
        *(Col(f.title.replace("/", "\n"), STYLE_OF_TYPE.get(f.type, WRAPPED)) for f in fields),
        *(Col(each.title, each.style) for each in added),
        Col("来源", INDENTED.but(wrap=False)),
    ]  # fmt: skip
    ids = ["index", COUNTED, *(f.id for f in fields), *(each.id for each in added), "source"]
    letters = {name: column_letter(number) for number, name in enumerate(ids, 1)}
    unit = MONEY_UNIT if any(f.type in {"money", "price"} for f in fields) else ""
    lines = [f"“{COUNTED}”是 1 的行参加汇总，待定的行是 0；“计入本期”由日期算出。点“来源”打开原表的单元格。"]
    if undated := _undated(records, form_id):
        lines.append(f"有 {undated} 行没有写日期，按本期计算。")
    top = write_head(case, sheet, f"台账：{form.title}", len(columns), lines, unit=unit)
    sources = ledger.sources[["file", "sheet", "cell"]].itertuples(index=False, name=None)
    rows: list[list[CellValue]] = [
        [
            record.index + 1, 0 if record.pending else 1,
            *(record.values.get(f.id) for f in fields),
            *(_cell(each, record, letters, row) for each in added),
            cell_link(*source),
        ]
        for row, (record, source) in enumerate(zip(records, sources, strict=True), top + 1)
    ]  # fmt: skip
    placed = sheet.table(top, 1, columns, rows)
    sheet.freeze(top + 1, 3)
    if rows:
        sheet.highlight(placed.filter_area._replace(top=placed.first), f"$B{placed.first}=0", "doubt-light")
    case.data[form_id] = Data(placed, {name: number for number, name in enumerate(ids)}, records)


DATES = {
    "canteen_journal": "date", "canteen_statement": "date", "food_stock": "date", "food_receipt": "receipt_date",
    "food_issue": "out_date",
    "meal_daily": "date", "meal_companion": "date", "food_sample": "date", "food_safety_log": "check_date",
    "stock_in": "in_date",
}  # fmt: skip


def _undated(records: Sequence[Record], form_id: str) -> int:
    date = DATES.get(form_id)
    return sum(1 for r in records if date and not r.text(date))


def _shown(field: Field, records: Sequence[Record]) -> bool:
    if field.id in ALWAYS_OUT or not field.ledger or personal_kind(field):
        return False
    return any(record.values.get(field.id) is not None for record in records)


def _cell(each: Added, record: Record, letters: dict[str, str], row: int) -> CellValue:
    value = record.values.get(each.id)
    return value if each.formula is None else row_formula(each.formula, value, letters, row)
