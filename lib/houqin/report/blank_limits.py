"""What the cells of a class's blank may hold, from the form file and the school's settings."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.expression import parse
from houqin.workbook import Limit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from houqin.forms import Blank, Check, Field, Form
    from houqin.school import School, SchoolClass

OWN_CLASS = "@class"  # among the words of a drop-down: the class's own name
_SIZES = (*(str(size) for size in range(120, 195, 5)), "S", "M", "L", "XL", "2XL", "3XL", "特体")
_UNITS = ("个", "把", "张", "台", "套", "块", "盒", "包", "瓶", "卷", "支", "本", "箱", "双", "条", "件")
_LONGEST_TITLE = 32
_MANY = Decimal(9_999)
_MUCH = Decimal(999_999)
# A rule of the form that a cell may break: only whole sums are shown at once, the rest when the form is handed in
_SHOWN_LEVELS = ("error", "question")


def limits_of(
    form: Form, blank: Blank, school: School, one: SchoolClass, cell: Mapping[str, str]
) -> Iterator[tuple[str, Limit]]:
    """Give each column that has a limit, with it; `cell` is the address of a field in the first row, `$F8`."""
    for name in blank.columns:
        field = next((each for each in form.fields if each.id == name), None)
        if field is None or field.type == "row-number":
            continue
        words = tuple(one.name if word == OWN_CLASS else word for word in blank.words.get(name, ()))
        limit = _open_list(field, words) if words else _limit(field, blank, school, one)
        most = _most(form, name)
        if most in cell and limit is not None and limit.kind == "whole":
            title = _plain(form.field(most).title)
            advice = f"填整数，不写单位，不超过“{title}”。没有的填 0。"
            limit = Limit("whole", limit.title, advice, high=f"={cell[most]}")
        if limit is not None:
            yield name, limit


def broken_rules(form: Form, cell: Mapping[str, str], row: int) -> Iterator[tuple[str, str]]:
    """Give field -> the formula that is true where its cell breaks a rule of the form that the row can tell."""
    scales = {each.id: each.scale for each in form.fields}
    for check in form.checks:
        if not check.rule or check.level not in _SHOWN_LEVELS or not _is_number(check.tolerance) or check.where:
            continue
        rule = parse(check.rule)
        if rule.fields <= set(cell) and check.cell in cell:
            filled = ",".join(cell[each] for each in sorted(rule.fields))
            columns = {name: address.rstrip("0123456789") for name, address in cell.items()}
            holds = rule.to_excel(columns.__getitem__, row, check.tolerance, scale=rule.scale(scales))
            yield check.cell, f"AND(COUNT({filled})={len(rule.fields)},NOT({holds}))"


def _limit(field: Field, blank: Blank, school: School, one: SchoolClass) -> Limit | None:
    """Give the limit of a field by its type; None where anything may stand there."""
    title = _plain(field.title)[:_LONGEST_TITLE]
    match field.type:
        case "count":
            high = _high(field, blank, one, _MANY)
            return Limit("whole", title, f"填 0 到 {high} 的整数，不写单位。", high=high)
        case "quantity" | "price" | "money" | "percent":
            high = _high(field, blank, one, _MANY if field.type == "quantity" else _MUCH)
            return Limit("decimal", title, f"填 0 到 {high} 的数字，不写单位。", high=high)
        case "date":
            return date_limit(title, school)
    return _of_words(field, title, school, one)


def date_limit(title: str, school: School) -> Limit:
    """Give the limit of a date of the school's semester."""
    low, high = school.term_start, school.term_end
    return Limit("date", title, f"填本学期的日期（{low} 至 {high}），写成 {low}。", low=low, high=high)


def _of_words(field: Field, title: str, school: School, one: SchoolClass) -> Limit | None:
    """Give the drop-down of a field that holds words."""
    choice = tuple(field.values) or ("是", "否")
    closed = {"class": (one.name,), "grade": school.grades, "sex": ("男", "女"), "choice": choice, "tick": choice}
    if field.type == "size":
        return Limit("list", title, "请选尺码，也可以填 165/88A；特体的在备注里写明。", _SIZES, open=True)
    if field.type in closed:
        words = closed[field.type]
        return Limit("list", title, f"请选：{'、'.join(words)}。", words)
    return _open_list(field, _UNITS) if field.id == "uom" else None


def _open_list(field: Field, words: tuple[str, ...]) -> Limit:
    return Limit("list", _plain(field.title)[:_LONGEST_TITLE], "可以从列表里选，也可以自己写。", words, open=True)


def _high(field: Field, blank: Blank, one: SchoolClass, usual: Decimal) -> Decimal:
    said = blank.limits.get(field.id)
    if said is None:
        return usual
    return Decimal(one.pupils) if said == "roster" else Decimal(said)


def _most(form: Form, name: str) -> str:
    """Give the field above which another may not be, by the form's own check."""
    return next((str(check.args["limit"]) for check in form.checks if _bounds(check, name)), "")


def _bounds(check: Check, name: str) -> bool:
    return check.use == "at-most" and check.args.get("field") == name


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def _plain(title: str) -> str:
    return title.replace("/", "")
