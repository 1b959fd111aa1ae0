"""What a list of the bureau's workbook says of the rows that it has no room for: never are they left out in silence."""

from __future__ import annotations

DATA = "99技术文件/局汇总.sqlite3"


def rest_line(rest: int, what: str = "所", first: str = "要处理的") -> list[str]:
    """Give the line that tells how many more there are and where; none where nothing is left out."""
    return [f"学校太多，这里先列{first}；另有 {rest} {what}在《{DATA}》里。"] if rest > 0 else []
