"""年终决算: what the notebook calls; from the inbox to ledgers, the working papers of the year end, and lists."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from houqin.display import Chart
from houqin.jobs.making import SUMMARIES, Product, Recipe, make_job
from houqin.report.figures import Figure
from houqin.report.settlement import write_settlement

if TYPE_CHECKING:
    from houqin.jobs.making import Material, Outcome
    from houqin.report.settlement import Written

SUMMARY = f"{SUMMARIES}/年终决算.xlsx"
NOTES = {SUMMARY: "工作底稿：第一张是校长一页纸，后面是各张底稿、勾稽检查、问题清单和台账"}
SHOWN = ("t_income", "t_expense", "t_close", "in_total", "ex_total", "surplus", "assets_total", "d_rest")


def year_end_settlement(
    *, school: str, out: str, fiscal_year: int | None = None, as_of: str | None = None, unit: str = "元"
) -> Outcome:
    """Make the settlement of one school's fiscal year and give what the notebook shows; see `make_job`."""
    values: dict[str, Any] = {
        "school": school, "out": out, "fiscal_year": fiscal_year, "as_of": as_of, "unit": unit,
    }  # fmt: skip
    return make_job(RECIPE, values)


def _make(material: Material) -> Product:
    plan, result = material.plan, material.result
    written = write_settlement(
        material.folder / SUMMARY, result, forms=material.forms, school=plan.school,
        year=int(plan.chosen["fiscal_year"]), as_of=plan.as_of, unit=str(plan.chosen["unit"]), run=material.told,
        copies=material.copies, before=material.before,
    )  # fmt: skip
    return Product(_figures(written), Chart("", ""), written.findings)


def _figures(written: Written) -> tuple[Figure, ...]:
    shown = []
    for line in SHOWN:
        title, value = written.figures.get(line, (line, None))
        note = "未核（缺资料）" if value is None else ""
        shown.append(Figure(line, title, value, "元", "money", note, "trial_balance"))
    counts = {word: sum(each.verdict == word for each in written.checks) for word in ("✓ 通过", "✗ 不符", "? 未核")}
    note = "，".join(f"{word[2:]} {count} 项" for word, count in counts.items())
    shown.append(Figure("checks", "勾稽检查", Decimal(len(written.checks)), "项", "count", note, ""))
    return tuple(shown)


RECIPE = Recipe("year-end-settlement", _make, NOTES, "年终决算")
