"""`houqin new-form`: a filled-in workbook to the draft of a form's description, for a person to finish."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from houqin.describe import describe_table
from houqin.errors import BadParameter, RefusedFile
from houqin.forms import load_forms
from houqin.locate import locate_tables
from houqin.read import read_files

if TYPE_CHECKING:
    from pathlib import Path

    from houqin.describe import Description
    from houqin.model import RawTable

_ID = re.compile(r"^[a-z][a-z0-9_]*$")


def draft_form(path: Path, *, sheet: str = "", form_id: str = "") -> Description:
    """Propose a form for the table with most records of a workbook, or of one of its sheets.

    BadParameter where there is no such file or sheet, no table, or the id is none; RefusedFile where it is not read.
    """
    if not path.is_file():
        raise BadParameter(f"没有“{path}”这个文件。")
    if form_id and not _ID.match(form_id):
        raise BadParameter(f"编号“{form_id}”要用小写英文字母、数字和下划线，以字母开头，例如 book_loan。")
    return describe_table(_largest(path, sheet), load_forms(), form_id or None)


def write_draft(draft: Description, folder: Path) -> Path:
    """Write a draft into a folder under its id; BadParameter where a file of that name is there already."""
    target = folder / f"{draft.id}.toml"
    try:
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(draft.text)
    except FileExistsError:
        raise BadParameter(f"“{target}”已经有了，没有覆盖。请换一个编号（--id），或先把它移走。") from None
    return target


def draft_lines(draft: Description, target: Path) -> list[str]:
    """Say what was written and what to do with it."""
    unnamed = [each.letter for each in draft.columns if each.id.startswith("col_")]
    broken = sum(len(relation.broken) for relation in draft.relations)
    lines = [
        f"写好了：{target}",
        f"{len(draft.columns)} 个字段，主键 {'、'.join(draft.key)}，{len(draft.relations)} 条成立的算式"
        + (f"，其中有 {broken} 行不合，写在算式上面。" if broken else "。"),
    ]
    if unnamed:
        lines.append(f"{'、'.join(unnamed)} 列没有现成的英文编号，请改成看得懂的。")
    lines.append("下一步：看过“请看”的地方，改好后放进 templates/，用 python tests/make_blanks.py 写出空白工作簿。")
    return lines


def _largest(path: Path, sheet: str) -> RawTable:
    (file,) = read_files([path], root=path.parent)
    if file.status != "read":
        raise RefusedFile(file.code or "unreadable", file.reason or f"《{path.name}》没有读取。")
    grids = [grid for grid in file.grids if not sheet or grid.sheet == sheet]
    if not grids:
        names = "、".join(f"“{grid.sheet}”" for grid in file.grids)
        raise BadParameter(f"《{path.name}》里没有工作表“{sheet}”，有 {names}。")
    tables = [table for grid in grids for table in locate_tables(grid, file.path)]
    if not tables:
        raise BadParameter(f"《{path.name}》里没有找到表格，起草不了。请看表头是不是齐全。")
    return max(tables, key=lambda table: len(table.record_rows))
