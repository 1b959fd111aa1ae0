"""Budget, cash book, fees, works: what the school keeps of its money."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from generated.registry import makes
from generated.sheets import Column, Defect, Form, Record
from generated.spoil import emptied, repeated, slipped, written
from generated.words import BLANK, Said, cents, day, money, number, plain, word

if TYPE_CHECKING:
    from random import Random

# Days of money lie in the whole year: a month and a day alone would be put into the semester.
FULL_STYLES = ("cell", "cell", "dots", "dashes", "strokes", "chinese", "compact")
CODES = (
    ("301", "工资福利支出", ("30101", "基本工资"), ("30102", "津贴补贴"), ("30107", "绩效工资"), ("30113", "住房公积金")),
    ("302", "商品和服务支出", ("30201", "办公费"), ("30202", "印刷费"), ("30205", "水费"), ("30206", "电费"), ("30213", "维修（护）费"), ("30216", "培训费")),
    ("310", "资本性支出", ("31002", "办公设备购置"), ("31003", "专用设备购置")),
)  # fmt: skip
TWICE = ("duplicate", "duplicate-record", "conflicting-copies")


def days_of_year(rng: Random, count: int) -> list[date]:
    """Give days of 2025 in order."""
    return sorted(date(2025, 1, 6) + timedelta(days=rng.randrange(350)) for _ in range(count))


def figure(rng: Random, most: int = 5000) -> Decimal:
    """Give an amount with fen."""
    return Decimal(rng.randint(5000, most * 100)) / 100


@makes("budget")
def budget(rng: Random) -> Form:
    """Spending by code, the classes above their items, split by source of money."""
    with_classes = rng.random() < 0.6
    records: list[Record] = []
    whole = dict.fromkeys(("last_year", "budget", "fund_fiscal", "fund_business", "fund_other"), Decimal(0))
    for code, name, *items in CODES:
        rows, sums = list[Record](), dict.fromkeys(whole, Decimal(0))
        for sub, said in items[: rng.randint(1, len(items))]:
            fiscal, business, other = (Decimal(rng.randint(0, 900)) * 100 for _ in range(3))
            fiscal += 1000
            values = {"last_year": Decimal(rng.randint(10, 2000)) * 100, "budget": fiscal + business + other, "fund_fiscal": fiscal,
                      "fund_business": business, "fund_other": other}  # fmt: skip
            sums = {k: sums[k] + v for k, v in values.items()}
            rows.append({"code": word(sub), "subject": word(said)} | {k: money(v, rng) for k, v in values.items()})
        whole = {k: whole[k] + v for k, v in sums.items()}
        if with_classes:
            rows.insert(0, {"code": word(code), "subject": word(name)} | {k: money(v) for k, v in sums.items()})
        records += rows
    columns = [
        Column("code", ["科目编码", "科目代码", "经济科目编码"]), Column("subject", ["科目名称", "经济科目", "支出经济分类科目"]),
        Column("last_year", ["上年执行数", "2024年执行数", "上年预算数"], 0.7), Column("budget", ["本年预算数", "2025年预算数", "预算数", "预算金额"]),
        Column("fund_fiscal", ["其中/财政拨款", "其中/一般公共预算"]), Column("fund_business", ["其中/财政专户管理资金", "其中/事业收入"]),
        Column("fund_other", ["其中/其他资金", "其中/其他收入"]), Column("gov_purchase", ["是否政府采购", "政府采购"], 0.4), Column("remark", ["备注"], 0.5),
    ]  # fmt: skip
    last = {"subject": rng.choice(["合计", "合  计"])} | {k: float(v) for k, v in whole.items()}
    return Form(
        "budget", ["2025年部门预算支出明细表", "示例中学2025年预算编制表", "2025年经费预算表"], columns, records, unit="元",
        extras={len(records): [last]} if rng.random() < 0.6 else {},
        defects=(
            Defect("sources make no whole", ("sum-mismatch",), "budget", slipped("budget"), ("fund_fiscal", "fund_business", "fund_other")),
            Defect("wrong source", ("sum-mismatch",), "fund_fiscal", slipped("fund_fiscal"), ("budget", "fund_business", "fund_other")),
            Defect("one subject twice", (*TWICE, "sum-mismatch"), "subject", repeated("code", "subject")),
        ),
    )  # fmt: skip


@makes("cashbook")
def cashbook(rng: Random) -> Form:
    """A row a payment or an income; with a balance that runs on or without."""
    style = rng.choice(FULL_STYLES)
    spent = [
        ("购办公用品", "30201", "办公费"),
        ("付电费", "30206", "电费"),
        ("印刷试卷", "30202", "印刷费"),
        ("维修水管", "30213", "维修费"),
        ("教师培训费", "30216", "培训费"),
    ]
    balance = opening = Decimal(rng.randint(100, 300)) * 1000
    records: list[Record] = []
    for n, when in enumerate(days_of_year(rng, rng.randint(8, 30)), 1):
        amount, is_income = figure(rng), rng.random() < 0.2
        summary, code, subject = ("收到财政拨款", "", "") if is_income else rng.choice(spent)
        balance += amount if is_income else -amount
        records.append({
            "seq": number(n), "date": day(when, rng, style=style), "voucher": word(f"记-{n:03d}"), "summary": word(f"{summary}（第{n}笔）"),
            "code": word(code) if code else BLANK, "subject": word(subject) if subject else BLANK, "project": word("公用经费"),
            "payee": BLANK if is_income else word(rng.choice(["示例文具店", "示例电力公司", "示例印刷厂", "示例维修部"])),
            "income": money(amount, rng) if is_income else BLANK, "expense": BLANK if is_income else money(amount, rng), "balance": money(balance, rng),
            "pay_how": BLANK if is_income else word(rng.choice(["转账", "公务卡", "直接支付"])), "invoice": BLANK if is_income else word(f"{25372000 + n * 13}"),
            "handler": word("张三"), "witness": word("李四"), "approver": word("王校长"),
        })  # fmt: skip
        records[-1]["summary"] = word(f"{summary}（第{n}笔）")
    columns = [
        Column("seq", ["序号"], 0.5), Column("date", ["日期", "记账日期", "支付日期"]), Column("voucher", ["凭证号", "凭证编号"], 0.8), Column("summary", ["摘要", "事由", "支出内容"]),
        Column("code", ["科目编码", "经济科目编码"], 0.4), Column("subject", ["经济科目", "支出科目", "科目名称"], 0.8), Column("project", ["项目", "资金来源", "经费项目"], 0.3),
        Column("payee", ["收款单位", "收款人"], 0.8), Column("income", ["收入", "收入金额", "收入（元）"]), Column("expense", ["支出", "支出金额", "支出（元）"]),
        Column("balance", ["余额", "结余"]), Column("pay_how", ["支付方式", "付款方式", "结算方式"], 0.5), Column("invoice", ["发票号码", "发票号"], 0.5),
        Column("handler", ["经手人", "经办人"], 0.6), Column("witness", ["证明人", "验收人"], 0.4), Column("approver", ["审批人", "批准人"], 0.4), Column("remark", ["备注"], 0.4),
    ]  # fmt: skip
    extras = (
        {0: [{"summary": rng.choice(["上年结转", "期初余额", "上年结余"]), "balance": float(opening)}]}
        if rng.random() < 0.6
        else {}
    )
    return Form(
        "cashbook", ["2025年经费收支明细账", "公用经费收支登记簿", "学校收支流水账"], columns, records, unit="元", extras=extras,
        totals=("income", "expense"),
        defects=(
            Defect("wrong balance", ("balance-mismatch",), "balance", slipped("balance"), ("income", "expense")),
            Defect("no day", ("bad-date",), "date", written("date", "2025.9.31", "年底")),
            Defect("in and out", ("both-filled", "balance-mismatch"), "expense", _both),
        ),
    )  # fmt: skip


def _both(rows: list[Record], rng: Random) -> int | None:
    able = [i for i, r in enumerate(rows) if r["income"].said]
    if not able:
        return None
    at = rng.choice(able)
    rows[at]["expense"] = rows[at]["income"]
    return at


@makes("fee")
def fee_settlement(rng: Random) -> Form:
    """What was collected for pupils, spent, and goes back."""
    items = [
        ("作业本费", "18"),
        ("校服费", "156"),
        ("课本费", "92.5"),
        ("社会实践活动费", "80"),
        ("体检费", "12"),
        ("保险费", "60"),
        ("伙食费", "780"),
    ]
    by_grade = rng.random() < 0.4
    rows = [
        (i, g) for i in rng.sample(items, rng.randint(3, 7)) for g in (("七年级", "八年级") if by_grade else (None,))
    ]
    records: list[Record] = []
    for n, ((item, standard), grade) in enumerate(rows, 1):
        persons = rng.randint(100, 800)
        collected = persons * Decimal(standard)
        each = Decimal(rng.randint(0, 300)) / 100 if rng.random() < 0.7 else Decimal(0)
        left = each * persons
        record: Record = {
            "seq": number(n), "fee_item": word(item, rng), "standard": number(Decimal(standard)), "persons": number(persons, rng, unit="人"),
            "collected": money(collected, rng), "spent": money(collected - left, rng), "left": money(left), "refund_each": number(each), "refund": money(left),
        }  # fmt: skip
        records.append(record | ({"grade": word(grade)} if grade else {}))
    columns = [
        Column("seq", ["序号"], 0.8), Column("fee_item", ["收费项目", "项目", "代收项目"]), *([Column("grade", ["年级"])] if by_grade else []),
        Column("standard", ["收费标准（元/生）", "收费标准", "标准（元）"]), Column("persons", ["收取人数", "缴费人数", "收费人数"]),
        Column("collected", ["收取金额", "实收金额", "收费金额"]), Column("spent", ["支出金额", "实际支出"]), Column("left", ["结余金额", "结余"]),
        Column("refund_each", ["人均应退", "每生应退", "生均退费"], 0.6), Column("refund", ["退费金额", "应退金额", "实退金额"], 0.3), Column("remark", ["备注"], 0.4),
    ]  # fmt: skip
    return Form(
        "fee", ["2025年秋季学期代收费结算表", "代收代支费用结算公示表", "学期收费项目结算情况表"], columns, records, unit="元",
        totals=("collected", "spent", "left"),
        defects=(
            Defect("wrong sum collected", ("amount-mismatch", "balance-mismatch"), "collected", slipped("collected"), ("persons", "standard")),
            Defect("wrong rest", ("balance-mismatch", "amount-mismatch"), "left", slipped("left"), ("collected", "spent")),
        ),
    )  # fmt: skip


@makes("fee")
def fee_charges(rng: Random) -> Form:
    """What may be charged, by what paper."""
    items = [("伙食费", "据实", "服务性收费"), ("校车费", "300", "服务性收费"), ("课本费", "92.5", "代收费"), ("作业本费", "18", "代收费"), ("学生装费", "156", "代收费"),
             ("社会实践活动费", "80", "服务性收费"), ("课后服务费", "360", "服务性收费")]  # fmt: skip
    records: list[Record] = []
    for n, (item, standard, kind) in enumerate(sorted(rng.sample(items, rng.randint(4, 7)), key=items.index), 1):
        records.append({
            "seq": number(n), "category": word(kind), "fee_item": word(item), "standard": number(Decimal(standard)) if standard != "据实" else number(13),
            "basis": word(f"示教发〔2024〕{n}号"), "payer": word("在校学生"), "how": word("自愿"), "phone": word("0533-0000001"),
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.8), Column("category", ["收费类别", "类别"], 0.6), Column("fee_item", ["收费项目", "收费项目名称"]),
        Column("standard", ["收费标准（元）", "收费标准", "收费标准（元/生·学期）"]), Column("basis", ["收费依据", "收费依据（文号）", "批准文号", "文件依据"]),
        Column("payer", ["收费对象"], 0.7), Column("how", ["收费方式"], 0.5), Column("phone", ["监督电话", "举报电话"], 0.5), Column("remark", ["备注"], 0.4),
    ]  # fmt: skip
    return Form(
        "fee", ["示例中学收费公示表", "2025年秋季学期教育收费公示栏", "教育收费项目和标准公示"], columns, records,
        defects=(
            Defect("no paper", ("missing",), "basis", emptied("basis"), ("standard",)),
            Defect("one item twice", TWICE, "fee_item", repeated("fee_item", "standard", "payer", "basis")),
        ),
    )  # fmt: skip


@makes("works")
def works_priced(rng: Random) -> Form:
    """A priced list of a small repair."""
    things = [("拆除原地面砖", "㎡"), ("内墙面刮腻子", "㎡"), ("乳胶漆两遍", "㎡"), ("更换LED灯盘", "套"), ("PVC排水管安装", "m"), ("木门更换", "樘"), ("铝合金窗维修", "扇"),
              ("屋面防水", "㎡"), ("垃圾外运", "m³"), ("水泥砂浆找平", "㎡")]  # fmt: skip
    records: list[Record] = []
    for n, (item, uom) in enumerate(rng.sample(things, rng.randint(4, 10)), 1):
        quantity, rate = Decimal(rng.randint(20, 90000)) / 100, Decimal(rng.randint(500, 60000)) / 100
        records.append({
            "seq": number(n), "item_code": word(f"0111{n:05d}"), "work_item": word(item), "feature": word("按图纸及规范施工"), "uom": word(uom),
            "work_qty": number(quantity), "unit_rate": number(rate), "total": money(cents(quantity * rate), rng),
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.9), Column("item_code", ["项目编码"], 0.6), Column("work_item", ["项目名称", "分部分项工程名称", "工程项目名称"]),
        Column("feature", ["项目特征描述", "项目特征", "工艺做法"], 0.7), Column("uom", ["计量单位", "单位"]), Column("work_qty", ["工程量", "工程数量"]),
        Column("unit_rate", ["综合单价（元）", "综合单价", "金额（元）/综合单价"]), Column("total", ["合价（元）", "合价", "金额（元）/合价"]), Column("remark", ["备注"], 0.5),
    ]  # fmt: skip
    return Form(
        "works", ["教学楼维修工程预算表", "分部分项工程量清单与计价表", "维修改造项目工程量清单"], columns, records, totals=("total",),
        defects=(
            Defect("wrong total", ("amount-mismatch",), "total", slipped("total"), ("work_qty", "unit_rate")),
            Defect("no item", ("missing",), "work_item", emptied("work_item")),
        ),
    )  # fmt: skip


@makes("works")
def works_contracts(rng: Random) -> Form:
    """A row a contract."""
    style = rng.choice(FULL_STYLES)
    names = [
        "教学楼外墙维修",
        "操场跑道翻新",
        "餐厅改造",
        "厕所改造",
        "围墙加固",
        "消防管网改造",
        "电路改造",
        "宿舍楼防水",
    ]
    records: list[Record] = []
    for n, name in enumerate(rng.sample(names, rng.randint(3, 8)), 1):
        contract = Decimal(rng.randint(200, 9000)) * 100
        submitted = contract - Decimal(rng.randint(0, 50)) * 10
        approved = submitted - Decimal(rng.randint(0, 100)) * 10
        retention = cents(approved * Decimal("0.03"))
        paid = cents((approved - retention) * rng.choice([Decimal("0.5"), Decimal("0.8"), Decimal(1)]))
        cut = cents((submitted - approved) / submitted * 100)
        start = date(2025, rng.randint(3, 8), rng.randint(1, 28))
        records.append({
            "seq": number(n), "work_item": word(f"{name}工程"), "contractor": word("示例建筑有限公司"), "budget_price": money(contract + 2000), "contract": money(contract, rng),
            "start_date": day(start, rng, style=style), "end_date": day(start + timedelta(days=rng.randint(20, 80)), rng, style=style), "submitted": money(submitted),
            "approved": money(approved), "cut_rate": Said(float(cut), plain(cut)), "paid": money(paid, rng), "unpaid": money(approved - paid), "retention": money(retention),
        })  # fmt: skip
    columns = [
        Column("seq", ["序号"], 0.8), Column("work_item", ["工程名称", "项目名称"]), Column("contractor", ["施工单位", "承建单位", "中标单位"]), Column("budget_price", ["预算价", "预算金额", "控制价"], 0.5),
        Column("contract", ["合同金额", "合同价", "合同价款"]), Column("start_date", ["开工日期", "开工时间"]), Column("end_date", ["竣工日期", "完工日期", "竣工时间"]),
        Column("submitted", ["送审金额", "报审金额"], 0.5), Column("approved", ["审定金额", "审定价", "结算审定金额"]), Column("cut_rate", ["审减率（%）"], 0.4),
        Column("paid", ["已付款", "累计已付款", "已付金额"]), Column("unpaid", ["未付款", "未付金额", "尚欠金额"]), Column("retention", ["质保金", "质量保证金"], 0.7), Column("remark", ["备注"], 0.4),
    ]  # fmt: skip
    return Form(
        "works", ["工程项目合同台账", "2025年维修工程付款台账"], columns, records, unit="元", totals=("contract", "paid", "unpaid"),
        defects=(
            Defect("paid too much", ("over-limit", "balance-mismatch"), "paid", _overpaid, ("contract", "approved")),
            Defect("wrong rest", ("balance-mismatch",), "unpaid", slipped("unpaid"), ("contract", "paid", "approved")),
            Defect("done before begun", ("bad-date",), "end_date", written("end_date", "2025-01-15", "2024.12.1"), ("start_date",)),
        ),
    )  # fmt: skip


def _overpaid(rows: list[Record], rng: Random) -> int | None:
    at = rng.randrange(len(rows))
    rows[at]["paid"] = money(Decimal(str(rows[at]["contract"].said)) + 5000)
    return at
