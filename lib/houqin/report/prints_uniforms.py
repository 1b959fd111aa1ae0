"""校服尺码汇总表(供厂家), without a name, and 班级分装单, a page a class, without ID, phone or measures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.model import a1
from houqin.report.counts import NO_SIZE, STYLES, SizeCount, uniform_sizes
from houqin.report.prints_frame import CENTRED, NUMBER, FormColumn, Frame, sum_of
from houqin.report.records import Record, counted_records, read_records
from houqin.workbook import FORM_HEADER, FORM_LINE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.forms import Forms
    from houqin.model import Ledger
    from houqin.school import School
    from houqin.workbook import CellValue, Sheet

SIZES = "校服尺码汇总表（供厂家）"
PACKING = "校服分装单"
SIZE_POSTS = ("经办人", "后勤主任", "分管副校长", "供货单位（盖章）")
PACKING_POSTS = ("班主任", "发放人")
SPECIAL = "特体"
SPECIAL_WORDS = re.compile("特体|加肥|加大|加长|加宽|定做|定制|量体")
MEASURED = "身材尺寸另行告知"
SPECIAL_HEADER: list[CellValue] = ["款式", "性别", "尺码", "套数", "班级", "说明"]
FEWEST_COLUMNS = 8
UPRIGHT = 10  # sizes that fit across an upright page
FEW_SPECIAL = 12  # so many lines of 特体 still fit on the one page
NOT_WANTED = "不订"
PUPIL_HEIGHT = 16.0


def write_sizes(sheet: Sheet, ledgers: Mapping[str, Ledger], forms: Forms, *, school: School, as_of: str) -> str:
    """Write a block a style: rows 男 and 女, columns sizes; 特体 below; give a word for the table of contents."""
    counts = uniform_sizes(ledgers, forms)
    styles = [style for style in STYLES if any(c.style == style for c in counts)]
    most = max([len([c for c in counts if c.style == style]) for style in styles], default=0)
    columns = max(FEWEST_COLUMNS, most)
    frame = Frame(sheet, school, as_of, (10.0, *[8.0] * columns, 10.0))
    frame.prepare(landscape=columns > UPRIGHT)
    if "uniform_order" not in ledgers:
        frame.missing(SIZES, [forms.by_id["uniform_order"].title])
        return "缺资料"
    if not styles:
        frame.missing(SIZES, [], "登记表里没有人订购校服。")
        return "无订购"
    row = frame.head(SIZES, unit="套")
    for style in styles:
        row = _style_block(frame, row, style, [c for c in counts if c.style == style])
    special = _special(ledgers, forms, school)
    sheet.page.one_page = len(special) <= FEW_SPECIAL
    row = _special_block(frame, row, special)
    row = frame.sign(row, SIZE_POSTS)
    pending = sum(r.pending for r in read_records(ledgers, "uniform_order", forms))
    if pending:
        row = frame.note(row, f"注：另有 {pending} 条登记待定，未计入。")
    frame.note(row, "本表供厂家备货，不含学生姓名；各班明细见《校服分装单》。")
    return "、".join(styles)


def _style_block(frame: Frame, row: int, style: str, counts: Sequence[SizeCount]) -> int:
    sheet, last = frame.sheet, len(counts) + 2
    sheet.merge((row, 1, row, frame.columns), style, FORM_LINE.but(bold=True, size=12))
    sheet.height(row, 26)
    heads = ["性别", *(c.size for c in counts), "合计"]
    for column, head in enumerate(heads, 1):
        sheet.write(row + 1, column, head, FORM_HEADER)
    sheet.height(row + 1, 22)
    lines = [("男", [c.boys for c in counts]), ("女", [c.girls for c in counts])]
    if any(c.other for c in counts):
        lines.append(("未填", [c.other for c in counts]))
    first = row + 2
    for offset, (word, sets) in enumerate(lines):
        at = first + offset
        sheet.write(at, 1, word, CENTRED)
        for column, value in enumerate(sets, 2):
            sheet.write(at, column, value or None, NUMBER)
        sheet.formula(at, last, f"SUM({a1(at, 2)}:{a1(at, last - 1)})", sum(sets, Decimal(0)), NUMBER.but(bold=True))
        sheet.height(at, 22)
    bottom = first + len(lines)
    sheet.write(bottom, 1, "合计", CENTRED.but(bold=True))
    for column in range(2, last + 1):
        total = counts[column - 2].total if column < last else sum((c.total for c in counts), Decimal(0))
        sheet.formula(bottom, column, sum_of(column, first, bottom - 1), total, NUMBER.but(bold=True))
    sheet.height(bottom, 22)
    return bottom + 2


def _special(ledgers: Mapping[str, Ledger], forms: Forms, school: School) -> list[list[CellValue]]:
    """List what is made to measure: style, sex, size, sets, class and the words of the remark; no name."""
    order = school.class_order
    found: list[tuple[int, int, list[CellValue]]] = []
    for record in counted_records(ledgers, "uniform_order", forms):
        words = list(dict.fromkeys(SPECIAL_WORDS.findall(record.text("remark"))))
        for number, (style, part) in enumerate(STYLES.items()):
            sets, size = record.number(f"{part}_qty"), record.text(f"{part}_size")
            if sets and (words or size == SPECIAL):
                values: list[CellValue] = [
                    style,
                    record.text("sex") or "未填",
                    size or NO_SIZE,
                    sets,
                    record.text("class"),
                ]
                said = "、".join(words) or MEASURED
                found.append((number, order.get(record.text("class"), len(order)), [*values, said]))
    return [values for _, _, values in sorted(found, key=lambda each: each[:2])]


def _special_block(frame: Frame, row: int, special: list[list[CellValue]]) -> int:
    sheet = frame.sheet
    sheet.merge((row, 1, row, frame.columns), "特体", FORM_LINE.but(bold=True, size=12))
    sheet.height(row, 26)
    if not special:
        sheet.merge((row + 1, 1, row + 1, frame.columns), "无", CENTRED.but(wrap=False))
        return row + 3
    spans = [(1, 1), (2, 2), (3, 3), (4, 4), (5, 6), (7, frame.columns)]
    for number, values in enumerate([SPECIAL_HEADER, *special], 1):
        style = FORM_HEADER if number == 1 else CENTRED
        for (left, right), value in zip(spans, values, strict=True):
            kind = style if isinstance(value, str) else NUMBER
            sheet.merge((row + number, left, row + number, right), value, kind.but(wrap=False))
        sheet.height(row + number, 22)
    return row + len(special) + 2


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
    groups = _by_class(records, school)
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


def _by_class(records: list[Record], school: School) -> dict[str, list[Record]]:
    """Group the pupils by class, the classes in the settings' order, then all others."""
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(record.text("class") or "未写班级", []).append(record)
    order = school.class_order
    return {name: groups[name] for name in sorted(groups, key=lambda n: (order.get(n, len(order)), n))}
