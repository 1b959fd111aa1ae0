"""What the sheets of 年终决算 share: ledger rows with the columns that classify them, lines, and sums over the rows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from houqin.model import Place, column_letter
from houqin.report.data_sheets import COUNTED
from houqin.report.settlement.amount import Amount, computed, lacking
from houqin.report.summary_case import BookCase
from houqin.workbook import Area, Formula, column_sum

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.account.assets import ClassRoll
    from houqin.account.rows import Row
    from houqin.forms import LineRule, Settlement
    from houqin.model import Finding
    from houqin.report.records import Record
    from houqin.report.settlement.entry import Adjustment, Task
    from houqin.workbook import CellValue, Link, Placed, Sheet

# Which columns of a trial balance a computed one rests on
RAW: Mapping[str, tuple[str, ...]] = {
    "open_net": ("year_open_bal", "year_open_dr", "year_open_cr", "open_bal", "open_dr", "open_cr"),
    "close_net": ("close_bal", "close_dr", "close_cr"),
    "year_dr": ("ytd_dr", "dr"),
    "year_cr": ("ytd_cr", "cr"),
    "flow": ("ytd_cr", "ytd_dr", "cr", "dr"),
}
# What a ledger's rows may leave untold, of a column that is worked out
UNTOLD: Mapping[tuple[str, str], str] = {
    ("trial_balance", "spend"): "7201、7101 的下级科目（辅助项）没有写明“基本支出”“项目支出”",
}
NOWHERE = Area("", 1, 1, 1, 1)  # of a figure without a cell: an empty table comes to 0
OWN_MONTH = "own_month"  # 1 to 12 of such a row
OWN_YEAR = "own_year"  # 1 of a row that lies in the fiscal year, 0 outside


class Line(NamedTuple):
    """A line as it stands: the cell of its figure, the figure, and the link to the rows behind it."""

    rule: LineRule
    area: Area
    amount: Amount
    link: Link | None


class Made(NamedTuple):
    """A figure that a sheet's own code made, and the link to what it rests on."""

    amount: Amount
    link: Link | None = None


class Head(NamedTuple):
    """Where a sheet shows the master verdict."""

    sheet: Sheet
    row: int
    columns: int


@dataclass(slots=True, kw_only=True)
class Case(BookCase):
    """The settlement being written. `year` is the fiscal year, `unit` what is shown beside 元."""

    year: int
    unit: str
    rules: Settlement
    before: Mapping[str, Sequence[Row]] = field(default_factory=dict)  # the ledgers of the year before, by form
    lines: dict[str, Line] = field(default_factory=dict)
    made: dict[str, Made] = field(default_factory=dict)  # figures of the lines that say `made`
    heads: list[Head] = field(default_factory=list)
    found: list[Finding] = field(default_factory=list)  # what the checks found
    rolls: Sequence[ClassRoll] | None = None  # the assets rolled forward, when they are asked for
    shown_tie_outs: list[str] = field(default_factory=list)  # ids, in the order in which 勾稽明细 lists them
    suspects: dict[str, Place] = field(default_factory=dict)  # of a check: the source cell to look at first
    adjustments: list[Adjustment] = field(default_factory=list)
    partly: dict[str, str] = field(default_factory=dict)  # of a form that is there: what its rows lack, what fills it
    tasks: list[Task] = field(default_factory=list)
    kept: dict[str, Any] = field(default_factory=dict)  # what several sheets use and one works out
    doubts: Mapping[str, Sequence[str]] = field(default_factory=dict)  # of a form: which months it seems to lack

    @property
    def first(self) -> str:
        """The first day of the year."""
        return f"{self.year}-01-01"

    @property
    def is_central(self) -> bool:
        """Tell a school whose books a 核算中心 keeps."""
        return self.school.accounting.get("mode") == "集中记账"

    def wanted(self, form: str) -> str:
        """Name a form that lines wait for, and what of it is missing where it is there in part."""
        title = f"《{self.title_of(form)}》"
        return f"{title}（{self.partly[form]}）" if form in self.partly else title

    def show_verdict(self, sheet: Sheet, row: int, columns: int) -> None:
        """Keep a row for the master verdict, which is known when the last check is made."""
        self.heads.append(Head(sheet, row, columns))

    def sum(self, form: str, field_id: str, **where: str | int) -> Amount:
        """Add up a column of a data sheet over the rows that count.

        A condition is an equal text or number, or a beginning: codes="30201*". Without the form's ledger it is 未核.
        """
        if form not in self.data:
            return lacking(form)
        data = self.data[form]
        where = {name: value for name, value in where.items() if value != "*"}
        absent = next((name for name in (field_id, *where) if name not in data.columns), None)
        if absent is not None:
            return lacking(self.untold(form, absent))
        tests = [f"{data.area(name).ref},{_criterion(value)}" for name, value in where.items()]
        text = f"SUMIFS({','.join([data.area(field_id).ref, *tests, f'{data.area(COUNTED).ref},1'])})"
        chosen = (each for each in self.chosen(form, **where))
        value = sum((each.values.get(field_id) or Decimal(0) for each in chosen), Decimal(0))
        return Amount(text, value, doubts=tuple(self.doubts.get(form, ())))

    def untold(self, form: str, field_id: str) -> str:
        """Say what a ledger that is there does not tell: a column that it has not."""
        if form in self.partly:
            return form  # what fills it is said where it is named
        name = self.title_of(form)
        if (form, field_id) in UNTOLD:
            return f"《{name}》里{UNTOLD[form, field_id]}"
        described = self.forms.by_id.get(form)
        title = next((each.title for each in described.fields if each.id == field_id), "") if described else ""
        return f"《{name}》里没有“{title.replace('/', '')}”一栏" if title else f"《{name}》里没有能归到这一行的内容"

    def rests_on(self, forms: Sequence[str], amount: Amount) -> Amount:
        """Give a figure that some ledgers make together: without one of them it is a part, or not known."""
        doubts = [doubt for form in forms for doubt in self.doubts.get(form, ())]
        return amount.resting((form for form in forms if not self.has(form)), doubts)

    def chosen(self, form: str, **where: str | int) -> list[Record]:
        """Give the rows of a data sheet that count and meet conditions as those of `sum`."""
        if form not in self.data:
            return []
        return [
            each
            for each in self.data[form].records
            if not each.pending and all(_meets(each.values.get(name), value) for name, value in where.items())
        ]

    def link(self, form: str, records: Sequence[Record]) -> Link | None:
        """Give the link from a figure to the first of its rows."""
        return self.data[form].link([each.index for each in records]) if form in self.data else None

    def cell_of(self, form: str, record: Record, field_id: str) -> CellValue:
        """Give a field of a ledger row as a live reference to its cell on the data sheet; None where it is blank."""
        value, data = record.number(field_id), self.data[form]
        if value is None or field_id not in data.columns:
            return None
        row = data.placed.first + record.index
        return Formula(data.area(field_id)._replace(top=row, bottom=row).ref, value)

    def letters(self, form: str) -> Mapping[str, str]:
        """Give the letter of each column of a data sheet."""
        data = self.data[form]
        return {name: column_letter(data.placed.left + number) for name, number in data.columns.items()}

    def line(self, line_id: str) -> Amount:
        """Give a line's figure as others refer to it: the address of its cell."""
        line = self.lines.get(line_id)
        if line is None or line.amount.value is None:
            return lacking(*(line.amount.needs if line else ()))
        return line.amount if line.area == NOWHERE else replace(line.amount, text=line.area.ref)

    def keep(self, line_id: str, area: Area, amount: Amount, link: Link | None = None) -> None:
        """Keep a figure of a table as the line that others refer to."""
        rule = self.rules.line(line_id)
        self.lines[line_id] = Line(rule, area, self.rests_on(rule.of, amount), link)

    def keep_total(
        self, line_id: str, placed: Placed, column: int, rows: Sequence[Sequence[CellValue]], *,
        lacks: Sequence[str] = (),
    ) -> None:  # fmt: skip
        """Keep the total of a table's column as a line; an empty table comes to 0. `lacks`: what it is short of."""
        value = column_sum(rows, column)
        if placed.total is None:
            self.keep(line_id, NOWHERE, Amount("0", value, tuple(lacks)))
            return
        at = placed.left + column
        area = Area(placed.sheet, placed.total, at, placed.total, at)
        self.keep(line_id, area, Amount(area.ref, value, tuple(lacks)))

    def missing_line(self, line_id: str, *needs: str) -> None:
        """Keep a line without a source: what refers to it is 未核."""
        self.keep(line_id, NOWHERE, lacking(*needs))

    def source_of(self, line_id: str) -> Place | None:
        """Give the source cell of the first ledger row behind a line, None where it has none of its own."""
        line = self.lines.get(line_id)
        if line is None or not line.rule.form or line.rule.form not in self.data:
            return None
        rule = line.rule
        for code in rule.codes or ("",):
            where = {**rule.where, **({"code": f"{code}*"} if code else {})}
            for record in self.chosen(rule.form, **where):
                if record.values.get(rule.field):
                    return self.place_of(rule.form, record.index, rule.field)
        return None

    def place_of(self, form: str, row: int, field_id: str = "") -> Place:
        """Give the source cell of a ledger row, of one of its fields where it has a cell of its own."""
        ledger = self.ledgers[form]
        if form in self.large:
            return Place(str(ledger.sources["file"].iloc[0]), str(ledger.sources["sheet"].iloc[0]))
        source, frame = ledger.sources.iloc[row], ledger.frame
        for name in RAW.get(field_id, (field_id,)):
            addresses = ledger.cells.get(name)
            if addresses is not None and addresses[row] and bool(frame[name].notna().iloc[row]):
                return Place(str(source["file"]), str(source["sheet"]), addresses[row])
        return Place(str(source["file"]), str(source["sheet"]), str(source["cell"]))

    def lines_sum(self, text: str) -> Amount:
        """Work out a sum of lines, as a formula over their cells."""
        return computed(text, self.line)


def _criterion(value: str | int) -> str:
    if isinstance(value, int):
        return str(value)
    escaped = value.replace('"', '""')
    return f'"{escaped}"'


def _meets(given: object, wanted: str | int) -> bool:
    if isinstance(wanted, int):
        return given is not None and Decimal(str(given)) == wanted
    text = "" if given is None else str(given)
    if wanted.endswith("*"):
        return text.casefold().startswith(wanted[:-1].casefold())
    return text.casefold() == wanted.casefold()
