"""Budget, its execution, the treasury's quotas; 往来款, fees and receipts, works, meters."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from example_year.model import NAMES, RENEWAL, UPKEEP, YEAR
from example_year.office import Column, Table, money, some
from example_year.others import COLLECTED

if TYPE_CHECKING:
    from example_year.budget import BudgetLine
    from example_year.model import Debt
    from example_year.office import Office, Record
    from example_year.year import School

PLAN, EXECUTED, QUOTA = "2025年部门预算（支出表）.xlsx", "12月预算执行进度表.xlsx", "一体化导出-指标下达支付2025.xlsx"
DEBTS, FEES, RECEIPTS, WORKS, METERS = "往来款明细表2025年末.xlsx", "代收费结算表2025.xlsx", "财政票据核销登记.xlsx", "工程合同付款台账.xlsx", "水电抄表记录2025.xlsx"
UNIT = ("填报单位：示例中学", "单位：元")


def write_budgets(office: Office, year: School) -> None:
    """Write all of them."""
    _plan(office, year)
    _execution(office, year)
    _quota(office, year)
    write_debts(office, year.debts)
    _fees(office, year)
    _receipts(office, year)
    _works(office, year)
    _meters(office, year)


def _parents(lines: list[BudgetLine]) -> list[str]:
    return sorted({line.code[:3] for line in lines})


def _plan(office: Office, year: School) -> None:
    """Write the approved budget: parents above their subjects, projects named."""
    lines = [line for line in year.budget if line.initial]
    records: list[Record] = []
    for parent in _parents(lines):
        own = [line for line in lines if line.code.startswith(parent)]
        records.append({"code": parent, "subject": NAMES[parent], "last_year": money(sum(x.last_year for x in own)), "budget": money(sum(x.initial for x in own)),
                        "fund_fiscal": money(sum(x.initial for x in own)), "fund_other": money(0)})  # fmt: skip
        records += [{"code": x.code, "subject": x.name, "project": x.project or None, "last_year": money(x.last_year), "budget": money(x.initial),
                     "fund_fiscal": money(x.initial), "fund_other": money(0), "gov_purchase": "是" if x.project in {RENEWAL, UPKEEP} else None} for x in own]  # fmt: skip
    columns = [Column("code", "科目编码"), Column("subject", "科目名称", "left", 26), Column("project", "项目名称", "left", 22), Column("last_year", "上年执行数", "money", 16),
               Column("budget", "本年预算数", "money", 16), Column("fund_fiscal", "资金来源/财政拨款", "money", 16), Column("fund_other", "资金来源/其他资金", "money", 12),
               Column("gov_purchase", "政府采购", width=9)]  # fmt: skip
    total: Record = {"subject": "支出合计", "last_year": money(sum(x.last_year for x in lines)), "budget": money(sum(x.initial for x in lines)),
                     "fund_fiscal": money(sum(x.initial for x in lines)), "fund_other": money(0)}  # fmt: skip
    office.table(PLAN, "支出预算表", Table("budget", "示例中学2025年部门支出预算表", columns, records, infos=UNIT, skips={len(records): total}))


def _execution(office: Office, year: School) -> None:
    records: list[Record] = []
    for parent in _parents(year.budget):
        own = [line for line in year.budget if line.code.startswith(parent)]
        records.append({"code": parent, "subject": NAMES[parent], **_sums(own)})
        records += [{"code": x.code, "subject": x.name, "project": x.project or "基本支出", **_sums([x])} for x in own]
    columns = [Column("code", "科目编码"), Column("subject", "科目名称", "left", 26), Column("project", "项目", "left", 20)]
    columns += [Column(n, h, "money", 15) for n, h in (("initial", "年初预算数"), ("adjust", "调整数"), ("full", "全年预算数"), ("month", "本月支出"), ("total", "累计支出"))]
    columns += [Column("rate", "执行率（%）", "percent", 10), Column("left", "可用余额", "money", 14)]
    office.table(EXECUTED, "12月", Table(
        "budget_execution", "示例中学2025年12月预算执行进度表", columns, records, infos=("填报单位：示例中学　　截止日期：2025年12月31日", "单位：元"),
        skips={len(records): {"subject": "合  计", **_sums(year.budget)}},
    ))  # fmt: skip


def _sums(lines: list[BudgetLine]) -> Record:
    initial, adjust, paid = (sum(getattr(x, name) for x in lines) for name in ("initial", "adjust", "paid"))
    full = initial + adjust
    return {"initial": money(initial), "adjust": some(adjust), "full": money(full), "month": some(sum(x.december for x in lines)), "total": money(paid),
            "rate": round(paid * 100 / full, 2), "left": money(full - paid)}  # fmt: skip


def _quota(office: Office, year: School) -> None:
    """Write a quota for what was approved and one for each addition; what was cut is taken off the first."""
    records: list[Record] = []
    for n, line in enumerate(year.budget, 1):
        parts = [(line.initial + min(line.adjust, 0), "示财教指〔2025〕3号", date(YEAR, 1, 20)), (max(line.adjust, 0), "示财教指〔2025〕41号", date(YEAR, 6, 26))]
        paid = line.paid
        for issued, doc, day in parts:
            if not issued:
                continue
            own = min(paid, issued)
            paid -= own
            records.append({
                "issue_date": day, "doc_no": doc, "quota_no": f"ZB2025{n:03d}{1 if day.month == 1 else 2}", "fund": "一般公共预算资金", "func_code": line.function,
                "code": line.code, "subject": line.name, "project": line.project or ("人员经费" if line.code[:3] in {"301", "303"} else "公用经费"),
                "issued": money(issued), "paid": money(own), "left": money(issued - own),
            })  # fmt: skip
    columns = [Column("issue_date", "下达日期", "date"), Column("doc_no", "指标文号", width=20), Column("quota_no", "指标编号", width=14), Column("fund", "资金性质", width=16),
               Column("func_code", "功能科目", "left", 26), Column("code", "部门经济分类编码", width=11), Column("subject", "经济科目", "left", 22), Column("project", "项目名称", "left", 20),
               Column("issued", "指标金额", "money", 16), Column("paid", "已支付", "money", 16), Column("left", "指标余额", "money", 14)]  # fmt: skip
    office.table(QUOTA, "指标执行情况", Table("quota", "预算指标下达及支付情况表（示例中学）", columns, records, infos=("导出日期：2026年1月5日", "单位：元"), totals=("issued", "paid", "left"), footers=()))


def write_debts(office: Office, debts: list[Debt], *, year: int = YEAR, file: str = DEBTS) -> None:
    """Write 往来款 at the end of a year, a sheet an account."""
    groups = defaultdict(list)
    for each in debts:
        groups[each.kind].append(each)
    columns = [Column("seq", "序号", "number", 6), Column("party", "往来单位（个人）", "left", 24), Column("reason", "事由", "left", 34), Column("date", "发生日期", "date"),
               Column("open", "年初余额", "money", 14), Column("increase", "本年增加", "money", 14), Column("decrease", "本年减少", "money", 14), Column("balance", "年末余额", "money", 14)]  # fmt: skip
    for kind, own in groups.items():
        records: list[Record] = [{"seq": n, "party": d.party, "reason": d.reason, "date": d.day, "open": money(d.opening), "increase": money(d.more), "decrease": money(d.less),
                                  "balance": money(d.balance), "kind": kind} for n, d in enumerate(own, 1)]  # fmt: skip
        office.table(file, kind, Table("payables", f"示例中学{year}年末往来款明细表", columns, records, infos=(f"科目：{kind}", "单位：元"), totals=("open", "increase", "decrease", "balance")))


def _fees(office: Office, year: School) -> None:
    records: list[Record] = [
        {"seq": n, "fee_item": f.item, "payer": f.payer, "basis": f.basis, "open": some(f.opening), "persons": f.persons or None, "standard": some(f.standard),
         "due": money(f.persons * f.standard), "waived": some(f.waived), "collected": money(f.collected), "spent": money(f.spent), "refund": some(f.refund), "left": money(f.left)}
        for n, f in enumerate(year.fees, 1)
    ]  # fmt: skip
    columns = [Column("seq", "序号", "number", 6), Column("fee_item", "收费项目", width=16), Column("payer", "收费对象", "left", 24), Column("basis", "收费依据", "left", 22),
               Column("open", "上年结余", "money"), Column("persons", "收取人数", "number", 9), Column("standard", "收费标准", "money"), Column("due", "应收金额", "money", 13), Column("waived", "减免金额", "money"),
               Column("collected", "收取金额", "money", 13), Column("spent", "支出金额", "money", 13), Column("refund", "退费金额", "money"), Column("left", "结余金额", "money")]  # fmt: skip
    office.table(FEES, "2025年度", Table("fee", "示例中学2025年度代收费收支结算表", columns, records, infos=UNIT,
                                       totals=("open", "due", "waived", "collected", "spent", "refund", "left")))  # fmt: skip


def _receipts(office: Office, year: School) -> None:
    """Write the receipts used: a run of numbers an item, one after the other; two were spoilt."""
    records, at = [], 300_501
    for n, fee in enumerate((f for f in sorted(year.fees, key=lambda f: COLLECTED.get(f.payer, (1, 1))) if f.collected), 1):
        # Who was let off all of it got no receipt.
        used, void = fee.persons - fee.waived // fee.standard, 1 if n in {2, 4} else 0
        records.append({
            "seq": n, "date": date(YEAR, *COLLECTED[fee.payer]), "kind": "山东省非税收入通用票据", "start_no": f"{at:010d}", "end_no": f"{at + used + void - 1:010d}", "qty": used + void,
            "used": used, "void": void, "void_no": f"{at + 17:010d}" if void else None, "fee_item": fee.item, "amount": money(fee.collected), "receiver": "马志平",
        })  # fmt: skip
        at += used + void
    columns = [Column("seq", "序号", "number", 6), Column("date", "领用日期", "date"), Column("kind", "票据名称", "left", 24), Column("start_no", "起止号码/起号", width=13), Column("end_no", "起止号码/止号", width=13),
               Column("qty", "份数", "number", 8), Column("used", "使用份数", "number", 9), Column("void", "作废份数", "number", 9), Column("void_no", "作废号码", width=13),
               Column("fee_item", "收费项目", width=16), Column("amount", "开票金额", "money", 14), Column("receiver", "领用人")]  # fmt: skip
    office.table(RECEIPTS, "核销", Table("receipt_book", "财政票据领用核销登记表", columns, records, infos=("单位名称：示例中学", "2025年度"), totals=("qty", "used", "void", "amount")))


def _works(office: Office, year: School) -> None:
    records: list[Record] = [
        {"seq": n, "work_item": w.name, "contractor": w.contractor, "budget_price": money(w.budget), "contract": money(w.contract), "submitted": some(w.submitted),
         "approved": money(w.approved), "paid": money(w.paid), "retention": some(w.retention), "unpaid": money((w.approved or w.contract) - w.paid), "start_date": w.start,
         "end_date": w.end, "pay_date": w.pay_day, "remark": None if w.end else "在建，按进度付款"}
        for n, w in enumerate(year.works, 1)
    ]  # fmt: skip
    columns = [Column("seq", "序号", "number", 6), Column("work_item", "工程名称", "left", 28), Column("contractor", "施工单位", "left", 24), Column("budget_price", "预算价", "money", 13),
               Column("contract", "合同金额", "money", 13), Column("submitted", "送审价", "money", 13), Column("approved", "审定价", "money", 13), Column("paid", "累计付款", "money", 13),
               Column("retention", "质保金", "money"), Column("unpaid", "未付款", "money", 13), Column("start_date", "开工日期", "date"), Column("end_date", "竣工日期", "date"),
               Column("pay_date", "付款日期", "date"), Column("remark", "备注", "left", 18)]  # fmt: skip
    office.table(WORKS, "2025", Table("works", "示例中学2025年工程项目合同付款台账", columns, records, infos=UNIT, totals=("contract", "paid", "unpaid")))


def _meters(office: Office, year: School) -> None:
    for kind, unit in (("电", "千瓦时"), ("水", "立方米")):
        records: list[Record] = [
            {"period": f"2025-{m.month:02d}", "kind": kind, "meter": m.number, "area": m.area, "factor": m.factor, "prev": m.before, "curr": m.after, "use": m.use,
             "rate": m.price / 10_000, "cost": money(m.cost), "reader": "丁师傅"}
            for m in sorted(year.meters, key=lambda m: (m.month, m.number)) if m.kind == kind
        ]  # fmt: skip
        columns = [Column("period", "月份"), Column("kind", "类别", width=7), Column("meter", "表号"), Column("area", "区域", "left", 16), Column("factor", "倍率", "number", 7), Column("prev", "上月读数", "number"),
                   Column("curr", "本月读数", "number"), Column("use", "用量", "number"), Column("rate", "单价", "number"), Column("cost", "金额", "money", 14), Column("reader", "抄表人")]  # fmt: skip
        office.table(METERS, f"用{kind}", Table("utility", f"示例中学2025年用{kind}抄表记录", columns, records, infos=(f"用量单位：{unit}", "金额单位：元"), totals=("use", "cost")))
