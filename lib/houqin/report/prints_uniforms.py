"""校服领用签收表, a page a class, and 尺码调换登记表: no ID, no phone, no measures."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from houqin.report.counts import STYLES
from houqin.report.prints_frame import CENTRED, NUMBER, FormColumn, Frame
from houqin.report.prints_pages import by_class, write_pages
from houqin.report.records import Record, counted_records
from houqin.workbook import FORM_CELL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from houqin.forms import Forms
    from houqin.model import Ledger
    from houqin.school import School
    from houqin.workbook import CellValue, Sheet

RECEIVED, EXCHANGED = "校服领用签收表", "校服尺码调换登记表"
RECEIVED_POSTS, EXCHANGED_POSTS = ("班主任", "发放人"), ("经办人", "厂家代表", "后勤主任")
ISSUE, ORDER = "uniform_issue", "uniform_order"
ROW = 17.0
EMPTY_ROWS = 20  # of a register of exchanges that is filled in by hand
DAY = FORM_CELL.but(kind="date", wrap=False)
COLUMNS = (
    FormColumn("序号", 6, CENTRED), FormColumn("姓名", 12, CENTRED), FormColumn("领取内容（款式尺码×套数）", 43),
    FormColumn("套数", 7, NUMBER, total=True), FormColumn("领取日期", 11, DAY), FormColumn("领取签字", 14),
)  # fmt: skip
EXCHANGE_COLUMNS = (
    FormColumn("序号", 6, CENTRED), FormColumn("班级", 14, CENTRED), FormColumn("姓名", 12, CENTRED),
    FormColumn("款式", 9, CENTRED), FormColumn("原尺码", 9, CENTRED), FormColumn("换成", 9, CENTRED),
    FormColumn("套数", 7, NUMBER), FormColumn("调换日期", 11, DAY), FormColumn("签字", 12),
)  # fmt: skip


class _Pupil(NamedTuple):
    """What one pupil gets: the styles with size and sets, all sets, the day if it is known."""

    name: str
    class_name: str
    what: str
    sets: Decimal
    day: str


def has_uniforms(ledgers: Mapping[str, Ledger], forms: Forms, _school: School) -> bool:
    """Tell whether a pupil gets something."""
    return bool(_pupils(ledgers, forms))


def write_received(sheet: Sheet, ledgers: Mapping[str, Ledger], forms: Forms, *, school: School, as_of: str) -> str:
    """Write a page a class; give a word for the table of contents."""
    frame = Frame(sheet, school, as_of, tuple(c.width for c in COLUMNS))
    frame.prepare()
    groups = by_class(_pupils(ledgers, forms), school.class_order, lambda pupil: pupil.class_name)
    slips: list[Callable[[int], int]] = [partial(_page, frame, name, own) for name, own in groups.items()]
    write_pages(frame, slips)
    return f"{len(groups)} 个班，每班一页"


def _page(frame: Frame, name: str, own: Sequence[_Pupil], row: int) -> int:
    top = frame.head(f"{RECEIVED}　{name}", row=row, unit="套", left=f"班级：{name}")
    rows: list[list[CellValue]] = [
        [number, each.name, each.what, each.sets, each.day or None, None] for number, each in enumerate(own, 1)
    ]
    placed = frame.table(top, COLUMNS, rows, total="合计", height=ROW)
    return frame.sign(placed.next_row, RECEIVED_POSTS, height=30)


def _pupils(ledgers: Mapping[str, Ledger], forms: Forms) -> list[_Pupil]:
    """Give what each pupil gets, by the list of issue, else by the orders, in the order of the ledger."""
    parts: dict[tuple[str, str, str], list[tuple[str, str, Decimal, str]]] = {}
    for record, *part in _sets(ledgers, forms):
        who = (record.text("class"), record.text("pupil"), record.text("stu_no"))
        parts.setdefault(who, []).append(tuple(part))  # type: ignore[arg-type]
    return [
        _Pupil(
            name, class_name,
            "、".join(f"{style}{size}×{sets.normalize():f}" for style, size, sets, _ in own),
            sum((sets for _, _, sets, _ in own), Decimal(0)),
            own[0][3],
        )
        for (class_name, name, _), own in parts.items()
    ]  # fmt: skip


def _sets(ledgers: Mapping[str, Ledger], forms: Forms) -> Iterator[tuple[Record, str, str, Decimal, str]]:
    issued = [r for r in counted_records(ledgers, ISSUE, forms) if r.text("pupil")]
    for r in issued:
        yield r, r.text("style"), r.text("size"), r.number("sets") or Decimal(1), r.text("issue_date")
    if issued:
        return
    for r in counted_records(ledgers, ORDER, forms):
        for style, part in STYLES.items():
            if r.text("pupil") and (sets := r.number(f"{part}_qty")):
                yield r, style, r.text(f"{part}_size"), sets, ""


def write_exchanged(sheet: Sheet, ledgers: Mapping[str, Ledger], forms: Forms, *, school: School, as_of: str) -> str:
    """Write the exchanges that are known, and empty lines for those to come; give a word for the contents."""
    frame = Frame(sheet, school, as_of, tuple(c.width for c in EXCHANGE_COLUMNS))
    frame.prepare()
    known = [r for r in counted_records(ledgers, ISSUE, forms) if r.text("pupil") and r.text("exchange_size")]
    top = frame.head(EXCHANGED, unit="套")
    sheet.page.repeat = (top, top)
    rows: list[list[CellValue]] = [
        [n, r.text("class"), r.text("pupil"), r.text("style") or None, r.text("size") or None, r.text("exchange_size"),
         r.number("sets"), None, None]
        for n, r in enumerate(known, 1)
    ]  # fmt: skip
    rows += [[len(known) + n, *[None] * 8] for n in range(1, max(1, EMPTY_ROWS - len(known)) + 1)]
    placed = frame.table(top, EXCHANGE_COLUMNS, rows)
    frame.sign(placed.next_row, EXCHANGED_POSTS)
    return f"{len(known)} 人已登记" if known else "空白，发放时登记"
