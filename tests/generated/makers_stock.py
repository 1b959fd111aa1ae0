"""Goods: 收发存, 入库, 领用."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from generated.registry import makes
from generated.sheets import Column, Defect, Form, Record
from generated.spoil import emptied, slipped
from generated.words import DAY_STYLES, cents, day, money, number, school_days, word

if TYPE_CHECKING:
    from random import Random

GOODS = (
    ("粉笔", "白色", "盒"), ("A4复印纸", "70g", "包"), ("扫帚", "竹制", "把"), ("拖把", "棉线", "把"), ("垃圾桶", "60L", "个"),
    ("黑板擦", "磁性", "个"), ("中性笔", "0.5mm", "支"), ("抹布", "30×30", "块"), ("洗手液", "500ml", "瓶"), ("簸箕", "塑料", "个"),
    ("档案盒", "55mm", "个"), ("灯管", "18W", "支"), ("插排", "六孔", "个"), ("订书钉", "24/6", "盒"), ("胶带", "48mm", "卷"),
    ("笔记本", "A5", "本"), ("水桶", "10L", "个"), ("挂钟", "静音", "个"), ("5号电池", "碱性", "节"), ("篮球", "7号", "个"),
)  # fmt: skip


def goods(rng: Random, least: int = 6) -> list[tuple[str, str, str]]:
    """Choose different goods."""
    return rng.sample(GOODS, rng.randint(least, len(GOODS)))


@makes("stock_balance")
def stock_balance(rng: Random) -> Form:
    """Quantities, prices and amounts under a two-row header, or quantities alone."""
    records: list[Record] = []
    for n, (name, spec, uom) in enumerate(goods(rng), 1):
        opening, bought = rng.randint(5, 60), rng.randint(0, 100)
        used = rng.randint(0, opening + bought)
        price = Decimal(rng.randint(50, 9000)) / 100
        quantities = {"open": opening, "in": bought, "out": used, "close": opening + bought - used}
        record: Record = {"seq": number(n), "name": word(name, rng), "spec": word(spec), "uom": word(uom)}
        for part, quantity in quantities.items():
            record[f"{part}_qty"] = number(quantity, rng, unit=uom)
            record[f"{part}_price"] = number(price)
            record[f"{part}_amt"] = money(cents(quantity * price), rng)
        records.append(record)
    deep = rng.random() < 0.5
    words = {
        "open": ["期初结存", "上期结存", "上月结存", "期初"], "in": ["本期入库", "本期购入", "入库", "本期收入"],
        "out": ["本期出库", "本期领用", "出库", "本期发出"], "close": ["期末结存", "本期结存", "结存", "期末"],
    }  # fmt: skip
    chosen = {part: rng.choice(names) for part, names in words.items()}
    columns = [
        Column("seq", ["序号"], 0.8), Column("name", ["物品名称", "品名", "名称"]),
        Column("spec", ["规格型号", "规格", "型号"], 0.8), Column("uom", ["单位", "计量单位"]),
    ]  # fmt: skip
    for part in words:
        columns.append(Column(f"{part}_qty", [f"{chosen[part]}/数量"] if deep else [f"{chosen[part]}数量", chosen[part]]))
        if deep:
            columns.append(Column(f"{part}_price", [f"{chosen[part]}/单价"]))
            columns.append(Column(f"{part}_amt", [f"{chosen[part]}/金额"]))
    columns.append(Column("remark", ["备注"], 0.7))
    return Form(
        "stock_balance", ["物资收发存汇总表", "办公用品收发存月报表", "示例中学2025年9月物资进销存"], columns, records,
        totals=("open_amt", "in_amt", "out_amt", "close_amt"), unit="元" if deep else "",
        infos=("填报单位：示例中学　　填报日期：2025年9月30日",) if rng.random() < 0.5 else (),
        defects=(
            Defect("wrong balance", ("balance-mismatch", "amount-mismatch"), "close_qty", slipped("close_qty"),
                   ("open_qty", "in_qty", "out_qty")),
            Defect("wrong amount", ("amount-mismatch",), "in_amt", slipped("in_amt"), ("in_qty", "in_price")),
            Defect("no name", ("missing",), "name", emptied("name")),
        ),
    )  # fmt: skip


@makes("stock_in")
def stock_in(rng: Random) -> Form:
    """One row a delivery's line."""
    chosen = goods(rng)
    style = rng.choice(DAY_STYLES)
    records: list[Record] = []
    for n, ((name, spec, uom), when) in enumerate(zip(chosen, school_days(rng, len(chosen)), strict=True), 1):
        quantity, price = rng.randint(1, 200), Decimal(rng.randint(50, 9000)) / 100
        records.append({
            "seq": number(n), "in_date": day(when, rng, style=style), "name": word(name, rng), "spec": word(spec),
            "uom": word(uom), "qty": number(quantity, rng, unit=uom), "price": number(price),
            "amount": money(cents(quantity * price), rng), "supplier": word(rng.choice(["示例文具店", "示例百货商行"])),
            "invoice": word(f"{25370000 + n * 7}"), "buyer": word("张三"), "checker": word("李四"), "keeper": word("王五"),
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.8), Column("in_date", ["入库日期", "日期", "购入日期"]),
        Column("name", ["物品名称", "品名", "货物名称"]), Column("spec", ["规格型号", "规格"], 0.8),
        Column("uom", ["单位", "计量单位"]), Column("qty", ["数量", "入库数量"]), Column("price", ["单价", "单价（元）"]),
        Column("amount", ["金额", "金额（元）", "总价"]), Column("supplier", ["供应商", "供货单位", "供货商"]),
        Column("invoice", ["发票号码", "发票号"], 0.6), Column("buyer", ["采购人", "采购员"], 0.7),
        Column("checker", ["验收人", "验收员"], 0.8), Column("keeper", ["保管员", "仓管员"], 0.5),
        Column("remark", ["备注"], 0.6),
    ]  # fmt: skip
    return Form(
        "stock_in", ["物资入库登记表", "入库单", "办公用品入库登记"], columns, records, totals=("amount",), unit="元",
        defects=(
            Defect("wrong amount", ("amount-mismatch",), "amount", slipped("amount"), ("qty", "price")),
            Defect("no name", ("missing",), "name", emptied("name")),
        ),
    )  # fmt: skip
