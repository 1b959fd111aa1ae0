"""校长一页纸, 封面和说明, 参数 and 签批 of the settlement."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from houqin.report.settlement.checks import PASSED
from houqin.report.settlement.checks import UNCHECKED as NOT_CHECKED
from houqin.report.settlement.entry import AT_ONCE, FINANCIAL
from houqin.report.settlement.lines import line_link
from houqin.report.settlement.roots import FAILED
from houqin.report.summary_case import NUMBER, write_head, write_note
from houqin.workbook import HEADING, INPUT, MONEY, NOTE, TEXT, WRAPPED, Col, Formula, Link, internal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.report.settlement.case import Case
    from houqin.report.settlement.checks import Checked
    from houqin.workbook import CellValue, Sheet

# At most eight, in the order in which a head teacher asks
KEY_LINES = ("t_income", "t_expense", "t_close", "surplus", "cash", "other_payables", "net_booked", "canteen_net")
MOST_CAUSES = 5  # of what is not checked, on the head teacher's page
NOT_INSTEAD = "本底稿用来核对和说明，不替代财政部门的决算软件和预算管理一体化系统；正式报表以系统里的为准。"
SIGNERS = ("制表（报账员）", "会计（核算中心）", "后勤主任", "分管副校长", "校长")


def write_page(case: Case, sheet: Sheet, checked: Sequence[Checked]) -> None:
    """Fill 校长一页纸: verdict, figures, risks, what to approve, signatures; one A4 portrait."""
    sheet.widths({1: 5, 2: 36, 3: 20, 4: 34})
    row = write_head(case, sheet, f"{case.year} 年度决算　校长一页纸", 4, [], unit="")
    row = _figures(case, sheet, row)
    row = _risks(sheet, row, checked)
    row = _approve(case, sheet, row)
    sheet.text(row, 1, "签批", HEADING)
    for n, (post, title) in enumerate((("财务", "财务"), ("分管副校长", "分管副校长"), ("校长", "校长"))):
        sheet.text(row + 1 + n, 1, f"{case.school.posts.get(post, title)}：", TEXT)
        sheet.merge((row + 1 + n, 3, row + 1 + n, 4), "　　　　　　　　年　　月　　日", TEXT.but(align="right"))
        sheet.height(row + 1 + n, 30)
    sheet.page.one_page = True
    sheet.page.repeat = None


def _figures(case: Case, sheet: Sheet, row: int) -> int:
    sheet.text(row, 1, "主要数字", HEADING)
    rows: list[list[CellValue]] = []
    for line_id in KEY_LINES:
        if line_id not in case.lines:
            continue
        amount, rule = case.line(line_id), case.lines[line_id].rule
        value: CellValue = amount.unknown
        if amount.value is not None and amount.is_whole:
            value = Formula(amount.text, amount.value)
        rows.append([len(rows) + 1, rule.title.lstrip("一二三、"), value, line_link(case, line_id)])
    columns = (Col("序", NUMBER, 5), Col("项目", WRAPPED), Col("金额（元）", MONEY), Col("在哪张底稿", WRAPPED))
    return sheet.table(row + 1, 1, columns, rows, autofilter=False, freeze=False).next_row


def _risks(sheet: Sheet, row: int, checked: Sequence[Checked]) -> int:
    sheet.text(row, 1, "风险提示", HEADING)
    counts = [sum(each.verdict == word for each in checked) for word in (PASSED, FAILED, NOT_CHECKED)]
    text = f"勾稽检查 {len(checked)} 项：通过 {counts[0]}，不符 {counts[1]}，未核 {counts[2]}（缺资料，不算通过）。"
    sheet.merge((row + 1, 1, row + 1, 4), text, WRAPPED)
    failed = [each for each in checked if each.verdict == FAILED][:5]
    for n, each in enumerate(failed, 1):
        said = f"{n}. {each.rule.title}：" + (
            f"相差 {each.difference:,.2f}。{each.rule.why}" if each.difference else each.reason or each.rule.why
        )
        sheet.merge((row + 1 + n, 1, row + 1 + n, 4), said, WRAPPED)
    if not failed:
        sheet.merge((row + 2, 1, row + 2, 4), "没有不符的勾稽。", WRAPPED)
    row += 2 + max(1, len(failed))
    lacks = _lacks(checked)
    for n, said in enumerate(lacks):
        sheet.merge((row + n, 1, row + n, 4), said, WRAPPED)
    return row + len(lacks) + 1


def _lacks(checked: Sequence[Checked]) -> list[str]:
    """Say what most of the unchecked wait for, at most five causes, the commonest first."""
    causes = Counter(each.reason.rstrip("。") for each in checked if each.verdict == NOT_CHECKED and each.reason)
    said = [f"? 未核 {count} 项：{cause}。" for cause, count in causes.most_common(MOST_CAUSES)]
    rest = sum(causes.values()) - sum(count for _, count in causes.most_common(MOST_CAUSES))
    return [*said, f"还有 {rest} 项未核，见“勾稽检查”。"] if rest else said


def _approve(case: Case, sheet: Sheet, row: int) -> int:
    sheet.text(row, 1, "请您审批", HEADING)
    asked = [each for each in case.adjustments if each.amount.value and (each.book, each.when) == (FINANCIAL, AT_ONCE)]
    asked = asked[:5]
    for n, each in enumerate(asked, 1):
        debit, credit = each.accounts
        text = f"{n}. {each.reason}：{each.amount.value:,.2f} 元（借 {debit}，贷 {credit}）"
        sheet.merge((row + n, 1, row + n, 4), text, WRAPPED)
    if not asked:
        sheet.merge((row + 1, 1, row + 1, 4), "没有要审批的调整事项。", NOTE)
    return row + 2 + max(1, len(asked))


def write_cover(case: Case, sheet: Sheet, index: Sequence[tuple[str, str]]) -> None:
    """Fill 封面和说明: what this is, how it is read, and a list of the sheets."""
    sheet.widths({1: 6, 2: 26, 3: 60})
    lines = [
        NOT_INSTEAD,
        "每个数都是公式：点“取数”到台账的行，点台账行尾的“来源”打开原表的那个单元格。蓝底的格子可以填写，别的不用改。",
        "“未核（缺资料）”不是 0，也不算通过；把缺的表放进收件箱再运行一次就会填好。",
    ]
    mode = case.school.accounting.get("mode")
    unset = "学校设置里没有填“记账方式”，请问会计后填好（集中记账或独立核算）。"
    lines.append(f"记账方式：{mode}。" if mode else unset)
    row = write_head(case, sheet, f"{case.school.name}{case.year} 年度年终决算工作底稿", 3, lines)
    columns = (Col("序", NUMBER), Col("底稿", WRAPPED), Col("内容", WRAPPED))
    rows: list[list[CellValue]] = [
        [n, Link(internal(name), name), says] for n, (name, says) in enumerate(index, 1)
    ]
    row = sheet.table(row, 1, columns, rows, autofilter=False, freeze=False).next_row
    for n, signer in enumerate(SIGNERS):
        sheet.text(row + n, 2, f"{signer}：", TEXT)
        sheet.height(row + n, 26)


def write_parameters(case: Case, sheet: Sheet) -> None:
    """Fill 参数: what the figures were made with."""
    sheet.widths({1: 24, 2: 26, 3: 60})
    row = write_head(case, sheet, "参数", 3, ["改了学校设置要重新运行；在这里改不起作用。"], unit="")
    accounting, inventory = case.school.accounting, case.school.inventory
    unset = "没有填"
    rows: list[list[CellValue]] = [
        ["学校", case.school.name, None],
        ["会计年度", str(case.year), f"{case.first} 至 {case.year}-12-31"],
        ["基准日", case.as_of, "账龄、逾期按这一天算"],
        ["显示单位", case.unit, "计算一律用元；万元只是显示，合计先按元加再换算"],
        ["记账方式", str(accounting.get("mode", unset)), "集中记账时，账上的错由核算中心改，学校提建议调整事项"],
        ["食堂并账", str(accounting.get("consolidation", unset)), str(accounting.get("consolidation_ground") or "")],
        ["发出计价", inventory.get("cost_method", unset), None],
        ["库存核算方式", inventory.get("accounting", unset), "购入即列支的，库存台账只作备查，不与账核对"],
        ["固定资产单价起点", f"{case.school.thresholds['capitalise']} 元", None],
        ["折旧办法", "直线法，不留残值，当月增加当月提，当月减少当月不提", "财会〔2017〕4号"],
    ]
    columns = (Col("项目", WRAPPED), Col("内容", WRAPPED), Col("说明", WRAPPED))
    sheet.table(row, 1, columns, rows, autofilter=False, freeze=False)


def write_signatures(case: Case, sheet: Sheet) -> None:
    """Fill 签批: who made, checked and approved, with room to write."""
    sheet.widths({1: 22, 2: 22, 3: 22, 4: 30})
    row = write_head(case, sheet, "签批", 4, [NOT_INSTEAD], unit="")
    columns = (Col("岗位", WRAPPED), Col("签字", INPUT), Col("日期", INPUT), Col("意见", INPUT.but(wrap=True)))
    rows: list[list[CellValue]] = [[each, None, None, None] for each in SIGNERS]
    placed = sheet.table(row, 1, columns, rows, autofilter=False, freeze=False)
    for n in range(len(SIGNERS)):
        sheet.height(placed.first + n, 48)
    write_note(sheet, placed.next_row, 4, "签字前请看“勾稽检查”：不符的要有说明，未核的要注明原因。")


