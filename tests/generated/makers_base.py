"""Classes, meals, uniforms, budget, repairs, assets, and what is handed out."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from generated.makers_stock import goods
from generated.registry import makes
from generated.sheets import Column, Defect, Form, Record
from generated.spoil import above, emptied, repeated, slipped, written
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
    from random import Random


@makes("desks")
def desks(rng: Random) -> Form:
    """Desks and chairs a class: sound, broken, too many, too few."""
    style, records = rng.choice(CLASS_STYLES), []
    for n, (grade, cls) in enumerate(class_names(rng, rng.randint(5, 18)), 1):
        pupils = rng.randint(38, 50)
        record: Record = {
            "seq": number(n), "class": klass(grade, cls, rng, style=style), "teacher": word(person(rng)),
            "pupils": number(pupils),
        }  # fmt: skip
        for part in ("desk", "chair"):
            sound, broken = pupils + rng.randint(-3, 4), rng.choice([0, 0, 1, 2])
            record[f"{part}_have"], record[f"{part}_ok"] = number(sound + broken), number(sound)
            record[f"{part}_bad"] = number(broken)
            record[f"{part}_extra"], record[f"{part}_lack"] = number(max(0, sound - pupils)), number(max(0, pupils - sound))
        records.append(record)
    two = rng.random() < 0.5
    words = {"have": "现有", "ok": "完好", "bad": "损坏", "extra": "多余", "lack": "缺少"}
    things = {"desk": rng.choice(["课桌", "桌子"]), "chair": rng.choice(["椅子", "凳子"])}
    columns = [
        Column("seq", ["序号"], 0.7), Column("class", ["班级", "班别"]), Column("teacher", ["班主任"], 0.7),
        Column("pupils", ["班额", "学生数", "人数", "班级人数"]),
    ]  # fmt: skip
    for part, thing in things.items():
        columns += [
            Column(f"{part}_{state}", [f"{thing}/{said}" if two else f"{said}{thing}"]) for state, said in words.items()
        ]
    columns += [Column("sign", ["班主任签字", "签字"], 0.4), Column("remark", ["备注"], 0.5)]
    return Form(
        "desks", ["各班桌凳统计表", "班级课桌椅数量统计表"], columns, records,
        totals=("pupils", "desk_have", "chair_have"),
        defects=(
            Defect("sound and broken", ("sum-mismatch", "balance-mismatch"), "desk_have", slipped("desk_have"),
                   ("desk_ok", "desk_bad")),
            Defect("one class twice", ("duplicate",), "class", repeated("class")),
        ),
    )  # fmt: skip


@makes("meal_registration")
def meal_registration(rng: Random) -> Form:
    """Who eats, a row a class."""
    style, records = rng.choice(CLASS_STYLES), []
    for n, (grade, cls) in enumerate(class_names(rng, rng.randint(5, 18)), 1):
        pupils = rng.randint(38, 50)
        boarders, lunch = rng.randint(0, 12), pupils - rng.randint(0, 4)
        records.append({
            "seq": number(n), "class": klass(grade, cls, rng, style=style), "teacher": word(person(rng)),
            "enrolled": number(pupils, rng, unit="人"), "boarders": number(boarders), "day_pupils": number(pupils - boarders),
            "breakfast": number(boarders), "lunch": number(lunch), "dinner": number(boarders + rng.randint(0, 5)),
            "not_eat": number(pupils - lunch), "special": word("清真1人") if rng.random() < 0.1 else BLANK,
        })  # fmt: skip
    path = rng.choice(["就餐人数/", ""])
    columns = [
        Column("seq", ["序号"], 0.7), Column("class", ["班级", "班别"]), Column("teacher", ["班主任", "班主任姓名"], 0.7),
        Column("enrolled", ["班级人数", "在籍人数", "班额", "全班人数"]), Column("boarders", ["住校生", "住校人数", "寄宿生"]),
        Column("day_pupils", ["走读生", "走读人数"]), Column("breakfast", [f"{path}早餐"]), Column("lunch", [f"{path}午餐"]),
        Column("dinner", [f"{path}晚餐"]), Column("not_eat", ["不就餐人数", "不就餐"], 0.6),
        Column("special", ["忌口", "清真"], 0.5), Column("remark", ["备注"], 0.5),
    ]  # fmt: skip
    return Form(
        "meal_registration", ["就餐人数统计表", "学生就餐登记表"], columns, records,
        totals=("enrolled", "boarders", "day_pupils", "breakfast", "lunch", "dinner"),
        defects=(
            Defect("more than the class", ("over-limit",), "breakfast", above("breakfast", "enrolled"), ("enrolled",)),
            Defect("one class twice", ("duplicate",), "class", repeated("class")),
        ),
    )  # fmt: skip


@makes("uniform_order")
def uniform_order(rng: Random) -> Form:
    """One class's pupils with their sizes."""
    (grade, cls), = class_names(rng, 1)
    records: list[Record] = []
    names: list[str] = []
    for n in range(1, rng.randint(12, 40)):
        name = person(rng)
        if name in names:
            continue
        names.append(name)
        height, wants = rng.randint(140, 178), rng.random() < 0.95
        size = str(5 * round((height + 2) / 5))
        record: Record = {
            "seq": number(n), "pupil": word(name), "sex": rng.choice([Said("男", "男"), Said("女", "女")]),
            "height": number(height), "weight": number(round(height * 0.32)),
        }  # fmt: skip
        for part, chance in (("summer", 1.0), ("autumn", 1.0), ("winter", 0.6)):
            orders = wants and rng.random() < chance
            record[f"{part}_size"] = Said(rng.choice([size, f"{size}#", f"{size}码"]), size) if orders else BLANK
            record[f"{part}_qty"] = number(1) if orders else (number(0) if rng.random() < 0.3 else BLANK)
        record["voluntary"] = Said("是", "是") if wants else Said("否", "否")
        records.append(record)
    columns = [
        Column("seq", ["序号"], 0.8), Column("pupil", ["姓名", "学生姓名"]), Column("sex", ["性别"]),
        Column("height", ["身高（cm）", "身高"]), Column("weight", ["体重（kg）"], 0.7),
        Column("summer_size", ["夏装/尺码"]), Column("summer_qty", ["夏装/套数"]),
        Column("autumn_size", ["春秋装/尺码"]), Column("autumn_qty", ["春秋装/套数"]),
        Column("winter_size", ["冬装/尺码"]), Column("winter_qty", ["冬装/套数"]),
        Column("voluntary", ["是否自愿订购", "是否订购"]), Column("sign", ["家长签字"], 0.6), Column("remark", ["备注"], 0.4),
    ]  # fmt: skip
    full = klass(grade, cls, rng, style="{g}({n})班")
    return Form(
        "uniform_order", ["新生校服征订登记表", "校服尺码登记表"], columns, records,
        infos=(f"班级：{full.written}　　班主任：张三",), context={"class": str(full.said)},
        defects=(
            Defect("no sex known", ("unknown-word", "not-allowed"), "sex", written("sex", "南")),
            Defect("no size", ("bad-size",), "summer_size", written("summer_size", "1650", "大大")),
        ),
    )  # fmt: skip


@makes("budget_execution")
def budget_execution(rng: Random) -> Form:
    """Spending by code against the year's budget."""
    codes = [("30201", "办公费"), ("30202", "印刷费"), ("30205", "水费"), ("30206", "电费"), ("30207", "邮电费"),
             ("30211", "差旅费"), ("30213", "维修(护)费"), ("30216", "培训费"), ("30218", "专用材料费"), ("31002", "办公设备购置")]  # fmt: skip
    records: list[Record] = []
    for code, name in sorted(rng.sample(codes, rng.randint(5, len(codes)))):
        initial, adjust = Decimal(rng.randint(100, 9000)) * 10, Decimal(rng.choice([0, 0, 0, 500, -300]))
        full = initial + adjust
        total = cents(full * Decimal(rng.randint(20, 90)) / 100)
        month = cents(total * Decimal(rng.randint(5, 30)) / 100)
        rate = cents(total / full * 100)
        records.append({
            "code": Said(code, code) if rng.random() < 0.7 else Said(int(code), code), "subject": word(name, rng),
            "initial": money(initial, rng), "adjust": money(adjust) if adjust or rng.random() < 0.5 else BLANK,
            "full": money(full), "month": money(month), "total": money(total, rng),
            "rate": Said(float(rate), plain(rate)),
            "left": money(full - total),
        })  # fmt: skip
    columns = [
        Column("code", ["科目编码", "科目代码"]), Column("subject", ["科目名称", "经济科目"]),
        Column("initial", ["年初预算数", "年初预算"]), Column("adjust", ["调整数", "预算调整", "追加"]),
        Column("full", ["全年预算数", "调整后预算数", "全年预算数(调整后)"]), Column("month", ["本月支出", "本月数"], 0.7),
        Column("total", ["累计支出", "累计执行数", "已支付"]), Column("rate", ["执行率(%)", "执行率（%）"]),
        Column("left", ["可用余额", "余额", "结余"]), Column("remark", ["备注"], 0.4),
    ]  # fmt: skip
    return Form(
        "budget_execution", ["2025年预算执行进度表", "公用经费预算执行情况表"], columns, records, unit="元",
        totals=("initial", "adjust", "full", "month", "total", "left"),
        defects=(
            Defect("wrong rest", ("balance-mismatch", "sum-mismatch"), "left", slipped("left"), ("full", "total")),
            Defect("wrong full", ("sum-mismatch", "balance-mismatch"), "full", slipped("full"), ("initial", "adjust")),
        ),
    )  # fmt: skip


@makes("repair")
def repair(rng: Random) -> Form:
    """One row a repair."""
    things = [("灯管", "不亮"), ("风扇", "异响"), ("门锁", "锁芯损坏"), ("空调", "不制冷"), ("一体机", "黑屏"), ("插座", "松动"),
              ("窗户", "玻璃破损"), ("水龙头", "漏水")]  # fmt: skip
    style, count = rng.choice(DAY_STYLES), rng.randint(6, 30)
    records: list[Record] = []
    for n, when in enumerate(school_days(rng, count), 1):
        device, fault = rng.choice(things)
        is_done = rng.random() < 0.8
        quantity, price = rng.randint(1, 4), Decimal(rng.randint(300, 9000)) / 100
        records.append({
            "seq": number(n), "report_date": day(when, rng, style=style), "room": word(f"{rng.randint(1, 4)}0{rng.randint(1, 9)}教室"),
            "device": word(device, rng), "fault": word(fault), "reporter": word(person(rng)), "fixer": word("孙师傅") if is_done else BLANK,
            "fix_date": day(when + timedelta(days=rng.randint(0, 5)), rng, style=style) if is_done else BLANK,
            "parts": word(f"{device}配件") if is_done else BLANK, "parts_qty": number(quantity) if is_done else BLANK,
            "price": number(price) if is_done else BLANK, "amount": money(cents(quantity * price), rng) if is_done else BLANK,
            "state": rng.choice([Said("已完成", "已完成"), Said("已修好", "已完成")]) if is_done else Said("未修", "未完成"),
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.8), Column("report_date", ["报修日期", "日期", "报修时间"]), Column("room", ["地点", "报修地点", "教室"]),
        Column("device", ["设备名称", "报修项目", "维修项目"]), Column("fault", ["故障情况", "故障现象", "损坏情况"]),
        Column("reporter", ["报修人", "申报人"], 0.8), Column("fixer", ["维修人", "维修人员"], 0.8),
        Column("fix_date", ["维修时间", "完成时间", "维修日期"]), Column("parts", ["更换配件"], 0.7),
        Column("parts_qty", ["配件数量"]), Column("price", ["配件单价"]), Column("amount", ["维修费用", "维修金额"]),
        Column("state", ["完成情况", "维修结果"]), Column("remark", ["备注"], 0.4),
    ]  # fmt: skip

    def too_early(rows: list[Record], rng: Random) -> int | None:
        able = [i for i, r in enumerate(rows) if r["fix_date"].said]
        if not able:
            return None
        at = rng.choice(able)
        rows[at]["fix_date"] = day(date.fromisoformat(str(rows[at]["report_date"].said)) - timedelta(days=3), rng, style=style)
        return at

    return Form(
        "repair", ["设施报修登记表", "维修登记表"], columns, records, totals=("amount",),
        defects=(
            Defect("wrong amount", ("amount-mismatch",), "amount", slipped("amount"), ("parts_qty", "price")),
            Defect("mended before", ("bad-date",), "fix_date", too_early, ("report_date",)),
            Defect("no word of the list", ("unknown-word", "not-allowed"), "state", written("state", "再看看")),
        ),
    )  # fmt: skip


@makes("asset_register")
def asset_register(rng: Random) -> Form:
    """Cards, as the office keeps them by hand."""
    things = [("台式计算机", "台", 4200), ("触控一体机", "台", 18000), ("课桌", "张", 175), ("办公桌", "张", 980), ("文件柜", "个", 860),
              ("空调机", "台", 5600), ("打印机", "台", 1500), ("投影仪", "台", 6800), ("饮水机", "台", 1250)]  # fmt: skip
    style = rng.choice([s for s in DAY_STYLES if s != "short"])
    records: list[Record] = []
    for n in range(1, rng.randint(8, 40)):
        name, uom, base = rng.choice(things)
        quantity = rng.randint(20, 60) if name == "课桌" else 1
        price = Decimal(base + rng.randint(-50, 50))
        cost = quantity * price
        worn = cents(cost * Decimal(rng.randint(0, 80)) / 100)
        bought = date(rng.randint(2018, 2024), rng.randint(1, 12), rng.randint(1, 28))
        records.append({
            "seq": number(n), "asset_no": word(f"GZ{bought.year}{n:04d}"), "asset_name": word(name, rng), "spec": word(f"X{rng.randint(100, 999)}"),
            "uom": word(uom), "qty": number(quantity), "price": number(price), "cost": money(cost, rng), "acc_dep": money(worn),
            "net": money(cost - worn), "acquire_date": day(bought, rng, style=style),
            "status": Said("在用", "在用"), "place": word(f"{rng.randint(1, 4)}0{rng.randint(1, 9)}室"), "dept": word(rng.choice(["教务处", "总务处", "七年级组"])),
            "user": word(person(rng)),
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.7), Column("asset_no", ["资产编号", "固定资产编号", "卡片编号"]),
        Column("asset_name", ["资产名称", "固定资产名称"]), Column("spec", ["规格型号", "规格"], 0.8), Column("uom", ["单位", "计量单位"]),
        Column("qty", ["数量"]), Column("price", ["单价", "单价（元）"]), Column("cost", ["原值", "账面原值", "金额"]),
        Column("acc_dep", ["累计折旧", "已提折旧"]), Column("net", ["净值", "账面净值"]),
        Column("acquire_date", ["购置日期", "取得日期", "购入日期"]), Column("status", ["使用状况", "使用状态"]),
        Column("place", ["存放地点", "存放位置"]), Column("dept", ["使用部门"], 0.7), Column("user", ["使用人", "保管人"], 0.8),
        Column("remark", ["备注"], 0.4),
    ]  # fmt: skip
    return Form(
        "asset_register", ["固定资产台账", "固定资产登记表"], columns, records, totals=("cost", "acc_dep", "net"), unit="元",
        defects=(
            Defect("wrong net", ("balance-mismatch", "sum-mismatch"), "net", slipped("net"), ("cost", "acc_dep")),
            Defect("one number twice", ("duplicate",), "asset_no", repeated("asset_no")),
            Defect("no place", ("missing",), "place", emptied("place")),
        ),
    )  # fmt: skip


@makes("stock_issue")
def stock_issue(rng: Random) -> Form:
    """One row a handing out."""
    chosen = goods(rng)
    style, class_style = rng.choice(DAY_STYLES), rng.choice(CLASS_STYLES)
    classes = class_names(rng, 18)
    records: list[Record] = []
    for n, ((name, spec, uom), when) in enumerate(zip(chosen, school_days(rng, len(chosen)), strict=True), 1):
        records.append({
            "seq": number(n), "out_date": day(when, rng, style=style), "class": klass(*rng.choice(classes), rng, style=class_style),
            "name": word(name, rng), "spec": word(spec), "uom": word(uom), "qty": number(rng.randint(1, 30), rng, unit=uom),
            "use": word("教学"), "receiver": word(person(rng)), "issuer": word("王五"),
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.8), Column("out_date", ["领用日期", "领取日期", "日期"]), Column("class", ["领用班级", "班级"]),
        Column("name", ["物品名称", "品名"]), Column("spec", ["规格型号", "规格"], 0.7), Column("uom", ["单位"]),
        Column("qty", ["领用数量", "数量", "领取数量"]), Column("use", ["用途"], 0.6), Column("receiver", ["领用人", "领用人签字", "领取人"]),
        Column("issuer", ["发放人", "经手人"], 0.6), Column("remark", ["备注"], 0.4),
    ]  # fmt: skip
    return Form(
        "stock_issue", ["物品领用登记表", "办公用品领取登记表"], columns, records,
        defects=(
            Defect("no quantity", ("missing",), "qty", emptied("qty")),
            Defect("no number", ("bad-number",), "qty", written("qty", "若干", "一些")),
            Defect("no day", ("bad-date",), "out_date", written("out_date", "开学时", "2025.9.31")),
        ),
    )  # fmt: skip
