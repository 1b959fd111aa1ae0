"""Write the office's blank workbooks into templates/: `python tests/make_blanks.py`.

Each is what a clerk would draw by hand: title, a line for unit and date, merged headers in the form's order,
numbered rows, a total row, a line for signatures; with drop-downs and limits, for A4. Same bytes each time.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import blanks_money
import xlsxwriter
from blank_page import Page
from blank_pages_plain import PLAIN_PAGES
from blanks_goods import GOODS_PAGES
from blanks_meals import MEAL_PAGES

from houqin.forms import Field, Form, load_forms, templates_folder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

FIXED = datetime(2025, 9, 1)  # noqa: DTZ001  (a workbook's creation date has no zone)
FONT = "宋体"
GREY = "#F2F2F2"
SIZES = [*map(str, range(130, 195, 5)), "S", "M", "L", "XL", "2XL", "3XL", "特体"]
UNITS = "个 支 盒 包 箱 本 把 条 瓶 桶 卷 套 块 双 袋 提 张 台 组 件 只 米 公斤".split()  # noqa: SIM905  (words)
GRADES = ["六年级", "七年级", "八年级", "九年级"]
GOODS = "扫帚 拖把 垃圾桶 簸箕 抹布 水桶 垃圾袋 粉笔 彩色粉笔 黑板擦 洗手液 消毒液".split()  # noqa: SIM905  (words)
DEVICES = "灯管 风扇 空调 一体机 门锁 窗 插座 讲桌 黑板 暖气".split()  # noqa: SIM905  (words)
CLOSED = {"sex": ["男", "女"], "grade": GRADES}
BOUNDS = {
    "quantity": (0, "请填数字，不要写单位。"),
    "price": (0, "请填数字，不要写单位。"),
    "money": (-999999999, "请填数字，不要写“元”。"),
    "percent": (-999999999, "请填数字，不要写“%”。"),
}
LIMITS = {"pupils": 80, "enrolled": 80, "boarders": 80, "day_pupils": 80, "breakfast": 80, "lunch": 80, "dinner": 80,
          "not_eat": 80, "summer_qty": 9, "autumn_qty": 9, "winter_qty": 9, "life_years": 70}  # fmt: skip
WIDTHS = {"row-number": 5, "money": 11, "price": 9, "quantity": 8, "count": 7, "percent": 9, "date": 11, "class": 12,
          "grade": 8, "sex": 6, "size": 8, "code": 12, "choice": 9, "text": 11, "tick": 6, "place": 11}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A column: the form's field (or None), its header's levels, its width in characters."""

    field: Field | None
    path: tuple[str, ...]
    width: float


MONEY_FOOTER = ("制表人：", "审核人：", "负责人：", "制表日期：    年  月  日")
PAGES: dict[str, tuple[Page, ...]] = {
    "stock_balance": (
        Page("收发存", "物资收发存汇总表", ("填报单位（盖章）：", "填报日期：    年  月  日", "单位：元"),
             ("seq", "category", "name", "spec", "uom", "open_qty", "open_price", "open_amt", "in_qty", "in_price",
              "in_amt", "out_qty", "out_price", "out_amt", "close_qty", "close_price", "close_amt", "min_qty",
              "remark"),
             ("制表人：", "保管员：", "审核人：", "负责人："),
             ("说明：期初＋入库－出库＝结存；数量×单价＝金额。数量不同类不合计，只合计金额。没有的留空。",),
             widths={"category": 10, "name": 16, "spec": 13, "uom": 6},
             totals=("open_amt", "in_amt", "out_amt", "close_amt")),
    ),
    "stock_issue": (
        Page("领用登记", "物品领用登记表", ("填报单位（盖章）：", "学期：    学年度第  学期"),
             ("seq", "out_date", "class", "dept", "name", "spec", "uom", "qty", "use", "receiver", "issuer",
              "return_date", "sign", "remark"),
             ("保管员：", "审核人：", "负责人："),
             ("说明：班级领用填“领用班级”，处室领用填“领用部门”，二者填一个。借用的归还后填归还日期。",),
             widths={"name": 15, "use": 14}),
        Page("班级发放表", "开学物品发放签收表", ("填报单位（盖章）：", "发放日期：    年  月  日", "发放人："),
             ("seq", "class"), ("发放人：", "审核人：", "负责人："),
             ("说明：一行一个班，一列一种物品，格内填数量；没有发的留空。物品名可以改，也可以加列。",),
             rows=24, words=(*GOODS, "班主任签字", "备注"), headers={"class": "班级"}),
    ),
    "asset_register": (
        Page("固定资产台账", "固定资产台账", ("填报单位（盖章）：", "登记日期：    年  月  日", "单位：元"),
             ("seq", "asset_no", "class_code", "class_name", "asset_name", "spec", "brand", "uom", "qty", "price",
              "cost", "acc_dep", "net", "life_years", "acquire_how", "acquire_date", "book_date", "use_date", "status",
              "use_dir", "place", "dept", "user", "fund_source", "voucher", "old_no", "remark"),
             ("资产管理员：", "会计：", "审核人：", "负责人："),
             ("说明：资产编号按文本填写，一张卡片一行（课桌椅等成批的一批一行）；数量×单价＝原值，原值－累计折旧＝净值。",),
             widths={"seq": 4, "asset_no": 11, "class_code": 10, "class_name": 8, "asset_name": 12, "spec": 9,
                     "brand": 6, "uom": 5, "qty": 5, "price": 8, "cost": 9, "acc_dep": 9, "net": 9, "life_years": 6,
                     "place": 9, "acquire_how": 7, "acquire_date": 10, "book_date": 10, "use_date": 10, "status": 6,
                     "use_dir": 6, "dept": 7, "user": 6, "fund_source": 6, "voucher": 9, "old_no": 9, "remark": 6},
             totals=("cost", "acc_dep", "net")),
    ),
    "desks": (
        Page("桌椅统计", "班级桌椅统计表", ("填报单位（盖章）：", "统计日期：    年  月  日", "单位：张、把"),
             ("seq", "grade", "class", "teacher", "pupils", "desk_have", "chair_have", "desk_ok", "chair_ok",
              "desk_bad", "chair_bad", "desk_extra", "chair_extra", "desk_lack", "chair_lack", "sign", "remark"),
             ("统计人：", "审核人：", "负责人："),
             ("说明：现有＝完好＋损坏；多余与缺少只填一栏。库房、功能室也各填一行，班级栏写“库房”等。",),
             headers={"sign": "班主任签字"}, widths={"sign": 12},
             totals=("pupils", "desk_have", "chair_have", "desk_ok", "chair_ok", "desk_bad", "chair_bad", "desk_extra",
                     "chair_extra", "desk_lack", "chair_lack")),
    ),
    "meal_registration": tuple(
        Page(grade, "就餐人数登记表", (f"年级：{grade}", "填报日期：    年  月  日", "单位：人"),
             ("seq", "class", "teacher", "enrolled", "boarders", "day_pupils", "breakfast", "lunch", "dinner",
              "not_eat", "special", "sign", "remark"),
             ("年级主任：", "食堂负责人：", "审核人："),
             ("说明：住校生＋走读生＝班级人数；各餐人数不超过班级人数；民族餐、过敏请写明种类和人数。",),
             rows=12, headers={"sign": "班主任签字"}, widths={"not_eat": 10, "special": 14, "sign": 12},
             totals=("enrolled", "boarders", "day_pupils", "breakfast", "lunch", "dinner", "not_eat"))
        for grade in GRADES
    ),
    "uniform_order": (
        Page("校服征订", "校服征订登记表", ("班级：", "班主任：", "填报日期：    年  月  日", "单位：元"),
             ("seq", "pupil", "stu_no", "sex", "height", "weight", "summer_size", "summer_qty", "autumn_size",
              "autumn_qty", "winter_size", "winter_qty", "amount", "voluntary", "sign", "remark"),
             ("班主任签字：", "年级主任：", "审核人："),
             ("说明：自愿订购。不订的也登记一行，“是否自愿订购”选“否”。尺码填 165、XL 或 165/88A，特体请在备注写明。",
              "本表含学生身体数据，只在班级内部使用，不得张贴、外传。"),
             rows=50, widths={"pupil": 10, "stu_no": 13, "sign": 12, "amount": 10},
             headers={"height": "身高(cm)", "weight": "体重(kg)", "sign": "家长签字", "remark": "备注(特体)",
                      **{f"{style}_{kind}": f"校服尺码及套数/{name}/{word}"
                         for style, name in (("summer", "夏装"), ("autumn", "春秋装"), ("winter", "冬装"))
                         for kind, word in (("size", "尺码"), ("qty", "套数"))}},
             totals=("summer_qty", "autumn_qty", "winter_qty", "amount")),
    ),
    "budget_execution": (
        Page("预算执行", "预算执行进度表", ("填报单位（盖章）：", "截止日期：    年  月  日", "单位：元"),
             ("code", "subject", "project", "initial", "adjust", "full", "issued", "month", "total", "rate",
              "time_rate", "left", "remark"), MONEY_FOOTER,
             ("说明：年初预算数＋调整数＝全年预算数；执行率＝累计支出÷全年预算数×100；可用余额＝全年预算数－累计支出。",),
             headers={"rate": "执行率(%)", "time_rate": "序时进度(%)"}, widths={"subject": 18, "project": 16}),
    ),
    "repair": (
        Page("报修登记", "设施报修登记表", ("填报单位（盖章）：", "学期：    学年度第  学期", "单位：元"),
             ("seq", "report_date", "room", "device", "qty", "fault", "reporter", "fixer", "fix_date", "parts",
              "parts_qty", "price", "amount", "state", "checker", "remark"),
             ("维修负责人：", "审核人：", "负责人："),
             ("说明：修好后填维修时间和完成情况；更换配件的填名称、数量、单价、金额。",),
             widths={"room": 13, "fault": 18}, totals=("amount",)),
        Page("教室检修表", "教室设施检修表", ("填报单位（盖章）：", "检查日期：    年  月  日", "检查人："),
             ("seq", "room"), ("检查人：", "审核人：", "负责人："),
             ("说明：完好打“√”；有故障的写“×”、坏的数量或故障情况。",),
             rows=24, words=(*DEVICES, "备注"), headers={"room": "教室"}, portrait=True),
    ),
    **GOODS_PAGES,
    **PLAIN_PAGES,
    **MEAL_PAGES,
}  # fmt: skip


PAGES |= {form: tuple(Page(**each) for each in pages) for form, pages in blanks_money.PAGES.items()}


def write_blanks(folder: Path) -> list[Path]:
    """Write every blank workbook, one a form."""
    written = []
    for form in load_forms():
        path = folder / (form.workbook or f"{form.title}.xlsx")
        with xlsxwriter.Workbook(str(path)) as book:
            book.set_properties({"title": form.title, "author": "后勤服务中心", "created": FIXED})
            for page in PAGES[form.id]:
                write_page(book, form, page)
        written.append(path)
    return written


def write_page(book: Workbook, form: Form, page: Page) -> None:
    """Write one sheet from title to print set-up."""
    looks = _looks(book)
    sheet = book.add_worksheet(page.sheet)
    columns = _columns(form, page)
    for i, column in enumerate(columns):
        sheet.set_column(i, i, column.width)
    sheet.set_row(0, 34)
    sheet.merge_range(0, 0, 0, len(columns) - 1, page.title, looks["title"])
    _spread(sheet, 1, page.info, len(columns), looks=looks)
    depth = max(len(column.path) for column in columns)
    _write_header(sheet, columns, 2, depth, looks["header"])
    first = 2 + depth
    _write_body(sheet, columns, first, page.rows, looks)
    end = first + page.rows
    if page.totals:
        _write_totals(sheet, columns, page.totals, (first, end), looks)
        end += 1
    _spread(sheet, end, page.footer, len(columns), looks=looks, kind="footer")
    for i, note in enumerate(page.notes, 1):
        sheet.merge_range(end + i, 0, end + i, len(columns) - 1, note, looks["note"])
    _set_up_print(sheet, page, (first, end + len(page.notes), len(columns) - 1))


def _looks(book: Workbook) -> dict[str, Format]:
    base: dict[str, Any] = {"font_name": FONT, "font_size": 11, "valign": "vcenter"}
    boxed = {**base, "border": 1, "align": "center"}
    return {
        "title": book.add_format({**base, "font_size": 18, "bold": True, "align": "center"}),
        "info": book.add_format(base),
        "unit": book.add_format({**base, "align": "right"}),
        "header": book.add_format({**boxed, "bold": True, "bg_color": GREY, "text_wrap": True}),
        "text": book.add_format({**boxed, "text_wrap": True}),
        "code": book.add_format({**boxed, "num_format": "@"}),
        "count": book.add_format({**boxed, "num_format": "0"}),
        "quantity": book.add_format({**boxed, "align": "right"}),  # as typed: #,##0.### would show 12 as "12."
        "money": book.add_format({**boxed, "num_format": "#,##0.00", "align": "right"}),
        "percent": book.add_format({**boxed, "num_format": "0.00", "align": "right"}),
        "date": book.add_format({**boxed, "num_format": "yyyy-mm-dd"}),
        "total": book.add_format({**boxed, "bold": True, "top": 2, "num_format": "0;-0;;@"}),
        "total-money": book.add_format({**boxed, "bold": True, "top": 2, "num_format": "#,##0.00;-#,##0.00;;@",
                                        "align": "right"}),
        "footer": book.add_format({**base, "top": 0}),
        "note": book.add_format({**base, "font_size": 9, "font_color": "#595959"}),
    }  # fmt: skip


def _columns(form: Form, page: Page) -> list[Column]:
    columns = []
    for field_id in page.fields:
        each = form.field(field_id)
        header = page.headers.get(field_id, each.title)
        columns.append(Column(each, tuple(header.split("/")), page.widths.get(field_id, WIDTHS[each.type])))
    wide = {"班主任签字", "备注"}
    return [*columns, *(Column(None, tuple(word.split("/")), 13 if word in wide else 8) for word in page.words)]


def _write_header(sheet: Worksheet, columns: list[Column], top: int, depth: int, look: Format) -> None:
    """Write the levels: equal neighbours merged across, a level without one below merged down."""
    for level in range(depth):
        sheet.set_row(top + level, 22 if depth > 1 else 32)
        i = 0
        while i < len(columns):
            path = columns[i].path
            last = i
            while last + 1 < len(columns) and _same_head(columns[last + 1].path, path, level):
                last += 1
            if level < len(path):
                bottom = top + depth - 1 if level == len(path) - 1 else top + level
                _put(sheet, (top + level, i, bottom, last), path[level], look)
            i = last + 1


def _same_head(other: tuple[str, ...], path: tuple[str, ...], level: int) -> bool:
    return len(path) > level + 1 and other[: level + 1] == path[: level + 1]


def _put(sheet: Worksheet, area: tuple[int, int, int, int], text: str, look: Format) -> None:
    top, left, bottom, right = area
    if (top, left) == (bottom, right):
        sheet.write_string(top, left, text, look)
    else:
        sheet.merge_range(top, left, bottom, right, text, look)


def _write_body(sheet: Worksheet, columns: list[Column], first: int, rows: int, looks: dict[str, Format]) -> None:
    for i, column in enumerate(columns):
        kind = column.field.type if column.field else "text"
        names = {"row-number": "count", "price": "money"}
        look = looks.get(names.get(kind, kind), looks["text"])
        for row in range(first, first + rows):
            if kind == "row-number":
                sheet.write_number(row, i, row - first + 1, look)
            else:
                sheet.write_blank(row, i, None, look)
        rule = _validation(column.field) if column.field else None
        if rule:
            sheet.data_validation(first, i, first + rows - 1, i, rule)
    # A wide table is shrunk to the page's width, so its rows are drawn higher.
    height = max(21, round(sum(column.width for column in columns) / 6.2))
    for row in range(first, first + rows):
        sheet.set_row(row, height)


def _validation(each: Field) -> dict[str, Any] | None:
    """Give the drop-down or the limit of a field; lists that are not closed only warn."""
    rule: dict[str, Any] = {}
    if each.type in CLOSED or each.values:
        rule = {"validate": "list", "source": [*each.values] or CLOSED[each.type], "error_message": "请从列表里选。"}
    elif each.type == "size" or each.id == "uom":
        words = SIZES if each.type == "size" else UNITS
        rule = {"validate": "list", "source": words, "error_type": "information",
                "error_message": "列表里没有，请核对后确认。"}  # fmt: skip
    elif each.type == "count":
        limit = LIMITS.get(each.id, 9999)
        rule = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": limit,
                "error_message": f"请填 0 到 {limit} 的整数，不要写单位。"}  # fmt: skip
    elif each.type in BOUNDS:
        low, message = BOUNDS[each.type]
        rule = {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": 999999999,
                "error_message": message}  # fmt: skip
    elif each.type == "date":
        rule = {"validate": "date", "criteria": ">=", "value": date(1950, 1, 1),
                "error_message": "请填日期，例如 2025-9-1。"}  # fmt: skip
    return {"error_title": each.title.replace("/", ""), "ignore_blank": True, **rule} if rule else None


def _write_totals(
    sheet: Worksheet, columns: list[Column], totals: Sequence[str], span: tuple[int, int], looks: dict[str, Format]
) -> None:
    first, row = span
    sheet.set_row(row, 22)
    for i, column in enumerate(columns):
        each = column.field
        if each is None or each.id not in totals:
            sheet.write_blank(row, i, None, looks["total"])
            continue
        letters = xlsxwriter.utility.xl_col_to_name(i)
        look = looks["total-money" if each.type == "money" else "total"]
        sheet.write_formula(row, i, f"=SUM({letters}{first + 1}:{letters}{row})", look, 0)
    label = next(i for i, column in enumerate(columns) if column.field and column.field.id not in totals)
    last = next(i for i, column in enumerate(columns) if column.field and column.field.id in totals) - 1
    _put(sheet, (row, label, row, min(last, label + 2)), "合计", looks["total"])


def _spread(
    sheet: Worksheet, row: int, texts: tuple[str, ...], width: int, *, looks: dict[str, Format], kind: str = "info"
) -> None:
    """Put texts side by side over the width of the table, each in a merge of its share."""
    sheet.set_row(row, 24)
    bounds = [round(width * i / len(texts)) for i in range(len(texts) + 1)]
    for text, left, right in zip(texts, bounds, bounds[1:], strict=False):
        _put(sheet, (row, left, row, right - 1), text, looks["unit" if text.startswith("单位") else kind])


def _set_up_print(sheet: Worksheet, page: Page, area: tuple[int, int, int]) -> None:
    first, bottom, right = area
    sheet.set_paper(9)
    if not page.portrait:
        sheet.set_landscape()
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, first - 1)
    sheet.print_area(0, 0, bottom, right)
    sheet.freeze_panes(first, 0)
    sheet.set_footer("&C第 &P 页 共 &N 页")


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else templates_folder()
    for written_path in write_blanks(target):
        sys.stdout.write(f"{written_path.name}\n")
