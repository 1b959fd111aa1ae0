"""Budget execution by economic subject up to August, in 元."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from paper import Formula, Paper, write_xlsx
from truth import As, Truth, a1, canonical, write_row

if TYPE_CHECKING:
    import random
    from pathlib import Path

FILE = "2025年预算执行情况.xlsx"
SHEET = "预算执行"
COLUMNS = {"code": 1, "subject": 2, "project": 3, "initial": 4, "adjust": 5, "full": 6, "issued": 7, "month": 8, "total": 9,
           "rate": 10, "time_rate": 11, "left": 12, "remark": 13}  # fmt: skip
HEADER = ["科目编码", "科目名称", "项目名称", "年初预算数", "调整数\n（追加+ 追减-）", "全年预算数", "已下达指标", "本月支出", "累计支出",
          "执行率\n（%）", "序时进度\n（%）", "可用余额", "备注"]  # fmt: skip
TIME = Decimal("66.67")
SUMMED = ("initial", "adjust", "full", "issued", "month", "total", "left")
# code, subject, project, initial, adjustment, month, total; parents are summed from their children.
LINES = (
    ("301", "工资福利支出", None),
    ("30101", "基本工资", None, "3186000", "0", "265500", "2124000"),
    ("30102", "津贴补贴", None, "648000", "0", "54000", "432000"),
    ("30107", "绩效工资", None, "2268000", "96000", "197000", "1576000"),
    ("30108", "机关事业单位基本养老保险缴费", None, "912000", "0", "76000", "608000"),
    ("30110", "职工基本医疗保险缴费", None, "418000", "0", "34833.33", "278666.64"),
    ("30113", "住房公积金", None, "684000", "0", "57000", "456000"),
    ("302", "商品和服务支出", None),
    ("30201", "办公费", None, "96000", "0", "14820.50", "61385.40"),
    ("30202", "印刷费", None, "38000", "0", "4260", "24960"),
    ("30205", "水费", None, "46000", "0", "1830.20", "28115.60"),
    ("30206", "电费", None, "88000", "0", "5214.36", "56340.72"),
    ("30207", "邮电费", None, "12000", "0", "980", "7840"),
    ("30208", "取暖费", None, "168000", "0", "0", "84000"),
    ("30209", "物业管理费", None, "132000", "0", "11000", "88000"),
    ("30211", "差旅费", None, "24000", "-4000", "0", "9860"),
    ("30213", "维修(护)费", None, "76000", "0", "18650", "79320"),
    ("30213", "维修(护)费", "校舍维修改造专项", "260000", "40000", "86400", "205000"),
    ("30215", "会议费", None, "6000", "-6000", "0", "0"),
    ("30216", "培训费", None, "42000", "0", "3600", "26780"),
    ("30218", "专用材料费", None, "54000", "0", "7320", "33460"),
    ("303", "对个人和家庭的补助", None),
    ("30308", "助学金", None, "36000", "0", "0", "18000"),
    ("310", "资本性支出", None),
    ("31002", "办公设备购置", None, "85000", "0", "0", "56800"),
    ("31003", "专用设备购置", "食堂设备更新专项", "120000", "0", "0", "28600"),
)  # fmt: skip
WRONG_PARENT = "302"


def write_budget(folder: Path, truth: Truth, _: random.Random) -> None:
    """Write the one sheet: parents above their children, 合计 over the parents."""
    paper = Paper(SHEET, landscape=True)
    paper.merge((1, 1, 1, 13), "示例中学2025年部门预算执行情况表", "title")
    paper.merge((2, 1, 2, 7), "编制单位：示例中学      截止日期：2025年8月31日", "info")
    paper.merge((2, 8, 2, 13), "金额单位：元", "right")
    paper.line(3, list(HEADER), "head")
    rows = [_numbers(line) for line in LINES]
    for parent in (r for r in rows if len(str(r["code"])) == 3):
        children = [r for r in rows if str(r["code"]).startswith(str(parent["code"])) and r is not parent]
        parent |= {name: sum((Decimal(str(c[name])) for c in children), Decimal(0)) for name in SUMMED}
    whole = {
        name: sum((Decimal(str(r[name])) for r in rows if len(str(r["code"])) == 3), Decimal(0)) for name in SUMMED
    }
    for row, values in enumerate(rows, 4):
        if values["code"] == WRONG_PARENT:
            right = Decimal(str(values["month"]))
            values["month"] = right - 14820  # the office expenses were left out
            whole["month"] -= 14820
            truth.defect("sum-mismatch", "error", (FILE, SHEET, a1(row, COLUMNS["month"])), expected=canonical(right) or "",
                         why="302 的本月支出不等于下面各科目之和")  # fmt: skip
        _line(paper, truth, row, values)
    last = 4 + len(rows)
    paper.merge((last, 1, last, 3), "合  计", "total")
    for name in SUMMED:
        paper.put(last, COLUMNS[name], whole[name], "total-money")
    paper.put(last, COLUMNS["rate"], _rate(whole["total"], whole["full"]), "percent")
    paper.put(last, COLUMNS["time_rate"], TIME, "percent")
    paper.frame(last, 13, "total")
    paper.merge(
        (last + 1, 1, last + 1, 13),
        "单位负责人：              财务负责人：              填表人：              2025年9月2日",
        "foot",
    )
    paper.widths = {1: 10, 2: 26, 3: 18, **dict.fromkeys(range(4, 10), 14), 10: 9, 11: 9, 12: 14, 13: 12}
    paper.heights = {1: 30, 3: 34}
    truth.table("budget_execution", (FILE, SHEET), [3], [4, last], layout="list", total_rows=[last], unit="元")
    truth.changed(FILE, paper)
    truth.file(FILE, "read")
    write_xlsx(folder / FILE, paper)


def _numbers(line: tuple[str | None, ...]) -> dict[str, object]:
    code, subject, project, *numbers = line
    row: dict[str, object] = {"code": code, "subject": subject, "project": project, "time_rate": TIME, "remark": None}
    if numbers:
        initial, adjust, month, total = (Decimal(str(n)) for n in numbers)
        full = initial + adjust
        issued = max(total, (full * Decimal("0.8")).quantize(Decimal(1), ROUND_HALF_UP))
        row |= {"initial": initial, "adjust": adjust, "full": full, "issued": issued, "month": month, "total": total,
                "left": full - total}  # fmt: skip
    return row


def _rate(total: Decimal, full: Decimal) -> Decimal:
    return (total / full * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _line(paper: Paper, truth: Truth, row: int, values: dict[str, object]) -> None:
    full, total = Decimal(str(values["full"])), Decimal(str(values["total"]))
    if full:
        values["rate"] = _rate(total, full)
    else:
        values["rate"] = As(Formula(f"=I{row}/F{row}*100", "#DIV/0!"), None)
        truth.defect("error-cell", "error", (FILE, SHEET, a1(row, COLUMNS["rate"])), expected="", why="除数是 0")
    values["adjust"] = values["adjust"] or None
    if values["subject"] == "办公费":
        values["total"] = As(f"{total:,.2f}", canonical(total))
    if values["subject"] == "取暖费":
        values["remark"] = "按采暖季结算"
    if values["project"] == "食堂设备更新专项":
        truth.defect(
            "progress-gap",
            "warning",
            (FILE, SHEET, a1(row, COLUMNS["total"])),
            expected="",
            why="执行率比时间进度慢得多",
        )
    if total > full:
        truth.defect(
            "over-budget", "question", (FILE, SHEET, a1(row, COLUMNS["total"])), expected="", why="累计支出超过全年预算"
        )
    styles = {**dict.fromkeys((*SUMMED,), "money"), "rate": "percent", "time_rate": "percent", "subject": "left"}
    clean, cells = write_row(paper, row, COLUMNS, values, styles)
    truth.record("budget_execution", (FILE, SHEET, row), clean, **cells)
