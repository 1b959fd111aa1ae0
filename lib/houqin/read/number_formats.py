"""Number formats: what the built-in ids mean in a Chinese Excel, and which formats show a date."""

from __future__ import annotations

import re

_MONTH = 'yyyy"年"m"月"'
_DAY = 'm"月"d"日"'
_CLOCK, _SECONDS = 'h"时"mm"分"', 'h"时"mm"分"ss"秒"'
_NOON = "上午/下午"

# ECMA-376 part 1, 18.8.30; 27 to 36 and 50 to 58 as zh-CN has them.
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "¥#,##0;¥-#,##0", 6: "¥#,##0;[Red]¥-#,##0",
    7: "¥#,##0.00;¥-#,##0.00", 8: "¥#,##0.00;[Red]¥-#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: _MONTH, 28: _DAY, 29: _DAY, 30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"', 32: _CLOCK, 33: _SECONDS, 34: _NOON + _CLOCK, 35: _NOON + _SECONDS, 36: _MONTH,
    37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;[Red]-#,##0.00",
    41: "#,##0", 42: "¥#,##0", 43: "#,##0.00", 44: "¥#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0",
    48: "##0.0E+0", 49: "@", 50: _MONTH, 51: _DAY, 52: _MONTH, 53: _DAY, 54: _DAY, 55: _NOON + _CLOCK,
    56: _NOON + _SECONDS, 57: _MONTH, 58: _DAY,
}  # fmt: skip

# What stands in quotes, after a backslash, an underscore or an asterisk is shown as it is; brackets hold colours,
# conditions, locales. A general format reads G/通用格式 in Chinese programs.
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|AM/PM|A/P|General|G/通用格式|E[+-]', re.IGNORECASE)
_DURATION = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_DATE_LETTERS = re.compile(r"[ymdhsaeg]", re.IGNORECASE)
_DAY_LETTERS = re.compile(r"[yd]|[ag]{3}|e|(?<![hms:.])m+(?![:ms])", re.IGNORECASE)


def is_date_format(code: str) -> bool:
    """Tell whether a format shows a number as a date or a time of day; a duration ([h]:mm) is a number."""
    if code in ("General", "@") or _DURATION.search(code):
        return False
    section = _LITERAL.sub("", code.split(";", 1)[0])
    return bool(_DATE_LETTERS.search(section)) and not set("0#?") & set(section.replace(".0", ""))


def shows_day(code: str) -> bool:
    """Tell whether a date format shows a day or month, not the time of day alone."""
    return bool(_DAY_LETTERS.search(_LITERAL.sub("", code.split(";", 1)[0])))
