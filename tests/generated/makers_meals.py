"""Who ate on which day, what it cost, who pays back whom: 就餐人数, 餐费, 餐标, 满意度."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from generated.registry import makes
from generated.sheets import Column, Defect, Form, Record
from generated.spoil import above, repeated, slipped, written
from generated.words import (
    BLANK,
    CLASS_STYLES,
    DAY_STYLES,
    Said,
    cents,
    class_names,
    day,
    klass,
    money,
    number,
    person,
    plain,
    school_days,
    word,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from random import Random

WEEKDAYS = "一二三四五六日"
MEALS = {"breakfast": ("早餐", "早"), "lunch": ("午餐", "中"), "dinner": ("晚餐", "晚")}


def weekday(when: date, style: str) -> Said:
    """Write the day of the week."""
    return word(f"{style}{WEEKDAYS[when.weekday()]}")


@makes("meal_daily")
def meal_daily(rng: Random) -> Form:
    """A row a class a day."""
    style, day_style, said = rng.choice(CLASS_STYLES), rng.choice(DAY_STYLES), rng.choice(["星期", "周"])
    classes = class_names(rng, rng.randint(3, 8))
    pupils = {cls: rng.randint(38, 50) for cls in classes}
    records: list[Record] = []
    for when in school_days(rng, rng.randint(1, 5)):
        for cls in classes:
            away = rng.randint(0, 3)
            here = pupils[cls] - away
            lunch = here - rng.randint(0, 3)
            records.append({
                "date": day(when, rng, style=day_style), "weekday": weekday(when, said), "class": klass(*cls, rng, style=style),
                "enrolled": number(pupils[cls]), "present": number(here, rng, unit="人"), "leave": number(away),
                "breakfast": number(rng.randint(0, 12)), "lunch": number(lunch), "dinner": number(rng.randint(0, 15)),
            })  # fmt: skip
    path = rng.choice(["就餐人数/", "", "用餐人数/"])
    columns = [
        Column("date", ["日期", "就餐日期"]), Column("weekday", ["星期"], 0.6), Column("class", ["班级", "班别"]),
        Column("enrolled", ["应到人数", "应到", "班级人数"]), Column("present", ["实到人数", "实到"]),
        Column("leave", ["请假人数", "请假"]), Column("breakfast", [f"{path}早餐", f"{path}早餐"], 0.7),
        Column("lunch", [f"{path}午餐", f"{path}中餐"]), Column("dinner", [f"{path}晚餐"], 0.7), Column("remark", ["备注"], 0.5),
    ]  # fmt: skip
    return Form(
        "meal_daily", ["每日就餐人数统计表", "学生就餐人数日报表", "各班每日用餐情况登记表"], columns, records,
        merged=("date",) if rng.random() < 0.3 else (), totals=("lunch",) if rng.random() < 0.5 else (),
        defects=(
            Defect("more than the class", ("over-limit",), "lunch", above("lunch", "enrolled"), ("enrolled",)),
            Defect("here and away", ("sum-mismatch", "over-limit"), "present", slipped("present"), ("enrolled", "leave")),
            Defect("one class twice a day", ("duplicate", "duplicate-record", "conflicting-copies"), "class", repeated("class", "date")),
        ),
    )  # fmt: skip


def _day_heads(rng: Random, days: Sequence[date]) -> list[str]:
    """Say school days of one month in the way of one office."""
    return [f.format(m=d.month, d=d.day) for f in [rng.choice(["{m}月{d}日", "{d}日", "{m}.{d}", "{d}"])] for d in days]


@makes("meal_daily")
def meal_daily_matrix(rng: Random) -> Form:
    """Classes down, the month's school days across, one meal."""
    style = rng.choice(CLASS_STYLES)
    days = [d for d in school_days(rng, rng.randint(5, 20)) if d.month == 9]
    meal = rng.choice(["lunch", "lunch", "lunch", "breakfast", "dinner"])
    records: list[Record] = []
    for n, cls in enumerate(class_names(rng, rng.randint(4, 18)), 1):
        record: Record = {"seq": number(n), "class": klass(*cls, rng, style=style)}
        eat = {f"@{d}": rng.randint(30, 50) for d in days}
        record |= {name: number(many) for name, many in eat.items()}
        record["+sum"] = number(sum(eat.values()))
        records.append(record)
    heads = dict(zip([f"@{d}" for d in days], _day_heads(rng, days), strict=True))
    columns = [Column("seq", ["序号"], 0.6), Column("class", ["班级", "班别"])]
    columns += [Column(name, [head]) for name, head in heads.items()]
    columns += [Column("+sum", ["合计", "小计"], 0.7), Column("sign", ["班主任签字"], 0.3)]
    first = days[0]
    return Form(
        "meal_daily", [f"2025年9月{MEALS[meal][0]}就餐人数统计表", f"示例中学2025年9月份学生{MEALS[meal][0]}用餐人数"], columns, records,
        across={f"@{d}": {"date": d.isoformat()} for d in days}, value=meal, titled=True, number_heads=rng.random() < 0.5,
        totals=tuple(heads) if rng.random() < 0.5 else (),
        defects=(
            Defect("no number", ("bad-number", "doubtful-number"), f"@{first}", written(f"@{first}", "三十多", "全班")),
            Defect("one class twice", ("duplicate", "duplicate-record", "conflicting-copies"), "class", repeated("class")),
        ),
    )  # fmt: skip


@makes("meal_daily")
def meal_daily_three(rng: Random) -> Form:
    """Classes down, under each day the meals."""
    style = rng.choice(CLASS_STYLES)
    days = [d for d in school_days(rng, rng.randint(2, 6)) if d.month == 9]
    short = rng.choice([0, 1])
    records: list[Record] = []
    for cls in class_names(rng, rng.randint(4, 18)):
        record: Record = {"class": klass(*cls, rng, style=style)}
        for d in days:
            record |= {f"@{d}-{meal}": number(rng.randint(3, 50)) for meal in MEALS}
        records.append(record)
    heads = _day_heads(rng, days)
    columns = [Column("class", ["班级"])]
    for d, head in zip(days, heads, strict=True):
        columns += [Column(f"@{d}-{meal}", [f"{head}/{words[short]}"]) for meal, words in MEALS.items()]
    return Form(
        "meal_daily", ["2025年9月就餐人数统计表", "2025年9月学生三餐用餐人数登记表"], columns, records,
        across={f"@{d}-{meal}": {"date": d.isoformat()} for d in days for meal in MEALS},
        values={f"@{d}-{meal}": meal for d in days for meal in MEALS}, value="eat_total", titled=True,
        number_heads=rng.random() < 0.5, typed_groups=rng.random() < 0.3,
        defects=(
            Defect("no number", ("bad-number", "doubtful-number"), f"@{days[0]}-lunch", written(f"@{days[0]}-lunch", "三十多", "全班")),
        ),
    )  # fmt: skip


@makes("meal_daily")
def meal_daily_down(rng: Random) -> Form:
    """Days down, classes across."""
    style, day_style = rng.choice(CLASS_STYLES), rng.choice([s for s in DAY_STYLES if s != "short"])
    classes, said = class_names(rng, rng.randint(4, 10)), rng.choice(["星期", "周"])
    records: list[Record] = []
    for when in school_days(rng, rng.randint(5, 20)):
        eat = {f"@{g}-{n}": rng.randint(30, 50) for g, n in classes}
        record: Record = {"date": day(when, rng, style=day_style), "weekday": weekday(when, said)}
        records.append(
            record | {name: number(many) for name, many in eat.items()} | {"+sum": number(sum(eat.values()))}
        )
    named = {f"@{g}-{n}": klass(g, n, rng, style=style) for g, n in classes}
    columns = [Column("date", ["日期"]), Column("weekday", ["星期"], 0.5)]
    columns += [Column(name, [str(said_here.written)]) for name, said_here in named.items()]
    columns += [Column("+sum", ["合计"], 0.7)]
    return Form(
        "meal_daily", ["学生午餐就餐人数统计表", "2025年9月各班午餐用餐人数"], columns, records, titled=True, value="lunch",
        across={name: {"class": str(said_here.said)} for name, said_here in named.items()},
        defects=(Defect("no number", ("bad-number", "doubtful-number"), next(iter(named)), written(next(iter(named)), "三十多", "全班")),),
    )  # fmt: skip


@makes("meal_fee")
def meal_fee(rng: Random) -> Form:
    """A term's meals a pupil: what was paid before, what was eaten, what goes back."""
    ((grade, cls),) = class_names(rng, 1)
    plans = {"午餐": Decimal("6.5"), "午晚餐": Decimal(13), "三餐": Decimal(17)}
    records: list[Record] = []
    days, by_column = rng.randint(80, 100), rng.random() < 0.4
    style = rng.choice(CLASS_STYLES)
    names = list(dict.fromkeys(person(rng) for _ in range(rng.randint(15, 45))))
    for n, name in enumerate(names, 1):
        plan = rng.choice(list(plans))
        eaten = days - rng.choice([0, 0, 1, 2, 5, 12]) + rng.choice([0, 0, 0, 3])
        paid, due = plans[plan] * days, plans[plan] * eaten
        back = paid - due
        record: Record = {
            "seq": number(n), "pupil": word(name, rng), "plan": word(plan), "unit_price": number(plans[plan]),
            "plan_meals": number(days), "prepaid": money(paid, rng), "real_meals": number(eaten), "due": money(due, rng),
            "refund": money(back) if back > 0 else number(0), "topup": money(-back) if back < 0 else BLANK,
            "refund_way": word("原路退回") if back > 0 else BLANK,
        }  # fmt: skip
        if by_column:
            record["class"] = klass(grade, cls, rng, style=style)
        records.append(record)
    full = klass(grade, cls, rng, style="{g}({n})班")
    columns = [
        Column("seq", ["序号"], 0.8), *([Column("class", ["班级"])] if by_column else []), Column("pupil", ["姓名", "学生姓名"]),
        Column("plan", ["就餐类型", "餐别", "就餐方式"], 0.8), Column("unit_price", ["餐费标准（元）", "餐标", "单价", "每餐标准"]),
        Column("plan_meals", ["计划餐数", "应就餐次数", "预计就餐次数"], 0.8), Column("prepaid", ["预收金额", "预交餐费", "已缴金额", "预收餐费"]),
        Column("real_meals", ["实际就餐次数", "实际餐数", "实就餐次数"]), Column("due", ["应收金额", "应收餐费", "应缴餐费"]),
        Column("refund", ["应退金额", "应退", "退费金额"]), Column("topup", ["应补金额", "应补"]),
        Column("refund_way", ["退费方式"], 0.5), Column("sign", ["家长签字", "签字"], 0.6), Column("remark", ["备注"], 0.4),
    ]  # fmt: skip
    return Form(
        "meal_fee", ["学生餐费收退明细表", "2025年秋季学期餐费结算表", "餐费退费登记表"], columns, records, unit="元",
        infos=() if by_column else (f"班级：{full.written}　　班主任：张三",), context={} if by_column else {"class": str(full.said)},
        totals=("prepaid", "due", "refund", "topup"),
        defects=(
            Defect("wrong due", ("amount-mismatch", "balance-mismatch"), "due", slipped("due"), ("unit_price", "real_meals")),
            Defect("wrong refund", ("balance-mismatch",), "refund", slipped("refund"), ("prepaid", "due")),
            Defect("one pupil twice", ("duplicate", "duplicate-record", "conflicting-copies"), "pupil", repeated("pupil", "plan")),
        ),
    )  # fmt: skip


@makes("meal_price")
def meal_price(rng: Random) -> Form:
    """What a meal costs, item by item."""
    meals = rng.randint(12, 30) * 1000
    goods = [("大米", "公斤", "5.6"), ("面粉", "公斤", "4.4"), ("猪肉", "公斤", "26"), ("蔬菜", "公斤", "4.2"), ("食用油", "公斤", "13.5"),
             ("鸡蛋", "公斤", "9.8"), ("调料", "项", "3200"), ("燃气", "立方米", "3.9"), ("水电费", "项", "5100"), ("人工工资", "人", "3600")]  # fmt: skip
    records, costs = list[Record](), list[Decimal]()
    for n, (item, uom, price) in enumerate(sorted(rng.sample(goods, rng.randint(5, len(goods))), key=goods.index), 1):
        quantity = Decimal(1 if uom == "项" else 8 if uom == "人" else rng.randint(200, 3000))
        amount = cents(quantity * Decimal(price))
        costs.append(cost := cents(amount / meals))
        records.append({
            "seq": number(n), "item": word(item, rng), "uom": word(uom), "month_qty": number(quantity), "price": number(Decimal(price)),
            "month_amt": money(amount, rng), "meals": number(meals), "cost": Said(float(cost), plain(cost)),
        })  # fmt: skip
    whole = sum(costs, Decimal(0))
    for record, cost in zip(records, costs, strict=True):
        share = cents(cost / whole * 100)
        record["ratio"] = Said(float(share), plain(share))
    standard = f"{whole}"
    columns = [
        Column("seq", ["序号"], 0.7), Column("item", ["成本项目", "项目", "成本构成"]), Column("uom", ["单位", "计量单位"]),
        Column("month_qty", ["月用量", "每月用量", "月消耗量"]), Column("price", ["单价（元）", "单价"]), Column("month_amt", ["月金额（元）", "月金额", "月成本"]),
        Column("meals", ["月就餐人次", "就餐人次"]), Column("cost", ["每餐成本（元）", "每餐成本", "单餐成本"]),
        Column("ratio", ["占比（%）", "占比%"], 0.7), Column("remark", ["备注", "说明"], 0.4),
    ]  # fmt: skip
    with_standard = rng.random() < 0.6
    return Form(
        "meal_price", ["学生餐标成本测算表", "食堂餐费成本核算表", "午餐成本构成测算表"], columns, records,
        infos=(rng.choice(["核定餐标：{}元/餐", "餐标：{}元"]).format(standard),) if with_standard else (),
        context={"standard": plain(whole)} if with_standard else {}, totals=("month_amt", "cost"),
        defects=(
            Defect("wrong amount", ("amount-mismatch", "rate-mismatch"), "month_amt", slipped("month_amt"), ("month_qty", "price")),
            Defect("wrong cost", ("rate-mismatch", "sum-mismatch", "total-mismatch"), "cost", slipped("cost"), ("month_amt", "meals")),
            Defect("one item twice", ("duplicate", "duplicate-record", "conflicting-copies"), "item", repeated("item", "uom")),
        ),
    )  # fmt: skip


@makes("survey")
def survey(rng: Random) -> Form:
    """Answers by question, or by class."""
    asked = [
        "饭菜质量",
        "饭菜口味",
        "食堂卫生",
        "服务态度",
        "饭菜价格",
        "饭菜分量",
        "花色品种",
        "就餐秩序",
        "餐具消毒",
        "总体评价",
    ]
    by_class, four = rng.random() < 0.3, rng.random() < 0.4
    style, sent = rng.choice(CLASS_STYLES), rng.randint(100, 800)
    returned = sent - rng.randint(0, 15)
    rows = [word(f"您对{q}是否满意？") if rng.random() < 0.3 else word(q) for q in asked[: rng.randint(5, 10)]]
    if by_class:
        rows = [klass(*cls, rng, style=style) for cls in class_names(rng, rng.randint(6, 18))]
    records: list[Record] = []
    for n, named in enumerate(rows, 1):
        if by_class:
            sent = rng.randint(40, 50)
            returned = sent - rng.randint(0, 2)
        bad, fair = rng.randint(0, 4), rng.randint(0, returned // 5)
        best = rng.randint(returned // 3, returned // 2) if four else 0
        good = returned - bad - fair - best
        share = cents(Decimal(good + best + fair) / returned * 100)
        records.append({
            "seq": number(n), "class" if by_class else "question": named, "sent": number(sent), "returned": number(returned),
            "very_good": number(best), "good": number(good), "fair": number(fair), "bad": number(bad), "rate": Said(float(share), plain(share)),
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.7), Column("class", ["班级"]) if by_class else Column("question", ["调查项目", "测评内容", "题目"]),
        Column("sent", ["发放份数", "发放问卷", "发放数"]), Column("returned", ["回收份数", "收回份数", "有效问卷"]),
        *([Column("very_good", ["非常满意", "很满意"])] if four else []), Column("good", ["满意"]), Column("fair", ["基本满意", "一般"]),
        Column("bad", ["不满意"]), Column("rate", ["满意率（%）", "满意度（%）"]), Column("remark", ["备注"], 0.3),
    ]  # fmt: skip
    totals = ("sent", "returned", "very_good", "good", "fair", "bad") if by_class else ()
    return Form(
        "survey", ["食堂满意度测评汇总表", "学生对食堂工作满意度调查统计表"], columns, records, totals=totals,
        defects=(
            Defect("more than sent", ("over-limit", "sum-mismatch"), "returned", above("returned", "sent"), ("sent",)),
            Defect("wrong count", ("sum-mismatch",), "good", slipped("good"), ("returned", "bad", "fair")),
            Defect("wrong rate", ("rate-mismatch",), "rate", slipped("rate"), ("good", "returned")),
        ),
    )  # fmt: skip
