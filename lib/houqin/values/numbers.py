"""Numbers as offices type them: full-width, with units, thousands, currency, brackets, 万, or in Chinese characters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from houqin.values.chinese import CHARACTERS, chinese_integer
from houqin.values.text import UNITS, canonical_text
from houqin.values.words import parse_amount_words

ZERO_LIKE = frozenset({"-", "--", "—", "——", "–", "−", "―", "/", "\\", "无", "零", "没有", "ー", "一一"})
_SIGNS = str.maketrans({"−": "-", "–": "-", "﹣": "-", "，": ",", "＋": "+", "＊": "*", "×": "*", "✕": "*"})
_CURRENCY = re.compile(r"^(人民币|RMB|CNY|¥|￥|\$)+", re.IGNORECASE)
_APPROXIMATE = re.compile(r"^(大约|大概|约|近|≈|~|不足|不到|超过|至少|最多)|(左右|上下|余|多|来|以上|以下|不到)$")
_NUMBER = re.compile(r"^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$", re.IGNORECASE)
_HEAD = re.compile(r"^([+-]?(?:\d[\d,]*(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?)(.*)$", re.IGNORECASE)
_GROUPED = re.compile(r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$")
_SPACED = re.compile(r"(?<=\d)\s+(?=\d)")
_YUAN_PARTS = re.compile(r"^([+-]?\d+)元(?:(\d)角)?(?:(\d)分)?[整正]?$")
_ARITHMETIC = re.compile(r"^=?\s*\d+(\.\d+)?(\s*[*+]\s*\d+(\.\d+)?)+$")
_MAGNITUDES = {"万": 10**4, "千": 10**3, "亿": 10**8, "百": 10**2}
_ROUGH = re.compile(r"^[一二两三四五六七八九]{2,}$")
_CHINESE_HEAD = re.compile(rf"^([负]?[{CHARACTERS}]+)(.*)$")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A number read from text. `unit` is what the text names (盒, 元, %), `rules` what was done, most telling first."""

    value: Decimal
    unit: str | None = None
    rules: tuple[str, ...] = ()
    doubtful: bool = False


@lru_cache(maxsize=65536)
def parse_number(text: str, *, zero_like: bool = True) -> Parsed | None:
    """Read a number, None where there is none (a blank, words, two numbers in one cell).

    Per cent is read as it is written: 85% is 85 with the unit %. 万 multiplies: 3.5万元 is 35000 with the unit 元.
    With `zero_like`, a dash, a stroke and 无 are 0.

    >>> parse_number("１２盒")
    Parsed(value=Decimal('12'), unit='盒', rules=('quantity-unit', 'full-width'), doubtful=False)
    """
    plain = canonical_text(text)
    if not plain:
        return None
    if plain in ZERO_LIKE:
        return Parsed(Decimal(0), rules=("zero-like",)) if zero_like else None
    if _NUMBER.match(plain) and "e" not in plain.lower():
        return Parsed(_decimal(plain), rules=_width(text))
    read = _read(plain.translate(_SIGNS).replace("\n", ""))
    if read is None:
        return None
    return Parsed(read.value, read.unit, (*read.rules, *_width(text)), read.doubtful)


def _width(text: str) -> tuple[str, ...]:
    return ("full-width",) if any("！" <= c <= "～" for c in text) else ()


def _decimal(text: str) -> Decimal:
    number = Decimal(text)
    return number.quantize(Decimal(1)) if number.as_tuple().exponent > 0 else number  # type: ignore[operator]


def _read(text: str) -> Parsed | None:
    """Take off one thing after another: brackets, approximation, currency; then read what is left."""
    if text.startswith("(") and text.endswith(")"):
        inner = _read(text[1:-1].strip())
        return inner and Parsed(-inner.value, inner.unit, ("brackets", *inner.rules), inner.doubtful)
    loose = _APPROXIMATE.sub("", text).strip()
    if loose != text:
        inner = _read(loose) if loose else None
        return inner and Parsed(inner.value, inner.unit, ("approximate", *inner.rules), doubtful=True)
    bare = _CURRENCY.sub("", text).strip()
    if bare != text:
        inner = _read(bare) if bare else None
        return inner and Parsed(inner.value, inner.unit or "元", _with("currency", inner.rules), inner.doubtful)
    if text.startswith(("-¥", "-￥")):
        inner = _read(text[2:])
        return inner and Parsed(-inner.value, inner.unit or "元", _with("currency", inner.rules), inner.doubtful)
    return _read_digits(text) or _read_chinese(text)


def _with(rule: str, rules: tuple[str, ...]) -> tuple[str, ...]:
    return rules if rule in rules else (rule, *rules)


def _read_digits(text: str) -> Parsed | None:
    if _ARITHMETIC.match(text):
        return Parsed(_calculated(text.lstrip("= ")), rules=("formula-text",), doubtful=True)
    yuan = _YUAN_PARTS.match(text)
    if yuan:
        cents = Decimal(int(yuan[2] or 0) * 10 + int(yuan[3] or 0)).scaleb(-2)
        value = Decimal(yuan[1]) + (cents if yuan[2] or yuan[3] else 0)
        return Parsed(value, "元", ("currency",))
    spaced = _SPACED.sub("", text)
    found = _HEAD.match(spaced)
    if not found:
        return None
    digits, tail = found[1].rstrip(","), found[2].strip()
    rules: tuple[str, ...] = ()
    doubtful = False
    if "," in digits:
        rules, doubtful = ("thousands",), not _GROUPED.match(digits)
    if spaced != text:
        rules = (*rules, "inner-blanks")
        doubtful = doubtful or not re.match(r"^[+-]?\d{1,3}(\s\d{3})+(?!\d)", text)
    if "e" in digits.lower():
        rules = (*rules, "scientific")
        doubtful = True
    return _with_tail(_decimal(digits.replace(",", "")), tail, rules, doubtful=doubtful)


def _with_tail(value: Decimal, tail: str, rules: tuple[str, ...], *, doubtful: bool) -> Parsed | None:
    """Judge the words behind the digits: a magnitude, a unit, or text that nobody asked for."""
    if tail[:1] in _MAGNITUDES and tail != "千克" and not tail.startswith(("千克", "千瓦")):
        rules = ("wan-yuan" if tail[0] == "万" else "magnitude", *rules)
        value, tail = _decimal(str(value * _MAGNITUDES[tail[0]])), tail[1:]
        value = value if "." not in str(value) else _decimal(str(value).rstrip("0").rstrip("."))
    if not tail:
        return Parsed(value, None, rules, doubtful)
    return _with_words(value, tail, rules, doubtful=doubtful)


def _with_words(value: Decimal, tail: str, rules: tuple[str, ...], *, doubtful: bool) -> Parsed | None:
    tail = tail[1:-1] if tail.startswith("(") and tail[1:-1].lower() in UNITS and tail.endswith(")") else tail
    if tail in {"元", "元整", "元正", "块钱", "圆", "圆整"}:
        return Parsed(value, "元", _with("currency", rules), doubtful)
    if tail == "%":
        return Parsed(value, "%", ("percent", *rules), doubtful)
    if (
        tail.lower() in UNITS
        or tail in UNITS
        or (tail.split("/", maxsplit=1)[0].lower() in UNITS and tail.count("/") == 1)
    ):
        rule = "currency" if tail.startswith(("元", "角")) else "quantity-unit"
        return Parsed(value, tail, (rule, *rules), doubtful)
    if tail in {".", "。", ",", ";"}:
        return Parsed(value, None, ("punctuation", *rules), doubtful)
    if re.search(r"\d|[-+*/~]", tail):
        return None
    return Parsed(value, tail, ("trailing-text", *rules), doubtful=True)


def _read_chinese(text: str) -> Parsed | None:
    words = parse_amount_words(text)
    if words is not None and re.search("[元圆角分]", text):
        return Parsed(words, "元", ("chinese-number",))
    found = _CHINESE_HEAD.match(text)
    if not found:
        return None
    value, tail = chinese_integer(found[1].lstrip("负")), found[2].strip()
    if value is None or (tail and tail not in UNITS):
        return None
    signed = Decimal(-value if found[1].startswith("负") else value)
    # 两三个 is two or three, not twenty-three.
    return Parsed(signed, tail or None, ("chinese-number",), doubtful=bool(_ROUGH.match(found[1])))


def _calculated(text: str) -> Decimal:
    total = Decimal(0)
    for term in text.split("+"):
        product = Decimal(1)
        for factor in term.split("*"):
            product *= Decimal(factor.strip())
        total += product
    return total
