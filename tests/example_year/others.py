"""What is not the school's to spend: fees for others, deposits, money for the treasury, water paid for the canteen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from example_year.model import YEAR, BankRow, Debt, Fee, yuan

if TYPE_CHECKING:
    from example_year.model import Year

BASIS = "鲁发改成本〔2022〕12号"
# Of each item: who pays, how many, how much, let off, opening, spent when and how much, refunded likewise, to whom it goes.
FEES = (
    ("校服费", "2024年秋季新生", 0, 0, 0, 6_412, ((3, 14), 6_412), None, "锦绣校服有限公司"),
    ("作业本费", "2025年春季在校学生", 797, 46, 644, 0, ((4, 16), 33_474), ((7, 3), 2_544), "新华书店"),
    ("作业本费", "2025年秋季在校学生", 797, 46, 690, 0, ((10, 15), 33_474), ((12, 26), 2_498), "新华书店"),
    ("校服费", "2025年秋季新生", 220, 315, 1_260, 0, ((11, 18), 61_236), ((12, 10), 630), "锦绣校服有限公司"),
    ("社会实践活动费", "2025年秋季七年级学生", 224, 85, 510, 0, ((10, 30), 18_120), ((12, 9), 410), "绿源研学基地"),
)  # fmt: skip
COLLECTED = {"2025年春季在校学生": (2, 20), "2025年秋季在校学生": (9, 4), "2025年秋季新生": (9, 10), "2025年秋季七年级学生": (10, 9)}
INTEREST = ((3, 486.37), (6, 521.94), (9, 508.66), (12, 563.18))
DEPOSIT = yuan(14_900)
BUILDER = "鲁筑市政工程有限公司"
LOAN = yuan(3_000)
# What the canteen used of the school's water, 元, by month; the school pays the supplier and gets it back next month.
CANTEEN_WATER = (1_402.70, 498.00, 1_809.40, 1_892.40, 1_846.75, 1_975.40, 352.75, 0, 1_950.50, 1_701.50, 1_888.25, 1_826.00)
WATER_BEFORE = yuan(1_543.80)
FREE = yuan(52_318.46)  # 非财政拨款结余 as last year left it


ACCOUNTS = {"作业本费": "23070101", "校服费": "23070102", "社会实践活动费": "23070103"}


def open_others() -> list[tuple[str, int]]:
    """Give the openings: what the bank holds is what is owed to others and what is the school's own to spend."""
    fees = [(ACCOUNTS[row[0]], -yuan(row[5])) for row in FEES if row[5]]
    bank = FREE - sum(amount for _, amount in fees) - WATER_BEFORE
    return [("1002", bank), ("121801", WATER_BEFORE), *fees]


def collect_fees(year: Year) -> None:
    """Collect, pay out and refund; what is left stands in 其他应付款 under the item."""
    for item, payer, persons, standard, waived, opening, spent, refund, payee in FEES:
        fee = Fee(item, payer, BASIS, persons, yuan(standard), yuan(waived), yuan(spent[1]), yuan(refund[1]) if refund else 0,
                  yuan(opening))  # fmt: skip
        year.fees.append(fee)
        if fee.collected:
            day = date(YEAR, *COLLECTED[payer])
            year.over_the_bank(BankRow(day, f"收{item}（{payer}）", "代收费专户", fee.collected), ACCOUNTS[item])
        year.over_the_bank(BankRow(date(YEAR, *spent[0]), f"付{item}（{payer}）", payee, -fee.spent), ACCOUNTS[item])
        if refund:
            year.over_the_bank(BankRow(date(YEAR, *refund[0]), f"退{item}（{payer}）", "学生家长", -fee.refund), ACCOUNTS[item])


def pass_through(year: Year) -> None:
    """Hold a deposit, take interest, hand the treasury its own, lend and get back, pay the canteen's water."""
    year.over_the_bank(BankRow(date(YEAR, 6, 27), "收塑胶跑道工程履约保证金", BUILDER, DEPOSIT), "230702")
    for month, amount in INTEREST:
        row = BankRow(date(YEAR, month, 25), f"{month}月结息", "开户银行", yuan(amount))
        year.over_the_bank(row, "4604")
        year.books.post(row.day, row.summary, ("800102", row.amount), ("6602", -row.amount))
    year.over_the_bank(BankRow(date(YEAR, 3, 5), "教研员外出学习借款", "教研组公务借款", -LOAN), "121802")
    year.over_the_bank(BankRow(date(YEAR, 4, 2), "归还外出学习借款", "教研组公务借款", LOAN), "121802")
    year.over_the_bank(BankRow(date(YEAR, 10, 24), "报废资产残值收入", "再生资源回收公司", yuan(460)), "2103")
    year.over_the_bank(BankRow(date(YEAR, 11, 5), "上缴资产处置收入", "市财政局国库", -yuan(460)), "2103")
    before = WATER_BEFORE
    for month, amount in enumerate(CANTEEN_WATER, 1):
        if before:
            year.over_the_bank(BankRow(date(YEAR, month, 12), f"收回代垫食堂{(month - 2) % 12 + 1}月水费", "学校食堂", before), "121801")
        before = yuan(amount)
        if before:
            year.over_the_bank(BankRow(date(YEAR, month, 28), f"代垫食堂{month}月水费", "城市供水有限公司", -before), "121801")


def list_debts(year: Year, track_retention: int, lavatory_retention: int, late: int, late_goods: int) -> None:
    """List 往来款 as they stand at the end of the year."""
    fees: dict[str, list[Fee]] = {}
    for fee in year.fees:
        fees.setdefault(fee.item, []).append(fee)
    parties = {"校服费": "锦绣校服有限公司", "作业本费": "新华书店", "社会实践活动费": "绿源研学基地"}
    days = {"校服费": (9, 10), "作业本费": (2, 20), "社会实践活动费": (10, 9)}
    for item, own in fees.items():
        year.debts.append(Debt("其他应付款", parties[item], item, date(YEAR, *days[item]), sum(f.opening for f in own),
                               sum(f.collected for f in own), sum(f.spent + f.refund for f in own)))  # fmt: skip
    year.debts.append(Debt("其他应付款", BUILDER, "塑胶跑道工程履约保证金", date(YEAR, 6, 27), 0, DEPOSIT, 0))
    water = [yuan(each) for each in CANTEEN_WATER]
    year.debts.append(Debt("其他应收款", "学校食堂", "代垫水费", date(YEAR, 12, 28), WATER_BEFORE, sum(water),
                           WATER_BEFORE + sum(water[:-1])))  # fmt: skip
    year.debts.append(Debt("其他应收款", "教研组公务借款", "外出学习借款", date(YEAR, 3, 5), 0, LOAN, LOAN))
    year.debts.append(Debt("应付账款", "美凯家电商场", "图书室空调机货款", date(YEAR - 1, 12, 20), late, 0, late))
    year.debts.append(
        Debt("应付账款", "文苑办公用品商行", "2024年12月办公用品货款", date(YEAR - 1, 12, 24), late_goods, 0, late_goods)
    )
    year.debts.append(Debt("应付账款", BUILDER, "塑胶跑道工程质保金", date(YEAR, 9, 26), 0, track_retention, 0))
    year.debts.append(Debt("应付账款", "恒泰建筑安装有限公司", "厕所改造工程质保金", date(YEAR, 9, 11), 0, lavatory_retention, 0))
    owed: dict[str, int] = {}
    for each in year.owed:
        owed[each.payee] = owed.get(each.payee, 0) + each.amount
    for payee, amount in owed.items():
        day = min(each.day for each in year.owed if each.payee == payee)
        reason = "、".join(dict.fromkeys(each.summary for each in year.owed if each.payee == payee))
        year.debts.append(Debt("应付账款", payee, reason, day, 0, amount, 0))
