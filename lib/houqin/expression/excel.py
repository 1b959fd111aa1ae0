"""Rules as Excel formulas, for the live checks of the workbooks that we write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.expression.grammar import MAX_DECIMALS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from houqin.expression.grammar import Node


def print_comparison(node: Node, cell: Callable[[str], str], tolerance: str, scale: int) -> str:
    """Print a comparison; both sides go through ROUND, because 0.1 + 0.2 is not 0.3 on binary doubles."""
    if node.kind in ("contains", "lacks"):
        first = _excel(node.parts[0], cell)
        found = ",".join(f"ISNUMBER(FIND({_excel(part, cell)},{first}))" for part in node.parts[1:])
        return f"OR({found})" if node.kind == "contains" else f"NOT(OR({found}))"
    if node.kind == "starts":
        first = _excel(node.parts[0], cell)
        words = [_excel(part, cell) for part in node.parts[1:]]
        return f"OR({','.join(f'LEFT({first},LEN({word}))={word}' for word in words)})"
    left, right = node.parts
    if "text" in (left.kind, right.kind):
        return f"{_excel(left, cell)}{'=' if node.kind == '==' else '<>'}{_excel(right, cell)}"
    if node.kind in (">", ">="):
        left, right = right, left
    # The right side loses its parentheses nowhere: it is subtracted.
    difference = f"ROUND({_excel(left, cell)}-{_excel(right, cell, tight=True)},{scale})"
    if node.kind in ("==", "!="):
        difference = f"ABS({difference})"
    sign = {"!=": ">", "<": "<", ">": "<"}.get(node.kind, "<=")
    return f"{difference}{sign}{tolerance}"


def print_value(node: Node, cell: Callable[[str], str]) -> str:
    """Print a value, no comparison."""
    return _excel(node, cell)


def decimals_of(node: Node, scales: Mapping[str, int]) -> int:
    """Give the decimals that a part can have."""
    if node.kind == "field":
        return scales.get(node.value, 6)
    if node.kind == "number":
        return len(node.value.partition(".")[2])
    if node.kind == "/":
        return MAX_DECIMALS
    if node.kind == "round":
        return min(int(node.parts[1].value), decimals_of(node.parts[0], scales))
    scales_of_parts = [decimals_of(part, scales) for part in node.parts]
    return sum(scales_of_parts) if node.kind == "*" else max(scales_of_parts, default=0)


def _excel(node: Node, cell: Callable[[str], str], *, tight: bool = False) -> str:
    """Print a value; `tight` asks for parentheses around a sum or a product, as the operator outside binds closer."""
    if not node.parts:
        return _excel_word(node, cell)
    if node.kind in ("+", "-", "*", "/"):
        return _excel_operation(node, cell, tight=tight)
    if node.kind == "negative":
        return f"(-{_excel(node.parts[0], cell, tight=True)})"
    parts = [_excel(part, cell) for part in node.parts]
    if node.kind == "coalesce":
        return f"IF(ISNUMBER({parts[0]}),{parts[0]},{parts[1]})"
    return f"{node.kind.upper()}({','.join(parts)})"


def _excel_word(node: Node, cell: Callable[[str], str]) -> str:
    """Print a field, a number or a text."""
    quoted = node.value.replace('"', '""')
    return cell(node.value) if node.kind == "field" else node.value if node.kind == "number" else f'"{quoted}"'


def _excel_operation(node: Node, cell: Callable[[str], str], *, tight: bool) -> str:
    """Print a sum or a product; a division is rounded to 12 decimals by us alone, far below what is compared."""
    left, right = node.parts
    loose = node.kind in ("+", "-")
    printed = f"{_excel(left, cell, tight=not loose)}{node.kind}{_excel(right, cell, tight=node.kind != '+')}"
    return f"({printed})" if tight else printed
