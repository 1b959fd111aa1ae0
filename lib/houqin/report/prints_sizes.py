"""校服尺码汇总表(供厂家): a block a style, rows 男 and 女, columns sizes; no pupil is named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.model import a1
from houqin.report.counts import NO_SIZE, STYLES, SizeCount, uniform_sizes
from houqin.report.prints_frame import CENTRED, NUMBER, Frame, sum_of
from houqin.report.records import counted_records, read_records
from houqin.values import parse_size
from houqin.workbook import FORM_HEADER, FORM_LINE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.forms import Forms
    from houqin.model import Ledger
    from houqin.school import School
    from houqin.workbook import CellValue, Sheet

SIZES = "校服尺码汇总表（供厂家）"
POSTS = ("经办人", "后勤主任", "分管副校长", "供货单位（盖章）")
SPECIAL = "特体"
SPECIAL_WORDS = re.compile("特体|加肥|加大|加长|加宽|定做|定制|量体")
ASKED = "？"
MEASURED = "身材尺寸另行告知"
SPECIAL_HEADER: list[CellValue] = ["款式", "性别", "尺码", "套数", "班级", "说明"]
FEWEST_COLUMNS = 8
SIZES_A_BAND = 12  # what a landscape page holds at a size that can be read
UPRIGHT = 9  # sizes that fit across an upright page
LINE, TITLE_LINE, GAP = 20.0, 26.0, 8.0
HEAD, TAIL = 76.0, 130.0  # points of the form's head; of the signatures and notes
PAGE_POINTS = {True: 590.0, False: 960.0}  # of a landscape and of an upright page, at the scale that the width asks for
STRONG = NUMBER.but(bold=True)


@dataclass(frozen=True, slots=True)
class _Block:
    """One style: its sizes in bands of equal length, the sexes as rows."""

    style: str
    bands: tuple[tuple[SizeCount, ...], ...]
    has_other: bool

    @property
    def sexes(self) -> list[str]:
        """The rows of a band."""
        return ["男", "女", *(["未填"] if self.has_other else [])]

    @property
    def height(self) -> float:
        """Points that the block takes."""
        band = (len(self.sexes) + 2) * LINE + GAP
        return TITLE_LINE + len(self.bands) * band + (LINE + GAP if len(self.bands) > 1 else 0)


def write_sizes(sheet: Sheet, ledgers: Mapping[str, Ledger], forms: Forms, *, school: School, as_of: str) -> str:
    """Write a block a style, 特体 below; give a word for the table of contents."""
    blocks = _blocks(uniform_sizes(ledgers, forms))
    columns = max([FEWEST_COLUMNS, *(len(band) for block in blocks for band in block.bands)])
    frame = Frame(sheet, school, as_of, (9.0, *[8.5] * columns, 9.0))
    frame.prepare(landscape=columns > UPRIGHT)
    if "uniform_order" not in ledgers:
        frame.missing(SIZES, [forms.by_id["uniform_order"].title])
        return "缺资料"
    if not blocks:
        frame.missing(SIZES, [], "登记表里没有人订购校服。")
        return "无订购"
    special = _special(ledgers, forms, school)
    row = _body(frame, blocks, special)
    row = frame.sign(row, POSTS)
    counts = [count for block in blocks for band in block.bands for count in band]
    unsure = [f"{count.style} {count.size}" for count in counts if _unsure(count.size)]
    if unsure:
        row = frame.note(row, f"注：带“{ASKED}”的不像尺码：{'、'.join(unsure)}。请先与班级核实，再交厂家。")
    pending = sum(r.pending for r in read_records(ledgers, "uniform_order", forms))
    if pending:
        row = frame.note(row, f"注：另有 {pending} 条登记待定，未计入。")
    frame.note(row, "本表供厂家备货，不含学生姓名；各班明细见《校服分装单》。")
    return "、".join(block.style for block in blocks)


def _unsure(size: str) -> bool:
    """Whether a factory could not make this size: no size at all, or a word that is none."""
    return parse_size(size) is None


def _named(size: str) -> str:
    return f"{size}{ASKED}" if _unsure(size) else size


def _blocks(counts: Sequence[SizeCount]) -> list[_Block]:
    found = []
    for style in STYLES:
        own = [count for count in counts if count.style == style]
        if own:
            bands = -(-len(own) // SIZES_A_BAND)
            each = -(-len(own) // bands)
            parts = tuple(tuple(own[i : i + each]) for i in range(0, len(own), each))
            found.append(_Block(style, parts, any(count.other for count in own)))
    return found


def _body(frame: Frame, blocks: Sequence[_Block], special: Sequence[Sequence[CellValue]]) -> int:
    """Write the blocks, each whole on a page; give the row below."""
    page = frame.sheet.page
    room = PAGE_POINTS[page.landscape]
    row, used = frame.head(SIZES, unit="套"), HEAD
    tail = TITLE_LINE + (len(special) + 2) * LINE + TAIL
    for number, block in enumerate(blocks):
        needed = block.height + (tail if number == len(blocks) - 1 and len(special) < room / LINE / 2 else 0)
        if number and used + needed > room:
            page.breaks.append(row - 1)
            used = 0.0
        row = _write_block(frame, row, block)
        used += block.height
    return _special_block(frame, row, special)


def _write_block(frame: Frame, row: int, block: _Block) -> int:
    sheet = frame.sheet
    sheet.merge((row, 1, row, frame.columns), block.style, FORM_LINE.but(bold=True, size=12))
    sheet.height(row, TITLE_LINE)
    row += 1
    corners: list[list[tuple[str, Decimal]]] = []
    for band in block.bands:
        row, cells = _write_band(sheet, row, band, block)
        corners.append(cells)
        sheet.height(row, GAP)
        row += 1
    if len(block.bands) == 1:
        return row
    sheet.merge((row, 1, row, 2), f"{block.style}合计", CENTRED.but(bold=True, wrap=False))
    for number, word in enumerate([*block.sexes, "全部"]):
        cells = [each[number] for each in corners]
        sheet.write(row, 3 + 2 * number, word, CENTRED)
        total = sum((value for _, value in cells), Decimal(0))
        sheet.formula(row, 4 + 2 * number, "+".join(cell for cell, _ in cells), total, STRONG)
    sheet.height(row, LINE)
    sheet.height(row + 1, GAP)
    return row + 2


def _write_band(
    sheet: Sheet, row: int, band: Sequence[SizeCount], block: _Block
) -> tuple[int, list[tuple[str, Decimal]]]:
    """Write a band of sizes; give the row below, and of each line the cell of its sum with the value."""
    last = len(band) + 2
    end = "合计" if len(block.bands) == 1 else "小计"
    for column, head in enumerate(["性别", *(_named(c.size) for c in band), end], 1):
        sheet.write(row, column, head, FORM_HEADER.but(wrap=False))
    sheet.height(row, LINE)
    first = row + 1
    sums: list[tuple[str, Decimal]] = []
    for offset, sex in enumerate(block.sexes):
        at = first + offset
        sets = [{"男": c.boys, "女": c.girls, "未填": c.other}[sex] for c in band]
        sheet.write(at, 1, sex, CENTRED)
        for column, value in enumerate(sets, 2):
            sheet.write(at, column, value or None, NUMBER)
        sums.append((a1(at, last), sum(sets, Decimal(0))))
        sheet.formula(at, last, f"SUM({a1(at, 2)}:{a1(at, last - 1)})", sums[-1][1], STRONG)
        sheet.height(at, LINE)
    bottom = first + len(block.sexes)
    sheet.write(bottom, 1, "合计", CENTRED.but(bold=True))
    for column in range(2, last + 1):
        total = band[column - 2].total if column < last else sum((c.total for c in band), Decimal(0))
        sheet.formula(bottom, column, sum_of(column, first, bottom - 1), total, STRONG)
    sheet.height(bottom, LINE)
    sums.append((a1(bottom, last), sum((c.total for c in band), Decimal(0))))
    return bottom + 1, sums


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


def _special_block(frame: Frame, row: int, special: Sequence[Sequence[CellValue]]) -> int:
    sheet = frame.sheet
    sheet.merge((row, 1, row, frame.columns), "特体", FORM_LINE.but(bold=True, size=12))
    sheet.height(row, TITLE_LINE)
    if not special:
        sheet.merge((row + 1, 1, row + 1, frame.columns), "无", CENTRED.but(wrap=False))
        return row + 3
    spans = [(1, 1), (2, 2), (3, 3), (4, 4), (5, 6), (7, frame.columns)]
    for number, values in enumerate([SPECIAL_HEADER, *special], 1):
        style = FORM_HEADER if number == 1 else CENTRED
        for (left, right), value in zip(spans, values, strict=True):
            kind = style if isinstance(value, str) else NUMBER
            sheet.merge((row + number, left, row + number, right), value, kind.but(wrap=False))
        sheet.height(row + number, LINE)
    return row + len(special) + 2
