"""What notebooks show: readable HTML, the same in text, nothing unescaped."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from decimal import Decimal

from houqin.display import Bar, Chart, Output, show_chart, show_figures, show_findings, show_outputs
from houqin.model import Finding, Level, Place


@dataclass(frozen=True)
class Figure:
    """A key figure."""

    title: str
    value: Decimal | None
    unit: str = ""
    kind: str = "count"
    note: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a job hands over, as far as it is shown."""

    figures: tuple[Figure, ...] = ()
    chart: Chart = field(default_factory=lambda: Chart("各班课桌余缺", "张"))
    findings: tuple[Finding, ...] = ()
    outputs: tuple[Output, ...] = ()
    place: str = "D:\\后勤\\output"


def finding(level: Level, message: str, cell: str = "H12") -> Finding:
    """Make a finding at a cell."""
    return Finding("amount-mismatch", level, message, Place("收发存.xlsx", "9月", cell))


def well_formed(html: str) -> ET.Element:
    """Parse a piece of HTML as XML: whatever is open is closed."""
    return ET.fromstring(f"<div>{html}</div>")  # noqa: S314  (our own HTML)


def test_figures_are_shown_as_people_write_them() -> None:
    """Thousands separated, money with two decimals, percentages; a missing workbook is no zero."""
    shown = show_figures(Outcome(figures=(
        Figure("在册学生", Decimal(1812), "人"),
        Figure("应购物资", Decimal("12860.5"), "元", "money", "12 种物品"),
        Figure("预算执行率", Decimal("0.7803"), "", "percent"),
        Figure("校服订购", None, "套"),
    )))  # fmt: skip
    cells = [cell.text or "".join(cell.itertext()) for cell in well_formed(shown.html).iter("td")]
    assert cells[0::3] == ["在册学生", "应购物资", "预算执行率", "校服订购"]
    assert cells[1::3] == ["1,812 人", "12,860.50 元", "78.03%", "未见材料"]
    assert "应购物资：12,860.50 元（12 种物品）" in repr(shown)


def test_findings_come_worst_first_and_a_screen_of_them_only() -> None:
    """Errors before questions; beyond twenty the list says how many are left, and where they are."""
    many = tuple(finding(Level.WARNING, f"第 {n} 条") for n in range(24))
    shown = show_findings(Outcome(findings=(*many, finding(Level.ERROR, "10 × 3.5 = 35，填的是 350"))))
    rows = ["".join(row.itertext()) for row in well_formed(shown.html).iter("tr")]
    assert len(rows) == 1 + 20
    assert rows[1] == "✗ 必须改《收发存.xlsx》“9月”H1210 × 3.5 = 35，填的是 350"
    assert "还有 5 条" in shown.html
    assert repr(shown).splitlines()[0] == "共 25 条：必须改 1 条，请确认 0 条，提醒 24 条，说明 0 条。"


def test_no_findings_is_said() -> None:
    """An empty table would leave the clerk wondering."""
    assert "没有发现问题" in show_findings(Outcome()).html


def test_what_the_clerk_typed_is_never_markup() -> None:
    """A cell may hold anything; it is shown and not obeyed."""
    shown = show_findings(Outcome(findings=(finding(Level.ERROR, "<script>alert(1)</script> & <b>"),)))
    assert "<script>" not in shown.html
    assert "<script>alert(1)</script> & <b>" in "".join(well_formed(shown.html).itertext())


def test_the_chart_has_a_bar_a_class_with_its_number() -> None:
    """Left of the line is what is lacking, right of it what is left over; the longest bar is the largest number."""
    chart = Chart("各班课桌余缺", "张", (Bar("七年级(1)班", 4), Bar("七年级(2)班", -2), Bar("八年级(1)班", 0)))
    root = well_formed(show_chart(Outcome(chart=chart)).html)
    space = "{http://www.w3.org/2000/svg}"
    (line,) = root.iter(f"{space}line")
    more, less, even = ({k: int(bar.get(k, "")) for k in ("x", "width")} for bar in root.iter(f"{space}rect"))
    assert more["x"] == less["x"] + less["width"] == int(line.get("x1", ""))
    assert more["width"] == 2 * less["width"]
    assert even["width"] == 0
    texts = [text.text for text in root.iter(f"{space}text")]
    assert texts == ["各班课桌余缺（张）", "七年级(1)班", "4", "七年级(2)班", "-2", "八年级(1)班", "0"]


def test_a_chart_without_its_workbook_says_so() -> None:
    """Nothing drawn and nothing said would look like a fault."""
    assert "未见材料" in show_chart(Outcome()).html


def test_files_are_links_from_where_the_notebook_lies() -> None:
    """The address is written as it is, with its Chinese, and quoted for HTML."""
    shown = show_outputs(Outcome(outputs=(Output("汇总.xlsx", "第一张是校长一页纸", '../02汇总/汇总"1".xlsx'),)))
    (link,) = well_formed(shown.html).iter("a")
    assert link.get("href") == '../02汇总/汇总"1".xlsx'
    assert link.text == "汇总.xlsx"
    assert "结果文件夹：D:\\后勤\\output" in shown.html
