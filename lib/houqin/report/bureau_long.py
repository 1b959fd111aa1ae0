"""What a list of the bureau's workbook says of the rows that it has no room for, and where its lines lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.workbook import Link, external

if TYPE_CHECKING:
    from houqin.report.bureau_facts import SchoolFacts

DATA, COLUMNS = "99技术文件/局汇总.sqlite3", "99技术文件/各校数据.parquet"


def rest_line(rest: int, what: str = "所", first: str = "要处理的") -> list[str]:
    """Give the line that tells how many more there are and where; none where nothing is left out."""
    return [f"学校太多，这里先列{first}；另有 {rest} {what}在《{DATA}》里。"] if rest > 0 else []


def run_link(each: SchoolFacts) -> Link | None:
    """Lead to the school's own summary."""
    return Link(external(each.link), "打开") if each.link else None


def return_link(each: SchoolFacts) -> Link | None:
    """Lead to the school's 退回单."""
    return Link(external(each.returned), "退回单") if each.returned else None
