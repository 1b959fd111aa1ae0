"""The table of depreciation years: found by a code of three editions, by a class name, by a card's own name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from houqin.errors import BadDescription
from houqin.forms import load_lives

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("code", "class_name", "name", "expected"),
    [
        ("A02010105", None, None, [("计算机设备", 6)]),
        ("2010104", "台式机", "台式计算机", [("计算机设备", 6)]),
        ("A05010203", None, "课桌", [("学生用家具", 5)]),
        ("A0501", None, "文件柜", [("家具", 15)]),
        ("025203", None, "实训室", [("房屋", None)]),
        ("025203", None, "教学楼（砖混）", [("砖混、砖木房屋", 30)]),
        ("1020000", None, "食堂楼含电梯", [("房屋", None), ("机械设备", 10)]),
        (None, "图书和档案", "图书一批", [("图书和档案", None)]),
        (None, None, "书架", [("家具", 15)]),
        (None, None, "便携式打孔器", []),
        ("6010000", None, "空调机", [("家具", 15), ("电气设备", 5)]),
    ],
)
def test_a_card_says_its_class(
    code: str | None, class_name: str | None, name: str, expected: list[tuple[str, int | None]]
) -> None:
    """The longest beginning of a code, the longest word of a name; where they disagree both are given."""
    assert [(each.name, each.years) for each in load_lives().classes_of(code, class_name, name)] == expected


def test_mistakes_of_the_table_are_told_together(tmp_path: Path) -> None:
    """A person may edit it; each mistake has its place."""
    (tmp_path / "depreciation.toml").write_text(
        '[[class]]\nname = "甲"\nyears = 0\nnames = ["桌"]\n[[class]]\nname = "乙"\nnames = ["桌"]\nyear = 5\n',
        encoding="utf-8",
    )
    with pytest.raises(BadDescription) as caught:
        load_lives(tmp_path)
    assert all(word in str(caught.value) for word in ("第 1 项", "不认识“year”", "“桌”写了两次"))
