"""Sums of which a part stands twice, and questions that one of several fields answers."""

from __future__ import annotations

from check.tables import make_school, make_table

from houqin.check import check_table
from houqin.forms import load_forms

FORMS = load_forms()
SCHOOL = make_school({})


def codes_of(form: str, columns: str, rows: list[list[object]]) -> list[tuple[str, str | None]]:
    """Give the codes and cells of what is told."""
    found = check_table(make_table(FORMS.by_id[form], columns, rows), FORMS.by_id[form], SCHOOL)
    return [(f.code, f.place.cell if f.place else None) for f in found if f.code in {"sum-mismatch", "not-closed"}]


def test_projects_below_their_subject_are_not_added_to_it_again() -> None:
    """30201 has a row of its own and one a project; 302 is the sum of the subjects."""
    rows: list[list[object]] = [
        ["302", "商品和服务支出", None, 100], ["30201", "办公费", None, 60], ["30201", "办公费", "纸张", 40],
        ["30201", "办公费", "硒鼓", 20], ["30205", "水费", None, 40],
    ]  # fmt: skip
    assert codes_of("budget", "code subject project budget", rows) == []
    rows[0][3] = 160
    assert codes_of("budget", "code subject project budget", rows) == []  # the sum of all rows is known as well
    rows[0][3] = 110
    assert codes_of("budget", "code subject project budget", rows) == [("sum-mismatch", "D4")]


def test_a_hazard_is_answered_by_any_of_several_fields() -> None:
    """正常 and 无 ask for nothing; a measure, or who mends it, is enough."""
    rows: list[list[object]] = [
        ["2025-09-01", "操场", "正常", None, None], ["2025-09-02", "操场", "无", None, None],
        ["2025-09-03", "操场", "围栏松动", "已加固", None], ["2025-09-04", "操场", "灯坏", None, "孙师傅"],
        ["2025-09-05", "操场", "地砖翘起", None, None],
    ]  # fmt: skip
    assert codes_of("patrol", "date area hazard measure fixer", rows) == [("not-closed", "C8")]
