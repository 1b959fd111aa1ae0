"""Write the workbooks of the golden folders of the canteen's forms: two layouts each at least, with planted defects."""

from __future__ import annotations

from typing import TYPE_CHECKING

from make_workbooks import write

if TYPE_CHECKING:
    from collections.abc import Sequence

    Rows = Sequence[Sequence[object]]


def wide(row: Sequence[object], width: int) -> list[object]:
    """Fill a row with blanks to the table's width."""
    return [*row, *[None] * (width - len(row))]


def meal_daily() -> None:
    """A list with a double header; two matrices of a month, one a meal, one with a day whose 0 Excel dropped."""
    write("meal_daily/workbooks/10月9日就餐.xlsx", {"10.9": ([
        wide(["示例中学每日就餐人数统计表"], 10),
        wide(["日期：2025年10月9日"], 10),
        ["序号", "年级", "班级", "应到人数", "实到人数", "就餐人数", None, None, "请假", "备注"],
        [None, None, None, None, None, "早餐", "中餐", "晚餐", None, None],
        [1, "七年级", "1班", 44, 42, 10, 42, 9, 2, None],
        [2, None, "2班", 45, 44, 8, 46, 8, 2, "实到与请假多 1"],
        [3, "八年级", "1班", 41, 41, 12, "40人", 11, 0, None],
        wide(["合计", None, None, 130, 127, 30, 128, 28, 4], 10),
        wide(["值班教师：", None, None, "食堂签收："], 10),
    ], ["A1:J1", "A2:J2", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "F3:H3", "I3:I4", "J3:J4", "B5:B6"])})
    days = [10.8, 10.9, 10.1, 10.11, 10.13]
    write("meal_daily/workbooks/10月午餐晚餐.xlsx", {
        "午餐": ([
            wide(["2025年10月各班午餐就餐人数统计表"], 7),
            ["班级", *(f"{day}日" for day in (10, 13, 14, 15)), "合计", "备注"],
            ["七（1）班", 42, 41, 43, 42, 168, None],
            ["七（2）班", 43, 44, 44, 4.5, 131, "15 日是笔误"],
            ["八（1）班", 40, None, 41, 40, 121, "13 日外出研学"],
            ["合计", 125, 85, 128, 82, 420, None],
        ], ["A1:G1"]),
        "晚餐": ([
            wide(["晚餐用餐人数"], 6),
            ["班级", *days],
            ["七(1)班", 9, 10, 9, 9, 10],
            ["七(2)班", 8, 8, 8, 9, 8],
        ], ["A1:F1"]),
    })  # fmt: skip
    write("meal_daily/workbooks/9月.xlsx", {
        "早中晚": ([
            wide(["2025年9月就餐人数（早中晚）"], 7),
            ["班级", "1日", None, None, "2日", None, None],
            [None, *["早", "中", "晚"] * 2],
            ["九(1)班", 5, 40, 6, 5, 41, 6],
            ["九(2)班", 4, 42, 5, None, 42, 5],
        ], ["A1:G1", "A2:A3", "B2:D2", "E2:G2"]),
        "第2周": ([
            wide(["2025年9月七年级三餐用餐人数"], 7),
            ["班级", 8, None, None, 9, None, None],  # typed over the first meal, as numbers
            [None, "周一", None, None, "周二", None, None],
            [None, *["早餐", "午餐", "晚餐"] * 2],
            ["七(1)班", 12, 44, 10, 11, 43, 10],
            ["七(2)班", 10, 45, 9, 10, "45人", 9],
        ], ["A1:G1"]),
        "八年级": ([
            wide(["2025年9月八年级午餐就餐人数"], 5),
            ["日期", "1班", "2班", "3班", "合计"],
            ["9月1日", 41, 43, 42, 126],
            ["9月2日", 41, 43, 44, 126],
        ], ["A1:E1"]),
    })  # fmt: skip


def canteen_halves() -> None:
    """Income beside expenses, each with its own totals; what is left over below the left half, with a slip."""
    write("canteen_statement/workbooks/收支公示左右.xlsx", {
        "11月": ([
            wide(["示例中学食堂收支情况公示"], 4),
            ["2025年11月", None, None, "单位：元"],
            ["收入", None, "支出", None],
            ["项目", "金额", "项目", "金额"],
            ["学生伙食费", 186160, "粮油", 42000],
            ["教职工伙食费", 12000, "蔬菜", 38000.5],
            ["财政补助", 5000, "肉禽蛋", 61000],
            ["合计", 203160, "水电燃气", 9000],
            [None, None, "人员工资", 41000],
            [None, None, "合计", 191000.5],
            ["本月结余", 12519.5, None, None],
            ["制表人：张三", None, "审核人：", None],
        ], ["A1:D1", "A3:B3", "C3:D3"]),
        "12月": ([
            wide(["2025年12月食堂收支公示表（单位：元）"], 6),
            ["行次", "收入项目", "金额", "行次", "支出项目", "金额"],
            [1, "学生伙食费", "150,000.00", 5, "原材料成本", 120000],
            [2, "利息", 12.5, 6, "燃料动力", 8000],
            [3, "其他收入", None, 7, "人工成本", 20000],
            [4, "收入合计", 150012.5, 8, "支出合计", 148000],
        ], ["A1:F1"]),
    })  # fmt: skip


def meal_fee() -> None:
    """The figures of a school's notice (lunch 6.50 x 121 = 786.50); a list a pupil, and a summary of classes."""
    head = ["序号", "姓名", "就餐类型", "餐标(元)", "计划餐数", "预收金额(元)", "实际就餐次数", "应收(元)",
            "应退(元)", "应补(元)", "家长签字"]
    write("meal_fee/workbooks/七1餐费.xlsx", {"七(1)": ([
        wide(["2025—2026学年第一学期餐费收退费表"], 11),
        wide(["班级：七年级(1)班"], 11),
        head,
        [1, "甲小一", "午餐", 6.5, 120, 780, 121, 786.5, None, 6.5, None],
        [2, "乙小二", "午餐", 6.5, 120, 780, 112, 728, 52, None, None],
        [3, "丙小三", "午晚餐", 6.5, 266, 1729, 266, 1792, 0, None, None],
        [4, "丁小四", "午餐", 6.5, 120, 780, 110, 715, 56, None, None],
        [5, "戊小五", "午餐", 6.5, 120, 780, 100, 650, 130, 130, None],
        ["合计", None, None, None, 746, 4849, 709, 4671.5, 238, 136.5, None],
    ], ["A1:K1", "A2:K2"])})  # fmt: skip
    write("meal_fee/workbooks/餐费退费汇总.xlsx", {"Sheet1": ([
        wide(["各班伙食费退费情况表"], 7),
        wide([None, None, None, None, None, None, "单位：元"], 7),
        ["班级", "已交餐费", "就餐餐数", "每餐标准", "实际餐费", "退费金额", "备注"],
        ["七年级1班", "34,320.00", 5203, 6.5, 33819.5, 500.5, None],
        ["七年级2班", 35100, 5310, 6.5, 34515, 558, "应退 585"],
        ["合计", 69420, 10513, None, 68334.5, 1058.5, None],
    ], ["A1:G1"])})


def meal_price() -> None:
    """Costs that make a price: right in one, one item forgotten in the other, a share of the whole wrong."""
    write("meal_price/workbooks/餐标测算.xlsx", {"午餐": ([
        wide(["午餐餐标成本测算表"], 9),
        wide(["餐次：午餐", None, None, "月就餐人次：28000", None, None, "核定餐标：6.5元"], 9),
        ["序号", "成本项目", "单位", "月用量", "单价", "月金额", "每餐成本", "占比(%)", "备注"],
        [1, "大米", "斤", 14000, 2.6, 36400, 1.3, 20, None],
        [2, "蔬菜", "斤", 22400, 2.5, 56000, 2, 30.77, None],
        [3, "猪肉", "斤", 4480, 12.5, 56000, 2, 30.77, None],
        [4, "燃气", "m³", 4000, 3.5, 14000, 0.5, 7.69, None],
        [5, "人工", None, None, None, 19600, 0.7, 17, "占比应为 10.77"],
        ["合计", None, None, None, None, 182000, 6.5, 100, None],
    ], ["A1:I1"])})  # fmt: skip
    write("meal_price/workbooks/成本核算.xlsx", {"定价": ([
        wide(["学生伙食成本构成及定价表"], 4),
        ["餐次", "成本构成", "每人每餐成本(元)", "公示餐标"],
        ["早餐", "主食", 1.8, 4],
        [None, "鸡蛋", 1.0, None],
        [None, "人工燃气", 1.2, None],
        ["晚餐", "主食", 2.0, 6],
        [None, "菜品", 3.1, None],
        [None, "人工燃气", 0.7, None],
    ], ["A1:D1", "A3:A5", "A6:A8", "D3:D5", "D6:D8"])})


def food_receipt() -> None:
    """The law's columns; a short form without a title that speaks of food, 斤 beside 公斤."""
    head = ["进货日期", "食品名称", "规格", "单位", "数量", "单价", "金额", "生产日期或批号", "保质期",
            "供货者名称", "地址",
            "联系方式", "索证索票", "感官性状", "验收人", "复验人", "备注"]  # fmt: skip
    maker = ["示例粮油店", "示例路1号", "13800000001"]
    write("food_receipt/workbooks/10月验收台账.xlsx", {"10月": ([
        wide(["食堂食品采购查验台账"], 17),
        wide(["学校：示例中学", *[None] * 15, "单位：元"], 17),
        head,
        ["10.9", "大米", "25kg", "袋", 20, 130, 2600, "2025-09-10", "12个月", *maker, "检验报告", "正常",
         "张某", "李某", None],
        ["10.9", "猪后腿肉", None, "公斤", 50, 24, 12000, "2025-10-09", "3天", *maker, None, "新鲜", "张某",
         "张某", "多打 0"],
        ["10.10", "纯牛奶", "250ml", "箱", 30, 48, 1440, "2025-03-01", "6个月", *maker, "无", "无异味", "张某",
         None, "过期"],
        ["10.10", "白菜", None, "斤", 200, 0.8, 160, None, None, "示例菜店", None, None, None, "新鲜", "张某",
         "李某", None],
        ["10.13", "花生油", "5L", "桶", 10, 75, 750, "2025-10-20", "18个月", *maker, "合格证", "正常", "张某",
         "李某", "日期"],
        wide(["合计", None, None, None, None, None, 6150], 17),
    ], ["A1:Q1"])})  # fmt: skip
    write("food_receipt/workbooks/采购登记.xlsx", {"Sheet1": ([
        ["日期", "品名", "单位", "数量", "单价(元)", "金额(元)", "供货商", "验收人", "备注"],
        ["2025-10-14", "土豆", "斤", 300, 1.2, 360, "示例菜店", "张某、李某", None],
        ["2025-10-14", "猪肉", "斤", 80, 12, 960, "示例肉店", "张某、李某", None],
        ["2025-10-15", "猪肉", "公斤", 80, 12.5, 1000, "示例肉店", "张某", "单位像是斤"],
        ["2025-10-15", "鸡蛋", "斤", 100, 4.8, 480, "示例蛋店", "张某、李某", None],
        ["2025-10-16", "猪肉", "斤", 80, 12, 960, "示例肉店", "张某、李某", None],
        ["2025-10-17", "猪肉", "斤", 80, 120, 9600, "示例肉店", "张某、李某", "单价异常"],
    ], [])})


def _slip(title: str, day: str, number: str, rows: Sequence[tuple[str, Sequence[Sequence[object]]]]) -> list[list[object]]:
    """Give one slip of the canteen: goods by class, the class and its sum merged beside them, as the form is printed."""
    body: list[list[object]] = []
    for kind, goods in rows:
        total = round(sum(float(str(good[4])) for good in goods), 2)
        lines: Sequence[Sequence[object]] = goods or [[None] * 5]
        body += [[kind if not at else None, *good, total if not at else None] for at, good in enumerate(lines)]
    whole = round(sum(float(str(row[6])) for row in body if row[6] is not None), 2)
    return [
        wide([title], 7),
        ["学校名称：", "示例中学", None, f"{day}  单位：元", None, None, f"编号：{number}"],
        ["类型", "食材名称", "计量单位", "数 量", "单 价", "金  额", "合计"],
        *body,
        ["合计", None, None, None, None, whole, whole],
        wide(["   审核人：        经办人：张三    过称人：        仓管人："], 7),
        [None] * 7,
    ]


def food_issue() -> None:
    """Slips below one another, a class without goods among them and one that nobody filled in; a register by meals."""
    rice, oil, pork = ["大米", "公斤", 40, 5.2, 208], ["菜籽油", "桶", 1, 81, 81], ["猪后腿肉", "公斤", 30, 24, 720]
    cabbage = ["白菜", "公斤", 60, 1.6, 96]
    slips = [
        *_slip("出 库 单", "2025年 10 月 9 日", "C1001", [
            ("蔬菜类", [cabbage, ["土豆", "公斤", 50, 2.4, 120]]), ("肉食类", [pork]), ("粮食类", [rice]), ("油类", [oil]),
            ("水果类", []),
        ]),
        *_slip("出 库 单", "2025年 10 月 10 日", "C1002", [
            ("蔬菜类", [cabbage]), ("肉食类", [["猪后腿肉", "公斤", 30, 24, 702]]), ("粮食类", [rice]), ("水果类", []),
        ]),
        *_slip("出 库 单", "2025年   月   日", "", [("蔬菜类", []), ("肉食类", []), ("水果类", [])]),
    ]  # fmt: skip
    bought = _slip("入 库 单", "2025年 10 月 8 日", "R1001", [
        ("蔬菜类", [["白菜", "公斤", 120, 1.6, 192]]), ("肉食类", [["猪后腿肉", "公斤", 60, 24, 1440]]), ("水果类", []),
    ])  # fmt: skip
    count = [
        wide(["食 材 盘 存 表"], 9),
        wide(["学校名称：示例中学    2025年10月"], 9),
        ["食材名称", "单位", "账面栏", None, "盘点栏", None, "差额栏", None, "差额 原因"],
        [None, None, *["数量", "金额"] * 3, None],
        ["大米", "公斤", 20, 104, 20, 104, None, None, None],
        ["菜籽油", "桶", 3, 243, 2, 162, -1, -81, "漏登出库"],
        ["食盐", "袋", 12, 24, 11, 22, -2, -2, "数错"],
        ["合计", None, None, 371, None, 288, None, -83, None],
    ]
    write("food_issue/workbooks/食堂出入库单.xlsx", {
        "入库单": (bought, ["A1:G1", "D2:F2"]),
        "出库单": (slips, ["A1:G1", "D2:F2", "A4:A5", "G4:G5"]),
        "食材盘存表": (count, ["A1:I1", "A2:I2", "A3:A4", "B3:B4", "C3:D3", "E3:F3", "G3:H3", "I3:I4"]),
    })
    write("food_issue/workbooks/领料登记.xlsx", {"10月": ([
        wide(["示例中学食堂领料登记表"], 8),
        ["日期", "餐次", "品名", "单位", "数量", "用途", "领料人", "发料人"],
        ["10.9", "早餐", "鸡蛋", "公斤", 12, "煮鸡蛋", "孙师傅", "张三"],
        ["10.9", "中餐", "面粉", "公斤", 25, "馒头", "孙师傅", "张三"],
        ["10.10", "早餐", "鸡蛋", "公斤", 12, "煮鸡蛋", "孙师傅", "张三"],
        ["10.10", "早餐", "鸡蛋", "公斤", 12, "煮鸡蛋", "孙师傅", "张三"],
        ["10.11", "午餐", None, "公斤", 20, "炒菜", "孙师傅", "张三"],
    ], ["A1:H1"])})


def food_stock() -> None:
    """A kindergarten's published figures under a neutral title; the same with amounts; a count at the month's end."""
    write("food_stock/workbooks/10月库存.xlsx", {"10月": ([
        ["序号", "名称", "单位", "上月底库存数", "本月购进", "本月消耗", "本月底库存数", "备注"],
        [1, "大米", "斤", 38.4, 2448, 2479.2, 7.2, None],
        [2, "花生油", "斤", 28.9, 728, 751.4, 5.5, None],
        [3, "猪肉", "斤", 12, 300, 305, 17, "应为 7"],
        [4, "鸡蛋", "斤", 20, 100, 130, -10, None],
    ], [])})
    write("food_stock/workbooks/食堂收发存.xlsx", {"食堂": ([
        wide(["示例中学食堂物资收发存月报表（2025年10月）"], 15),
        ["类别", "品名", "单位", "上月结存", None, None, "本月购进", None, None, "本月领用", None, None,
         "本月结存", None, None],
        [None, None, None, *["数量", "单价", "金额"] * 4],
        ["粮油", "面粉", "公斤", 50, 4, 200, 200, 4, 800, 180, 4, 720, 70, 4, 280],
        [None, "小米", "公斤", 10, 9, 90, 20, 9, 180, 15, 9, 135, 15, 9, 1350],
        ["调料", "食盐", "袋", 12, 2, 24, 40, 2, 80, 30, 2, 60, 22, 2, 44],
        ["合计", None, None, None, None, 314, None, None, 1060, None, None, 915, None, None, 459],
    ], ["A1:O1", "A2:A3", "B2:B3", "C2:C3", "D2:F2", "G2:I2", "J2:L2", "M2:O2", "A4:A5"])})  # fmt: skip
    write("food_stock/workbooks/月末盘点.xlsx", {"盘点": ([
        wide(["食堂库存月末盘点表"], 8),
        wide(["盘点日期：2025年10月31日"], 8),
        ["序号", "食材名称", "单位", "账面数量", "实盘数量", "盘盈", "盘亏", "差异原因"],
        [1, "面粉", "公斤", 70, 69, None, 1, "损耗"],
        [2, "小米", "公斤", 15, 15, None, None, None],
        [3, "食盐", "袋", 22, 20, None, 1, None],
    ], ["A1:H1", "A2:H2"])})


def food_sample() -> None:
    """A day a sheet with clocks; a list with whole days; too little, too short."""
    write("food_sample/workbooks/10月留样.xlsx", {"10月": ([
        wide(["示例中学食堂食品留样记录表"], 11),
        ["日期", "餐次", "食品名称", "留样量(g)", "留样时间", "冰箱温度", "留样人", "审核人", "销毁时间",
         "处理人", "备注"],
        ["2025-10-09", "午餐", "红烧肉", 130, "10月9日 11:30", "4℃", "王某", "李某", "10月11日 11:40", "王某", None],
        [None, None, "炒白菜", 125, "10月9日 11:30", "4℃", "王某", "李某", "10月11日 10:30", "王某", "短了一小时"],
        [None, None, "米饭", 100, "10月9日 11:30", "4℃", "王某", "李某", "10月11日 11:40", "王某", "不足"],
        ["2025-10-10", "午餐", "土豆丝", "130g", "11:35", "4℃", "王某", "李某", "10月12日 12:00", "王某", None],
        [None, None, "鸡蛋汤", 125, None, "4℃", "王某", "李某", "10月12日 12:00", "王某", "没写"],
    ], ["A1:K1", "A3:A5", "B3:B5", "A6:A7", "B6:B7"])})
    write("food_sample/workbooks/留样.xlsx", {"留样": ([
        ["序号", "留样日期", "餐别", "菜名", "克数", "留样人员", "倒样时间", "处理人"],
        [1, "2025.10.13", "中餐", "宫保鸡丁", 150, "王某", "2025.10.15", "王某"],
        [2, "2025.10.13", "中餐", "豆腐汤", 150, "王某", "2025.10.14", "王某"],
    ], [])})


def meal_companion() -> None:
    """The school's list with 9.10 stored as 9.1; the parents' form with grades in other words."""
    write("meal_companion/workbooks/陪餐记录.xlsx", {"9月": ([
        wide(["示例中学学校负责人陪餐记录表"], 10),
        ["日期", "星期", "餐次", "陪餐人", "职务", "菜品", "饭菜质量", "卫生状况", "意见建议", "处理结果"],
        [9.8, "一", "午餐", "张某", "校长", "红烧肉、白菜", "优", "优", "无", None],
        [9.9, "二", "午餐", "李某", "副校长", "鸡腿、豆腐", "良", "优", "汤偏咸", "已告知厨师"],
        [9.1, "三", "午餐", "赵某", "主任", "鱼块、土豆", "良好", "优", "米饭偏硬", None],
        [9.11, "四", "午餐", None, None, "肉丸、萝卜", "优", "还行", None, None],
        [9.12, "五", "午餐", "张某", "校长", "鸡块、芹菜", "差", "优", None, None],
    ], ["A1:J1"])})
    write("meal_companion/workbooks/家长陪餐.xlsx", {"家长": ([
        wide(["家长代表陪餐记录表（午餐）"], 9),
        ["日期", "星期", "食堂卫生状况", "学生就餐秩序", "食堂员工工作", "饭菜质量", "其他情况说明", "家长签字",
         "备注"],
        ["2025年9月15日", "周一", "优秀", "良好", "好", "一般", "无", None, None],
        ["2025年9月22日", "周一", "优", "优", "优", "优", "希望增加水果", None, None],
    ], ["A1:I1"])})


def canteen_journal() -> None:
    """An opening row, sums of the month and the year, one balance wrong; a plain list under a neutral title."""
    write("canteen_journal/workbooks/食堂日记账.xlsx", {"10月": ([
        wide(["示例中学食堂日记账（2025年10月）"], 7),
        ["日期", "凭证号", "摘要", "收入", "支出", "余额", "经手人"],
        [None, None, "上月结转", None, None, 12000, None],
        ["10.9", "1", "收七年级餐费", 34320, None, 46320, "王某"],
        ["10.9", "2", "付大米、面粉款", None, 2600, 43720, "王某"],
        ["10.10", "3", "付猪肉款", None, 1200, 42250, "王某"],
        ["10.13", "4", "付蔬菜款", None, 160, 42360, "王某"],
        ["10.14", "5", "付教职工福利费", None, 500, 41860, "王某"],
        ["10.14", "6", "付燃气费", None, 860, 41000, "王某"],
        [None, None, "本月合计", 34320, 5320, 41000, None],
        [None, None, "本年累计", 234320, 205320, None, None],
    ], ["A1:G1"])})
    write("canteen_journal/workbooks/流水.xlsx", {"11月": ([
        ["日期", "摘要", "收入", "支出", "结余"],
        ["2025-11-03", "收八年级伙食费", 30000, None, 71000],
        ["2025-11-04", "付菜款", None, 2000, 69000],
        ["2025-11-03", "付食用油款", None, 750, 68250],
        ["2025-11-05", "付鸡蛋款", None, 480, 67770],
        ["2025-11-05", "付鸡蛋款", None, 480, 67290],
        ["2025-11-06", "付菜款", None, 300, 66990],
    ], [])})


def canteen_statement() -> None:
    """The numbered statement (the sums are those of a published one), month after month; income and cost in blocks."""
    def numbered(month: str, rows: Rows) -> tuple[Rows, Sequence[str]]:
        return ([
            ["食堂经营情况公示表", None, None],
            ["食堂性质：自营", month, "单位：元"],
            ["项目", "本月金额", "本年累计金额"],
            *rows,
            ["注：本表于每月15日前公示", None, None],
            ["编制人：", "审核人：", "单位（盖章）"],
        ], ["A1:C1"])  # fmt: skip

    november: Rows = [
        ["一、伙食费收入", 218003.72, 1905003.72],
        ["二、伙食费支出", 162886.52, 1462886.52],
        ["1菜品", 78000, 700000],
        ["2米/油", 31000.52, 280886.52],
        ["3调味品", 6000, 54000],
        ["4其他物料", 2886, 26000],
        ["5燃气", 9000, 81000],
        ["6水电", 4000, 33000],
        ["7工资", 32000, 288000],
        ["三、税金及附加", None, None],
        ["四、管理费用", 62179.5, 520000],
        ["1办公费", 500, 4000],
        ["2工资", 40000, 340000],
        ["3社保", 15000, 130000],
        ["4维修", 3679.5, 26000],
        ["5折旧", 2000, 16000],
        ["6其他", 1000, 4000],
        ["五、财务费用", 0, 0],
        ["1利息收入", 0, 0],
        ["2手续费", 0, 0],
        ["六、营业利润", -7062.3, -77882.8],
        ["八、净利润", -7062.3, -77882.8],
        ["九、营业利润率", "-3.24%", "-4.09%"],
    ]
    october = [[row[0], None if row[1] is None else row[1], None if row[2] is None else row[2]] for row in november]
    october = [[item, month, None if year is None or isinstance(year, str) else round(year - (now or 0), 2)]
               for (item, month, year), now in zip(october, (row[1] if not isinstance(row[1], str) else 0
                                                            for row in november), strict=True)]  # fmt: skip
    october[2][1] = 87000  # 78000 with its digits turned round
    october[-1] = ["九、营业利润率", -0.0342, None]
    december = [list(row) for row in november[:-3]]
    december[0][2] = 2123007.44 + 1000
    write("canteen_statement/workbooks/11月公示.xlsx", {"11月": numbered("2025年11月", november)})
    write("canteen_statement/workbooks/10月公示.xlsx", {"10月": numbered("2025年10月", october)})
    write("canteen_statement/workbooks/12月公示.xlsx", {"12月": numbered("2025年12月", december[:1])})
    write("canteen_statement/workbooks/9月收支.xlsx", {"9月": ([
        ["学校食堂成本核算（收支结余）公示报表", None, None, None],
        ["2025年9月", None, None, "单位：元"],
        ["类别", "项目", "金额", "备注"],
        ["收入", "学生伙食费", 186160, None],
        [None, "教职工伙食费", 9100, None],
        [None, "小计", 195260, None],
        ["支出", "原材料成本", 128000, None],
        [None, "动力成本", 12000, None],
        [None, "员工成本", 46000, None],
        [None, "运营成本", 5000, None],
        [None, "小计", 190000, "少加 1000"],
        [None, "收支结余", 5260, None],
    ], ["A1:D1", "A4:A6", "A7:A11"])})
    write("canteen_statement/workbooks/成本核算.xlsx", {"学期": ([
        wide(["示例中学食堂成本核算公示报表"], 9),
        ["月份", "就餐人数", "收入", None, None, "支出", None, None, "收支两抵"],
        [None, None, "学生伙食费", "教师伙食费", "其他", "原材料成本", "动力成本", "其他", None],
        ["2025年2月", 28640, 186160, 9100, 300, 128000, 12000, 900, 54660],
        ["2025年3月", 30120, 195780, 9300, 0, 135000, 12500, 1000, 56850],
    ], ["A1:I1", "A2:A3", "B2:B3", "C2:E2", "F2:H2", "I2:I3"])})  # fmt: skip


def food_safety_log() -> None:
    """A day's list of items; a week's report; a month's meetings."""
    write("food_safety_log/workbooks/日管控.xlsx", {"10.9": ([
        wide(["每日食品安全检查记录"], 6),
        wide(["检查人：张某", None, "职务：食品安全员", None, "检查日期：2025年10月9日"], 6),
        ["序号", "检查项目", "检查事项", "检查情况", "存在主要问题", "处置结果"],
        [1, "从业人员", "从业人员持有效健康证上岗", "是", None, None],
        [2, None, "晨检记录完整", "√", None, None],
        [3, "原料控制", "食材索证索票齐全", "否", "牛奶缺检验报告", "已索取"],
        [4, None, "库房食品无过期变质", "×", None, None],
        [5, "加工制作", "生熟分开，食品烧熟煮透", "是", None, None],
    ], ["A1:F1", "B4:B5", "B6:B7"])})  # fmt: skip
    write("food_safety_log/workbooks/勾选.xlsx", {"10.10": ([
        wide(["每日食品安全检查记录（2025年10月10日）"], 6),
        ["序号", "检查内容", "检查结果", None, "存在问题", "处理结果"],
        [None, None, "是", "否", None, None],
        [1, "食品留样符合要求", "√", None, None, None],
        [2, "餐用具消毒到位", None, "√", "3 号柜没有消毒", "已重新消毒"],
        [3, "库房防鼠设施完好", None, "√", "挡鼠板缺失", None],
    ], ["A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:F3"])})
    write("food_safety_log/workbooks/周排查月调度.xlsx", {
        "周排查": ([
            wide(["每周食品安全排查治理报告"], 7),
            ["周次", "排查时间", "排查人", "风险隐患", "整改措施", "责任人", "完成情况"],
            ["第6周", "2025-10-10", "李某", "留样冰箱温度偏高", "调低温度", "王某", "已完成"],
            ["第7周", "2025-10-17", "李某", "无", None, None, None],
            ["第8周", "2025-10-24", "李某", "操作间防鼠板缺失", None, "王某", None],
        ], ["A1:G1"]),
        "月调度": ([
            wide(["每月食品安全调度会议纪要"], 5),
            ["会议时间", "主持人", "参会人员", "食品安全总监汇报", "下月工作重点"],
            ["2025-10-31", "校长", "王某、李某", "本月食堂排查隐患 2 条，已整改 1 条", "防鼠设施"],
        ], ["A1:E1"]),
    })  # fmt: skip


def staff_health() -> None:
    """As of 12 September 2025: one certificate has run out, one is about to; a number twice."""
    write("staff_health/workbooks/健康证.xlsx", {"Sheet1": ([
        wide(["食堂从业人员健康证登记表"], 8),
        ["序号", "姓名", "性别", "岗位", "健康证号", "发证日期", "有效期至", "培训日期"],
        [1, "王某一", "男", "厨师", "JK2025001", "2025.3.1", "2026.2.28", "2025-08-28"],
        [2, "李某二", "女", "帮厨", "JK2024009", "2024-09-05", "2025-09-04", "2025-08-28"],
        [3, "赵某三", "女", "面点", "JK2024010", "2024-10-01", "2025-09-30", "2025-08-28"],
        [4, "钱某四", "女", "洗消", "JK2025001", "2025-03-01", "2026-02-28", "2025-08-28"],
    ], ["A1:H1"])})
    write("staff_health/workbooks/从业人员.xlsx", {"台账": ([
        ["人员姓名", "工种", "健康证编号", "体检日期", "到期日期", "备注"],
        ["孙某五", "仓管", "JK2025020", "2025-06-10", "2024-06-09", "年份写错"],
    ], [])})


def survey() -> None:
    """Rates that count 基本满意 and one that does not; more returned than sent, options that do not add up."""
    write("survey/workbooks/满意度.xlsx", {"学生": ([
        wide(["2025年秋季食堂满意度测评汇总表（学生）"], 9),
        ["序号", "题目", "发放", "回收", "满意", "基本满意", "不满意", "满意率(%)", "备注"],
        [1, "饭菜口味", 400, 390, 300, 80, 10, 97.44, None],
        [2, "饭菜分量", 400, 390, 310, 70, 10, 97.44, None],
        [3, "食堂卫生", 400, 390, 350, 30, 15, 97.44, "相加 395"],
        [4, "服务态度", 400, 410, 380, 20, 10, 92.68, "回收多"],
        [5, "饭菜价格", 400, 390, 300, 60, 30, 95, "率错"],
    ], ["A1:I1"])})
    write("survey/workbooks/家长问卷.xlsx", {"家长": ([
        wide(["家长满意度调查统计"], 7),
        ["调查项目", "回收份数", "非常满意", "满意", "一般", "不满意", "满意度"],
        ["食堂环境", 200, 120, 60, 15, 5, 0.9],
        ["食品安全", 200, 130, 60, 8, 2, 0.95],
        ["信息公开", 200, 100, 80, 15, 5, 0.9],
    ], ["A1:G1"])})


def main() -> None:
    """Write all of them."""
    for make in (meal_daily, meal_fee, meal_price, food_receipt, food_issue, food_stock, food_sample, meal_companion,
                 canteen_journal, canteen_statement, canteen_halves, food_safety_log, staff_health, survey):  # fmt: skip
        make()


if __name__ == "__main__":
    main()
