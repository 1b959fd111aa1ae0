"""The frame of a sheet that gets posted, and why it may not be posted yet.

A sheet is held back while something must be mended in the tables behind it, or while rows wait for an answer. It is
made all the same, with a mark that nobody overlooks.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from houqin.model import Level
from houqin.report.posts.case import IN_PERIOD, IN_YEAR, Posted
from houqin.report.words import chinese_date
from houqin.workbook import TEXT, TITLE, Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.model import Finding
    from houqin.report.posts.case import PostCase
    from houqin.workbook import Sheet

HELD = "暂不可公示"
LINE = Style(wrap=True)
SAID = 2  # cells that a reason names
ROWS_ACROSS, ROWS_DOWN = 42, 64  # that one sheet of paper holds, made a little smaller
USUAL_DAYS = 7  # where the settings say nothing
BLANK = "＿＿＿＿＿＿＿＿"


def hold_reasons(case: PostCase, forms: Sequence[str]) -> list[str]:
    """Say why what rests on some forms may not be posted: open errors, rows that wait."""
    there = [form_id for form_id in forms if form_id in case.ledgers]
    reasons = [reason for form_id in there if (reason := _errors(case, form_id))]
    for form_id in there:
        pending = sum(1 for record in case.records[form_id] if record.pending)
        if pending:
            reasons.append(f"《{case.title_of(form_id)}》有 {pending} 行待定，没有计入")
    return reasons


def _errors(case: PostCase, form_id: str) -> str:
    """Say which errors are open in the sheets that a ledger was made of."""
    sheets = _sheets_used(case, form_id)
    found = [each for each in case.outcome.findings if each.level is Level.ERROR and _touches(each, form_id, sheets)]
    count = sum(each.count for each in found)
    if not count:
        return ""
    places = [each.place.text for each in found if each.place][:SAID]
    named = f"（{'、'.join(places)}{' 等' if count > len(places) else ''}）" if places else ""
    return f"所据的《{case.title_of(form_id)}》还有 {count} 处必须改{named}"


def _sheets_used(case: PostCase, form_id: str) -> set[tuple[str, str]]:
    """Give file and sheet of the rows that count in the period or in the year up to it."""
    sources = case.ledgers[form_id].sources
    places = list(zip(sources["file"], sources["sheet"], strict=True))
    data = case.data.get(form_id)
    if data is None:
        return set(places)
    return {places[r.index] for r in data.records if 1 in {r.values.get(IN_PERIOD), r.values.get(IN_YEAR)}}


def _touches(finding: Finding, form_id: str, sheets: set[tuple[str, str]]) -> bool:
    if finding.form == form_id and not (finding.place and finding.place.sheet):
        return True
    return any((p.file, p.sheet) in sheets for p in (finding.place, *finding.related) if p and p.sheet)


def open_notice(  # noqa: PLR0913  (all by keyword)
    case: PostCase, sheet: Sheet, title: str, columns: int, *, forms: Sequence[str], reasons: Sequence[str] = (),
    unit: str = "元", lines: Sequence[str] = (),
) -> int:  # fmt: skip
    """Write title, mark, period and unit; remember whether the sheet may be posted. Give the row of the header."""
    held = (*hold_reasons(case, forms), *reasons)
    case.posted.append(Posted(sheet.name, held))
    mark = ("【示例】" if case.school.is_example else "") + (f"【{HELD}】" if held else "")
    style = TITLE.but(align="center", colour="bad") if held else TITLE.but(align="center")
    sheet.merge((1, 1, 1, columns), f"{mark}{case.school.name}{title}", style)
    sheet.height(1, 34)
    about = [case.span.title, f"单位：{unit}" if unit else ""]
    sheet.merge((2, 1, 2, columns), "　　".join(part for part in about if part), TEXT.but(align="center"))
    row = 3
    if held:
        text = f"✗ {HELD}：" + "；".join(held) + "。改好、填好以后重新运行，这一行就会去掉。"
        sheet.merge((row, 1, row, columns), text, LINE.but(bold=True, colour="bad"))
        row += 1
    for line in lines:
        sheet.merge((row, 1, row, columns), line, LINE)
        row += 1
    return row + 1


def close_notice(  # noqa: PLR0913  (the last by keyword)
    case: PostCase, sheet: Sheet, row: int, columns: int, *, notes: Sequence[str] = (), posts: Sequence[str] = ()
) -> None:
    """Write notes, who signs, how long and where it is posted, the phone, and at the right who posts it and when."""
    sheet.page.repeat = None
    for note in notes:
        sheet.merge((row, 1, row, columns), note, LINE.but(size=10))
        row += 1
    if posts:
        titles = [f"{case.school.posts.get(post, post)}：＿＿＿＿＿" for post in posts]
        sheet.merge((row + 1, 1, row + 1, columns), "　".join(titles), LINE)
        sheet.height(row + 1, 30)
        row += 2
    for text in _ending(case):
        sheet.merge((row, 1, row, columns), text, LINE)
        row += 1
    signer = str(case.school.publicity.get("signed") or case.school.name)
    for text in (f"{signer}（盖章）", chinese_date(case.as_of)):
        sheet.merge((row, 1, row, columns), text, TEXT.but(align="right"))
        sheet.height(row, 24)
        row += 1
    sheet.page.one_page = row <= (ROWS_ACROSS if sheet.page.landscape else ROWS_DOWN)


def _ending(case: PostCase) -> list[str]:
    publicity = case.school.publicity
    days = int(publicity.get("days") or USUAL_DAYS)
    last = date.fromisoformat(case.as_of) + timedelta(days=days - 1)
    span = f"公示期：{chinese_date(case.as_of)}至{chinese_date(last.isoformat())}（{days} 天）"
    place = f"　　公示地点：{publicity['place']}" if publicity.get("place") else ""
    return [span + place, f"监督电话：{publicity.get('phone') or BLANK}"]
