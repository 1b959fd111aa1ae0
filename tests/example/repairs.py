"""Repairs: what was reported (a GBK text file out of an online form), and what the check of the classrooms found."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from paper import Paper, write_xlsx
from people import STAFF, TEACHERS, classes
from truth import Truth, a1, canonical, note_change

if TYPE_CHECKING:
    import random
    from pathlib import Path

CSV = "报修登记.csv"
SHEET = "Sheet1"  # a text file has no sheets; the reader names its one so
MATRIX = "教室设施检修表.xlsx"
HEADER = ("序号,提交时间,1. 报修日期（必填）,2. 报修地点（必填）,3. 设备名称（必填）,4. 数量,5. 故障情况（必填）,6. 报修人,7. 维修人,"
          "8. 维修时间,9. 更换配件,10. 配件数量,11. 单价（元）,12. 金额（元）,13. 完成情况,14. 验收人,备注")  # fmt: skip
FIELDS = ("seq", None, "report_date", "room", "device", "qty", "fault", "reporter", "fixer", "fix_date", "parts", "parts_qty",
          "price", "amount", "state", "checker", "remark")  # fmt: skip
# day of report, place, device, quantity, fault, day mended, part, how many, price
JOBS = (
    ("2025/8/20", "勤学楼101", "灯管", 3, "不亮", "2025/8/22", "LED灯管", 3, "16"),
    ("2025/8/20", "勤学楼103", "门锁", 1, "锁芯坏，打不开", "2025/8/22", "球形门锁", 1, "45"),
    ("2025/8/21", "勤学楼202", "吊扇", 1, "不转", "2025/8/25", "电容", 1, "12"),
    ("2025/8/21", "笃行楼102", "一体机", 1, "触摸没有反应", None, "触摸框", 1, "680"),
    ("2025/8/22", "笃行楼103", "窗户", 2, "玻璃破损，有划伤危险", "2025/8/26", "玻璃", 2, "38"),
    ("2025/8/22", "女生公寓2层", "水龙头", 4, "漏水", "2025/8/25", "水龙头", 4, "22"),
    ("2025/8/25", "食堂后厨", "排风扇", 1, "异响", "2025/8/28", "轴承", 2, "18.5"),
    ("2025/8/25", "图书室", "空调", 1, "不制冷", None, "压缩机电容", 1, "120"),
    ("2025/8/26", "笃行楼302", "插座", 2, "松动打火", "2025/8/27", "五孔插座", 2, "9.9"),
    ("2025年8月27日", "勤学楼301", "讲桌", 1, "抽屉掉落", "2025/8/29", None, None, None),
    ("2025/8/28", "操场看台", "水龙头", 1, "冻裂旧管", "2025/9/1", "PPR管", 6, "7.5"),
    ("2025/8/29", "勤学楼402", "灯管", 2, "闪烁", "2025/9/1", "LED灯管", 2, "16"),
    ("2025/9/1", "七年级办公室", "饮水机", 1, "不出热水", None, "加热管", 1, "85"),
    ("9月2日", "笃行楼401", "门锁", 1, "把手断", "9月3日", "球形门锁", 1, "45"),
    ("9月3日", "微机室", "插座", 3, "没有电", "9月31日", "五孔插座", 3, "9.9"),
    ("2025-09-04", "笃行楼201", "一体机", 1, "黑屏", None, None, None, None),
    ("2025-09-04", "勤学楼102", "窗户", 1, "合页脱落", "2025-09-05", "合页", 2, "6.5"),
    ("2025-09-05", "男生公寓1层", "门锁", 2, "锁舌坏", "2025-09-08", "球形门锁", 2, "45"),
    ("2025-09-08", "勤学楼304", "吊扇", 1, "调速器坏", None, None, None, None),
    ("2025-09-09", "校长办公室", "空调", 1, "漏水", "2025-09-10", "排水管", 3, "8"),
    ("2025-09-10", "笃行楼104", "灯管", 4, "不亮", None, None, None, None),
    ("2025-09-10", None, "插座", 1, "面板碎裂", None, None, None, None),
    ("2025-09-11", "体育器材室", "门锁", 1, "钥匙断在锁里", None, None, None, None),
)  # fmt: skip
OPEN_SINCE = "2025-09-05"  # seven days before the example's 2025-09-12
WRONG_AMOUNT = 11  # PPR管 6 x 7.5 = 45, typed 54
DEVICES = ("灯管", "风扇", "空调", "一体机", "门锁", "窗", "插座", "讲桌")


def iso(text: str | None) -> str | None:
    """Give the ISO date of a date as typed here; 9月31日 is none."""
    if text is None or text == "9月31日":
        return None
    numbers = [
        int(n) for n in text.replace("年", "/").replace("月", "/").replace("日", "").replace("-", "/").split("/")
    ]
    year, month, day = numbers if len(numbers) == 3 else (2025, *numbers)
    return f"{year}-{month:02d}-{day:02d}"


def write_repairs(folder: Path, truth: Truth, rng: random.Random) -> None:
    """Write the list and the matrix."""
    _write_csv(folder, truth, rng)
    _write_matrix(folder, truth, rng)


def _write_csv(folder: Path, truth: Truth, rng: random.Random) -> None:
    lines = [HEADER]
    paper = Paper(SHEET)
    for number, (day, room, device, qty, fault, mended, part, count, price) in enumerate(JOBS, 1):
        row = number + 1
        amount = canonical(count * Decimal(price)) if count and price else None
        if number == WRONG_AMOUNT:
            truth.defect(
                "amount-mismatch",
                "error",
                (CSV, SHEET, a1(row, 14)),
                expected=amount or "",
                why="两个数字写颠倒了",
            )
            amount = "54"
        if mended and iso(mended) is None:
            truth.defect("bad-date", "error", (CSV, SHEET, a1(row, 10)), expected="", why="9 月没有 31 日")
        if room is None:
            truth.defect("missing", "error", (CSV, SHEET, a1(row, 4)), expected="", why="没有写报修地点")
        if not mended and (iso(day) or "") < OPEN_SINCE:
            truth.defect("open-too-long", "warning", (CSV, SHEET, a1(row, 3)), expected="", why="报修超过 7 天没有修好")
        submitted = (
            f"{(iso(day) or '').replace('-', '/')} {rng.randint(7, 17)}:{rng.randint(10, 59)}:{rng.randint(10, 59)}"
        )
        values = (number, submitted, day, room, device, qty, fault, rng.choice(TEACHERS), STAFF["维修"] if mended else None,
                  mended, part, count, price, amount, "已完成" if mended else rng.choice(("未完成", "待配件", "")),
                  STAFF["保管"] if mended else None, None)  # fmt: skip
        lines.append(",".join(_quoted(value) for value in values))
        clean = {field: canonical(value) for field, value in zip(FIELDS, values, strict=True) if field}
        clean["state"] = {"待配件": "处理中"}.get(clean["state"] or "", clean["state"])
        clean |= {"report_date": iso(day), "fix_date": iso(mended)}
        cells = {field: a1(row, column) for column, field in enumerate(FIELDS, 1) if field}
        for field, value in zip(FIELDS, values, strict=True):
            if field and value is not None:
                note_change(paper, cells[field], value, clean[field])
        truth.record("repair", (CSV, SHEET, row), clean, **cells)
    truth.changed(CSV, paper)
    truth.table("repair", (CSV, SHEET), [1], [2, len(JOBS) + 1], layout="list")
    truth.file(CSV, "read")
    (folder / CSV).write_bytes(("\r\n".join(lines) + "\r\n").encode("gbk"))


def _quoted(value: object) -> str:
    text = "" if value is None else str(value)
    return f'"{text}"' if "，" in text or "," in text else text


def _write_matrix(folder: Path, truth: Truth, rng: random.Random) -> None:
    paper = Paper("检修", landscape=True)
    last = 2 + len(DEVICES) + 2
    paper.merge((1, 1, 1, last), "示例中学2025年秋季开学教室设施检修表", "title")
    paper.merge((2, 1, 2, 6), "检查日期：2025年8月30日", "info")
    paper.merge((2, 7, 2, last), "完好打“√”，损坏打“×”或写数量、情况", "right")
    paper.line(3, ["教室", *DEVICES, "检查人", "备注"], "head")
    words = {
        "一体机": "触摸失灵",
        "门锁": "锁芯松动",
        "窗": "玻璃裂",
        "讲桌": "桌面起皮",
        "空调": "不制冷",
        "风扇": "有异响",
    }
    for row, room in enumerate(classes(), 4):
        place = f"{room.building}{room.room}"
        paper.put(row, 1, place)
        for column, device in enumerate(DEVICES, 2):
            typed: object = "√"
            if rng.random() < 0.13:
                typed = rng.choice(("×", 2, words.get(device, "×"), 1 if device in ("灯管", "插座") else "×"))
            paper.put(row, column, typed)
            if typed != "√":
                values = {"room": place, "device": device, "fault": canonical(typed), "report_date": "2025-08-30"}
                truth.record("repair", (MATRIX, paper.name, row), values, fault=a1(row, column))
        paper.frame(row, last - 1)
    end = 3 + len(classes())
    paper.merge(
        (end + 2, 1, end + 2, last),
        f"检查人：{STAFF['维修']}、{STAFF['保管']}            后勤主任：            2025年8月30日",
        "foot",
    )
    paper.widths = {1: 14, **dict.fromkeys(range(2, 10), 10), 10: 10, 11: 14}
    paper.heights = {1: 30}
    truth.table("repair", (MATRIX, paper.name), [3], [4, end], layout="matrix")
    truth.changed(MATRIX, paper)
    truth.file(MATRIX, "read")
    write_xlsx(folder / MATRIX, paper)
