"""Rows of a grown table that look like several rows of the blank: headings, records, subtotals; and its totals."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, NamedTuple

from houqin.model import a1, column_number
from houqin.package.cells import cell_at
from houqin.package.faults import CannotEdit
from houqin.package.grow import MERGE_ORDER, all_cells, row_elements
from houqin.package.references import move_formula
from houqin.package.xml import append, child, children, local, place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element as Element

    from houqin.package.growth import Growth

_ROWS = re.compile(r"\$?[A-Za-z]{1,3}\$?(\d{1,7})(?![\w(.!])")
_SUM = re.compile(r"\s*SUM\((\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7}))\)\s*", re.IGNORECASE)
_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?(?![\w(.!])", re.IGNORECASE)
_RULES = ("dataValidation", "conditionalFormatting", "protectedRange", "ignoredError")
_SUBTOTAL = re.compile(r"\bSUBTOTAL\s*\(", re.IGNORECASE)


class _Sample(NamedTuple):
    """A row to copy: where it stands, its element, its merges as (left, right)."""

    row: int
    element: Element
    merges: tuple[tuple[int, int], ...]


def look_like(root: Element, growth: Growth) -> None:
    """Give the rows of a body, rows already put in, the looks of the blank's rows.

    Formulas that stay in their row come along, and the limits of the sample row; all other content goes. CannotEdit
    where a merge lies over several of the rows.
    """
    first, last, lacking, looks = growth.first, growth.last, growth.lacking, growth.looks
    now = {row: row if row < last or first == last else row + lacking for row in {*looks, growth.sample}}
    samples = {row: _sample(root, now[row], row) for row in sorted(set(looks))}
    rows = row_elements(root)
    end = first + len(looks) - 1
    _drop_merges(root, first, end)
    for number, look in enumerate(looks, first):
        sample = samples[look]
        made = _copied(sample, number)
        old = rows.get(number)
        if old is not None:
            old.getparent().replace(old, made)
        else:
            _insert(root, made, number)
        for left, right in sample.merges:
            holder = place(root, "mergeCells", MERGE_ORDER)
            append(holder, "mergeCell", ref=f"{a1(number, left)}:{a1(number, right)}")
    _count_merges(root)
    _extend_rules(root, now[growth.sample], (first, end))


def settle_totals(
    root: Element, first: int, last: int, columns: Sequence[int]
) -> tuple[list[str], list[str]]:
    """Keep grand totals from counting subtotals twice; give the cells changed, and those that a person must look at.

    A plain SUM over the body's rows of a column with subtotals becomes SUBTOTAL(9, …), which passes over subtotals.
    """
    changed, doubled = [], []
    for row, column, cell in all_cells(root):
        formula = child(cell, "f")
        text = formula.text if formula is not None else None
        if formula is None or not text or first <= row <= last or _SUBTOTAL.search(text):
            continue
        plain = _SUM.fullmatch(text)
        if plain and plain[2].upper() == plain[4].upper() and _meets(plain, (2, 3, 4, 5), first, last, columns):
            formula.text = f"SUBTOTAL(9,{plain[1]})"
            changed.append(a1(row, column))
        elif any(_meets(each, (1, 2, 3, 4), first, last, columns) for each in _AREA.finditer(text)):
            doubled.append(a1(row, column))
    return changed, doubled


def _meets(
    found: re.Match[str], parts: tuple[int, int, int, int], first: int, last: int, columns: Sequence[int]
) -> bool:
    """Tell an area of several rows that takes in rows of a body in one of some columns."""
    left, top, right, bottom = (found[part] for part in parts)
    if right is None or int(top) > last or int(bottom) < first or top == bottom:
        return False
    return any(column_number(left.upper()) <= column <= column_number(right.upper()) for column in columns)


def _sample(root: Element, row: int, named: int) -> _Sample:
    element = row_elements(root).get(row)
    if element is None:
        raise CannotEdit(f"第 {named} 行是空的，照不出样子")
    return _Sample(row, copy.deepcopy(element), tuple((left, right) for _, left, right in _merges(root, row, row)))


def _merges(root: Element, first: int, last: int) -> Iterator[tuple[Element, int, int]]:
    """Give the merges that touch rows, with their columns."""
    holder = child(root, "mergeCells")
    for each in list(children(holder, "mergeCell")) if holder is not None else ():
        start, _, end = each.get("ref", "").partition(":")
        top, bottom = cell_at(start), cell_at(end or start)
        if top is None or bottom is None or bottom[0] < first or top[0] > last:
            continue
        if top[0] != bottom[0]:
            raise CannotEdit(f"清单里有上下合并的格子（{each.get('ref')}），不能按组分行")
        yield each, top[1], bottom[1]


def _extend_rules(root: Element, sample: int, body: tuple[int, int]) -> None:
    """Let the limits and colours of a sample row that lie within the body reach to its end.

    Their tops stay, from which their formulas count; rows put in before the body's last one are no part of them yet.
    """
    for each in root.iter():
        if local(each) in _RULES and each.get("sqref"):
            areas = [_extended(area, sample, body) for area in each.get("sqref", "").split()]
            each.set("sqref", " ".join(dict.fromkeys(areas)))


def _extended(area: str, sample: int, body: tuple[int, int]) -> str:
    start, _, end = area.partition(":")
    top, bottom = cell_at(start), cell_at(end or start)
    if top is None or bottom is None or not body[0] <= top[0] <= sample <= bottom[0] <= body[1]:
        return area
    return f"{a1(*top)}:{a1(body[1], bottom[1])}"


def _drop_merges(root: Element, first: int, last: int) -> None:
    for each, _, _ in list(_merges(root, first, last)):
        each.getparent().remove(each)


def _count_merges(root: Element) -> None:
    holder = child(root, "mergeCells")
    if holder is None:
        return
    count = sum(1 for _ in children(holder, "mergeCell"))
    if count:
        holder.set("count", str(count))
    else:
        holder.getparent().remove(holder)  # an empty list is no valid part of a sheet


def _copied(sample: _Sample, row: int) -> Element:
    made = copy.deepcopy(sample.element)
    made.set("r", str(row))
    for cell in children(made, "c"):
        at = cell_at(cell.get("r", ""))
        cell.set("r", a1(row, at[1] if at else 1))
        formula = child(cell, "f")
        own = formula is not None and formula.get("t") is None and _stays_in(formula.text or "", sample.row)
        for each in list(cell):
            if local(each) != "f" or not own:
                cell.remove(each)
        cell.attrib.pop("t", None)
        if own and formula is not None:
            formula.text = move_formula(formula.text or "", row - sample.row)
    return made


def _stays_in(formula: str, row: int) -> bool:
    """Tell a formula of one row: what it adds up over others is no longer what it was."""
    rows = [int(each) for each in _ROWS.findall(formula)]
    return all(each == row for each in rows)


def _insert(root: Element, made: Element, number: int) -> None:
    """Put a row where it belongs among the others."""
    rows = row_elements(root)
    before = [each for each in rows if each < number]
    if before:
        rows[max(before)].addnext(made)
        return
    data = child(root, "sheetData")
    if data is None:
        raise CannotEdit("工作表的内容不完整")
    data.insert(0, made)
