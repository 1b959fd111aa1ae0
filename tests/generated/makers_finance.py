"""Quotas, debts, receipts, claims: what lies between the school and finance."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from generated.makers_money import CODES, FULL_STYLES, TWICE, days_of_year, figure
from generated.registry import makes
from generated.sheets import Column, Defect, Form, Record
from generated.spoil import above, emptied, repeated, slipped, written
from generated.words import (
    BLANK,
    cents,
    day,
    money,
    number,
    person,
    word,
)

if TYPE_CHECKING:
    from random import Random


@makes("quota")
def quota(rng: Random) -> Form:
    """A row a quota that finance gave."""
    style = rng.choice(FULL_STYLES)
    subjects = [(c, n) for _, _, *items in CODES for c, n in items]
    records: list[Record] = []
    for n, when in enumerate(days_of_year(rng, rng.randint(4, 20)), 1):
        code, subject = rng.choice(subjects)
        issued = Decimal(rng.randint(10, 5000)) * 100
        paid = cents(issued * Decimal(rng.randint(0, 100)) / 100)
        records.append({
            "seq": number(n), "issue_date": day(when, rng, style=style), "doc_no": word(f"示财教〔2025〕{n}号"), "quota_no": word(f"3703-2025-{n:04d}"),
            "fund": word("一般公共预算"), "func_code": word("2050203"), "code": word(code), "subject": word(subject),
            "project": word(rng.choice(["公用经费", "人员经费", "校舍维修"])), "issued": money(issued, rng), "paid": money(paid, rng), "left": money(issued - paid),
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.6), Column("issue_date", ["下达日期", "指标下达日期"], 0.8), Column("doc_no", ["指标文号", "文号", "下达文号"], 0.8), Column("quota_no", ["指标编号", "指标号"], 0.6),
        Column("fund", ["资金性质", "资金来源"], 0.5), Column("func_code", ["功能科目编码", "功能分类科目", "支出功能分类"], 0.5), Column("code", ["经济科目编码", "部门经济科目编码"], 0.6),
        Column("subject", ["经济科目名称", "经济科目", "部门经济科目名称"]), Column("project", ["项目名称", "项目"], 0.7), Column("issued", ["指标金额", "下达金额", "指标下达数"]),
        Column("paid", ["已支付金额", "支付金额", "已支付数"]), Column("left", ["指标余额", "指标结余", "可用指标"]), Column("remark", ["备注"], 0.3),
    ]  # fmt: skip
    return Form(
        "quota", ["2025年预算指标下达及支付情况表", "财政指标执行台账", "指标支付明细表"], columns, records, unit="元", totals=("issued", "paid", "left"),
        defects=(
            Defect("wrong rest", ("balance-mismatch",), "left", slipped("left"), ("issued", "paid")),
            Defect("paid too much", ("over-budget", "balance-mismatch"), "paid", above("paid", "issued", 100), ("issued",)),
        ),
    )  # fmt: skip


@makes("payables")
def payables(rng: Random) -> Form:
    """Who owes whom, for what."""
    style = rng.choice(FULL_STYLES)
    parties = [
        "示例文具店",
        "示例电力公司",
        "示例印刷厂",
        "示例建筑有限公司",
        "示例新华书店",
        "示例校服厂",
        "示例保险公司",
    ]
    records: list[Record] = []
    for n, when in enumerate(days_of_year(rng, rng.randint(5, 20)), 1):
        opening, more = figure(rng, 5000), figure(rng, 5000) if rng.random() < 0.6 else Decimal(0)
        less = cents((opening + more) * rng.choice([Decimal(0), Decimal("0.5"), Decimal("0.3")]))
        records.append({
            "seq": number(n), "kind": word(rng.choice(["其他应付款", "应付账款"])), "party": word(rng.choice(parties)), "reason": word(f"往来事项{n}"),
            "date": day(when, rng, style=style), "open": money(opening, rng), "increase": money(more), "decrease": money(less), "balance": money(opening + more - less, rng),
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.7), Column("kind", ["往来科目", "科目名称", "会计科目"], 0.6), Column("party", ["对方单位", "单位（个人）名称", "往来单位", "往来单位名称"]),
        Column("reason", ["事由", "款项内容", "形成原因"]), Column("date", ["发生日期", "发生时间"]), Column("open", ["期初余额", "年初余额"]), Column("increase", ["本期增加", "本年增加"]),
        Column("decrease", ["本期减少", "本年减少"]), Column("balance", ["期末余额", "年末余额"]), Column("remark", ["备注"], 0.4),
    ]  # fmt: skip
    return Form(
        "payables", ["往来款项明细表", "2025年往来款清理情况表", "其他应付款明细表"], columns, records, unit="元", totals=("open", "increase", "decrease", "balance"),
        defects=(
            Defect("wrong balance", ("balance-mismatch",), "balance", slipped("balance"), ("open", "increase", "decrease")),
            Defect("no day", ("missing", "bad-date"), "date", emptied("date")),
            Defect("nobody", ("missing",), "party", emptied("party")),
        ),
    )  # fmt: skip


@makes("receipt_book")
def receipt_book(rng: Random) -> Form:
    """Receipts of the treasury: fetched, used, spoilt, given back; numbers from and to in two columns or in one cell."""
    style, at, in_one = rng.choice(FULL_STYLES), rng.randint(1, 80) * 100 + 1, rng.random() < 0.3
    kind = rng.choice(["行政事业单位资金往来结算票据", "非税收入一般缴款书", "中小学收费专用票据"])
    records: list[Record] = []
    for n, when in enumerate(days_of_year(rng, rng.randint(3, 12)), 1):
        many = rng.choice([25, 50, 100])
        void = rng.choice([0, 0, 1, 2])
        used = rng.randint(5, many - void)
        start, end = f"{at:08d}", f"{at + many - 1:08d}"
        records.append({
            "seq": number(n), "date": day(when, rng, style=style), "kind": word(kind), "batch": word("37012025"), "start_no": word(start), "end_no": word(end), "span": word(f"{start}-{end}"),
            "qty": number(many), "used": number(used), "void": number(void), "void_no": word(f"{at + 3:08d}") if void else BLANK, "unused": number(many - used - void),
            "amount": money(figure(rng, 2000)), "receiver": word(person(rng)), "return_date": day(when + timedelta(days=rng.randint(3, 9)), rng, style=style),
        })  # fmt: skip
        if in_one:
            records[-1] |= {"=start_no": word(start), "=end_no": word(end)}
        at += many
    numbers = (
        [Column("span", ["起止号码", "票据号段", "票据起止号"])]
        if in_one
        else [Column("start_no", ["起号", "起始号码", "票据起号"]), Column("end_no", ["止号", "终止号码", "票据止号"])]
    )
    columns = [
        Column("seq", ["序号"], 0.7), Column("date", ["领用日期", "领购日期", "日期"]), Column("kind", ["票据名称", "票据种类"]), Column("batch", ["票据批次", "批次号"], 0.4), *numbers,
        Column("qty", ["份数", "领用份数", "数量"]), Column("used", ["已用份数", "使用份数", "开具份数"]), Column("void", ["作废份数", "作废"]), Column("void_no", ["作废号码", "作废票号"]),
        Column("unused", ["结存份数", "未用份数", "未使用份数"]), Column("amount", ["开票金额", "开具金额", "金额（元）"]), Column("receiver", ["领用人", "领票人"], 0.7),
        Column("return_date", ["核销日期", "缴销日期"]), Column("remark", ["备注"], 0.3),
    ]  # fmt: skip
    return Form(
        "receipt_book", ["财政票据领用核销登记簿", "票据领用、使用、核销登记表"], columns, records,
        defects=(
            Defect("wrong count", ("sum-mismatch", "over-limit"), "qty", written("qty", "60", "40"), ("used", "void", "unused")),
            Defect("no number of the spoilt", ("missing",), "void_no", emptied("void_no"), ("void",)),
            Defect("back before fetched", ("bad-date",), "return_date", written("return_date", "2024-12-30"), ("date",)),
        ),
    )  # fmt: skip


@makes("claim_register")
def claim_register(rng: Random) -> Form:
    """A row a claim that was handed to the accounting centre."""
    style = rng.choice(FULL_STYLES)
    records: list[Record] = []
    for n, when in enumerate(days_of_year(rng, rng.randint(6, 30)), 1):
        amount = figure(rng, 5000)
        no = cents(amount * Decimal("0.1")) if rng.random() < 0.1 else Decimal(0)
        subject = rng.choice(
            [
                ("30201", "办公费", "购办公用品"),
                ("30206", "电费", "电费"),
                ("30202", "印刷费", "印制试卷"),
                ("30211", "差旅费", "教师外出学习"),
            ]
        )
        records.append({
            "seq": number(n), "date": day(when, rng, style=style), "claim_no": word(f"BZ2025{n:04d}"), "claimant": word(person(rng)), "dept": word(rng.choice(["总务处", "教务处"])),
            "summary": word(f"{subject[2]}{n}"), "code": word(subject[0]), "subject": word(subject[1]), "payee": word(rng.choice(["示例文具店", "示例电力公司", "示例印刷厂"])),
            "invoice": word(f"{25378000 + n * 17}"), "sheets": number(rng.randint(1, 9)), "amount": money(amount, rng), "approved": money(amount - no), "rejected": money(no) if no else BLANK,
            "voucher": word(f"记-{n:03d}"), "book_date": day(when + timedelta(days=rng.randint(1, 5)), rng, style=style), "state": word("已记账"),
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.7), Column("date", ["报账日期", "日期", "报销日期"]), Column("claim_no", ["报账单号", "单据编号", "报销单号"]), Column("claimant", ["报账人", "报销人"]),
        Column("dept", ["部门", "报账部门"], 0.5), Column("summary", ["报账事项", "事由", "摘要"]), Column("code", ["科目编码"], 0.3), Column("subject", ["经济科目", "支出科目"], 0.7),
        Column("payee", ["收款单位", "收款人"], 0.6), Column("invoice", ["发票号码", "发票号"], 0.5), Column("sheets", ["单据张数", "附件张数"], 0.7), Column("amount", ["报账金额", "报销金额", "金额"]),
        Column("approved", ["审核金额", "核准金额", "审定金额"], 0.7), Column("rejected", ["核减金额", "退单金额", "剔除金额"], 0.7), Column("voucher", ["凭证号", "记账凭证号"]),
        Column("book_date", ["入账日期", "记账日期"]), Column("state", ["办理状态", "状态"], 0.4), Column("remark", ["备注"], 0.3),
    ]  # fmt: skip
    return Form(
        "claim_register", ["报账登记表", "集中核算报账登记簿", "2025年报账员报账台账"], columns, records, totals=("amount",),
        defects=(
            Defect("more than claimed", ("over-limit", "sum-mismatch"), "approved", _approved_more, ("amount",)),
            Defect("one claim twice", TWICE, "claim_no", repeated("claim_no")),
            Defect("no amount", ("missing",), "amount", emptied("amount")),
            Defect("booked before", ("bad-date",), "book_date", written("book_date", "2024-12-30"), ("date",)),
        ),
    )  # fmt: skip


def _approved_more(rows: list[Record], rng: Random) -> int | None:
    at = rng.randrange(len(rows))
    rows[at]["approved"] = money(Decimal(str(rows[at]["amount"].said)) + 100)
    return at
