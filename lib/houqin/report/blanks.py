"""Blank forms for a class to fill in: what is known stands there already, what is asked for has its limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from houqin.model import column_letter
from houqin.report.blank_limits import broken_rules, date_limit, limits_of
from houqin.report.prints_frame import EXAMPLE, Frame, even_ends
from houqin.report.words import term
from houqin.workbook import FORM_CELL, FORM_HEADER, FORM_LINE, FORM_TITLE, Formula, Style, print_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal
    from pathlib import Path

    from houqin.forms import Blank, Field, Form
    from houqin.school import School, SchoolClass
    from houqin.workbook import CellValue, Sheet, Workbook

WIDTHS = {"row-number": 5, "money": 11, "price": 9, "quantity": 8, "count": 7, "percent": 9, "date": 12, "class": 13,
          "grade": 8, "sex": 6, "size": 8, "code": 12, "choice": 9, "text": 11, "tick": 6, "place": 12}  # fmt: skip
BLANK_PROPERTY = "houqin-blank"
PUPILS = "生"  # the standard is per pupil
_WIDE = 105.0  # characters that a page of A4 takes upright
_ROW, _LINE = 22.0, 24.0
_LINES = 9
_PUPIL = 18.0  # a class of fifty fits two pages, what is said below them too
_ALONE = 34.0  # the one row of a class, filled in by hand too
_NUMBERS = {"count", "quantity", "price", "money", "percent", "row-number"}
_CENTRED = {"class", "grade", "sex", "size", "choice", "tick", "date", "row-number", "count"}
_GIVEN = "accent-light"
_READ_ME = "白底的格请填写，蓝底的已经替您填好；填错会提示，对不上的会变红。填好后存盘，把本工作簿原样交回后勤。"


def write_class_book(path: Path, forms: Sequence[Form], school: School, one: SchoolClass, *, stamp: str = "") -> None:
    """Write a class's workbook, a sheet a form; `stamp` is what it says of itself."""
    with _book(path, f"{one.name}填报表", school, stamp) as book:
        for form in forms:
            if form.blank is not None:
                _Page(book.sheet(form.blank.sheet, role="input"), form, form.blank, school, one).write()


def write_form_book(path: Path, form: Form, school: School, *, stamp: str = "") -> None:
    """Write a form's workbook, a sheet a class; ValueError where no class fills it in."""
    if form.blank is None:
        raise ValueError(f"{form.id} has no blank")
    with _book(path, form.blank.title, school, stamp) as book:
        for one in school.classes:
            _Page(book.sheet(one.name, role="input"), form, form.blank, school, one).write()


def _book(path: Path, title: str, school: School, stamp: str) -> Workbook:
    book = print_workbook(path, title=f"{school.name}{title}", example=school.is_example)
    if stamp:
        book.say(BLANK_PROPERTY, stamp)
    return book


@dataclass(frozen=True, slots=True)
class _Page:
    """One form for one class."""

    sheet: Sheet
    form: Form
    blank: Blank
    school: School
    one: SchoolClass

    def write(self) -> None:
        """Write the sheet from its title to how it prints."""
        widths = tuple(self._width(name) for name in self.blank.columns)
        frame = Frame(self.sheet, self.school, self.school.term_start, widths)
        frame.prepare(landscape=sum(widths) > _WIDE)
        self._title(frame)
        self._about(3, widths)
        first = self._header(4)
        rows = self._rows()
        self._body(first, rows)
        self._limit(first, first + len(rows) - 1)
        row = self._totals(first, first + len(rows) - 1)
        row = frame.sign(row, self.blank.sign)
        for number, note in enumerate([*self.blank.notes, *self._price_note(), _READ_ME], 1):
            row = frame.note(row, f"{number}．{note}")
        self._page(first, row - 1)

    def _title(self, frame: Frame) -> None:
        title = (EXAMPLE if self.school.is_example else "") + self.school.name + self.blank.title
        self.sheet.merge((1, 1, 1, frame.columns), title, FORM_TITLE)
        self.sheet.height(1, 34)
        self.sheet.merge((2, 1, 2, frame.columns), f"（{term(self.school)}）", FORM_LINE.but(align="center"))
        self.sheet.height(2, 20)

    def _about(self, row: int, widths: Sequence[float]) -> None:
        """Write who fills this in, and a cell for the date."""
        label = self._date_label()
        said: list[CellValue] = [f"班级：{self.one.name}", f"班主任：{self.one.teacher or '　'}",
                                 f"在册：{self.one.pupils} 人", f"{label}：", None]  # fmt: skip
        first = 1
        for value, last in zip(said, even_ends(widths, len(said)), strict=True):
            style = FORM_LINE
            if value is None:
                style = Style("date", align="left", rule="under", free=True)
            elif value == f"{label}：":
                style = FORM_LINE.but(align="right")
            self.sheet.merge((row, first, row, last), value, style)
            if value is None:
                self.sheet.limit(self.sheet.area(row, first), date_limit(label, self.school))
            first = last + 1
        self.sheet.height(row, _LINE)

    def _date_label(self) -> str:
        """Give the words for the form's date, where a line above its table says it; else 填报日期."""
        for layout in self.form.layouts:
            for name, labels in layout.context.items():
                if self.form.field(name).type == "date" and name not in self.blank.columns:
                    return next((label for label in labels if not label.startswith("@")), "填报日期")
        return "填报日期"

    def _header(self, top: int) -> int:
        """Write the header's levels; give the row below."""
        paths = [self._path(name) for name in self.blank.columns]
        depth = max(len(path) for path in paths)
        for level in range(depth):
            lines = max(self.sheet.lines(path[0], self._width(name)) if depth == 1 else 1
                        for path, name in zip(paths, self.blank.columns, strict=True))  # fmt: skip
            self.sheet.height(top + level, 24.0 if lines == 1 else lines * 15 + 8.0)
            column = 0
            while column < len(paths):
                last = column
                while last + 1 < len(paths) and _same(paths[last + 1], paths[column], level):
                    last += 1
                if level < len(paths[column]):
                    bottom = top + (depth - 1 if level == len(paths[column]) - 1 else level)
                    area = (top + level, column + 1, bottom, last + 1)
                    self.sheet.merge(area, paths[column][level], FORM_HEADER.but(fill="band"))
                column = last + 1
        return top + depth

    def _rows(self) -> list[Mapping[str, CellValue]]:
        """Give what stands in each row before anybody writes."""
        blank, one = self.blank, self.one
        own: dict[str, CellValue] = {
            "class": one.name, "grade": one.grade, "teacher": one.teacher or None, "roster": one.pupils,
            "building": one.building or None, "classroom": one.room or None,
        }  # fmt: skip
        if blank.rows == "goods":
            given = [own | good for good in self._goods()]
        elif blank.rows == "class":
            given = [own]
        else:
            given = [own] * (one.pupils if blank.rows == "roster" else int(blank.rows))
        prefilled = [{name: row[word] for name, word in blank.prefill.items()} for row in given]
        if not prefilled:  # no standards: lines to write in
            prefilled = [{}] * _LINES
        return [*prefilled, *({} for _ in range(blank.spare))]

    def _goods(self) -> list[dict[str, CellValue]]:
        """Give the goods that a class or each of its pupils should have."""
        made: list[dict[str, CellValue]] = []
        for each in self.school.standards:
            if each.per in ("班", PUPILS):
                standard = each.quantity * (self.one.pupils if each.per == PUPILS else 1)
                made.append({"good": each.name, "spec": each.spec or None, "uom": each.uom, "standard": standard})
        return made

    def _body(self, first: int, rows: Sequence[Mapping[str, CellValue]]) -> None:
        """Write the rows; what is given has a ground of its own."""
        for offset, given in enumerate(rows):
            for column, name in enumerate(self.blank.columns, 1):
                value = given.get(name)
                style = self._style(name)
                if name == "seq":
                    value, style = offset + 1, style.but(free=False)
                elif value is not None:
                    # The class's own name is ours; what the settings say of it may have changed since
                    style = style.but(fill=_GIVEN, free=self.blank.prefill[name] != "class")
                elif self._amount(name):
                    value = Formula(self._amount_of(name, first + offset), "")
                self.sheet.write(first + offset, column, value, style)
            self.sheet.height(first + offset, self._height(given))

    def _height(self, given: Mapping[str, CellValue]) -> float:
        """Give a row's height: as the form's rows have it, or as what stands in it needs."""
        texts = [(value, self._width(name)) for name, value in given.items() if isinstance(value, str)]
        lines = max((self.sheet.lines(text, width) for text, width in texts), default=1)
        usual = {"class": _ALONE, "roster": _PUPIL}.get(self.blank.rows, _ROW)
        return usual if lines == 1 else max(usual, lines * 15.0 + 6)

    def _limit(self, first: int, last: int) -> None:
        columns = {name: column for column, name in enumerate(self.blank.columns, 1)}
        cell = {name: f"${column_letter(column)}{first}" for name, column in columns.items()}
        for name, limit in limits_of(self.form, self.blank, self.school, self.one, cell):
            self.sheet.limit(self.sheet.area(first, columns[name], last, columns[name]), limit)
        for name, formula in broken_rules(self.form, cell, first):
            area = self.sheet.area(first, columns[name], last, columns[name])
            self.sheet.highlight(area, formula, "bad-light", colour="bad", bold=True)

    def _totals(self, first: int, last: int) -> int:
        """Write 合计 where the form has one; give the row below."""
        if not self.blank.totals:
            return last + 1
        for column, name in enumerate(self.blank.columns, 1):
            style = self._style(name).but(bold=True, free=False)
            letter = column_letter(column)
            if name in self.blank.totals:
                self.sheet.formula(last + 1, column, f"SUM({letter}{first}:{letter}{last})", 0, style)
            else:
                text = "合计" if column == 2 else None
                self.sheet.write(last + 1, column, text, style.but(kind="text", align="center"))
        self.sheet.height(last + 1, _ROW)
        return last + 2

    def _page(self, first: int, last: int) -> None:
        self.sheet.page.repeat = (1, first - 1)
        self.sheet.page.area = (1, 1, last, len(self.blank.columns))
        self.sheet.freeze(first)
        if self.blank.rows == "class":
            self.sheet.protect()  # a list stays open: rows may be put in, sorted, taken out

    # ---- a column

    def _field(self, name: str) -> Field | None:
        return next((each for each in self.form.fields if each.id == name), None)

    def _path(self, name: str) -> tuple[str, ...]:
        field = self._field(name)
        return tuple(self.blank.headers.get(name, field.title if field else name).split("/"))

    def _width(self, name: str) -> float:
        field = self._field(name)
        return float(self.blank.widths.get(name, WIDTHS[field.type if field else "text"]))

    def _style(self, name: str) -> Style:
        field = self._field(name)
        kind = field.type if field else "quantity"
        shown = {"row-number": "count", "percent": "points"}.get(kind, kind)
        if shown not in {"count", "quantity", "price", "money", "points", "date", "code"}:
            shown = "text"
        align = "center" if kind in _CENTRED or name == "teacher" else ""
        return FORM_CELL.but(kind=shown, align=align, wrap=kind not in _NUMBERS, free=True)

    # ---- the price of uniforms

    def _amount(self, name: str) -> Mapping[str, str]:
        """Give field -> style where a check of the form says what an amount is made of and all prices are set."""
        for check in self.form.checks:
            styles = check.args.get("styles")
            if check.use == "uniform-amount" and check.args.get("amount") == name and isinstance(styles, dict):
                own = {field: style for field, style in styles.items() if field in self.blank.columns}
                return own if all(style in self.school.uniform_prices for style in own.values()) else {}
        return {}

    def _amount_of(self, name: str, row: int) -> str:
        cells = {
            field: f"{column_letter(self.blank.columns.index(field) + 1)}{row}" for field in self._amount(name)
        }  # fmt: skip
        parts = [f"SUM({cells[field]})*{_plain(self.school.uniform_prices[style])}"
                 for field, style in self._amount(name).items()]  # fmt: skip
        return f'IF(COUNT({",".join(cells.values())})=0,"",{"+".join(parts)})'

    def _price_note(self) -> list[str]:
        styles = next((made for name in self.blank.columns if (made := self._amount(name))), {})
        prices = "、".join(f"{style} {_plain(self.school.uniform_prices[style])} 元" for style in styles.values())
        return [f"金额由表里的公式算：套数×单价（{prices}）。"] if styles else []


def _same(other: tuple[str, ...], path: tuple[str, ...], level: int) -> bool:
    return len(path) > level + 1 and other[: level + 1] == path[: level + 1]


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
