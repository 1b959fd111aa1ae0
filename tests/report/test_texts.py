"""问题清单 as plain text."""

from __future__ import annotations

from dataclasses import replace

from houqin.model import Finding, Level, Place
from houqin.report.texts import findings_text


def _finding(level: Level, number: int, **more: object) -> Finding:
    place = Place("收发存.xlsx", "9月", f"H{number}")
    return Finding("amount-mismatch", level, f"第 {number} 处。", place, **more)  # type: ignore[arg-type]


def test_findings_stand_by_level_and_are_numbered_through() -> None:
    """What matters most comes first, whatever order they are given in."""
    text = findings_text([_finding(Level.QUESTION, 2), _finding(Level.ERROR, 1), _finding(Level.INFO, 3)])
    assert text == (
        "问题清单\n\n共 3 条：必须改 1 条，请确认 1 条，说明 1 条。\n\n"
        "【必须改】数字或内容有错，请在原表中改正\n1. 《收发存.xlsx》“9月”H1：第 1 处。\n\n"
        "【请确认】程序不敢断定，请确认或说明\n2. 《收发存.xlsx》“9月”H2：第 2 处。\n\n"
        "【说明】只作说明，不用处理\n3. 《收发存.xlsx》“9月”H3：第 3 处。\n"
    )


def test_the_first_page_is_short_and_says_what_follows() -> None:
    """At most so many; the rest is counted by level and listed after."""
    text = findings_text([_finding(Level.ERROR, n) for n in range(1, 24)], first_page=20)
    first, rest = text.split("─" * 30)
    assert "20. 《收发存.xlsx》" in first
    assert "21. 《收发存.xlsx》" not in first
    assert "其余 3 条（必须改 3 条）见下页。" in first
    assert rest.count("《收发存.xlsx》") == 3


def test_findings_of_one_cause_say_how_many() -> None:
    """One line with a count, and the first of the other cells."""
    related = tuple(Place("收发存.xlsx", "9月", f"H{n}") for n in range(1, 9))
    text = findings_text([_finding(Level.WARNING, 1, count=8, related=related)])
    assert "（同类共 8 处，还有 H2、H3、H4、H5、H6 等）" in text


def test_a_message_that_says_how_many_is_not_told_twice() -> None:
    """共 8 处 in the sentence and again behind it would read as two counts."""
    many = replace(_finding(Level.WARNING, 1, count=8), message="H1:H8 共 8 处同样的问题。")
    assert "同类共" not in findings_text([many])


def test_no_findings_are_said_too() -> None:
    """An empty file would leave a doubt."""
    assert findings_text([]) == "问题清单\n\n没有发现问题。\n"
