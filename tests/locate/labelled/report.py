"""The page of figures: `python tests/locate/labelled/report.py` writes it, a test holds it current."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[3]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "lib"), str(ROOT / "tests")]

from locate.labelled.compare import judge  # noqa: E402  (started as a script it must find them first)
from locate.labelled.generate import SEED, labelled_set  # noqa: E402  (started as a script it must find them first)
from locate.labelled.rivals import RIVALS, Found, is_first_table  # noqa: E402  (started as a script it must find them first)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from locate.labelled.compare import Verdict

PAGE = ROOT / "notebooks" / "说明" / "找表的准确率.md"
_TITLES = {
    "header": "表头行", "body": "记录的首行和末行", "totals": "合计、小计行", "columns": "每一列和它的表头",
    "kinds": "分类、结转、空行等每一行的性质", "unit": "金额单位", "notes": "表外的班级、日期、单号等",
}  # fmt: skip


def page() -> str:
    """Give the page."""
    verdicts = [judge(sample) for sample in labelled_set()]
    return "\n".join([*_opening(verdicts), *_by_measure(verdicts), *_by_layout(verdicts), *_against(verdicts), ""])


def _opening(verdicts: Sequence[Verdict]) -> list[str]:
    wrong = [verdict for verdict in verdicts if not verdict.all_right]
    silent = sum(1 for verdict in wrong if not verdict.asked)
    needless = sum(1 for verdict in verdicts if verdict.all_right and verdict.asked and not verdict.sample.is_dark)
    tables = sum(len(verdict.sample.tables) for verdict in verdicts)
    return [
        "# 找表的准确率",
        "",
        (
            "工作表里的表在哪、哪几行是表头、哪几行是记录、哪几行是合计，是后面一切的前提。本页的数字由 "
            "`python tests/locate/labelled/report.py` 生成，测试保证它与程序一致。"
        ),
        "",
        (
            f"标注集由 `tests/locate/labelled/` 按固定种子（{SEED}）生成：{len(verdicts)} 张工作表、{tables} 张表，"
            "版式照着学校实际用的样子混合，用词取自各种表单，也有谁的词表里都没有的词；每张表的答案在生成时就写定。"
        ),
        "",
        f"- 表头、记录、合计、列全对：**{_share(len(verdicts) - len(wrong), len(verdicts))}**。",
        f"- 错了而不提问：**{silent}** 张；错了但提了问（`unsure-table`）：{len(wrong) - silent} 张。",
        f"- 对了却也提问：{needless} 张（没有表头、整张表只是一条记录、行列倒置的不算，这几种一定要人看）。",
        "",
        "标注集是自己造的，只说明这些版式会认；真正的考验是别人的工作簿。",
        "",
    ]


def _by_measure(verdicts: Sequence[Verdict]) -> list[str]:
    rows = [
        f"| {title} | {_share(sum(v.right[name] for v in verdicts), len(verdicts))} |"
        for name, title in _TITLES.items()
    ]
    return ["## 分项", "", "| 整张工作表都对 | 比例 |", "|---|---|", *rows, ""]


def _by_layout(verdicts: Sequence[Verdict]) -> list[str]:
    all_of = Counter(verdict.sample.layout for verdict in verdicts)
    right = Counter(verdict.sample.layout for verdict in verdicts if verdict.all_right)
    rows = [f"| {layout} | {count} | {right[layout]} |" for layout, count in all_of.items()]
    return ["## 分版式", "", "| 版式 | 张数 | 全对 |", "|---|---|---|", *rows, ""]


def _against(verdicts: Sequence[Verdict]) -> list[str]:
    """Compare on what all of them give: header, first and last row of the first table."""
    samples = [verdict.sample for verdict in verdicts]
    rows = [
        f"| {name} | {_share(sum(is_first_table(s, find(s)) for s in samples), len(samples))} |"
        for name, find in RIVALS.items()
    ]
    own = sum(is_first_table(verdict.sample, _first(verdict)) for verdict in verdicts)
    return [
        "## 与常见做法相比",
        "",
        "同一批工作表，只比各家都给得出的：第一张表的表头行、记录的首行和末行（合计行算在记录里）。",
        "",
        "| 做法 | 对 |",
        "|---|---|",
        *rows,
        f"| houqin | {_share(own, len(samples))} |",
    ]


def _first(verdict: Verdict) -> Found | None:
    table = verdict.located[0] if verdict.located else None
    return Found(table.header_rows, *table.body) if table else None


def _share(part: int, whole: int) -> str:
    return f"{part} / {whole}（{part / whole:.1%}）"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
