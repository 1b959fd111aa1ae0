"""Things broken and paid for, and the beds of the boarders."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from generated.registry import makes
from generated.sheets import Column, Defect, Form, Record
from generated.spoil import Spoiler, emptied, repeated, slipped, written
from generated.words import (
    BLANK,
    CLASS_STYLES,
    DAY_STYLES,
    class_names,
    day,
    klass,
    money,
    number,
    person,
    school_days,
    word,
)

if TYPE_CHECKING:
    from random import Random


@makes("damage")
def damage(rng: Random) -> Form:
    """One row a thing broken, who pays, and the receipt."""
    style, class_style, records = rng.choice(DAY_STYLES), rng.choice(CLASS_STYLES), []
    things = [("玻璃", 35), ("课桌", 175), ("椅子", 95), ("黑板擦", 6), ("门锁", 60), ("饮水机龙头", 20)]
    rule = rng.choice(["原价", "元"])
    for n, when in enumerate(school_days(rng, rng.randint(4, 16)), 1):
        item, price = rng.choice(things)
        quantity = rng.choice([1, 1, 2])
        cause = rng.choice([("人为", 1), ("人为损坏", 1), ("故意", 2)])
        standard = ("双倍" if cause[1] == 2 else "原价") if rule == "原价" else f"{price * cause[1]}元"
        records.append({
            "seq": number(n), "date": day(when, rng, style=style),
            "class": klass(*rng.choice(class_names(rng, 18)), rng, style=class_style), "who": word(person(rng)),
            "item": word(item, rng), "qty": number(quantity),
            "state": word(rng.choice(["破裂", "桌腿断裂", "损坏"])), "cause": word(cause[0]), "orig": number(price),
            "comp_std": word(standard), "comp": money(Decimal(price * quantity * cause[1]), rng),
            "receipt": word(f"{2025000 + n}"), "handler": word("王五"),
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.8), Column("date", ["日期", "登记日期", "损坏日期"]), Column("class", ["班级"]),
        Column("who", ["责任人", "赔偿人", "学生姓名"]), Column("item", ["物品名称", "公物名称", "损坏物品"]), Column("qty", ["数量"]),
        Column("state", ["损坏情况", "损坏程度"]), Column("cause", ["原因", "损坏原因"]), Column("orig", ["原价", "原价（元）", "单价"]),
        Column("comp_std", ["赔偿标准"]), Column("comp", ["赔偿金额", "赔偿金额（元）", "应赔金额"]),
        Column("receipt", ["收据号", "票据号", "收据编号"]), Column("handler", ["处理人", "经办人"], 0.7),
        Column("remark", ["备注"], 0.5),
    ]  # fmt: skip
    return Form(
        "damage", ["公物损坏赔偿登记表", "损坏公物赔偿台账"], columns, records, totals=("comp",), unit="元",
        defects=(
            Defect("wrong sum", ("amount-mismatch",), "comp", slipped("comp"), ("comp_std", "orig", "qty")),
            Defect("no receipt", ("missing",), "receipt", emptied("receipt")),
            Defect("no day", ("bad-date",), "date", written("date", "9.31", "上周")),
        ),
    )  # fmt: skip


@makes("dorm")
def dorm(rng: Random) -> Form:
    """One row a room: its beds, those taken and those free."""
    building = rng.choice(["1号楼", "男生公寓", "A栋"])
    sex, records = rng.choice(["男", "女"]), []
    for n in range(1, rng.randint(6, 24)):
        beds = rng.choice([6, 8, 8, 10])
        used = rng.randint(beds - 3, beds)
        records.append({
            "seq": number(n), "building": word(building), "room": word(f"{1 + n // 8}{n % 8 + 1:02d}"),
            "sex": word(sex), "beds": number(beds), "used": number(used), "free": number(beds - used),
            "head": word(person(rng)), "warden": word("李四"),
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.6), Column("building", ["楼号", "宿舍楼", "楼栋"]),
        Column("room", ["房间号", "房间", "宿舍号", "寝室号"]), Column("sex", ["性别", "男/女"][:1]),
        Column("beds", ["床位数", "床位", "总床位"]), Column("used", ["已住", "已住人数", "实住人数", "入住人数"]),
        Column("free", ["空床", "空床位", "剩余床位", "空余床位"]), Column("head", ["舍长", "寝室长", "宿舍长"], 0.8),
        Column("warden", ["宿管", "宿管员", "生活老师"], 0.7), Column("remark", ["备注"], 0.5),
    ]  # fmt: skip
    return Form(
        "dorm", ["宿舍床位安排表", "学生宿舍床位统计表", "住宿情况一览表"], columns, records, totals=("beds", "used", "free"),
        merged=("building",) if rng.random() < 0.4 else (),
        defects=(
            Defect("wrong beds", ("sum-mismatch", "over-limit"), "beds", slipped_small("beds")),
            Defect("one room twice", ("duplicate",), "room", repeated("room", "building")),
            Defect("both sexes", ("mixed-room", "bad-sex", "not-allowed"), "sex", written("sex", "南")),
        ),
    )  # fmt: skip


def slipped_small(name: str) -> Spoiler:
    """Make a small figure wrong by a few."""

    def spoil(records: list[Record], rng: Random) -> int:
        at = rng.randrange(len(records))
        records[at][name] = number(int(records[at][name].said or 0) + rng.randint(1, 3))
        return at

    return spoil


@makes("dorm")
def beds(rng: Random) -> Form:
    """One row a pupil, the room written once."""
    records: list[Record] = []
    class_style, building = rng.choice(CLASS_STYLES), "1号楼"
    classes, names = class_names(rng, 18), list(dict.fromkeys(person(rng) for _ in range(60)))
    for n, name in enumerate(names[: rng.randint(16, 50)]):
        records.append({
            "seq": number(n + 1), "building": word(building), "room": word(f"{101 + n // 8}"),
            "bed_no": number(n % 8 + 1), "sex": word("男"), "pupil": word(name),
            "class": klass(*rng.choice(classes), rng, style=class_style), "head": BLANK,
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.6), Column("building", ["楼号", "宿舍楼"], 0.7), Column("room", ["房间号", "宿舍号", "房间"]),
        Column("bed_no", ["床号", "床位号", "铺位"]), Column("sex", ["性别"], 0.7), Column("pupil", ["姓名", "学生姓名"]),
        Column("class", ["班级"]), Column("remark", ["备注"], 0.5),
    ]  # fmt: skip
    return Form(
        "dorm", ["宿舍床位安排表", "住宿生床位表"], columns, records, merged=rng.choice([(), ("room",), ("room", "building")]),
        defects=(Defect("one pupil twice", ("duplicate",), "pupil", repeated("pupil", "class")),
            Defect("no class", ("bad-class", "unknown-class"), "class", written("class", "十三年级8班", "无此班"))),
    )  # fmt: skip
