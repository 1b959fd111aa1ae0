"""The invented school: its classes, its staff, its pupils; every name is made of common parts and means nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random

SEED = 20250901
NUMERALS = {"六年级": "六", "七年级": "七", "八年级": "八", "九年级": "九"}
SIZES = {
    "六年级": (45, 46, 44, 45, 46),
    "七年级": (44, 46, 45, 43, 46),
    "八年级": (44, 45, 43, 44),
    "九年级": (42, 43, 44, 42),
}
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
BOYS = ("浩然", "子轩", "宇航", "俊杰", "博文", "家豪", "志远", "明哲", "思远", "嘉诚", "昊天", "泽宇", "文博", "天佑", "鹏飞",
        "一鸣", "景行", "弘毅", "子墨", "煜城", "晨阳", "致远", "承泽", "睿", "凯", "晨", "鑫", "磊", "涛", "峻熙")  # fmt: skip
GIRLS = ("欣怡", "梓涵", "雨桐", "思琪", "诗涵", "佳怡", "可馨", "梦瑶", "语嫣", "若曦", "静雯", "雅婷", "晓彤", "一诺", "心悦",
         "紫萱", "婉清", "书瑶", "艺涵", "沐晴", "悦", "颖", "琳", "雪", "婷", "瑶", "清妍", "芷若", "可欣", "安然")  # fmt: skip
TEACHERS = ("王建国", "李秀梅", "张海燕", "刘志强", "陈晓东", "杨桂芳", "赵永刚", "黄丽娟", "周文斌", "吴春霞", "徐立新", "孙丽萍",
            "胡广平", "朱彩云", "高振华", "林淑贤", "何卫民", "郭雅琴")  # fmt: skip
STAFF = {"制表": "孙立平", "后勤主任": "周正国", "保管": "钱守仁", "维修": "丁师傅", "采购": "马志平"}


@dataclass(frozen=True)
class Room:
    """A class of the school and where it sits."""

    name: str
    grade: str
    number: int
    pupils: int
    teacher: str
    building: str
    floor: int
    room: str


@dataclass(frozen=True)
class Pupil:
    """A pupil as the uniform lists need one."""

    name: str
    number: str
    sex: str
    height: int
    weight: int


def classes() -> list[Room]:
    """Give the eighteen classes: two grades a building, a grade a floor or two."""
    rooms = []
    teachers = iter(TEACHERS)
    for i, (grade, sizes) in enumerate(SIZES.items()):
        for number, pupils in enumerate(sizes, 1):
            floor = 1 + 2 * (i % 2) + (number > 3)
            building = "勤学楼" if i < 2 else "笃行楼"
            room = f"{floor}0{number if number <= 3 else number - 3}"
            rooms.append(Room(f"{grade}({number})班", grade, number, pupils, next(teachers), building, floor, room))
    return rooms


def pupils(room: Room, rng: random.Random) -> list[Pupil]:
    """Invent the pupils of a class, each name once."""
    names: set[str] = set()
    found = []
    tall = {"六年级": 152, "七年级": 158, "八年级": 163, "九年级": 167}[room.grade]
    entry = 2025 - (list(SIZES).index(room.grade))
    while len(found) < room.pupils:
        sex = "男" if rng.random() < 0.52 else "女"
        name = rng.choice(SURNAMES) + rng.choice(BOYS if sex == "男" else GIRLS)
        if name in names:
            continue
        names.add(name)
        height = round(rng.gauss(tall + (3 if sex == "男" else -1), 6))
        height = min(max(height, 136), 188)
        weight = round((height - 105) * rng.uniform(0.85, 1.15))
        found.append(Pupil(name, f"{entry}{room.number:02d}{len(found) + 1:02d}", sex, height, max(weight, 32)))
    return found
