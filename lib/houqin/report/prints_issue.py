"""班级物品领用签收表, classes by goods, and 处室物品领用签收表, a record a row."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.report.prints_frame import CENTRED, NUMBER, ROW_HEIGHT, SIGN_HEIGHT, FormColumn, Frame
from houqin.report.records import Record, counted_records, read_records
from houqin.workbook import FORM_CELL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from houqin.forms import Forms
    from houqin.model import Ledger
    from houqin.school import School
    from houqin.workbook import CellValue, Sheet

ISSUE = "班级物品领用签收表"
OFFICES = "处室物品领用签收表"
ISSUE_POSTS = ("发放人", "保管员", "后勤主任")
ISSUER = "发放单位（盖章）：{}"
GOODS_A_PAGE = 12
FEWEST_COLUMNS = 6  # of goods, so that a form with one or two is as wide as paper
PAGE_HEAD = 32 + 20 + 24 + 68 + ROW_HEIGHT * 2 + SIGN_HEIGHT  # points that a page of the form takes beside its rows
Good = tuple[str, str, str]  # name, spec, unit
OFFICE_COLUMNS = (
    FormColumn("序号", 5, CENTRED),
    FormColumn("处室", 15, CENTRED),
    FormColumn("领用日期", 11, FORM_CELL.but(kind="date", wrap=False)),
    FormColumn("物品", 16),
    FormColumn("规格", 14),
    FormColumn("数量", 7, NUMBER),
    FormColumn("单位", 6, CENTRED),
    FormColumn("领用人签字", 14),
)


def write_issue(sheet: Sheet, ledgers: Mapping[str, Ledger], forms: Forms, *, school: School, as_of: str) -> str:
    """Write what each class gets of which goods, with room to sign; many goods go on several pages."""
    records = counted_records(ledgers, "stock_issue", forms)
    by_class = [r for r in records if _is_class(r.text("class"), school)]
    goods = _goods(by_class, school)
    most = max(FEWEST_COLUMNS, min(len(goods), GOODS_A_PAGE))
    width = max(7.0, min(12.0, 84 / most))
    frame = Frame(sheet, school, as_of, (5.0, 15.0, *[width] * most, 14.0, 12.0))
    frame.prepare(landscape=True)
    if not by_class:
        frame.missing(ISSUE, [forms.by_id["stock_issue"].title])
        return "缺资料"
    classes = _classes(by_class, school)
    row = _Issue(frame, classes, _quantities(by_class)).pages(1, goods)
    waiting = sum(r.pending for r in read_records(ledgers, "stock_issue", forms))
    if waiting:
        frame.note(row, f"注：另有 {waiting} 条领用记录待定，未列入。")
    sheet.page.highest = PAGE_HEAD + len(classes) * ROW_HEIGHT
    sheet.page.one_page = len(goods) <= GOODS_A_PAGE
    return f"{len(classes)} 个班，{len(goods)} 种"


def write_offices(sheet: Sheet, ledgers: Mapping[str, Ledger], forms: Forms, *, school: School, as_of: str) -> str:
    """Write the offices' records, one a row: few of them take the same goods, so a matrix would be empty."""
    frame = Frame(sheet, school, as_of, tuple(c.width for c in OFFICE_COLUMNS))
    frame.prepare()
    records = sorted(office_records(ledgers, forms, school), key=lambda r: (_office(r), r.text("out_date"), r.index))
    top = frame.head(OFFICES, left=ISSUER.format(school.name))
    sheet.page.repeat = (top, top)
    rows = [_office_row(number, record) for number, record in enumerate(records, 1)]
    placed = frame.table(top, OFFICE_COLUMNS, rows)
    frame.sign(placed.next_row, ISSUE_POSTS)
    return f"{len({_office(r) for r in records})} 个处室，{len(records)} 条"


def office_records(ledgers: Mapping[str, Ledger], forms: Forms, school: School) -> list[Record]:
    """Give what was issued to offices and not to classes."""
    records = counted_records(ledgers, "stock_issue", forms)
    return [r for r in records if not _is_class(r.text("class"), school) and _office(r)]


def _is_class(taker: str, school: School) -> bool:
    """Tell a class from an office: a column 部门/班级 holds both."""
    return taker in school.class_order or taker.endswith("班")


def _office(record: Record) -> str:
    return record.text("dept") or record.text("class")


def _office_row(number: int, record: Record) -> list[CellValue]:
    texts = [record.text(field) or None for field in ("out_date", "name", "spec")]
    return [number, _office(record), *texts, record.number("qty"), record.text("uom") or None, None]


@dataclass(frozen=True, slots=True)
class _Issue:
    """The classes, and how much of which good each gets."""

    frame: Frame
    classes: list[str]
    amounts: Mapping[tuple[str, Good], Decimal]

    def pages(self, row: int, goods: list[Good]) -> int:
        """Write the goods, so many a page; give the row below."""
        parts = [goods[i : i + GOODS_A_PAGE] for i in range(0, len(goods), GOODS_A_PAGE)]
        for number, part in enumerate(parts, 1):
            mark = f"第 {number} 张，共 {len(parts)} 张" if len(parts) > 1 else ""
            if number > 1:
                self.frame.sheet.page.breaks.append(row - 1)
            row = self._page(row, part, mark)
        return row

    def _page(self, row: int, part: list[Good], mark: str) -> int:
        frame = self.frame
        goods: list[Good | None] = [*part, *[None] * (frame.columns - 4 - len(part))]
        top = frame.head(ISSUE, row=row, mark=mark, left=ISSUER.format(frame.school.name))
        columns = [
            FormColumn("序号", 5, CENTRED),
            FormColumn("班级", 15, CENTRED),
            *(FormColumn(_good_title(g), frame.widths[2], NUMBER, total=g is not None) for g in goods),
            FormColumn("班主任签字", 14),
            FormColumn("日期", 12),
        ]
        rows: list[list[CellValue]] = [
            [n, taker, *(self.amounts.get((taker, g)) if g else None for g in goods), None, None]
            for n, taker in enumerate(self.classes, 1)
        ]
        placed = frame.table(top, columns, rows, total="合计")
        return frame.sign(placed.next_row, ISSUE_POSTS)


def _good_title(good: Good | None) -> str:
    if good is None:
        return ""
    name, spec, uom = good
    return name + (f" {spec}" if spec else "") + (f"\n（{uom}）" if uom else "")


def _classes(records: list[Record], school: School) -> list[str]:
    """Give the classes in the settings' order, then all others as the ledger has them."""
    names = list(dict.fromkeys(r.text("class") for r in records))
    order = school.class_order
    return sorted(names, key=lambda name: (order.get(name, len(order)), names.index(name)))


def _good(record: Record) -> Good:
    return record.text("name"), record.text("spec"), record.text("uom")


def _goods(records: list[Record], school: School) -> list[Good]:
    """Give the goods of the standards first, in their order, then all others as the ledger has them."""
    found = list(dict.fromkeys(_good(r) for r in records if r.text("name")))
    order = {standard.name: i for i, standard in enumerate(school.standards)}
    return sorted(found, key=lambda good: (order.get(good[0], len(order)), found.index(good)))


def _quantities(records: list[Record]) -> dict[tuple[str, Good], Decimal]:
    amounts: dict[tuple[str, Good], Decimal] = {}
    for record in records:
        quantity = record.number("qty")
        if quantity is not None:
            key = (record.text("class"), _good(record))
            amounts[key] = amounts.get(key, Decimal(0)) + quantity
    return amounts
