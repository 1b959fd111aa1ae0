"""Goods wanted, counted and handed out to classes: 申购, 盘点, 发放表."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from generated.makers_stock import goods
from generated.registry import makes
from generated.sheets import Column, Defect, Form, Record
from generated.spoil import Spoiler, emptied, slip, slipped, written
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

KINDS = ("办公用品", "卫生用品", "维修材料", "体育用品")


def grouped(rng: Random, records: list[Record], name: str = "category", words: tuple[str, ...] = KINDS) -> None:
    """Part records into runs, each under a row such as 一、办公用品."""
    parts = rng.randint(2, min(4, len(records), len(words)))
    style = rng.choice(["{n}、{w}", "（{n}）{w}", "{n}、{w}类"])
    for at, record in enumerate(records):
        which = at * parts // len(records)
        written_as = style.format(n="一二三四"[which], w=words[which])
        record[name] = Said(written_as, words[which] + ("类" if written_as.endswith("类") else ""))


@makes("purchase_plan")
def purchase_plan(rng: Random) -> Form:
    """What is wanted less what lies there, with what it may cost."""
    style, records = rng.choice(DAY_STYLES), []
    has_need = rng.random() < 0.7
    for n, (name, spec, uom) in enumerate(goods(rng), 1):
        stock, need = rng.randint(0, 30), rng.randint(31, 90)
        price = Decimal(rng.randint(50, 9000)) / 100
        plan = need - stock if has_need else need
        records.append({
            "seq": number(n), "name": word(name, rng), "spec": word(spec), "uom": word(uom),
            "stock_qty": number(stock, rng, unit=uom),
            "need_qty": number(need), "plan_qty": number(plan, rng, unit=uom), "plan_price": number(price),
            "plan_amt": money(cents(plan * price), rng),
            "use": word(rng.choice(["日常办公", "班级卫生", "教学"])), "need_date": day(school_days(rng, 1)[0], rng, style=style),
            "applicant": word(person(rng)), "dept": word(rng.choice(["教务处", "总务处", "七年级组"])),
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.8), Column("name", ["物品名称", "品名", "申购物品", "采购物品名称"]),
        Column("spec", ["规格型号", "规格", "规格要求"], 0.8),
        Column("uom", ["单位", "计量单位"]), *([Column("stock_qty", ["现有库存", "库存数量", "现存数", "库存量"]),
        Column("need_qty", ["需求数量", "需用数量", "需求量", "本学期需求"])] if has_need else []),
        Column("plan_qty", ["计划采购数量", "申购数量", "采购数量", "拟购数量"] if has_need else ["计划采购数量", "采购数量", "拟购数量"]),
        Column("plan_price", ["预算单价", "预计单价", "参考单价（元）", "估算单价"]),
        Column("plan_amt", ["预算金额", "预计金额（元）", "预算金额（元）", "估算金额"]),
        Column("dept", ["申购部门", "申请部门", "使用部门"], 0.6), Column("use", ["用途", "申购用途", "用途说明"], 0.7),
        Column("need_date", ["要求到货时间", "需用日期", "需求时间"], 0.5), Column("applicant", ["申购人", "申请人"], 0.4),
        Column("remark", ["备注"], 0.6),
    ]  # fmt: skip
    by_kind = rng.random() < 0.3
    if by_kind:
        grouped(rng, records)
    return Form(
        "purchase_plan", ["物品申购计划表", "办公用品采购计划表", "2025年秋季学期物资申购单", "采购申请表"], columns, records, unit="元",
        totals=("plan_amt",), groups="category" if by_kind else "",
        defects=(
            Defect("wrong amount", ("amount-mismatch",), "plan_amt", slipped("plan_amt"), ("plan_price",)),
            Defect("more than is wanted", ("plan-mismatch", "amount-mismatch"), "plan_qty", slipped("plan_qty"),
                ("need_qty", "stock_qty")),
            Defect("no name", ("missing",), "name", emptied("name")),
        ),
    )  # fmt: skip


@makes("stocktake")
def stocktake(rng: Random) -> Form:
    """The books beside what was counted, with gains and losses or one difference."""
    records: list[Record] = []
    as_difference = rng.random() < 0.4
    with_amounts = rng.random() < 0.5
    for n, (name, spec, uom) in enumerate(goods(rng), 1):
        book, gap = rng.randint(5, 80), rng.choice([0, 0, 0, 0, 1, 2, -1, -3])
        price = Decimal(rng.randint(50, 9000)) / 100
        record: Record = {
            "seq": number(n), "name": word(name, rng), "spec": word(spec), "uom": word(uom), "price": number(price),
            "book_qty": number(book, rng, unit=uom), "real_qty": number(book + gap, rng, unit=uom),
            "book_amt": money(cents(book * price), rng), "real_amt": money(cents((book + gap) * price), rng),
            "diff_qty": number(gap), "reason": word(rng.choice(["漏记入库", "领用未登记", "自然损耗"])) if gap else BLANK,
        }  # fmt: skip
        for part, more in (("gain", gap), ("loss", -gap)):
            record[f"{part}_qty"] = number(max(0, more)) if more > 0 or rng.random() < 0.2 else BLANK
            record[f"{part}_amt"] = money(cents(max(0, more) * price)) if more > 0 else BLANK
        records.append(record)
    deep = rng.random() < 0.5
    two = [Column(f"{p}_{q}", [f"{w}/{t}" if deep else f"{w}{t}"]) for p, w in (("gain", "盘盈"), ("loss", "盘亏"))
           for q, t in (("qty", "数量"), ("amt", "金额")) if q == "qty" or with_amounts]  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.8), Column("name", ["物品名称", "品名", "物资名称"]), Column("spec", ["规格型号", "规格"], 0.8),
        Column("uom", ["单位", "计量单位"]),
        *([Column("price", ["单价", "单价（元）"])] if with_amounts else []),
        Column("book_qty", ["账面数量", "账存数量", "账面数", "帐存数"]),
        *([Column("book_amt", ["账面金额", "账存金额"])] if with_amounts else []),
        Column("real_qty", ["实盘数量", "实存数量", "盘点数量", "实盘数"]),
        *([Column("real_amt", ["实盘金额", "实存金额"])] if with_amounts else []),
        *([Column("diff_qty", ["差异数量", "盘点差异", "盈亏数量", "差异"])] if as_difference else two),
        Column("reason", ["差异原因", "盈亏原因", "原因说明"], 0.8), Column("remark", ["备注"], 0.5),
    ]  # fmt: skip
    by_kind = rng.random() < 0.25
    if by_kind:
        grouped(rng, records)
    infos = ("盘点日期：2025年12月30日　　盘点人：张三",) if rng.random() < 0.6 else ()
    return Form(
        "stocktake", ["库存物资盘点表", "仓库盘点表", "办公用品期末盘点表"], columns, records, infos=infos,
        unit="元" if with_amounts else "", totals=("book_amt", "real_amt"), groups="category" if by_kind else "",
        footers=("盘点人：　　　监盘人：　　　保管员：　　　负责人：",),
        context={"count_date": "2025-12-30", "counter": "张三"} if infos else {},
        defects=(
            Defect("wrong difference", ("stocktake-mismatch",), "diff_qty", slipped("diff_qty")),
            Defect("counted wrongly", ("stocktake-mismatch", "amount-mismatch"), "real_qty", slipped("real_qty"),
                ("real_amt", "price")),
            Defect("wrong amount", ("amount-mismatch",), "real_amt", slipped("real_amt")),
            Defect("not counted", ("missing",), "real_qty", emptied("real_qty")),
        ),
    )  # fmt: skip



HANDED = ("扫帚", "拖把", "垃圾桶", "簸箕", "抹布", "粉笔", "黑板擦", "洗手液", "水桶", "A4复印纸", "彩色粉笔", "垃圾袋", "三角板", "玻璃刮", "挂钩", "地刷")
UNITS = {"扫帚": "把", "拖把": "把", "垃圾桶": "个", "粉笔": "盒", "黑板擦": "个", "水桶": "个", "抹布": "块", "A4复印纸": "包"}


OFFICES = ("教务处", "总务处", "德育处", "校长室", "七年级组", "八年级组", "图书馆", "团委", "食堂")


def across(rng: Random, names: list[str], records: list[Record], most: int = 12) -> None:
    """Fill inner cells @0, @1 … with counts, here and there none; give the sum of each row under +sum."""
    for record in records:
        total = 0
        for j in range(len(names)):
            quantity = rng.randint(1, most)
            record[f"@{j}"] = number(quantity) if rng.random() < 0.9 else rng.choice([BLANK, number(0)])
            total += int(record[f"@{j}"].said or 0)
        record["+sum"] = number(total)


def wrong_cell(name: str) -> Spoiler:
    """Spoil the sum at the right end of a row."""

    def spoil(records: list[Record], rng: Random) -> int | None:
        at = rng.randrange(len(records))
        records[at][name] = number(slip(plain(Decimal(str(records[at][name].said))), rng))
        return at

    return spoil


@makes("stock_issue")
def goods_by_class(rng: Random) -> Form:
    """Classes or offices down, goods across, as the list that is signed at the term's start."""
    style, records = rng.choice(CLASS_STYLES), []
    who = "class" if rng.random() < 0.7 else "dept"
    for n, (grade, cls) in enumerate(class_names(rng, rng.randint(5, 18)), 1):
        said = klass(grade, cls, rng,
            style=style) if who == "class" else word(OFFICES[n % len(OFFICES)] + ("" if n < len(OFFICES) else f"{n}组"))
        records.append({"+seq": number(n), who: said, "+teacher": word(person(rng)),
            "+pupils": number(rng.randint(38, 50))})
    names = rng.sample(HANDED, rng.randint(4, 9))
    across(rng, names, records)
    way = rng.choice(["{name}", "{name}", "{name}（{unit}）"])
    columns = [
        Column("+seq", ["序号"], 0.7), Column(who, ["班级", "班别"] if who == "class" else ["部门", "处室", "领用部门"]),
        Column("+teacher", ["班主任"] if who == "class" else ["负责人"], 0.4),
        Column("+pupils", ["人数", "班额"], 0.3),
        *[Column(f"@{j}", [way.format(name=name, unit=UNITS[name]) if name in UNITS else name]) for j,
            name in enumerate(names)],
        Column("+sum", ["合计", "小计"], 0.3), Column(None, ["班主任签字", "领取人签字", "签字", "签收"], 0.8), Column(None, ["备注"], 0.4),
    ]  # fmt: skip
    return Form(
        "stock_issue", ["开学物资发放签收表", "各班卫生工具领取表", "2025年秋季开学用品发放表"], columns, records,
        across={f"@{j}": {"name": name} for j, name in enumerate(names)}, value="qty",
        totals=tuple(f"@{j}" for j in range(len(names))),
        infos=("发放日期：2025年9月1日",) if rng.random() < 0.3 else (),
        defects=(
            Defect("wrong sum", ("sum-mismatch",), "+sum", wrong_cell("+sum")),
            Defect("no number", ("bad-number",), "@0", written("@0", "若干", "一些")),
        ),
    )  # fmt: skip


@makes("stock_issue")
def classes_by_goods(rng: Random) -> Form:
    """Goods down, classes across."""
    chosen = rng.sample(HANDED, rng.randint(4, 10))
    classes = class_names(rng, rng.randint(3, 9))
    style = rng.choice([s for s in CLASS_STYLES if s != "{s}.{n}"])
    heads = [klass(grade, cls, rng, style=style) for grade, cls in classes]
    records: list[Record] = [{"+seq": number(n), "name": word(name), "uom": word(UNITS.get(name, "个"))} for n,
        name in enumerate(chosen, 1)]
    across(rng, [str(h.said) for h in heads], records)
    columns = [
        Column("+seq", ["序号"], 0.7), Column("name", ["物品名称", "品名", "物品"]), Column("uom", ["单位"], 0.5),
        *[Column(f"@{j}", [str(head.written)]) for j, head in enumerate(heads)],
        Column("+sum", ["合计", "总数"], 0.5), Column(None, ["备注"], 0.4),
    ]  # fmt: skip
    return Form(
        "stock_issue", ["各班物品发放表", "开学用品发放明细", "卫生工具发放表"], columns, records,
        across={f"@{j}": {"class": str(head.said)} for j, head in enumerate(heads)}, value="qty",
        defects=(
            Defect("wrong sum", ("sum-mismatch",), "+sum", wrong_cell("+sum")),
            Defect("no number", ("bad-number",), "@1", written("@1", "若干", "一些")),
        ),
    )  # fmt: skip
