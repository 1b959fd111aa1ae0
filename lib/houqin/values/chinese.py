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
_STEPS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GROUPS = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
_ONLY_DIGITS = re.compile(rf"^[{''.join(DIGITS)}]+$")
CHARACTERS = "".join(DIGITS).replace("O", "").replace("o", "") + "".join(_STEPS) + "".join(_GROUPS) + "廿卅"


def chinese_integer(text: str) -> int | None:
    """Read a whole number: 一千二百, 十二, 廿三, 二〇二五, 壹拾万零柒仟; None where it is none.

    A trailing digit after a hundred or more counts a step less (一千二 is 1200), as it is spoken.
    """
    text = text.replace("廿", "二十").replace("卅", "三十")
    if not text:
        return None
    if _ONLY_DIGITS.match(text):
        return int("".join(str(DIGITS[c]) for c in text))
    total, section, digit, last_step = 0, 0, None, 1
    for c in text:
        if c in DIGITS:
            if digit:
                return None
            digit = DIGITS[c]
            last_step = 1 if digit == 0 else last_step
        elif c in _STEPS:
            last_step = _STEPS[c]
            section += (1 if digit is None and last_step == 10 else digit or 0) * last_step
            digit = None
        elif c in _GROUPS:
            last_step = _GROUPS[c]
            if last_step == 10**8:
                total = (total + section + (digit or 0)) * last_step
            else:
                total += (section + (digit or 0)) * last_step
            section, digit = 0, None
        else:
            return None
    spoken = digit and last_step > 10
    return total + section + (digit or 0) * (last_step // 10 if spoken else 1)
