"""开学后勤汇总: what the notebook calls; from the inbox to ledgers, summary, printed forms and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.display import Bar, Chart
from houqin.jobs.filled import FILLED, Source, fill_shipped
from houqin.jobs.making import SUMMARIES, Product, Recipe, make_job
from houqin.jobs.missing import write_list
from houqin.report.figures import Calculations, key_figures
from houqin.report.prints import write_prints
from houqin.report.summary import write_summary

if TYPE_CHECKING:
    from houqin.jobs.making import Material, Outcome

SUMMARY, PRINTS = f"{SUMMARIES}/开学后勤汇总.xlsx", "03打印单据.xlsx"
MISSING = "06催交名单"
NOTES = {
    SUMMARY: "第一张是校长一页纸，后面是各项汇总、勾稽和问题清单",
    PRINTS: "采购申请、签收表、调拨单、尺码汇总、分装单、就餐汇总，可直接打印签字",
    FILLED: "报送、张贴用的固定格式的表，已按台账填好；有“说明.txt”的请看一看",
    MISSING: "哪个班还没交哪张表：文字可以直接贴到群里，另有一张表",
}


def semester_start(
    *, school: str, out: str, school_year: str | None = None, semester: int | None = None, as_of: str | None = None
) -> Outcome:
    """Make the semester's start of one school and give what the notebook shows; see `make_job`."""
    values = {"school": school, "out": out, "school_year": school_year, "semester": semester, "as_of": as_of}
    return make_job(RECIPE, values)


def _make(material: Material) -> Product:
    plan, result, forms = material.plan, material.result, material.forms
    school, as_of, folder = plan.school, plan.as_of, material.folder
    made = write_summary(
        folder / SUMMARY, result, forms=forms, school=school, as_of=as_of, run=material.told, copies=material.copies
    )
    fill_shipped(folder / FILLED, Source(result.ledgers, forms, school, as_of, material.access))
    write_list(folder / MISSING, result, forms, school, as_of=as_of)
    write_prints(folder / PRINTS, result.ledgers, forms, school=school, as_of=as_of)
    return Product(tuple(key_figures(made, result.ledgers, school)), _desk_chart(made))


def _desk_chart(made: Calculations) -> Chart:
    bars = tuple(Bar(place.name, place.desk_gap) for place in made.plan.places if not place.is_store)
    return Chart("各班课桌余缺：向右是多出，向左是缺少", "张", bars)


RECIPE = Recipe("semester-start", _make, NOTES, "")
