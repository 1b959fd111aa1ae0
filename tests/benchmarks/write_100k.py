"""Writing 100,000 x 12 cells, each with a format: our table against plain xlsxwriter, CPU seconds, outputs compared.

python tests/benchmarks/write_100k.py [ROWS]
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter
from python_calamine import CalamineWorkbook

from houqin.workbook import CODE, COUNT, DATE, MONEY, QUANTITY, TEXT, Col, Workbook

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 3
COLUMNS = (
    Col("序", COUNT), Col("日期", DATE), Col("名称", TEXT), Col("规格", TEXT), Col("单位", TEXT), Col("数量", QUANTITY),
    Col("单价", MONEY), Col("金额", MONEY), Col("供应商", TEXT), Col("发票", CODE), Col("经手人", TEXT), Col("备注", TEXT),
)  # fmt: skip
FORMATS = ("0", "yyyy-mm-dd", "@", "@", "@", "#,##0.###", "#,##0.00", "#,##0.00", "@", "@", "@", "@")


def table(count: int) -> list[list[Any]]:
    """Give rows as a ledger has them: some columns repeat, invoices and amounts do not."""
    pick = random.Random(1)  # noqa: S311
    return [
        [
            n, f"2025-{1 + n % 12:02}-{1 + n % 28:02}", f"物品{pick.randrange(300)}", f"规格{n % 7}", "个",
            pick.randint(1, 99), Decimal(pick.randint(1, 99_999)) / 100, Decimal(pick.randint(1, 9_999_999)) / 100,
            f"供应商{n % 50}", f"INV{n:08}", "张三" if n % 2 else "李四", f"备注{n % 13}",
        ]
        for n in range(1, count + 1)
    ]  # fmt: skip


def ours(path: Path, rows: list[list[Any]]) -> None:
    """Write as the project does."""
    with Workbook(path, title="台账") as book:
        book.sheet("台账").table(1, 1, COLUMNS, rows)


def plain(path: Path, rows: list[list[Any]]) -> None:
    """Write as the library's documentation shows."""
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    sheet = book.add_worksheet("台账")
    looks = [book.add_format({"font_name": "微软雅黑", "bottom": 1, "num_format": each}) for each in FORMATS]
    for number, column in enumerate(COLUMNS):
        sheet.write_string(0, number, column.title)
    for at, row in enumerate(rows, 1):
        for number, value in enumerate(row):
            if number == 1:
                sheet.write_datetime(at, number, date.fromisoformat(value), looks[number])
            elif isinstance(value, str):
                sheet.write_string(at, number, value, looks[number])
            else:
                sheet.write_number(at, number, value, looks[number])
    book.close()


def seconds(write: Callable[[Path, list[list[Any]]], None], path: Path, rows: list[list[Any]]) -> float:
    """Give the CPU seconds of one writing."""
    start = time.process_time()
    write(path, rows)
    return time.process_time() - start


def main() -> None:
    """Print the ratio of the quickest rounds."""
    rows = table(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    with tempfile.TemporaryDirectory() as folder:
        paths = {write: Path(folder) / f"{write.__name__}.xlsx" for write in (plain, ours)}
        taken = {write: min(seconds(write, path, rows) for _ in range(ROUNDS)) for write, path in paths.items()}
        values = [CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python() for path in paths.values()]
        if values[0] != values[1]:
            raise SystemExit("the two workbooks differ: no ratio")
    print(f"plain {taken[plain]:.2f} s, ours {taken[ours]:.2f} s, ratio {taken[ours] / taken[plain]:.2f}")


if __name__ == "__main__":
    main()
