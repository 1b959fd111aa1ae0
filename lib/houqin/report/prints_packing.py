"""班级分装单: a page a class with name, sex, sizes and a place to sign; no ID, no phone, no measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from houqin.report.counts import STYLES
from houqin.report.prints_frame import CENTRED, NUMBER, FormColumn, Frame
from houqin.report.prints_pages import by_class
from houqin.report.records import Record, read_records
from houqin.workbook import FORM_HEADER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from houqin.forms import Forms
    from houqin.model import Ledger
    from houqin.school import School
    from houqin.workbook import CellValue, Sheet

PACKING = "校服分装单"
PACKING_POSTS = ("班主任", "发放人")
NOT_WANTED = "不订"
PUPIL_HEIGHT = 16.0


def write_packing(sheet: Sheet, ledgers: Mapping[str, Ledger], forms: Forms, *, school: School, as_of: str) -> str:
    """Write a page a class; give a word for the table of contents."""
    records = [r for r in read_records(ledgers, "uniform_order", forms) if r.text("pupil")]
    parts = [(s, p) for s, p in STYLES.items() if any(r.number(f"{p}_qty") or r.text(f"{p}_size") for r in records)]
    columns = [
        FormColumn("序号", 6, CENTRED),
        FormColumn("姓名", 13, CENTRED),
        FormColumn("性别", 6, CENTRED),
        *(c for style, _ in parts for c in (FormColumn(style, 11, CENTRED), FormColumn(style, 7, NUMBER, total=True))),
        FormColumn("领取签字", 16),
    ]
    frame = Frame(sheet, school, as_of, tuple(c.width for c in columns))
    frame.prepare()
    if not records or not parts:
        frame.missing(PACKING, [forms.by_id["uniform_order"].title])
        return "缺资料"
    groups = by_class(records, school.class_order, lambda record: record.text("class"))
    packing = _Packing(frame, columns, parts)
    row = 1
    tallest = max(len(group) for group in groups.values())
    sheet.page.highest = 32 + 20 + 24 + 2 * 20 + (tallest + 1) * PUPIL_HEIGHT + 22 + 30
    for number, (name, group) in enumerate(groups.items()):
        if number:
            sheet.page.breaks.append(row - 1)
        row = packing.page(row, name, group)
    return f"{len(groups)} 个班，每班一页"


@dataclass(frozen=True, slots=True)
class _Packing:
    """The columns of the slips; `parts` are the styles ordered, with the beginning of their fields."""

    frame: Frame
    columns: list[FormColumn]
    parts: list[tuple[str, str]]

    def page(self, row: int, name: str, group: list[Record]) -> int:
        """Write the slip of one class; give the row below."""
        left = f"班级：{name}　　共 {len(group)} 人"
        row = self.frame.head(f"{PACKING}　{name}", row=row, unit="套", left=left)
        self._header(row)
        rows = [_pupil(number, record, self.parts) for number, record in enumerate(group, 1)]
        placed = self.frame.body(row + 2, self.columns, rows, total="合计", height=PUPIL_HEIGHT)
        return self.frame.sign(placed.next_row, PACKING_POSTS, height=30)

    def _header(self, row: int) -> None:
        sheet = self.frame.sheet
        for number, (style, _) in enumerate(self.parts):
            left = 4 + 2 * number
            sheet.merge((row, left, row, left + 1), style, FORM_HEADER)
            sheet.write(row + 1, left, "尺码", FORM_HEADER)
            sheet.write(row + 1, left + 1, "套数", FORM_HEADER)
        for column in (1, 2, 3, len(self.columns)):
            sheet.merge((row, column, row + 1, column), self.columns[column - 1].title, FORM_HEADER)
        sheet.height(row, 20)
        sheet.height(row + 1, 20)


def _pupil(number: int, record: Record, parts: list[tuple[str, str]]) -> list[CellValue]:
    values: list[CellValue] = [number, record.text("pupil"), record.text("sex") or None]
    for _, part in parts:
        sets, size = record.number(f"{part}_qty"), record.text(f"{part}_size")
        if record.pending:
            values += ["待定", None]
        elif record.text("voluntary") == "否" and not sets:
            values += [NOT_WANTED, None]
        else:
            values += [size or None, sets]
    return [*values, None]
