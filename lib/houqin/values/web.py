"""What 问卷星, 腾讯文档, WPS表单 and 金数据 add to the answers that they export: when, by whom and from where."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from houqin.values.text import normal

if TYPE_CHECKING:
    from collections.abc import Sequence

# The exports' own words, (自动) off; that 提交时间 alone is enough to know one by.
_TIMES = ("提交时间", "提交答卷时间", "提交日期时间", "答卷提交时间")
_TELLING = frozenset(
    (*_TIMES, "所用时间", "用时", "答题时长", "填写时长", "来自ip", "ip", "ip地址", "提交者", "提交人", "来源详情",
     "微信昵称", "修改时间", "更新时间", "填写设备", "浏览器", "操作系统", "开始答题时间", "结束答题时间")
)  # fmt: skip
# Words that a school's own table has too: they are the export's only beside a time of submission.
_BESIDE = frozenset(
    ("来源", "填写人", "填写者", "填写时间", "答题人", "昵称", "地理位置", "渠道", "id", "答题序号", "总分")
)
_AUTOMATIC = re.compile(r"\((自动|自动填写|系统)\)$")
_NUMBERS = re.compile(r"\d+")
_ASKED = re.compile(
    r"^(?:请(?:您)?(?:填写|输入|选择|填报|选填)(?:您|你)?|您|你)(?:家)?(?:的)?(?:孩子|子女|宝贝|学生)?(?:所在|所属)?(?:的)?"
)
_BE = re.compile(r"(?:是|为|是什么|是多少|有多少|是哪个)?[?:。]?$")


def submission_column(headers: Sequence[str]) -> int | None:
    """Give the position of the column that says when an answer was handed in, None where there is none."""
    names = [_name(header) for header in headers]
    return next((names.index(time) for time in _TIMES if time in names), None)


def web_columns(headers: Sequence[str]) -> frozenset[int]:
    """Give the positions of the columns that a form on the web has added; none where no time of submission is.

    What is numbered or has a star was asked, whatever it is called.

    >>> sorted(web_columns(["序号", "提交时间", "来源", "1. 班级（必填）"]))
    [1, 2]
    """
    if submission_column(headers) is None:
        return frozenset()
    own = _TELLING | _BESIDE
    return frozenset(c for c, header in enumerate(headers) if _name(header) in own and not _is_asked(header))


def asked_name(header: str) -> str:
    """Give what a question asks for: 请填写您孩子所在的班级是: asks for the 班级; a name is given as it is.

    >>> asked_name("2、您孩子的姓名是？")
    '姓名'
    """
    plain = normal(header)
    inner = _BE.sub("", _ASKED.sub("", plain))
    return inner if len(inner) >= 2 else plain


def moment(text: str) -> tuple[int, ...]:
    """Give a time of submission as year, month, day, hour, minute, second for comparison; empty where it is none.

    >>> moment("2025/9/1 8:05") < moment("2025-09-01 10:00:03")
    True
    """
    parts = tuple(int(part) for part in _NUMBERS.findall(text))
    return parts if len(parts) >= 3 else ()


def _is_asked(header: str) -> bool:
    """Tell a question from a column of the service's own: it is numbered, or marked as one that must be answered."""
    plain = "".join(header.split()).lower()
    return _AUTOMATIC.sub("", normal(header)) != _AUTOMATIC.sub("", unicodedata.normalize("NFKC", plain)).rstrip(":")


def _name(header: str) -> str:
    return _AUTOMATIC.sub("", normal(header))
