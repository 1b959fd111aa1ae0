"""Words of short lists (sex, ticks, sizes), and amounts of money in official Chinese characters (大写)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from houqin.values.chinese import chinese_integer
from houqin.values.text import canonical_text

_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_LETTERS = {
    "XS": ("加小", "特小"),
    "S": ("小",),
    "M": ("中",),
    "L": ("大",),
    "XL": ("加大", "1XL", "特大"),
    "2XL": ("XXL", "加加大"),
    "3XL": ("XXXL",),
    "4XL": ("XXXXL",),
    "5XL": ("XXXXXL",),
    "6XL": ("XXXXXXL",),
}
_SIZE_WORDS = {w: size for size, words in _LETTERS.items() for w in (size, *words)}
_SIZE_NUMBER = re.compile(r"^(1[1-9]\d|20[05])$")
_SIZE_PAIR = re.compile(r"^(1[1-9]\d)[/-](\d{2,3})([YABC])?$")
_SIZE_BOTH = re.compile(
    r"^(1[1-9]\d)[(/-]?(XS|S|M|L|[2-6]?XL|XXL|XXXL)\)?$|^(XS|S|M|L|[2-6]?XL|XXL|XXXL)[(/-]?(1[1-9]\d)\)?$"
)
_SIZE_TAIL = re.compile(r"(#|码|号|CM)$")
_SPECIAL = frozenset({"特体", "定制", "量体", "特制", "定做", "特殊"})
_MALE = frozenset({"男", "男生", "男孩", "男性", "男士", "M", "MALE"})
_FEMALE = frozenset({"女", "女生", "女孩", "女性", "女士", "F", "FEMALE"})
_YES = frozenset("√ ✓ ✔ ☑ ■ V 是 有 对 Y YES 同意 愿意 自愿 订 订购 是的 已 TRUE ✅".split())  # noqa: SIM905  (a list of words)
_NO = frozenset("× ✗ ✘ ☒ X 否 无 没有 不 N NO 不同意 不愿意 不订 不订购 不是 未 FALSE ❌ ╳ 不自愿 放弃".split())  # noqa: SIM905  (a list of words)


@dataclass(frozen=True, slots=True)
class ParsedText:
    """A word in its canonical form, and the rules that made it so."""

    text: str
    rules: tuple[str, ...] = ()
    doubtful: bool = False


def parse_sex(text: str) -> ParsedText | None:
    """Read 男 or 女; 1 and 2 (GB/T 2261.1) are read with doubt."""
    plain = canonical_text(text)
    word = plain.upper()
    if word in {"1", "2"}:
        return ParsedText("男" if word == "1" else "女", ("sex-code",), doubtful=True)
    for name, words in (("男", _MALE), ("女", _FEMALE)):
        if word in words:
            return ParsedText(name, () if plain == name else ("sex-word",))
    return None


def parse_tick(text: str) -> ParsedText | None:
    """Read a tick or a cross, or a word for it, as 是 or 否; 1, 0 and an empty box are read with doubt."""
    plain = canonical_text(text)
    word = plain.upper()
    if word in {"1", "0", "□", "☐"}:
        return ParsedText("是" if word == "1" else "否", ("tick",), doubtful=True)
    for name, words in (("是", _YES), ("否", _NO)):
        if word in words:
            return ParsedText(name, () if plain == name else ("tick",))
    return None


def parse_size(text: str) -> ParsedText | None:
    """Read a size as 165, XL or 165/88A; made to measure is 特体; None where it is no size.

    Numbers run in steps of five (GB/T 1335), so 163 is read with doubt.
    """
    plain = canonical_text(text)
    word = re.sub(r"\s+", "", plain).upper()
    if word in _SPECIAL:
        return ParsedText("特体", () if word == "特体" else ("size-word",))
    word = _SIZE_TAIL.sub("", word)
    word = word.removesuffix(".0")
    if word in _SIZE_WORDS:
        size, doubtful = _SIZE_WORDS[word], word == "特大"
    elif _SIZE_NUMBER.match(word):
        size, doubtful = word, int(word) % 5 != 0
    elif found := _SIZE_BOTH.match(word):
        return ParsedText(found[1] or found[4], ("size-word",), doubtful=True)
    elif found := _SIZE_PAIR.match(word):
        girth = int(found[2])
        if not 44 <= girth <= 132:
            return None
        size, doubtful = f"{found[1]}/{found[2]}{found[3] or ''}", int(found[1]) % 5 != 0
    else:
        return None
    return ParsedText(size, () if size == plain else ("size-word",), doubtful)


def amount_in_words(amount: Decimal) -> str:
    """Write an amount of 元, rounded half up to the 分, as 支付结算办法 annex 1 asks: 人民币壹仟肆佰零玖元伍角.

    Ends in 整 where there is neither 角 nor 分. Less than nothing starts with 负.
    """
    cents = int(amount.scaleb(2).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    sign, cents = ("负" if cents < 0 else ""), abs(cents)
    yuan, jiao, fen = cents // 100, cents // 10 % 10, cents % 10
    words = f"{_formal_integer(yuan)}元" if yuan or not cents else ""
    if not jiao and not fen:
        return f"人民币{sign}{words}整"
    if yuan and (not jiao or yuan % 10 == 0):
        words += "零"
    words += f"{_FORMAL[jiao]}角" if jiao else ""
    words += f"{_FORMAL[fen]}分" if fen else ""
    return f"人民币{sign}{words}"


def parse_amount_words(text: str) -> Decimal | None:
    """Read an amount in Chinese characters, either legal spelling of zeros; None where it is none."""
    plain = re.sub(r"\s|人民币|[(]?大写[)]?|[:]|[¥￥]", "", canonical_text(text))
    plain = plain.replace("圓", "元").replace("圆", "元").replace("园", "元")
    sign = -1 if plain.startswith("负") else 1
    plain = plain.removeprefix("负").rstrip("整正")
    found = re.match(r"^(?:([^元角分]+)元)?(?:零?([^元角分零])角)?(?:零?([^元角分零])分)?$", plain)
    if not found or not plain:
        whole = chinese_integer(plain)
        return None if whole is None else Decimal(sign * whole)
    yuan, jiao, fen = (chinese_integer(part) if part else 0 for part in found.groups())
    if yuan is None or jiao is None or fen is None:
        return None
    return sign * Decimal(yuan * 100 + jiao * 10 + fen).scaleb(-2)


def _formal_integer(number: int) -> str:
    """Write a whole number in groups of four digits with 万 and 亿 between."""
    if number == 0:
        return "零"
    groups: list[int] = []
    while number:
        number, group = divmod(number, 10_000)
        groups.append(group)
    words, gap = "", False
    for i in reversed(range(len(groups))):
        if not groups[i]:
            gap = bool(words)
            continue
        if words and (gap or groups[i] < 1000):
            words += "零"
        words, gap = words + _formal_group(groups[i]) + ("", "万", "亿", "万亿")[i], False
    return words


def _formal_group(number: int) -> str:
    words, gap = "", False
    for step, name in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = number // step % 10
        if digit:
            words += ("零" if gap and words else "") + _FORMAL[digit] + name
            gap = False
        else:
            gap = True
    return words
