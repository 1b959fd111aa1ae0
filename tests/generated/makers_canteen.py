"""What the canteen keeps: food in, in stock and sampled, the money, what is posted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from generated.registry import makes
from generated.sheets import Column, Defect, Form, Record
from generated.spoil import emptied, repeated, slipped, written
from generated.words import BLANK, DAY_STYLES, Said, cents, day, money, number, school_days, word

if TYPE_CHECKING:
    from random import Random

FOODS = (
    ("大米", "米面", "25kg/袋", "公斤", "5.6", 365), ("面粉", "米面", "25kg/袋", "公斤", "4.4", 365), ("大豆油", "食用油", "20L/桶", "桶", "185", 540),
    ("猪肉", "肉类", "鲜", "公斤", "26", 3), ("鸡腿", "肉类", "冻", "公斤", "15.8", 180), ("鸡蛋", "蛋类", "散", "公斤", "9.8", 30),
    ("土豆", "蔬菜", "散", "公斤", "3.2", 30), ("白菜", "蔬菜", "散", "公斤", "2.1", 7), ("西红柿", "蔬菜", "散", "公斤", "5.5", 7),
    ("豆腐", "豆制品", "板", "公斤", "4.8", 2), ("食盐", "调料", "400g/袋", "袋", "2.5", 720), ("生抽", "调料", "1.9L/桶", "桶", "22", 540),
    ("苹果", "水果", "散", "公斤", "7.6", 30), ("芹菜", "蔬菜", "散", "公斤", "4", 5), ("粉条", "干货", "5kg/捆", "公斤", "12", 365),
)  # fmt: skip
DISHES = (
    "西红柿炒鸡蛋",
    "土豆烧鸡块",
    "清炒白菜",
    "红烧肉",
    "米饭",
    "馒头",
    "紫菜蛋花汤",
    "小米粥",
    "芹菜炒肉",
    "麻婆豆腐",
    "鱼香肉丝",
    "油条",
    "茶叶蛋",
)


@makes("food_receipt")
def food_receipt(rng: Random) -> Form:
    """A row a delivery of one food."""
    style, made_style = rng.choice(DAY_STYLES), rng.choice([s for s in DAY_STYLES if s != "short"])
    chosen = [rng.choice(FOODS) for _ in range(rng.randint(6, 25))]
    records: list[Record] = []
    for n, (food, kind, spec, uom, price, days) in enumerate(chosen, 1):
        when = date(2025, 9, 1) + timedelta(days=(n - 1) // 4)
        quantity = Decimal(rng.randint(2, 300)) / rng.choice([1, 1, 2])
        records.append({
            "seq": number(n), "receipt_date": day(when, rng, style=style), "food": word(food, rng), "food_class": word(kind), "spec": word(spec),
            "uom": word(uom), "qty": number(quantity, rng, unit=uom), "price": number(Decimal(price)), "amount": money(cents(quantity * Decimal(price)), rng),
            "prod_date": _made(when - timedelta(days=rng.randint(0, min(days, 60) // 2)), rng, made_style),
            "shelf_life": word(f"{days}天" if days < 90 else f"{days // 30}个月"), "supplier": word(rng.choice(["示例粮油店", "示例蔬菜配送"])),
            "supplier_addr": word("示例路1号"), "phone": word("13800000001"), "certs": word(rng.choice(["齐全", "有", "已索取"])),
            "sensory": word(rng.choice(["合格", "新鲜", "良好"])), "checker1": word("李四"), "checker2": word("王五"), "buyer": word("张三"),
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.7), Column("receipt_date", ["进货日期", "采购日期", "日期", "验收日期"]),
        Column("food_class", ["类别", "食品类别"], 0.4), Column("food", ["食品名称", "品名", "食材名称", "原料名称"]), Column("spec", ["规格", "规格型号"], 0.6),
        Column("uom", ["单位", "计量单位"]), Column("qty", ["数量", "进货数量"]), Column("price", ["单价", "单价（元）"]),
        Column("amount", ["金额", "金额（元）", "总价"]), Column("prod_date", ["生产日期", "生产日期/批号"], 0.9), Column("shelf_life", ["保质期"], 0.9),
        Column("supplier", ["供货者名称", "供应商", "供货单位", "供货商"]), Column("supplier_addr", ["地址", "供货者地址"], 0.3),
        Column("phone", ["联系电话", "联系方式"], 0.4), Column("certs", ["索证索票情况", "索证索票", "票证情况"]),
        Column("sensory", ["感官检查", "感官性状", "质量情况"], 0.7), Column("checker1", ["验收人1", "验收人（一）", "验收人"]),
        Column("checker2", ["验收人2", "复验人", "验收人（二）"]), Column("buyer", ["采购员", "采购人"], 0.5), Column("remark", ["备注"], 0.4),
    ]  # fmt: skip
    columns = [c for c in columns if c.field not in {"checker1", "checker2"}]
    pair = rng.choice(
        [("验收人1", "验收人2"), ("验收人一", "验收人二"), ("验收人", "复验人"), ("验收人（1）", "验收人（2）")]
    )
    at = next(i for i, c in enumerate(columns) if c.field == "buyer")
    columns[at:at] = [Column("checker1", [pair[0]]), Column("checker2", [pair[1]])]

    def stale(rows: list[Record], rng: Random) -> int | None:
        able = [i for i, r in enumerate(rows) if r["food"].said in {"猪肉", "豆腐", "白菜"}]
        if not able:
            return None
        at = rng.choice(able)
        rows[at]["prod_date"] = _made(date(2025, 8, 1), rng, made_style)
        return at

    return Form(
        "food_receipt", ["食品采购验收台账", "食品及原料进货查验记录", "食堂食材采购登记表"], columns, records, unit="元", totals=("amount",),
        defects=(
            Defect("wrong amount", ("amount-mismatch",), "amount", slipped("amount"), ("qty", "price")),
            Defect("checked by one", ("one-signer",), "checker2", written("checker2", "李四"), ("checker1",)),
            Defect("no certificate", ("missing", "bad-record"), "certs", _no_certificate),
            Defect("past its date", ("expired",), "shelf_life", stale, ("prod_date",)),
            Defect("no food", ("missing",), "food", emptied("food")),
        ),
    )  # fmt: skip


def _made(when: date, rng: Random, style: str) -> Said:
    """Write the day of making: a text field, as a batch number may stand in its place."""
    said = day(when, rng, style=style)
    return word(said.written) if isinstance(said.written, str) else replace(said, said=f"{when.year}-{when.month}-{when.day}")


def _no_certificate(rows: list[Record], rng: Random) -> int | None:
    able = [i for i, r in enumerate(rows) if r["food"].said in {"猪肉", "鸡腿", "大米", "大豆油"}]
    if not able:
        return None
    at = rng.choice(able)
    rows[at]["certs"] = rng.choice([BLANK, word("无")])
    return at


@makes("food_issue")
def food_issue(rng: Random) -> Form:
    """A row a food that left the store room, with its day, or a slip of one day with the day above the table."""
    style, slip = rng.choice(DAY_STYLES), rng.random() < 0.4
    records: list[Record] = []
    for n in range(rng.randint(6, 25)):
        food, kind, spec, uom, price, _ = rng.choice(FOODS)
        quantity = Decimal(rng.randint(2, 120)) / rng.choice([1, 1, 2])
        meal = rng.choice(["早餐", "午餐", "晚餐"])
        records.append({
            "seq": number(n + 1), "out_date": day(date(2025, 9, 1) + timedelta(days=n // 4), rng, style=style),
            "meal": word(meal), "food": word(food, rng), "food_class": word(kind), "spec": word(spec), "uom": word(uom),
            "qty": number(quantity, rng, unit=uom), "price": number(Decimal(price)), "amount": money(cents(quantity * Decimal(price)), rng),
            "receiver": word("孙师傅"), "issuer": word("张三"),
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.7), Column("out_date", ["出库日期", "领料日期", "日期", "领用日期"]), Column("meal", ["餐次", "餐别"], 0.5),
        Column("food_class", ["类别", "类型"], 0.4), Column("food", ["食材名称", "品名", "原料名称", "食品名称"]), Column("spec", ["规格"], 0.4),
        Column("uom", ["单位", "计量单位"]), Column("qty", ["出库数量", "数量", "领用数量"]), Column("price", ["单价"]), Column("amount", ["金额", "金额（元）"]),
        Column("receiver", ["领料人", "领用人"], 0.8), Column("issuer", ["发料人", "保管员"], 0.6), Column("remark", ["备注"], 0.4),
    ]  # fmt: skip
    if slip:
        columns = [each for each in columns if each.field not in {"out_date", "meal"}]
    context = {"out_date": "2025-09-10"} if slip else {}
    return Form(
        "food_issue", ["食材出库单", "食堂领料单", "食堂原料出库登记表", "食堂用料登记"], columns, records, unit="元", totals=("amount",),
        infos=("出库日期：2025年9月10日",) if slip else (), context=context, titled=True,
        defects=(
            Defect("wrong amount", ("amount-mismatch",), "amount", slipped("amount"), ("qty", "price")),
            Defect("no food", ("missing",), "food", emptied("food")),
        ),
    )  # fmt: skip


@makes("food_stock")
def food_stock(rng: Random) -> Form:
    """A month's food: opening, in, out, closing."""
    deep = rng.random() < 0.5
    records: list[Record] = []
    for n, (food, kind, spec, uom, price, _) in enumerate(rng.sample(FOODS, rng.randint(6, len(FOODS))), 1):
        opening, bought = rng.randint(0, 80), rng.randint(10, 600)
        used = rng.randint(bought // 2, opening + bought)
        record: Record = {
            "seq": number(n),
            "category": word(kind),
            "name": word(food, rng),
            "spec": word(spec),
            "uom": word(uom),
        }
        for part, quantity in {"open": opening, "in": bought, "out": used, "close": opening + bought - used}.items():
            record[f"{part}_qty"] = number(quantity, rng, unit=uom)
            record[f"{part}_price"] = number(Decimal(price))
            record[f"{part}_amt"] = money(cents(quantity * Decimal(price)), rng)
        records.append(record)
    words = {
        "open": ["期初结存", "上月结存", "月初库存"], "in": ["本月购进", "本月入库", "本期入库"],
        "out": ["本月耗用", "本月出库", "本期领用"], "close": ["期末结存", "本月结存", "月末库存"],
    }  # fmt: skip
    chosen = {part: rng.choice(names) for part, names in words.items()}
    columns = [
        Column("seq", ["序号"], 0.7), Column("category", ["类别"], 0.4), Column("name", ["食材名称", "品名", "食品名称", "原料名称"]), Column("spec", ["规格"], 0.6),
        Column("uom", ["单位", "计量单位"]),
    ]  # fmt: skip
    for part in words:
        columns.append(
            Column(f"{part}_qty", [f"{chosen[part]}/数量"] if deep else [f"{chosen[part]}数量", chosen[part]])
        )
        if deep:
            columns.append(Column(f"{part}_price", [f"{chosen[part]}/单价"]))
            columns.append(Column(f"{part}_amt", [f"{chosen[part]}/金额"]))
    columns.append(Column("remark", ["备注"], 0.6))
    return Form(
        "food_stock", ["2025年9月食堂食材收发存月报表", "2025年9月份食堂原料进销存汇总表", "食堂库存物资收发存表（2025年9月）"], columns, records,
        titled=True, context={"date": "2025-09"}, unit="元" if deep else "", totals=("open_amt", "in_amt", "out_amt", "close_amt"),
        defects=(
            Defect("wrong balance", ("balance-mismatch", "amount-mismatch"), "close_qty", slipped("close_qty"), ("open_qty", "in_qty", "out_qty")),
            Defect("wrong amount", ("amount-mismatch",), "in_amt", slipped("in_amt"), ("in_qty", "in_price")),
            Defect("one food twice", ("duplicate", "duplicate-record", "conflicting-copies"), "name", repeated("name", "spec", "uom")),
        ),
    )  # fmt: skip


@makes("food_stock")
def food_stocktake(rng: Random) -> Form:
    """The count at the month's end."""
    records: list[Record] = []
    for n, (food, kind, spec, uom, price, _) in enumerate(rng.sample(FOODS, rng.randint(6, len(FOODS))), 1):
        book, gap = rng.randint(5, 80), rng.choice([0, 0, 0, 1, -2, -1])
        records.append({
            "seq": number(n), "category": word(kind), "name": word(food, rng), "spec": word(spec), "uom": word(uom), "book_qty": number(book),
            "real_qty": number(book + gap, rng, unit=uom), "gain_qty": number(gap) if gap > 0 else BLANK, "loss_qty": number(-gap) if gap < 0 else BLANK,
            "diff_qty": number(gap), "close_price": number(Decimal(price)), "reason": word("称量误差") if gap else BLANK,
        })  # fmt: skip
    split = rng.random() < 0.5
    columns = [
        Column("seq", ["序号"], 0.7), Column("name", ["食材名称", "品名", "原料名称"]), Column("spec", ["规格"], 0.6), Column("uom", ["单位"]),
        Column("book_qty", ["账面数量", "账存数量", "账面数"]), Column("real_qty", ["实盘数量", "实存数量", "实际盘点数"]),
        *([Column("gain_qty", ["盘盈"]), Column("loss_qty", ["盘亏"])] if split else [Column("diff_qty", ["差异", "盈亏数量"])]),
        Column("reason", ["差异原因", "原因"]), Column("remark", ["备注"], 0.5),
    ]  # fmt: skip
    return Form(
        "food_stock", ["食堂食材月末盘点表", "食堂库存盘点表", "食堂原料盘点记录表"], columns, records, titled=True,
        infos=("盘点日期：2025年9月30日　　盘点人：张三、李四",), context={"date": "2025-09-30"},
        defects=(
            Defect("wrong difference", ("stocktake-mismatch",), "diff_qty", slipped("diff_qty"), ("book_qty", "real_qty")),
            Defect("wrong count", ("stocktake-mismatch",), "real_qty", slipped("real_qty"), ("book_qty",)),
            Defect("no reason", ("reason-missing",), "reason", emptied("reason")),
        ),
    )  # fmt: skip


@makes("food_sample")
def food_sample(rng: Random) -> Form:
    """A row a dish kept."""
    style, long = rng.choice(DAY_STYLES), rng.random() < 0.6
    meals = {"早餐": "7:00", "午餐": "11:30", "晚餐": "17:20"}
    records: list[Record] = []
    for when in school_days(rng, rng.randint(2, 6)):
        for meal in rng.sample(list(meals), rng.randint(1, 3)):
            for dish in rng.sample(DISHES, rng.randint(2, 4)):
                out = when + timedelta(days=rng.choice([2, 2, 3]))
                start, end = (f"{d.month}月{d.day}日{meals[meal]}" for d in (when, out))
                records.append({
                    "seq": number(len(records) + 1), "date": day(when, rng, style=style), "meal": word(meal), "dish": word(dish, rng),
                    "grams": number(rng.choice([125, 130, 150, 200]), rng, unit="g"), "time_in": word(start if long else meals[meal]),
                    "temp": word("4℃"), "who": word("李四"), "auditor": word("王五"), "time_out": word(end), "who_out": word("李四"),
                })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.5), Column("date", ["日期", "留样日期"]), Column("meal", ["餐次", "餐别"]),
        Column("dish", ["菜品名称", "留样食品名称", "食品名称", "留样品种"]), Column("grams", ["留样量（g）", "留样量(克)", "留样重量（g）", "留样数量（克）"]),
        Column("time_in", ["留样时间"]), Column("temp", ["冰箱温度", "冷藏温度"], 0.6), Column("who", ["留样人", "留样人员"]),
        Column("auditor", ["审核人"], 0.5), Column("time_out", ["销毁时间", "处理时间", "倒样时间"]), Column("who_out", ["处理人", "销毁人"], 0.6),
        Column("remark", ["备注"], 0.4),
    ]  # fmt: skip

    def too_soon(rows: list[Record], rng: Random) -> int | None:
        at = rng.randrange(len(rows))
        when = date.fromisoformat(str(rows[at]["date"].said)) + timedelta(days=1)
        rows[at]["time_out"] = word(f"{when.month}月{when.day}日7:00")
        return at

    return Form(
        "food_sample", ["食品留样记录表", "学校食堂食品留样登记表"], columns, records,
        defects=(
            Defect("too little", ("too-little",), "grams", written("grams", "100", "80")),
            Defect("thrown away too soon", ("too-short",), "time_out", too_soon, ("time_in", "date")),
            Defect("no dish", ("missing",), "dish", emptied("dish")),
        ),
    )  # fmt: skip


@makes("canteen_journal")
def canteen_journal(rng: Random) -> Form:
    """A page a month: brought forward, entries, sums of the month and the year."""
    style = rng.choice(DAY_STYLES)
    balance = opening = Decimal(rng.randint(1000000, 9000000)) / 100
    spoken = [
        ("购蔬菜", "食材支出"),
        ("购猪肉", "食材支出"),
        ("付燃气费", "燃气费"),
        ("发放员工工资", "人工费"),
        ("购大米面粉", "食材支出"),
    ]
    records, sums = list[Record](), {"income": Decimal(0), "expense": Decimal(0)}
    for n, when in enumerate(school_days(rng, rng.randint(8, 25)), 1):
        side = "income" if rng.random() < 0.3 else "expense"
        summary, account = (
            (rng.choice([("收学生伙食费", "伙食费收入"), ("收教师餐费", "伙食费收入")]))
            if side == "income"
            else rng.choice(spoken)
        )
        amount = Decimal(rng.randint(10000, 300000)) / 100
        balance += amount if side == "income" else -amount
        if balance < 0:
            side, balance, summary, account = "income", balance + 2 * amount, "收学生伙食费", "伙食费收入"
        sums[side] += amount
        records.append({
            "seq": number(n), "date": day(when, rng, style=style), "voucher": word(f"记-{n}"), "summary": word(f"{summary}{n}", rng), "account": word(account),
            "income": money(amount, rng) if side == "income" else BLANK, "expense": money(amount, rng) if side == "expense" else BLANK,
            "balance": money(balance, rng), "person": word("张三"),
        })  # fmt: skip
    columns = [
        Column("date", ["日期", "年月日"]), Column("voucher", ["凭证号", "凭证编号"], 0.8), Column("summary", ["摘要", "事由"]),
        Column("account", ["科目", "收支项目"], 0.5), Column("income", ["收入", "收入金额", "收入（元）"]), Column("expense", ["支出", "支出金额", "支出（元）"]),
        Column("balance", ["余额", "结余", "结存"]), Column("person", ["经手人", "经办人"], 0.6), Column("remark", ["备注"], 0.3),
    ]  # fmt: skip
    last = [
        {
            "summary": "本月合计",
            "income": float(sums["income"]),
            "expense": float(sums["expense"]),
            "balance": float(balance),
        }
    ]
    if rng.random() < 0.5:
        last.append(
            {
                "summary": "本年累计",
                "income": float(sums["income"]) + 50000,
                "expense": float(sums["expense"]) + 40000,
                "balance": float(balance),
            }
        )
    extras = (
        {0: [{"summary": rng.choice(["上年结转", "期初余额", "上月结转"]), "balance": float(opening)}]}
        if rng.random() < 0.6
        else {}
    )
    return Form(
        "canteen_journal", ["食堂现金日记账", "食堂收支日记账", "学校食堂日记账（2025年9月）"], columns, records, titled=True,
        extras=extras | ({len(records): last} if rng.random() < 0.6 else {}),
        defects=(
            Defect("wrong balance", ("balance-mismatch",), "balance", slipped("balance"), ("income", "expense")),
            Defect("no day", ("bad-date",), "date", written("date", "2025.9.31")),
            Defect("no number", ("bad-number",), "balance", written("balance", "待核对")),
        ),
    )  # fmt: skip


@makes("canteen_statement")
def canteen_statement(rng: Random) -> Form:
    """What is posted each month: numbered items, the month, the year so far."""
    earlier = rng.randint(1, 3)
    parts = {
        "一、伙食费收入": (),
        "二、伙食费支出": ("菜品", "米面油", "调味品", "燃气", "水电费", "工资"),
        "三、管理费用": ("办公费", "维修费", "其他"),
    }
    lines, heads = list[tuple[str, Decimal, Decimal]](), list[tuple[Decimal, Decimal]]()
    mark = rng.choice(["{n}{w}", "{n}.{w}", "{n}、{w}", "（{n}）{w}"])
    for head, within in parts.items():
        figures = [
            (m := Decimal(rng.randint(100000, 3000000)) / 100, m * earlier + Decimal(rng.randint(0, 99999)) / 100)
            for _ in within
        ]
        month, year = (sum((f[i] for f in figures), Decimal(0)) for i in (0, 1))
        if not within:
            month, year = Decimal("218003.72"), Decimal("218003.72") * earlier + 17
        heads.append((month, year))
        lines.append((head, month, year))
        lines += [(mark.format(n=i, w=w), *f) for i, (w, f) in enumerate(zip(within, figures, strict=True), 1)]
    rest = tuple(heads[0][i] - heads[1][i] - heads[2][i] for i in (0, 1))
    lines.append((rng.choice(["四、收支结余", "四、本期结余"]), *rest))
    records: list[Record] = [
        {"item": word(said), "month_amt": money(m, rng), "year_amt": money(y)} for said, m, y in lines
    ]
    columns = [
        Column("item", ["项目", "收支项目"]), Column("month_amt", ["本月金额", "本月数", "本月发生额"]),
        Column("year_amt", ["本年累计金额", "本年累计", "累计金额"]), Column("remark", ["备注"], 0.3),
    ]  # fmt: skip

    def wrong(rows: list[Record], rng: Random) -> int | None:
        at = rng.choice(
            [
                i
                for i, r in enumerate(rows)
                if str(r["item"].said)[0] not in "一二三四" and abs(Decimal(str(r["month_amt"].said))) > 1
            ]
        )
        rows[at]["month_amt"] = number(Decimal(str(rows[at]["month_amt"].said)) * 10)
        return at

    return Form(
        "canteen_statement", ["2025年9月食堂收支情况公示表", "示例中学食堂经营情况公示（2025年9月）", "2025年9月份食堂财务收支公示"], columns, records,
        titled=True, unit="元", context={"date": "2025-09"}, footers=("注：本表于每月15日前公示。", "编制人：　　审核人：　　单位（盖章）："),
        defects=(
            Defect("an item too large", ("sum-mismatch",), "month_amt", wrong),
            Defect("no number", ("bad-number",), "year_amt", written("year_amt", "待核")),
        ),
    )  # fmt: skip


@makes("canteen_statement")
def canteen_wide(rng: Random) -> Form:
    """The other one: months down, kinds of income and of expense across."""
    kinds = {
        "收入": ["学生伙食费", "教职工伙食费", "财政补助", "其他收入"],
        "支出": ["原材料成本", "动力成本", "员工成本", "运营成本", "管理费用"],
    }
    names = [(side, item) for side, items in kinds.items() for item in items]
    records: list[Record] = []
    for month in range(9, 9 + rng.randint(2, 4)):
        figures = {f"@{side}-{item}": Decimal(rng.randint(100000, 9000000)) / 100 for side, item in names}
        records.append(
            {"date": Said(f"2025年{month}月", f"2025-{month:02d}")} | {name: money(f) for name, f in figures.items()}
        )
    columns = [Column("date", ["月份", "日期"])]
    columns += [Column(f"@{side}-{item}", [f"{side}/{item}"]) for side, item in names]
    first = f"@收入-{kinds['收入'][0]}"
    return Form(
        "canteen_statement", ["食堂成本核算（收支结余）公示表", "学校食堂收支情况公示表"], columns, records, titled=True, unit="元", value="month_amt",
        across={f"@{side}-{item}": {"section": side, "item": item} for side, item in names},
        defects=(Defect("no number", ("bad-number",), first, written(first, "待核")),),
    )  # fmt: skip
