"""勾稽检查: a row a check, the auditors' thirteen first; both sides, difference, what is explained, a live verdict.

A check without its sources is 未核 and never counts as passed. What a person enters as explained, with voucher and
name, changes the verdict in the workbook.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.expression import parse
from houqin.model import Finding, Level
from houqin.report.settlement.amount import NOTHING, Amount, lacking
from houqin.report.settlement.last_year import no_last_year
from houqin.report.settlement.lines import line_link, said_lacking
from houqin.report.settlement.places import LOCATE
from houqin.report.settlement.roots import FAILED, point_at_roots, sheets_of, worst_place
from houqin.report.settlement.unset import unset_of
from houqin.report.summary_case import INDENTED, NUMBER, place_link, write_head
from houqin.report.summary_tie_outs import write_tie_outs
from houqin.workbook import CENTER, HEADING, INPUT, MONEY, WRAPPED, Area, Col, Formula

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.forms import CheckRule
    from houqin.model import Place, TieOutResult
    from houqin.report.settlement.case import Case
    from houqin.workbook import CellValue, Link, Sheet

SHEET = "勾稽检查"
PASSED, UNCHECKED = "✓ 通过", "? 未核"
COLUMNS = (
    Col("序", NUMBER, 5), Col("检查", WRAPPED, 34), Col("结论", CENTER.but(bold=True, colour="good"), 9),
    Col("左边", MONEY, 15), Col("右边", MONEY, 15), Col("差异", MONEY, 13), Col("已解释", INPUT.but(kind="money"), 13),
    Col("未解释", MONEY, 13), Col("允许", INPUT.but(kind="money"), 8), Col("左边取自", INDENTED, 20),
    Col("右边取自", WRAPPED, 20), Col("先看这一格", WRAPPED, 22), Col("为什么要核、说明", WRAPPED, 40),
    Col("依据（凭证、页码）", INPUT.but(wrap=True), 14), Col("说明人", INPUT.but(wrap=True), 9), Col("出处", CENTER, 8),
)  # fmt: skip
VERDICT_CELL = (3, 1)  # row and column, below title and period


@dataclass(frozen=True, slots=True)
class Checked:
    """A check made: both sides, what is known to lie between them, the first cell to look at, and the verdict."""

    rule: CheckRule
    left: Amount
    right: Amount
    explained: Amount | None
    verdict: str
    place: Place | None = None
    left_link: Link | None = None
    right_link: Link | None = None
    reason: str = ""
    tolerance: Decimal = Decimal(0)

    @property
    def difference(self) -> Decimal | None:
        """Left less right; None where a side is missing."""
        if self.left.value is None or self.right.value is None:
            return None
        return self.left.value - self.right.value


def make_checks(case: Case) -> list[Checked]:
    """Make all checks that are asked of such a school; what hangs on a setting that is not filled in is unchecked."""
    tie_outs = {each.id: each for each in case.outcome.tie_outs}
    made = []
    for rule in sorted(case.rules.checks, key=_order):
        unset = unset_of(case, rule.only)
        if rule.only and not unset and not _is_asked(case, rule.only):
            continue
        if unset:
            made.append(Checked(rule, lacking(), lacking(), None, UNCHECKED, reason=f"{unset}。"))
        elif rule.tie_out:
            made.append(_by_tie_out(case, rule, tie_outs.get(rule.tie_out)))
        elif rule.findings:
            made.append(_by_findings(case, rule))
        else:
            made.append(_by_lines(case, rule))
    return point_at_roots(case, made)


def _order(rule: CheckRule) -> tuple[int, int]:
    """Put the auditors' thirteen (C-1 …) before the relations of section 8.4, each list by its numbers."""
    list_name, _, number = rule.source.partition("-")
    return (0 if list_name == "C" else 1), int(number)


def master_verdict(checked: Sequence[Checked]) -> tuple[str, str]:
    """Give the one verdict that all sheets show, and its kind."""
    counts = [sum(each.verdict == word for each in checked) for word in (FAILED, UNCHECKED)]
    return _verdict_text(*counts), "必须改" if counts[0] else "请确认" if counts[1] else "通过"


def _verdict_text(failed: int, unchecked: int) -> str:
    if failed:
        return f"✗ 勾稽不符 {failed} 项，未核 {unchecked} 项"
    return f"? 勾稽没有不符，未核 {unchecked} 项" if unchecked else "✓ 勾稽全部通过"


def write_checks(case: Case, sheet: Sheet, checked: Sequence[Checked]) -> None:
    """Fill 勾稽检查; its verdict is that of the workbook."""
    how = (
        "先是审计最先打开的十三项（出处 C），再是表间关系（出处 8.4）。“已解释”可以填：写明依据和说明人，"
        "未解释的变成 0 就算通过。未核是缺资料，不算通过；缺哪张表写在说明里。"
    )
    top = write_head(case, sheet, "勾稽检查", len(COLUMNS), [how], unit="金额单位：元")
    rows = [_row(case, top + n, n, each) for n, each in enumerate(checked, 1)]
    placed = sheet.table(top, 1, COLUMNS, rows, freeze=False)
    sheet.freeze(top + 1, 4)
    verdicts = placed.column(2)
    first = f"C{verdicts.top}"
    sheet.highlight(verdicts, f'LEFT({first},1)="✗"', "bad-light", colour="bad", bold=True)
    sheet.highlight(verdicts, f'LEFT({first},1)="?"', "doubt-light", colour="doubt", bold=True)
    case.cells["checks.verdict"] = verdicts
    for number, each in enumerate(checked):
        area = Area(sheet.name, placed.first + number, 1, placed.first + number, len(COLUMNS))
        case.cells[f"check.{each.rule.id}"] = area


def write_verdicts(case: Case, checked: Sequence[Checked]) -> None:
    """Write the master verdict on every sheet: one formula on 勾稽检查, the others refer to it."""
    text, kind = master_verdict(checked)
    colour = {"必须改": "bad", "请确认": "doubt", "通过": "good"}[kind]
    for head in case.heads:
        if head.sheet.name == SHEET:
            area = case.cells["checks.verdict"].local
            failed, unchecked = (f'COUNTIF({area},"{word.replace("?", "~?")}")' for word in (FAILED, UNCHECKED))
            formula = (
                f'IF({failed}>0,"✗ 勾稽不符 "&{failed}&" 项，未核 "&{unchecked}&" 项",'
                f'IF({unchecked}>0,"? 勾稽没有不符，未核 "&{unchecked}&" 项","✓ 勾稽全部通过"))'
            )
            case.cells["verdict"] = Area(SHEET, head.row, 1, head.row, 1)
            _head_line(head.sheet, head.row, head.columns, Formula(formula, text), colour)
    for head in case.heads:
        if head.sheet.name != SHEET:
            reference = Formula(case.cells["verdict"].ref, text)
            _head_line(head.sheet, head.row, head.columns, reference, colour)


def _head_line(sheet: Sheet, row: int, columns: int, value: Formula, colour: str) -> None:
    sheet.merge((row, 1, row, columns), value, HEADING.but(colour=colour, size=11))


def check_findings(checked: Sequence[Checked]) -> list[Finding]:
    """Give a finding for each check of lines that fails; tie-outs and rules have told of theirs already."""
    found = []
    for each in checked:
        if each.verdict != FAILED or each.rule.tie_out or each.rule.findings:
            continue
        gap = each.difference or Decimal(0)
        known = each.explained.value if each.explained and each.explained.value is not None else None
        rest = f"，其中已解释 {known:,.2f} 元，未解释 {gap - known:,.2f} 元" if known else ""
        message = (
            f"{each.rule.title}：左边 {each.left.value:,.2f} 元，右边 {each.right.value:,.2f} 元，"
            f"相差 {gap:,.2f} 元{rest}。{each.rule.why}{each.reason}"
        )
        found.append(Finding("settlement-mismatch", Level(each.rule.level), message, each.place))
    return found


def _is_asked(case: Case, only: str) -> bool:
    name, _, word = only.partition("=")
    return str(case.school.accounting.get(name, case.school.inventory.get(name, ""))) == word


def _by_lines(case: Case, rule: CheckRule) -> Checked:
    left, right = case.lines_sum(rule.left).rounded, case.lines_sum(rule.right).rounded
    explained = case.lines_sum(rule.explained) if rule.explained else None
    verdict, reason = judge(case, rule, left, right, explained or NOTHING)
    place = _place_of(case, rule) if verdict == FAILED else None
    if left.value is None:
        place = case.suspects.get(rule.id)
    return Checked(
        rule, left, right, explained, verdict, place, _side_link(case, rule.left),
        _side_link(case, rule.right), reason, rule.tolerance,
    )  # fmt: skip


def judge(case: Case, rule: CheckRule, left: Amount, right: Amount, explained: Amount) -> tuple[str, str]:
    """Give the verdict on two sides, and what it rests on or lacks.

    A side that lacks a ledger neither passes nor fails. What only explains a difference is not wanted where there is
    none. Two sums that agree to the fen show that a month without rows had none; a count of faults does not.
    """
    lacks = said_lacking(case, left.resting(right.needs, right.doubts))
    if left.value is None or right.value is None or left.needs or right.needs:
        return UNCHECKED, f"{lacks}。" if lacks else _untold(case, rule)
    if not explained.is_whole and left.value != right.value:
        return UNCHECKED, f"{said_lacking(case, explained.resting((), (*left.doubts, *right.doubts)))}。"
    gap = left.value - right.value - (explained.value or 0)
    holds = (gap if rule.relation == "at-most" else abs(gap)) <= rule.tolerance
    if left.doubts or right.doubts:
        apart = not {*left.doubts} & {*right.doubts}
        equal = rule.relation == "equal" and abs(left.value - right.value) <= rule.tolerance
        proven = apart and equal and left.value and right.value
        return (PASSED, f"{lacks}，但两边的合计一致。") if proven else (UNCHECKED, f"{lacks}。")
    if not explained.is_whole:
        return PASSED, f"{said_lacking(case, explained)}：{rule.without or '两边相等，没有用到。'}"
    return (PASSED if holds else FAILED), ""


def _by_tie_out(case: Case, rule: CheckRule, result: TieOutResult | None) -> Checked:
    """Take a tie-out over: its sides added up, its worst line to look at."""
    if result is None or (not result.rows and result.verdict == "未核"):
        reason = (result.reason if result else None) or _lacks(case, rule)
        return Checked(rule, lacking(), lacking(), None, UNCHECKED, reason=reason)
    wrong = [row for row in result.rows if not row.agrees]
    left, right = _tie_out_sides(case, result)
    located = LOCATE[rule.id](case) if wrong and rule.id in LOCATE else None
    place = located or worst_place(result)
    verdict = FAILED if wrong else UNCHECKED if result.verdict == "未核" else PASSED
    doubts = [*_one_sided(case, result), *_doubts(case, rule)]
    if doubts and (wrong or left.value != right.value or _one_sided(case, result)):
        return Checked(rule, left, right, None, UNCHECKED, reason=f"{'；'.join(dict.fromkeys(doubts))}。")
    explained = case.lines_sum(rule.explained) if rule.explained and wrong else None
    if explained is not None and left.value is not None and right.value is not None:
        lacks = said_lacking(case, explained)
        verdict, reason = UNCHECKED, f"相差的可能是未达账项：{lacks}。"
        if explained.value is not None and explained.is_whole:
            is_explained = abs(left.value - right.value - explained.value) <= rule.tolerance
            verdict, reason = PASSED if is_explained else FAILED, ""
        return Checked(rule, left, right, explained, verdict, place, reason=reason, tolerance=rule.tolerance)
    reason = f"有 {len(wrong)} 条不符：{'、'.join('　'.join(row.key) or '全校' for row in wrong[:5])}" if wrong else ""
    return Checked(rule, left, right, None, verdict, place, reason=reason or result.reason or "")


def _one_sided(case: Case, result: TieOutResult) -> list[str]:
    """Say of a tie-out by month which months stand on one side alone: they are not compared."""
    declared = next((each for each in case.forms.tie_outs if each.id == result.id), None)
    if declared is None or not any(name.startswith("month(") for name in declared.left.by):
        return []
    said = []
    for side, given in ((declared.left, "left"), (declared.right, "right")):
        lacks = [
            row.key[0][5:7].lstrip("0") for row in result.rows
            if getattr(row, given) is None and Decimal(row.left or row.right or 0)
        ]  # fmt: skip
        if lacks:
            said.append(f"{side.title}没有 {'、'.join(sorted(lacks, key=int))} 月的数，这几个月没有核对")
    return said


def _tie_out_sides(case: Case, result: TieOutResult) -> tuple[Amount, Amount]:
    """Add up the lines of 勾稽明细 that have both sides: a subject that sums others stands on one side alone."""
    number = case.shown_tie_outs.index(result.id) + 1
    lines = case.cells["tie_outs.lines"]
    columns = [lines._replace(left=lines.left + n, right=lines.left + n).ref for n in (0, 3, 4)]
    both = [row for row in result.rows if row.left is not None and row.right is not None]
    made = []
    for side, column in (("left", columns[1]), ("right", columns[2])):
        text = f'SUMIFS({column},{columns[0]},{number},{columns[1]},"<>",{columns[2]},"<>")'
        made.append(Amount(text, sum((Decimal(getattr(row, side)) for row in both), Decimal(0))))
    return made[0], made[1]


def write_tie_out_lines(case: Case, sheet: Sheet) -> None:
    """Fill 勾稽明细: line by line what the tie-outs among the checks compare."""
    wanted = {rule.tie_out for rule in case.rules.checks if rule.tie_out}
    results = [each for each in case.outcome.tie_outs if each.id in wanted]
    case.shown_tie_outs = [each.id for each in results]
    write_tie_outs(case, sheet, results)


def _by_findings(case: Case, rule: CheckRule) -> Checked:
    """Count what some rules found in some forms: none may be there."""
    if rule.last_year and not case.before:
        reason = f"{no_last_year(case, '')}。"
        return Checked(rule, lacking(), lacking(), None, UNCHECKED, reason=reason)
    if not any(case.has(form) for form in rule.forms):
        return Checked(rule, lacking(*rule.forms), lacking(), None, UNCHECKED, reason=_lacks(case, rule))
    missing = _unseen(case, rule)
    sheets = {each for form in rule.forms for each in sheets_of(case, form)}
    found = [
        each for each in case.outcome.findings
        if each.code in rule.findings and each.level in {Level.ERROR, Level.QUESTION, Level.WARNING}
        and each.place is not None and (each.place.file, each.place.sheet) in sheets
    ]  # fmt: skip
    count = Decimal(sum(max(each.count, 1) for each in found))
    left, right = Amount(format(count, "f"), count), Amount("0", Decimal(0))
    place = found[0].place if found else None
    reason = f"有 {len(found)} 条，见问题清单：{found[0].message}" if found else missing
    verdict = FAILED if found else UNCHECKED if missing else PASSED
    if rule.last_year and found and all(each.place.file in _doubtful(case, rule) for each in found if each.place):
        # A month that is not there breaks the chain from month to month.
        verdict, reason = UNCHECKED, f"{said_lacking(case, lacking().resting((), _doubts(case, rule)))}。"
    return Checked(rule, left, right, None, verdict, place, reason=reason)


def _unseen(case: Case, rule: CheckRule) -> str:
    """Say which ledgers the rules could not look into: nothing found there is no pass.

    Openings are compared with last year's ledgers, those that last year had; only a centre's school files claims.
    """
    if rule.last_year:
        missing = [form for form in rule.forms if form in case.before and not case.has(form)]
    else:
        missing = [form for form in rule.forms if not case.has(form) and (form != "claim_register" or case.is_central)]
    said = said_lacking(case, lacking(*missing).resting((), () if rule.last_year else _doubts(case, rule)))
    return f"{said}。" if said else ""


def _doubts(case: Case, rule: CheckRule) -> list[str]:
    return [doubt for form in rule.forms for doubt in case.doubts.get(form, ())]


def _doubtful(case: Case, rule: CheckRule) -> set[str]:
    """Give the files of the ledgers that seem to lack months."""
    own = [form for form in rule.forms if form in case.doubts and case.has(form)]
    return {str(file) for form in own for file in case.ledgers[form].sources["file"].unique().tolist()}


def _row(case: Case, row: int, number: int, each: Checked) -> list[CellValue]:
    rule = each.rule
    why = f"{rule.why}{each.reason and '　' + each.reason}"
    if each.verdict == UNCHECKED:
        why = f"? {each.reason}　{rule.why}"
    suspect = place_link(each.place) if each.verdict != PASSED else None
    rest: list[CellValue] = [each.left_link, each.right_link, suspect, why, None, None, rule.source]
    gap = each.difference
    if gap is None or each.verdict == UNCHECKED:
        # Of sides that are a part, or not known, nobody knows by how much they differ.
        sides = [each.left.cell, each.right.cell]
        shown: list[CellValue] = [None if isinstance(side, str) else side for side in sides]
        return [number, rule.title, UNCHECKED, *shown, None, None, None, each.tolerance, *rest]
    explained = each.explained.value if each.explained and each.explained.value is not None else None
    known: CellValue = None
    if each.explained is not None and explained is not None:
        known = Formula(f"ROUND({each.explained.text},2)", explained)
    unexplained = gap - (explained or Decimal(0))
    size = f"H{row}" if rule.relation == "at-most" else f"ABS(H{row})"
    verdict: CellValue = Formula(f'IF({size}<=I{row},"{PASSED}","{FAILED}")', each.verdict)
    if rule.tie_out and each.explained is None:
        # What differs line by line may agree in sum, hence the verdict of 勾稽明细, which follows its lines.
        summary = case.cells["tie_outs.summary"]
        line = summary.top + case.shown_tie_outs.index(rule.tie_out)
        verdict = Formula(Area(summary.sheet, line, 3, line, 3).ref, each.verdict)
    return [
        number, rule.title, verdict, each.left.cell, each.right.cell, Formula(f"ROUND(D{row}-E{row},2)", gap), known,
        Formula(f"ROUND(F{row}-SUM(G{row}),2)", unexplained), each.tolerance, *rest,
    ]  # fmt: skip


def _untold(case: Case, rule: CheckRule) -> str:
    """Say what the line without a figure says of itself."""
    lines = [case.lines[name].rule for name in _names(rule.left, rule.right) if case.line(name).value is None]
    return next((f"没有“{line.title}”：{line.note}。" for line in lines if line.note), "缺资料。")


def _lacks(case: Case, rule: CheckRule) -> str:
    missing = [form for form in rule.forms if not case.has(form)]
    return f"缺{'、'.join(f'《{case.title_of(form)}》' for form in missing)}。" if missing else "缺资料。"


def _place_of(case: Case, rule: CheckRule) -> Place | None:
    """Give the source cell to look at first: the one that a sheet's code named, else of the first line on the left."""
    located = LOCATE[rule.id](case) if rule.id in LOCATE else None
    if located is not None:
        return located
    if rule.id in case.suspects:
        return case.suspects[rule.id]
    return next((place for name in _names(rule.left, rule.right) if (place := case.source_of(name))), None)


def _side_link(case: Case, text: str) -> Link | None:
    names = _names(text)
    return line_link(case, names[0]) if names else None


def _names(*texts: str) -> list[str]:
    found: list[str] = []
    for text in texts:
        fields = parse(text).fields
        found += sorted(fields, key=text.index)
    return found
