"""Schedules: the days that are meant, and the workbook that a clerk may edit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import openpyxl
import pytest

from houqin.errors import BadDescription, BadParameter
from houqin.jobs.schedule import Schedule, When, next_slot, parse_time, parse_when, slots_between
from houqin.jobs.schedule_book import BOOK, load_schedules, with_new, without, write_schedules
from houqin.school.calendar import Calendar, Kind, Semester, Span

CALENDAR = Calendar(
    (
        Semester("2025-2026", 1, date(2025, 9, 1), date(2026, 1, 30)),
        Semester("2025-2026", 2, date(2026, 3, 2), date(2026, 7, 10)),
    ),
    (Span(date(2025, 12, 25), date(2025, 12, 25), Kind.BASE),),
)
SINCE = date(2025, 9, 1)


def schedule(word: str, at: str = "17:30", **more: object) -> Schedule:
    """Make a schedule of words."""
    when, weekday = parse_when(word)
    return replace(Schedule(1, "semester-start", when, parse_time(at), SINCE, weekday), **more)


@pytest.mark.parametrize(
    ("word", "first", "last", "days"),
    [
        ("学期首日", "2025-08-01", "2026-08-01", ["09-01", "03-02"]),
        ("每个上学日", "2025-09-26", "2025-10-12", ["09-26", "09-28", "09-29", "09-30", "10-09", "10-10", "10-11"]),
        ("每周五", "2025-09-29", "2025-10-17", ["10-03", "10-10", "10-17"]),
        ("周天", "2025-09-29", "2025-10-12", ["10-05", "10-12"]),
        ("月末", "2026-01-15", "2026-03-31", ["01-31", "02-28", "03-31"]),
        ("年末基准日", "2025-09-01", "2026-12-31", ["12-25", "12-31"]),
        ("每个上学日", "2026-01-31", "2026-03-01", []),
    ],
)
def test_a_schedule_falls_on_the_days_of_the_calendar(word, first, last, days):
    """Also where people work on a Sunday; a weekly one is of the weekday alone."""
    until = datetime.combine(date.fromisoformat(last), time(23))
    found = slots_between(schedule(word), CALENDAR, datetime.fromisoformat(first), until)
    assert [f"{slot:%m-%d}" for slot in found] == days


def test_the_next_time_is_none_where_the_calendar_ends():
    """Nobody told when the next school year starts, and it is not guessed."""
    assert next_slot(schedule("学期首日"), CALENDAR, datetime(2025, 9, 1, 17, 30)) == datetime(2026, 3, 2, 17, 30)  # noqa: DTZ001
    assert next_slot(schedule("学期首日"), CALENDAR, datetime(2026, 3, 2, 17, 30)) is None  # noqa: DTZ001
    assert next_slot(schedule("月末", is_paused=True), CALENDAR, datetime(2025, 9, 1)) is None  # noqa: DTZ001


@pytest.mark.parametrize(("word", "said"), [("每周八", "每周"), ("学期首曰", "是不是“学期首日”"), ("", "可以写")])
def test_a_word_for_no_day_is_refused_with_what_may_be_written(word, said):
    """The sentence names all words, the nearest first."""
    with pytest.raises(BadParameter, match=said):
        parse_when(word)


@pytest.mark.parametrize("word", ["24:00", "7点半", "0730", "07:60", ""])
def test_what_is_no_time_of_day_is_refused(word):
    """A guess would run at the wrong hour."""
    with pytest.raises(BadParameter, match="07:30"):
        parse_time(word)


def test_what_was_written_is_read_again(tmp_path):
    """The book is written by the commands and changed by people: both read the same."""
    made: tuple[Schedule, ...] = ()
    for word, more in (("学期首日", {}), ("每周五", {"is_paused": True}), ("月末", {"remark": "食堂、报账都要"})):
        made = with_new(made, replace(schedule(word), remark=str(more.get("remark", ""))))
        made = (*made[:-1], replace(made[-1], **more))
    write_schedules(tmp_path, made)
    assert load_schedules(tmp_path) == made
    assert [each.number for each in made] == [1, 2, 3]
    assert load_schedules(tmp_path / "别处") == ()


def test_a_time_that_excel_made_a_number_of_is_a_time(tmp_path):
    """Whoever types 7:30 into a cell gets a fraction of a day; a date becomes a day's number."""
    write_schedules(tmp_path, with_new((), schedule("月末")))
    book = openpyxl.load_workbook(tmp_path / BOOK)
    sheet = book["定时"]
    row = next(row for row in range(1, 10) if sheet.cell(row, 2).value == "开学后勤汇总")
    for column, value, form in ((1, 1, "0"), (4, time(7, 30), "h:mm"), (5, date(2025, 10, 8), "yyyy-mm-dd")):
        sheet.cell(row, column, value).number_format = form
    book.save(tmp_path / BOOK)
    (read,) = load_schedules(tmp_path)
    assert (read.number, read.at, read.since) == (1, time(7, 30), date(2025, 10, 8))


def test_mistakes_of_the_book_are_told_with_their_cells(tmp_path):
    """All at once, as with the settings."""
    book = openpyxl.Workbook()
    book.active.title = "定时"
    for row in (
        ["编号", "作业", "何时", "时刻", "从哪天起", "停用"],
        ["1", "semster-start", "每周八", "25:00", "2025-02-30", "停"],
        ["1", "semester-start", "月末", "07:30", "2025-09-01", None],
        ["1", "semester-start", "每周一", "07:30", "2025-09-01", None],
        ["二", "semester-start", "月末", None, "2025-09-01", None],
    ):
        book.active.append(row)
    book.save(tmp_path / BOOK)
    with pytest.raises(BadDescription) as fault:
        load_schedules(tmp_path)
    told = "\n".join(fault.value.problems)
    for part in (
        "B2：没有叫“semster-start”的作业，是不是“semester-start”", "C2：“每周八”不是可以定的日子",
        "D2：“25:00”不是时刻", "E2：“2025-02-30”不是日期", "F2：停用“停”不认识", "A4：编号 1 写了两次",
        "A5：编号“二”不是正整数", "这一行没有填“时刻”",
    ):  # fmt: skip
        assert part in told


def test_the_same_schedule_is_not_added_twice_and_an_unknown_number_not_removed():
    """Two of the same would run one job twice a day."""
    made = with_new((), schedule("月末"))
    with pytest.raises(BadParameter, match="同样的定时已经有了"):
        with_new(made, schedule("月末"))
    with pytest.raises(BadParameter, match="没有叫“年终”的作业"):
        with_new(made, replace(schedule("月末"), job="年终"))
    with pytest.raises(BadParameter, match="没有编号是 7 的定时（现有：1）"):
        without(made, 7)
    assert without(made, 1) == ()
    assert When.MONTH_END in made[0].line
