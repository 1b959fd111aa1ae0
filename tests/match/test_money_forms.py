"""Tables of money are found under many headers, and none is taken for its neighbour."""

from __future__ import annotations

from dataclasses import replace

import pytest
from small_tables import raw_of

from houqin.forms import load_forms
from houqin.match import match_table
from houqin.model import Note

FORMS = load_forms()
D = "2025-03-05"
TABLES: list[tuple[str, str | None, str, list[object]]] = [
    ("budget", "2026年预算编制表", "科目编码 科目名称 测算依据 上年执行数 本年预算数 财政拨款 备注",
     ["30201", "办公费", "850人×60元", 1, 2, 2, None]),
    ("budget", None, "科目编码 科目名称 项目名称 测算依据 本年预算数", ["30201", "办公费", "x", "850人×60元", 2]),
    ("budget", "支出预算表", "经济科目 预算金额 备注", ["30201 办公费", 2, None]),
    ("budget", "部门预算", "预算科目 年初预算 其中:财政拨款 事业收入 其他", ["办公费", 2, 1, 1, 0]),
    ("budget", "公用经费支出预算表", "序号 支出项目 测算依据 金额 备注", [1, "办公费", "50元×850人", 42500, None]),
    ("budget_execution", None, "经济科目 年初预算数 追加数 累计支出 余额", ["30201 办公费", 200, 9, 100, 109]),
    ("receipt_book", "票据领用登记簿", "日期 票据名称 起止号码 份数 作废份数", [D, "x", "0001-0050", 50, 1]),
    ("budget_execution", None, "科目名称 年初预算数 累计支出 执行率(%)", ["办公费", 200, 100, 50]),
    ("budget_execution", None, "经济科目 全年预算数 累计支出 执行率(%)", ["30201 办公费", 200, 100, 50]),
    ("cashbook", "2025年收支明细", "日期 凭证号 摘要 收入 支出 余额", [D, "记1", "购纸", 0, 5, 6]),
    ("cashbook", None, "日期 摘要 收入 支出 余额", [D, "购纸", 0, 5, 6]),
    ("cashbook", "支出明细表", "日期 摘要 经济科目 收款单位 支出 发票号 经手人",
     [D, "购纸", "30201", "某公司", 5, "12345678", "周"]),
    ("cashbook", "收支台账", "日期 凭证号 摘要 借方 贷方 余额", [D, "记1", "购纸", 0, 5, 6]),
    ("cashbook", None, "支付日期 报销事由 收款单位 付款金额 支付方式 发票号码 经办人 审批人",
     [D, "购纸", "公司", 5, "转账", "12345678", "周", "吴"]),
    ("journal", None, "日期 凭证号 摘要 借方 贷方 余额", [D, "记1", "购纸", 0, 5, 6]),
    ("journal", "银行存款日记账", "日期 凭证号 摘要 对方科目 借方 贷方 余额",
     [D, "记1", "购纸", "业务活动费用", 0, 5, 6]),
    ("journal", "明细账", "日期 凭证字号 摘要 借方 贷方 方向 余额", [D, "记-1", "购纸", 0, 5, "借", 6]),
    ("journal", "序时账", "日期 凭证字号 摘要 科目编码 科目名称 借方金额 贷方金额",
     [D, "记-1", "购纸", "1002", "银行存款", 0, 5]),
    ("journal", None, "凭证日期 凭证号 科目代码 会计科目 摘要 借方金额 贷方金额",
     [D, "记-1", "1002", "银行存款", "购纸", 0, 5]),
    ("bank_statement", "对账单", "交易日期 摘要 借方发生额 贷方发生额 余额 对方户名 对方账号",
     [D, "转账", 5, None, 6, "公司", "6222"]),
    ("bank_statement", None, "交易时间 交易流水号 支出金额 收入金额 账户余额 对方户名 摘要",
     [D, "2025", 5, None, 6, "公司", "付款"]),
    ("bank_statement", "账户交易明细", "交易日期 借贷标志 交易金额 余额 对方名称 用途",
     [D, "借", 5, 6, "公司", "付款"]),
    ("bank_statement", None, "交易日期 交易描述 交易金额(借) 交易金额(贷) 凭证号 账户余额 摘要 对方账号 对方账号名称",
     [D, "小额汇入", 5, None, "1", 6, "餐费", "6222", "公司"]),
    ("bank_statement", "银行对账单", "日期 摘要 借方 贷方 余额", [D, "付款", 5, None, 6]),
    ("bank_statement", None, "记账日 凭证号 摘要 借方发生额 贷方发生额 余额 对方单位名称",
     [D, "1", "付款", 5, None, 6, "公司"]),
    ("trial_balance", "科目余额表",
     "科目编码 科目名称 期初余额/借方 期初余额/贷方 本期发生/借方 本期发生/贷方 期末余额/借方 期末余额/贷方",
     ["1002", "银行存款", 1, 0, 1, 0, 2, 0]),
    ("trial_balance", None, "科目代码 科目名称 方向 期初余额 本期借方 本期贷方 方向 期末余额",
     ["1002", "银行存款", "借", 1, 1, 0, "借", 2]),
    ("trial_balance", "科目余额表",
     "科目编码 科目名称 期初借方 期初贷方 本期发生借方 本期发生贷方 本年累计借方 本年累计贷方 期末借方 期末贷方",
     ["1002", "银行存款", 1, 0, 1, 0, 1, 0, 2, 0]),
    ("trial_balance", None, "科目编号 会计科目 年初余额 借方发生额 贷方发生额 期末余额",
     ["1002", "银行存款", 1, 1, 0, 2]),
    ("trial_balance", None, "科目 期初余额 借方 贷方 期末余额", ["1002 银行存款", 1, 1, 0, 2]),
    ("quota", "指标下达及支付情况", "指标文号 功能科目 经济科目 项目名称 指标金额 已支付 指标余额",
     ["淄财1号", "2050203", "30201", "公用", 5, 3, 2]),
    ("quota", None, "指标文号 资金性质 项目 指标数 支付数 余额", ["淄财1号", "财政", "公用", 5, 3, 2]),
    ("quota", "预算指标执行", "指标编号 指标文号 支出功能分类 部门经济分类 指标总额 已用指标 可用指标",
     ["1", "淄财1号", "2050203", "30201", 5, 3, 2]),
    ("payables", "往来款明细表", "往来科目 对方单位 事由 发生日期 余额", ["其他应付款", "某公司", "保证金", D, 5]),
    ("payables", None, "往来单位 款项内容 发生时间 年初余额 本年增加 本年减少 年末余额 账龄",
     ["某公司", "保证金", D, 1, 2, 0, 3, "1年"]),
    ("payables", "其他应收款明细", "单位(个人)名称 摘要 日期 余额 备注", ["某公司", "保证金", D, 5, None]),
    ("receipt_book", None, "票据名称 领用日期 起号 止号 份数 作废份数 开票金额",
     ["往来结算票据", D, "001", "050", 50, 1, 200]),
    ("receipt_book", "财政票据领用登记", "序号 票据种类 起始号码 终止号码 数量 领用人 领用日期 核销日期",
     [1, "x", "001", "050", 50, "周", D, D]),
    ("receipt_book", None, "日期 票据名称 票据号码/起 票据号码/止 份数 金额", [D, "x", "001", "050", 50, 3]),
    ("claim_register", "报账登记表", "报账日期 报账单号 事由 报账金额 记账凭证号 记账日期",
     [D, "BZ1", "购纸", 5, "记1", D]),
    ("claim_register", "报账登记", "日期 摘要 金额 附件张数 经办人 凭证号 状态",
     [D, "购纸", 5, 3, "周", "记1", "已记账"]),
    ("claim_register", None, "报销日期 报销人 报销事由 单据张数 报销金额 审核金额 退回金额",
     [D, "周", "购纸", 3, 5, 5, 0]),
    ("fee", "代收费结算表", "收费项目 收取人数 收费标准 收取金额 支出金额 结余 人均应退",
     ["作业本费", 800, 92, 73600, 70288, 3312, 4.14]),
    ("fee", "收费公示", "序号 收费项目 收费标准(元) 收费依据 收费对象 监督电话",
     [1, "课后服务费", 100, "鲁发改", "自愿", "12358"]),
    ("fee", None, "项目 人数 标准 实收金额 实际支出 余额 每生应退", ["作业本费", 800, 92, 73600, 70288, 3312, 4.14]),
    ("works", "工程量清单", "序号 项目编码 项目名称 项目特征 单位 工程量 综合单价 合价",
     [1, "0101", "墙面", "乳胶漆", "m2", 5, 3, 15]),
    ("works", "维修工程预算", "序号 维修项目 单位 工程量 单价 合计 备注", [1, "墙面", "m2", 5, 3, 15, None]),
    ("works", None, "工程名称 施工单位 合同金额 审定金额 已付款 质保金 付款日期", ["操场", "某公司", 5, 4, 3, 1, D]),
    ("works", "工程合同台账", "项目名称 施工单位 合同价 开工日期 竣工日期 预算价 审定价 累计付款 未付款",
     ["操场", "某公司", 5, D, D, 6, 4, 3, 1]),
]  # fmt: skip


@pytest.mark.parametrize(("form", "title", "headers", "row"), TABLES)
def test_a_table_of_money_is_its_form(form: str, title: str | None, headers: str, row: list[object]) -> None:
    """Under the headers of 用友, 金蝶, 财政一体化, banks and hands; every column has its field, nothing is asked."""
    raw = raw_of(headers.split(), [row] * 4)
    if title:
        raw = replace(raw, notes=(Note("title", title, 1, 1),))
    match, findings = match_table(raw, FORMS, None)
    assert (match.form, [f.message for f in findings]) == (form, [])
    assert [c.column.header for c in match.columns if c.field is None] == []


@pytest.mark.parametrize(
    ("title", "headers", "row"),
    [
        ("物资采购预算", "物品名称 规格型号 单位 数量 预算单价 预算金额", ["粉笔", "白", "盒", 3, 2, 6]),
        ("食堂收支日记账", "日期 摘要 收入 支出 余额", [D, "买菜", 0, 5, 6]),
        ("水电费统计", "月份 上月读数 本月读数 用量 单价 金额", ["3月", 1, 2, 1, 5, 5]),
        ("学生缴费名单", "班级 姓名 金额 缴费日期 签字", ["七(1)班", "甲", 92, D, None]),
        ("购置办公用品", "名称 数量 金额", ["粉笔", 3, 6]),
        ("收据粘贴单", "日期 内容 金额", [D, "购纸", 5]),
    ],
)
def test_a_neighbour_is_no_table_of_money(title: str, headers: str, row: list[object]) -> None:
    """A wrong form gives wrong figures in silence."""
    raw = replace(raw_of(headers.split(), [row] * 4), notes=(Note("title", title, 1, 1),))
    mine = {"budget", "budget_execution", "cashbook", "fee", "works", "trial_balance", "journal", "bank_statement",
            "quota", "payables", "receipt_book", "claim_register"}  # fmt: skip
    assert match_table(raw, FORMS, None)[0].form not in mine


def test_the_time_of_day_beside_the_day_is_no_second_day():
    """90512 is twelve past nine, whatever its header: the day of a transaction is the other column."""
    headers = ["交易日期", "交易时间", "交易支出金额", "交易收入金额", "余额", "对方户名"]
    match, findings = match_table(raw_of(headers, [[D, 90512, 5, None, 6, "公司"]] * 4), FORMS, None)
    assert (match.form, findings) == ("bank_statement", [])
    assert [column.field for column in match.columns[:2]] == ["date", None]


@pytest.mark.parametrize("year", ["2024", "2025", "2026"])
def test_the_year_before_a_name_says_which_year_and_not_which_column(year: str) -> None:
    """2025年预算数 is 预算数; of two years' columns neither is taken."""
    headers = ["科目编码", "科目名称", "测算依据", f"{year}年预算数"]
    match, _ = match_table(raw_of(headers, [["30201", "办公费", "850人×60元", 51000]] * 4), FORMS, None)
    assert (match.form, match.columns[3].field) == ("budget", "budget")
