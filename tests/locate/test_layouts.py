"""Layouts of real office sheets, each cut down to a few rows: where the tables lie and which rows are no records."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from locate.sheets import found, sheet

if TYPE_CHECKING:
    from houqin.model import Grid

# name -> (sheet, merges, tables found)
LAYOUTS: dict[str, tuple[str, str, list[str]]] = {
    "a bare list": (
        """
        姓名 | 班级 | 数量
        张三 | 七1 | 3
        李四 | 七2 | 4
        """,
        "",
        ["A1:C3 header 1 body 2-3"],
    ),
    "title, information line, merged header of two rows, category, pre-numbered row, total, signatures": (
        """
        示例中学办公用品收发存表 | | | | |
        填报单位：总务处   日期：2025年9月1日 | | | | 单位：元 |
        序号 | 名称 | 期初结存 | | 本期入库 |
         | | 数量 | 金额 | 数量 | 金额
        一、办公用品 | | | | |
        1 | 粉笔 | 3 | 4.5 | 2 | 3
        2 | A4纸 | 3 | 4.5 | 2 | 3
        3 | | | | |
        合 计 | | 6 | 9 | 4 | 6
        制表人：张三 | | 审核：李四 | | |
        """,
        "A1:F1 A3:A4 B3:B4 C3:D3 E3:F3 A5:F5",
        ["A3:F9 header 3-4 body 5-9 blank 8 category 5 total 9"],
    ),
    "header of three rows": (
        """
        校服尺码登记表 | | | | | | |
        班级：七年级(1)班 | | | | 班主任：王一 | | |
        序号 | 姓名 | 性别 | 校服尺码及套数 | | | | 备注
         | | | 夏装 | | 冬装 | |
         | | | 尺码 | 套数 | 尺码 | 套数 |
        1 | 赵一 | 男 | 165 | 1 | 170 | 1 |
        2 | 钱二 | 女 | 160 | 1 | 165 | 1 |
        """,
        "A1:H1 A3:A5 B3:B5 C3:C5 D3:G3 D4:E4 F4:G4 H3:H5",
        ["A3:H7 header 3-5 body 6-7"],
    ),
    "header of two rows, typed without merges": (
        """
        序号 | 名称 | 期初结存 | | | 本期入库 | | | 备注
         | | 数量 | 单价 | 金额 | 数量 | 单价 | 金额 |
        1 | 粉笔 | 2 | 3 | 6 | 1 | 3 | 3 |
        2 | 抹布 | 2 | 1 | 2 | 1 | 1 | 1 | 新
        """,
        "",
        ["A1:I4 header 1-2 body 3-4"],
    ),
    "a matrix of classes by goods": (
        """
        开学物资发放表 | | | |
        年级 | 班级 | 扫帚 | 拖把 | 班主任签字
        七年级 | 1班 | 2 | 2 |
         | 2班 | 2 | 2 |
        八年级 | 1班 | 2 | 2 |
         | 2班 | 2 | 3 |
        合计 | | 8 | 9 |
        """,
        "A1:E1 A3:A4 A5:A6",
        ["A2:E7 header 2 body 3-7 total 7"],
    ),
    "a matrix of marks with a blank corner": (
        """
         | 灯管 | 风扇 | 空调
        七(1) | √ | √ | ×
        七(2) | √ | 2 | √
        七(3) | √ | √ | √
        """,
        "",
        ["A1:D4 header 1 body 2-4"],
    ),
    "two levels of totals": (
        """
        年级 | 班级 | 人数 | 课桌
        七年级 | 1班 | 40 | 41
        七年级 | 2班 | 42 | 42
        七年级 | 小计 | 82 | 83
        八年级 | 1班 | 45 | 45
        八年级 | 2班 | 44 | 45
        八年级 | 小计 | 89 | 90
        总计 | | 171 | 173
        """,
        "",
        ["A1:D8 header 1 body 2-8 subtotal 4,7 total 8"],
    ),
    "a part's total by its name": (
        """
        类别 | 名称 | 数量 | 金额
        办公用品 | 粉笔 | 2 | 6
        办公用品 | 本子 | 3 | 9
        办公用品合计 | | 5 | 15
        卫生用品 | 扫帚 | 2 | 20
        卫生用品合计 | | 2 | 20
        合计 | | 7 | 35
        """,
        "",
        ["A1:D7 header 1 body 2-7 subtotal 4,6 total 7"],
    ),
    "a total without a label at the end": (
        """
        名称 | 数量 | 金额
        粉笔 | 2 | 6
        本子 | 3 | 9
        扫帚 | 4 | 20
         | 9 | 35
        """,
        "",
        ["A1:C5 header 1 body 2-5 total 5"],
    ),
    "numbers without a name that are no sum stay a record": (
        """
        名称 | 数量 | 金额
        粉笔 | 2 | 6
        本子 | 3 | 9
        扫帚 | 4 | 20
         | 8 | 12
        """,
        "",
        ["A1:C5 header 1 body 2-5"],
    ),
    "the total as the first row": (
        """
        单位名称 | 人数 | 金额
        全校合计 | 9 | 35
        七年级 | 5 | 15
        八年级 | 4 | 20
        """,
        "",
        ["A1:C4 header 1 body 2-4 total 2"],
    ),
    "a total as a sentence above the signatures": (
        """
        入库单
        供货商：文具店 | | 日期：2025年9月1日 |
        品名 | 数量 | 单价 | 金额
        粉笔 | 100 | 3 | 300
        黑板擦 | 20 | 5 | 100
        总金额（大写）：肆佰元整　¥400.00 | | |
        验收人： | | 保管员： |
        """,
        "A1:D1 A6:D6",
        ["A3:D5 header 3 body 4-5"],
    ),
    "a total whose label goes on in words stays a total": (
        """
        品名 | 数量 | 单价 | 金额
        粉笔 | 100 | 3 | 300
        黑板擦 | 20 | 5 | 100
        合计（大写）：肆佰元整 | | | 400
        """,
        "A4:C4",
        ["A1:D4 header 1 body 2-4 total 4"],
    ),
    "opening row and two totals, months without a gap": (
        """
        日期 | 摘要 | 收入 | 支出 | 余额
         | 上年结转 | | | 100
        1月5日 | 购粉笔 | | 20 | 80
        1月9日 | 拨款 | 50 | | 130
         | 本月合计 | 50 | 20 | 130
         | 本年累计 | 50 | 20 | 130
        日期 | 摘要 | 收入 | 支出 | 余额
         | 上月结转 | | | 130
        2月5日 | 购本子 | | 30 | 100
         | 本月合计 | 0 | 30 | 100
         | 本年累计 | 50 | 50 | 100
        """,
        "",
        ["A1:E6 header 1 body 2-6 opening 2 total 5,6", "A7:E11 header 7 body 8-11 opening 8 total 10,11"],
    ),
    "a header that repeats at a page break": (
        """
        序号 | 名称 | 数量
        1 | 粉笔 | 2
        2 | 本子 | 3
        序号 | 名称 | 数量
        3 | 扫帚 | 4
        4 | 拖把 | 4
        """,
        "",
        ["A1:C6 header 1 body 2-6 header 4"],
    ),
    "a page's sum, then title and header again": (
        """
        物品登记表 | |
        序号 | 名称 | 数量
        1 | 粉笔 | 2
        2 | 本子 | 3
        本页小计 | | 5
        物品登记表 | |
        序号 | 名称 | 数量
        3 | 扫帚 | 4
        合计 | | 9
        """,
        "A1:C1 A6:C6",
        ["A2:C9 header 2 body 3-9 form-head 6 header 7 subtotal 5 total 9"],
    ),
    "receipt forms stacked, each with its own head": (
        """
        入库单 | | |
        单号：001 | | 日期：9月1日 |
        品名 | 数量 | 单价 | 金额
        粉笔 | 100 | 3 | 300
         | | |
        合计 | 100 | | 300
        经手人：张三 | | 验收人：李四 |
        入库单 | | |
        单号：002 | | 日期：9月2日 |
        品名 | 数量 | 单价 | 金额
        本子 | 10 | 3 | 30
        笔 | 10 | 2 | 20
        合计 | 20 | | 50
        经手人：张三 | | 验收人：李四 |
        """,
        "A1:D1 A8:D8",
        ["A3:D6 header 3 body 4-6 blank 5 total 6", "A10:D13 header 10 body 11-13 total 13"],
    ),
    "stacked forms with blank rows between": (
        """
        领用单 | | |
        班级：七1 | | |
        品名 | 数量 | 单价 | 金额
        粉笔 | 1 | 3 | 3
        .
        .
        领用单 | | |
        班级：七2 | | |
        品名 | 数量 | 单价 | 金额
        粉笔 | 2 | 3 | 6
        """,
        "A1:D1 A7:D7",
        ["A3:D4 header 3 body 4-4", "A9:D10 header 9 body 10-10"],
    ),
    "different tables stacked": (
        """
        班级人数 | |
        班级 | 男生 | 女生
        七1 | 20 | 21
        七2 | 22 | 20
        .
        物品清单 | |
        物品名称 | 单位 | 数量
        扫帚 | 把 | 3
        拖把 | 把 | 4
        """,
        "A1:C1 A6:C6",
        ["A2:C4 header 2 body 3-4", "A7:C9 header 7 body 8-9"],
    ),
    "tables side by side, of unequal length": (
        """
        物品统计 | | | | |
        名称 | 数量 | | 姓名 | 班级 | 人数
        扫帚 | 3 | | 张三 | 七1 | 4
        拖把 | 4 | | 李四 | 七2 | 5
        垃圾桶 | 5 | | | |
        """,
        "A1:F1",
        ["A2:B5 header 2 body 3-5", "D2:F4 header 2 body 3-4"],
    ),
    "the same list in two halves": (
        """
        序号 | 姓名 | 金额 | | 序号 | 姓名 | 金额
        1 | 赵一 | 5 | | 3 | 孙三 | 7
        2 | 钱二 | 6 | | 4 | 李四 | 8
        """,
        "",
        ["A1:C3 header 1 body 2-3", "E1:G3 header 1 body 2-3"],
    ),
    "a blank column within one table": (
        """
        序号 | 名称 | 规格 | | 数量 | 金额
        1 | 粉笔 | 白 | | 3 | 9
        2 | 本子 | 16K | | 4 | 8
        """,
        "",
        ["A1:F3 header 1 body 2-3"],
    ),
    "starts right of column A, below blank rows": (
        """
        .
        .
         | | 名称 | 数量 | 金额
         | | 粉笔 | 3 | 9
         | | 本子 | 4 | 8
        """,
        "",
        ["C3:E5 header 3 body 4-5"],
    ),
    "blank rows amid the records": (
        """
        名称 | 单位 | 数量
        粉笔 | 盒 | 3
        .
        本子 | 本 | 4
        .
        .
        合计 | | 7
        """,
        "",
        ["A1:C7 header 1 body 2-7 blank 3,5,6 total 7"],
    ),
    "a template with a header and no records": (
        """
        物品领用登记表 | | |
        班级： | | 日期： |
        序号 | 物品名称 | 数量 | 领用人签字
        """,
        "A1:D1",
        ["A3:D3 header 3 body none"],
    ),
    "a template with numbered rows": (
        """
        序号 | 物品名称 | 数量 | 领用人签字
        1 | | |
        2 | | |
        3 | | |
        制表人： | | |
        """,
        "",
        ["A1:D4 header 1 body 2-4 blank 2,3,4"],
    ),
    "a list of names that waits to be filled in": (
        """
        班级 | 人数 | 班主任签字
        七1 | |
        七2 | |
        七3 | |
        """,
        "",
        ["A1:C4 header 1 body 2-4"],
    ),
    "notes below without any label": (
        """
        名称 | 单位 | 数量
        粉笔 | 盒 | 3
        本子 | 本 | 4
        以上物品已全部发放到班，请班主任签字确认并妥善保管。 | |
        """,
        "A4:C4",
        ["A1:C3 header 1 body 2-3"],
    ),
    "notes below, numbered": (
        """
        名称 | 单位 | 数量
        粉笔 | 盒 | 3
        合计 | | 3
        .
        注：1.本表一式两份。 | |
        2.请于9月5日前交后勤。 | |
        """,
        "",
        ["A1:C3 header 1 body 2-3 total 3"],
    ),
    "a remark with a colon is no note": (
        """
        教室 | 故障 | 备注
        七1 | 灯不亮 | 原因：老化
        七2 | 门锁坏 | 班主任签字：已签
        七3 | 风扇响 |
        """,
        "",
        ["A1:C4 header 1 body 2-4"],
    ),
    "row of column numbers under the header": (
        """
        项目 | 年初预算 | 调整 | 支出 | 结余
        栏次 | 1 | 2 | 3 | 4
        办公费 | 10 | 0 | 5 | 5
        水电费 | 20 | 1 | 9 | 12
        """,
        "",
        ["A1:E4 header 1 body 2-4 header 2"],
    ),
    "days of the month as headers": (
        """
        九月就餐人数统计表 | | | | | |
        班级 | 1 | 2 | 3 | 4 | 5 | 合计
        七1 | 40 | 41 | 40 | 40 | 39 | 200
        七2 | 42 | 42 | 42 | 41 | 42 | 209
        """,
        "A1:G1",
        ["A2:G4 header 2 body 3-4"],
    ),
    "sizes under a merged header": (
        """
        班级 | 夏装 | | | 合计
         | 150 | 155 | 160 |
        七1 | 10 | 20 | 10 | 40
        七2 | 12 | 18 | 11 | 41
        """,
        "A1:A2 B1:D1 E1:E2",
        ["A1:E4 header 1-2 body 3-4"],
    ),
    "weekday matrices stacked": (
        """
        早餐 | | | | |
        餐别 | 星期一 | 星期二 | 星期三 | 星期四 | 星期五
        主食 | 馒头 | 花卷 | 包子 | 馒头 | 油条
        粥 | 小米粥 | 豆浆 | 玉米粥 | 豆浆 | 豆浆
        午餐 | | | | |
        餐别 | 星期一 | 星期二 | 星期三 | 星期四 | 星期五
        主食 | 米饭 | 米饭 | 面条 | 米饭 | 米饭
        荤菜 | 红烧肉 | 鸡块 | 鱼块 | 丸子 | 排骨
        """,
        "A1:F1 A5:F5",
        ["A2:F4 header 2 body 3-4", "A6:F8 header 6 body 7-8"],
    ),
    "dates as rows, remainder at the top, header again at the bottom": (
        """
        日期 | 大米 | 面粉 | 食用油
        上月结存 | 100 | 50 | 20
        9月1日 | 10 | 5 | 1
        9月2日 | 12 | 5 | 2
        合计 | 22 | 10 | 3
        日期 | 大米 | 面粉 | 食用油
        """,
        "",
        ["A1:D6 header 1 body 2-6 header 6 opening 2 total 5"],
    ),
    "cells merged two by two": (
        """
        名称 | | 数量 | | 金额 |
         | | | | |
        粉笔 | | 3 | | 9 |
         | | | | |
        本子 | | 4 | | 8 |
         | | | | |
        """,
        "A1:B2 C1:D2 E1:F2 A3:B4 C3:D4 E3:F4 A5:B6 C5:D6 E5:F6",
        ["A1:E6 header 1-2 body 3-6 blank 4,6"],
    ),
    "a header with line breaks and blanks, title with period and unit": (
        """
        2025年9月食堂用品 明细表（单位：元） | | |
        品\\n名 | 单 价\\n（元） | 数   量 | 金 额
        大米 | 3 | 100 | 300
        面粉 | 2 | 50 | 100
        合      计 | | | 400
        """,
        "A1:D1",
        ["A2:D5 header 2 body 3-5 total 5"],
    ),
    "total typed over two cells": (
        """
        序号 | 名称 | 数量
        1 | 粉笔 | 2
        2 | 本子 | 3
        合 | 计 | 5
        """,
        "",
        ["A1:C4 header 1 body 2-4 total 4"],
    ),
    "all text, header bold by nothing but place": (
        """
        宿舍 | 灯 | 门 | 窗
        101 室 | 好 | 好 | 坏
        102 室 | 好 | 坏 | 好
        103 室 | 好 | 好 | 好
        """,
        "",
        ["A1:D4 header 1 body 2-4"],
    ),
    "cover page": (
        """
        示例中学后勤服务中心
        2025-2026学年度第一学期
        后勤工作资料汇编
        """,
        "",
        [],
    ),
    "a key and value page": (
        """
        学校名称 | 示例中学
        地址 | 示例路1号
        联系电话 | 13800001234
        负责人 | 张三
        """,
        "",
        [],
    ),
    "paragraphs": (
        """
        填写说明
        一、本表由各班班主任填写，于开学第一周内交到后勤服务中心。
        二、数量按实际清点数填写，不得估计。
        """,
        "",
        [],
    ),
    "text beside the table": (
        """
        名称 | 数量 | 金额 | |
        粉笔 | 3 | 9 | | 说明：以实物为准
        本子 | 4 | 8 | |
        扫帚 | 4 | 8 | |
        """,
        "",
        ["A1:C4 header 1 body 2-4"],
    ),
    "zeros by formula are told only where formulas are": (
        """
        名称 | 数量 | 金额
        粉笔 | 3 | 9
        本子 | 0 | 0
        """,
        "",
        ["A1:C3 header 1 body 2-3"],
    ),
    "two columns alone": (
        """
        款式 | 价格
        夏装 | 85
        冬装 | 210
        """,
        "",
        ["A1:B3 header 1 body 2-3"],
    ),
    "three tables side by side, one lower than the others": (
        """
        七年级 | | | 八年级 | | | 九年级 |
        班级 | 人数 | | 班级 | 人数 | | 班级 | 人数
        1班 | 40 | | 1班 | 45 | | 1班 | 50
        2班 | 41 | | 2班 | 44 | | 2班 | 51
        3班 | 42 | | | | | |
        合计 | 123 | | 合计 | 89 | | 合计 | 101
        """,
        "A1:B1 D1:E1 G1:H1",
        [
            "A2:B6 header 2 body 3-6 total 6",
            "D2:E6 header 2 body 3-6 blank 5 total 6",
            "G2:H6 header 2 body 3-6 blank 5 total 6",
        ],
    ),
    "a wide table, then two side by side": (
        """
        序号 | 名称 | 规格 | 数量 | 单价 | 金额
        1 | 粉笔 | 白 | 3 | 2 | 6
        2 | 本子 | 16K | 3 | 2 | 6
        .
        班级 | 人数 | | 教师 | 科目 | 课时
        七1 | 40 | | 张三 | 语文 | 12
        七2 | 41 | | 李四 | 数学 | 10
        """,
        "",
        ["A1:F3 header 1 body 2-3", "A5:B7 header 5 body 6-7", "D5:F7 header 5 body 6-7"],
    ),
    "a look-up list to the right, the grand total first": (
        """
        经费汇总表 | | | | | |
        项目 | 本年 | | 说明 | | | 科目
         | 预算 | 支出 | | | | 30201
        合计 | 30 | 12 | | | | 30202
        办公费 | 10 | 5 | 含邮费 | | | 30205
        水电费 | 20 | 7 | | | | 30206
        """,
        "A1:D1 A2:A3 B2:C2 D2:D3",
        ["A2:D6 header 2-3 body 4-6 total 4"],
    ),
    "form head of labels and values without colons": (
        """
        班级公物登记表 | | | |
        班级 | 七(1)班 | 班主任 | 张三 |
        序号 | 名称 | 数量 | 完好 | 备注
        1 | 课桌 | 40 | 39 |
        2 | 黑板 | 1 | 1 |
        """,
        "A1:E1",
        ["A3:E5 header 3 body 4-5"],
    ),
    "years as numbers head the columns": (
        """
        项目 | 2023 | 2024 | 2025
        办公费 | 10 | 12 | 13
        水电费 | 20 | 22 | 21
        """,
        "",
        ["A1:D3 header 1 body 2-3"],
    ),
    "sizes in the records are no header": (
        """
        姓名 | 性别 | 夏装 | 冬装
        赵一 | 男 | M | L
        钱二 | 女 | S | M
        孙三 | 男 | L | XL
        李四 | 女 | XL | XXL
        """,
        "",
        ["A1:D5 header 1 body 2-5"],
    ),
    "a timetable of meals is one table": (
        """
        日期 | 早餐 | 午餐 | 晚餐
        周一 | 张三 | 李四 | 王五
        周二 | 李四 | 王五 | 张三
        周三 | 王五 | 张三 | 李四
        """,
        "",
        ["A1:D4 header 1 body 2-4"],
    ),
    "the first header is blank and the table starts at column B": (
        """
         | 各班人数 | |
         | | 男生 | 女生
         | 七1 | 20 | 21
         | 七2 | 22 | 20
        """,
        "B1:D1",
        ["B2:D4 header 2 body 3-4"],
    ),
    "category and its sum merged downward": (
        """
        类别 | 品名 | 数量 | 金额 | 类别合计
        文具 | 粉笔 | 3 | 9 | 17
         | 本子 | 4 | 8 |
        清洁 | 扫帚 | 3 | 30 | 70
         | 拖把 | 4 | 40 |
        """,
        "A2:A3 E2:E3 A4:A5 E4:E5",
        ["A1:E5 header 1 body 2-5"],
    ),
    "category rows in the serial column, unmerged": (
        """
        序号 | 名称 | 单位 | 数量
        办公用品 | | |
        1 | 粉笔 | 盒 | 3
        2 | 本子 | 本 | 4
        卫生用品 | | |
        3 | 扫帚 | 把 | 3
        """,
        "",
        ["A1:D6 header 1 body 2-6 category 2,5"],
    ),
    "a record of which only the name is filled in": (
        """
        序号 | 名称 | 单位 | 数量
        1 | 粉笔 | 盒 | 3
         | 本子 | |
        3 | 扫帚 | 把 | 3
        """,
        "",
        ["A1:D4 header 1 body 2-4"],
    ),
    "grand total of parts by name": (
        """
        年级 | 班级 | 人数 | 住校
        六年级 | 1班 | 40 | 3
        六年级 | 2班 | 41 | 4
        六年级合计 | | 81 | 7
        七年级 | 1班 | 45 | 2
        七年级 | 2班 | 44 | 1
        七年级合计 | | 89 | 3
        全校总计 | | 170 | 10
        """,
        "",
        ["A1:D8 header 1 body 2-8 subtotal 4,7 total 8"],
    ),
    "unlabelled part sums and an unlabelled grand total": (
        """
        名称 | 数量 | 金额
        粉笔 | 2 | 6
        本子 | 3 | 9
         | 5 | 15
        扫帚 | 4 | 20
        拖把 | 1 | 10
         | 5 | 30
        """,
        "",
        ["A1:C7 header 1 body 2-7 subtotal 4 total 7"],
    ),
    "the same header three times, serial numbers running on": (
        """
        序号 | 姓名 | 金额
        1 | 赵一 | 5
        2 | 钱二 | 6
        序号 | 姓名 | 金额
        3 | 孙三 | 7
        4 | 李四 | 8
        序号 | 姓名 | 金额
        5 | 周五 | 9
         | | 35
        """,
        "",
        ["A1:C9 header 1 body 2-9 header 4,7 total 9"],
    ),
    "ten signatures of a table whose last column is for signing": (
        """
        发放日期：2025年9月1日 | | |
        班级 | 扫帚 | 粉笔 | 班主任签字
        七1 | 2 | 8 | 张三
        七2 | 2 | 8 | 李四
        合计 | 4 | 16 |
        发放人：王五 | | 后勤主任： | 分管校长：
        """,
        "",
        ["A2:D5 header 2 body 3-5 total 5"],
    ),
    "a list exported without title, with submitter columns": (
        """
        提交时间 | 提交者 | 1. 班级（必填） | 2. 早餐人数 | 3. 午餐人数
        2025-09-01 08:00 | 张三 | 七1 | 30 | 40
        2025-09-01 08:05 | 李四 | 七2 | 31 | 41
        """,
        "",
        ["A1:E3 header 1 body 2-3"],
    ),
    "a header of one row whose cells are merged over two rows": (
        """
        序号 | 名称 | 数量
         | |
        1 | 粉笔 | 3
        2 | 本子 | 4
        """,
        "A1:A2 B1:B2 C1:C2",
        ["A1:C4 header 1-2 body 3-4"],
    ),
    "an instruction under the title": (
        """
        各班人数统计表 | | |
        请各班主任于9月5日前填写，人数以学籍系统为准，逾期不候。 | | |
        班级 | 班额 | 男 | 女
        七1 | 41 | 20 | 21
        """,
        "A1:D1 A2:D2",
        ["A3:D4 header 3 body 4-4"],
    ),
    "numbers kept as text": (
        """
        名称 | 数量 | 金额
        粉笔 | '3 | '9.00
        本子 | '4 | '8.00
        合计 | '7 | '17.00
        """,
        "",
        ["A1:C4 header 1 body 2-4 total 4"],
    ),
    "a budget outline: numbered records with their own sums stay records": (
        """
        科目编码 | 科目名称 | 预算数 | 支出数
        302 | 一、商品和服务支出 | 30 | 12
        30201 | 办公费 | 10 | 5
        30205 | 水费 | 20 | 7
        """,
        "",
        ["A1:D4 header 1 body 2-4"],
    ),
    "the sum as the second column": (
        """
        班级 | 合计 | 男 | 女
        七1 | 41 | 20 | 21
        七2 | 42 | 22 | 20
        """,
        "",
        ["A1:D3 header 1 body 2-3"],
    ),
    "opening balance as a group of the header": (
        """
        期初 | | 本期 | | 期末 |
        数量 | 金额 | 数量 | 金额 | 数量 | 金额
        1 | 2 | 3 | 4 | 4 | 6
        2 | 2 | 3 | 4 | 5 | 6
        """,
        "A1:B1 C1:D1 E1:F1",
        ["A1:F4 header 1-2 body 3-4"],
    ),
    "stacked forms whose heads have labels without colons": (
        """
        公物登记表 | | | |
        班级 | 七(1)班 | 班主任 | 张三 |
        名称 | 数量 | 完好 | 损坏 | 备注
        课桌 | 40 | 39 | 1 |
        椅子 | 40 | 40 | 0 |
        公物登记表 | | | |
        班级 | 七(2)班 | 班主任 | 李四 |
        名称 | 数量 | 完好 | 损坏 | 备注
        课桌 | 41 | 39 | 2 |
        """,
        "A1:E1 A6:E6",
        ["A3:E5 header 3 body 4-5", "A8:E9 header 8 body 9-9"],
    ),
    "a typed group row above the total that comes first": (
        """
        日期 | 米面 | | 油 | | 经手人
         | 数量 | 金额 | 数量 | 金额 |
        合计 | 7 | 70 | 9 | 90 |
        9月1日 | 3 | 30 | 4 | 40 | 张三
        9月2日 | 4 | 40 | 5 | 50 | 李四
        """,
        "",
        ["A1:F5 header 1-2 body 3-5 total 3"],
    ),
    "typed sub-labels of unknown words over marks": (
        """
        教室 | 照明 | | 门窗 | | 检修人
         | 灯管 | 开关 | 玻璃 | 门锁 |
        七1 | √ | √ | × | √ | 张三
        七2 | √ | √ | √ | √ | 李四
        七3 | √ | × | √ | √ | 王五
        """,
        "",
        ["A1:F5 header 1-2 body 3-5"],
    ),
    "an unlabelled total below records that a merge names": (
        """
        月份 | 收入 | 支出
        九月 | 20 | 30
         | 22 | 31
        十月 | 24 | 32
         | 26 | 33
         | 92 | 126
        """,
        "A2:A3 A4:A5",
        ["A1:C6 header 1 body 2-6 total 6"],
    ),
    "a page of few lines is no table whatever its labels are": (
        """
        单位名称 | 示例中学
        学制 | 五四
        联系人 | 张三
        """,
        "",
        [],
    ),
    "the last row's merges reach past what the sheet holds": (
        """
        名称 | | 数量 |
         | | |
        粉笔 | | 3 |
         | | |
        本子 | | 4 |
        """,
        "A1:B2 C1:D2 A3:B4 C3:D4 A5:B6 C5:D6",
        ["A1:C6 header 1-2 body 3-6 blank 4,6"],
    ),
    "records from the first row on, no header at all": (
        """
        2025-09-01 | 粉笔 | 盒 | 3 | 东库
        2025-09-02 | 本子 | 本 | '4 | 东库
        2025-09-03 | 扫帚 | 把 | 2 | 西库
        2025-09-05 | 拖把 | 把 | 6 | 东库
        """,
        "",
        ["A1:E4 header none body 1-4"],
    ),
    "a template whose labels no list knows": (
        """
        示例中学满意度测评汇总 | | | | |
        部门：总务处 | | | | |
        题目 | 发放 | 回收 | 满意 | 基本满意 | 不满意
        """,
        "A1:F1",
        ["A3:F3 header 3 body none"],
    ),
    "the day alone below the records": (
        """
        序号 | 日期 | 意见 | 责任人
        1 | 9月1日 | 换灯 | 张三
        2 | 9月2日 | 修门 | 李四
         | | | 2025年9月30日
        """,
        "",
        ["A1:D3 header 1 body 2-3"],
    ),
    "the title alone comes again at a page break, the serial number has no label": (
        """
        物品登记表 | |
        单位：元 | |
         | 名称 | 数量
        1 | 粉笔 | 2
        2 | 本子 | 3
        物品登记表 | |
         | 名称 | 数量
        3 | 扫帚 | 4
        4 | 拖把 | 5
        """,
        "A1:C1 A6:C6",
        ["A3:C9 header 3 body 4-9 form-head 6 header 7"],
    ),
    "numbered rows that wait, the numbers have no label": (
        """
         | 名称 | 数量
        1 | 粉笔 | 2
        2 | 本子 | 3
        3 | |
        4 | |
        """,
        "",
        ["A1:C5 header 1 body 2-5 blank 4,5"],
    ),
    "posts without colons, to be dated below": (
        """
        序号 | 班级 | 扫帚 | 拖把 | 签字
        1 | 七1 | 2 | 3 |
        2 | 七2 | 2 | 4 |
         | 合计 | 4 | 7 |
        发放人 | | 仓库保管员 | | 后勤服务中心主任
        年　月　日 | | 年　月　日 | | 年　月　日
        """,
        "A5:B5 A6:B6 C5:D5 C6:D6",
        ["A1:E4 header 1 body 2-4 total 4"],
    ),
    "a matrix too wide for the page goes on below under other labels": (
        """
        性别 | 甲样 | 乙样 | 丙样 | 小计
        男 | 3 | 4 | 1 | 8
        女 | 2 | 2 | 0 | 4
        合计 | 5 | 6 | 1 | 12
        .
        性别 | 丁样 | 戊样 | 己样 | 小计
        男 | 1 | 2 | 2 | 5
        女 | 2 | 1 | 1 | 4
        合计 | 3 | 3 | 3 | 9
        """,
        "",
        ["A1:E4 header 1 body 2-4 total 4", "A6:E9 header 6 body 7-9 total 9"],
    ),
    "one record under labels that no list knows": (
        """
        馆藏翻检 | | | |
        架号 | 题签 | 虫蛀 | 补纸 | 经眼
        A-001 | 抹布 | × | 8 | 张三
        总计 | | | 8 |
        """,
        "A1:E1",
        ["A2:E4 header 2 body 3-4 total 4"],
    ),
    "words that no list knows, by what stands below them": (
        """
        青龙表 | | | |
        扶桑 | 玄武 | 曲阜 | 南山 | 北斗
        甲物 | 个 | 3 | 2025-09-01 | 好
        乙物 | 个 | 4 | 2025-09-02 | 好
        丙物 | 个 | 5 | 2025-09-02 | 好
        .
        白石表 | | | |
        云梦 | 流沙 | 昆仑 | |
        一处 | 3 | 8 | |
        二处 | 4 | 9 | |
        """,
        "A1:E1 A7:E7",
        ["A2:E5 header 2 body 3-5", "A8:C10 header 8 body 9-10"],
    ),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_tables_lie_where_a_person_sees_them(name: str) -> None:
    """Header, body and rows that are no records come out as a person would mark them."""
    text, merges, expected = LAYOUTS[name]
    assert found(sheet(text, merges)) == expected


def _with_formulas(rows: int) -> Grid:
    """A list of two records above rows of formulas that give 0."""
    text = "名称 | 数量 | 金额\n粉笔 | 3 | 9\n本子 | 4 | 8" + "\n | | 0" * rows
    grid = sheet(text)
    return replace(grid, formulas=frozenset((3 + n) * 3 + 2 for n in range(rows)))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [(2, "A1:C5 header 1 body 2-5 blank 4,5"), (200, "A1:C3 header 1 body 2-3")],
)
def test_formulas_that_give_nothing_are_reserved_rows(rows: int, expected: str) -> None:
    """A few reserved rows belong to the table; hundreds of copied formulas do not."""
    assert found(_with_formulas(rows)) == [expected]
