"""Whose table it is: a file that names another school in its head was perhaps put into the wrong folder."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from houqin.model import Finding, Level, Place, a1

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from houqin.model import Match, Note
    from houqin.school import School

_LABEL = re.compile(r"(填报|编制|填表|报送|上报|制表)?(单位|学校)(名称)?(\(盖章\)|\(公章\)|\(章\))?")
_ENDS = "中学|小学|幼儿园"
_IN_TITLE = re.compile(rf"(?:\d{{4}}[-—~至]?(?:\d{{4}})?(?:学年度?|年度?)?)?(.{{2,20}}?(?:{_ENDS}))")
_IN_LABEL = re.compile(rf".{{2,24}}(?:{_ENDS}|学校)")
# Words of titles about all schools of a kind, and of places: 山东省小学, 全县中学, 初级中学.
_KIND = re.compile(r"中小学|[全各本我]|农村|城乡|义务教育|普通|寄宿|乡镇|[公民]办|直属?|初级|高级|完全|高中|初中|九年")
_PLACE_ALONE = re.compile(r".*[省市县区镇乡]")
_DIGITS = str.maketrans("一二三四五六七八九〇", "1234567890")


def check_owner(matches: Sequence[Match], school: School | None) -> Iterator[Finding]:
    """Ask once for each other school that heads of tables name; a name that may be a short form of ours is ours."""
    if school is None or school.is_example or not _core(school.name):
        return
    found: dict[str, dict[str, Place]] = {}
    for match in matches:
        for note in match.table.notes:
            name = _school_named(note) if note.row < match.table.range.top else ""
            if name and not _same(name, school.name):
                place = Place(match.table.path, match.table.grid.sheet, a1(note.row, note.column))
                found.setdefault(name, {}).setdefault(match.table.path, place)
    for name, places in found.items():
        first, *others = places.values()
        message = (
            f"表上写的是“{name}”，学校设置里是“{school.name}”，像是别的学校的表。"
            "请核对是不是放错了文件夹，放错的请拿走；学校改过名、是合用的表，请忽略并说明。暂照常计入。"
        )
        yield Finding(
            "other-school", Level.QUESTION, message, first, found=name, expected=school.name,
            related=tuple(others), count=len(places),
        )  # fmt: skip


def _school_named(note: Note) -> str:
    """Give the school that a title begins with, or a label tells; empty where none, or none in particular."""
    text = "".join(unicodedata.normalize("NFKC", note.text).split())
    if note.label == "title":
        found = _IN_TITLE.match(text)
        name = found[1] if found else ""
    else:
        label = "".join(unicodedata.normalize("NFKC", note.label).split())
        name = text if _LABEL.fullmatch(label) and _IN_LABEL.fullmatch(text) else ""
    return name if _core(name) else ""


def _core(name: str) -> str:
    """Give what of a name tells one school from another; empty where it names a kind of schools or a place alone."""
    core = re.sub(rf"(?:{_ENDS}|学校)$", "", name)
    return "" if len(core) < 2 or _KIND.search(core) or _PLACE_ALONE.fullmatch(core) else core


def _same(one: str, other: str) -> bool:
    """Tell whether one name may be a short form of the other: its signs stand in the other in their order."""
    short, long = sorted((_plain(one), _plain(other)), key=len)
    signs = iter(long)
    return all(sign in signs for sign in short)


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).split()).translate(_DIGITS)
