"""Rooms in titles and in names of sheets."""

from __future__ import annotations

import pytest

from houqin.values import find_room


@pytest.mark.parametrize(
    ("text", "room"),
    [
        ("示例中学物理实验室物品清单", "物理实验室"),
        ("2025-2026学年度第一学期总务处固定资产登记表", "总务处"),
        ("七年级(1)班教室物品清单", "七年级(1)班教室"),
        ("校长室财产登记卡", "校长室"),
        ("七(1)班", "七(1)班"),
        ("教学楼301", "教学楼301"),
        ("微机室1", "微机室1"),
        ("301", "301"),
    ],
)
def test_the_room_is_what_is_left_of_a_title(text: str, room: str) -> None:
    """School, year and the kind of list are no part of a room's name."""
    assert find_room(text) == room


@pytest.mark.parametrize(
    "text", ["Sheet1", "9月", "教室物品清单", "分室物品清单", "固定资产台账", "期末盘点", "汇总", "七年级"]
)
def test_what_names_no_room_is_none(text: str) -> None:
    """A list of all rooms must not become a room called 教室."""
    assert find_room(text) is None
