"""The room that a title or a sheet's name speaks of: 示例中学物理实验室物品清单 is of the 物理实验室."""

from __future__ import annotations

import re

from houqin.values.text import canonical_text

# What stands before the room: the school, a year or a term.
_BEFORE = re.compile(
    r"^.*?(?:学校|中学|小学|学院|幼儿园)|^(?:\d{4}[-—~至/.]?)+(?:\d{4})?(?:学年度?|年度?)?(?:第?[一二上下12]学期)?"
)
# What stands behind it: what kind of list this is.
_BEHIND = re.compile(
    r"(?:分室|室内|公共|公用|主要|全部)*(?:固定资产|资产|财产|物品|公物|设备|设施|器材|家具|用品)+(?:及|和|与|、)?(?:固定资产|资产|财产|物品|设备|设施|家具)*"
    r"(?:登记|明细|清查|管理|配备|分布|统计|使用)*(?:清单|表|一览|一览表|台账|清册|目录|卡|册|情况)*$"
)
# What a room's name ends in; a number of three or four digits is a room's as well.
_ROOM = re.compile(
    r"(?:室|库|房|厅|馆|所|处|部|厨|班|班教室|中心|教室|走廊|大厅|门卫|舍|楼|堂|车间|阁|廊|吧|角|场)(?:[-—#号]?(?:\d{1,4}|[一二三四五六七八九十]+))?(?:\([^()]*\))?$"
    r"|^[A-Za-z东南西北]?\d{3,4}(?:室|教室)?$|^(?:.*楼)?[A-Za-z]?\d{3,4}$|^[六七八九初高][一二三年级]*\(?\d+\)?(?:班)?$"
)
_NOT_ROOMS = re.compile(
    r"^(?:Sheet|工作表|表)\s*\d*$|^(?:各|全校|专用|分|学校)*(?:教室|功能室|房间|室|班|部|处室|专用室|办公场所|校舍)$|学年|学期|月|年$|合计|汇总|总表|说明|目录",
    re.IGNORECASE,
)


def find_room(text: str) -> str | None:
    """Give the room that a title or the name of a sheet speaks of, None where it speaks of none.

    >>> find_room("示例中学物理实验室物品清单")
    '物理实验室'
    >>> find_room("Sheet1")
    """
    plain = re.sub(r"\s+", "", canonical_text(text))
    named = _BEHIND.sub("", _BEFORE.sub("", plain)).strip("-—_:《》“”")
    return named if named and _ROOM.search(named) and not _NOT_ROOMS.search(named) else None
