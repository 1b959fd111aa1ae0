"""后勤: a school's logistics workbooks, cleaned, checked and summed up.

The names that notebooks use are given on first use: papermill imports this package with every registered engine,
and that must not load pandas.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_NAMES = {
    "semester_start": "houqin.jobs.semester_start",
    "monthly_canteen": "houqin.jobs.monthly_canteen",
    "semester_end": "houqin.jobs.semester_end",
    "year_end_settlement": "houqin.jobs.year_end_settlement",
    "show_figures": "houqin.display",
    "show_chart": "houqin.display",
    "show_findings": "houqin.display",
    "show_outputs": "houqin.display",
    "show_workbook": "houqin.jobs.told",
}
__all__ = ["__version__", *_NAMES]  # noqa: PLE0604  (names from the table above)


def __getattr__(name: str) -> Any:  # noqa: ANN401  (whatever the table holds)
    """Import a public name on first use."""
    if name not in _NAMES:
        raise AttributeError(name)
    return getattr(import_module(_NAMES[name]), name)
