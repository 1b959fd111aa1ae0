"""Fixed assets: the state system's export, changes, the yearly count, what is written off, what stands in a room."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from generated.registry import makes
from generated.sheets import Column, Defect, Form, Record
from generated.spoil import emptied, repeated, slipped, written
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
    school_days,
    word,
)

if TYPE_CHECKING:
    from random import Random

THINGS = (
    ("台式计算机", "台", 4200, "A02010105"), ("触控一体机", "台", 18000, "A02020800"), ("办公桌", "张", 980, "A05010201"),
    ("文件柜", "个", 1860, "A05010502"),
    ("空调机", "台", 5600, "A02061804"), ("A4黑白打印机", "台", 1500, "A02021003"), ("投影仪", "台", 6800, "A02020200"),
    ("碎纸机", "台", 1250, "A02021301"),
)  # fmt: skip
LONG_STYLES = tuple(s for s in DAY_STYLES if s != "short")


def cards(rng: Random, least: int = 6, most: int = 30) -> list[dict[str, object]]:
    """Invent cards of single pieces, each with its worth, in the order of their numbers."""
    made: list[dict[str, object]] = []
    for n in range(1, rng.randint(least, most)):
        name, uom, base, code = rng.choice(THINGS)
        cost = Decimal(base + rng.randint(-50, 50))
        worn = cents(cost * Decimal(rng.randint(10, 80)) / 100)
        bought = date(rng.randint(2016, 2024), rng.randint(1, 12), rng.randint(1, 28))
        made.append({
            "no": f"GZ{bought.year}{n:04d}", "name": name, "uom": uom, "code": code, "cost": cost, "worn": worn,
            "bought": bought,
            "room": f"{rng.randint(1, 4)}0{rng.randint(1, 9)}室", "user": person(rng),
            "spec": f"X-{rng.randint(100, 999)}",
        })  # fmt: skip
    return made


@makes("asset_register")
def exported(rng: Random) -> Form:
    """As the state system gives it: a plain header in the first row, many columns, texts for numbers and dates."""
    records: list[Record] = []
    as_text = rng.random() < 0.5
    for card in cards(rng, 8, 40):
        cost, worn = Decimal(str(card["cost"])), Decimal(str(card["worn"]))
        bought = card["bought"]
        assert isinstance(bought, date)

        def amount(value: Decimal) -> Said:
            return Said(f"{value:.2f}", money(value).said) if as_text else money(value)

        records.append({
            "asset_no": word(str(card["no"])), "class_code": word(str(card["code"])),
            "class_name": word("设备" if str(card["code"])[:3] == "A02" else "家具和用具"),
            "asset_name": word(str(card["name"])), "acquire_how": word(rng.choice(["购置", "调拨", "接受捐赠"])),
            "spec": word(str(card["spec"])),
            "brand": word(rng.choice(["示例牌", "样板"])), "sn": word(f"SN{rng.randint(10**8, 10**9)}"),
            "uom": word(str(card["uom"])), "qty": Said("1", "1") if as_text else number(1),
            "acquire_date": Said(bought.isoformat(), bought.isoformat()),
            "book_date": Said(bought.isoformat(), bought.isoformat()),
            "value_type": word("原值"), "price": amount(cost), "cost": amount(cost), "acc_dep": amount(worn),
            "net": amount(cost - worn),
            "dep_status": word("计提"), "status": word(rng.choice(["在用", "在用", "闲置"])), "use_dir": word("自用"),
            "place": word(str(card["room"])), "dept": word(rng.choice(["教务处", "总务处"])), "user": word(str(card["user"])),
            "mgmt_dept": word("总务处"),
            "purchase_form": word(rng.choice(["政府集中采购", "分散采购"])), "fund_source": word("财政拨款"),
            "voucher": word(f"记-{rng.randint(1, 300)}"),
        })  # fmt: skip
    columns = [
        Column("asset_no", ["资产编号", "卡片编号"]), Column("class_code", ["资产分类代码", "分类代码", "国标分类代码"]),
        Column("class_name", ["资产分类名称", "资产分类", "资产类别"]),
        Column("asset_name", ["资产名称"]), Column("acquire_how", ["取得方式"]), Column("spec", ["规格型号"]),
        Column("brand", ["品牌"], 0.8), Column("sn", ["产品序列号"], 0.6),
        Column("uom", ["计量单位"]), Column("qty", ["数量"]), Column("acquire_date", ["取得日期"]),
        Column("book_date", ["入账日期", "财务入账日期"]),
        Column("value_type", ["价值类型"]), Column("price", ["单价"], 0.7), Column("cost", ["账面原值", "原值(元)", "价值"]),
        Column("acc_dep", ["累计折旧", "账面累计折旧"]),
        Column("net", ["账面净值", "净值"]), Column("dep_status", ["折旧状态"], 0.7), Column("status", ["使用状况"]),
        Column("use_dir", ["使用方向"], 0.7),
        Column("place", ["存放地点"]), Column("dept", ["使用部门"]), Column("user", ["使用人"]), Column("mgmt_dept", ["管理部门"]),
        Column("purchase_form", ["采购组织形式"], 0.6), Column("fund_source", ["经费来源", "资金来源"], 0.5),
        Column("voucher", ["会计凭证号"], 0.6), Column("remark", ["备注"], 0.6),
        Column(None, ["单位名称"], 0.3, lambda _rng, _n: "示例中学"), Column(None, ["审核状态"], 0.3, lambda _rng, _n: "已审核"),
    ]  # fmt: skip
    return Form(
        "asset_register", (), columns, records, footers=(), totals=("cost", "acc_dep", "net"),
        defects=(
            Defect("wrong net", ("balance-mismatch", "sum-mismatch"), "net", slipped("net"), ("cost", "acc_dep")),
            Defect("one number twice", ("duplicate",), "asset_no", repeated("asset_no")),
            Defect("no code of any list", ("bad-code",), "class_code", written("class_code", "A0201X105", "B5501")),
            Defect("no such state", ("unknown-word",), "status", written("status", "不详")),
        ),
    )  # fmt: skip


@makes("asset_change")
def changes(rng: Random) -> Form:
    """One row a move, a purchase, a write-off."""
    records: list[Record] = []
    style, chosen = rng.choice(DAY_STYLES), cards(rng)
    for n, (card, when) in enumerate(zip(chosen, school_days(rng, len(chosen)), strict=True), 1):
        kind = rng.choice([Said("新增", "新增"), Said("调拨", "调拨"), Said("内部调拨", "调拨"), Said("处置", "处置"), Said("购置", "新增")])
        records.append({
            "seq": number(n), "change_date": day(when, rng, style=style), "change_type": kind,
            "asset_no": word(str(card["no"])), "asset_name": word(str(card["name"]), rng),
            "spec": word(str(card["spec"])), "uom": word(str(card["uom"])), "qty": number(1),
            "cost": money(Decimal(str(card["cost"])), rng),
            "from_place": word(str(card["room"])) if kind.said != "新增" else BLANK,
            "to_place": word(f"{rng.randint(5, 6)}0{rng.randint(1, 9)}室") if kind.said != "处置" else BLANK,
            "handler": word(person(rng)), "basis": word(f"示校〔2025〕{rng.randint(1, 30)}号"),
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.8), Column("change_date", ["变动日期", "变动时间", "日期"]),
        Column("change_type", ["变动类型", "变动方式", "增减类型"]),
        Column("asset_no", ["资产编号", "固定资产编号"]), Column("asset_name", ["资产名称", "名称", "固定资产名称"]),
        Column("spec", ["规格型号"], 0.6), Column("uom", ["单位", "计量单位"], 0.6),
        Column("qty", ["数量"]), Column("cost", ["原值", "原值（元）", "资产原值"]),
        Column("from_place", ["原存放地点", "调出地点", "变动前存放地点"]),
        Column("to_place", ["现存放地点", "调入地点", "变动后存放地点"]), Column("handler", ["经办人", "交接人"], 0.8),
        Column("basis", ["依据", "批准文号", "变动依据"]), Column("remark", ["备注"], 0.5),
    ]  # fmt: skip
    return Form(
        "asset_change", ["固定资产变动登记表", "资产增减变动表", "固定资产变动情况登记"], columns, records,
        defects=(
            Defect("no such change", ("unknown-word",), "change_type", written("change_type", "其它变化")),
            Defect("from nowhere to nowhere", ("missing",), "to_place", written_blank("to_place", "调拨")),
            Defect("no day", ("bad-date",), "change_date", written("change_date", "去年底", "2025.9.31")),
        ),
    )  # fmt: skip


def written_blank(name: str, kind: str):
    """Leave a field empty in a record of one kind of change."""

    def spoil(records: list[Record], rng: Random) -> int | None:
        able = [i for i, r in enumerate(records) if r["change_type"].said == kind]
        if not able:
            return None
        at = rng.choice(able)
        records[at][name] = BLANK
        return at

    return spoil


@makes("asset_change")
def rolled(rng: Random) -> Form:
    """One row a class of assets: opening, more, less, closing, in pieces and money."""
    records: list[Record] = []
    for n, name in enumerate(["房屋和构筑物", "设备", "文物和陈列品", "图书和档案", "家具和用具", "特种动植物"][: rng.randint(4, 6)], 1):
        record: Record = {"seq": number(n), "class_name": word(name)}
        pieces, worth = [rng.randint(50, 900), rng.randint(0, 40), rng.randint(0, 30)], [rng.randint(10**5, 10**6),
            rng.randint(0, 9000), rng.randint(0, 9000)]
        for part, quantity, cost in zip(("open", "add", "cut"), pieces, worth, strict=True):
            record[f"{part}_qty"], record[f"{part}_cost"] = number(quantity), money(Decimal(cost))
        record["close_qty"] = number(pieces[0] + pieces[1] - pieces[2])
        record["close_cost"] = money(Decimal(worth[0] + worth[1] - worth[2]))
        records.append(record)
    words = {"open": ["期初", "年初数", "上年末"], "add": ["本期增加", "本年增加"], "cut": ["本期减少", "本年减少"], "close": ["期末", "年末数"]}
    chosen, money_word = {part: rng.choice(names) for part, names in words.items()}, rng.choice(["原值", "金额", "原值（元）"])
    columns = [Column("seq", ["序号"], 0.7), Column("class_name", ["资产类别", "资产分类", "类别"])]
    for part, said in chosen.items():
        columns += [Column(f"{part}_qty", [f"{said}/数量"]), Column(f"{part}_cost", [f"{said}/{money_word}"])]
    columns.append(Column("remark", ["备注"], 0.5))
    return Form(
        "asset_change", ["固定资产增减变动汇总表", "2025年固定资产增减变动情况表"], columns, records, unit="元",
        totals=("open_cost", "add_cost", "cut_cost", "close_cost"),
        defects=(
            Defect("wrong closing", ("balance-mismatch",), "close_cost", slipped("close_cost")),
            Defect("wrong pieces", ("balance-mismatch",), "close_qty", slipped("close_qty")),
        ),
    )  # fmt: skip


@makes("asset_stocktake")
def counted(rng: Random) -> Form:
    """A card a row, the books beside what was found."""
    records: list[Record] = []
    style, full = rng.choice(LONG_STYLES), rng.random() < 0.5
    for n, card in enumerate(cards(rng), 1):
        cost, worn = Decimal(str(card["cost"])), Decimal(str(card["worn"]))
        bought = card["bought"]
        assert isinstance(bought, date)
        found = 0 if rng.random() < 0.06 else 1
        result = Said("相符", "相符") if found else Said("盘亏", "盘亏")
        records.append({
            "seq": number(n), "asset_no": word(str(card["no"])), "class_code": word(str(card["code"])),
            "asset_name": word(str(card["name"]), rng), "spec": word(str(card["spec"])),
            "uom": word(str(card["uom"])), "acquire_date": day(bought, rng, style=style), "book_qty": number(1),
            "book_cost": money(cost), "book_dep": money(worn), "book_net": money(cost - worn),
            "real_qty": number(found), "real_cost": money(cost * found), "gain_qty": BLANK, "gain_amt": BLANK,
            "loss_qty": BLANK if found else number(1),
            "loss_amt": BLANK if found else money(cost), "pl_type": result,
            "status": Said("在用", "在用") if found else BLANK, "place": word(str(card["room"])),
            "user": word(str(card["user"])),
            "reason": BLANK if found else word("搬迁时遗失"), "opinion": BLANK if found else word("报批核销"),
        })  # fmt: skip
    book, real = rng.choice(["账面数", "账面"]), rng.choice(["清查数", "实盘数", "盘点数"])
    columns = [
        Column("seq", ["序号"], 0.8), Column("asset_no", ["资产编号", "固定资产编号", "卡片编号"]),
        Column("class_code", ["类别代码", "分类代码"], 0.4), Column("asset_name", ["资产名称", "固定资产名称"]),
        Column("spec", ["规格型号", "规格"], 0.8), Column("uom", ["单位", "计量单位"]),
        Column("acquire_date", ["取得日期", "购置日期"], 0.7),
        *([Column("book_qty", [f"{book}/数量"]), Column("book_cost", [f"{book}/原值"]),
            Column("book_dep", [f"{book}/累计折旧"]), Column("book_net", [f"{book}/净值"]),
           Column("real_qty", [f"{real}/数量"]), Column("real_cost", [f"{real}/原值"]), Column("gain_qty", ["盘盈/数量"]),
           Column("gain_amt", ["盘盈/金额"]),
           Column("loss_qty", ["盘亏/数量"]), Column("loss_amt", ["盘亏/金额"])] if full else
          [Column("book_qty", ["账面数量", "账存数量"]), Column("book_cost", ["账面原值", "原值"]),
              Column("real_qty", ["实盘数量", "清查数量", "实有数量"])]),
        Column("pl_type", ["盘点结果", "清查结果", "损益类型"], 0.7), Column("status", ["使用状况", "使用状态"], 0.8),
        Column("place", ["存放地点"]), Column("user", ["使用人", "保管人"], 0.7),
        Column("reason", ["差异原因", "原因"], 0.8), Column("opinion", ["处理意见"], 0.5), Column("remark", ["备注"], 0.5),
    ]  # fmt: skip
    infos = ("清查基准日：2025年12月31日",) if rng.random() < 0.5 else ()
    return Form(
        "asset_stocktake", ["固定资产清查盘点表", "固定资产盘点表", "资产清查明细表"], columns, records, unit="元", infos=infos,
        totals=("book_cost", "real_cost") if full else ("book_cost",),
        context={"base_date": "2025-12-31"} if infos else {}, footers=("盘点人：　　　监盘人：　　　资产管理员：",),
        defects=(
            Defect("wrong net", ("sum-mismatch",), "book_net", slipped("book_net")),
            Defect("one card twice", ("duplicate",), "asset_no", repeated("asset_no")),
            Defect("says it agrees", ("stocktake-mismatch",), "pl_type", says_agrees),
            Defect("no such result", ("unknown-word",), "pl_type", written("pl_type", "不好说")),
        ),
    )  # fmt: skip


def says_agrees(records: list[Record], rng: Random) -> int | None:
    """Call short what agrees."""
    able = [i for i, r in enumerate(records) if r["pl_type"].said == "相符"]
    if not able:
        return None
    at = rng.choice(able)
    records[at]["pl_type"] = Said("盘盈", "盘盈")
    return at


@makes("asset_disposal")
def disposal(rng: Random) -> Form:
    """What is to be written off, fully worn."""
    records: list[Record] = []
    style = rng.choice(LONG_STYLES)
    for n, card in enumerate(cards(rng, 4, 15), 1):
        cost = Decimal(str(card["cost"]))
        bought = date(rng.randint(2008, 2014), rng.randint(1, 12), rng.randint(1, 28))
        years = 15 if str(card["code"])[:3] == "A05" else 6
        used = max(years, 2025 - bought.year)
        proceeds = Decimal(rng.choice([0, 20, 50, 100]))
        records.append({
            "seq": number(n), "asset_no": word(str(card["no"])), "asset_name": word(str(card["name"]), rng),
            "spec": word(str(card["spec"])), "uom": word(str(card["uom"])), "qty": number(1),
            "acquire_date": day(bought, rng, style=style), "rule_years": number(years), "used_years": number(used),
            "cost": money(cost, rng), "acc_dep": money(cost), "net": Said(0, "0"),
            "dispose_how": rng.choice([Said("报废", "报废"), Said("报损", "报废")]),
            "reason": word(rng.choice(["超过使用年限，无法修复", "老化损坏"])), "appraisal": word("同意报废"), "proceeds": money(proceeds),
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.8), Column("asset_no", ["资产编号", "固定资产编号", "卡片编号"]),
        Column("asset_name", ["资产名称", "固定资产名称"]), Column("spec", ["规格型号", "型号规格"], 0.8),
        Column("uom", ["单位", "计量单位"], 0.8), Column("qty", ["数量"]), Column("acquire_date", ["购置日期", "取得日期", "购置时间"]),
        Column("rule_years", ["规定使用年限", "最低使用年限", "规定年限"]),
        Column("used_years", ["已使用年限", "已用年限", "实际使用年限"]), Column("cost", ["原值", "账面原值", "原值（元）"]),
        Column("acc_dep", ["累计折旧", "已提折旧"]), Column("net", ["净值", "账面净值"]),
        Column("dispose_how", ["处置方式", "处置形式", "拟处置方式"]), Column("reason", ["处置原因", "报废原因"]),
        Column("appraisal", ["鉴定意见", "技术鉴定意见"], 0.6),
        Column("proceeds", ["残值收入", "处置收入"], 0.5), Column("remark", ["备注"], 0.5),
    ]  # fmt: skip
    return Form(
        "asset_disposal", ["固定资产报废清单", "固定资产处置申请表", "报废资产明细表"], columns, records, unit="元",
        totals=("cost", "acc_dep", "net"),
        defects=(
            Defect("wrong net", ("sum-mismatch",), "net", written("net", "35", "120"), ("cost", "acc_dep")),
            Defect("one card twice", ("duplicate",), "asset_no", repeated("asset_no")),
            Defect("no such way", ("unknown-word",), "dispose_how", written("dispose_how", "扔掉")),
        ),
    )  # fmt: skip


@makes("room_inventory")
def rooms(rng: Random) -> list[Form]:
    """A sheet a room, or several rooms below one another, or all in one list."""
    style = rng.choice([s for s in CLASS_STYLES if s.endswith("班")])
    way, many = rng.choice(["sheets", "stacked", "list"]), rng.randint(2, 4)
    if way == "list":
        form = _room([thing for n in range(many) for thing in _things(rng, word(f"{n + 2}01实验室"), n)])
        for n, record in enumerate(form.records, 1):
            record["seq"] = number(n)
        return [replace(form, columns=[Column("room", ["房间", "室名", "房间名称", "教室"]), *form.columns[1:]],
            merged=rng.choice([("room",), ()]))]
    forms = []
    for n in range(many):
        grade, cls = class_names(rng, 1)[0]
        room = rng.choice([klass(grade, cls, rng, style=style), word(f"{n + 1}0{n + 2}办公室"), word("化学实验室")])
        form = _room(_things(rng, BLANK, n))
        forms.append(replace(form, columns=form.columns[1:], infos=(f"房间：{room.written}　　责任人：王五",),
            context={"room": str(room.said), "user": "王五"},
                             sheet=f"表{n + 1}" if way == "sheets" else "Sheet1"))  # fmt: skip
    return forms


def _things(rng: Random, room: Said, which: int) -> list[Record]:
    made: list[Record] = []
    names = [("学生课桌", "张", 175), ("学生椅", "把", 95), ("讲桌", "张", 680), ("吊扇", "台", 210), ("黑板", "块", 900),
        ("书柜", "个", 760), ("空调机", "台", 5600), ("触控一体机", "台", 18000)]
    for n, (name, uom, base) in enumerate(rng.sample(names, rng.randint(3, len(names))), 1):
        quantity, price = rng.randint(1, 50), Decimal(base + which)
        made.append({
            "seq": number(n), "room": room, "asset_no": word(f"ZC{which}{n:03d}"), "asset_name": word(name, rng),
            "spec": word(rng.choice(["标准", "双人", "加厚"])), "uom": word(uom),
            "qty": number(quantity, rng, unit=uom), "price": number(price), "amount": money(quantity * price, rng),
            "status": rng.choice([Said("完好", "在用"), Said("在用", "在用")]), "user": word("王五"),
        })  # fmt: skip
    return made


def _room(records: list[Record]) -> Form:
    columns = [
        Column("room", ["房间"]), Column("seq", ["序号"], 0.9), Column("asset_no", ["资产编号", "固定资产编号"], 0.6),
        Column("asset_name", ["资产名称", "物品名称", "设备名称", "名称"]),
        Column("spec", ["规格型号", "规格"], 0.7), Column("uom", ["单位", "计量单位"]), Column("qty", ["数量"]),
        Column("price", ["单价"], 0.4), Column("amount", ["金额", "总价"], 0.4),
        Column("status", ["状况", "使用状况", "完好情况"]), Column("remark", ["备注"], 0.6),
    ]  # fmt: skip
    return Form(
        "room_inventory", ["分室物品清单", "室内财产登记表", "教室物品登记卡"], columns, records,
        defects=(
            Defect("wrong amount", ("amount-mismatch",), "amount", slipped("amount"), ("qty", "price")),
            Defect("no quantity", ("missing",), "qty", emptied("qty")),
            Defect("no such state", ("unknown-word",), "status", written("status", "不清楚")),
        ),
    )  # fmt: skip
