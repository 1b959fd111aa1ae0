"""Whether two names may be two spellings of one good. Only ever a proposal: goods are merged by people."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from houqin.values.text import normal

if TYPE_CHECKING:
    from collections.abc import Sequence

# What an office calls by several names; each line is one thing.
_SAME = (
    "扫帚 笤帚 扫把", "拖把 拖布 墩布", "垃圾桶 垃圾筒", "簸箕 撮箕 撮子 畚箕", "黑板擦 板擦 黑板刷",
    "中性笔 签字笔 水笔 碳素笔", "透明胶带 透明胶 胶带纸", "插排 插线板 接线板 排插", "复印纸 打印纸",
    "洗手液 洗手露", "圆珠笔 原子笔", "档案袋 牛皮纸袋", "灯管 日光灯管", "U盘 优盘", "橡皮 橡皮擦", "纸篓 废纸篓",
    "脸盆 面盆", "毛巾 手巾", "电池 干电池", "订书钉 订书针 钉书针", "墨盒 墨水盒", "西红柿 番茄", "土豆 马铃薯",
    "圆白菜 卷心菜 包菜 大头菜", "菜花 花菜", "香菜 芫荽", "红薯 地瓜", "花生油 食用花生油",
)  # fmt: skip
# Characters that are written one for another in names of goods.
_ALIKE = str.maketrans("筒箒订箔洁圆帖枝隻", "桶帚钉簿洁圆贴支只")
# Words that say nothing of which good it is.
_IDLE = re.compile("普通|办公用?|教学用?|学生用?|班级用?|专用|日用|常用|家用|复印|打印|国产|优质")
_MARKS = re.compile(r"[()\[\]{}【】《》/\\·.,、;:\-_~*+#\"'“”‘’]")
_GRAMS = re.compile(r"(?<=\d)克")
_NUMBER = re.compile(r"(\d+(?:\.\d+)?)")
_BETWEEN = "\0"  # stands in no text of a workbook


def may_be_same(one: str, other: str) -> bool:
    """Tell whether two different names look like one good.

    They do where they differ only in marks, in the order of their characters, in characters commonly written for one
    another, in idle words (办公, 普通), or where an office uses both words for one thing. Names with different numbers
    (A3, A4; 5号, 7号) never do.

    >>> may_be_same("A4复印纸", "复印纸 A4"), may_be_same("A4复印纸", "A3复印纸")
    (True, False)
    """
    left, right = key_of_good(one), key_of_good(other)
    return bool(left) and left == right


def key_of_good(name: str) -> str:
    """Give the key under which spellings of one good meet: its characters sorted, without what says nothing."""
    plain = name if name.isascii() else unicodedata.normalize("NFKC", name)
    parts = _NUMBER.split(plain)
    numbers = parts[1::2]
    if len(numbers) > 1:
        numbers.sort()
    return f"{_letters_of('0'.join(parts[::2]))}|{' '.join(numbers)}"


def alike_names(names: Sequence[str]) -> list[list[str]]:
    """Give the groups of names, all different, that may be spellings of one good, in the order of their first ones.

    Names that differ in nothing but one number each are as many goods: of them no key is made.
    """
    plain = unicodedata.normalize("NFKC", _BETWEEN.join(names))
    frames = _NUMBER.sub("0", plain).split(_BETWEEN)
    if len(frames) != len(names):
        frames = [_NUMBER.sub("0", unicodedata.normalize("NFKC", name)) for name in names]
    letters = {frame: _letters_of(frame) for frame in dict.fromkeys(frames)}
    alone = {word for word, count in Counter(letters.values()).items() if count == 1}
    telling = {frame: letters[frame] in alone and frame.count("0") <= 1 for frame in letters}
    if len(set(plain.split(_BETWEEN))) < len(names):
        telling = dict.fromkeys(letters, False)
    by_key: dict[str, list[str]] = {}
    doubtful = [] if all(telling.values()) else zip(names, frames, strict=True)
    for name, frame in doubtful:
        if not telling[frame]:
            by_key.setdefault(key_of_good(name), []).append(name)
    return [group for group in by_key.values() if len(group) > 1]


@lru_cache(maxsize=1 << 14)
def _letters_of(name: str) -> str:
    """Give the sorted characters of a name whose numbers all read 0, without what says nothing."""
    plain = _GRAMS.sub("g", _MARKS.sub("", normal(name)).translate(_ALIKE))
    for word, first in _WORDS:
        if word in plain:
            plain = plain.replace(word, first)
            break
    core = _IDLE.sub("", plain).replace("0", "")
    return "".join(sorted(core if len(core) > 1 else plain.replace("0", "")))


def _words() -> tuple[tuple[str, str], ...]:
    groups = [[normal(word).translate(_ALIKE) for word in line.split()] for line in _SAME]
    pairs = [(word, group[0]) for group in groups for word in group]
    return tuple(sorted(pairs, key=lambda pair: -len(pair[0])))


_WORDS = _words()
