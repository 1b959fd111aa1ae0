"""A school with ledgers, made here without reading a workbook: what the tests of report/ work on."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd

from houqin.exact import scaled
from houqin.forms import TYPES, Field, Form, Forms
from houqin.model import Addresses, Ledger
from houqin.school import School, SchoolClass, Standard

# form: title, plan items, then each field as id=title:type (text where no type is said)
FORMS = {
    "stock_balance": (
        "物资收发存汇总表",
        ("四1", "四17"),
        ("category=类别 name=物品名称 spec=规格型号 uom=单位 open_qty=期初结存/数量:quantity "
        "open_price=期初结存/单价:price open_amt=期初结存/金额:money in_qty=本期入库/数量:quantity "
        "in_price=本期入库/单价:price in_amt=本期入库/金额:money out_qty=本期出库/数量:quantity "
        "out_price=本期出库/单价:price out_amt=本期出库/金额:money close_qty=期末结存/数量:quantity "
        "close_price=期末结存/单价:price close_amt=期末结存/金额:money min_qty=最低库存:quantity remark=备注"),
    ),
    "stock_issue": (
        "班级物品领用签收表",
        ("四1",),
        ("out_date=领用日期:date class=班级:class dept=部门 name=物品名称 spec=规格型号 uom=单位 qty=数量:quantity "
        "use=用途 receiver=领用人 issuer=发放人 remark=备注"),
    ),
    "desks": (
        "班级桌凳统计表",
        ("四4", "四5"),
        ("grade=年级:grade class=班级:class teacher=班主任 pupils=班级人数:count desk_have=课桌/现有:count "
        "chair_have=凳子/现有:count desk_ok=课桌/完好:count chair_ok=凳子/完好:count desk_bad=课桌/损坏:count "
        "chair_bad=凳子/损坏:count remark=备注"),
    ),
    "meal_registration": (
        "就餐人数登记表",
        ("四6",),
        ("grade=年级:grade class=班级:class teacher=班主任 enrolled=班级人数:count boarders=住校生:count "
        "day_pupils=走读生:count breakfast=早餐:count lunch=午餐:count dinner=晚餐:count not_eat=不就餐:count "
        "special=特殊饮食 remark=备注"),
    ),
    "uniform_order": (
        "校服尺码登记表",
        ("四7",),
        ("class=班级:class pupil=姓名 stu_no=学号:code sex=性别:sex height=身高:quantity weight=体重:quantity "
        "summer_size=夏装/尺码:size summer_qty=夏装/套数:count autumn_size=春秋装/尺码:size "
        "autumn_qty=春秋装/套数:count winter_size=冬装/尺码:size winter_qty=冬装/套数:count amount=金额:money "
        "voluntary=是否自愿订购 remark=备注"),
    ),
    "repair": (
        "设施检修登记表",
        ("四2",),
        ("report_date=报修日期:date room=地点 device=设备名称 qty=数量:quantity fault=故障情况 reporter=报修人 "
        "fixer=维修人 fix_date=维修日期:date parts=更换配件 parts_qty=配件数量:quantity price=单价:price "
        "amount=金额:money state=完成情况 checker=验收人 remark=备注"),
    ),
    "budget_execution": (
        "预算执行进度表",
        ("三(三)3", "四14"),
        ("code=科目编码:code subject=科目名称 project=项目名称 initial=年初预算数:money adjust=调整数:money "
        "full=全年预算数:money issued=已下达指标:money month=本月支出:money total=累计支出:money rate=执行率:percent "
        "time_rate=序时进度:percent left=可用余额:money remark=备注"),
    ),
    "asset_register": (
        "固定资产台账",
        ("四16", "三(二)1"),
        ("asset_no=资产编号:code class_code=分类代码:code asset_name=资产名称 spec=规格型号 uom=计量单位 "
        "qty=数量:quantity price=单价:price cost=账面原值:money status=使用状况 place=存放地点"),
    ),
}
GRADES = ("七年级", "八年级", "九年级")
AS_OF = "2025-09-05"


def forms() -> Forms:
    """Give the eight forms, as far as reports look at them."""
    return Forms(by_id={form_id: _form(form_id) for form_id in FORMS}, tie_outs=(), digest="f" * 64)


def school(**changes: object) -> School:
    """Give a school of nine classes, with standards; keyword arguments replace settings."""
    classes = tuple(
        SchoolClass(f"{grade}({n})班", grade, n, 44 + (2 * g + n) % 4, building="教学楼", floor=g + 1)
        for g, grade in enumerate(GRADES)
        for n in (1, 2, 3)
    )
    settings: dict[str, object] = {
        "folder": Path("示例中学"), "name": "示例中学", "system": "six_three", "school_year": "2025-2026",
        "semester": 1, "term_start": "2025-09-01", "term_end": "2026-01-30", "classes": classes,
        "posts": {"后勤主任": "后勤服务中心主任", "分管副校长": "分管副校长", "校长": "校长"},
        "standards": (
            Standard("扫帚", "", "把", "班", Decimal(4), Decimal(10), Decimal("8.5"), "30201 办公费"),
            Standard("粉笔", "白色", "盒", "班", Decimal(5), Decimal(20), None, "30201 办公费"),
            Standard("A4复印纸", "70g", "包", "校", Decimal(120), Decimal(30), Decimal(21), "30201 办公费"),
            Standard("垃圾桶", "", "个", "班", Decimal(1), None, Decimal("15.8"), "30201 办公费"),
            Standard("灯管", "T8", "支", "年级", Decimal(10), Decimal(5), Decimal(18), "30213 维修(护)费"),
        ),
        "goods_aliases": {"复印纸A4": "A4复印纸"},
        "thresholds": {"spare_desks": Decimal(1), "class_size_gap": Decimal(2), "progress_gap": Decimal(10),
                       "repair_open_days": Decimal(7), "first_page_findings": Decimal(20)},
        "uniform_prices": {"夏装": Decimal(60), "春秋装": Decimal(95), "冬装": Decimal(140)},
        "conversions": {("粉笔", "箱"): Decimal(50)},
        "is_example": True,
    }  # fmt: skip
    return School(**{**settings, **changes})  # type: ignore[arg-type]


def ledger(form_id: str, rows: list[dict[str, object]], *, pending: tuple[int, ...] = (), file: str = "") -> Ledger:
    """Give a ledger from literal rows: numbers as text or int, blanks left out; `pending` names rows from 0."""
    form = _form(form_id)
    columns = {each.id: _series([row.get(each.id) for row in rows], each) for each in form.fields}
    frame = pd.DataFrame(columns)
    frame["pending"] = pd.Series([i in pending for i in range(len(rows))], dtype=bool)
    name = file or f"{form.title}.xlsx"
    sources = pd.DataFrame(
        {
            "file": pd.Series([name] * len(rows), dtype=object),
            "sheet": pd.Series(["Sheet1"] * len(rows), dtype=object),
            "row": pd.Series(range(5, len(rows) + 5), dtype="int64"),
            "cell": pd.Series([f"A{i + 5}" for i in range(len(rows))], dtype=object),
        }
    )
    lines = np.arange(5, len(rows) + 5)
    cells = {each.id: Addresses(lines, np.full(len(rows), c + 1)) for c, each in enumerate(form.fields)}
    return Ledger(form_id, frame, sources, cells, pd.DataFrame(index=range(len(rows))))


def ledgers() -> dict[str, Ledger]:
    """Give ledgers of all eight forms, with a pending row in the desks and one class missing in the meals."""
    names = [each.name for each in school().classes]
    sizes = [each.pupils for each in school().classes]
    return {
        "stock_balance": ledger("stock_balance", _stock()),
        "stock_issue": ledger(
            "stock_issue",
            [{"out_date": "2025-09-01", "class": n, "name": "扫帚", "uom": "把", "qty": 2} for n in names],
        ),
        "desks": ledger("desks", _desks(names, sizes), pending=(5,)),
        "meal_registration": ledger("meal_registration", [_meals(i, n, sizes[i]) for i, n in enumerate(names[:-1])]),
        "uniform_order": ledger("uniform_order", _uniforms(names[:3], sizes)),
        "repair": ledger("repair", _repairs()),
        "budget_execution": ledger("budget_execution", _budget()),
        "asset_register": ledger("asset_register", _assets()),
    }


def _form(form_id: str) -> Form:
    title, plan, described = FORMS[form_id]
    fields = []
    for word in described.split():
        name, rest = word.split("=")
        label, _, kind = rest.partition(":")
        kind = kind or "text"
        fields.append(Field(id=name, title=label, type=kind, scale=TYPES[kind][1]))
    return Form(id=form_id, title=title, grain="", fields=tuple(fields), layouts=(), plan=plan)


def _series(values: list[object], field: Field) -> pd.Series:
    if not field.is_number:
        return pd.Series([None if v is None else str(v) for v in values], dtype=object)
    numbers = [None if v is None else scaled(Decimal(str(v)), field.scale) for v in values]
    return pd.Series(numbers, dtype="Int64")


def _stock() -> list[dict[str, object]]:
    def row(category: str, name: str, spec: str, uom: str, *stock: str, **more: object) -> dict[str, object]:
        qty, price = stock
        amount = (Decimal(qty) * Decimal(price)).quantize(Decimal("0.01"))
        known = {"category": category, "name": name, "spec": spec, "uom": uom}
        return {**known, "close_qty": qty, "close_price": price, "close_amt": str(amount), **more}

    return [
        row("卫生用品", "扫帚", "", "把", "12", "8.5", in_qty="30", in_price="8.50", in_amt="255.00"),
        row("卫生用品", "拖把", "", "把", "6", "12", min_qty="10", in_qty="20", in_price="12", in_amt="240.00"),
        row("办公用品", "粉笔", "白色", "盒", "30", "3.5", open_qty="80", out_qty="50"),
        row("办公用品", "粉笔", "白色", "箱", "1", "175"),
        row("办公用品", "复印纸A4", "70g", "包", "36", "21", open_qty="40", out_qty="4"),
        row("卫生用品", "垃圾桶", "", "个", "22", "15.8"),
        row("办公用品", "红墨水", "", "瓶", "15", "2.6", min_qty="5"),
        row("维修材料", "灯管", "T8", "支", "8.5", "18"),
    ]


def _desks(names: list[str], sizes: list[int]) -> list[dict[str, object]]:
    uneven = {0: (3, 3), 1: (-2, -2), 2: (0, -1), 3: (0, 0), 4: (-4, -4), 5: (2, 2), 6: (1, 2), 7: (-3, -2), 8: (0, 0)}
    rows: list[dict[str, object]] = []
    for i, name in enumerate(names):
        desks, chairs = sizes[i] + 1 + uneven[i][0], sizes[i] + 1 + uneven[i][1]
        rows.append(
            {"grade": GRADES[i // 3], "class": name, "teacher": "张某", "pupils": sizes[i] + (i == 4) * 3,
             "desk_have": desks + i % 2, "chair_have": chairs, "desk_ok": desks, "chair_ok": chairs,
             "desk_bad": i % 2, "chair_bad": 0}
        )  # fmt: skip
    rows.append({"class": "库房", "desk_have": 4, "chair_have": 3, "desk_ok": 4, "chair_ok": 3})
    return rows


def _meals(i: int, name: str, size: int) -> dict[str, object]:
    boarders = 10 + i
    return {
        "grade": GRADES[i // 3], "class": name, "teacher": "张某", "enrolled": size - (i == 2), "boarders": boarders,
        "day_pupils": size - boarders, "breakfast": boarders, "lunch": size - 2, "dinner": boarders + 5, "not_eat": 2,
        "special": "清真1人" if i == 3 else None,
    }  # fmt: skip


def _uniforms(names: list[str], sizes: list[int]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for c, name in enumerate(names):
        for n in range(sizes[c]):
            size = str(150 + 5 * ((n * 7 + c) % 6))
            row: dict[str, object] = {"class": name, "pupil": f"学生{c + 1}{n + 1:02d}", "stu_no": f"2025{c}{n:03d}"}
            row |= {"sex": "男" if n % 2 else "女", "height": str(150 + n % 25), "voluntary": "否" if n == 4 else "是"}
            if n != 4:
                row |= {"summer_size": size, "summer_qty": 2 if n % 9 == 0 else 1, "autumn_size": size, "autumn_qty": 1}
                row |= {"winter_size": size, "winter_qty": min(1, n % 3)}
                row["amount"] = str(_due(row))
            rows.append(row)
    return rows


def _due(row: dict[str, object]) -> int:
    return 60 * int(str(row["summer_qty"])) + 95 + 140 * int(str(row["winter_qty"]))


def _repairs() -> list[dict[str, object]]:
    return [
        {"report_date": "2025-08-20", "room": "教学楼101", "device": "灯管", "qty": 2, "fault": "不亮",
         "reporter": "李某", "fixer": "王某", "fix_date": "2025-08-22", "parts": "灯管",
         "parts_qty": 2, "price": "18", "amount": "36.00", "state": "已修"},
        {"report_date": "2025-08-25", "room": "教学楼203", "device": "空调", "qty": 1, "fault": "不制冷",
         "reporter": "李某", "amount": "260.00", "state": "待修"},
        {"report_date": "2025-09-03", "room": "教学楼305", "device": "门锁", "qty": 1, "fault": "锁芯坏",
         "state": "待料"},
        {"room": "教学楼206", "device": "风扇", "qty": 1, "fault": "×"},
    ]  # fmt: skip


def _budget() -> list[dict[str, object]]:
    def row(code: str, subject: str, project: str | None, *money: str) -> dict[str, object]:
        full, total, month = money
        left = Decimal(full) - Decimal(total)
        return {"code": code, "subject": subject, "project": project, "initial": full, "adjust": "0", "full": full,
                "month": month, "total": total, "left": str(left)}  # fmt: skip

    return [
        row("30201", "办公费", None, "86000.00", "61250.40", "8200.00"),
        row("30205", "水费", None, "24000.00", "15320.00", "1900.00"),
        row("30208", "取暖费", None, "180000.00", "72000.00", "0.00"),
        row("30213", "维修(护)费", None, "60000.00", "31800.00", "4100.00"),
        row("31002", "办公设备购置", "课桌椅更新", "120000.00", "36000.00", "0.00"),
        row("31003", "专用设备购置", "实验室设备", "90000.00", "64800.00", "12000.00"),
    ]


def _assets() -> list[dict[str, object]]:
    return [
        {"asset_no": "2023000001", "asset_name": "学生课桌", "uom": "张", "qty": 420, "price": "175",
         "cost": "73500.00", "status": "在用", "place": "教学楼"},
        {"asset_no": "2023000002", "asset_name": "学生椅", "uom": "把", "qty": 420, "price": "85", "cost": "35700.00",
         "status": "在用", "place": "教学楼"},
    ]  # fmt: skip
