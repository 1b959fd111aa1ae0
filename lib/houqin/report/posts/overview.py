"""说明: what the workbook is, its key figures, which sheets may be posted, what each sheet holds, its parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from houqin.model import a1
from houqin.report.doubts import left_out
from houqin.report.posts.notice import HELD
from houqin.report.summary_overview import write_verdict
from houqin.workbook import (
    COUNT,
    DATE,
    HEADING,
    MONEY,
    NOTE,
    PERCENT,
    TEXT,
    WRAPPED,
    Area,
    Col,
    Formula,
    Link,
    internal,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.report.posts.case import PostCase
    from houqin.workbook import CellValue, Sheet, Style

NAME = "说明"
VERDICT_ROW, PARAMETER_ROW = 3, 6
WIDTH = 5
KINDS: dict[str, Style] = {"count": COUNT, "money": MONEY, "percent": PERCENT}


class Key(NamedTuple):
    """A key figure: its name in `case.amounts`, what it is called, its unit and kind, and what it means."""

    id: str
    title: str
    unit: str
    kind: str
    note: str


def reserve(case: PostCase) -> None:
    """Say where the verdict and the parameters will stand, for the formulas of the other sheets."""
    case.cells["verdict"] = Area(NAME, VERDICT_ROW, 1, VERDICT_ROW, 1)
    for offset, name in enumerate(("本期起", "本期止", "本年起")):
        row = PARAMETER_ROW + offset
        case.book.define_name(name, Area(NAME, row, 2, row, 2))
        case.book.define_name(f"{name}月", Area(NAME, row, 3, row, 3))


def write_overview(  # noqa: PLR0913  (the last by keyword)
    case: PostCase, sheet: Sheet, title: str, keys: Sequence[Key], index: Sequence[tuple[str, str]], *,
    posts: bool = True,
) -> None:  # fmt: skip
    """Fill 说明; `index` is sheet and what it says, `posts` tells whether the workbook has sheets to be posted."""
    sheet.widths({1: 24, 2: 18, 3: 12, 4: 44, 5: 16})
    sheet.page.one_page = True
    about = f"{case.school.name}　{case.span.title}　截至 {case.as_of}　金额单位：元"
    sheet.head(title, WIDTH, lines=[about])
    write_verdict(case, sheet, VERDICT_ROW, WIDTH)
    row = _figures(case, sheet, _parameters(case, sheet), keys)
    if posts:
        row = _posted(case, sheet, row)
    sheet.text(row, 1, f"{'四' if posts else '三'}、各表说了什么", HEADING)
    for at, (name, says) in enumerate(index, row + 1):
        sheet.link(at, 1, internal(name), name)
        sheet.merge((at, 2, at, WIDTH), says, NOTE.but(wrap=True))
    read = sum(1 for each in case.outcome.files if each.status == "read")
    how = (
        f"由收件箱里的 {len(case.outcome.files)} 个文件（已读 {read} 个）生成。每个数都是公式，改了台账里的数会跟着变；"
        "点数字或带下划线的字可以查到台账的行，再点“来源”打开原表的单元格。"
    )
    notes = [how, *case.notes]
    if posts:
        notes.append("公示时只打印或另存公示表那一张；不要把整个工作簿发到网上，后面的台账是内部资料。")
    if absent := left_out(case.outcome.findings):
        notes.append(absent)
    for number, note in enumerate(notes, row + len(index) + 2):
        sheet.merge((number, 1, number, WIDTH), note, NOTE.but(wrap=True))


def _parameters(case: PostCase, sheet: Sheet) -> int:
    sheet.text(PARAMETER_ROW - 1, 1, "一、本期", HEADING)
    said = (("本期起", case.span.first), ("本期止", case.span.last), ("本年起", case.span.since))
    for row, (name, day) in enumerate(said, PARAMETER_ROW):
        sheet.text(row, 1, name, TEXT.but(rule="row"))
        sheet.write(row, 2, day, DATE.but(rule="row"))
        month = f'YEAR(B{row})&"-"&RIGHT("0"&MONTH(B{row}),2)'
        sheet.formula(row, 3, month, day[:7], NOTE.but(rule="row"))
    return PARAMETER_ROW + len(said) + 1


def _figures(case: PostCase, sheet: Sheet, row: int, keys: Sequence[Key]) -> int:
    sheet.text(row, 1, "二、主要数字", HEADING)
    columns = (Col("指标", TEXT), Col("数值", COUNT), Col("单位", TEXT), Col("说明", WRAPPED), Col("出处", TEXT))
    rows: list[list[CellValue]] = [[key.title, None, key.unit, key.note, _where(case, key)] for key in keys]
    placed = sheet.table(row + 1, 1, columns, rows, autofilter=False, freeze=False)
    for n, key in enumerate(keys):
        area, made = case.cells.get(key.id), case.amounts.get(key.id)
        if area is None or made is None:
            sheet.text(placed.first + n, 2, "未见材料", NOTE.but(rule="row", align="right"))
            continue
        style = KINDS[key.kind].but(bold=True, rule="row", colour="accent")
        target = internal(area.sheet, a1(area.top, area.left))
        sheet.number_link(placed.first + n, 2, target, Formula(area.ref, made.value), style)
    sheet.page.repeat = None
    return placed.next_row


def _where(case: PostCase, key: Key) -> Link | None:
    area = case.cells.get(key.id)
    return Link(internal(area.sheet), area.sheet) if area else None


def _posted(case: PostCase, sheet: Sheet, row: int) -> int:
    sheet.text(row, 1, "三、公示表", HEADING)
    for number, head in enumerate(("公示表", "能不能公示", "原因"), 1):
        sheet.text(row + 1, number, head, TEXT.but(bold=True, rule="header"))
    for number in (4, WIDTH):
        sheet.write(row + 1, number, None, TEXT.but(rule="header"))
    at = row + 2
    for each in case.posted:
        sheet.link(at, 1, internal(each.sheet), each.sheet)
        good = TEXT.but(colour="good", bold=True)
        sheet.text(
            at, 2, f"✗ {HELD}" if each.reasons else "✓ 可以公示", good.but(colour="bad") if each.reasons else good
        )
        reason = "；".join(each.reasons) or "所据的原表没有必须改的"
        sheet.merge((at, 3, at, WIDTH), reason, WRAPPED)
        at += 1
    if case.posted and not case.school.publicity.get("phone"):
        said = "学校设置的“公示”里没有填监督电话，公示表上留空，张贴前请写上。"
        sheet.merge((at, 1, at, WIDTH), said, NOTE.but(colour="doubt"))
        at += 1
    if not case.posted:
        sheet.merge((at, 1, at, WIDTH), "没有材料可以公示。", NOTE)
        at += 1
    return at + 1
