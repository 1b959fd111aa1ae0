"""The data sheets 台账-…: the ledger rows that the figures add up, each with 计入 and a link to its source cell."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from houqin.model import column_letter
from houqin.report.counts import NO_SIZE, STYLES, is_mended, repair_cost
from houqin.report.data_sheets import COUNTED, Data
from houqin.report.desks import good_ones
from houqin.report.needs import factor_of
from houqin.report.summary_case import INDENTED, MONEY_UNIT, NUMBER, BookCase, Case, cell_link, write_head
from houqin.report.summary_live import live_cell
from houqin.workbook import (
    CENTER,
    CODE,
    COUNT,
    DATE,
    MONEY,
    POINTS,
    PRICE,
    QUANTITY,
    TEXT,
    WRAPPED,
    Col,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from houqin.forms import Field
    from houqin.report.budget import BudgetRow
    from houqin.report.records import Record
    from houqin.workbook import CellValue, Sheet, Style

SHEETS = {
    "stock_balance": "台账-收发存",
    "stock_issue": "台账-领用",
    "desks": "台账-桌凳",
    "meal_registration": "台账-就餐",
    "uniform_order": "台账-校服",
    "repair": "台账-报修",
    "budget_execution": "台账-预算",
    "asset_register": "台账-资产",
}
# What no figure needs, or what a pupil's own data is and therefore stays in the ledger workbook alone
LEFT_OUT = {
    "uniform_order": {"pupil", "stu_no", "height", "weight"},
    "asset_register": {
        "class_code",
        "acc_dep",
        "net",
        "life_years",
        "acquire_how",
        "book_date",
        "fund_source",
        "voucher",
    },
}
ALWAYS_OUT = {"seq", "sign"}
ALWAYS_IN = {"full", "total", "sex", "class", "device"}  # what formulas refer to, filled in or not
STYLE_OF_TYPE = {
    "quantity": QUANTITY, "count": COUNT, "money": MONEY, "price": PRICE, "percent": POINTS, "date": DATE,
    "code": CODE, "class": TEXT, "grade": TEXT, "sex": CENTER, "size": CENTER,
}  # fmt: skip
ADDED = {  # computed columns: title and look
    "need": ("对应应购行", COUNT),
    "factor": ("折算", QUANTITY),
    "base_qty": ("折算数量", QUANTITY),
    "resolved_grade": ("所在年级", TEXT),
    "open": ("未修", COUNT),
    "repair_cost": ("费用", MONEY),
    "leaf": ("末级", COUNT),
    "desk_good": ("可用课桌", COUNT),
    "chair_good": ("可用凳子", COUNT),
}


def write_data(case: Case, sheets: Mapping[str, Sheet]) -> None:
    """Fill the data sheets of the ledgers that are there."""
    for form_id, sheet in sheets.items():
        case.data[form_id] = _write(case, sheet, form_id)


def _write(case: Case, sheet: Sheet, form_id: str) -> Data:
    records = [ENRICH.get(form_id, _as_it_is)(case, record) for record in case.records[form_id]]
    return write_rows(case, sheet, form_id, records, ADDED, live_cell)


def write_rows(  # noqa: PLR0913, PLR0917  (a sheet, its rows, and its computed columns)
    case: BookCase,
    sheet: Sheet,
    form_id: str,
    records: Sequence[Record],
    computed: Mapping[str, tuple[str, Style]],
    live: Callable[[str, str, Any, Mapping[str, str], int], CellValue],
) -> Data:
    """Write the rows of a ledger with 计入 and a link to the source; `computed` are columns beside its fields.

    A computed column stands where the first record has it; `live` gives its cell: form, column, value, letters, row.
    """
    ledger, form = case.ledgers[form_id], case.forms.by_id[form_id]
    added = [name for name in computed if records and name in records[0].values]
    fields = [f for f in form.fields if _shown(f, form_id, records)]
    columns = [
        Col("行号", NUMBER), Col(COUNTED, NUMBER),
        *(Col(f.title.replace("/", "\n"), _style(f)) for f in fields),
        *(Col(*computed[name]) for name in added),
        Col("来源", INDENTED.but(wrap=False)),
    ]  # fmt: skip
    ids = ["index", COUNTED, *(f.id for f in fields), *added, "source"]
    letters = {name: column_letter(number) for number, name in enumerate(ids, 1)}
    lines = [f"“{COUNTED}”是 1 的行参加汇总；待定的行是 0，答复以后再计入。点“来源”打开原表的单元格。"]
    unit = MONEY_UNIT if any(f.type in {"money", "price"} for f in fields) else ""
    top = write_head(case, sheet, f"台账：{form.title}", len(columns), lines, unit=unit)
    sources = zip(*(ledger.sources[name].tolist() for name in ("file", "sheet", "cell")), strict=True)
    rows: list[list[CellValue]] = [
        [
            record.index + 1, 0 if record.pending else 1,
            *(_cell(record.values.get(f.id)) for f in fields),
            *(live(form_id, name, record.values.get(name), letters, row) for name in added),
            cell_link(*source),
        ]
        for row, (record, source) in enumerate(zip(records, sources, strict=True), top + 1)
    ]  # fmt: skip
    placed = sheet.table(top, 1, columns, rows)
    sheet.freeze(top + 1, 3)
    if rows:
        sheet.highlight(placed.filter_area._replace(top=placed.first), f"$B{placed.first}=0", "doubt-light")
    return Data(placed, {name: number for number, name in enumerate(ids)}, records)


def _shown(field: Field, form_id: str, records: Sequence[Record]) -> bool:
    """Leave out a pupil's own data, and columns that nobody filled in."""
    if field.id in ALWAYS_OUT or field.sensitive or field.id in LEFT_OUT.get(form_id, ()):
        return False
    filled = any(record.values.get(field.id) is not None for record in records)
    return filled or field.id in ALWAYS_IN


def _style(field: Field) -> Style:
    return STYLE_OF_TYPE.get(field.type, WRAPPED)


def _cell(value: Decimal | str | None) -> CellValue:
    return value


# ---- what is computed a row, visible as columns of its own


def _as_it_is(_case: Case, record: Record) -> Record:
    return record


def _with(record: Record, **added: Decimal | int | str | None) -> Record:
    return replace(record, values={**record.values, **added})


def _stock(case: Case, record: Record) -> Record:
    return _for_need(case, record, "rows", "close_qty")


def _issue(case: Case, record: Record) -> Record:
    return _for_need(case, record, "issue_rows", "qty")


def _for_need(case: Case, record: Record, rows: str, quantity: str) -> Record:
    """Say which row of 应购物资 a ledger row belongs to, and what it comes to in that row's unit."""
    number = next((n for n, need in enumerate(case.made.needs, 1) if record.index in getattr(need, rows)), None)
    if number is None:
        return _with(record, need=None, factor=None, base_qty=None)
    need = case.made.needs[number - 1]
    factor = factor_of(record, need, case.school)
    amount = record.number(quantity)
    return _with(record, need=Decimal(number), factor=factor, base_qty=None if amount is None else amount * factor)


def _desk(_case: Case, record: Record) -> Record:
    return _with(record, desk_good=good_ones(record, "desk"), chair_good=good_ones(record, "chair"))


def _meal(case: Case, record: Record) -> Record:
    grades = {each.name: each.grade for each in case.school.classes}
    return _with(record, resolved_grade=grades.get(record.text("class")) or record.text("grade") or None)


def _uniform(_case: Case, record: Record) -> Record:
    """Name the size that is missing where sets are ordered, so that sums by size are complete."""
    sizes = {
        f"{part}_size": NO_SIZE
        for part in STYLES.values()
        if record.number(f"{part}_qty") and not record.text(f"{part}_size")
    }
    return _with(record, **sizes)


def _repair(_case: Case, record: Record) -> Record:
    return _with(record, open=Decimal(0 if is_mended(record) else 1), repair_cost=repair_cost(record))


def _budget(case: Case, record: Record) -> Record:
    rows: Sequence[BudgetRow] = case.made.budget.rows if case.made.budget else ()
    own = next((each for each in rows if each.row == record.index), None)
    return _with(record, full=own.full if own else record.number("full"), leaf=Decimal(0 if own and own.parent else 1))


ENRICH: Mapping[str, Callable[[Case, Record], Record]] = {
    "stock_balance": _stock,
    "stock_issue": _issue,
    "desks": _desk,
    "meal_registration": _meal,
    "uniform_order": _uniform,
    "repair": _repair,
    "budget_execution": _budget,
}
