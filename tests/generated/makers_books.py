"""What an accounting centre or a bank gives: 科目余额表, 明细账, 银行对账单."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from generated.makers_money import FULL_STYLES, TWICE, days_of_year, figure
from generated.registry import makes
from generated.sheets import Column, Defect, Form, Record
from generated.spoil import repeated, slipped, written
from generated.words import BLANK, Said, day, money, word

if TYPE_CHECKING:
    from random import Random

# code, name, whether its balance is a credit's
ACCOUNTS = (
    ("1002", "银行存款", False), ("1011", "零余额账户用款额度", False), ("1601", "固定资产", False), ("1602", "固定资产累计折旧", True),
    ("2307", "其他应付款", True), ("3001", "累计盈余", True), ("4001", "财政拨款收入", True), ("5001", "业务活动费用", False),
)  # fmt: skip


def _moves(rng: Random) -> list[tuple[str, str, Decimal, Decimal, Decimal]]:
    """Give code, name, opening (debit positive), debits and credits: each sums up to nothing over all accounts."""
    count = len(ACCOUNTS)
    opening = [Decimal(rng.randint(1, 900)) * 1000 * (-1 if credit else 1) for _, _, credit in ACCOUNTS]
    opening[5] = -(sum(opening) - opening[5])  # what is left is 累计盈余
    debits, given = [Decimal(0)] * count, [Decimal(0)] * count
    for _ in range(12):
        one, other = rng.sample(range(count), 2)
        one, other = (one, other) if not ACCOUNTS[one][2] or ACCOUNTS[other][2] else (other, one)
        amount = figure(rng)
        debits[one] += amount
        given[other] += amount
    return [(c, n, opening[i], debits[i], given[i]) for i, (c, n, _) in enumerate(ACCOUNTS)]


def _side(value: Decimal) -> tuple[Said, Said]:
    """Put a balance into the column of its side."""
    return (money(value), BLANK) if value >= 0 else (BLANK, money(-value))


@makes("trial_balance")
def trial_balance(rng: Random) -> Form:
    """Opening, movement and closing, each of two sides."""
    records: list[Record] = []
    sums = dict.fromkeys(("open_dr", "open_cr", "dr", "cr", "close_dr", "close_cr"), Decimal(0))
    for code, name, opening, debit, credit in _moves(rng):
        closing = opening + debit - credit
        record: Record = {
            "code": word(code) if rng.random() < 0.7 else Said(int(code), code),
            "subject": word(name, rng),
        }
        record["open_dr"], record["open_cr"] = _side(opening)
        record["dr"], record["cr"] = money(debit) if debit else BLANK, money(credit) if credit else BLANK
        record["close_dr"], record["close_cr"] = _side(closing)
        sums = {k: v + Decimal(record[k].said or 0) for k, v in sums.items()}
        records.append(record)
    words = [
        ("期初余额", "本期发生额", "期末余额"),
        ("年初余额", "本年累计发生额", "期末余额"),
        ("期初余额", "本期发生", "期末余额"),
    ]
    first, middle, last = rng.choice(words[::2])
    debit, credit = rng.choice([("借方", "贷方"), ("借方金额", "贷方金额")])
    columns = [Column("code", ["科目编码", "科目代码", "科目编号"]), Column("subject", ["科目名称", "会计科目"])]
    for head, names in ((first, ("open_dr", "open_cr")), (middle, ("dr", "cr")), (last, ("close_dr", "close_cr"))):
        columns += [Column(name, [f"{head}/{side}"]) for name, side in zip(names, (debit, credit), strict=True)]
    foot = {"subject": "合计"} | {k: float(v) for k, v in sums.items()}
    return Form(
        "trial_balance", ["科目余额表", "2025年12月科目余额表", "示例中学总账科目余额表"], columns, records, unit="元",
        extras={len(records): [foot]} if rng.random() < 0.7 else {},
        defects=(
            Defect("wrong closing", ("balance-mismatch", "debit-credit"), "close_dr", slipped("close_dr"), ("open_dr", "open_cr", "dr", "cr", "close_cr")),
            Defect("wrong movement", ("balance-mismatch", "debit-credit"), "dr", slipped("dr"), ("open_dr", "open_cr", "cr", "close_dr", "close_cr")),
            Defect("one account twice", (*TWICE, "debit-credit"), "code", repeated("code", "subject")),
        ),
    )  # fmt: skip


@makes("trial_balance")
def trial_balance_one(rng: Random) -> Form:
    """With a column for the side: 方向, 余额."""
    records: list[Record] = []
    for code, name, opening, debit, credit in _moves(rng):
        closing = opening + debit - credit
        records.append({
            "code": word(code), "subject": word(name), "open_dir": _dir(opening), "open_bal": money(abs(opening)), "dr": money(debit), "cr": money(credit),
            "close_dir": _dir(closing), "close_bal": money(abs(closing)),
        })  # fmt: skip
    columns = [
        Column("code", ["科目编码", "科目代码"]), Column("subject", ["科目名称"]), Column("open_dir", ["期初方向", "期初余额/方向"]), Column("open_bal", ["期初余额", "期初余额/金额"]),
        Column("dr", ["本期借方", "本期借方发生额", "借方发生额"]), Column("cr", ["本期贷方", "本期贷方发生额", "贷方发生额"]),
        Column("close_dir", ["期末方向", "期末余额/方向"]), Column("close_bal", ["期末余额", "期末余额/金额"]),
    ]  # fmt: skip
    deep = rng.choice([0, 1])
    for i in (2, 3, 6, 7):
        columns[i] = Column(columns[i].field, [columns[i].headers[deep]])
    return Form(
        "trial_balance", ["科目余额表", "2025年科目汇总余额表"], columns, records, unit="元",
        defects=(
            Defect("wrong closing", ("balance-mismatch", "debit-credit"), "close_bal", slipped("close_bal"), ("open_bal", "dr", "cr")),
            Defect("one account twice", (*TWICE, "debit-credit"), "code", repeated("code", "subject")),
        ),
    )  # fmt: skip


def _dir(value: Decimal) -> Said:
    return word("平" if value == 0 else "借" if value > 0 else "贷")


@makes("journal")
def journal_vouchers(rng: Random) -> Form:
    """序时账: entries by voucher, debits equal credits."""
    style = rng.choice(FULL_STYLES)
    spent = [
        ("购办公用品", "500101", "业务活动费用", "1011", "零余额账户用款额度"),
        ("付电费", "500101", "业务活动费用", "1002", "银行存款"),
        ("收代收款", "1002", "银行存款", "2307", "其他应付款"),
    ]
    records: list[Record] = []
    for n, when in enumerate(days_of_year(rng, rng.randint(4, 15)), 1):
        summary, *accounts = rng.choice(spent)
        amount = figure(rng)
        for (code, subject), side in zip((accounts[:2], accounts[2:]), ("debit", "credit"), strict=True):
            records.append({
                "date": day(when, rng, style=style), "voucher": word(f"记-{n}"), "summary": word(summary), "code": word(code), "subject": word(subject),
                "debit": money(amount, rng) if side == "debit" else BLANK, "credit": money(amount, rng) if side == "credit" else BLANK,
            })  # fmt: skip
    columns = [
        Column("date", ["日期", "凭证日期", "制单日期"]), Column("voucher", ["凭证号", "凭证字号", "凭证编号"]), Column("summary", ["摘要"]), Column("code", ["科目编码", "科目代码"], 0.8),
        Column("subject", ["科目名称", "会计科目"]), Column("debit", ["借方金额", "借方", "借方发生额"]), Column("credit", ["贷方金额", "贷方", "贷方发生额"]), Column("remark", ["备注"], 0.2),
    ]  # fmt: skip
    return Form(
        "journal", ["序时账", "2025年会计凭证序时簿", "明细账查询结果"], columns, records, totals=("debit", "credit"),
        defects=(
            Defect("voucher does not balance", ("debit-credit",), "debit", slipped("debit"), ("credit", "voucher")),
            Defect("no day", ("bad-date",), "date", written("date", "2025.9.31")),
        ),
    )  # fmt: skip


@makes("journal")
def journal_account(rng: Random) -> Form:
    """明细账 of one account: brought forward, entries, a balance with its side, sums of months."""
    style, balance = rng.choice(FULL_STYLES), Decimal(rng.randint(100, 900)) * 1000
    opening, records, extras = balance, list[Record](), dict[int, list[dict[str, object]]]()
    sums, month_sums, before = (
        {"debit": Decimal(0), "credit": Decimal(0)},
        {"debit": Decimal(0), "credit": Decimal(0)},
        0,
    )
    with_months = rng.random() < 0.6

    def close() -> None:
        if with_months and before:
            rows = [("本月合计", month_sums), ("本年累计", sums)]
            extras[len(records)] = [
                {"summary": said, "direction": "借", "balance": float(balance)} | {k: float(v) for k, v in s.items()}
                for said, s in rows
            ]

    for n, when in enumerate(days_of_year(rng, rng.randint(8, 30)), 1):
        if when.month != before:
            close()
            before, month_sums = when.month, {"debit": Decimal(0), "credit": Decimal(0)}
        side, amount = rng.choice(["debit", "credit", "credit"]), figure(rng)
        balance += amount if side == "debit" else -amount
        for held in (sums, month_sums):
            held[side] += amount
        records.append({
            "date": day(when, rng, style=style), "voucher": word(f"记-{n}"), "summary": word("收到拨款" if side == "debit" else "支付费用"), "contra": word("财政拨款收入" if side == "debit" else "业务活动费用"),
            "debit": money(amount, rng) if side == "debit" else BLANK, "credit": money(amount, rng) if side == "credit" else BLANK, "direction": word("借"), "balance": money(balance, rng),
        })  # fmt: skip
    close()
    if rng.random() < 0.8:
        extras[0] = [{"summary": rng.choice(["上年结转", "期初余额"]), "direction": "借", "balance": float(opening)}]
    columns = [
        Column("date", ["日期"]), Column("voucher", ["凭证号", "凭证字号"]), Column("summary", ["摘要"]), Column("contra", ["对方科目"], 0.5), Column("debit", ["借方", "借方金额"]),
        Column("credit", ["贷方", "贷方金额"]), Column("direction", ["方向", "借或贷", "余额方向"]), Column("balance", ["余额"]),
    ]  # fmt: skip
    return Form(
        "journal", ["明细账", "银行存款明细账", "三栏式明细账"], columns, records, infos=("科目：1002 银行存款",), context={"subject": "银行存款"}, extras=extras,
        defects=(
            Defect("wrong balance", ("balance-mismatch",), "balance", slipped("balance"), ("debit", "credit")),
            Defect("no day", ("bad-date",), "date", written("date", "2025.9.31")),
        ),
    )  # fmt: skip


@makes("bank_statement")
def bank_statement(rng: Random) -> Form:
    """A bank's list: to it a debit is what goes out."""
    style, balance = rng.choice(FULL_STYLES), Decimal(rng.randint(100, 900)) * 1000
    opening, records = balance, list[Record]()
    by_words = rng.random() < 0.4
    for n, when in enumerate(days_of_year(rng, rng.randint(6, 30)), 1):
        is_in, amount = rng.random() < 0.4, figure(rng)
        balance += amount if is_in else -amount
        records.append({
            "date": day(when, rng, style=style), "serial_no": word(f"2025{n:06d}"), "voucher": word(f"{n:08d}"), "summary": word("转账存入" if is_in else "转账支取"),
            "debit": BLANK if is_in else money(amount, rng), "credit": money(amount, rng) if is_in else BLANK, "balance": money(balance, rng),
            "counterparty": word(rng.choice(["示例电力公司", "示例文具店", "示例区财政局"])), "counter_account": word("1603000000000001"), "purpose": word("往来款"),
        })  # fmt: skip
    sides = (
        ("支出", "收入")
        if by_words
        else rng.choice([("借方发生额", "贷方发生额"), ("借方", "贷方"), ("借方金额", "贷方金额")])
    )
    columns = [
        Column("date", ["交易日期", "记账日期", "日期"]), Column("serial_no", ["交易流水号", "流水号", "交易序号"]), Column("voucher", ["凭证号", "凭证号码"], 0.4), Column("summary", ["摘要"]),
        Column("debit", [sides[0]]), Column("credit", [sides[1]]), Column("balance", ["余额", "账户余额"]), Column("counterparty", ["对方户名", "对方单位", "对方账户名称"]),
        Column("counter_account", ["对方账号"], 0.7), Column("purpose", ["用途", "附言"], 0.5),
    ]  # fmt: skip
    extras = (
        {0: [{"summary": rng.choice(["承前页", "上期余额", "期初余额"]), "balance": float(opening)}]}
        if rng.random() < 0.4
        else {}
    )
    return Form(
        "bank_statement", ["中国示例银行对账单", "示例银行账户交易明细", "活期账户对账单"], columns, records, titled=by_words, extras=extras,
        infos=("账号：37001000000000001234　　户名：示例中学　　币种：人民币",), context={"account": "37001000000000001234"}, footers=("本对账单仅供参考",),
        defects=(
            Defect("wrong balance", ("balance-mismatch",), "balance", slipped("balance"), ("debit", "credit")),
            Defect("no day", ("bad-date",), "date", written("date", "2025.9.31")),
            Defect("one entry twice", TWICE, "serial_no", repeated("serial_no", "debit", "credit")),
        ),
    )  # fmt: skip


@makes("bank_statement")
def bank_marked(rng: Random) -> Form:
    """With a mark for the side: 借贷标志, 交易金额."""
    style, balance = rng.choice(FULL_STYLES), Decimal(rng.randint(100, 900)) * 1000
    marks = rng.choice([("借", "贷"), ("D", "C"), ("支出", "收入")])
    records: list[Record] = []
    for n, when in enumerate(days_of_year(rng, rng.randint(6, 30)), 1):
        is_in, amount = rng.random() < 0.4, figure(rng)
        balance += amount if is_in else -amount
        records.append({
            "date": day(when, rng, style=style), "serial_no": word(f"2025{n:06d}"), "summary": word("转账存入" if is_in else "转账支取"), "side": Said(marks[is_in], "贷" if is_in else "借"),
            "amount": money(amount, rng), "balance": money(balance, rng), "counterparty": word("示例区财政局" if is_in else "示例文具店"),
        })  # fmt: skip
    columns = [
        Column("date", ["交易日期", "交易时间"]), Column("serial_no", ["流水号", "交易流水号"], 0.8), Column("summary", ["摘要", "交易摘要"]), Column("side", ["借贷标志", "借贷方向", "收支标志"]),
        Column("amount", ["交易金额", "发生额", "金额"]), Column("balance", ["余额", "账户余额"]), Column("counterparty", ["对方户名", "对方名称"]),
    ]  # fmt: skip
    return Form(
        "bank_statement", ["账户交易明细清单", "示例银行账户交易明细"], columns, records,
        defects=(
            Defect("wrong balance", ("balance-mismatch",), "balance", slipped("balance"), ("side", "amount")),
            Defect("no such side", ("not-allowed", "unknown-word"), "side", written("side", "待定")),
        ),
    )  # fmt: skip
