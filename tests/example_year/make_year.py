"""Write templates/示例中学年终/: settings, the inbox of the fiscal year 2025, and the folder of the year before.

    PYTHONPATH=lib:tests python tests/example_year/make_year.py

Seeded: the same bytes each time.
"""

from __future__ import annotations

from pathlib import Path

from example_year.books_budget import write_budgets
from example_year.books_canteen import write_canteen
from example_year.books_finance import write_finance
from example_year.books_goods import write_assets, write_goods
from example_year.books_supervision import write_supervision
from example_year.last_year import last_year
from example_year.office import Office
from example_year.settings import write_settings
from example_year.year import School, build_year

SCHOOL = Path(__file__).resolve().parents[2] / "templates" / "示例中学年终"


def fill_office(year: School) -> Office:
    """Lay out the workbooks of the inbox."""
    office = Office()
    write_finance(office, year)
    write_budgets(office, year)
    write_goods(office, year)
    write_assets(office, year)
    write_canteen(office, year)
    write_supervision(office, year)
    return office


def make_year(folder: Path) -> None:
    """Write everything."""
    year = build_year()
    write_settings(folder / "学校设置.xlsx")
    fill_office(year).write(folder / "收件箱")
    # A school folder of its own: its run comes first, this year's builds on it.
    write_settings(folder / "上年" / "学校设置.xlsx", last_year=True)
    last_year(year).write(folder / "上年" / "收件箱")


if __name__ == "__main__":
    make_year(SCHOOL)
