"""The canteen's workbooks: journal, statements, food received and in stock, meals by the day, prepaid meals, the price."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from example_year.canteen import BANK_BEFORE, PRICE
from example_year.model import YEAR
from example_year.office import Column, Table, money, some

if TYPE_CHECKING:
    from example_year.office import Office, Record
    from example_year.year import School

JOURNAL, STATEMENT, RECEIVED, STOCK = "食堂日记账2025.xlsx", "食堂收支公示表2025年各月.xlsx", "食材采购验收台账2025.xlsx", "食材收发存月报2025.xlsx"
DAILY, PREPAID, PRICED = "学生午餐就餐人数2025.xlsx", "学生餐费预收结算2025.xlsx", "餐标成本测算表.xlsx"
ITEMS = (
    ("一、食堂收入", "income"), ("1、学生伙食费", "pupils"), ("2、教职工就餐", "staff"), ("二、食堂支出", "cost"), ("1、菜品", "dish"), ("2、米/油", "staple"), ("3、调味品", "spice"),
    ("4、其他物料", "supplies"), ("5、燃气", "gas"), ("6、水电", "water"), ("7、工资", "wages"), ("三、税金及附加", "tax"), ("四、管理费用", "office"), ("1、维修", "repairs"),
    ("2、检测", "tests"), ("五、财务费用", "finance"), ("1、利息收入（以“－”号填列）", "interest"), ("2、手续费", "fees"), ("六、营业利润", "profit"),
)  # fmt: skip
COSTS = (("食材", 390), ("燃料动力", 60), ("人工", 160), ("低值易耗品", 20), ("维修检测", 20))


def write_canteen(office: Office, year: School) -> None:
    """Write all of them."""
    _journal(office, year)
    _statements(office, year)
    _received(office, year)
    _stock(office, year)
    _daily(office, year)
    _prepaid(office, year)
    _price(office)


def _journal(office: Office, year: School) -> None:
    balance, records, skips = BANK_BEFORE, [], {}
    month, sums = 1, [0, 0]
    for n, row in enumerate(year.canteen.cash):
        if row.day.month != month:
            skips[n] = {"summary": "本月合计", "income": money(sums[0]), "expense": money(sums[1])}
            month, sums = row.day.month, [0, 0]
        balance += row.amount
        sums[row.amount < 0] += abs(row.amount)
        records.append({"date": row.day, "voucher": f"食{row.day.month:02d}-{n + 1:03d}", "summary": row.summary, "account": row.account, "income": some(max(row.amount, 0)),
                        "expense": some(max(-row.amount, 0)), "balance": money(balance), "person": "马志平"})  # fmt: skip
    skips[len(records)] = {"summary": "本月合计", "income": money(sums[0]), "expense": money(sums[1])}
    columns = [Column("date", "日期", "date"), Column("voucher", "凭证号", width=11), Column("summary", "摘要", "left", 38), Column("account", "科目", width=12), Column("income", "收入", "money", 14),
               Column("expense", "支出", "money", 14), Column("balance", "余额", "money", 15), Column("person", "经手人")]  # fmt: skip
    office.table(JOURNAL, "2025年", Table("canteen_journal", "示例中学食堂日记账（2025年）", columns, records, infos=("账户：食堂专户", "单位：元"), before=[{"summary": "上年结转", "balance": money(BANK_BEFORE)}],
                                        skips=skips))  # fmt: skip


def _statements(office: Office, year: School) -> None:
    so_far = dict.fromkeys((key for _, key in ITEMS), 0)
    columns = [Column("item", "项目", "left", 34), Column("month_amt", "本月金额", "money", 18), Column("year_amt", "本年累计金额", "money", 18)]
    for month, line in enumerate(year.canteen.statement, 1):
        records: list[Record] = []
        for word, key in ITEMS:
            so_far[key] += line[key]
            records.append({"item": word, "month_amt": money(line[key]), "year_amt": money(so_far[key]), "key": key, "month": month})
        office.table(STATEMENT, f"{month}月", Table(
            "canteen_statement", "食堂收支情况公示表", columns, records, infos=(f"食堂性质：自营　　2025年{month}月", "单位：元"), landscape=False,
            footers=("编制人：　　　　审核人：　　　　单位（盖章）：",),
        ))  # fmt: skip


def _received(office: Office, year: School) -> None:
    columns = [Column("receipt_date", "进货日期", "date"), Column("food", "食品名称", "left", 14), Column("food_class", "类别", width=9), Column("spec", "规格"), Column("uom", "单位", width=7), Column("qty", "数量", "number", 9),
               Column("price", "单价", "money", 9), Column("amount", "金额", "money", 12), Column("prod_date", "生产日期"), Column("shelf_life", "保质期", width=9), Column("supplier", "供货者", "left", 22),
               Column("certs", "索证索票", "left", 20), Column("sensory", "感官检查", width=9), Column("checker1", "验收人1", width=9), Column("checker2", "验收人2", width=9)]  # fmt: skip
    for sheet, months in (("春季", range(1, 8)), ("秋季", range(8, 13))):
        records: list[Record] = [
            {"receipt_date": r.day, "food": r.food[0], "food_class": r.food[1], "spec": r.food[2], "uom": "公斤", "qty": r.qty, "price": r.price / 100, "amount": money(r.amount),
             "prod_date": (r.day - timedelta(days=20 if "月" in r.food[6] else 1)).isoformat(), "shelf_life": r.food[6], "supplier": r.food[5], "certs": r.food[7], "sensory": "良好", "checker1": "孙立平",
             "checker2": "高振华"}
            for r in sorted(year.canteen.receipts, key=lambda r: r.day) if r.day.month in months
        ]  # fmt: skip
        office.table(RECEIVED, sheet, Table("food_receipt", f"示例中学食堂食材采购验收台账（2025年{sheet}）", columns, records, infos=("学校：示例中学食堂", "单位：公斤、元"), totals=("amount",)))


def _stock(office: Office, year: School) -> None:
    columns = [Column("seq", "序号", "number", 6), Column("name", "食材名称", "left", 14), Column("spec", "规格"), Column("uom", "单位", width=7)]
    for head, name in (("上月结存", "open"), ("本月购进", "in"), ("本月耗用", "out"), ("本月结存", "close")):
        columns += [Column(f"{name}_qty", f"{head}/数量", "number", 9), Column(f"{name}_amt", f"{head}/金额", "money", 12)]
    for month in range(1, 13):
        records: list[Record] = [
            {"seq": n, "name": m.food[0], "spec": m.food[2], "uom": "公斤", "open_qty": m.open_qty, "open_amt": money(m.open_amount), "in_qty": m.in_qty or None, "in_amt": some(m.in_amount),
             "out_qty": m.out_qty or None, "out_amt": some(m.out_amount), "close_qty": m.qty, "close_amt": money(m.amount), "month": month}
            for n, m in enumerate((m for m in year.canteen.months if m.month == month), 1)
        ]  # fmt: skip
        office.table(STOCK, f"{month}月", Table("food_stock", f"示例中学食堂2025年{month}月食材收发存月报表", columns, records, infos=("食堂保管员：高振华", "金额单位：元"),
                                              totals=("open_amt", "in_amt", "out_amt", "close_amt")))  # fmt: skip


def _daily(office: Office, year: School) -> None:
    """Write a sheet a month: classes down, days across."""
    for month in range(1, 13):
        days = sorted({day for day, _ in year.canteen.counts if day.month == month})
        if not days:
            continue
        columns = [Column("class", "班级", width=14), *(Column(f"d{day.day}", f"{day.month}月{day.day}日", "number", 8) for day in days), Column("", "合计", "number", 9)]
        records: list[Record] = []
        for each in year.canteen.prepaid.values():
            counts = {f"d{day.day}": year.canteen.counts[day, each.name] for day in days}
            records.append({"class": each.name, **counts, "合计": sum(counts.values()), "month": month})
        sums: Record = {name: sum(r[name] for r in records) for name in records[0] if name not in {"class", "month"}}  # type: ignore[misc]
        office.table(DAILY, f"{month}月", Table("meal_daily", f"示例中学{YEAR}年{month}月学生午餐就餐人数统计表", columns, records, infos=("统计人：高振华", "单位：人"),
                                              skips={len(records): {"class": "合计", **sums}}))  # fmt: skip


def _prepaid(office: Office, year: School) -> None:
    records: list[Record] = [
        {"seq": n, "class": p.name, "unit_price": PRICE / 100, "open": money(p.opening), "prepaid": money(p.paid), "real_meals": p.meals, "due": money(p.due), "refund": money(p.refund), "carry": money(p.carry)}
        for n, p in enumerate(year.canteen.prepaid.values(), 1)
    ]  # fmt: skip
    columns = [Column("seq", "序号", "number", 6), Column("class", "班级", width=14), Column("unit_price", "餐标", "money", 8), Column("open", "上年结转", "money", 14), Column("prepaid", "预收金额", "money", 15),
               Column("real_meals", "实际就餐餐数", "number"), Column("due", "应收金额", "money", 15), Column("refund", "退费金额", "money", 13), Column("carry", "结转下年", "money", 15)]  # fmt: skip
    office.table(PREPAID, "2025年度", Table("meal_fee", "示例中学2025年度学生餐费预收结算表（分班）", columns, records, infos=("填报单位：食堂", "单位：元"),
                                          totals=("open", "prepaid", "real_meals", "due", "refund", "carry")))  # fmt: skip


def _price(office: Office) -> None:
    records: list[Record] = [{"seq": n, "item": item, "cost": cost / 100, "ratio": round(cost * 100 / PRICE, 2)} for n, (item, cost) in enumerate(COSTS, 1)]
    columns = [Column("seq", "序号", "number", 6), Column("item", "成本项目", "left", 20), Column("cost", "每餐成本", "money", 12), Column("ratio", "占比（%）", "percent", 12), Column("remark", "备注", "left", 20)]
    office.table(PRICED, "午餐", Table("meal_price", "示例中学学生午餐餐标成本测算表", columns, records, infos=("餐次：午餐", f"核定餐标：{PRICE / 100:.2f}元"), totals=("cost",), landscape=False))


