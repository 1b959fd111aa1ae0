"""Write the golden workbooks of goods, assets, desks to be moved and uniforms; see `make_workbooks` for the writer."""

from __future__ import annotations

from make_workbooks import write


def wide(row: list[object], width: int) -> list[object]:
    """Fill a row with blanks to the table's width."""
    return [*row, *[None] * (width - len(row))]


def stock_in() -> None:
    """A register with a wrong amount and an invoice claimed twice; a short list in other words."""
    write("stock_in/workbooks/入库登记.xlsx", {"9月": ([
        ["示例中学2025年9月物资入库登记表", *[None] * 12],
        ["填报单位：示例中学后勤服务中心", *[None] * 11, "单位：元"],
        ["序号", "入库日期", "单号", "物品名称", "规格型号", "单位", "数量", "单价", "金额", "供应商", "发票号码",
         "采购人", "验收人"],
        [1, "2025.9.3", "RK001", "粉笔", "白色", "盒", 100, 3.5, 350, "示例文具店", "25372000000012345678", "周一",
         "吴二"],
        [2, "2025.9.3", "RK001", "黑板擦", None, "个", 20, 6, 1200, "示例文具店", "25372000000012345678", "周一",
         "吴二"],
        [3, "2025.9.3", "RK001", "A4复印纸", "70g", "包", "30包", 18.5, 555, "示例文具店", "25372000000012345678",
         "周一", "吴二"],
        [4, "2025.9.10", "RK002", "拖把", "棉线", "把", 60, 14, 840, "示例日杂", "12345678", "周一", "周一"],
        [5, "2025.10.12", "RK005", "扫帚", None, "把", 60, 9, 540, "示例日杂", "12345678", "周一", "吴二"],
        [6, "2025.9.20", "RK003", "投影仪", None, "台", 1, 3200, 3200, "示例数码", "87654321", "周一", "吴二"],
        [7, "2024.9.20", "RK004", "插排", "五孔", "个", 10, 25, 250, "示例五金", "11223344", "周一", "吴二"],
        ["合计", None, None, None, None, None, None, None, 5855, None, None, None, None],
        ["采购人：", None, None, "验收人：", None, None, "保管员：", *[None] * 6],
    ], ["A1:M1", "A2:L2"])})  # fmt: skip
    write("stock_in/workbooks/物品购进.xlsx", {"Sheet1": ([
        ["购进日期", "品名", "规格", "计量单位", "实收数量", "进价", "总价", "供货商", "验收员", "入库人", "备注"],
        ["9月15日", "洗手液", "500ml", "瓶", 24, 8.33, 200, "示例商贸", "吴二", "郑三", None],
        ["9月15日", "洗手液", "500ml", "瓶", 24, 8.33, 200, "示例商贸", "吴二", "郑三", None],
        [None, "消毒液", "2.5L", "桶", 6, 32, 192, "示例商贸", "吴二", "郑三", None],
    ], [])}, top=1)  # fmt: skip


def purchase_plan() -> None:
    """One plan with stock and need, one application of a department with quantities only."""
    write("purchase_plan/workbooks/采购计划.xlsx", {"计划": ([
        ["2025-2026学年度第一学期办公用品采购计划表", *[None] * 10],
        ["序号", "物品名称", "规格型号", "单位", "现有库存", "需求数量", "计划采购数量", "预算单价\n（元）",
         "预算金额", "用途", "备注"],
        [1, "粉笔", "白色", "盒", 35, 120, 85, 3.5, 297.5, "教学", None],
        [2, "拖把", "棉线", "把", 10, 60, 60, 14, 840, "卫生", None],
        [3, "A4复印纸", "70g", "箱", 3, 20, 20, 150, 3000, "教学", "按整箱订货，留备用"],
        [4, "垃圾袋", None, "卷", 50, 30, None, 5, None, "卫生", None],
        [5, "碎纸机", None, "台", 0, 1, 1, 1280, 1380, "办公", None],
        ["合计", None, None, None, None, None, None, None, 5417.5, None, None],
    ], ["A1:K1"])})  # fmt: skip
    write("purchase_plan/workbooks/教务处申购单.xlsx", {"申购单": ([
        ["物品申购单", *[None] * 7],
        ["申购部门：教务处", None, None, None, "申购人：周一", None, None, "日期：2025年9月5日"],
        ["品名", "规格", "单位", "数量", "参考单价", "总价", "申购理由", "备注"],
        ["中性笔", "0.5mm", "盒", "5盒", 12, 60, "考试用", None],
        ["订书机", None, "个", 4, 15, 60, "考试用", None],
        ["订书机", None, "个", 2, 15, 30, "备用", None],
        ["申请人签字：", *[None] * 7],
    ], ["A1:H1"])})  # fmt: skip


def stocktake() -> None:
    """Gain and loss in blocks with amounts, and the short form with one signed difference."""
    write("stocktake/workbooks/期末盘点.xlsx", {"盘点表": ([
        ["示例中学库存物资盘点表", *[None] * 13],
        ["盘点日期：2025年9月30日", *[None] * 12, "单位：元"],
        ["序号", "物品名称", "规格", "单位", "单价", "帐面数", None, "实盘数", None, "盘盈", None, "盘亏", None,
         "差异原因"],
        [None, None, None, None, None, "数量", "金额", "数量", "金额", "数量", "金额", "数量", "金额", None],
        [1, "粉笔", "白色", "盒", 3.5, 35, 122.5, 35, 122.5, None, None, None, None, None],
        [2, "A4复印纸", "70g", "包", 18.5, 36, 666, 30, 555, None, None, 6, 111, None],
        [3, "扫帚", None, "把", 9, 18, 162, 20, 180, 3, 18, None, None, "上次漏记"],
        [4, "拖把", "棉线", "把", 14, 4, 56, 3, 42, 1, 14, 1, 14, "损坏"],
        [5, "水桶", None, "个", 12, 10, 120, None, None, None, None, None, None, None],
        ["合计", None, None, None, None, None, 1126.5, None, 899.5, None, 32, None, 125, None],
        ["盘点人：", None, None, None, "监盘人：", None, None, None, "保管员：", *[None] * 5],
    ], ["A1:N1", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "F3:G3", "H3:I3", "J3:K3", "L3:M3",
     "N3:N4"])})  # fmt: skip
    write("stocktake/workbooks/仓库盘存.xlsx", {"Sheet1": ([
        ["名 称", "单位", "账存", "实存", "盈亏", "原因", "盘点人"],
        ["洗手液", "瓶", 24, 22, -2, "领用未登记", "郑三"],
        ["消毒液", "桶", 6, 6, 0, None, "郑三"],
        ["垃圾袋", "卷", 53, 35, -12, "领用未登记", "郑三"],
    ], [])}, left=1)  # fmt: skip


def asset_register() -> None:
    """What the state asset system exports: stars in headers, codes of three generations, cards with faults."""
    header = ["资产编号", "资产分类代码", "资产分类名称", "*资产名称", "*取得方式", "规格型号", "品牌",
     "产品序列号(SN)",
              "*计量单位", "*数量", "*取得日期", "*财务入账日期", "投入使用日期", "*价值类型", "单价", "*账面原值(元)",
              "累计折旧(元)", "账面净值(元)", "折旧年限(年)", "已提折旧月数", "折旧状态", "*使用状况", "使用方向",
               "存放地点",
              "使用部门", "使用人", "管理部门", "采购组织形式", "经费来源", "供应商", "发票号", "会计凭证号",
               "原资产编号",
              "备注"]  # fmt: skip

    def card(start: list[object], dates: list[str], money: list[object], rest: list[object]) -> list[object]:
        tail = ["教务处", "周一", "总务处", "分散采购", "财政拨款", "示例数码", "12345678", "记-12", None, None]
        return [*start, *dates, "原值", *money, *rest, *tail]

    whole = [[header[0], *header[1:]]]
    whole += [
        card(["GZ2024001", "A02020800", "触控一体机", "触控一体机", "新购", "86寸", "示例", "SN001", "台", 1],
             ["2024-09-10", "2024-09-20", "2024-09-25"], [18000, 18000, 3250, 14750, 6, 13],
             ["计提", "在用", "自用", "七年级(1)班"]),
        card(["GZ2024002", "2010104", "台式机", "台式计算机", "购置", "i5", "示例", "SN002", "台", 1],
             ["2024-09-10", "2024-09-01", "2024-09-25"], [4500, 4500, 812.5, 3687.5, 6, 13],
             ["正常计提", "使用中", "教学", "微机室"]),
        card(["GZ2010003", "A05010202", "家具", "空调机", "调拨", "3匹", None, None, "台", 2],
             ["2010.6", "2010-07-01", "2010-07-01"], [5200, 10400, 10400, 0, 5, 60],
             ["已提足", "在用", "自用", None]),
        card(["GZ1998004", "025203", "用房", "教学楼", "自建", None, None, None, "幢", 1],
             ["1998-08", "1998-09-01", "1998-09-01"], [2000000, 2000000, 1080000, 920000, 50, 324],
             ["计提", "在用", "自用", "校内"]),
        card(["GZ2024005", "A0202", "电脑类", "电脑", "购置", None, None, None, "台", 1],
             ["2024-03-10", "2024-03-20", "2024-03-25"], [4800, 4800, 1900, 2900, 6, 19],
             ["计提", "闲置", "其他", "库房"]),
        card(["GZ2024006", "A2010105X", "电脑类", "便携式计算机", "购置", None, None, None, "台", 1],
             ["2024-03-10", "2024-03-20", "2024-03-25"], [6000, 6000, 1583.33, 4146.67, 6, 19],
             ["计提", "丢失", "自用", "财务室"]),
    ]  # fmt: skip
    write("asset_register/workbooks/卡片导出.xlsx", {"资产卡片": (whole, [])})


def asset_stocktake() -> None:
    """The official blocks with two faults and a thing without a card; a short list with results in words."""
    write("asset_stocktake/workbooks/清查盘点.xlsx", {"Sheet1": ([
        ["固定资产清查盘点表", *[None] * 17],
        ["填报单位：示例中学", *[None] * 7, "清查基准日：2025年12月31日", *[None] * 8, "单位：元"],
        ["序号", "资产编号", "资产名称", "规格型号", "单位", "账面数", None, None, None, "清查数", None, "盘盈",
         None, "盘亏",
         None, "存放地点", "使用人", "差异原因"],
        [*[None] * 5, "数量", "原值", "累计折旧", "净值", "数量", "原值", "数量", "金额", "数量", "金额", None, None,
         None],
        [1, "GZ001", "触控一体机", "86寸", "台", 1, 18000, 3250, 14750, 1, 18000, None, None, None, None, "七(1)班",
         "周一", None],
        [2, "GZ002", "台式计算机", None, "台", 1, 4500, 812.5, 3687.5, 0, 0, None, None, 1, 4500, "微机室", "吴二",
         None],
        [3, "GZ003", "学生课桌", None, "张", 50, 8750, 8750, 0, 48, 8400, None, None, 3, 350, "七(2)班", "郑三",
         "损坏"],
        [4, None, "方凳", None, "把", None, None, None, None, 5, None, 5, None, None, None, "库房", "郑三", "漏登"],
        [5, "GZ002", "文件柜", None, "个", 1, 900, 300, 500, 1, 900, None, None, None, None, "财务室", "王四", None],
        ["合计", *[None] * 5, 32150, 13112.5, 18937.5, None, 27300, None, None, None, 4850, None, None, None],
        ["盘点人：", *[None] * 5, "监盘人：", *[None] * 6, "单位负责人：", *[None] * 4],
    ], ["A1:R1", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "F3:I3", "J3:K3", "L3:M3", "N3:O3", "P3:P4", "Q3:Q4",
        "R3:R4"])})  # fmt: skip
    write("asset_stocktake/workbooks/处室盘点.xlsx", {"教务处": ([
        ["编 号", "设备名称", "型号", "帐面数量", "实物数量", "核对结果", "现状", "放置地点", "保管人", "备注"],
        ["GZ101", "打印机", "A4", 1, 1, "一致", "正常", "教务处", "周一", None],
        ["GZ102", "碎纸机", None, 1, 0, "相符", "正常", "教务处", "周一", "没找到"],
        ["GZ103", "饮水机", None, 1, None, "未盘", "待修", "教务处", "周一", None],
        ["GZ104", "保险柜", None, 1, 1, "相等", "正常", "教务处", "周一", None],
    ], [])}, top=2, left=1)  # fmt: skip


def asset_disposal() -> None:
    """An application with early disposals; a scrap list in the office's own words."""
    write("asset_disposal/workbooks/处置申请.xlsx", {"申请": ([
        ["固定资产处置申请清单", *[None] * 15],
        ["序号", "资产编号", "资产名称", "规格型号", "单位", "数量", "购置日期", "规定使用年限", "已使用年限",
         "原值", "累计折旧",
         "净值", "处置方式", "处置原因", "鉴定意见", "残值收入"],
        [1, "GZ2012001", "台式计算机", "i3", "台", 1, "2012-09-01", 6, 13, 4200, 4200, 0, "报废", "无法开机", "同意",
         50],
        [2, "GZ2022002", "打印机", "A4", "台", 1, "2022.9", "6年", "3年", 1800, 900, 900, "正常报废", None, None, 20],
        [3, "GZ2015003", "文件柜", None, "个", 2, "2015-09-01", 15, 10, 1600, 1066.67, 633.33, "报废", "锈蚀",
         "同意", 0],
        [4, "GZ2012001", "投影仪", None, "台", 1, "2012-09-01", 6, 13, 5000, 5000, 0, "扔掉", "老化", "同意", 6000],
        ["合计", *[None] * 8, 12600, 11166.67, 1533.33, None, None, None, 6070],
    ], ["A1:P1"])})  # fmt: skip
    write("asset_disposal/workbooks/报废清单.xlsx", {"2025": ([
        ["示例中学报废资产明细表", *[None] * 7],
        ["编号", "名称", "型号", "数量", "单价", "金额", "购买时间", "报废原因"],
        ["K001", "学生课桌", "单人", 30, 120, 3600, "2008年9月", "损坏严重"],
        ["K002", "学生椅", None, 30, 60, 18000, "2008年9月", "损坏严重"],
    ], ["A1:H1"])})  # fmt: skip


def asset_change() -> None:
    """Moves one by one, and the yearly roll by class in two header rows."""
    write("asset_change/workbooks/变动.xlsx", {
        "变动登记": ([
            ["2025年固定资产变动登记表", *[None] * 10],
            ["序号", "变动日期", "变动类型", "资产编号", "资产名称", "数量", "原值", "原使用部门", "现使用部门",
             "交接人",
             "批准文号"],
            [1, "2025.9.5", "购入", "GZ2025001", "触控一体机", 1, 18000, None, "七年级1班", "周一", None],
            [2, "2025.9.8", "校内调拨", "GZ2019002", "打印机", 1, 1800, "教务处", "政教处", "吴二", None],
            [3, "2025.9.8", "校内调拨", "GZ2019003", "文件柜", 1, 800, "教务处", "教务处", "吴二", None],
            [4, "2025.9.20", "报废", "GZ2012001", "台式计算机", 1, 4200, "微机室", None, "郑三", None],
            [5, "2025.9.25", "借用", "GZ2012009", "音箱", 1, 1200, "政教处", "体育组", "郑三", None],
        ], ["A1:K1"]),
        "增减变动": ([
            ["固定资产增减变动表", *[None] * 8],
            [*[None] * 8, "单位：元"],
            ["资产类别", "年初数", None, "本年增加", None, "本年减少", None, "年末数", None],
            [None, "数量", "原值", "数量", "原值", "数量", "原值", "数量", "原值"],
            ["房屋和构筑物", 3, 5000000, None, None, None, None, 3, 5000000],
            ["设备", 210, 860000, 12, 54000, 5, 21000, 217, 893000],
            ["家具和用具", 1500, 262500, 100, 17500, 30, 5250, 1570, 247750],
            ["合计", 1713, 6122500, 112, 71500, 35, 26250, 1790, 6140750],
        ], ["A1:I1", "A3:A4", "B3:C3", "D3:E3", "F3:G3", "H3:I3"]),
    })  # fmt: skip


def room_inventory() -> None:
    """A sheet a room with the room in its name, in the title, in a line above; and all rooms in one list."""

    def room(title: str, line: str | None, things: list[list[object]]) -> tuple[list[list[object]], list[str]]:
        head: list[list[object]] = [[title, *[None] * 5]]
        head += [[line, *[None] * 5]] if line else []
        return [*head, ["序号", "名 称", "规格", "单位", "数量", "状况"], *things], ["A1:F1"]

    write("room_inventory/workbooks/教室物品.xlsx", {
        "七(1)": room("教室物品清单", None, [[1, "课桌", None, "张", 45, "完好"], [2, "黑板", None, "块", 1, "裂了"]]),
        "2班": room("七年级(2)班教室物品清单", None, [[1, "课桌", None, "张", 44, "完好"], [2, "课桌", None, "张", 2,
         "坏"]]),
        "Sheet3": room("分室物品清单", "房间：物理实验室    责任人：周一", [[1, "实验桌", None, "张", None, "完好"]]),
    })  # fmt: skip
    write("room_inventory/workbooks/功能室.xlsx", {"功能室": ([
        ["功能室固定资产清单", *[None] * 7],
        ["室名", "资产编号", "物品名称", "型号", "数量", "单价", "金额", "责任人"],
        ["音乐室", "GZ301", "钢琴", "立式", 1, 12000, 12000, "周一"],
        [None, "GZ302", "音箱", None, 2, 800, 1600, "周一"],
        ["美术室", "GZ303", "画架", None, 40, 60, 240, "吴二"],
        [None, "GZ302", "展示柜", None, 1, 1500, 1500, "吴二"],
    ], ["A1:H1", "A3:A4", "A5:A6"])})  # fmt: skip


def desk_transfer() -> None:
    """Moves one by one with faults, and a register of the classes before and after in two header rows."""
    write("desk_transfer/workbooks/调拨登记.xlsx", {"调拨": ([
        ["课桌凳调拨登记表", *[None] * 6],
        ["日期", "调出班级/地点", "调入班级/地点", "物品", "数量", "经办人", "签收"],
        ["9月3日", "七(1)班", "七(2)班", "课桌", 3, "周一", None],
        ["9月3日", "库房", "八（1）班", "方凳", "5把", "周一", None],
        ["9月4日", "七(3)班", "7.3班", "课桌", 2, "周一", None],
        ["9月4日", None, "八(2)班", "茶几", None, "周一", None],
    ], ["A1:G1"])})  # fmt: skip
    write("desk_transfer/workbooks/桌椅调整.xlsx", {"Sheet1": ([
        ["各班桌椅调整情况表", *[None] * 8],
        ["班级", "原有", None, "调出", None, "调入", None, "调整后", None],
        [None, "桌子", "凳子", "桌子", "凳子", "桌子", "凳子", "桌子", "凳子"],
        ["七(1)班", 50, 50, 4, 4, None, None, 46, 46],
        ["七(2)班", 44, 44, None, None, 3, 3, 47, 48],
        ["库房", 10, 12, None, None, None, 1, 10, 13],
        ["合计", 104, 106, 4, 4, 3, 4, 103, 107],
    ], ["A1:I1", "A2:A3", "B2:C2", "D2:E2", "F2:G2", "H2:I2"])})  # fmt: skip


def uniform_size_summary() -> None:
    """Classes down and sizes across under three header rows, sizes down, and a list."""
    write("uniform_size_summary/workbooks/尺码汇总.xlsx", {
        "班级汇总": ([
            ["七年级校服尺码汇总表", *[None] * 13],
            ["班级", "夏装", None, None, None, None, None, None, "冬装", None, None, None, None, "合计"],
            [None, "男", None, None, None, "女", None, None, "男生", None, "女生", None, "小计", None],
            [None, 150, 155, "160#", "小计", 150, 155, "小计", "M", "L", "M", "L", None, None],
            ["七(1)班", 3, 10, 9, 22, 11, 12, 23, 12, 10, 13, 10, 45, 90],
            ["七(2)班", 2, 11, 10, 24, 10, 11, 21, 13, 10, 11, 10, 44, 88],
            ["合计", 5, 21, 19, 45, 21, 23, 44, 25, 20, 24, 20, 89, 178],
        ], ["A1:N1", "A2:A4", "B2:H2", "B3:E3", "F3:H3", "I2:M2", "I3:J3", "K3:L3", "M3:M4", "N2:N4"]),
        "按尺码": ([
            ["夏季校服尺码统计表", *[None] * 4],
            ["号型", "性别", "八(1)班", "八(2)班", "合计"],
            ["160/84A", "男", 10, 9, 19],
            ["165/88A", "男", 8, 9, 18],
            ["155/80A", "女", 12, None, 12],
        ], ["A1:E1"]),
    })  # fmt: skip
    write("uniform_size_summary/workbooks/一览.xlsx", {"冬季": ([
        ["冲锋衣尺码汇总", *[None] * 3],
        ["尺码", "男生", "女生", "合计"],
        ["M", 30, 28, 58],
        ["L", 25, 20, 46],
        ["特体", 1, None, 1],
        ["合计", 56, 48, 105],
    ], ["A1:D1"]), "明细": ([
        ["班级", "款式", "性别", "尺码", "套数"],
        ["七(3)班", "夏季校服", "男", "165码", 5],
        ["七(3)班", "夏季校服", "男", "165", 2],
        ["七(3)班", "毛衣", "女", "160", 4],
    ], [])})  # fmt: skip


def uniform_issue() -> None:
    """A class's list for signing, and the classes with what they got."""
    write("uniform_issue/workbooks/领取签收.xlsx", {"七(1)班": ([
        ["夏季校服发放签收表", *[None] * 8],
        ["班级：七年级(1)班", None, None, None, "发放日期：2025年9月12日", *[None] * 4],
        ["序号", "姓名", "尺码", "上衣", "裤子", "领取人签字", "调换", "调换尺码", "备注"],
        [1, "甲小一", "165码", 1, 1, None, None, None, None],
        [2, "乙小二", "155", 2, 1, None, None, None, None],
        [3, "丙小三", "160", 2, 1, None, None, None, "增订上衣一件"],
        [4, "丁小四", "165", 1, 1, None, "√", "165", None],
        [5, "甲小一", "165", 1, 1, None, None, None, None],
    ], ["A1:I1"])})  # fmt: skip
    write("uniform_issue/workbooks/发放情况.xlsx", {"Sheet1": ([
        ["校服发放情况统计", *[None] * 5],
        ["班 级", "应发套数", "实发套数", "待调换", "未领", "班主任签字"],
        ["七(1)班", 44, 40, 3, 1, None],
        ["七(2)班", 45, 40, 2, 1, None],
        ["合计", 89, 80, 5, 2, None],
    ], [])}, left=1)  # fmt: skip


def uniform_test() -> None:
    """Two reports a style, by the maker and by the school, one of them failed; a short list with other names."""
    write("uniform_test/workbooks/校服送检.xlsx", {"送检": ([
        wide(["校服送检登记表"], 10),
        wide(["填报单位：示例中学", None, None, None, "填报日期：2025年10月12日"], 10),
        ["序号", "批次", "款式", "供货单位", "送检方", "检验机构", "报告编号", "报告日期", "结论", "备注"],
        [1, "2025秋-1", "夏装", "示例服装厂", "企业", "示例纤维检验所", "XJ20250901", "2025.9.20", "合格", None],
        [2, "2025秋-1", "夏装", "示例服装厂", "学校", "示例质检院", "ZJ2025-118", "2025.10.8", "合格", None],
        [3, "2025秋-2", "冬装", "示例服装厂", "企业", "示例纤维检验所", "XJ20250917", "2025.9.25", "合格", None],
        [4, "2025秋-2", "冬装", "示例服装厂", "学校", "示例质检院", "ZJ2025-131", "2025.10.9", "不合格", "色牢度"],
    ], ["A1:J1"])})  # fmt: skip
    write("uniform_test/workbooks/学生装检验报告.xlsx", {"Sheet1": ([
        wide(["2025年学生装检验报告登记"], 6),
        ["样品名称", "生产企业", "委托单位", "检测机构", "检测报告编号", "检验结论"],
        ["春秋装", "示例制衣公司", "学校送检", "示例质检院", "Q-2025-0031", "符合"],
        ["春秋装", "示例制衣公司", "企业送检", "示例质检院", "Q-2025-0007", None],
    ], ["A1:F1"])})  # fmt: skip


def stock_card() -> None:
    """A card a good under three groups, with what was carried and a slip; a sheet named by its good; a journal."""
    groups = ["收入", None, None, "发出", None, None, "结存", None, None]
    write("stock_card/workbooks/粉笔账卡.xlsx", {
        "明细账": ([
            wide(["材料明细账"], 13),
            wide(["品名：粉笔", None, "规格：白色", None, "计量单位：盒"], 13),
            ["日期", "凭证号", "摘要", *groups, "备注"],
            [None, None, None, *["数量", "单价", "金额"] * 3, None],
            [None, None, "上年结转", *[None] * 6, 20, 3.5, 70, None],
            ["2025-09-01", "入1", "购入", 100, 3.5, 350, None, None, None, 120, 3.5, 420, None],
            ["2025-09-03", "出1", "七年级领用", None, None, None, 30, 3.5, 105, 90, 3.5, 315, None],
            ["2025-09-10", "出2", "八年级领用", None, None, None, 25, 3.5, 78.5, 65, 3.5, 227.5, "金额写反了"],
            ["2025-09-18", "出3", "九年级领用", None, None, None, 29, 3.5, 101.5, 63, 3.5, 220.5, "应是 36"],
            [None, None, "本月合计", 100, None, 350, 84, None, 285, None, None, None, None],
        ], ["A1:M1", "D3:F3", "G3:I3", "J3:L3", "A3:A4", "B3:B4", "C3:C4", "M3:M4"]),
        "扫帚": ([
            wide(["库存物资账卡"], 7),
            ["月", "日", "摘要", "收入", "发出", "结存", "经手人"],
            [9, 1, "上期结存", None, None, 12, None],
            [9, 2, "购入", 30, None, 42, "李四"],
            [None, 8, "领用", None, 6, 36, "李四"],
            [10, 9, "领用", None, 7, 31, "李四"],
        ], ["A1:G1"]),
        "Sheet3": ([
            wide(["办公用品明细账（数量金额式）"], 12),
            ["2025年", None, "摘要", "借方", None, None, "贷方", None, None, "余额", None, None],
            ["月", "日", None, *["数量", "单价", "金额"] * 3],
            [9, 5, "购入硒鼓", 5, 12, 60, None, None, None, 15, 12, 180],
            [9, 8, "教务处领用", None, None, None, 4, 12, 48, 11, 12, 132],
        ], ["A1:L1", "A2:B2", "C2:C3", "D2:F2", "G2:I2", "J2:L2"]),
    })  # fmt: skip
    write("stock_card/workbooks/出入库流水.xlsx", {"9月": ([
        wide(["2025年9月办公用品出入库明细账"], 10),
        ["日期", "物品名称", "规格", "单位", "摘要", "入库数量", "出库数量", "结存数量", "经手人", "备注"],
        ["9.1", "粉笔", "彩色", "盒", "采购", 100, None, 120, "张三", None],
        ["9.1", "A4纸", "70g", "包", "采购", 50, None, 80, "张三", None],
        ["9.3", "粉笔", "彩色", "盒", "七(1)班领", None, 5, 115, "张三", None],
        ["9.4", "A4纸", "70g", "包", "教务处领", None, "10包", 70, "张三", None],
        ["9.5", "粉笔", "彩色", "盒", "七(2)班领", None, 6, 109, "张三", None],
        ["9.8", "粉笔", "彩色", "盒", "七(3)班领", None, 120, -11, "张三", "入库没有登"],
    ], ["A1:J1"])})


def food_card() -> None:
    """In and out in one column with a word beside it; cards below one another under one title."""
    write("food_card/workbooks/食堂流水.xlsx", {"10月": ([
        wide(["食堂原材料出入库流水账"], 9),
        ["日期", "品名", "单位", "类型", "数量", "单价", "金额", "库存", "领用人"],
        ["2025-10-08", "大米", "斤", "入库", 500, 2.6, 1300, 560, None],
        ["2025-10-09", "大米", "斤", "出库", 60, 2.6, 156, 500, "孙师傅"],
        ["2025-10-09", "猪肉", "斤", "入库", 80, 14, 1120, 80, None],
        ["2025-10-09", "猪肉", "斤", "领用", 80, 14, 1210, 0, "孙师傅"],
        ["2025-10-10", "大米", "斤", "出库", 62, 2.6, 161.2, 448, "孙师傅"],
    ], ["A1:I1"])})
    write("food_card/workbooks/食堂账卡.xlsx", {"账卡": ([
        wide(["示例中学食堂出入库明细账"], 6),
        wide(["品名：鸡蛋", None, "单位：斤"], 6),
        ["日期", "摘要", "购进", "领用", "结存", "保管员"],
        ["10月8日", "期初", None, None, 35, None],
        ["10月9日", "购入", 100, None, 135, "钱五"],
        ["10月10日", "早餐用", None, 28, 107, "钱五"],
        [None] * 6,
        wide(["品名：花生油", None, "单位：桶"], 6),
        ["日期", "摘要", "购进", "领用", "结存", "保管员"],
        ["10月8日", "期初", None, None, 3, None],
        ["10月10日", "购入", 4, None, 7, "钱五"],
        ["10月11日", "领用", None, 1, 5, "钱五"],
    ], ["A1:F1"])})


def main() -> None:
    """Write all of them."""
    for make in (
        stock_in,
        stock_card,
        food_card,
        purchase_plan,
        stocktake,
        asset_register,
        asset_stocktake,
        asset_disposal,
        asset_change,
        room_inventory,
        desk_transfer,
        uniform_size_summary,
        uniform_issue,
        uniform_test,
    ):
        make()


if __name__ == "__main__":
    main()
