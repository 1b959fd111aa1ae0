"""问题清单 and 技术信息."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.report.data_sheets import COUNTED
from houqin.report.ledgers import LEDGER_FOLDER, ledger_file
from houqin.report.summary_case import (
    INDENTED,
    MARKED,
    NUMBER,
    BookCase,
    cell_link,
    place_words,
    write_head,
    write_note,
)
from houqin.workbook import (
    CENTER,
    CODE,
    COUNT,
    HEADING,
    INPUT,
    NOTE,
    TEXT,
    WRAPPED,
    Col,
    Formula,
    Link,
    external,
)

if TYPE_CHECKING:
    from houqin.model import Finding, Place
    from houqin.workbook import CellValue, Sheet

HOW = (
    "先改“必须改”，再看“请确认”；“提醒”和“说明”供参考。点“单元格”打开标注过的副本里的那一格（没有标注的，打开来源文件夹里的副本）。"
    "请改您自己的原表，改好后放回“收件箱”重新运行；情况属实的，在“处理意见”里选“情况属实”并写一句说明。"
)
ANSWERS = ("已改原表", "情况属实", "不需处理")
FINDINGS = (
    Col("序", NUMBER, 5), Col("级别", CENTER, 10), Col("文件", WRAPPED, 20),
    Col("单元格", WRAPPED, 16), Col("问题", WRAPPED, 52),
    Col("表中填的", INDENTED, 12), Col("应为", WRAPPED, 12), Col("建议", WRAPPED, 12), Col("处数", NUMBER, 6),
    Col("处理意见", INPUT.but(wrap=True), 14), Col("说明", INPUT.but(wrap=True), 18),
)  # fmt: skip
FILES = (
    Col("序", NUMBER, 5), Col("文件", WRAPPED, 34), Col("状态", CENTER, 10), Col("说明", WRAPPED, 34),
    Col("SHA-256（原文件的数字指纹）", CODE.but(size=8), 56),
)  # fmt: skip
NUMBER_SHOWN = re.compile(r"-?[\d,]+(?:\.(\d+))?")
NUMBER_PLAIN = re.compile(r"-?\d+(\.\d+)?")
STATUS = {"read": "✓ 已读", "refused": "✗ 未读", "skipped": "— 跳过"}


def write_findings(case: BookCase, sheet: Sheet) -> None:
    """Fill 问题清单, with a drop-down for the answer."""
    findings = case.outcome.findings
    top = write_head(case, sheet, "问题清单", len(FINDINGS), [HOW], unit="")
    rows = [_finding(case, n, each) for n, each in enumerate(findings, 1)]
    placed = sheet.table(top, 1, FINDINGS, rows)
    for n, each in enumerate(findings):
        sheet.verdict(placed.first + n, 2, each.level.title, CENTER.but(rule="row"))
    case.cells["findings.level"] = placed.column(1)
    if findings:
        sheet.choices(placed.column(9), ANSWERS, f"请选择：{'、'.join(ANSWERS)}。其他的话写在“说明”里。")


def _finding(case: BookCase, number: int, each: Finding) -> list[CellValue]:
    return [
        number, each.level.title, each.place.file if each.place else None, _cell_link(case, each.place),
        each.message, each.found, _alike(each.expected, each.found), _alike(each.suggestion, each.found),
        each.count, None, None,
    ]  # fmt: skip


def _alike(text: str | None, found: str | None) -> str | None:
    """Write a number as the cell beside it is written: 154075.06 beside 139,255.06 is 154,075.06."""
    shown = NUMBER_SHOWN.fullmatch(found or "")
    if text is None or shown is None or not NUMBER_PLAIN.fullmatch(text):
        return text
    number, decimals = Decimal(text), len(shown[1] or "")
    comma = "," if "," in shown[0] else ""
    return f"{number:{comma}.{max(decimals, -min(0, int(number.as_tuple().exponent)))}f}"


def _cell_link(case: BookCase, place: Place | None) -> Link | None:
    """Give a short link beside the file's name, as LibreOffice does not wrap links; to the marked copy if there is one.

    A marked copy is a workbook with sheets even where its source (a csv) has none.
    """
    if place is None:
        return None
    if place.file in case.copies:
        return Link(external(MARKED + case.copies[place.file], place.sheet, place.cell), place_words(place))
    return cell_link(place.file, place.sheet, place.cell)._replace(text=place_words(place))


def write_technical(case: BookCase, sheet: Sheet) -> None:
    """Fill 技术信息, the last sheet: sources with fingerprints, rows, versions."""
    lines = ["供核对和追查用：每个来源文件的数字指纹、各台账的行数、程序与设置的版本。"]
    top = write_head(case, sheet, "技术信息", len(FILES), lines, unit="")
    sheet.text(top, 1, "一、来源文件", HEADING)
    rows: list[list[CellValue]] = [
        [
            n, Link(external("../来源/" + each.path), each.path), STATUS.get(each.status, each.status),
            each.reason or (f"与《{each.same_as}》完全相同，没有重复计算" if each.same_as else None), each.sha256,
        ]
        for n, each in enumerate(case.outcome.files, 1)
    ]  # fmt: skip
    row = sheet.table(top + 1, 1, FILES, rows, autofilter=False, freeze=False).next_row
    sheet.text(row, 1, "二、台账行数", HEADING)
    row = _ledger_rows(case, sheet, row + 1)
    sheet.text(row, 1, "三、版本", HEADING)
    digests = {"表单说明（SHA-256）": case.forms.digest, "学校设置（SHA-256）": case.school.settings_digest}
    versions = {**digests, **case.run}
    for n, (label, text) in enumerate(versions.items(), 1):
        sheet.text(row + n, 2, label, TEXT)
        sheet.text(row + n, 3, text, NOTE)
    sheet.page.repeat = None
    end = row + len(versions) + 2
    write_note(sheet, end, len(FILES), "本工作簿没有隐藏的行、列和工作表，也没有设保护。")


def _ledger_rows(case: BookCase, sheet: Sheet, top: int) -> int:
    columns = (Col("序", NUMBER), Col("台账", WRAPPED), Col("计入行数", COUNT), Col("待定行数", COUNT))
    rows: list[list[CellValue]] = []
    for n, (form_id, data) in enumerate(case.data.items(), 1):
        area = data.area(COUNTED).ref
        pending = sum(1 for r in data.records if r.pending)
        counted = Formula(f"COUNTIFS({area},1)", len(data.records) - pending)
        book = ledger_file(case.forms.by_id[form_id])
        link = Link(external(f"{LEDGER_FOLDER}/{book}"), book)
        rows.append([n, link, counted, Formula(f"COUNTIFS({area},0)", pending)])
    return sheet.table(top, 1, columns, rows, autofilter=False, freeze=False).next_row
