"""Nothing that the writer drops passes unseen."""

from __future__ import annotations

import re
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

from xlsxwriter.exceptions import XlsxWriterException

from houqin.errors import FailedRun, system_reason

if TYPE_CHECKING:
    from collections.abc import Iterator

# What Excel 2010 and WPS both know; a formula with another function is refused before it reaches a clerk.
FUNCTIONS = frozenset(
    [
        "ABS",
        "AND",
        "AVERAGE",
        "AVERAGEIF",
        "AVERAGEIFS",
        "CEILING",
        "COLUMN",
        "COUNT",
        "COUNTA",
        "COUNTBLANK",
        "COUNTIF",
        "COUNTIFS",
        "DATE",
        "DAY",
        "EXACT",
        "FIND",
        "FLOOR",
        "HYPERLINK",
        "IF",
        "IFERROR",
        "INDEX",
        "INT",
        "ISBLANK",
        "ISERROR",
        "ISNUMBER",
        "ISTEXT",
        "LARGE",
        "LEFT",
        "LEN",
        "MATCH",
        "MAX",
        "MEDIAN",
        "MID",
        "MIN",
        "MOD",
        "MONTH",
        "N",
        "NOT",
        "OFFSET",
        "OR",
        "RANK",
        "RIGHT",
        "ROUND",
        "ROUNDDOWN",
        "ROUNDUP",
        "ROW",
        "ROWS",
        "SIGN",
        "SMALL",
        "SUBSTITUTE",
        "SUBTOTAL",
        "SUM",
        "SUMIF",
        "SUMIFS",
        "SUMPRODUCT",
        "TEXT",
        "TODAY",
        "TRIM",
        "VALUE",
        "VLOOKUP",
        "YEAR",
    ]
)
_CALL = re.compile(r"([A-Za-z_][A-Za-z0-9_.]*)\(")
_QUOTED = re.compile(r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'")


@contextmanager
def strictly(what: str) -> Iterator[None]:
    """Turn any warning or error of xlsxwriter into FailedRun."""
    with refused(what), warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


@contextmanager
def refused(what: str) -> Iterator[None]:
    """Turn any error of xlsxwriter into FailedRun; for a call that never warns, as looking out for warnings is slow."""
    try:
        yield
    except (XlsxWriterException, Warning, ValueError, OverflowError) as fault:
        cause = fault.args[0] if fault.args else None
        if isinstance(cause, OSError):
            reason = f"{system_reason(cause)}。请看看磁盘还有没有空间、能不能写，再运行一次。"
            raise FailedRun(f"{what}没有写成：{reason}") from fault
        raise FailedRun(f"{what}没有写成：{fault}") from fault


def known_functions(formula: str, where: str) -> str:
    """Give the formula without its leading =; FailedRun where it uses a function that WPS or Excel 2010 lacks."""
    bare = _QUOTED.sub("", formula) if '"' in formula or "'" in formula else formula
    for call in _CALL.findall(bare):
        if call.upper() not in FUNCTIONS:
            raise FailedRun(f"{where}的公式用了 Excel 2010 或 WPS 没有的函数 {call}。")
    return formula.removeprefix("=")
