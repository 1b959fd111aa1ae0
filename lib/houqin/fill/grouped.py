"""Lists parted by a field: a heading over the rows of each word, a subtotal below them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from houqin.model import column_letter
from houqin.package import Growth, Live

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.fill.blank import Blank
    from houqin.fill.describe import Groups, TableFill
    from houqin.fill.form import Placing
    from houqin.forms import Form
    from houqin.model import Grid
    from houqin.package import CellValue

SUM = "sum"
NO_WORD = "（未填）"
_WORDS = ("{group}", "{count}")


@dataclass(frozen=True, slots=True)
class Parted:
    """How a list of a blank is parted, its columns found: column -> text."""

    groups: Groups
    heading: Mapping[int, str]
    subtotal: Mapping[int, str]


class Line(NamedTuple):
    """A row of the list: heading, record, subtotal or spare; of which group, and which record it shows."""

    kind: str
    group: str = ""
    record: int = -1


def check_groups(fill: TableFill, form: Form | None, blank: Blank, grid: Grid) -> Parted | None:
    """Find the columns of headings and subtotals; note what is wrong. None where the list is not parted."""
    groups = fill.groups
    if groups is None:
        return None
    if form is not None and groups.field not in [each.id for each in form.fields]:
        blank.wrong(f"{fill.place} group", f"《{form.title}》没有字段“{groups.field}”。")
    found: dict[str, dict[int, str]] = {"heading": {}, "subtotal": {}}
    for key, texts in (("heading", groups.heading), ("subtotal", groups.subtotal)):
        for header, text in texts.items():
            column = blank.column(grid, fill.header, header, f"{fill.place} {key}")
            found[key][column] = text
            _check_text(text, f"{fill.place} {key} “{header}”", blank, sums=key == "subtotal")
    return Parted(groups, found["heading"], found["subtotal"])


def _check_text(text: str, place: str, blank: Blank, *, sums: bool) -> None:
    if text == SUM:
        if not sums:
            blank.wrong(place, "标题里不能写 sum。")
        return
    rest = text
    for word in _WORDS:
        rest = rest.replace(word, "")
    if "{" in rest or "}" in rest:
        blank.wrong(place, f"“{text}”里只能用 {'、'.join(_WORDS)}。")


def part(words: Sequence[str], parted: Parted, room: int) -> list[Line]:
    """Give the rows of a list whose records, in order, have these words; as many as there is room for, or more."""
    lines: list[Line] = []
    for word in dict.fromkeys(words):
        own = [at for at, each in enumerate(words) if each == word]
        if parted.groups.heading_row:
            lines.append(Line("heading", word))
        lines += [Line("record", word, at) for at in own]
        if parted.groups.subtotal_row:
            lines.append(Line("subtotal", word))
    return lines + [Line("spare")] * max(0, room - len(lines))


def place_parted(  # noqa: PLR0913  (by keyword)
    fill: TableFill, parted: Parted, sheet: str, placing: Placing, *, words: Sequence[str],
    values: Mapping[int, Sequence[CellValue]],
) -> None:  # fmt: skip
    """Put headings, records and subtotals where they belong; `words` are the records' groups in order."""
    first, last = fill.body
    room = last - first + 1
    lines = part(words, parted, room)
    rows = {"heading": parted.groups.heading_row, "subtotal": parted.groups.subtotal_row}
    looks = tuple(rows.get(line.kind, fill.sample) for line in lines)
    sums = tuple(column for column, text in parted.subtotal.items() if text == SUM)
    placing.growths.append(Growth(sheet, first, last, max(0, len(lines) - room), looks, fill.sample, sums))
    for offset, line in enumerate(lines):
        for column, value in _cells(line, lines, parted, values, first).items():
            placing.body_row(sheet, first, offset, column, value)


def _cells(
    line: Line, lines: Sequence[Line], parted: Parted, values: Mapping[int, Sequence[CellValue]], first: int
) -> dict[int, CellValue]:
    """Give what stands in a row, by column."""
    if line.kind == "record":
        return {column: own[line.record] for column, own in values.items()}
    if line.kind == "spare":
        return {}
    own = [at for at, each in enumerate(lines) if each.kind == "record" and each.group == line.group]
    made: dict[int, CellValue] = {}
    for column, text in (parted.heading if line.kind == "heading" else parted.subtotal).items():
        letter = column_letter(column)
        if text == SUM:
            made[column] = Live(f"SUBTOTAL(9,{letter}{first + own[0]}:{letter}{first + own[-1]})")
        else:
            made[column] = text.replace("{group}", line.group or NO_WORD).replace("{count}", str(len(own)))
    return made

