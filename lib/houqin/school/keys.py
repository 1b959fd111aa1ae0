"""Every key of a school's settings: its Chinese word in 学校设置.xlsx, its word in school.toml, and what it means."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

WORKBOOK = "学校设置.xlsx"
TOML = "school.toml"

SYSTEMS = {"五四制": "five_four", "六三制": "six_three"}
GRADES = {"five_four": ("六年级", "七年级", "八年级", "九年级"), "six_three": ("七年级", "八年级", "九年级")}
STYLES = ("夏装", "春秋装", "冬装")
POSTS = (
    "校长", "分管副校长", "后勤主任", "财务", "会计", "出纳", "保管员", "采购人", "验收人", "申请人", "发放人",
    "经办人", "年级主任", "班主任", "食堂负责人", "维修人",
)  # fmt: skip
THRESHOLDS = {
    "spare_desks": Decimal(1),
    "class_size_gap": Decimal(2),
    "progress_gap": Decimal(10),
    "repair_open_days": Decimal(7),
    "capitalise": Decimal(1000),
    "price_gap": Decimal(30),
    "split_limit": Decimal(5000),
    "first_page_findings": Decimal(20),
}


@dataclass(frozen=True, slots=True)
class Key:
    """One key or column. `kind` is text, integer, number, date, choice, grade or yes-no."""

    id: str
    title: str
    kind: str
    help: str
    required: bool = False
    choices: tuple[str, ...] = ()
    low: int = 0
    high: int = 10_000_000


@dataclass(frozen=True, slots=True)
class Section:
    """One sheet of the workbook, one table of the TOML file.

    shape `record`: fixed keys, one value each (项目, 内容, 说明 in the workbook); `table`: a row each;
    `pairs`: two columns, in TOML a table of first = second.
    """

    id: str
    title: str
    shape: str
    help: str
    keys: tuple[Key, ...]
    required: bool = False


BASICS = Section(
    "basics", "基本信息", "record", "学校和学期的基本情况，一行一项，只改“内容”一列。",
    (
        Key("name", "学校名称", "text", "打印在每张单据的标题和填报单位处", required=True),
        Key("system", "学制", "choice", "五四制：六至九年级；六三制：七至九年级", required=True,
            choices=tuple(SYSTEMS)),
        Key("school_year", "学年", "text", "写成 2025-2026", required=True),
        Key("semester", "学期", "choice", "第一学期（秋季）或第二学期（春季）", required=True,
            choices=("第一学期", "第二学期")),
        Key("term_start", "学期开始", "date", "本学期第一天，如 2025-09-01", required=True),
        Key("term_end", "学期结束", "date", "本学期最后一天，如 2026-01-30", required=True),
        Key("example", "示例学校", "yes-no", "填“是”时，各表标题注明“示例”；自己的学校不填"),
    ),
    required=True,
)  # fmt: skip
CLASSES = Section(
    "classes", "班级", "table", "一行一个班，按年级和班号排列；班额是名册人数，其他各表的人数都与它核对。",
    (
        Key("grade", "年级", "grade", "六年级、七年级……", required=True),
        Key("number", "班级", "integer", "班号，只写数字：3", required=True, low=1, high=40),
        Key("pupils", "班额", "integer", "名册上的学生人数", required=True, low=1, high=99),
        Key("teacher", "班主任", "text", "班主任姓名，打印签收表用"),
        Key("building", "楼", "text", "教室所在的楼，调拨桌凳时先在同一楼层找"),
        Key("floor", "层", "integer", "教室所在楼层", high=40),
        Key("room", "教室", "text", "门牌号，如 203"),
    ),
    required=True,
)  # fmt: skip
POST_TITLES = Section(
    "posts", "岗位", "pairs", "单据签字栏上各岗位的叫法；没有列出的岗位按原名打印。",
    (
        Key("post", "岗位", "choice", "签字的岗位", required=True, choices=POSTS),
        Key("title", "打印名称", "text", "本校的叫法，如后勤主任叫“后勤服务中心主任”", required=True),
    ),
)  # fmt: skip
STANDARDS = Section(
    "standards", "配备标准", "table", "每班（或年级、每生、全校）应配的物资；没有标准就只按最低库存提示申购。",
    (
        Key("name", "物品名称", "text", "用正式名称，与收发存一致", required=True),
        Key("spec", "规格型号", "text", "没有规格就空着"),
        Key("uom", "单位", "text", "把、个、盒……", required=True),
        Key("per", "按", "choice", "班：每班配；年级：每个年级配；生：每个学生配；校：全校共配", required=True,
            choices=("班", "年级", "生", "校")),
        Key("quantity", "数量", "number", "每班（年级、生、校）应配的数量", required=True),
        Key("minimum", "最低库存", "number", "发放以后库房至少要留的数量"),
        Key("price", "参考单价", "number", "元，估算申购金额用"),
        Key("budget_item", "经费科目", "text", "如 30201 办公费"),
    ),
)  # fmt: skip
ALIASES = Section(
    "goods_aliases", "物资别名", "pairs", "同一种物品的不同写法，合并到一个正式名称。",
    (
        Key("alias", "别名", "text", "表里出现的写法", required=True),
        Key("name", "正式名称", "text", "合并到哪个名称", required=True),
    ),
)  # fmt: skip
CONVERSIONS = Section(
    "conversions", "换算", "table", "大包装折合成多少个基本单位；没有写的一律不折算。",
    (
        Key("name", "物品名称", "text", "用正式名称", required=True),
        Key("unit", "包装单位", "text", "箱、包……", required=True),
        Key("factor", "折合", "number", "1 个包装单位等于多少个基本单位", required=True),
        Key("base", "基本单位", "text", "个、支……", required=True),
    ),
)  # fmt: skip
UNIFORMS = Section(
    "uniform_prices", "校服价格", "pairs", "每套校服的价格，元；套数乘以它应等于登记的金额。",
    (
        Key("style", "款式", "choice", "夏装、春秋装、冬装", required=True, choices=STYLES),
        Key("price", "每套价格", "number", "元/套", required=True),
    ),
)  # fmt: skip
LIMITS = Section(
    "thresholds", "阈值", "record", "核对时的界限；不填的按默认值。",
    (
        Key("spare_desks", "每班备用桌凳", "integer", "每班除班额外应多备几套桌凳，默认 1", high=20),
        Key("class_size_gap", "班级人数允许相差", "integer", "各表班级人数与名册相差超过几人要请确认，默认 2", high=20),
        Key("progress_gap", "执行率允许相差", "number", "执行率与序时进度相差超过几个百分点要提醒，默认 10", high=100),
        Key("repair_open_days", "报修未完成天数", "integer", "报修后超过几天没有完成要提醒，默认 7", high=365),
        Key("capitalise", "固定资产单价起点", "number", "元；单价达到它的耐用品要问是否登记固定资产，默认 1000"),
        Key("price_gap", "单价允许偏差", "number", "%；同一物品单价相差超过它要提醒，默认 30", high=1000),
        Key("split_limit", "采购审批限额", "number", "元；同一收款单位几天内几笔都略低于它要列出来，默认 5000"),
        Key("first_page_findings", "首页疑点条数", "integer", "汇总首页最多列几条疑点，默认 20", low=1, high=100),
    ),
)  # fmt: skip
TOLERANCES = Section(
    "tolerances", "容差", "table",
    "本校对某一项检查放宽或收紧允许的差；不写的按表单描述里的。名称见《表单大全》。",
    (
        Key("form", "表单", "text", "表单的名称或编号；表间勾稽写“勾稽”", required=True),
        Key("check", "检查", "text", "检查的编号，如 in-amount；勾稽写勾稽的编号", required=True),
        Key("tolerance", "容差", "number", "允许相差多少（元、个……）", required=True),
        Key("reason", "说明", "text", "为什么这样定，给查账的人看", required=True),
    ),
)  # fmt: skip
READING = Section(
    "read", "读取文件", "record", "读一个文件时最多用多少时间和内存；平时不用改，文件确实很大、读不完时再放宽。",
    (
        Key("seconds", "每个文件秒数", "integer", "读一个文件最多用几秒，默认 60", low=1, high=3600),
        Key("memory_mb", "内存", "integer", "MB；读取时最多用的内存，默认 1024", low=256, high=65536),
        Key("file_mb", "文件大小", "integer", "MB；一个文件最大多少，默认 128", low=1, high=4096),
        Key("inflated_mb", "解开后大小", "integer", "MB；工作簿或压缩包解开后最大多少，默认 768", low=1, high=16384),
        Key("archive_files", "压缩包文件数", "integer", "一个压缩包里最多几个文件，默认 1000", low=1, high=100000),
        Key("positions", "每张表格子数", "integer", "一张工作表最多几个格子（行数乘列数），默认 24000000", low=1000,
            high=1_000_000_000),
        Key("compute", "计算没存结果的公式", "yes-no", "公式没有存下结果时，用本机的 LibreOffice 算出来；默认“是”"),
    ),
)  # fmt: skip
CALENDAR = Section(
    "calendar", "校历", "table",
    "本校和国家放假安排不同的日子，一行一段；国家的法定节假日和调休（2025、2026 年）程序知道，不用写，以后的年份要写。",
    (
        Key("kind", "种类", "choice",
            "第一学期、第二学期：首末上课日；放假；上课：调休补课的周末；年末基准日：不是 12 月 31 日的才写",
            required=True, choices=("第一学期", "第二学期", "放假", "上课", "年末基准日")),
        Key("first", "开始", "date", "第一天，如 2026-02-24", required=True),
        Key("last", "结束", "date", "最后一天；只有一天的可以空着"),
        Key("name", "名称", "text", "如 校运会、寒假、补国庆节的课"),
    ),
)  # fmt: skip
NOTICES = Section(
    "notices", "通知", "record",
    "运行结束后通知谁。通知里没有学生的任何信息；网址、密钥、密码不写在这里，见 README 的“定时运行”。",
    (
        Key("when", "何时通知", "choice", "失败时（默认）；有事等人时：失败，或有“必须改”“请确认”；每次",
            choices=("失败时", "有事等人时", "每次")),
        Key("by_hand", "手动运行也通知", "yes-no",
            "填“是”：houqin run 和整批运行（houqin batch）结束后也照上一行通知；不填就只有定时运行通知"),
        Key("wecom", "企业微信", "yes-no", "填“是”就发到企业微信群的机器人"),
        Key("dingtalk", "钉钉", "yes-no", "填“是”就发到钉钉群的机器人"),
        Key("feishu", "飞书", "yes-no", "填“是”就发到飞书群的机器人"),
        Key("mail", "邮件", "yes-no", "填“是”就发邮件，下面几项也要填"),
        Key("mail_host", "邮件服务器", "text", "发件的 SMTP 服务器，如 smtp.example.com"),
        Key("mail_port", "邮件端口", "integer", "不填：SSL 是 465，STARTTLS 是 587，不加密是 25", low=1, high=65535),
        Key("mail_security", "邮件加密", "choice", "SSL（默认）、STARTTLS 或不加密",
            choices=("SSL", "STARTTLS", "不加密")),
        Key("mail_from", "发件人", "text", "发件的邮箱"),
        Key("mail_to", "收件人", "text", "收件的邮箱，几个之间用顿号或逗号分开"),
    ),
)  # fmt: skip
INVENTORY = Section(
    "inventory", "库存核算", "record", "库存物资怎样计价、要不要和财务账核对；问会计，全校用一种办法。",
    (
        Key("cost_method", "发出计价", "choice", "移动加权平均或先进先出；不填就不按计价办法核对",
            choices=("移动加权平均", "先进先出")),
        Key("accounting", "库存核算方式", "choice",
            "存货核算：库存金额要与财务账一致；购入即列支：库存台账只是备查账，金额供参考，不与财务账核对",
            choices=("存货核算", "购入即列支")),
    ),
)  # fmt: skip
ACCOUNTING = Section(
    "accounting", "财务", "record", "谁记账、食堂怎样并账；年终决算用，问会计。没有填的，决算里写“未核”，不会替您选。",
    (
        Key("mode", "记账方式", "choice", "集中记账：账由核算中心记，学校只报账；独立核算：学校自己记账",
            choices=("集中记账", "独立核算")),
        Key("consolidation", "食堂并账", "choice",
            "年末并账：食堂的净收入和资产负债并入学校的决算；不并账：要在下面写依据；委托经营：没有自己的食堂账",
            choices=("年末并账", "不并账", "委托经营")),
        Key("consolidation_ground", "不并账的依据", "text", "文件名称和文号，或主管部门的批复"),
        Key("centre", "核算中心", "text", "核算中心的名称，写在对账表上"),
        Key("fund_base", "公用经费定额", "number", "元/生·年；写了就核对公用经费收入"),
    ),
)  # fmt: skip
FEE_ITEMS = Section(
    "fee_items", "收费项目", "table",
    "每个收费项目的钱归哪里：代收代付和食堂的钱是往来，不是学校收入。没有列出的项目，决算时会问。",
    (
        Key("item", "收费项目", "text", "与收费表、票据上的写法一致", required=True),
        Key("treatment", "处理", "choice", "代收代付、缴财政专户、食堂、其他", required=True,
            choices=("代收代付", "缴财政专户", "食堂", "其他")),
        Key("standard", "标准", "number", "元/生，写了就和收费表核对"),
        Key("refund", "结余办法", "choice", "多退少补，或多退少不补", choices=("多退少补", "多退少不补")),
        Key("account", "往来科目", "text", "在科目余额表里的明细，如 其他应付款-作业本费；不写就按项目名称找"),
    ),
)  # fmt: skip
PUBLICITY = Section(
    "publicity", "公示", "record", "张贴的公示上印的内容；没有填的，公示上留空让人填写。",
    (
        Key("phone", "监督电话", "text", "家长和社会反映问题的电话"),
        Key("days", "公示天数", "integer", "公示期多少天，默认 7", low=1, high=365),
        Key("place", "公示地点", "text", "如 校门口公示栏、学校网站"),
        Key("signed", "落款单位", "text", "不填就用学校名称"),
        Key("canteen_kind", "食堂性质", "choice", "自营、委托经营、承包或配餐",
            choices=("自营", "委托经营", "承包", "配餐")),
        Key("balance_limit", "食堂盈亏率界限", "number",
            "%；每月收支差额占伙食费收入超过它，公示表上提示说明，如 2；各地规定不同，不填就只列数、不判断", high=100),
    ),
)  # fmt: skip
SECTIONS = (
    BASICS, CLASSES, POST_TITLES, STANDARDS, ALIASES, CONVERSIONS, UNIFORMS, LIMITS, TOLERANCES, READING, CALENDAR,
    NOTICES, INVENTORY, ACCOUNTING, FEE_ITEMS, PUBLICITY,
)  # fmt: skip
