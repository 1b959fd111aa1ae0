"""Names of schools in titles and cells: 示例中学 of 2025年示例中学科目余额表; 小学生 and 中小学 name none."""

from __future__ import annotations

import re

from houqin.values.text import canonical_text

_KIND = r"(?:小学|中学|学校|幼儿园|中心校|完小|附小|附中|高中|初中)"
_NAME = re.compile(rf"[\u4e00-\u9fff]{{2,24}}?{_KIND}(?:{_KIND})*(?![生部段教组])")
_LEADING = re.compile(
    r"^(?:关于|附件|年度?|学年|学期|第[一二]学期|上学期|下学期|年?\d*月份?|月份?|年?[春秋]季?|表)+"
)
# What stands before 学校 or 中学 where it means schools in general
_GENERAL = frozenset({
    "义务教育", "公办", "民办", "中", "中小", "各", "全县", "全市", "全区", "本", "我", "城区", "农村",
    "寄宿制", "普通", "高级", "初级", "完全", "九年一贯制", "全日制", "乡镇", "直属", "局属", "所属", "全体",
    "各级", "各类", "全", "所有", "城乡", "公办义务教育", "民办义务教育", "职业", "中等职业", "特殊教育",
    "年度", "在校", "报账", "基层", "项目", "试点", "定点", "县属", "区属", "市属",
})  # fmt: skip
_TAIL = re.compile(rf"{_KIND}+$")
_NUMBER = re.compile(r"(\d+)")
_DIGITS = str.maketrans("一二三四五六七八九〇", "1234567890")


def school_names_in(text: str) -> list[str]:
    """Give the names of schools that a text has, in order.

    >>> school_names_in("2025年示例中学科目余额表"), school_names_in("义务教育学校公用经费表")
    (['示例中学'], [])
    >>> school_names_in("小学生校服征订表"), school_names_in("示例市示例区第一小学（财务会计）")
    ([], ['示例市示例区第一小学'])
    """
    found = []
    for match in _NAME.finditer(canonical_text(text).replace(" ", "")):
        name = _LEADING.sub("", match[0])
        stem = _TAIL.sub("", name)
        if len(stem) > 1 and stem not in _GENERAL:
            found.append(name)
    return list(dict.fromkeys(found))


def is_same_school(name: str, other: str) -> bool:
    """Tell names of one school: one is part of the other, as with the town before it or the campus behind it.

    >>> is_same_school("示例中学", "示例市示例中学"), is_same_school("示例中学", "示例小学")
    (True, False)
    """
    one, two = _bare(name), _bare(other)
    return bool(one and two) and (one in two or two in one)


def is_like_school(name: str, other: str) -> bool:
    """Tell names of which one may be a short form of the other: its signs stand there in their order.

    >>> is_like_school("示例九中学", "示例市第九中学"), is_like_school("示例镇初级中学", "示例中学")
    (True, True)
    """
    short, long = sorted((_bare(name).translate(_DIGITS), _bare(other).translate(_DIGITS)), key=len)
    signs = iter(long)
    return bool(short) and all(sign in signs for sign in short)


def number_of_school(name: str) -> str:
    """Give the number by which a town tells its schools apart: 2 of 示例市第二小学.

    >>> number_of_school("示例市第二小学"), number_of_school("示例小学")
    ('2', '')
    """
    found = _NUMBER.search(_bare(name).translate(_DIGITS))
    return found[1] if found else ""


def _bare(name: str) -> str:
    return canonical_text(name).replace(" ", "").replace("(", "").replace(")", "")
