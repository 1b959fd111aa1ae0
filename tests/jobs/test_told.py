"""What `inspect` tells people: the rows of each table, why, and what to look at; in lines and as a picture."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest
from locate.labelled.files import workbook_of
from locate.sheets import sheet

import houqin
from houqin.cli.texts import toned
from houqin.jobs.inspection import inspect_files
from houqin.jobs.told import show_workbook, summary_lines

if TYPE_CHECKING:
    from pathlib import Path

RECEIPT = """
    物资入库单 | | | |
    供应商：绿源 | | 入库日期：2025年9月1日 | |
    品名 | 单位 | 数量 | 单价 | 金额
    一、蔬菜 | | | |
    白菜 | 斤 | 3 | 2 | 6
    <土豆> | 斤 | 4 | 2 | 8
    合计 | | 7 | | 14
    验收人： | | 经办人： | |
"""
REMARK = """
    日期 | 区域 | 方式 | 操作人 | | 说明
    9.1 | 一楼 | 84 | 张三 | | 每日填写
    9.2 | 二楼 | 84 | 李四 | |
    9.3 | 三楼 | 84 | 李四 | |
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two workbooks: a plain receipt, and a table that must be asked about."""
    (tmp_path / "入库.xlsx").write_bytes(workbook_of(sheet(RECEIPT, "A1:E1 A4:E4")))
    (tmp_path / "消毒.xlsx").write_bytes(workbook_of(sheet(REMARK)))
    return tmp_path


def test_each_row_is_told_with_its_reason(folder: Path) -> None:
    """Title, lines, header, records, category, total and signatures, in the order of the sheet."""
    lines = [line.text.strip() for line in summary_lines(inspect_files([folder / "入库.xlsx"]))]
    assert [line for line in lines if " 第 " in line] == [
        "标题  第 1 行  表头上面的一行文字",
        "说明  第 2 行  读出供应商、入库日期",
        "表头  第 3 行  多是常用的表头用语，和下面各行的内容不是一类，上面没有记录",
        "分类  第 4 行  只有一个名目，管着下面各行",
        "记录  第 5–6 行",
        "合计  第 7 行  写着“合计”",
        "说明  第 8 行  表下面的验收人、经办人",
    ]


def test_doubts_are_told_and_why(folder: Path) -> None:
    """What must be looked at stands right below the table that it is about."""
    lines = summary_lines(inspect_files([folder / "消毒.xlsx"]))
    assert lines[2].tone == "question"
    assert lines[2].text.strip().startswith("? 请核对：“说明”一列与前面隔着空列")


def test_colours_yield_to_the_wish_for_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """NO_COLOR is respected; without it a question is yellow."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert toned("请核对", "question") == "\x1b[33m请核对\x1b[0m"
    monkeypatch.setenv("NO_COLOR", "1")
    assert toned("请核对", "question") == "请核对"


def test_the_picture_shows_rows_reasons_and_doubts(folder: Path) -> None:
    """Well-formed, escaped, each row in the colour of what it was taken as, the reason beside it."""
    html = houqin.show_workbook(folder / "入库.xlsx")._repr_html_()
    rows = ET.fromstring(f"<div>{html}</div>").findall(".//tr")  # noqa: S314  (our own text)
    total = rows[7]
    assert [cell.text for cell in total.findall("td")][:2] == ["7", "合计"]
    assert total.findall("td")[-1].text == "合计：写着“合计”"
    assert "&lt;土豆&gt;" in html
    assert "隔着空列" in show_workbook(folder / "消毒.xlsx")._repr_html_()


def test_long_bodies_are_cut_in_the_picture(tmp_path: Path) -> None:
    """Of 300 records the first and the last are drawn, and the total after them."""
    rows = "\n".join(f"{n} | 粉笔 | {n}" for n in range(1, 301))
    (tmp_path / "长.xlsx").write_bytes(workbook_of(sheet(f"序号 | 名称 | 数量\n{rows}\n合计 | | 45150")))
    html = show_workbook(tmp_path / "长.xlsx")._repr_html_()
    assert "略去若干行" in html
    assert "45150" in html
    assert html.count("<tr>") < 20
