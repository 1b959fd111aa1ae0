"""The first sheet of a ledger workbook: what this is, from which files, how to read it, whether its checks hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from houqin.model import CORRECTED_BY, CORRECTED_WHY
from houqin.report.ledger_checks import FAILS, PRICE_STEP, PRICE_STEP_NAME, LiveCheck
from houqin.report.ledger_columns import ledger_title
from houqin.workbook import (
    COUNT,
    HEADER,
    HEADING,
    INPUT,
    TEXT,
    WRAPPED,
    Link,
    internal,
    quoted,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from houqin.forms import Form
    from houqin.model import Ledger
    from houqin.report.ledger_columns import LedgerColumn
    from houqin.report.ledger_sheet import Written
    from houqin.report.ledgers import LedgerBook
    from houqin.workbook import Sheet

HOW = (
    "台账：一行一条记录，最右边是它的来源，点“来源单元格”打开原表的那一格。",
    "复算列是活的公式：✓ 相符，✗ 不符，空白表示有数没填。容差在下面黄色的格子里，可以改。",
    "合计随筛选变化（有“待定”行的台账除外）；标“待定”的行两份原表不一致，等您定了才计入合计。",
    "打印：列太多的台账只打印数据列，复算列和来源列在屏幕上看。",
    "更正记录：整理时改了写法的单元格。原文件没有改动。",
    "表外文字：表格旁边的标题、说明、签字，读作了什么，或没有当作数据。",
    "发现数不对，可以直接在“台账”的数据列里改：在上面写上更正人，存好放进“收件箱”再运行。每一格改动都记成决定，原表不动。",
    "加行、删行、改“复算”“状态”和来源列不作数，请在原表里改；合计和复算下次运行时重算。",
)
SENSITIVE = "本台账含学生个人信息（{fields}），只供校内核对，不要外传。"


@dataclass(frozen=True, slots=True)
class Guide:
    """What the sheet tells."""

    form: Form
    ledger: Ledger
    columns: Sequence[LedgerColumn]
    checks: Sequence[LiveCheck]
    about: LedgerBook
    verdict: str
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class GuideRest:
    """The rows of the rules, to be finished when the ledger stands."""

    sheet: Sheet
    rules: Sequence[tuple[LiveCheck, int]]

    def finish(self, ledger_sheet: str, written: Written) -> None:
        """Count what does not hold, by live formulas over the ledger's columns."""
        areas = {check.check.id: area for check, area in written.checks}
        for check, row in self.rules:
            area = areas[check.check.id]
            formula = f'COUNTIF({quoted(ledger_sheet)}!{area.local},"{FAILS}")'
            wrong = sum(result == FAILS for result in check.results)
            self.sheet.formula(row, 4, formula, wrong, COUNT.but(rule="row"))


def write_guide(sheet: Sheet, guide: Guide, link: Callable[[str, str, str | None], str]) -> GuideRest:
    """Write the sheet, but for the counts of the rules."""
    row = sheet.head(ledger_title(guide.form), 4, lines=guide.lines, verdict=guide.verdict)
    row = _facts(sheet, row, guide)
    row = _reading(sheet, row, guide)
    rules, row = _rules(sheet, row, guide)
    _sources(sheet, row, guide, link)
    sheet.widths({1: 22, 2: 46, 3: 12, 4: 12})
    return GuideRest(sheet, rules)


def _facts(sheet: Sheet, row: int, guide: Guide) -> int:
    frame = guide.ledger.frame
    pending = int(frame["pending"].sum())
    levels = [f.level.title for f in guide.about.findings]
    counts = "，".join(f"{word} {levels.count(word)}" for word in dict.fromkeys(levels)) or "没有"
    facts = [
        ("一行是", guide.form.grain),
        ("记录数", f"{len(frame)} 行" + (f"，其中待定 {pending} 行" if pending else "")),
        ("来源", f"{len(set(guide.ledger.sources['file'].tolist()))} 个文件"),
        ("疑点", counts),
        ("更正", f"{len(guide.about.changes)} 处，见“更正记录”"),
    ]
    for word, text in facts:
        sheet.write(row, 1, word, TEXT.but(bold=True, rule="row"))
        sheet.write(row, 2, text, WRAPPED.but(rule="row"))
        row += 1
    for word in (CORRECTED_BY, CORRECTED_WHY):
        sheet.write(row, 1, word, TEXT.but(bold=True, rule="row"))
        sheet.write(row, 2, None, INPUT.but(kind="text", wrap=True))
        row += 1
    sheet.link(row, 1, internal("台账"), "打开台账")
    return row + 2


def _reading(sheet: Sheet, row: int, guide: Guide) -> int:
    sheet.write(row, 1, "怎样读", HEADING)
    hidden = [c.title for c in guide.columns if c.field is not None and c.field.sensitive]
    lines = [*HOW, SENSITIVE.format(fields="、".join(hidden))] if hidden else list(HOW)
    for number, line in enumerate(lines, 1):
        sheet.merge((row + number, 1, row + number, 4), f"{number}. {line}", WRAPPED)
    return row + len(lines) + 2


def _rules(sheet: Sheet, row: int, guide: Guide) -> tuple[list[tuple[LiveCheck, int]], int]:
    checks = guide.checks
    if not checks:
        return [], row
    for column, word in enumerate(("复算", "规则", "容差", "不符行数"), 1):
        sheet.write(row, column, word, HEADER)
    rules = []
    for check in checks:
        row += 1
        sheet.write(row, 1, check.title.replace("\n", "："), TEXT.but(rule="row"))
        sheet.write(row, 2, check.said, WRAPPED.but(rule="row"))
        sheet.write(row, 3, check.tolerance, INPUT.but(kind="price", align="right"))
        sheet.book.define_name(check.name, sheet.area(row, 3))
        rules.append((check, row))
    if any(check.by_price for check in checks):
        row += 1
        sheet.write(row, 1, PRICE_STEP_NAME, TEXT.but(rule="row"))
        text = "单价只写到分，乘以数量后允许的尾差（数量 × 半分）"
        sheet.write(row, 2, text, WRAPPED.but(rule="row"))
        sheet.write(row, 3, PRICE_STEP, INPUT.but(kind="price", align="right"))
        sheet.book.define_name(PRICE_STEP_NAME, sheet.area(row, 3))
    return rules, row + 2


def _sources(sheet: Sheet, row: int, guide: Guide, link: Callable[[str, str, str | None], str]) -> None:
    for column, word in enumerate(("来源工作表", "来源文件", "记录数"), 1):
        sheet.write(row, column, word, HEADER)
    places = zip(guide.ledger.sources["file"].tolist(), guide.ledger.sources["sheet"].tolist(), strict=True)
    for (file, name), count in sorted(Counter(places).items()):
        row += 1
        sheet.write(row, 1, name, TEXT.but(rule="row"))
        target = Link(link(file, name, None), file)
        sheet.write(row, 2, target, WRAPPED.but(rule="row", colour="accent", underline=True))
        sheet.write(row, 3, count, COUNT.but(rule="row"))
