"""Write 开学后勤汇总.xlsx: the head teacher's page first, results, data sheets, the technical sheet last.

The sheets are made in their order and filled from the last to the first, as the first ones refer to those after them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from houqin.report.summary_budget import write_budget
from houqin.report.summary_case import Case, Outcome, open_case
from houqin.report.summary_checks import write_findings, write_technical
from houqin.report.summary_data import SHEETS, write_data
from houqin.report.summary_desks import write_balance, write_moves
from houqin.report.summary_overview import write_overview
from houqin.report.summary_page import write_page
from houqin.report.summary_people import write_headcount, write_meals, write_uniforms
from houqin.report.summary_repairs import write_repairs
from houqin.report.summary_stock import write_stock
from houqin.report.summary_tie_outs import write_tie_outs
from houqin.workbook import Area, Workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from houqin.forms import Forms
    from houqin.report.figures import Calculations
    from houqin.school import School
    from houqin.workbook import Sheet

FIRST, OVERVIEW, TECHNICAL = "校长一页纸", "总览", "技术信息"
VERDICT_ROW = 3  # of 总览, below title and period


class Part(NamedTuple):
    """A result sheet: its name, who fills it, what it says, the form that it needs, and how it lies."""

    name: str
    fill: Callable[[Case, Sheet], None]
    says: str
    form: str = ""
    landscape: bool = False


PARTS = (
    Part("应购物资", write_stock, "按配备标准、已发和库存算出的申购数量和金额", "stock_balance", landscape=True),
    Part("班级人数对照表", write_headcount, "名册、桌凳、就餐、校服四处的人数，一班一行"),
    Part("桌凳余缺", write_balance, "每班课桌、凳子的余缺，调拨以后还缺多少", "desks", landscape=True),
    Part("桌凳调拨建议", write_moves, "从哪里调到哪里，各多少", "desks"),
    Part("就餐统计", write_meals, "各年级早、午、晚餐人数", "meal_registration"),
    Part("校服统计", write_uniforms, "各款式、尺码、性别的套数和金额", "uniform_order"),
    Part("维修", write_repairs, "未修的报修、费用和已过天数", "repair", landscape=True),
    Part("预算执行", write_budget, "执行率与序时进度", "budget_execution", landscape=True),
    Part("勾稽", write_tie_outs, "表与表之间的核对", landscape=True),
    Part("问题清单", write_findings, "要改、要确认的，逐条到单元格", landscape=True),
)


def write_summary(  # noqa: PLR0913  (all by keyword)
    path: Path,
    outcome: Outcome,
    *,
    forms: Forms,
    school: School,
    as_of: str,
    run: Mapping[str, str] | None = None,
    copies: Mapping[str, str] | None = None,
) -> Calculations:
    """Write the summary of a run and give what it was calculated from.

    `run` is what 技术信息 shows besides (运行编号, 程序版本 …), by its label.

    `copies` leads from a source's path to its marked copy below 04标注后的原表/.
    The links assume that the workbook lies in a folder beside 来源/. Raises FailedRun where it cannot be written.
    """
    title = f"{school.name}开学后勤汇总"
    with Workbook(path, title=title, example=school.is_example) as book:
        case = open_case(book, outcome, forms, school, as_of=as_of, run=run or {})
        case.copies = copies or {}
        first, overview = book.sheet(FIRST), book.sheet(OVERVIEW)
        results = [(part, book.sheet(part.name, landscape=part.landscape)) for part in PARTS]
        data = {
            form_id: book.sheet(SHEETS[form_id], role="working", landscape=True)
            for form_id in SHEETS
            if form_id in case.ledgers and form_id in forms.by_id
        }
        technical = book.sheet(TECHNICAL, role="working", landscape=True)
        case.cells["verdict"] = Area(OVERVIEW, VERDICT_ROW, 1, VERDICT_ROW, 1)
        index = [(part.name, part.says, part.form) for part in PARTS]
        index += [(sheet.name, f"{case.title_of(form_id)}的台账，一行一条记录", "") for form_id, sheet in data.items()]
        index.append((TECHNICAL, "来源文件、行数、版本", ""))
        write_data(case, data)
        # 勾稽 comes last of the results: it reads the class sizes of a sheet before it
        backwards = results[::-1]
        for part, sheet in sorted(backwards, key=lambda each: each[0].fill is write_tie_outs):
            part.fill(case, sheet)
        write_technical(case, technical)
        write_overview(case, overview, index)
        write_page(case, first)
    return case.made
