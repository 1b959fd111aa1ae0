"""Write the blanks of templates/fill: `python tests/make_fill_blanks.py`. Same bytes each time.

Each is as an office has it: title, merged headers, formulas, lines for signatures, print set-up, a stamp's
frame, a badge.
"""

from __future__ import annotations

import io
import struct
import sys
import zlib
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

FIXED = datetime(2025, 9, 1)  # noqa: DTZ001  (a workbook's creation date has no zone)
FOLDER = Path(__file__).parents[1] / "templates" / "fill"
SIZES = [*map(str, range(140, 195, 5)), "S", "M", "L", "XL", "2XL", "3XL"]
BASE = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}


class Looks:
    """The formats of a blank."""

    def __init__(self, book: Workbook) -> None:
        boxed = {**BASE, "border": 1, "align": "center"}

        def made(**more: Any) -> Format:
            return book.add_format({**boxed, **more})

        self.title = book.add_format({**BASE, "font_size": 18, "bold": True, "align": "center"})
        self.line = book.add_format(BASE)
        self.right = book.add_format({**BASE, "align": "right"})
        self.block = book.add_format({**BASE, "bold": True, "font_size": 12})
        self.header = made(bold=True, bg_color="#F2F2F2", text_wrap=True)
        self.text, self.left = made(text_wrap=True), made(text_wrap=True, align="left")
        self.count = made(num_format="0")
        self.quantity = made(align="right")  # General: #,##0.### would show 12 as "12."
        self.money = made(num_format="#,##0.00", align="right")
        self.sum = made(num_format="0", bold=True)
        self.sum_money = made(num_format="#,##0.00", bold=True, align="right")
        self.place = made(bold=True, bg_color="#DDEBF7", align="left")
        self.part = made(bold=True, bg_color="#F7F7F7")
        self.part_money = made(bold=True, bg_color="#F7F7F7", num_format="#,##0.00", align="right")
        self.part_quantity = made(bold=True, bg_color="#F7F7F7", num_format="General;-General;", align="right")
        self.percent = made(num_format="0.00%", align="right")
        self.note = book.add_format({**BASE, "font_size": 10, "text_wrap": True})


def write_blanks(folder: Path) -> list[Path]:
    """Write all; give their paths."""
    blanks: dict[str, Callable[[Workbook, Looks], None]] = {
        "校服尺码汇总表（报送）.xlsx": _sizes, "就餐人数汇总表（报送）.xlsx": _meals,
        "库存物资盘点表（存档）.xlsx": _stocktake, "食堂收支公示表（张贴）.xlsx": _canteen,
        "校服班级分装单（供厂家）.xlsx": _packing, "固定资产清查盘点表（实地盘点）.xlsx": _assets,
    }  # fmt: skip
    written = []
    for name, write in blanks.items():
        made = io.BytesIO()
        book = xlsxwriter.Workbook(made, {"in_memory": True})
        book.set_properties({"author": "houqin", "created": FIXED})
        write(book, Looks(book))
        book.close()
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(made.getvalue())
        written.append(folder / name)
    return written


def _sizes(book: Workbook, looks: Looks) -> None:
    sheet = book.add_worksheet("尺码汇总")
    sheet.set_column("A:A", 8)
    sheet.set_column("B:T", 6.3)
    _title(sheet, looks, "学生校服尺码汇总表", 20)
    for area, text in (("A2:F2", "填报单位（盖章）："), ("G2:L2", "学期："), ("M2:T2", "日期：")):
        sheet.merge_range(area, text, looks.line)
    for number, style in enumerate(("夏装", "春秋装", "冬装")):
        top = 2 + 5 * number
        sheet.merge_range(top, 0, top, 19, f"{style}（单位：套）", looks.block)
        sheet.write_row(top + 1, 0, ["性别", *SIZES, "其他", "合计"], looks.header)
        for offset, sex in enumerate(("男", "女")):
            row = top + 2 + offset
            sheet.write(row, 0, sex, looks.text)
            for column in range(1, 19):
                sheet.write_blank(row, column, None, looks.count)
            sheet.write_formula(row, 19, f"=SUM(B{row + 1}:S{row + 1})", looks.sum, 0)
        row = top + 4
        sheet.write(row, 0, "合计", looks.header)
        for column in range(1, 20):
            letter = xlsxwriter.utility.xl_col_to_name(column)
            sheet.write_formula(row, column, f"=SUM({letter}{top + 3}:{letter}{top + 4})", looks.sum, 0)
        for each in range(top, top + 5):
            sheet.set_row(each, 22)
    sheet.merge_range("A18:T18", "", looks.line)
    sheet.merge_range("A19:T19", "说明：“其他”为表中没有的尺码和特体，请另附说明。本表不含学生姓名。", looks.note)
    _signatures(sheet, looks, 20, ("经办人：", "后勤负责人：", "分管校长：", "供货单位（盖章）："), 20)
    _print(sheet, (19, 19), landscape=True)


def _meals(book: Workbook, looks: Looks) -> None:
    sheet = book.add_worksheet("就餐人数")
    for column, width in enumerate((6, 14, 10, 9, 9, 9, 9, 9, 9, 9, 16)):
        sheet.set_column(column, column, width)
    _title(sheet, looks, "就餐人数汇总表", 11)
    for area, text in (("A2:D2", "填报单位（盖章）："), ("E2:H2", "学期："), ("I2:K2", "填报日期：")):
        sheet.merge_range(area, text, looks.line)
    for area, text in (("A3:A4", "序号"), ("B3:B4", "班级"), ("C3:C4", "班主任"), ("D3:F3", "学生数"),
                       ("G3:I3", "就餐人数"), ("J3:J4", "不就餐"), ("K3:K4", "备注")):  # fmt: skip
        sheet.merge_range(area, text, looks.header)
    sheet.write_row("D4", ["班级人数", "住校", "走读", "早餐", "午餐", "晚餐"], looks.header)
    for row in range(4, 14):
        for column in range(11):
            sheet.write_blank(row, column, None, looks.count if 2 < column < 10 else looks.text)
        sheet.set_row(row, 20)
    sheet.merge_range("A15:C15", "合计", looks.header)
    for letter in "DEFGHIJ":
        sheet.write_formula(f"{letter}15", f"=SUM({letter}5:{letter}14)", looks.sum, 0)
    sheet.write_blank("K15", None, looks.text)
    sheet.set_row(14, 22)
    sheet.merge_range("A16:K16", "", looks.note)
    sheet.set_row(15, 30)
    _signatures(sheet, looks, 17, ("填表人：", "食堂负责人：", "分管校长："), 11)
    sheet.insert_textbox("I19", "盖章处", {"width": 180, "height": 90, "object_position": 2})
    sheet.data_validation("D5:J14", {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 99})
    sheet.conditional_format("H5:H14", {"type": "formula", "criteria": "=$H5>$D5",
                                        "format": book.add_format({"bg_color": "#F7C3B4"})})  # fmt: skip
    sheet.repeat_rows(2, 3)
    _print(sheet, (23, 10))


def _stocktake(book: Workbook, looks: Looks) -> None:
    sheet = book.add_worksheet("盘点表")
    for column, width in enumerate((6, 16, 14, 7, 10, 9, 12, 9, 12, 10, 14, 12)):
        sheet.set_column(column, column, width)
    sheet.insert_image("A1", "徽.png", {"image_data": io.BytesIO(_badge()), "object_position": 2})
    _title(sheet, looks, "库存物资盘点表", 12)
    for area, text in (("A2:D2", "单位名称："), ("E2:H2", "盘点基准日："), ("I2:L2", "金额单位：元")):
        sheet.merge_range(area, text, looks.line)
    for area, text in (("A4:A5", "序号"), ("B4:B5", "物品名称"), ("C4:C5", "规格型号"), ("D4:D5", "单位"),
                       ("E4:E5", "单价"), ("F4:G4", "账面"), ("H4:I4", "实盘"), ("J4:J5", "盘盈(+)盘亏(-)"),
                       ("K4:K5", "原因"), ("L4:L5", "备注")):  # fmt: skip
        sheet.merge_range(area, text, looks.header)
    sheet.write_row("F5", ["数量", "金额", "数量", "金额"], looks.header)
    kinds = ("count", "text", "text", "text", "money", "quantity", "money", "quantity", "money", "quantity", "text",
             "text")  # fmt: skip
    for row in range(6, 9):
        for column, kind in enumerate(kinds):
            sheet.write_blank(row - 1, column, None, getattr(looks, kind))
        sheet.write_formula(f"G{row}", f"=ROUND(E{row}*F{row},2)", looks.money, 0)
        sheet.write_formula(f"I{row}", f"=ROUND(E{row}*H{row},2)", looks.money, 0)
        sheet.write_formula(f"J{row}", f'=IF(H{row}="","",H{row}-F{row})', looks.quantity, "")
        sheet.set_row(row - 1, 22)
    sheet.merge_range("A9:E9", "合计", looks.header)
    for column, kind in enumerate(kinds[5:], 5):
        sheet.write_blank(8, column, None, getattr(looks, kind))
    sheet.write_formula("G9", "=SUM(G6:G8)", looks.sum_money, 0)
    sheet.write_formula("I9", "=SUM(I6:I8)", looks.sum_money, 0)
    sheet.set_row(8, 24)
    sheet.merge_range("A10:L10", "", looks.line)
    _signatures(sheet, looks, 11, ("盘点人：", "监盘人：", "保管员：", "负责人："), 12)
    sheet.merge_range("A12:L12", "注：盘盈、盘亏要写明原因；本表一式两份，一份交财务。", looks.note)
    sheet.freeze_panes(5, 0)
    sheet.repeat_rows(3, 4)
    _print(sheet, (11, 11), landscape=True)


def _packing(book: Workbook, looks: Looks) -> None:
    sheet = book.add_worksheet("分装单")
    for column, width in enumerate((6, 12, 6, 9, 6, 9, 6, 9, 6, 8, 14)):
        sheet.set_column(column, column, width)
    _title(sheet, looks, "校服班级分装单", 11)
    for area, text in (("A2:D2", "班级："), ("E2:G2", "人数："), ("H2:K2", "学期：")):
        sheet.merge_range(area, text, looks.line)
    for area, text in (("A3:A4", "序号"), ("B3:B4", "姓名"), ("C3:C4", "性别"), ("D3:E3", "夏装"), ("F3:G3", "春秋装"),
                       ("H3:I3", "冬装"), ("J3:J4", "合计（套）"), ("K3:K4", "领取签字")):  # fmt: skip
        sheet.merge_range(area, text, looks.header)
    sheet.write_row("D4", ["尺码", "套数"] * 3, looks.header)
    for row in range(5, 9):
        for column in range(11):
            sheet.write_blank(row - 1, column, None, looks.count if column in (0, 4, 6, 8) else looks.text)
        sheet.write_formula(f"J{row}", f"=SUM(E{row},G{row},I{row})", looks.count, 0)
        sheet.set_row(row - 1, 18)
    sheet.merge_range("A9:C9", "合计", looks.header)
    for column in range(3, 11):
        sheet.write_blank(8, column, None, looks.text)
    for letter in "EGIJ":
        sheet.write_formula(f"{letter}9", f"=SUM({letter}5:{letter}8)", looks.sum, 0)
    sheet.set_row(8, 22)
    note = "说明：只列订购的学生；不含证件号、电话和身高体重。特体另附量体数据，由学校单独联系。"
    sheet.merge_range("A10:K10", note, looks.note)
    _signatures(sheet, looks, 11, ("班主任：", "发放人：", "厂家代表："), 11)
    sheet.repeat_rows(2, 3)
    _print(sheet, (10, 10))
    sheet.fit_to_pages(1, 1)


def _assets(book: Workbook, looks: Looks) -> None:
    sheet = book.add_worksheet("清查盘点")
    for column, width in enumerate((6, 13, 18, 14, 6, 8, 12, 13, 10, 9, 8, 8, 14)):
        sheet.set_column(column, column, width)
    _title(sheet, looks, "固定资产清查盘点表", 13)
    for area, text in (("A2:E2", "单位名称（盖章）："), ("F2:I2", "清查基准日："), ("J2:M2", "金额单位：元")):
        sheet.merge_range(area, text, looks.line)
    for area, text in (("A3:A4", "序号"), ("B3:B4", "资产编号"), ("C3:C4", "资产名称"), ("D3:D4", "规格型号"),
                       ("E3:E4", "单位"), ("F3:G3", "账面"), ("H3:H4", "使用部门"), ("I3:I4", "使用人"),
                       ("J3:J4", "使用状况"), ("K3:K4", "实盘数量"), ("L3:L4", "盘盈(+)盘亏(-)"),
                       ("M3:M4", "原因及说明")):  # fmt: skip
        sheet.merge_range(area, text, looks.header)
    sheet.write_row("F4", ["数量", "原值"], looks.header)
    kinds = ("count", "text", "text", "text", "text", "quantity", "money", "text", "text", "text", "quantity",
             "quantity", "text")  # fmt: skip
    sheet.merge_range("A5:M5", "存放地点：", looks.place)
    for row in (6, 7):
        for column, kind in enumerate(kinds):
            sheet.write_blank(row - 1, column, None, getattr(looks, kind))
        sheet.write_formula(f"L{row}", f'=IF(K{row}="","",K{row}-F{row})', looks.quantity, "")
    for row, label, look in ((8, "小计", looks.part), (9, "合计", looks.header)):
        sheet.merge_range(f"A{row}:E{row}", label, look)
        for column in range(5, 13):
            sheet.write_blank(row - 1, column, None, looks.part_money if column == 6 else looks.part_quantity)
    for letter in "FGK":
        look = looks.part_money if letter == "G" else looks.part_quantity
        sheet.write_formula(f"{letter}9", f"=SUBTOTAL(9,{letter}5:{letter}8)", look, 0)
    for row in range(4, 9):
        sheet.set_row(row, 21)
    note = "注：一处一组，到现场逐件核对，再填“实盘数量”；盘盈、盘亏写明原因，报主管部门确认后才能调账。"
    sheet.merge_range("A10:M10", note, looks.note)
    _signatures(sheet, looks, 11, ("盘点人：", "监盘人：", "资产管理员：", "负责人："), 13)
    sheet.data_validation("K6:K7", {"validate": "decimal", "criteria": ">=", "value": 0,
                                    "error_title": "实盘数量", "error_message": "请填 0 或正数，不写单位。"})
    sheet.freeze_panes(4, 0)
    sheet.repeat_rows(2, 3)
    _print(sheet, (10, 12), landscape=True)


def _canteen(book: Workbook, looks: Looks) -> None:
    sheet = book.add_worksheet("公示表")
    for column, width in enumerate((30, 18, 18, 12, 16)):
        sheet.set_column(column, column, width)
    _title(sheet, looks, "食堂收支情况公示表", 5)
    sheet.merge_range("A2:C2", "公示月份：", looks.line)
    sheet.merge_range("D2:E2", "单位：元", looks.right)
    sheet.write_row("A3", ["项目", "本月金额", "本年累计", "占收入比例", "备注"], looks.header)
    rows = ("一、收入", "学生伙食费", "教职工伙食费", "财政补助", "利息收入", "其他收入", "二、支出", "原材料成本",
            "人工成本", "水电燃料费", "设备折旧", "维修费", "低值易耗品", "其他支出", "三、收支结余",
            "四、结余率")  # fmt: skip
    for row, label in enumerate(rows, 4):
        sheet.write(f"A{row}", label if "、" in label else f"　　{label}", looks.left)
        for letter in "BC":
            sheet.write_blank(f"{letter}{row}", None, looks.money)
        sheet.write_formula(f"D{row}", f'=IF(B$4=0,"",B{row}/B$4)', looks.percent, "")
        sheet.write_blank(f"E{row}", None, looks.text)
        sheet.set_row(row - 1, 24)
    for letter in "BC":
        for row, formula in ((4, f"SUM({letter}5:{letter}9)"), (10, f"SUM({letter}11:{letter}17)"),
                             (18, f"{letter}4-{letter}10")):  # fmt: skip
            sheet.write_formula(f"{letter}{row}", f"={formula}", looks.sum_money, 0)
        sheet.write_formula(f"{letter}19", f'=IF({letter}4=0,"",{letter}18/{letter}4)', looks.percent, "")
    sheet.write_blank("D19", None, looks.text)
    sheet.merge_range("A20:E20", "公示期：　　年　月　日至　　年　月　日　　　监督电话：", looks.line)
    _signatures(sheet, looks, 21, ("制表：", "复核：", "校长："), 5)
    sheet.merge_range("C22:E22", "", looks.right)
    sheet.merge_range("C23:E23", "", looks.right)
    _print(sheet, (22, 4))


def _title(sheet: Worksheet, looks: Looks, text: str, columns: int) -> None:
    sheet.merge_range(0, 0, 0, columns - 1, text, looks.title)
    sheet.set_row(0, 36)
    sheet.set_row(1, 22)


def _signatures(sheet: Worksheet, looks: Looks, row: int, words: Sequence[str], columns: int) -> None:
    bounds = [round(columns * at / len(words)) for at in range(len(words) + 1)]
    for word, left, right in zip(words, bounds, bounds[1:], strict=False):
        if right - left == 1:
            sheet.write(row - 1, left, word, looks.line)
        else:
            sheet.merge_range(row - 1, left, row - 1, right - 1, word, looks.line)
    sheet.set_row(row - 1, 30)


def _print(sheet: Worksheet, last: tuple[int, int], *, landscape: bool = False) -> None:
    sheet.set_paper(9)
    if landscape:
        sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, *last)
    sheet.set_footer("&C第 &P 页 共 &N 页")


def _badge() -> bytes:
    """Give a small round badge as a picture."""
    size = 40
    rows = b"".join(
        b"\0" + b"".join(_dot(x - size / 2 + 0.5, y - size / 2 + 0.5, size / 2) for x in range(size))
        for y in range(size)
    )

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def _dot(x: float, y: float, radius: float) -> bytes:
    far = (x * x + y * y) ** 0.5
    if far > radius:
        return b"\0\0\0\0"
    return b"\x1f\x4e\x79\xff" if far > radius - 3 or far < radius / 3 else b"\xdd\xeb\xf7\xff"


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    for path in write_blanks(target):
        sys.stdout.write(f"{path.name}\n")
