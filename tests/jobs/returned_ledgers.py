"""A small school whose ledgers are written, corrected as a clerk would, and put back into its inbox."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, NamedTuple

import openpyxl

from houqin.forms import load_forms
from houqin.jobs.places import EXAMPLE_SCHOOL
from houqin.jobs.semester_start import semester_start
from houqin.jobs.written import read_written, take_written
from houqin.pipeline import process_files
from houqin.read import read_folder, read_settings
from houqin.school import load_school

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from houqin.model import Finding
    from houqin.pipeline import Result

AS_OF = "2025-09-12"
BOOKS = {
    "9月.xlsx": (
        "9月",
        [
            ["示例中学2025年9月物资收发存"],
            ["序号", "物品名称", "规格", "单位", "期初结存", "入库数量", "出库数量", "结存", "货架"],
            [1, "粉笔", "白色", "盒", 20, 100, 85, 53, "甲"],
            [2, "扫帚", "竹", "把", 12, 60, 54, 81, "乙"],
            [3, "拖把", "棉线", "把", 4, 36, 36, 40, None],
        ],
    ),
    "领用.xlsx": (
        "发放",
        [
            ["示例中学班级物品领用表（2025年9月1日）"],
            ["班级", "粉笔", "扫帚", "拖把"],
            ["七年级(1)班", 5, 4, 2],
            ["七年级(2)班", 5, 4, 2],
            ["七年级(3)班", 5, 3, 2],
        ],
    ),
    "预算.xlsx": (
        "预算执行",
        [
            ["2025年预算执行情况表"],
            ["单位：万元"],
            ["科目", "年初预算数", "累计支出", "执行率"],
            ["30201 办公费", 12.5, 10, 80],
            ["30211 差旅费", 3, 1.5, 50],
        ],
    ),
    "报修.xlsx": (
        "报修",
        [
            ["设施报修登记表"],
            ["报修日期", "地点", "设备名称", "故障情况", "报修人", "维修人", "维修日期", "完成情况"],
            ["2025-09-02", "七年级(1)班", "灯管", "不亮", "王一", "赵师傅", "2025-09-03", "已修"],
            ["2025-09-03", "同上", "门锁", "打不开", "王二", "赵师傅", "2025-09-04", "已修"],
            ["2025-09-04", "七年级(3)班", "窗", "破", "王三", "赵师傅", "2025-09-05", "已修"],
        ],
    ),
}
STOCK, ISSUE, BUDGET, REPAIR = "物资收发存汇总表台账", "物品领用登记表台账", "预算执行进度表台账", "设施报修登记表台账"


class Written(NamedTuple):
    """The school's folder, where its results lie, and the folder of the first run."""

    school: Path
    out: Path
    run: Path

    def ledger(self, title: str) -> Path:
        """Give the ledger workbook of that title."""
        return self.run / "02汇总" / "台账" / f"{title}.xlsx"


def make_school(base: Path) -> Path:
    """Make the school's folder with its four workbooks."""
    school = base / "学校"
    (school / "收件箱").mkdir(parents=True)
    settings = (EXAMPLE_SCHOOL / "school.toml").read_text(encoding="utf-8")
    (school / "school.toml").write_text(re.sub(r"(?m)^example = .*$", "", settings), encoding="utf-8")
    for name, (title, rows) in BOOKS.items():
        book = openpyxl.Workbook()
        book.active.title = title
        for row in rows:
            book.active.append(row)
        book.save(school / "收件箱" / name)
    return school


def first_run(base: Path) -> Written:
    """Make the school and run the job once."""
    school = make_school(base)
    out = base / "结果"
    return Written(school, out, semester_start(school=str(school), out=str(out), as_of=AS_OF).folder)


def column_of(sheet: Worksheet, title: str, row: int = 5) -> int:
    """Give the column of a header, written without its line breaks."""
    return next(cell.column for cell in sheet[row] if "".join(str(cell.value).split()).startswith(title))


def row_of(sheet: Worksheet, *texts: str) -> int:
    """Give the row that holds all of these texts."""
    return next(row[0].row for row in sheet.iter_rows(min_row=6) if set(texts) <= {str(cell.value) for cell in row})


def corrected(written: Written, title: str, change: Callable[[Worksheet], object], *, who: str = "李老师") -> bytes:
    """Give a ledger of the first run as a clerk leaves it: changed, with her name, saved by another program."""
    book = openpyxl.load_workbook(written.ledger(title))
    change(book["台账"])
    guide = book["说明"]
    guide.cell(next(row[0].row for row in guide.iter_rows() if row[0].value == "更正人"), 2).value = who
    place = written.school.parent / "改.xlsx"
    book.save(place)
    return place.read_bytes()


def drop(written: Written, base: Path, files: dict[str, bytes], *, without: str = "") -> Result:
    """Put files into a copy of the inbox and take that through the flow, as the job does."""
    school = base / "学校"
    shutil.copytree(written.school, school)
    for name, data in files.items():
        (school / "收件箱" / name).write_bytes(data)
    if without:
        (school / "收件箱" / without).unlink()
    take_written(written.run.parents[2], school / "收件箱", base)
    settings = load_school(school, read_settings)
    return process_files(
        read_folder(school / "收件箱"), load_forms(), settings, AS_OF, written=read_written(base)
    )  # fmt: skip


def told(result: Result) -> list[Finding]:
    """Give what was said of the ledgers, without the summary line."""
    return [each for each in result.findings if each.code in {"ledger-unclear", "ledger-foreign"}]
