"""Numbers written in Chinese characters, everyday (一千二百) and official (壹仟贰佰), read one digit at a time."""

from __future__ import annotations

import re

DIGITS = {
    **{c: i for i, c in enumerate("零一二三四五六七八九")},
    **{c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "○": 0,
    "两": 2,
    "俩": 2,
    "弍": 2,
    "貳": 2,
    "參": 3,
    "叄": 3,
    "陸": 6,
    "O": 0,
    "o": 0,
}
_GROUPS = {"亿億": 10**8, "万萬": 10**4}
_ONLY_DIGITS = re.compile(rf"^[{''.join(DIGITS)}]+$")
_DIGIT = "[一二两俩三四五六七八九壹贰貳弍叁參叄肆伍陆陸柒捌玖]"
_ZERO = "[零〇○]?"
_SECTION = re.compile(
    rf"^(?:(?P<k>{_DIGIT})[千仟])?(?:{_ZERO}(?P<h>{_DIGIT})[百佰])?"
    rf"(?:{_ZERO}(?P<t>{_DIGIT}?)(?P<ten>[十拾]))?(?P<gap>{_ZERO})(?P<u>{_DIGIT})?$"
)
CHARACTERS = "".join(DIGITS).replace("O", "").replace("o", "") + "十拾百佰千仟" + "".join(_GROUPS) + "廿卅"


def chinese_integer(text: str) -> int | None:
    """Read a whole number: 一千二百, 十二, 廿三, 二〇二五, 壹拾万零柒仟; None where it is none.

    A trailing digit after 百, 千, 万 or 亿 counts a step less (一千二 is 1200), as it is spoken.
    """
    text = text.replace("廿", "二十").replace("卅", "三十")
    if _ONLY_DIGITS.match(text):
        return int("".join(str(DIGITS[c]) for c in text))
    for names, size in _GROUPS.items():
        head, name, tail = _parted(text, names)
        if name:
            return _joined(chinese_integer(head), size, tail)
    return _section(text)


def _parted(text: str, names: str) -> tuple[str, str, str]:
    at = max(text.rfind(name) for name in names)
    return ("", "", "") if at < 0 else (text[:at], text[at], text[at + 1 :])


def _joined(high: int | None, size: int, tail: str) -> int | None:
    low = chinese_integer(tail.lstrip("零〇○") or "零")
    if not high or low is None:
        return None
    spoken = len(tail) == 1 and low
    return high * size + (low * (size // 10) if spoken else low)


def _section(text: str) -> int | None:
    """Read a number below ten thousand."""
    found = _SECTION.match(text)
    if not found or not text:
        return None
    k, h, t, u = (DIGITS[found[name]] if found[name] else 0 for name in ("k", "h", "t", "u"))
    t = 1 if found["ten"] and not found["t"] else t
    step = 100 if k and not h else 10
    if u and (k or h) and not found["ten"] and not found["gap"] and not text.endswith(("百", "佰", "千", "仟")):
        return k * 1000 + h * 100 + u * step
    return k * 1000 + h * 100 + t * 10 + u
