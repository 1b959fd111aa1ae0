"""What goes to classes: desks moved, uniforms summed up by size and handed out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from generated.makers_counts import across, wrong_cell
from generated.registry import makes
from generated.sheets import Column, Defect, Form, Record
from generated.spoil import emptied, repeated, slipped, written
from generated.words import (
    BLANK,
    CLASS_STYLES,
    DAY_STYLES,
    Said,
    class_names,
    day,
    klass,
    number,
    person,
    school_days,
    word,
)

if TYPE_CHECKING:
    from random import Random

STYLES = {"夏装": ["夏装", "夏季校服"], "春秋装": ["春秋装", "运动装"], "冬装": ["冬装", "冲锋衣"]}


@makes("desk_transfer")
def moves(rng: Random) -> Form:
    """One row a move of desks or chairs."""
    style, class_style, records = rng.choice(DAY_STYLES), rng.choice(CLASS_STYLES), []
    classes = class_names(rng, 18)
    for n, when in enumerate(school_days(rng, rng.randint(5, 16)), 1):
        source, target = rng.sample(classes, 2)
        item = rng.choice([Said("课桌", "课桌"), Said("椅子", "课椅"), Said("凳子", "课椅"), Said("桌子", "课桌")])
        records.append({
            "seq": number(n), "move_date": day(when, rng, style=style),
            "from_class": klass(*source, rng, style=class_style), "to_class": klass(*target, rng, style=class_style),
            "item": item, "qty": number(rng.randint(1, 8)), "handler": word(person(rng)), "sign": BLANK,
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.8), Column("move_date", ["日期", "调拨日期", "调整日期"]),
        Column("from_class", ["调出班级", "调出单位", "调出"]), Column("to_class", ["调入班级", "调入单位", "调入"]),
        Column("item", ["物品", "物品名称", "调拨物品", "名称"]), Column("qty", ["数量", "调拨数量"]),
        Column("handler", ["经办人", "经手人"], 0.8), Column("sign", ["签收", "接收人签字", "签字"], 0.6),
        Column("remark", ["备注"], 0.5),
    ]  # fmt: skip

    def to_itself(rows: list[Record], chance: Random) -> int | None:
        at = chance.randrange(len(rows))
        rows[at]["to_class"] = rows[at]["from_class"]
        return at

    return Form(
        "desk_transfer", ["课桌凳调拨登记表", "桌椅调配登记表", "班级桌凳调拨单"], columns, records, totals=("qty",),
        defects=(
            Defect("to itself", ("same-place",), "to_class", to_itself),
            Defect("no number", ("missing",), "qty", emptied("qty")),
            Defect("no such thing", ("unknown-word",), "item", written("item", "柜台")),
        ),
    )  # fmt: skip


@makes("desk_transfer")
def adjusted(rng: Random) -> Form:
    """One row a class: before, out, in, after, of desks and chairs."""
    style, records = rng.choice(CLASS_STYLES), []
    classes = class_names(rng, rng.randint(4, 9) * 2)
    gives = [rng.randint(0, 5) if n % 2 else 0 for n in range(len(classes))]
    for n, (grade, cls) in enumerate(classes, 1):
        record: Record = {"seq": number(n), "class": klass(grade, cls, rng, style=style)}
        out, into = (gives[n - 1], 0) if n % 2 == 0 else (0, gives[n] if n < len(gives) else 0)
        for part in ("desk", "chair"):
            before = rng.randint(40, 52)
            record |= {f"before_{part}": number(before), f"out_{part}": number(out), f"in_{part}": number(into),
                f"after_{part}": number(before - out + into)}
        records.append(record)
    words = {"before": ["调整前", "原有"], "out": ["调出"], "in": ["调入"], "after": ["调整后"]}
    chosen = {part: rng.choice(names) for part, names in words.items()}
    desk, chair = rng.choice(["课桌", "桌", "桌子"]), rng.choice(["椅子", "凳子", "椅"])
    columns = [Column("seq", ["序号"], 0.7), Column("class", ["班级", "班别"])]
    for part, said in chosen.items():
        columns += [Column(f"{part}_desk", [f"{said}/{desk}"]), Column(f"{part}_chair", [f"{said}/{chair}"])]
    columns += [Column("sign", ["班主任签字", "签字"], 0.5), Column("remark", ["备注"], 0.5)]
    return Form(
        "desk_transfer", ["各班桌凳调整汇总表", "班级课桌椅调配表"], columns, records,
        totals=("out_desk", "in_desk", "out_chair", "in_chair"),
        defects=(
            Defect("wrong rest", ("balance-mismatch",), "after_desk", slipped("after_desk")),
            Defect("wrong chairs", ("balance-mismatch",), "after_chair", slipped("after_chair")),
        ),
    )  # fmt: skip


def sizes(rng: Random) -> list[str]:
    """Give sizes that follow each other, of bodies or letters."""
    if rng.random() < 0.3:
        return ["S", "M", "L", "XL", "2XL"][: rng.randint(3, 5)]
    first = rng.choice([140, 145, 150])
    return [str(first + 5 * n) for n in range(rng.randint(4, 8))]


@makes("uniform_size_summary")
def classes_down(rng: Random) -> Form:
    """Classes down; styles, sexes and sizes across in one to three rows of header."""
    style, records, chosen = rng.choice(CLASS_STYLES), list[Record](), sizes(rng)
    for n, (grade, cls) in enumerate(class_names(rng, rng.randint(4, 18)), 1):
        records.append({"+seq": number(n), "class": klass(grade, cls, rng, style=style)})
    garments = rng.sample(sorted(STYLES), rng.choice([1, 1, 2]))
    sexes = rng.choice([["男", "女"], ["男生", "女生"], []])
    heads: list[tuple[str, dict[str, str]]] = []
    one_in_title = len(garments) == 1 and rng.random() < 0.5
    for garment in garments:
        said = rng.choice(STYLES[garment])
        for sex in sexes or [""]:
            for size in chosen:
                values = {"size": size, "style": garment} | ({"sex": sex[0]} if sex else {})
                heads.append(("/".join(([] if one_in_title else [said]) + ([sex] if sex else []) + [size]), values))
    across(rng, [h for h, _ in heads], records)
    columns = [
        Column("+seq", ["序号"], 0.5), Column("class", ["班级", "班别"]),
        *[Column(f"@{j}", [head]) for j, (head, _) in enumerate(heads)],
        Column("+sum", ["合计", "总套数", "套数合计"], 0.7), Column(None, ["班主任签字", "备注"], 0.5),
    ]  # fmt: skip
    title = f"{garments[0]}尺码汇总表" if one_in_title else "校服尺码汇总表"
    return Form(
        "uniform_size_summary", [title] if not one_in_title else [], columns, records,
        infos=() if not one_in_title else (f"款式：{garments[0]}",),
        across={f"@{j}": values for j, (_, values) in enumerate(heads)}, value="sets",
        totals=tuple(f"@{j}" for j in range(len(heads))), number_heads=rng.random() < 0.5,
        defects=(Defect("wrong sum", ("sum-mismatch",), "+sum", wrong_cell("+sum")),
            Defect("no number", ("bad-number",), "@1", written("@1", "若干"))),
    )  # fmt: skip


@makes("uniform_size_summary")
def sizes_down(rng: Random) -> Form:
    """Sizes down, classes or sexes across."""
    chosen = sizes(rng)
    garment = rng.choice(sorted(STYLES))
    records: list[Record] = [{"size": Said(size, size)} for size in chosen]
    if rng.random() < 0.5:
        style = rng.choice([s for s in CLASS_STYLES if s != "{s}.{n}"])
        classes = [klass(g, c, rng, style=style) for g, c in class_names(rng, rng.randint(3, 9))]
        heads = [(str(c.written), {"class": str(c.said)}) for c in classes]
        context = {"style": garment}
    else:
        heads = [("男", {"sex": "男"}), ("女", {"sex": "女"})]
        context = {"style": garment, "class": "七年级(3)班"}
    across(rng, [h for h, _ in heads], records)
    columns = [Column("size", ["尺码", "号型", "型号"]), *[Column(f"@{j}", [head]) for j, (head, _) in enumerate(heads)],
        Column("+sum", ["合计", "小计"], 0.7), Column(None, ["备注"], 0.4)]
    infos = (f"班级：七年级（3）班　　款式：{garment}",) if "class" in context else (f"款式：{garment}",)
    return Form(
        "uniform_size_summary", ["校服尺码统计表", "校服尺码汇总表"], columns, records, infos=infos, context=context,
        across={f"@{j}": values for j, (_, values) in enumerate(heads)}, value="sets",
        totals=tuple(f"@{j}" for j in range(len(heads))),
        defects=(Defect("wrong sum", ("sum-mismatch",), "+sum", wrong_cell("+sum")),
            Defect("no number", ("bad-number",), "@1", written("@1", "若干"))),
    )  # fmt: skip


@makes("uniform_issue")
def pupils(rng: Random) -> Form:
    """One class's pupils, who sign for what they get."""
    (grade, cls), = class_names(rng, 1)
    full, when = klass(grade, cls, rng), school_days(rng, 1)[0]
    style, garment = rng.choice(DAY_STYLES), rng.choice(sorted(STYLES))
    records: list[Record] = []
    for n, name in enumerate(dict.fromkeys(person(rng) for _ in range(rng.randint(12, 40))), 1):
        size = str(rng.randrange(140, 180, 5))
        other = str(int(size) + 5) if rng.random() < 0.08 else ""
        records.append({
            "seq": number(n), "class": full, "pupil": word(name),
            "size": Said(rng.choice([size, f"{size}#", f"{size}码"]), size), "top_qty": number(1),
            "trousers_qty": number(1), "sets": number(1),
            "issue_date": day(when, rng, style=style), "exchange": word("调大一码") if other else BLANK,
            "exchange_size": Said(other, other) if other else BLANK, "sign": BLANK, "style": Said(garment, garment),
        })  # fmt: skip
    apart, in_column = rng.random() < 0.5, rng.random() < 0.5
    columns = [
        Column("seq", ["序号"], 0.9), *([Column("class", ["班级"])] if in_column else []), Column("pupil", ["姓名", "学生姓名"]),
        Column("style", ["款式", "品种"], 0.3), Column("size", ["尺码", "号型", "校服尺码"]),
        *([Column("top_qty", ["上衣", "上衣（件）"]), Column("trousers_qty", ["裤子", "裤子（条）"])] if apart else [Column("sets",
            ["套数", "数量"])]),
        Column("issue_date", ["领取日期", "发放日期"], 0.8), Column("sign", ["领取人签字", "签字", "学生签字"]),
        Column("exchange", ["调换", "调换情况"], 0.5), Column("exchange_size", ["调换尺码"], 0.4), Column("remark", ["备注"], 0.5),
    ]  # fmt: skip
    return Form(
        "uniform_issue", ["校服发放签收表", "校服领取登记表"], columns, records,
        infos=() if in_column else (f"班级：{full.written}　　班主任：张三",),
        context={} if in_column else {"class": str(full.said)},
        totals=("sets",), defects=(
            Defect("no size", ("bad-size",), "size", written("size", "1650", "大大")),
            Defect("one pupil twice", ("duplicate",), "pupil", repeated("pupil", "size", "issue_date", "style")),
            Defect("the same size again", ("same-place",), "exchange_size", same_size),
        ),
    )  # fmt: skip


def same_size(records: list[Record], rng: Random) -> int:
    """Exchange a size for itself."""
    at = rng.randrange(len(records))
    records[at]["exchange_size"] = Said(records[at]["size"].said, records[at]["size"].said)
    return at


@makes("uniform_issue")
def issued_by_class(rng: Random) -> Form:
    """One row a class: to be handed out, handed out, exchanged, not fetched."""
    style, records = rng.choice(CLASS_STYLES), []
    for n, (grade, cls) in enumerate(class_names(rng, rng.randint(5, 18)), 1):
        ordered, lacking, changed = rng.randint(38, 50), rng.choice([0, 0, 1, 2]), rng.choice([0, 0, 1, 3])
        records.append({
            "seq": number(n), "class": klass(grade, cls, rng, style=style), "ordered": number(ordered),
            "received": number(ordered - lacking - changed), "exchanged": number(changed), "missing": number(lacking),
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.8), Column("class", ["班级", "班别"]), Column("ordered", ["应发套数", "应发数量", "订购套数"]),
        Column("received", ["实发套数", "实发数量", "已发套数"]),
        Column("exchanged", ["调换套数", "调换数量"]), Column("missing", ["未领套数", "未领数量", "未领"]),
        Column("sign", ["班主任签字"], 0.7), Column("remark", ["备注"], 0.5),
    ]  # fmt: skip
    return Form(
        "uniform_issue", ["校服发放情况汇总表", "各班校服发放统计表"], columns, records,
        totals=("ordered", "received", "exchanged", "missing"),
        defects=(
            Defect("wrong number", ("sum-mismatch",), "received", slipped("received")),
            Defect("one class twice", ("duplicate",), "class", repeated("class")),
        ),
    )  # fmt: skip
