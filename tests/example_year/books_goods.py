"""The store room's four workbooks, and the four of the asset register."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from example_year.assets import accumulated_by
from example_year.model import YEAR
from example_year.office import Column, Table, money, some
from example_year.stock import COUNT_DAY, LOST

if TYPE_CHECKING:
    from example_year.model import Card, Good
    from example_year.office import Office, Record
    from example_year.year import School

ROOM, IN, OUT, COUNT = "物资收发存2025年度.xlsx", "入库登记2025.xlsx", "物品领用登记2025.xlsx", "库房年末盘点表.xlsx"
CARDS, CHANGES, SCRAP, CHECK = "固定资产卡片2025年末.xlsx", "2025年资产增减变动.xlsx", "2025年报废资产清单.xlsx", "资产清查盘点表2025.xlsx"
KEEPER = "保管员：钱守仁"


def write_goods(office: Office, year: School) -> None:
    """Write the store room."""
    write_room(office, year.goods)
    _received(office, year)
    _issued(office, year)
    _counted(office, year)


def write_assets(office: Office, year: School) -> None:
    """Write the assets."""
    kept = [card for card in year.cards if card.gone is None]
    write_cards(office, kept)
    _changes(office, year)
    _scrapped(office, [card for card in year.cards if card.gone])
    _checked(office, kept)


def write_room(office: Office, goods: list[Good], *, year: int = YEAR, file: str = ROOM) -> None:
    """Write a year's 收发存."""
    records: list[Record] = [
        {"seq": n, "category": g.category, "name": g.name, "spec": g.spec, "uom": g.uom, "open_qty": g.open_qty, "open_amt": money(g.open_amount),
         "in_qty": g.in_qty or None, "in_amt": some(g.in_amount), "out_qty": g.out_qty or None, "out_amt": some(g.out_amount), "close_qty": g.qty, "close_amt": money(g.amount)}
        for n, g in enumerate(goods, 1)
    ]  # fmt: skip
    columns = [Column("seq", "序号", "number", 6), Column("category", "类别"), Column("name", "物品名称", "left", 16), Column("spec", "规格型号", "left", 14), Column("uom", "单位", width=7)]
    for head, name in (("年初结存", "open"), ("本年入库", "in"), ("本年出库", "out"), ("年末结存", "close")):
        columns += [Column(f"{name}_qty", f"{head}/数量", "number", 9), Column(f"{name}_amt", f"{head}/金额", "money", 12)]
    office.table(file, "收发存", Table("stock_balance", f"示例中学{year}年度物资收发存汇总表", columns, records, infos=(KEEPER, f"截止日期：{year}年12月31日　金额单位：元"),
                                    totals=("open_amt", "in_amt", "out_amt", "close_amt")))  # fmt: skip


def _received(office: Office, year: School) -> None:
    records: list[Record] = [
        {"in_date": r.day, "doc_no": r.doc, "category": r.good.category, "name": r.good.name, "spec": r.good.spec, "uom": r.good.uom, "qty": r.qty, "price": r.price / 100,
         "amount": money(r.amount), "supplier": r.supplier, "invoice": r.invoice, "buyer": "马志平", "checker": "孙立平", "keeper": "钱守仁"}
        for r in year.receipts
    ]  # fmt: skip
    columns = [Column("in_date", "入库日期", "date"), Column("doc_no", "入库单号", width=11), Column("category", "类别"), Column("name", "品名", "left", 16), Column("spec", "规格", "left", 14),
               Column("uom", "单位", width=7), Column("qty", "数量", "number", 9), Column("price", "单价（元）", "money", 10), Column("amount", "金额（元）", "money", 12), Column("supplier", "供货商", "left", 22),
               Column("invoice", "发票号码", width=23), Column("buyer", "采购人"), Column("checker", "验收人"), Column("keeper", "保管员")]  # fmt: skip
    office.table(IN, "2025年", Table("stock_in", "示例中学2025年物资入库登记表", columns, records, infos=(KEEPER,), totals=("amount",)))


def _issued(office: Office, year: School) -> None:
    """Write a sheet a half-year, as two pads."""
    columns = [Column("out_date", "领用日期", "date"), Column("name", "物品名称", "left", 16), Column("spec", "规格", "left", 14), Column("uom", "单位", width=7), Column("qty", "领用数量", "number", 9),
               Column("dept", "领用部门", width=15), Column("use", "用途"), Column("receiver", "领用人签字"), Column("issuer", "发放人")]  # fmt: skip
    for sheet, months in (("1-6月", range(1, 7)), ("7-12月", range(7, 13))):
        records: list[Record] = [{"out_date": i.day, "name": i.good.name, "spec": i.good.spec, "uom": i.good.uom, "qty": i.qty, "dept": i.dept, "use": i.use, "issuer": "钱守仁"}
                                 for i in sorted(year.issues, key=lambda i: i.day) if i.day.month in months]  # fmt: skip
        office.table(OUT, sheet, Table("stock_issue", f"示例中学物品领用登记表（2025年{sheet}）", columns, records, landscape=False))


def _counted(office: Office, year: School) -> None:
    records: list[Record] = [
        {"seq": n, "name": g.name, "spec": g.spec, "uom": g.uom, "book_qty": g.qty, "book_amt": money(g.amount), "real_qty": g.qty - g.lost,
         "real_amt": money(g.amount - g.lost_amount), "loss_qty": g.lost or None, "loss_amt": some(g.lost_amount), "reason": _why(g.name), "counter": "孙立平、钱守仁",
         "gain_qty": None}
        for n, g in enumerate(year.goods, 1)
    ]  # fmt: skip
    columns = [Column("seq", "序号", "number", 6), Column("name", "物品名称", "left", 16), Column("spec", "规格型号", "left", 14), Column("uom", "单位", width=7), Column("book_qty", "账面/数量", "number", 9),
               Column("book_amt", "账面/金额", "money"), Column("real_qty", "实盘/数量", "number", 9), Column("real_amt", "实盘/金额", "money"), Column("gain_qty", "盘盈/数量", "number", 9),
               Column("loss_qty", "盘亏/数量", "number", 9), Column("loss_amt", "盘亏/金额", "money"), Column("reason", "差异原因", "left", 26), Column("counter", "盘点人", width=15)]  # fmt: skip
    office.table(COUNT, "盘点", Table("stocktake", "示例中学库房物资盘点表", columns, records, infos=(f"盘点日期：{COUNT_DAY:%Y年%m月%d日}", KEEPER), totals=("book_amt", "real_amt", "loss_amt"),
                                   footers=("盘点人：　　　　监盘人：　　　　保管员：　　　　负责人：",)))  # fmt: skip


def _why(name: str) -> str | None:
    return "受潮损坏，经批准核销" if name in LOST else None


def write_cards(office: Office, cards: list[Card], *, year: int = YEAR, file: str = CARDS) -> None:
    """Write the register as it stands at the end of a year."""
    records: list[Record] = []
    for n, c in enumerate(cards, 1):
        taken = accumulated_by(c, f"{year}-12")
        records.append({
            "seq": n, "asset_no": c.number, "class_code": c.code, "class_name": c.kind, "asset_name": c.name, "spec": c.spec, "uom": c.uom, "qty": c.qty, "price": c.price / 100,
            "cost": money(c.cost), "acc_dep": money(taken), "net": money(c.cost - taken), "life_years": c.years or None, "dep_status": _status(c, taken), "acquire_how": c.how,
            "acquire_date": c.acquired, "book_date": c.acquired, "status": "在用", "place": c.place, "dept": c.dept, "user": c.user, "supplier": c.supplier or None,
            "invoice": c.invoice or None, "voucher": c.voucher.number if c.voucher else None,
        })  # fmt: skip
    columns = [Column("seq", "序号", "number", 6), Column("asset_no", "资产编号", width=14), Column("class_code", "分类代码"), Column("class_name", "资产分类", width=14), Column("asset_name", "资产名称", "left", 16),
               Column("spec", "规格型号", "left", 16), Column("uom", "计量单位", width=8), Column("qty", "数量", "number", 8), Column("price", "单价", "money", 14), Column("cost", "账面原值", "money", 16),
               Column("acc_dep", "累计折旧", "money", 15), Column("net", "账面净值", "money", 16), Column("life_years", "折旧年限（年）", "number", 9), Column("dep_status", "折旧状态", width=9),
               Column("acquire_how", "取得方式", width=10), Column("acquire_date", "取得日期", "date"), Column("book_date", "入账日期", "date"), Column("status", "使用状况", width=9), Column("place", "存放地点", width=14),
               Column("dept", "使用部门", width=14), Column("user", "使用人", width=9), Column("supplier", "供应商", "left", 22), Column("invoice", "发票号", width=23), Column("voucher", "会计凭证号", width=11)]  # fmt: skip
    office.table(file, "卡片", Table("asset_register", "固定资产卡片清单", columns, records, infos=("单位名称：示例中学", f"导出日期：{year}年12月31日　单位：元"), totals=("cost", "acc_dep", "net"), footers=()))


def _status(card: Card, taken: int) -> str:
    return "不计提" if not card.years else "已提足" if taken == card.cost else "计提"


def _changes(office: Office, year: School) -> None:
    """Write the single changes, and beside them the table by class."""
    words = {"购置": "新增", "自建": "新增", "调拨": "调入", "接受捐赠": "接受捐赠"}
    basis = {"购置": "采购合同", "自建": "竣工验收报告", "调拨": "示教体资〔2025〕8号", "接受捐赠": "捐赠协议"}
    rows = [(c.acquired, words[c.how], c, basis[c.how], None, c.place) for c in year.cards if c.acquired.year == YEAR]
    rows += [(c.gone, "处置", c, "示教体资〔2025〕27号", c.place, None) for c in year.cards if c.gone]
    screen = next(c for c in year.cards if c.name == "复印机")
    rows.append((date(YEAR, 9, 2), "调拨", screen, "校内调拨单", "文印室", "后勤服务中心"))
    records: list[Record] = [
        {"seq": n, "change_date": day, "change_type": what, "asset_no": c.number, "asset_name": c.name, "uom": c.uom, "qty": c.qty, "cost": money(c.cost), "from_place": left, "to_place": to,
         "basis": why, "handler": "周正国"}
        for n, (day, what, c, why, left, to) in enumerate(sorted(rows, key=lambda r: (r[0], r[2].number)), 1)
    ]  # fmt: skip
    columns = [Column("seq", "序号", "number", 6), Column("change_date", "变动日期", "date"), Column("change_type", "变动类型"), Column("asset_no", "资产编号", width=14), Column("asset_name", "资产名称", "left", 16),
               Column("uom", "单位", width=7), Column("qty", "数量", "number", 8), Column("cost", "原值", "money", 14), Column("from_place", "原存放地点", width=14), Column("to_place", "现存放地点", width=14),
               Column("basis", "依据", "left", 22), Column("handler", "经办人")]  # fmt: skip
    office.table(CHANGES, "变动登记", Table("asset_change", "示例中学2025年固定资产变动登记表", columns, records, infos=("填报单位：示例中学", "单位：元")))
    write_rolls(office, year.cards)


def write_rolls(office: Office, cards: list[Card], *, year: int = YEAR, file: str = CHANGES) -> None:
    """Write opening, more, less and closing by class."""
    groups: dict[str, list[Card]] = defaultdict(list)
    for card in cards:
        groups[card.kind].append(card)
    rolls: list[Record] = []
    for kind, own in groups.items():
        gone = [c for c in own if c.gone and c.gone.year <= year]
        parts = {"open": [c for c in own if c.acquired.year < year], "add": [c for c in own if c.acquired.year == year], "cut": gone}
        roll: Record = {"class_name": kind}
        for name, some_cards in parts.items():
            roll |= {f"{name}_qty": sum(c.qty for c in some_cards), f"{name}_cost": money(sum(c.cost for c in some_cards))}
        kept = [c for c in own if c not in gone]
        rolls.append(roll | {"close_qty": sum(c.qty for c in kept), "close_cost": money(sum(c.cost for c in kept))})
    columns = [Column("class_name", "资产类别", "left", 18)]
    for head, name in (("年初数", "open"), ("本年增加", "add"), ("本年减少", "cut"), ("年末数", "close")):
        columns += [Column(f"{name}_qty", f"{head}/数量", "number", 10), Column(f"{name}_cost", f"{head}/原值", "money", 16)]
    office.table(file, "增减变动表", Table("asset_change", f"示例中学{year}年固定资产增减变动表", columns, rolls, infos=(f"填报日期：{year}年12月31日", "单位：元"),
                                         totals=("open_cost", "add_cost", "cut_cost", "close_cost")))  # fmt: skip


def _scrapped(office: Office, cards: list[Card]) -> None:
    records: list[Record] = [
        {"seq": n, "asset_no": c.number, "asset_name": c.name, "spec": c.spec, "uom": c.uom, "qty": c.qty, "acquire_date": c.acquired, "rule_years": c.years,
         "used_years": (YEAR - c.acquired.year) + (10 - c.acquired.month) // 12, "cost": money(c.cost), "acc_dep": money(c.cost), "net": money(0), "dispose_how": "报废",
         "reason": "超过使用年限，无法修复", "appraisal": "同意报废"}
        for n, c in enumerate(cards, 1)
    ]  # fmt: skip
    columns = [Column("seq", "序号", "number", 6), Column("asset_no", "资产编号", width=14), Column("asset_name", "资产名称", "left", 16), Column("spec", "规格型号", "left", 16), Column("uom", "单位", width=7),
               Column("qty", "数量", "number", 8), Column("acquire_date", "购置日期", "date"), Column("rule_years", "规定使用年限", "number"), Column("used_years", "已使用年限", "number"), Column("cost", "原值", "money", 13),
               Column("acc_dep", "累计折旧", "money", 13), Column("net", "净值", "money"), Column("dispose_how", "处置方式"), Column("reason", "处置原因", "left", 24), Column("appraisal", "鉴定意见", width=14)]  # fmt: skip
    office.table(SCRAP, "报废清单", Table("asset_disposal", "示例中学2025年固定资产报废处置清单", columns, records, infos=("批复文号：示教体资〔2025〕27号", "单位：元"), totals=("cost", "acc_dep")))


def _checked(office: Office, cards: list[Card]) -> None:
    records: list[Record] = []
    for n, c in enumerate(cards, 1):
        taken = accumulated_by(c, f"{YEAR}-12")
        records.append({
            "seq": n, "asset_no": c.number, "class_code": c.code, "asset_name": c.name, "spec": c.spec, "uom": c.uom, "acquire_date": c.acquired, "book_qty": c.qty, "book_cost": money(c.cost),
            "book_dep": money(taken), "book_net": money(c.cost - taken), "real_qty": c.qty, "real_cost": money(c.cost), "real_dep": money(taken), "real_net": money(c.cost - taken),
            "gain_qty": None, "loss_qty": None, "pl_type": "相符", "status": "在用", "place": c.place, "user": c.user,
        })  # fmt: skip
    columns = [Column("seq", "序号", "number", 6), Column("asset_no", "资产编号", width=14), Column("class_code", "类别代码"), Column("asset_name", "资产名称", "left", 16), Column("spec", "规格型号", "left", 14),
               Column("uom", "单位", width=7), Column("acquire_date", "取得日期", "date"), Column("book_qty", "账面数/数量", "number", 9), Column("book_cost", "账面数/原值", "money", 15), Column("book_dep", "账面数/累计折旧", "money", 14),
               Column("book_net", "账面数/净值", "money", 15), Column("real_qty", "清查数/数量", "number", 9), Column("real_cost", "清查数/原值", "money", 15), Column("real_dep", "清查数/累计折旧", "money", 14),
               Column("real_net", "清查数/净值", "money", 15), Column("gain_qty", "盘盈数量", "number", 9), Column("loss_qty", "盘亏数量", "number", 9), Column("pl_type", "盘点结果", width=9), Column("status", "使用状况", width=9),
               Column("place", "存放地点", width=14), Column("user", "使用人", width=9)]  # fmt: skip
    office.table(CHECK, "清查盘点", Table("asset_stocktake", "固定资产清查盘点表", columns, records, infos=("单位名称：示例中学　　清查基准日：2025年12月31日", "单位：元"),
                                      totals=("book_cost", "book_dep", "book_net", "real_cost", "real_dep", "real_net")))  # fmt: skip
