"""Write the golden workbooks of goods, assets, desks to be moved and uniforms; see `make_workbooks` for the writer."""

from __future__ import annotations

from make_workbooks import write


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


def main() -> None:
    """Write all of them."""
    for make in (stock_in, purchase_plan, stocktake):
        make()


if __name__ == "__main__":
    main()
