"""班级公物登记表 (一式两份): what a class has in its room, signed by its teacher; the school keeps one copy."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from houqin.report.prints_frame import CENTRED, NUMBER, FormColumn, Frame
from houqin.report.prints_pages import write_pages
from houqin.report.records import Record, counted_records

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from decimal import Decimal

    from houqin.forms import Forms
    from houqin.model import Ledger
    from houqin.school import School, SchoolClass
    from houqin.workbook import CellValue, Sheet

PROPERTY = "班级公物登记表"
COPIES = ("一式两份　后勤存", "一式两份　班级存")
POSTS = ("班主任", "经办人", "后勤主任")
NOTE = "公物由班级保管，人为损坏照价赔偿；学期末按本表交接。"
EMPTY_ROWS = 4  # for what is added by hand
FEW_ROWS = 6  # up to which both copies share a page
COLUMNS = (
    FormColumn("序号", 6, CENTRED), FormColumn("公物名称", 20), FormColumn("规格型号", 15),
    FormColumn("单位", 7, CENTRED), FormColumn("数量", 9, NUMBER), FormColumn("完好", 9, NUMBER),
    FormColumn("损坏", 9, NUMBER), FormColumn("备注", 17),
)  # fmt: skip


class _Thing(NamedTuple):
    name: str
    spec: str
    uom: str
    have: Decimal | None
    good: Decimal | None
    bad: Decimal | None
    note: str = ""


def has_property(ledgers: Mapping[str, Ledger], forms: Forms, school: School) -> bool:
    """Tell whether anything is known of what the classes have."""
    return bool(_things(ledgers, forms, school))


def write_property(sheet: Sheet, ledgers: Mapping[str, Ledger], forms: Forms, *, school: School, as_of: str) -> str:
    """Write two copies a class, a page each; give a word for the table of contents."""
    frame = Frame(sheet, school, as_of, tuple(c.width for c in COLUMNS))
    frame.prepare()
    things = _things(ledgers, forms, school)
    slips: list[Callable[[int], int]] = [
        partial(_copy, frame, mark, each, things[each.name])
        for each in school.classes if each.name in things for mark in COPIES
    ]  # fmt: skip
    longest = max(len(own) for own in things.values())
    write_pages(frame, slips, a_page=len(COPIES) if longest <= FEW_ROWS else 1)
    return f"{len(things)} 个班，一式两份"


def _copy(frame: Frame, mark: str, own: SchoolClass, things: list[_Thing], row: int) -> int:
    left = f"班级：{own.name}　班主任：{own.teacher or '＿＿＿＿'}　教室：{own.room or '＿＿＿＿'}"
    top = frame.head(PROPERTY, row=row, mark=mark, left=left)
    rows: list[list[CellValue]] = [
        [n, t.name, t.spec or None, t.uom or None, t.have, t.good, t.bad, t.note or None]
        for n, t in enumerate(things, 1)
    ]
    rows += [[len(things) + n, *[None] * 7] for n in range(1, EMPTY_ROWS + 1)]
    placed = frame.table(top, COLUMNS, rows)
    return frame.note(frame.sign(placed.next_row, POSTS), NOTE)


def _things(ledgers: Mapping[str, Ledger], forms: Forms, school: School) -> dict[str, list[_Thing]]:
    """Give what each class has: desks and chairs, then what the list of its room says."""
    found: dict[str, list[_Thing]] = {}
    names = {each.name for each in school.classes}
    rooms = {each.room: each.name for each in school.classes if each.room}
    for record in counted_records(ledgers, "desks", forms):
        if record.text("class") in names:
            found.setdefault(record.text("class"), []).extend(_furniture(record))
    for record in counted_records(ledgers, "room_inventory", forms):
        name = record.text("room") if record.text("room") in names else rooms.get(record.text("room"), "")
        if name:
            found.setdefault(name, []).append(_item(record))
    return found


def _furniture(record: Record) -> list[_Thing]:
    things = []
    for part, name, uom in (("desk", "课桌", "张"), ("chair", "椅凳", "把")):
        have, good, bad = (record.number(f"{part}_{kind}") for kind in ("have", "ok", "bad"))
        if have is None and good is not None:
            have = good + (bad or 0)
        if have is not None:
            things.append(_Thing(name, "", uom, have, good, bad))
    return things


def _item(record: Record) -> _Thing:
    return _Thing(
        record.text("asset_name"), record.text("spec"), record.text("uom"), record.number("qty"), None, None,
        record.text("asset_no"),
    )  # fmt: skip
