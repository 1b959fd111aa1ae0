"""The first sheet of a marked copy: what was found, where, and a column for the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.model import ANSWER_WORDS, LIST_COLUMNS, LIST_SHEET, Level
from houqin.package import SIGNS, Listing

if TYPE_CHECKING:
    from houqin.annotate.collect import FileMarks
    from houqin.model import Stamp
    from houqin.package import Outcome

# Characters, a Chinese one counts two; they fit an A4 sheet on its side.
_WIDTHS = (5, 11, 13, 8, 52, 13, 12, 12, 13, 20, 4)
_HOW = (
    "点“单元格”跳到那一格，格子上的批注写着错在哪里、应为多少。请在“处理意见”里选一项：采纳建议、已改（您已在本文件里"
    "改好），或忽略并说明（写在“说明”里）。除了标记和本表，文件没有别的改动；保存后放回“收件箱”，本表和标记不会被当作数据。"
)
_MOST_NAMED = 8


def make_listing(made: FileMarks, stamp: Stamp, outcome: Outcome, *, converted: str = "") -> Listing:
    """Give the list of a file. `converted` says what the copy was made from where it is no copy of the package."""
    counts = "，".join(f"{level.title} {made.levels[level]} 条" for level in Level if level in made.levels)
    lines = [f"原文件：《{made.file.path}》　{counts}。", _HOW]
    if converted:
        lines.append(converted)
    if outcome.signature_dropped:
        lines.append("原文件带有数字签名；做了标记的副本与签名不再相符，签名已从副本里去掉，原文件的签名还在。")
    if outcome.without_note:
        named = "、".join(f"“{sheet}”{cell}" for sheet, cell in outcome.without_note[:_MOST_NAMED])
        more = f"等 {len(outcome.without_note)} 格" if len(outcome.without_note) > _MOST_NAMED else ""
        lines.append(f"{named}{more}已有批注对话，没有再加批注，只涂了颜色；问题见下表。")
    if made.left_out:
        lines.append(f"要标记的格子太多，还有 {made.left_out} 格没有标记；同类问题的范围写在“问题”一栏里。")
    return Listing(
        name=LIST_SHEET,
        title=LIST_SHEET,
        lines=lines,
        legend=[(level.value, f"{SIGNS[level.value]} {level.title}") for level in Level if level in made.levels],
        columns=list(zip(LIST_COLUMNS, _WIDTHS, strict=True)),
        rows=made.rows,
        stamp=stamp.text,
        answers=ANSWER_WORDS,
        link=LIST_COLUMNS.index("单元格"),
        answer=LIST_COLUMNS.index("处理意见"),
        level=LIST_COLUMNS.index("级别"),
        prompt="选一项；不选就是还没有处理。",
        free=(LIST_COLUMNS.index("说明"),),
    )
