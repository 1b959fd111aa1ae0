"""Which line of 食堂收支公示表 an entry of the canteen's journal belongs to; what is not clear stays unclear.

The lines are those of a statement that a school really posted (domain.md 6.4), with 七 for subsidies and gifts.
"""

from __future__ import annotations

import re
from typing import NamedTuple

UNCLEAR_IN, UNCLEAR_OUT, NEITHER = "待归类收入", "待归类支出", "不计收支"
PREPAID = "预收餐费（不计收支）"


class Place(NamedTuple):
    """A line that entries go to: its name in the column 归入项目, its words on the statement, what tells it."""

    name: str
    text: str
    words: tuple[str, ...]


INCOME = Place("一 伙食费收入", "一、伙食费收入", (
    "伙食费", "餐费", "饭费", "餐卡", "饭卡", "充值", "搭餐", "膳食费", "就餐费", "伙食收入", "就餐款",
    "餐款", "搭伙", "用餐",
))  # fmt: skip
MEALS = (
    Place(
        "二1 菜品",
        "1菜品",
        (
            "菜",
            "蔬",
            "肉",
            "排骨",
            "鸡",
            "鸭",
            "鱼",
            "虾",
            "水产",
            "蛋",
            "豆",
            "水果",
            "苹果",
            "香蕉",
            "牛奶",
            "鲜奶",
            "酸奶",
            "奶制品",
            "食材",
            "副食",
            "原材料",
            "面点",
            "面包",
            "糕点",
            "馒头",
            "玉米",
            "虾米",
            "土豆",
            "西红柿",
            "冻品",
            "熟食",
        ),
    ),
    Place(
        "二2 米面油",
        "2米/油",
        (
            "豆油",
            "大豆油",
            "菜油",
            "菜籽油",
            "玉米油",
            "花生油",
            "食用油",
            "米",
            "面粉",
            "面条",
            "挂面",
            "杂粮",
            "粮",
            "油",
            "主食",
            "粉条",
        ),
    ),
    Place(
        "二3 调味品",
        "3调味品",
        (
            "调味",
            "调料",
            "酱",
            "酱油",
            "豆瓣酱",
            "盐",
            "醋",
            "米醋",
            "味精",
            "鸡精",
            "糖",
            "料酒",
            "花椒",
            "干货",
            "香料",
        ),
    ),
    Place(
        "二4 其他物料",
        "4其他物料",
        (
            "餐具",
            "餐盘",
            "餐盒",
            "筷",
            "洗洁",
            "洗涤",
            "清洁",
            "消毒",
            "一次性",
            "纸巾",
            "抽纸",
            "垃圾袋",
            "保鲜",
            "手套",
            "口罩",
            "围裙",
            "工作服",
            "工装",
            "炊具",
            "厨具",
            "低值易耗",
            "物料",
            "留样盒",
            "灭鼠",
            "除虫",
            "泔水",
            "油烟",
            "油烟清洗",
        ),
    ),
    Place("二5 燃气", "5燃气", ("燃气", "液化气", "天然气", "煤气", "燃料", "柴油", "燃油", "煤炭", "生物质")),
    Place("二6 水电", "6水电", ("水费", "电费", "水电", "用电", "用水")),
    Place("二7 工资", "7工资", ("工资", "劳务", "人工", "帮厨", "厨师", "炊事", "加班费", "员工成本", "薪")),
)
TAX = Place("三 税金及附加", "三、税金及附加", ("税", "附加"))
OFFICE = (
    Place("四1 办公费", "1办公费", ("办公", "打印", "印刷", "文具", "电话费", "网络费")),
    Place("四2 工资", "2工资", ("管理人员工资", "管理员工资", "会计工资", "管理工资", "管理人员薪")),
    Place(
        "四3 社保",
        "3社保",
        ("社保", "厨师社保", "员工社保", "社会保险", "养老", "医保", "医疗保险", "工伤", "公积金", "意外险", "保险"),
    ),
    Place("四4 维修", "4维修", ("维修", "修理", "维护", "检修", "保养", "改造")),
    Place("四5 折旧", "5折旧", ("折旧", "摊销")),
    Place(
        "四6 其他",
        "6其他",
        (
            "检测",
            "检验费",
            "培训",
            "体检",
            "健康证",
            "差旅",
            "运费",
            "运输",
            "管理费",
            "责任险",
            "认证",
            "审计",
            "招标",
        ),
    ),
)
MONEY = (
    Place("五1 利息收入", "1利息收入", ("利息", "结息")),
    Place("五2 手续费", "2手续费", ("手续费", "工本费", "账户管理费", "汇款费", "转账费")),
)
OTHER = Place("七 其他收入", "七、补助、捐赠等其他收入", (
    "补助", "补贴", "捐赠", "捐款", "财政拨款", "其他收入", "泔水收入", "废品",
))  # fmt: skip
ALL = (INCOME, *MEALS, TAX, *OFFICE, *MONEY, OTHER)
TAKE_IN = {INCOME.name, OTHER.name, MONEY[0].name}
# What pupils pay ahead is owed to them until they have eaten: a liability, no income of the month
_PREPAID = re.compile(r"预收|预缴|预交|预存")
# Money that only moves, or belongs to others: no income and no cost of the month
_MOVED = re.compile(
    r"提现|提取现金|取现|存现|现金存入|存入银行|转存|调拨|内部往来|上年结转|上月结转|期初|"
    r"(收|付|退).{0,4}(保证金|押金)|投标保证金|质保金"
)
_AND = re.compile(r"[、，,；;/+和及与]|以及")
_REFUND = re.compile(
    r"退.{0,24}(餐费|伙食费|饭费|就餐费|就餐款|餐款|膳食费|饭卡|餐卡)|(餐费|伙食费|饭费|就餐费).{0,6}退"
)


def line_of(account: str, summary: str, *, takes_in: bool) -> str:
    """Give the line that an entry belongs to: by its account, more closely by its summary where both tell one head.

    `takes_in` tells an entry of the income column. What names goods of two heads is unclear, as is what names none.

    >>> line_of("", "购酱油、花生油", takes_in=False), line_of("", "付装修款", takes_in=False)
    ('二3 调味品', '待归类支出')
    >>> line_of("", "消毒柜维修", takes_in=False), line_of("", "买菜和社保", takes_in=False)
    ('四4 维修', '待归类支出')
    """
    told: list[str] = []
    if _PREPAID.search(account) or _PREPAID.search(summary):
        return PREPAID
    for text in (account, summary):
        if _MOVED.search(text):
            return NEITHER
        if _REFUND.search(text):
            return INCOME.name
        told += _told(text, takes_in=takes_in)
    if not told:
        return UNCLEAR_IN if takes_in else UNCLEAR_OUT
    return told[-1] if told[-1][0] == told[0][0] else told[0]


def _told(text: str, *, takes_in: bool) -> list[str]:
    """Give the line that a text tells, none where it tells none or parts of it tell different heads."""
    found = [name for part in _AND.split(text) if (name := _of_part(part, takes_in=takes_in))]
    return found[:1] if len({name[0] for name in found}) == 1 else []


def _of_part(text: str, *, takes_in: bool) -> str:
    """Give the line of the last word that tells one, as Chinese puts the noun last: 消毒柜维修 is a repair.

    A word within a longer one counts as the longer one.
    """
    spans = [
        (match.start(), match.end(), place.name)
        for place in ALL
        if (place.name in TAKE_IN) is takes_in or (takes_in and place in MEALS)
        for word in place.words
        for match in re.finditer(re.escape(word), text)
    ]
    kept = [span for span in spans if not any(_is_within(span, other) for other in spans)]
    return max(kept)[2] if kept else ""


def _is_within(one: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    return other[0] <= one[0] and one[1] <= other[1] and other[1] - other[0] > one[1] - one[0]
