"""Normal forms of text: of a cell's content, and of a header before its field is looked up."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# White space that str.strip() does not know: zero-width signs, the word joiner and the byte order mark.
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff"
_BLANKS = re.compile(rf"[\s{_UNSEEN}]+")
_DIGITS, _NUMERALS = re.compile("[0-9]+"), re.compile("([0-9]+)")
_BETWEEN = "\0"  # stands in no text of a workbook
_WIDEST_NUMBER = 20  # the digits of an electronic invoice's number, the longest that an office counts by
_LEADING_MARKS = re.compile(r"^[*★☆●▲※]+")
# Forms of 问卷星 and 腾讯文档: `1. 班级(必填)`.
_SURVEY_NUMBER = re.compile(r"^(?:q?\d{1,2}[.、:](?=[^\d.])|第\d{1,2}题[.、:]?)", re.IGNORECASE)
_SURVEY_NOTE = re.compile(
    r"[(\[【](必填|必填项|必答|必答题|选填|选答|选填项|单选|多选|单选题|多选题|填空|填空题|下拉题|下拉|矩阵|日期|数字|单行文本|多行文本)"
    r"[)\]】]"
)
# 帐 is an everyday misspelling of 账; the rest are the traditional characters that office headers really use.
_ONE_FORM = str.maketrans(
    "帐帳單價數量額額級備註簽領發庫號類結餘損壞調編長學場電話項種購產歸還驗審經預執進時間總計規體稱貨銷補門樓實際應張買賣資財"
    "務車碼褲頭處員師組區圖書館廚飯點燈機鎖視課講臺櫃報維設負責證憑費決萬兩條個雙臨紙筆帶變動採監狀況態圍寬絡聯繫係複製蓋冊說無與對齡",
    "账账单价数量额额级备注签领发库号类结余损坏调编长学场电话项种购产归还验审经预执进时间总计规体称货销补门楼实际应张买卖资财"
    "务车码裤头处员师组区图书馆厨饭点灯机锁视课讲台柜报维设负责证凭费决万两条个双临纸笔带变动采监状况态围宽络联系系复制盖册说无与对龄",
)
UNITS = (  # noqa: SIM905  (a list of ninety quoted words is no easier to read)
    "个 支 枝 盒 包 箱 本 册 把 条 瓶 桶 卷 套 块 双 袋 提 令 刀 打 张 台 组 件 架 床 只 辆 部 面 盏 根 副 对 盆 棵 株 "
    "扇 间 处 顶 筒 板 片 枚 粒 罐 壶 听 捆 扎 串 节 段 份 幅 具 座 樘 付 排 枪 管 车 "
    "吨 斤 公斤 千克 kg 克 g 升 l 毫升 ml 米 m 厘米 cm 毫米 mm 平方米 平米 m2 立方米 方 m3 度 千瓦时 kwh "
    "人 名 位 人次 天 次 年 月 个月 小时 分钟 页 元 万元 千元 角 分 % 百分比"
).split()
_MONEY_NAMES = "单价|金额|总价|合价|总额|原值|净值|均价|价格|合计|小计|折旧"
_UNIT = rf"(?:人民币)?(?:{'|'.join(sorted(map(re.escape, UNITS), key=len, reverse=True))})"
_UNIT_TAILS = (
    re.compile(rf"^(?P<name>.+?)\((?:单位[:]?)?(?P<unit>{_UNIT}(?:/\w{{1,3}})?)\)$"),
    re.compile(rf"^(?P<name>.+?)\[(?P<unit>{_UNIT}(?:/\w{{1,3}})?)\]$"),
    re.compile(rf"^(?P<name>.+?)[/:](?P<unit>{_UNIT})$"),
    re.compile(r"^(?P<name>.*(?:身高|体重|胸围|腰围|净身高))(?P<unit>cm|kg|厘米|公斤|斤)$"),
    re.compile(rf"^(?P<name>.*(?:{_MONEY_NAMES}))(?P<unit>元|万元)$"),
    re.compile(r"^(?P<name>.*率)(?P<unit>%)$"),
)


def canonical_text(text: str) -> str:
    """Give a text in NFKC without outer white space; Ａ４　纸  -> A4 纸."""
    return unicodedata.normalize("NFKC", text).strip().strip(_UNSEEN).strip()


def canonical_texts(texts: Sequence[str]) -> list[str]:
    """Give many texts as `canonical_text` does, at once."""
    together = unicodedata.normalize("NFKC", _BETWEEN.join(texts))
    plain = together.split(_BETWEEN)
    if len(plain) != len(texts) or any(sign in together for sign in _UNSEEN):
        return [canonical_text(text) for text in texts]
    return [text.strip() for text in plain]


@lru_cache(maxsize=1 << 17)
def normal(text: str) -> str:
    """Give the form in which headers and labels are compared.

    NFKC, no white space at all, no leading marks or survey numbering, one form of 账 and of common traditional
    characters, Latin letters in lower case.

    >>> normal("＊单　价（元）")
    '单价(元)'
    """
    plain = _BLANKS.sub("", unicodedata.normalize("NFKC", text))
    plain = _SURVEY_NOTE.sub("", _LEADING_MARKS.sub("", plain))
    plain = _LEADING_MARKS.sub("", _SURVEY_NUMBER.sub("", plain)).translate(_ONE_FORM).lower().rstrip(":")
    return plain.rstrip("*★") or plain


def without_question(text: str) -> str:
    """Give a name without what makes it a question of a form on the web: 3、扫帚(必填) -> 扫帚.

    >>> without_question("A4 纸")
    'A4 纸'
    """
    plain = canonical_text(text)
    bare = _SURVEY_NOTE.sub("", _LEADING_MARKS.sub("", plain))
    bare = _SURVEY_NUMBER.sub("", bare.strip()).strip().rstrip("*★").strip()
    return bare or plain


@lru_cache(maxsize=1 << 17)
def split_unit(header: str) -> tuple[str, str | None]:
    r"""Split a header into its normal name and the unit at its end, None where it names none.

    >>> split_unit("单价\n（元）")
    ('单价', '元')
    >>> split_unit("本期入库/数量")
    ('本期入库/数量', None)
    """
    plain = normal(header)
    for tail in _UNIT_TAILS:
        found = tail.match(plain)
        if found:
            return found["name"], found["unit"].removeprefix("人民币").replace("百分比", "%")
    return plain, None


def natural_key(text: str) -> str:
    """Give a key for sorting that puts 七(2) before 七(10).

    >>> sorted(["10月", "9月"], key=natural_key)
    ['9月', '10月']
    """
    return _DIGITS.sub(_widened, canonical_text(text))


def natural_keys(texts: Sequence[str]) -> list[str]:
    """Give the natural keys of many texts at once."""
    plain = canonical_texts(texts)
    parts = _NUMERALS.split(_BETWEEN.join(plain))
    parts[1::2] = [number.zfill(_WIDEST_NUMBER) for number in parts[1::2]]
    keys = "".join(parts).split(_BETWEEN)
    return keys if len(keys) == len(plain) else [natural_key(text) for text in texts]


def _widened(number: re.Match[str]) -> str:
    return number[0].zfill(_WIDEST_NUMBER)
