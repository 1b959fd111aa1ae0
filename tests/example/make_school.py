"""Write the example school: templates/示例中学/ and, beside this script, the truth that tests compare with.

    PYTHONPATH=lib python tests/example/make_school.py

Seeded: the same bytes each time. The one legacy .xls needs xlwt, which is no dependency of the project (see paper.py).
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT / "lib")]

from assets import write_assets  # noqa: E402
from budget import write_budget  # noqa: E402
from desks import write_desks  # noqa: E402
from goods import write_goods  # noqa: E402
from meals import write_meals  # noqa: E402
from odds import write_odds  # noqa: E402
from people import SEED  # noqa: E402
from repairs import write_repairs  # noqa: E402
from settings import write_settings_toml, write_settings_workbook  # noqa: E402
from truth import Truth  # noqa: E402
from uniforms import write_uniforms  # noqa: E402


def make_school(school: Path, truth_folder: Path) -> None:
    """Write settings, inbox and truth."""
    write_settings_workbook(school / "学校设置.xlsx")
    write_settings_toml(school / "school.toml")
    inbox, truth = school / "收件箱", Truth()
    for i, write in enumerate(WRITERS):
        # A generator of its own for each workbook: a change in one leaves the others as they are.
        write(inbox, truth, random.Random(SEED + i))  # noqa: S311
    truth.write(truth_folder)


WRITERS = (write_goods, write_desks, write_meals, write_uniforms, write_assets, write_budget, write_repairs, write_odds)

if __name__ == "__main__":
    make_school(ROOT / "templates" / "示例中学", HERE / "truth")
