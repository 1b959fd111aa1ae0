"""问题清单 as plain text: by level, numbered, the first page short enough to read out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.model import Level

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.model import Finding, Silenced

FIRST_PAGE = 20
MEANING = {
    Level.ERROR: "数字或内容有错，请在原表中改正",
    Level.QUESTION: "程序不敢断定，请确认或说明",
    Level.WARNING: "可能有问题，请看一眼",
    Level.INFO: "只作说明，不用处理",
}


def findings_text(
    findings: Sequence[Finding],
    *,
    title: str = "问题清单",
    first_page: int = FIRST_PAGE,
    silenced: Sequence[Silenced] = (),
    copies: int = 0,
) -> str:
    """Give the list as text: the first page holds at most `first_page`, what matters most first; all others follow.

    The findings are taken in their canonical order within a level; those that were silenced stand at the end. Lines
    end in a line feed. `copies` is the number of workbooks that have a marked copy.
    """
    ordered = [f for level in Level for f in findings if f.level == level]
    tail = _silenced(silenced)
    if not ordered:
        return "\n".join([title, "", "没有发现问题。", *tail]) + "\n"
    lines = [title, "", _counts(ordered), ""]
    if copies:
        lines[3:3] = [f"“04标注后的原表”文件夹里有 {copies} 份标注过的副本：要改的格子涂了色，批注写着错在哪里。"]
    lines += _entries(ordered[:first_page], 1)
    rest = ordered[first_page:]
    if rest:
        lines += [f"其余 {len(rest)} 条（{_brief(rest)}）见下页。", "", "─" * 30, f"{title}（续）", ""]
        lines += _entries(rest, first_page + 1)
    return "\n".join([*lines[:-1], *tail]).rstrip("\n") + "\n"


def _silenced(silenced: Sequence[Silenced]) -> list[str]:
    if not silenced:
        return []
    return ["", f"【已按决定忽略】共 {len(silenced)} 条", *(f"{n}. {each.line}" for n, each in enumerate(silenced, 1))]


def _counts(findings: Sequence[Finding]) -> str:
    return f"共 {len(findings)} 条：{_brief(findings)}。"


def _brief(findings: Sequence[Finding]) -> str:
    counts = [(level, sum(f.level == level for f in findings)) for level in Level]
    return "，".join(f"{level.title} {count} 条" for level, count in counts if count)


def _entries(findings: Sequence[Finding], first: int) -> list[str]:
    lines: list[str] = []
    for number, finding in enumerate(findings, first):
        if number == first or finding.level != findings[number - first - 1].level:
            lines += [*([""] if lines else []), f"【{finding.level.title}】{MEANING[finding.level]}"]
        where = f"{finding.place.text}：" if finding.place else ""
        lines.append(f"{number}. {where}{finding.message}{_also(finding)}")
    return [*lines, ""]


def _also(finding: Finding) -> str:
    """Say how often one cause was met, and where else, briefly."""
    if finding.count <= 1:
        return ""
    cells = [place.cell for place in finding.related if place.cell]
    known = finding.place.cell if finding.place else None
    others = [cell for cell in cells if cell != known][:5]
    listed = f"，还有 {'、'.join(others)}{' 等' if len(cells) > len(others) + 1 else ''}" if others else ""
    if any(f"{finding.count} {unit}" in finding.message for unit in ("处", "条")):
        return f"（{listed.removeprefix('，')}）" if listed else ""
    return f"（同类共 {finding.count} 处{listed}）"
