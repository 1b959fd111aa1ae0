"""Books of movements: a card a good with what came, went and is left; a journal of many goods; food by in and out."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from generated.makers_stock import GOODS
from generated.registry import makes
from generated.sheets import Column, Defect, Form, Record
from generated.spoil import slipped, written
from generated.words import BLANK, DAY_STYLES, cents, day, money, number, school_days, word

if TYPE_CHECKING:
    from random import Random

FOODS = (("大米", "", "斤"), ("猪肉", "五花", "斤"), ("鸡蛋", "", "斤"), ("花生油", "5L", "桶"), ("白菜", "", "斤"), ("土豆", "", "斤"))
STYLES = tuple(style for style in DAY_STYLES if style != "short")


def _movements(rng: Random, count: int, opening: int) -> list[tuple[int, int, int]]:
    """Give what came, went and is left of one good, movement by movement."""
    left, found = opening, []
    for _ in range(count):
        came = rng.randint(10, 90) if left < 25 or rng.random() < 0.3 else 0
        went = 0 if came else rng.randint(1, left - 1)
        left += came - went
        found.append((came, went, left))
    return found


def _record(rng: Random, moved: tuple[int, int, int], price: Decimal) -> Record:
    came, went, left = moved
    return {
        "summary": word(rng.choice(["采购入库", "购入"]) if came else rng.choice(["领用", "七年级领", "教务处领用"])),
        "in_qty": number(came) if came else BLANK, "in_price": number(price) if came else BLANK,
        "in_amt": money(cents(came * price), rng) if came else BLANK,
        "out_qty": number(went) if went else BLANK, "out_price": number(price) if went else BLANK,
        "out_amt": money(cents(went * price), rng) if went else BLANK,
        "close_qty": number(left), "close_price": number(price), "close_amt": money(cents(left * price), rng),
    }  # fmt: skip


def _columns(rng: Random, words: dict[str, list[str]], *, deep: bool) -> list[Column]:
    """Give quantity, price and amount of what came, went and is left, or the quantities alone."""
    columns = []
    for part, names in words.items():
        said = rng.choice(names)
        if not deep:
            columns.append(Column(f"{part}_qty", [f"{said}数量", said]))
            continue
        columns += [Column(f"{part}_{each}", [f"{said}/{title}"])
                    for each, title in (("qty", "数量"), ("price", "单价"), ("amt", "金额"))]  # fmt: skip
    return columns


_WORDS = {"in": ["入库", "收入", "购入"], "out": ["出库", "发出", "领用"], "close": ["结存", "库存", "结余"]}


def _wrong_rest(records: list[Record], rng: Random) -> int | None:
    """Spoil what is left of a good of which an earlier row says how much there was."""
    names = [record.get("name", BLANK).said for record in records]
    later = [record for at, record in enumerate(records) if names[at] in names[:at]]
    at = slipped("close_qty")(later, rng) if later else None
    return None if at is None else next(i for i, record in enumerate(records) if record is later[at])


_WRONG = (
    Defect("wrong rest", ("balance-mismatch",), "close_qty", _wrong_rest, ("in_qty", "out_qty")),
    Defect("no number", ("bad-number", "doubtful-number", "balance-mismatch"), "close_qty", written("close_qty", "若干")),
)  # fmt: skip


@makes("stock_card")
def stock_card(rng: Random) -> Form:
    """One good: its name, spec and unit above the table."""
    name, spec, uom = rng.choice(GOODS)
    style, count = rng.choice(STYLES), rng.randint(6, 25)
    opening, price = rng.randint(20, 90), Decimal(rng.randint(50, 900)) / 100
    records: list[Record] = []
    moves = _movements(rng, count, opening)
    for n, (when, moved) in enumerate(zip(school_days(rng, count), moves, strict=True), 1):
        records.append({"date": day(when, rng, style=style), "voucher": word(f"出入{n:03d}")} | _record(rng, moved, price))
    deep = rng.random() < 0.6
    columns = [
        Column("date", ["日期", "出入库日期"]), Column("voucher", ["凭证号", "单据号"], 0.6), Column("summary", ["摘要"]),
        *_columns(rng, _WORDS, deep=deep), Column("handler", ["经手人", "保管员"], 0.5), Column("remark", ["备注"], 0.5),
    ]  # fmt: skip
    info = rng.choice(["品名：{0}　　规格：{1}　　单位：{2}", "物品名称：{0}    规格型号：{1}    计量单位：{2}"])
    carried = {"summary": rng.choice(["上年结转", "上期结存", "期初结存"]), "close_qty": opening, "close_price": float(price),
               "close_amt": float(cents(opening * price))}  # fmt: skip
    return Form(
        "stock_card", ["物资出入库明细账", "库存物资账卡", "材料明细账", "办公用品库存明细账"], columns, records,
        infos=(info.format(name, spec, uom),), context={"name": name, "spec": spec, "uom": uom},
        extras={0: [carried]} if rng.random() < 0.7 else {}, defects=_WRONG,
    )  # fmt: skip


@makes("stock_card")
def stock_journal(rng: Random) -> Form:
    """Many goods in one journal, in the order of days."""
    style, chosen = rng.choice(STYLES), rng.sample(GOODS, rng.randint(2, 5))
    count = rng.randint(8, 40)
    moves = {name: iter(_movements(rng, count, rng.randint(20, 90))) for name, _, _ in chosen}
    price = Decimal(rng.randint(50, 900)) / 100
    records: list[Record] = []
    for when in school_days(rng, count):
        name, spec, uom = rng.choice(chosen)
        records.append({"date": day(when, rng, style=style), "name": word(name), "spec": word(spec), "uom": word(uom),
                        "handler": word("王五")} | _record(rng, next(moves[name]), price))  # fmt: skip
    columns = [
        Column("date", ["日期", "登记日期"]), Column("name", ["物品名称", "品名"]), Column("spec", ["规格", "规格型号"], 0.6),
        Column("uom", ["单位"]), Column("summary", ["摘要", "事由"], 0.7), *_columns(rng, _WORDS, deep=rng.random() < 0.4),
        Column("handler", ["经手人", "经办人"], 0.7), Column("remark", ["备注"], 0.5),
    ]  # fmt: skip
    return Form(
        "stock_card", ["办公用品出入库流水账", "2025年物资出入库明细账", "仓库出入库登记表"], columns, records, defects=_WRONG[:1]
    )


@makes("food_card")
def food_card(rng: Random) -> Form:
    """Food of the canteen, many kinds in one journal."""
    made = stock_journal(rng)
    goods = list(dict.fromkeys(str(record["name"].said) for record in made.records))
    foods = dict(zip(goods, rng.sample(FOODS, len(goods)), strict=True))
    for record in made.records:
        name, spec, uom = foods[str(record["name"].said)]
        record |= {"name": word(name), "spec": word(spec) if spec else BLANK, "uom": word(uom)}
    return Form(
        "food_card", ["食堂食材出入库明细账", "食堂原材料出入库流水账", "出入库明细账"], made.columns, made.records,
        titled=True,  # without it and without a summary it could as well be what came and went each day
        defects=_WRONG[:1],
    )  # fmt: skip
