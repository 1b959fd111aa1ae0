"""The school's calendar: what the school wrote comes first, then the state's days, then the weekday."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from houqin.errors import BadDescription
from houqin.model import grid_of
from houqin.read import read_settings
from houqin.school import load_school
from houqin.school.calendar import Calendar, Kind, Semester, Span, month_end

EXAMPLE = Path(__file__).parents[1] / "templates" / "示例中学"
AUTUMN = Semester("2025-2026", 1, date(2025, 8, 31), date(2026, 1, 30))
SPRING = Semester("2025-2026", 2, date(2026, 3, 2), date(2026, 7, 10))
HEADER = ["种类", "开始", "结束", "名称"]
BASICS = [
    ["项目", "内容"], ["学校名称", "示例中学"], ["学制", "五四制"], ["学年", "2025-2026"], ["学期", "第一学期"],
    ["学期开始", "2025-09-01"], ["学期结束", "2026-01-30"],
]  # fmt: skip
CLASSES = [["年级", "班级", "班额"], ["七年级", 3, 46]]


def load(folder: Path, *rows: list[str | None]):
    """Load a school whose 校历 has the given rows."""
    (folder / "学校设置.xlsx").write_bytes(b"")
    sheets = [grid_of(BASICS, "基本信息"), grid_of(CLASSES, "班级"), grid_of([HEADER, *rows], "校历")]
    return load_school(folder, lambda _: sheets)


@pytest.mark.parametrize(
    ("day", "holds", "reason"),
    [
        ("2025-09-01", True, ""),  # a Monday
        ("2025-09-06", False, ""),  # a Saturday
        ("2025-10-01", False, "国庆节、中秋节"),
        ("2025-09-28", True, "调休上课"),  # a Sunday on which people work
        ("2025-10-11", False, "本校放假"),  # and one that the school keeps free all the same
        ("2025-10-30", False, "校运会"),
        ("2025-11-01", True, "补校运会的课"),
        ("2026-02-03", False, ""),  # between the semesters
        ("2026-09-01", False, ""),  # a semester of which nobody has told
    ],
)
def test_a_school_day_is_what_the_school_says_then_the_state_then_the_weekday(day, holds, reason):
    """Outside every known semester there is none: the next one's start is never guessed."""
    own = (
        Span(date(2025, 10, 11), date(2025, 10, 11), Kind.OFF),
        Span(date(2025, 10, 30), date(2025, 10, 31), Kind.OFF, "校运会"),
        Span(date(2025, 11, 1), date(2025, 11, 1), Kind.ON, "补校运会的课"),
    )
    calendar = Calendar((AUTUMN, SPRING), own)
    assert calendar.is_school_day(date.fromisoformat(day)) is holds
    assert calendar.reason(date.fromisoformat(day)) == reason


def test_a_day_of_teaching_within_a_long_holiday_is_an_exception_to_it():
    """The shorter of two rows is the exact one, whichever stands first."""
    rows = (
        Span(date(2025, 12, 10), date(2025, 12, 10), Kind.ON),
        Span(date(2025, 12, 8), date(2025, 12, 12), Kind.OFF, "流感停课"),
    )
    for spans in (rows, rows[::-1]):
        calendar = Calendar((AUTUMN,), spans)
        assert [day.day for day in calendar.school_days(date(2025, 12, 8), date(2025, 12, 15))] == [10, 15]


def test_weeks_count_from_the_monday_of_the_first_school_day():
    """Pupils who register on the Sunday before do so in week 1."""
    calendar = Calendar((AUTUMN, SPRING))
    assert calendar.first_school_day(AUTUMN) == date(2025, 9, 1)
    days = ("2025-08-31", "2025-09-01", "2025-09-07", "2025-09-08", "2026-01-30", "2026-02-01", "2026-03-02")
    assert [calendar.week_number(date.fromisoformat(day)) for day in days] == [1, 1, 1, 2, 22, None, 1]


def test_the_year_ends_on_its_base_date_and_months_on_their_last_day():
    """A school whose books close earlier says so for that year alone."""
    calendar = Calendar((AUTUMN,), (Span(date(2025, 12, 25), date(2025, 12, 25), Kind.BASE),))
    assert [calendar.base_date(year) for year in (2024, 2025)] == [date(2024, 12, 31), date(2025, 12, 25)]
    assert [month_end(2026, 2), month_end(2028, 2)] == [date(2026, 2, 28), date(2028, 2, 29)]


def test_years_without_known_holidays_are_named():
    """A later year's holidays are announced each autumn; until the school writes them they are unknown."""
    own = (Span(date(2027, 10, 1), date(2027, 10, 7), Kind.OFF, "国庆节"),)
    assert Calendar((AUTUMN,)).unknown_years(date(2026, 9, 1), date(2027, 1, 20)) == (2027,)
    assert Calendar((AUTUMN,), own).unknown_years(date(2026, 9, 1), date(2027, 1, 20)) == ()


def test_the_rows_of_the_workbook_make_the_calendar(tmp_path):
    """A semester's own row tells its teaching days; without the sheet the semester of 基本信息 counts."""
    school = load(
        tmp_path, ["第一学期", "2025-09-03", "2026-01-23", None], ["第二学期", "2026.3.2", "2026年7月10日", None],
        ["放假", "2025-11-07", None, "期中家长会"],
    )  # fmt: skip
    assert [(each.title, str(each.first)) for each in school.calendar.semesters] == [
        ("2025-2026 学年第一学期", "2025-09-03"), ("2025-2026 学年第二学期", "2026-03-02"),
    ]  # fmt: skip
    assert not school.calendar.is_school_day(date(2025, 11, 7))
    assert [each.number for each in load(tmp_path).calendar.semesters] == [1]


def test_mistakes_of_the_calendar_are_told_with_their_cells(tmp_path):
    """A wrong year in one cell would shift every schedule."""
    rows = [
        ["第一学期", "2025-09-01", None, None],
        ["放假", "2025-10-08", "2025-10-01", None],
        ["放假", "2025-12-01", "2026-12-02", None],
        ["年末基准日", "2025-12-25", "2025-12-31", None],
        ["上课", "2025-11-01", None, None],
        ["放假", "2025-11-01", None, None],
        ["放价", "2025-11-03", None, None],
        ["放假", None, None, None],
    ]
    with pytest.raises(BadDescription) as fault:
        load(tmp_path, *rows)
    assert [each.removeprefix("《学校设置.xlsx》“校历”") for each in fault.value.problems] == [
        "A8：种类“放价”不在可选的范围里。可以填：第一学期、第二学期、放假、上课、年末基准日。",
        "B9：没有填“开始”。",
        "B2：第一学期还要填“结束”，写最后一个上课日。",
        "B3：结束 2025-10-01 早于开始 2025-10-08。",
        "B4：从 2025-12-01 到 2026-12-02 有 367 天，太长了，请核对年份。",
        "B5：年末基准日是一天，“结束”请空着。",
        "B7：“放假”2025-11-01与 《学校设置.xlsx》“校历”B6 的“上课”2025-11-01互相矛盾，请改其中一行。",
    ]


def test_the_example_has_both_semesters():
    """Who opens the example learns what 校历 looks like."""
    calendar = load_school(EXAMPLE, read_settings).calendar
    assert [each.number for each in calendar.semesters] == [1, 2]
    assert calendar.reason(date(2025, 10, 30)) == "校运会"


def test_a_mail_that_could_never_be_sent_is_told(tmp_path):
    """Better now than on the night on which it fails."""
    (tmp_path / "学校设置.xlsx").write_bytes(b"")
    notices = grid_of([["项目", "内容"], ["邮件", "是"], ["发件人", "a@example.com"]], "通知")
    sheets = [grid_of(BASICS, "基本信息"), grid_of(CLASSES, "班级"), notices]
    with pytest.raises(BadDescription, match="“通知”B2：要发邮件，还要填邮件服务器、收件人。"):
        load_school(tmp_path, lambda _: sheets)
