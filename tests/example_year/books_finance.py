"""What the accounting centre, the treasury and the bank give, and what the school keeps against it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from example_year.accounts import BUDGET, CHART, FINANCIAL
from example_year.canteen import BANK_BEFORE
from example_year.model import NAMES, YEAR
from example_year.office import Column, Table, money, some

if TYPE_CHECKING:
    from example_year.accounts import Books
    from example_year.office import Office, Record
    from example_year.year import School

CENTRE = "编制单位：示例区教育会计核算中心"
BALANCE, JOURNAL, BANK = "科目余额表2025年12月.xlsx", "2025年序时账（核算中心）.xlsx", "基本户对账单2025.xlsx"
CANTEEN_BANK = "食堂专户交易明细2025.xlsx"
SPENT, CLAIMS = "经费支出明细账2025.xlsx", "报账登记本2025.xlsx"


def write_finance(office: Office, year: School) -> None:
    """Write all of them."""
    for basis in (FINANCIAL, BUDGET):
        write_balance(office, year.books, basis)
        _journal(office, year.books, basis)
    _bank(office, year)
    _canteen_bank(office, year)
    _cashbook(office, year)
    _claims(office, year)


def write_balance(office: Office, books: Books, basis: str, *, year: int = YEAR, file: str = BALANCE) -> None:
    """Write one book's trial balance of a year."""
    records: list[Record] = []
    for code in books.accounts(basis):
        opening, (debit, credit), closing = books.opened(code), books.moved(code), books.balance(code)
        records.append({
            "code": code, "subject": CHART[code] if len(code) == 4 else f"  {CHART[code]}", "open_dr": some(max(opening, 0)), "open_cr": some(max(-opening, 0)),
            "dr": some(debit), "cr": some(credit), "close_dr": some(max(closing, 0)), "close_cr": some(max(-closing, 0)),
        })  # fmt: skip
    names = ("open_dr", "open_cr", "dr", "cr", "close_dr", "close_cr")
    heads = ("期初余额/借方", "期初余额/贷方", "本期发生额/借方", "本期发生额/贷方", "期末余额/借方", "期末余额/贷方")
    columns = [Column("code", "科目编码", width=12), Column("subject", "科目名称", "left", 26)]
    columns += [Column(n, h, "money", 17) for n, h in zip(names, heads, strict=True)]
    top = [r for r in records if len(str(r["code"])) == 4]
    total: Record = {"subject": "合  计"} | {n: sum((r[n] or 0) for r in top) for n in names}  # type: ignore[misc]
    office.table(file, basis, Table(
        "trial_balance", f"科目余额表（{basis}）", columns, records,
        infos=("核算单位：示例中学", f"会计期间：{year}年1-12月", "单位：元"), skips={len(records): total},
        footers=(f"{CENTRE}　　打印日期：{year + 1}年1月8日",),
    ))  # fmt: skip


def _journal(office: Office, books: Books, basis: str) -> None:
    records: list[Record] = [
        {"date": each.day, "voucher": each.number, "summary": each.summary, "code": line.code, "subject": CHART[line.code],
         "project": line.project or None, "debit": money(line.amount) if line.amount > 0 else None,
         "credit": money(-line.amount) if line.amount < 0 else None}
        for each in books.of(basis) for line in each.lines
    ]  # fmt: skip
    columns = [Column("date", "凭证日期", "date"), Column("voucher", "凭证字号", width=10), Column("summary", "摘要", "left", 38), Column("code", "科目编码"),
               Column("subject", "科目名称", "left", 20), Column("project", "项目", "left", 18), Column("debit", "借方金额", "money", 16),
               Column("credit", "贷方金额", "money", 16)]  # fmt: skip
    office.table(JOURNAL, basis, Table(
        "journal", f"序时账（{basis}）", columns, records, infos=("单位：示例中学　　2025年1月1日至2025年12月31日", f"账簿：{basis}"),
        totals=("debit", "credit"), footers=(CENTRE,),
    ))  # fmt: skip


def _bank(office: Office, year: School) -> None:
    balance, records = year.books.opened("1002"), []
    for n, row in enumerate(sorted(year.bank, key=lambda each: each.cleared), 1):
        balance += row.amount
        records.append({
            "date": row.cleared, "serial_no": f"{row.cleared:%Y%m%d}3701{n:06d}", "summary": row.summary[:12], "debit": some(max(-row.amount, 0)),
            "credit": some(max(row.amount, 0)), "balance": money(balance), "counterparty": row.party, "counter_account": f"3705016{n * 7919 % 10**9:09d}",
        })  # fmt: skip
    columns = [Column("date", "交易日期", "date"), Column("serial_no", "交易流水号", width=20), Column("summary", "摘要", "left", 26),
               Column("debit", "借方发生额（支出）", "money", 15), Column("credit", "贷方发生额（收入）", "money", 15),
               Column("balance", "账户余额", "money", 15), Column("counterparty", "对方户名", "left", 24), Column("counter_account", "对方账号", width=18)]  # fmt: skip
    office.table(BANK, "Sheet1", Table(
        "bank_statement", "示例银行对公账户交易明细", columns, records, infos=("账号：37050161880800001234　　户名：示例中学", "起止日期：20250101-20251231"),
        before=[{"summary": "上年结转", "balance": money(year.books.opened("1002"))}], footers=(),
    ))  # fmt: skip


def _canteen_bank(office: Office, year: School) -> None:
    """Write the canteen's own account as another bank exports it: one column of amounts, a mark for the side."""
    balance, records = BANK_BEFORE, []
    for n, row in enumerate(year.canteen.cash, 1):
        balance += row.amount
        records.append({
            "date": row.day, "side": "贷" if row.amount > 0 else "借", "amount": money(abs(row.amount)), "balance": money(balance), "counterparty": row.account,
            "purpose": row.summary, "serial_no": f"N{row.day:%y%m%d}{n * 6151 % 10**8:08d}",
        })  # fmt: skip
    columns = [Column("date", "记账日期", "date"), Column("side", "借贷标志", width=9), Column("amount", "交易金额", "money", 15), Column("balance", "余额", "money", 15),
               Column("counterparty", "对方名称", "left", 16), Column("purpose", "用途", "left", 36), Column("serial_no", "交易流水号", width=20)]  # fmt: skip
    office.table(CANTEEN_BANK, "明细", Table("bank_statement", "账户交易明细查询", columns, records, infos=("账号：9050105022205000056789", "户名：示例中学食堂　　币种：人民币"), footers=()))


def _cashbook(office: Office, year: School) -> None:
    records: list[Record] = [
        {"seq": n, "date": p.day, "voucher": p.voucher.number if p.voucher else None, "summary": p.summary, "code": p.code,
         "subject": NAMES[p.code], "project": p.project or "基本支出", "payee": p.payee, "expense": money(p.amount), "pay_how": p.how,
         "invoice": p.invoice or None, "handler": p.handler or None}
        for n, p in enumerate(year.payments, 1)
    ]  # fmt: skip
    columns = [Column("seq", "序号", "number", 6), Column("date", "支付日期", "date"), Column("voucher", "凭证号", width=9), Column("summary", "摘要", "left", 34),
               Column("code", "经济科目编码"), Column("subject", "经济科目", "left", 20), Column("project", "项目", "left", 20), Column("payee", "收款单位", "left", 24),
               Column("expense", "支出金额", "money", 15), Column("pay_how", "支付方式", width=14), Column("invoice", "发票号码", width=23), Column("handler", "经手人")]  # fmt: skip
    half = next(n for n, p in enumerate(year.payments) if p.day >= date(YEAR, 7, 1))
    for sheet, own in (("上半年", records[:half]), ("下半年", records[half:])):
        office.table(SPENT, sheet, Table(
            "cashbook", f"示例中学2025年经费支出明细账（{sheet}）", columns, own, infos=("填报单位：示例中学总务处", "单位：元"), totals=("expense",),
        ))  # fmt: skip


def _claims(office: Office, year: School) -> None:
    paid = [(p.claimed, p.summary, p.code, p.payee, p.invoice, p.amount, p.voucher, p.day) for p in year.payments if p.claimed]
    open_ones = [(o.day, o.summary, o.code, o.payee, o.invoice, o.amount, None, None) for o in year.owed]
    records: list[Record] = []
    for n, (day, summary, code, payee, invoice, amount, voucher, booked) in enumerate(sorted([*paid, *open_ones], key=lambda c: (c[0], c[1])), 1):
        records.append({
            "seq": n, "date": f"{day.year}.{day.month:02d}.{day.day:02d}", "claim_no": f"BZ2025{n:04d}", "summary": summary, "subject": f"{code} {NAMES[code]}",
            "payee": payee, "invoice": invoice or None, "amount": money(amount), "approved": money(amount) if voucher else None,
            "voucher": voucher.number if voucher else None, "book_date": booked.isoformat() if booked else None, "state": "已记账" if voucher else "已受理，下年支付",
        })  # fmt: skip
    columns = [Column("seq", "序号", "number", 6), Column("date", "报账日期"), Column("claim_no", "报账单号", width=13), Column("summary", "报账事由", "left", 36),
               Column("subject", "经济科目", "left", 24), Column("payee", "收款单位", "left", 24), Column("invoice", "发票号", width=23), Column("amount", "报账金额", "money", 14),
               Column("approved", "核定金额", "money", 14), Column("voucher", "记账凭证号"), Column("book_date", "记账日期"), Column("state", "办理状态", width=16)]  # fmt: skip
    office.table(CLAIMS, "报账登记", Table("claim_register", "示例中学2025年度报账登记表", columns, records, infos=("报账员：马志平", "单位：元"), totals=("amount",)))


