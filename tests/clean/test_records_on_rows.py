"""Records on two or three rows, from the workbook to the document of `houqin clean --json`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from locate.labelled.files import workbook_of
from locate.sheets import sheet

from houqin.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from houqin.model import Grid

ON_TWO = sheet(
    """
    固定资产台账 | | | | |
    资产编号 | 资产名称 | 数量 | 单价 | 存放地点 | 使用年限
     | 规格型号 | 计量单位 | 金额 | 使用人 |
    Z001 | 电脑 | 2 | 4500 | 301室 | 6
     | 台式 | 台 | 9000 | 张三 |
    Z002 | 打印机 | 1 | 1200 | 302室 | 6
     | 激光 | 台 | 1200 | 李四 |
    合计 | | 3 | | |
     | | | 10200 | |
    """,
    "A1:F1 A2:A3 F2:F3 A4:A5 F4:F5 A6:A7 F6:F7 A8:B9",
)
ON_THREE = sheet("""
    资产编号 | 资产名称 | 数量 | 存放地点
     | 规格型号 | 计量单位 | 使用人
     | 备注 | 单价 | 金额
    Z001 | 电脑 | 2 | 301室
     | 台式 | 台 | 张三
     | | 4500 | 9000
    Z002 | 打印机 | 1 | 302室
     | 激光 | 台 | 李四
     | 新 | 1200 | 1200
""")


def _cleaned(grid: Grid, folder: Path, capsys: pytest.CaptureFixture[str]) -> dict:
    (folder / "资产.xlsx").write_bytes(workbook_of(grid))
    assert main(["clean", str(folder / "资产.xlsx"), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_two_rows_are_one_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each line's fields come from its own header row, and a record says which rows it has."""
    told = _cleaned(ON_TWO, tmp_path, capsys)
    (table,) = told["files"][0]["sheets"][0]["tables"]
    assert (table["form"], table["header_rows"], table["body_rows"]) == ("asset_register", [2, 3], [4, 9])
    assert table["total_rows"] == [8, 9]
    assert [record["rows"] for record in table["records"]] == [[4, 5], [6, 7]]
    first = table["records"][0]["values"]
    assert {name: first[name] for name in ("asset_no", "asset_name", "spec", "qty", "price", "cost", "user")} == {
        "asset_no": "Z001", "asset_name": "电脑", "spec": "台式", "qty": "2", "price": "4500", "cost": "9000",
        "user": "张三",
    }  # fmt: skip
    assert [(c["letter"], c["header"]) for c in table["columns"]][1:3] == [("B", "资产名称"), ("B", "规格型号")]


def test_totals_of_both_lines_are_checked_against_their_own_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The total of amounts stands below the amounts and not below the prices."""
    told = _cleaned(ON_TWO, tmp_path, capsys)
    assert not [finding for finding in told["findings"] if finding["code"] in {"total-mismatch", "sum-mismatch"}]


def test_a_mistake_on_the_second_row_has_that_rows_address(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A clerk looks at the cell that is named: the amount stands a row below its price."""
    text = "\n".join(
        line.replace("| 9000 |", "| 9900 |") for line in (
            "资产编号 | 资产名称 | 数量 | 单价 | 存放地点", " | 规格型号 | 计量单位 | 金额 | 使用人",
            "Z001 | 电脑 | 2 | 4500 | 301室", " | 台式 | 台 | 9000 | 张三",
            "Z002 | 打印机 | 1 | 1200 | 302室", " | 激光 | 台 | 1200 | 李四",
        )
    )  # fmt: skip
    told = _cleaned(sheet(text), tmp_path, capsys)
    assert "D4" in {finding["cell"] for finding in told["findings"] if finding["code"] == "amount-mismatch"}


def test_three_rows_are_one_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without any merge the first column, filled once in three rows, gives the beat."""
    (table,) = _cleaned(ON_THREE, tmp_path, capsys)["files"][0]["sheets"][0]["tables"]
    assert [record["rows"] for record in table["records"]] == [[4, 6], [7, 9]]
    assert [record["values"]["cost"] for record in table["records"]] == ["9000", "1200"]
    assert [record["values"]["remark"] for record in table["records"]] == [None, "新"]
