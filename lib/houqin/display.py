"""What the notebooks show: key figures, one chart, the findings, the files; plain HTML and SVG that a clerk can read.

Each function gives a thing that Jupyter draws when it is the last line of a cell. Nothing here draws with matplotlib:
that takes a second to load and a Chinese font that many machines lack.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from html import escape
from typing import TYPE_CHECKING, NamedTuple, Protocol

from houqin.model import Kind, Level, column_letter
from houqin.values import shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from houqin.model import Finding, Grid, RawTable, Reading

# Colours of the workbooks' own levels; a symbol says the same to those who do not see the colour.
COLOURS = {Level.ERROR: "#c00000", Level.QUESTION: "#b45f06", Level.WARNING: "#7f6000", Level.INFO: "#595959"}
SYMBOLS = {Level.ERROR: "✗", Level.QUESTION: "?", Level.WARNING: "!", Level.INFO: "·"}
ACCENT, LACK, GREY = "#1f4e79", "#c00000", "#d9d9d9"
HUNDREDTH = Decimal("0.01")
FIRST_FINDINGS = 20  # more than a screen is not read


class KeyFigure(Protocol):
    """A figure as the report works it out; `value` None where its workbook is missing, `kind` count, money, percent."""

    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def value(self) -> Decimal | None: ...  # noqa: D102
    @property
    def unit(self) -> str: ...  # noqa: D102
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def note(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label and its height, below zero for what is lacking."""

    label: str
    value: int


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart whose title says what it shows; empty where the workbook is missing."""

    title: str
    unit: str
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True, slots=True)
class Output:
    """A file for people: what it is, and the link to it from where the notebook lies."""

    title: str
    note: str
    link: str


class Outcome(Protocol):
    """What a job hands to its notebook."""

    @property
    def figures(self) -> Sequence[KeyFigure]: ...  # noqa: D102
    @property
    def chart(self) -> Chart: ...  # noqa: D102
    @property
    def findings(self) -> Sequence[Finding]: ...  # noqa: D102
    @property
    def outputs(self) -> Sequence[Output]: ...  # noqa: D102
    @property
    def place(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Shown:
    """A piece of HTML, and the same as text for where there is no browser."""

    html: str
    text: str

    def _repr_html_(self) -> str:
        return self.html

    def __repr__(self) -> str:
        """Give the text."""
        return self.text


def show_figures(outcome: Outcome) -> Shown:
    """Show the key figures as a table: what, how much, and what it means."""
    rows = [(each.title, _amount(each), each.note) for each in outcome.figures]
    body = "".join(
        f"<tr>{_td(title)}{_td(f'<b>{escape(value)}</b>', right=True, raw=True)}{_td(note)}</tr>"
        for title, value, note in rows
    )
    text = "\n".join(f"{title}：{value}（{note}）" for title, value, note in rows)
    return Shown(_table(("项目", "数值", "说明"), body), text)


def show_chart(outcome: Outcome) -> Shown:
    """Show the chart: a bar a class, to the right what is left over, to the left in red what is lacking."""
    chart = outcome.chart
    if not chart.bars:
        return Shown(f"<p>{escape(chart.title)}：未见材料，没有图。</p>", f"{chart.title}：未见材料")
    lines = [f"{bar.label} {bar.value:+d}" if bar.value else f"{bar.label} 0" for bar in chart.bars]
    return Shown(_svg(chart), "\n".join([f"{chart.title}（{chart.unit}）", *lines]))


def show_findings(outcome: Outcome) -> Shown:
    """Show the findings, worst first: how many of each level, then the first of them with their cells."""
    found = sorted(outcome.findings, key=lambda finding: finding.level.rank)
    if not found:
        return Shown("<p>✓ 没有发现问题。</p>", "没有发现问题。")
    counts = "，".join(f"{level.title} {sum(each.level == level for each in found)} 条" for level in Level)
    head = f"<p>共 {len(found)} 条：{counts}。</p>"
    rest = len(found) - FIRST_FINDINGS
    tail = f"<p>还有 {rest} 条，见“问题清单”。</p>" if rest > 0 else ""
    body = "".join(_finding_row(each) for each in found[:FIRST_FINDINGS])
    text = "\n".join([f"共 {len(found)} 条：{counts}。", *(each.line for each in found[:FIRST_FINDINGS])])
    return Shown(head + _table(("级别", "位置", "问题"), body) + tail, text)


def show_outputs(outcome: Outcome) -> Shown:
    """Show the files for people as links, and the folder in words: a link cannot open a folder of this computer."""
    where = f"结果文件夹：{outcome.place}"
    body = "".join(f"<tr>{_td(_anchor(each), raw=True)}{_td(each.note)}</tr>" for each in outcome.outputs)
    text = "\n".join([*(f"{each.title}：{each.link}" for each in outcome.outputs), where])
    return Shown(f"{_table(('文件', '内容'), body)}<p>{escape(where)}</p>", text)


def _anchor(output: Output) -> str:
    return f'<a href={_quoted(output.link)} target="_blank">{escape(output.title)}</a>'


def _amount(figure: KeyFigure) -> str:
    if figure.value is None:
        return "未见材料"
    if figure.kind == "percent":
        return f"{(figure.value * 100).quantize(HUNDREDTH, ROUND_HALF_UP)}%"
    number = f"{figure.value:,.2f}" if figure.kind == "money" else f"{figure.value:,f}"
    return f"{number} {figure.unit}".strip()


def _finding_row(finding: Finding) -> str:
    style = f"color:{COLOURS[finding.level]};white-space:nowrap"
    level = f'<b style="{style}">{SYMBOLS[finding.level]} {finding.level.title}</b>'
    return f"<tr>{_td(level, raw=True)}{_td(finding.place.text if finding.place else '')}{_td(finding.message)}</tr>"


def _table(heads: Sequence[str], body: str) -> str:
    style = f"text-align:left;border-bottom:2px solid {ACCENT}"
    head = "".join(f'<th style="{style}">{escape(each)}</th>' for each in heads)
    return f'<table style="border-collapse:collapse"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _td(content: str, *, right: bool = False, raw: bool = False) -> str:
    side = "right" if right else "left"
    return f'<td style="text-align:{side};vertical-align:top">{content if raw else escape(content)}</td>'


def _quoted(text: str) -> str:
    return f'"{escape(text, quote=True)}"'


ROW, LABEL, HALF = 20, 110, 230  # pixels: a row, the labels' column, the longest bar to one side


def _svg(chart: Chart) -> str:
    largest = max(abs(bar.value) for bar in chart.bars) or 1
    below = HALF if any(bar.value < 0 for bar in chart.bars) else 0
    zero, width = LABEL + below + 30, LABEL + below + HALF + 70
    height = ROW * len(chart.bars) + 34
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    look = f'role="img" aria-label={_quoted(chart.title)} font-size="12" fill="#262626"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {look}>',
        f'<text x="0" y="15" font-size="14" font-weight="bold">{escape(chart.title)}（{escape(chart.unit)}）</text>',
        f'<line x1="{zero}" y1="24" x2="{zero}" y2="{height - 4}" stroke="{GREY}"/>',
    ]
    for number, bar in enumerate(chart.bars):
        parts.append(_bar(bar, 28 + ROW * number, zero, round(abs(bar.value) * HALF / largest)))
    return "".join([*parts, "</svg>"])


def _bar(bar: Bar, top: int, zero: int, length: int) -> str:
    left, colour = (zero - length, LACK) if bar.value < 0 else (zero, ACCENT)
    anchor, at = ("end", left - 4) if bar.value < 0 else ("start", zero + length + 4)
    return (
        f'<text x="0" y="{top + 12}">{escape(bar.label)}</text>'
        f'<rect x="{left}" y="{top}" width="{length}" height="{ROW - 5}" fill="{colour}"/>'
        f'<text x="{at}" y="{top + 12}" text-anchor="{anchor}">{bar.value}</text>'
    )


# Kinds of rows -> what a clerk calls them, and their colour in the picture.
TITLES = {
    "title": "标题", "note": "说明", "header": "表头", "record": "记录", "category": "分类", "subtotal": "小计",
    "total": "合计", "opening": "结转", "blank": "空行", "form-head": "单头",
}  # fmt: skip
_SHADES = {
    "title": "#ddebf7", "note": "#f2f2f2", "header": "#9dc3e6", "record": "#ffffff", "category": "#e2efda",
    "subtotal": "#fff2cc", "total": "#ffe699", "opening": "#fce4d6", "blank": "#fafafa", "form-head": "#ddebf7",
}  # fmt: skip
_MOST_COLUMNS, _MOST_ROWS, _LONGEST_RUN, _LONGEST_TEXT = 40, 200, 8, 24


class Group(NamedTuple):
    """Rows of one kind and reason, written as 第 4、6–9 行."""

    kind: str
    rows: str
    why: str


@dataclass(frozen=True, slots=True)
class PicturedTable:
    """A located table, the title of its form, and what its rows were taken as."""

    table: RawTable
    form: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class SheetPicture:
    """A sheet with its tables."""

    path: str
    grid: Grid
    tables: tuple[PicturedTable, ...]


def grouped(readings: Sequence[Reading]) -> list[Group]:
    """Join the rows of one kind and reason, in the order of their first rows."""
    spans: dict[tuple[str, str], list[str]] = {}
    for reading in readings:
        span = str(reading.first) if reading.first == reading.last else f"{reading.first}–{reading.last}"
        spans.setdefault((reading.kind, reading.why), []).append(span)
    return [Group(kind, f"第 {'、'.join(rows)} 行", why) for (kind, why), rows in spans.items()]


def show_sheets(sheets: Sequence[SheetPicture], refused: Sequence[str] = ()) -> Shown:
    """Show sheets as pictures: each row in the colour of what it was taken as, the reason beside it, doubts above."""
    html = [f"<p>✗ {escape(reason)}</p>" for reason in refused] + [_sheet_html(sheet) for sheet in sheets]
    return Shown("".join(html), "\n".join([*refused, *(line for sheet in sheets for line in _sheet_text(sheet))]))


def _sheet_text(sheet: SheetPicture) -> Iterator[str]:
    yield f"《{sheet.path}》“{sheet.grid.sheet}”{'' if sheet.tables else '：没有认出表格'}"
    for pictured in sheet.tables:
        yield f"  {pictured.table.range.a1}  {pictured.form}"
        yield from (f"    ? {doubt}" for doubt in pictured.table.doubts)
        yield from (f"    {TITLES[kind]}  {rows}  {why}" for kind, rows, why in grouped(pictured.readings))


def _sheet_html(sheet: SheetPicture) -> str:
    head = f"<h4>《{escape(sheet.path)}》“{escape(sheet.grid.sheet)}”</h4>"
    if not sheet.tables:
        return f"{head}<p>? 没有认出表格。</p>"
    found = "".join(f"<li>{_table_html(pictured)}</li>" for pictured in sheet.tables)
    return f"{head}<ul>{found}</ul>{_legend(sheet)}{_picture(sheet)}"


def _table_html(pictured: PicturedTable) -> str:
    raw = pictured.table
    colour, symbol = (COLOURS[Level.QUESTION], "?") if raw.is_unsure else (COLOURS[Level.INFO], "·")
    doubts = "".join(f'<br><span style="color:{colour}">{symbol} {escape(doubt)}</span>' for doubt in raw.doubts)
    return f"{raw.range.a1} {escape(pictured.form)}，{len(raw.record_rows)} 条记录{doubts}"


def _legend(sheet: SheetPicture) -> str:
    kinds = dict.fromkeys(reading.kind for pictured in sheet.tables for reading in pictured.readings)
    style = "padding:1px 8px;border:1px solid #bfbfbf;margin-right:6px"
    return "<p>" + "".join(f'<span style="background:{_SHADES[k]};{style}">{TITLES[k]}</span>' for k in kinds) + "</p>"


def _picture(sheet: SheetPicture) -> str:
    columns = range(1, min(sheet.grid.columns, _MOST_COLUMNS) + 1)
    head = "".join(f'<th style="color:#7f7f7f">{column_letter(column)}</th>' for column in columns)
    rows = "".join(_row_html(sheet, row, columns) for row in _rows_shown(sheet))
    rest = "<p>更右边的列没有画出。</p>" if sheet.grid.columns > _MOST_COLUMNS else ""
    body = f"<tr><th></th>{head}<th style='text-align:left'>当作什么，为什么</th></tr>{rows}"
    return f'<table style="border-collapse:collapse;font-size:12px">{body}</table>{rest}'


def _rows_shown(sheet: SheetPicture) -> Iterator[int | None]:
    """Give the rows to draw, None for a run of records that is left out."""
    long = [r for t in sheet.tables for r in t.readings if r.kind == "record" and r.last - r.first >= _LONGEST_RUN]
    hidden = {row for run in long for row in range(run.first + _LONGEST_RUN // 2, run.last - 1)}
    drawn = 0
    for row in range(1, sheet.grid.rows + 1):
        if row in hidden:
            if row - 1 not in hidden:
                yield None
            continue
        drawn += 1
        if drawn > _MOST_ROWS:
            yield None
            return
        yield row


def _row_html(sheet: SheetPicture, row: int | None, columns: range) -> str:
    if row is None:
        return f'<tr><td></td><td colspan="{len(columns) + 1}" style="color:#7f7f7f">⋮ 略去若干行</td></tr>'
    cells, reasons = [], []
    taken = [(t.table.range, r) for t in sheet.tables for r in t.readings if r.first <= row <= r.last]
    reasons = list(dict.fromkeys(f"{TITLES[r.kind]}：{r.why}" if r.why else TITLES[r.kind] for _, r in taken))
    for column in columns:
        kind = next((r.kind for area, r in taken if area.left <= column <= area.right), "")
        cells.append(_cell_html(sheet.grid, row, column, _SHADES.get(kind, "transparent")))
    number = f'<td style="color:#7f7f7f;text-align:right">{row}</td>'
    return f"<tr>{number}{''.join(cells)}{_td('；'.join(reasons))}</tr>"


def _cell_html(grid: Grid, row: int, column: int, shade: str) -> str:
    cell = grid.cell(row, column)
    text = shown(cell)
    text = text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]}…"
    side = "right" if cell.kind in (Kind.NUMBER, Kind.DATE) else "left"
    style = f"border:1px solid {GREY};background:{shade};text-align:{side};padding:2px 6px;white-space:nowrap"
    return f'<td style="{style}">{escape(text)}</td>'
