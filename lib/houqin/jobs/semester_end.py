"""学期结算与公示: what the notebook calls; a semester's settlements and postings, the stocktake, printed forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from houqin.jobs.making import SUMMARIES, Product, Recipe, make_job
from houqin.jobs.posted import figures_of
from houqin.report.posts import stocktake, term
from houqin.report.prints import PRINTS_FILE, write_prints

if TYPE_CHECKING:
    from houqin.jobs.making import Material, Outcome

SUMMARY, ASSETS = f"{SUMMARIES}/学期结算与公示.xlsx", f"{SUMMARIES}/固定资产清查报告.xlsx"
NOTES = {
    SUMMARY: "第一张写明哪些公示表可以公示；后面是餐费结算、代收费、校服、采购、餐标、满意度",
    ASSETS: "资产清查的结果、盘盈盘亏表、账卡物核对；没有清查盘点表就没有这一份",
    PRINTS_FILE: "餐费退费签收表（只供内部）、盘点表、盘盈盘亏表、入库验收单等，可直接打印签字",
}


def semester_end(
    *, school: str, out: str, school_year: str | None = None, semester: int | None = None, as_of: str | None = None
) -> Outcome:
    """Make the end of one school's semester and give what the notebook shows; see `make_job`."""
    values: dict[str, Any] = {
        "school": school, "out": out, "school_year": school_year, "semester": semester, "as_of": as_of,
    }  # fmt: skip
    return make_job(RECIPE, values)


def _make(material: Material) -> Product:
    plan, result, folder = material.plan, material.result, material.folder
    told: dict[str, Any] = {"forms": material.forms, "school": plan.school, "as_of": plan.as_of}
    made: dict[str, Any] = {**told, "run": material.told, "copies": material.copies}
    case = term.write_term(folder / SUMMARY, result, **made)
    figures = figures_of(case, term.KEYS)
    if stocktake.FORM in case.ledgers:
        figures += figures_of(stocktake.write_stocktake_report(folder / ASSETS, result, **made), stocktake.KEYS)
    write_prints(folder / PRINTS_FILE, result.ledgers, **told, only_filled=True)
    return Product(figures)


RECIPE = Recipe("semester-end", _make, NOTES, term.TITLE)
