"""The words of office sheets: what totals, openings, notes, signatures, units and headers are called.

All matching is done on normal text (`normal_text`): NFKC, no white space.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from houqin.locate.words import HEADERS, SERIALS, SIGNATURES

if TYPE_CHECKING:
    from collections.abc import Sequence


class Word:
    """What a text may be, by its words alone; flags of an int, for those of an enum cost too much a cell."""

    NONE: Final = 0
    TOTAL: Final = 1
    SUBTOTAL: Final = 2
    OPENING: Final = 4
    NOTE: Final = 8
    LABEL: Final = 16  # holds 班级：… or ends with a colon
    SIGNATURE: Final = 32
    CATEGORY: Final = 64
    HEADER: Final = 128
    UNIT: Final = 256
    WORDS: Final = 512  # 大写
    LONG: Final = 1024
    NUMERAL: Final = 2048
    TITLE: Final = 4096
    SERIAL: Final = 8192
    SPLIT: Final = 16384  # the first half of a label typed over two cells
    SIGNER: Final = 32768  # 审核人 without a colon
    NO_DAY: Final = 65536  # 年 月 日, to be filled in


LONG_TEXT = 24

_TOTAL = re.compile(
    r"^[(]?(总?合计|总计|共计|总数|累计|合計|總計|全校(合计|总计|总数|共计)?|大写合计|"
    r"(本[页月年季日周期次]|本学[期年]|全[年月校部]|年度|当[月年])(合计|总计|共计|累计|发生额)|"
    r"合计(金额|数量|人数|总额|数)?([(](元|万元|大写|小写|共?\d+[人名套件行笔])[)])?|总计(金额|数量)?|grandtotal|total)[)]?:?$",
    re.IGNORECASE,
)
# A bank closes its list with 借方总笔数：2 and 贷方总金额.
_SUBTOTAL = re.compile(
    r"^(.{0,16}小计|subtotal|过次页|转下页|结转下[页年月期]|"
    r"(借方|贷方|收入|支出|转入|转出)(总笔数|总金额|总额|合计笔数|合计金额)(:?\d*笔?))[)]?:?$",
    re.IGNORECASE,
)
_PART_TOTAL = re.compile(r"^.{1,16}(合计|总计|共计)[)]?:?$")
_OPENING = re.compile(
    r"^(上[年月期页季]|上学[期年]|期初|年初|月初|承前|前期|以前年度)"
    r"(结转|结存|余额|结余|页|累计|数|库存)?(余额|结存|数|金额)?:?$"
)
_NOTE = re.compile(
    r"^(附?注|备注|说明|填表说明|填报说明|编制说明|注意|附件?|提示|要求|填写说明|温馨提示)(\d{0,2})[:.、]"
)
# A starred label is a column that must be filled in; a starred sentence is a note.
_NOTE_BARE = re.compile(
    r"^([*※](?=.{11}|.*[,，。;；:])|此表一式|本表一式|注意事项|填表说明|填报说明|填写说明|以上|"
    r"本(对账单|账单|表|清单|回单|台账|明细|公示)(?=.{4})|打印(时间|日期|柜员)(?=.{4}))"
)
_NUMERALS = "[一二三四五六七八九十]"
_CATEGORY = re.compile(
    rf"^({_NUMERALS}{{1,3}}[、.]|[(]{_NUMERALS}{{1,3}}[)]|[壹贰叁肆伍陆柒捌玖拾][、.]|第{_NUMERALS}+[部分类章节])"
)
_NUMERAL = re.compile(r"^[-+(¥￥]?\d[\d,]*(\.\d+)?%?[)]?$")
_NO_DAY = re.compile(r"^[_/.]*年[_/.]*月[_/.]*日[_/.]*$")
# 联系人 stands above a form as often as below it.
_SIGNER = re.compile(
    r"(?<!联系)(?<!单位)(?<!收货)(?<!供货)[人员]$|"
    r"(签字|签名|盖章|签章|审核|审批|制表|制单|复核|核对|主任|校长|领导|会计|出纳|库管|意见)$"
)
_TO_SIGN = re.compile(r"^.{2,8}[(]?(签字|签名|盖章|签章)[)]?$")
_FIRST_HALVES = frozenset("合总共小")
_WORDS = re.compile(r"大写")
_LABEL = re.compile(r"[^\W\d_][^:。;,!?]{0,15}:")
# Behind 单位 stands a colon, or money at once; 单位名称 is a header.
UNIT_LINE = re.compile(
    r"(?<![填编报制送收付款供货用])(金额单位|货币单位|计量单位|单位)(?::|[(]|(?=(?:人民币)?(?:[万千百亿]?元|人民币)))"
    r"(?:人民币)?((?:(?:人民币|人次?|套|件|张|个|台|把|斤|公斤|名|[万千百亿]?元)[、,/]?)+)[)]?"
)
MONEY = re.compile(r"万元|千元|百元|亿元|元")
_TITLE = re.compile(
    r"(表|单|账|帐|册|清单|统计|明细|台账|汇总|登记|名单|记录|一览|计划|预算|决算|方案|报告|目录|日志)"
    r"([(].*[)])?(\d+|[一二三四五六七八九十]+)?$"
)
_HEADER_TAIL = re.compile(
    r"(名称|姓名|编号|编码|代码|号码|单号|票号|日期|时间|数量|单价|价格|金额|单位|型号|规格|人数|套数|件数|张数|次数|天数|户数|总数|"
    r"个数|尺码|备注|签字|签名|签收|签章|部门|地点|位置|原因|用途|情况|结果|状态|状况|类别|类型|方式|标准|电话|地址|来源|余额|原值|"
    r"净值|年限|比例|总额|总价|合计|小计|支出|收入|费用|成本|读数|面积|折旧|说明|级别|等级|要求|描述|内容|意见|程度|职务|期间|数额|"
    r"[率额量价])$"
)
_HEADER_UNIT = re.compile(
    r"[(/](元|万元|千元|个|张|把|台|套|件|人|人次|斤|公斤|kg|cm|厘米|%|℃|度|吨|米|㎡|平方米|天|次|年|月|日|盒|包|g|元/[^)]{1,3}|"
    r"必填|盖章|签字|签章|签名)[)]?$",
    re.IGNORECASE,
)
_NUMBERED_TAIL = re.compile(r"(?<=..)[\d一二三四五六七八九十]{1,2}$")
_HEADER_PERIOD = re.compile(r"^(\d{1,2}|\d{4})(月|日|号|年|年级|班|月份|码|#|cm|年度)([(].*[)])?$")
_ONE_DIGIT = bytes.maketrans(b"012345689", b"7" * 9)
_DIGITS = frozenset("0123456789")
_BETWEEN = "\0"  # no text of a grid holds one
_DECORATION = re.compile(r"^[*★☆#※]+|^\d{1,2}[.、](?=\D)|[(](必填|选填|盖章|可选)[)]$|:$")


# The shapes of headers that are spelt with digits.
_SPELT_SHAPES = frozenset(
    header.encode().translate(_ONE_DIGIT).decode() for header in HEADERS if not _DIGITS.isdisjoint(header)
)


def normal_text(text: str) -> str:
    """Give a text without white space, full-width forms made plain.

    >>> normal_text("合　 计（元）")
    '合计(元)'
    """
    plain = text if text.isascii() else unicodedata.normalize("NFKC", text)
    return "".join(plain.split()).replace("\u200b", "").replace("\ufeff", "")


def is_header_word(normal: str) -> bool:
    """Tell whether offices use such a text as a column's header."""
    word = _DECORATION.sub("", normal)
    if not word or len(word) > LONG_TEXT:
        return False
    if word in HEADERS or _NUMBERED_TAIL.sub("", word) in HEADERS:
        return True
    if _HEADER_UNIT.search(word) or _HEADER_PERIOD.match(word):
        return True
    return len(word) <= 14 and ":" not in word and bool(_HEADER_TAIL.search(word))


def shape_of(text: str) -> str:
    """Give a text with all its digits alike: which ones stand there seldom says anything.

    >>> shape_of("物品12")
    '物品77'
    """
    return text.encode("utf-8", "surrogatepass").translate(_ONE_DIGIT).decode("utf-8", "surrogatepass")


def shapes_of(texts: Sequence[str]) -> list[str]:
    """Give the shapes of many texts at once."""
    shapes = shape_of(_BETWEEN.join(texts)).split(_BETWEEN)
    return shapes if len(shapes) == len(texts) else [shape_of(text) for text in texts]


def classify_text(text: str, shape: str | None = None) -> int:
    """Give all that a text may be; texts of one shape are looked at once, as far as no header is spelt with digits."""
    found = _words_of_shape(shape_of(text) if shape is None else shape)
    return _classified(normal_text(text)) if found is None else found


@lru_cache(maxsize=1 << 15)
def _words_of_shape(shape: str) -> int | None:
    normal = normal_text(shape)
    return None if normal in _SPELT_SHAPES else _classified(normal)


@lru_cache(maxsize=1 << 15)
def _classified(normal: str) -> int:
    word: int = Word.NONE
    if _TOTAL.match(normal):
        word |= Word.TOTAL
    elif _SUBTOTAL.match(normal) or _PART_TOTAL.match(normal):
        word |= Word.SUBTOTAL
    elif _OPENING.match(normal):
        word |= Word.OPENING
    if _NOTE.match(normal) or (_NOTE_BARE.match(normal) and not is_header_word(normal)):
        word |= Word.NOTE
    if _LABEL.search(normal):
        word |= Word.LABEL
        word |= Word.SIGNATURE if signature_of(normal) else Word.NONE
    word |= Word.CATEGORY if _CATEGORY.match(normal) else Word.NONE
    word |= Word.HEADER if is_header_word(normal) else Word.NONE
    word |= Word.UNIT if UNIT_LINE.search(normal) and len(normal) < LONG_TEXT * 2 else Word.NONE
    word |= Word.WORDS if _WORDS.search(normal) else Word.NONE
    word |= Word.LONG if len(normal) > LONG_TEXT else Word.NONE
    word |= Word.NUMERAL if _NUMERAL.match(normal) else Word.NONE
    word |= Word.TITLE if _TITLE.search(normal) and len(normal) > 2 else Word.NONE
    word |= Word.NO_DAY if _NO_DAY.match(normal) else Word.NONE
    word |= Word.SIGNER if normal in SIGNATURES or _TO_SIGN.search(normal) else Word.NONE
    word |= Word.SPLIT if normal in _FIRST_HALVES else Word.NONE
    word |= Word.SERIAL if _DECORATION.sub("", normal) in SERIALS else Word.NONE
    return word


def signature_of(normal: str) -> str | None:
    """Give the signature label that a text begins with, 制表人(签字):张三 -> 制表人, 抄表员 as said by its ending."""
    label = re.split(r"[:(]", normal, maxsplit=1)[0]
    if label in SIGNATURES:
        return label
    return label if _SIGNER.search(label) else None
