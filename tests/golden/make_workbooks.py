"""Write the workbooks of the golden folders; the committed files are the reference, this says how they came about.

Each is small, and of another layout than the example school's.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Sequence

HERE = Path(__file__).parent
FIXED = datetime(2025, 9, 1)  # noqa: DTZ001  (a workbook's creation date has no zone)
Rows = "Sequence[Sequence[object]]"


def write(path: str, sheets: dict[str, tuple[Rows, Sequence[str]]], *, top: int = 0, left: int = 0) -> None:
    """Write sheets of literal rows; merges are A1 ranges whose text stands in their first cell."""
    target = HERE / path
    target.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(target)) as book:
        book.set_properties({"created": FIXED})
        border = book.add_format({"border": 1, "font_name": "宋体"})
        for name, (rows, merges) in sheets.items():
            sheet = book.add_worksheet(name)
            for r, row in enumerate(rows, top):
                for c, value in enumerate(row, left):
                    if value is not None:
                        sheet.write(r, c, value, border)
            for merge in merges:
                first = merge.split(":")[0]
                row, column = xlsxwriter.utility.xl_cell_to_rowcol(first)
                sheet.merge_range(merge, rows[row - top][column - left], border)


def stock_balance() -> None:
    """The short form, starting at B2, category rows, a header that repeats, a total row."""
    header = ["序号", "名  称", "规格", "单位", "上月库存", "本月购进", "本月领用", "结存", "备注"]
    write("stock_balance/workbooks/9月物资.xlsx", {"9月": ([
        ["示例中学2025年9月物资收发存", *[None] * 8],
        ["填报单位：示例中学后勤", *[None] * 7, "填报日期：2025年9月30日"],
        header,
        ["一、办公用品", *[None] * 8],
        [1, "粉笔", "白色", "盒", 20, "100盒", 85, 35, None],
        [2, "A4复印纸", "70g", "包", "３０", 50, 44, 36, "含试卷印刷"],
        header,
        ["二、卫生用品", *[None] * 8],
        [3, "扫帚", None, "把", 12, 60, 54, 81, None],
        [4, "拖把", "棉线", "把", "—", 40, 36, 4, None],
        ["制表人：", None, None, "审核人：", None, None, "负责人：", None, None],
    ], ["B2:J2"])}, top=1, left=1)  # fmt: skip


def stock_issue() -> None:
    """A list with dates as text, and a matrix of classes by goods with merged grades."""
    write("stock_issue/workbooks/领用.xlsx", {
        "登记": ([
            ["物品领用登记表", *[None] * 7],
            ["序号", "领用日期", "物品名称", "规格", "单位", "数量", "领用部门", "领用人签字"],
            [1, "9月2日", "签字笔", "0.5mm", "支", 12, "教务处", None],
            [2, "2025.9.3", "订书机", None, "个", 2, "政教处", None],
            [3, "9月10日", "签字笔", "0.5mm", "支", "6支", "七年级组", None],
        ], ["A1:H1"]),
        "发放": ([
            ["开学物品发放签收表", *[None] * 5],
            ["年级", "班级", "扫帚", "拖把", "垃圾桶", "班主任签字"],
            ["七年级", "1班", 4, 2, 1, None],
            [None, "2班", 4, 2, 1, None],
            ["八年级", "1班", 4, None, 1, None],
            ["合计", None, 12, 4, 3, None],
        ], ["A1:F1", "A3:A4"]),
    })  # fmt: skip


def asset_register() -> None:
    """The hand-kept short form; a month for a date, one number twice."""
    write("asset_register/workbooks/资产.xlsx", {"台账": ([
        ["示例中学固定资产登记表", *[None] * 10],
        [*[None] * 9, "单位：元", None],
        ["序号", "资产编号", "资产名称", "规格型号", "单位", "数量", "单价", "金额", "购置日期", "存放地点", "保管人"],
        [1, "GZ2019001", "教学触控一体机", "86寸", "台", 1, 18000, 18000, "2019.9", "七年级(1)班", "王一"],
        [2, "GZ2019002", "教学触控一体机", "86寸", "台", 1, 18000, 18000, "2019.9", "七年级(2)班", "李二"],
        [3, "GZ2019002", "空调机", "3匹", "台", 2, 5200, 10400, "2020-06-15", "会议室", "赵三"],
        ["合计", None, None, None, None, 4, None, 46400, None, None, None],
    ], ["A1:K1"])})  # fmt: skip


def desks() -> None:
    """Two header rows, merged grades, subtotals by grade, a store-room row."""
    write("desks/workbooks/桌凳.xlsx", {"Sheet1": ([
        ["各班桌凳统计表", *[None] * 8],
        ["年级", "班级", "班主任", "班额", "课桌", None, "课椅", None, "备注"],
        [None, None, None, None, "完好", "损坏", "完好", "损坏", None],
        ["七年级", "七(1)班", "王一", 44, 45, 1, 45, 0, None],
        [None, "七(2)班", "李二", 45, 44, 2, 44, 1, None],
        ["小计", None, None, 89, 89, 3, 89, 1, None],
        ["八年级", "八（1）班", "赵三", 41, 43, 0, 43, 0, None],
        ["库房", None, None, None, 10, 0, 8, 0, None],
        ["合计", None, None, 130, 142, 3, 140, 1, None],
        ["填表人：", None, None, None, "日期：", None, None, None, None],
    ], ["A1:I1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:F2", "G2:H2", "I2:I3", "A4:A5"])})  # fmt: skip


def meal_registration() -> None:
    """A sheet a grade, classes as bare numbers, lunch above the class size once."""
    header = [["就餐人数统计表", *[None] * 7],
              ["序号", "班级", "班主任", "班级人数", "就餐人数", None, None, "不就餐人数"],
              [None, None, None, None, "早餐", "中餐", "晚餐", None]]  # fmt: skip
    merges = ["A1:H1", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:G2", "H2:H3"]
    write("meal_registration/workbooks/就餐.xlsx", {
        "七年级": ([*header, [1, "1班", "王一", 44, 10, 42, 9, 2], [2, "2班", "李二", 45, 8, 46, 8, 0]], merges),
        "八年级": ([*header, [1, "1班", "赵三", 41, 12, 41, 11, 0]], merges),
    })  # fmt: skip


def uniform_order() -> None:
    """Two one-class sheets, three header rows, the class in the line above, sizes spelled in several ways."""
    def sheet(class_line: str, rows: Rows) -> tuple[Rows, Sequence[str]]:
        return ([
            ["校服尺码登记表", *[None] * 9],
            [class_line, *[None] * 9],
            ["序号", "姓名", "性别", "校服尺码及套数", None, None, None, None, None, "金额"],
            [None, None, None, "夏装", None, "春秋装", None, "冬装", None, None],
            [None, None, None, "尺码", "套数", "尺码", "套数", "尺码", "套数", None],
            *rows,
            ["班主任签字：", *[None] * 9],
        ], ["A1:J1", "A2:J2", "A3:A5", "B3:B5", "C3:C5", "D3:I3", "D4:E4", "F4:G4", "H4:I4", "J3:J5"])  # fmt: skip
    write("uniform_order/workbooks/校服.xlsx", {
        "7.1": sheet("班级：七年级(1)班    班主任：王一", [[1, "甲小一", "男", "165码", 2, 170, 1, "XL", 1, None],
                                                [2, "乙小二", "女", "155", 2, "160/84A", 1, "l", 1, None]]),
        "7.2": sheet("班级：七（2）班    班主任：李二", [[1, "丙小三", "女", "160#", 2, "165", 1, "M", 1, None]]),
    })  # fmt: skip


def budget_execution() -> None:
    """In 万元, with a rate that is a fraction shown as a percentage."""
    write("budget_execution/workbooks/预算执行.xlsx", {"8月": ([
        ["2025年1-8月预算执行情况表", *[None] * 6],
        [*[None] * 6, "单位：万元"],
        ["科目编码", "科目名称", "年初预算数", "调整数", "全年预算数", "累计支出", "执行率(%)"],
        ["302", "商品和服务支出", 62.5, 2.5, 65, 39, 60],
        ["30201", "办公费", 20, 0, 20, 13.5, 67.5],
        ["30213", "维修(护)费", 42.5, 2.5, 45, 25.5, 56.67],
        ["合计", None, 62.5, 2.5, 65, 39, 60],
    ], ["A1:G1"])})  # fmt: skip


def repair() -> None:
    """A list as 问卷星 exports it, and a matrix of rooms by equipment."""
    write("repair/workbooks/报修.xlsx", {
        "登记": ([
            ["1、报修日期（必填）", "2、地点（必填）", "3、设备名称", "4、故障情况", "5、报修人", "完成情况"],
            ["2025-09-02", "七年级(1)班", "灯管", "闪烁", "王一", "已修"],
            ["2025-09-05", "实验室", "插座", "松动", "李二", "未修"],
        ], []),
        "检修": ([
            ["教室设施检修表", *[None] * 4],
            ["教室", "灯管", "风扇", "空调", "门锁"],
            ["七(1)", "√", "√", "×", "√"],
            ["七(2)", "2", "√", "√", "坏"],
        ], ["A1:E1"]),
    })  # fmt: skip


def main() -> None:
    """Write all of them."""
    for make in (stock_balance, stock_issue, asset_register, desks, meal_registration, uniform_order,
                 budget_execution, repair):  # fmt: skip
        make()


if __name__ == "__main__":
    main()
