"""退回单/<school>.xlsx: what one school has to mend, its own findings only, and no words about a pupil."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from houqin.forms.code_titles import code_title
from houqin.report.bureau_facts import causes
from houqin.workbook import CENTER, COUNT, TEXT, WRAPPED, Col, Workbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from houqin.workbook import CellValue

_LEVELS = {"error": "必须改", "question": "请确认"}
# The bureau is not to see what stands in a table of pupils; the school sees it in its own list.
_KEPT_BACK = "（这张表里有个人信息，具体内容见学校自己的问题清单）"
_FILE_CODES_ONLY = "（见学校自己的问题清单）"


def write_return(  # noqa: PLR0913  (by keyword)
    path: Path, school: str, *, as_of: str, reason: str, findings: Sequence[Mapping[str, Any]],
    plain_sheets: Sequence[Sequence[str]],
) -> None:  # fmt: skip
    """Write one school's 退回单; `plain_sheets` are the (file, sheet) that hold no field about a person.

    A finding elsewhere is told by its place and the name of its rule alone.
    """
    allowed = {(file, sheet) for file, sheet in plain_sheets}
    rows = [
        _row(number, each, allowed)
        for number, each in enumerate((f for f in findings if f["level"] in _LEVELS), 1)
    ]
    columns = (
        Col("序", COUNT, 5), Col("级别", CENTER, 9), Col("文件", WRAPPED, 26), Col("单元格", WRAPPED, 16),
        Col("问题", WRAPPED, 60), Col("处数", COUNT, 7),
    )  # fmt: skip
    with Workbook(path, title=f"退回单 {school}") as book:
        sheet = book.sheet("退回单", landscape=True)
        cause, single = causes(reason)
        if not rows:
            rows = [[n, _LEVELS["error"], None, None, line, 1] for n, line in enumerate(single or [cause], 1)]
        lines = [f"{school}　截至 {as_of}" if as_of else school, f"退回原因：{cause}",
                 "请在自己的原表里改好“必须改”的，答复“请确认”的，放回收件箱重报。"]  # fmt: skip
        top = sheet.head("退回单", len(columns), lines=lines)
        placed = sheet.table(top, 1, columns, rows)
        sheet.text(placed.next_row, 1, "经办人：　　　　　　　　　联系电话：　　　　　　　　　日期：", TEXT)
        sheet.page.repeat = (top, top)


def _row(
    number: int, each: Mapping[str, Any], allowed: set[tuple[str, str]]
) -> list[CellValue]:
    place = " ".join(part for part in (each["sheet"], each["cell"]) if part)
    title = code_title(each["code"])
    if each["file"] and not each["sheet"]:
        said = each["message"]  # about a file as a whole: that it is locked, that it cannot be read
    elif (each["file"], each["sheet"]) in allowed:
        said = each["message"]
    else:
        said = title + (_KEPT_BACK if each["sheet"] else _FILE_CODES_ONLY)
    return [number, _LEVELS[each["level"]], each["file"], place or None, said, each.get("count", 1)]
