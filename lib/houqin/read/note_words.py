"""What a clerk is told about a file that was read: one sentence a code, as a finding of that file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.model import Finding, Level, Place

if TYPE_CHECKING:
    from houqin.read.notes import Note

# {detail} is a short phrase of the reader's, {count} the number of cells.
SENTENCES = {
    "macros": "文件里带有宏。只读了数据，宏没有运行。",
    "external-links": "文件里有链接到其他工作簿的公式。"
    "用的是文件里存着的结果，没有去打开那些文件；请确认结果是最新的。",
    "hidden-sheet": "这张工作表是隐藏的，里面有内容，已照常读取。如果是旧数据，请删去后再放进“收件箱”。",
    "filtered-rows": "这张工作表正在筛选，有 {count} 行没有显示，也照常读取了。"
    "如果那些行不该算，请删去后再放进“收件箱”。",
    "chart-sheet": "工作表“{detail}，不是普通表格，已跳过。",
    "odd-sheet-name": "工作表的名称为空、过长或含有 Excel 不允许的符号，请改名。数据已照常读取。",
    "unstored-formula": "这张工作表里有 {count} 个公式没有存下结果，看上去是空的，没有当作 0{detail}。"
    "请用 Excel 打开、保存一次后再放进“收件箱”。",
    "computed-formula": "这张工作表里有 {count} 个公式没有存下结果，已由本机的 {detail} 算出来使用。"
    "请用 Excel 打开、保存一次，核对这些数。",
    "error-cell": "这张工作表里有 {count} 个单元格是公式错误值，没有可用的数。请检查公式，或直接填写。",
    "lost-digits": "{detail}已丢失，无法恢复。请先把该列设为“文本”，再对照原件重录；此前不用它查重、对表和合计。",
    "odd-date": "这张工作表里有 {count} 个单元格设成了日期，但数值早于 1900 年或晚于 9999 年，按数字处理。"
    "请改正日期。",
    "formula-like-text": "这张工作表里有 {count} 个单元格是以“=”等符号开头的文字，不是公式，已按文字保留。"
    "如果本想写公式，请重新输入。",
    "odd-characters": "这张工作表里有 {count} 个单元格含有无法显示的字符，请重新输入这些文字。",
    "covered-cells": "这张工作表里有 {count} 个单元格被合并单元格盖住了，里面还有内容，表上看不见。请取消合并核对。",
    "merge-overlap": "有合并单元格互相重叠，请取消合并后重新合并。",
    "other-format": "{detail}。已按实际内容读取；请用 Excel 打开后另存为 .xlsx，以后免得误认。",
    "odd-package": "文件的内部写法不合规范（{detail}），已按通常的办法读出。请用 Excel 打开核对后另存为 .xlsx。",
    "many-styles": "文件里有 {detail} 种单元格格式，打开会很慢。请把数据复制到新工作簿里保存。",
    "no-styles": "文件里没有格式信息，日期和数字分不开。请核对日期列。",
    "unknown-style": "有单元格的格式在文件里查不到，日期和数字可能分不开。请用 Excel 打开核对后另存为 .xlsx。",
    "guessed-encoding": "文字没有编码标记，按 {detail} 读取。请核对有没有乱码。",
    "ragged-rows": "这张工作表里有 {count} 行的格数比其他行多，可能是内容里的逗号没有加引号。"
    "多出的内容已保留，请核对。",
    "duplicate-header": "表头里有重名的列（{detail}）。已按位置分开读取，请改成不同的名称。",
}
_ERRORS = frozenset({"lost-digits"})
# A file under this name is not looked at; that it holds data is worth a line.
LOCK_WITH_DATA = "workbook-named-as-lock"


def note_finding(note: Note, path: str) -> Finding:
    """Give a note as a finding of the file: at its first cell, the others related."""
    places = [Place(path, note.sheet, cell) for cell in note.cells] or [Place(path, note.sheet)]
    level = Level.ERROR if note.code in _ERRORS else Level.WARNING
    sentence = SENTENCES[note.code].format(detail=note.detail, count=note.total)
    return Finding(note.code, level, sentence, places[0], related=tuple(places[1:]), count=note.total)
