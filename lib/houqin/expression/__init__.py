"""A rule of a form, parsed once: it runs exact and vectorised on columns, and prints as an Excel formula.

Grammar: identifiers (field ids), decimal numbers, + - * /, parentheses, == <= < >= > !=, `and`, and the functions
round(x, n), abs(x), max(x, y, …), min(x, y, …), coalesce(x, y). Conditions that choose rows may also compare text:
`state == '已完成'`, `contains(name, '课桌', '桌')`, `lacks(owner, '食堂')`, `starts(code, '302')`.
Nothing is ever handed to `eval`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from houqin.expression.excel import decimals_of, print_comparison, print_value
from houqin.expression.grammar import MAX_DECIMALS, BadExpression, Node, comparisons, names, read_rule
from houqin.expression.judge import Verdict, choose_rows, compute, join_verdicts, judge

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from houqin.exact import Array, Exact

__all__ = ["BadExpression", "Expression", "Node", "Verdict", "parse"]


def parse(text: str) -> Expression:
    """Read a rule; BadExpression names the character at which it cannot be understood."""
    root = read_rule(text)
    fields = frozenset(names(root))
    return Expression(text, root, fields, fields - frozenset(names(root, outside_coalesce=True)))


@dataclass(frozen=True, slots=True)
class Expression:
    """A parsed rule. `fields` are all that it names, `optional` those that stand only within coalesce."""

    text: str
    root: Node
    fields: frozenset[str]
    optional: frozenset[str]

    @property
    def comparisons(self) -> tuple[Node, ...]:
        """The comparisons that `and` joins, in order."""
        return tuple(comparisons(self.root))

    def evaluate(self, columns: Mapping[str, Exact], tolerance: Exact | None = None) -> Verdict:
        """Judge each row; the columns are of one length, KeyError where one is missing.

        The two sides agree where they differ by no more than `tolerance`; a limit may be passed by as much.
        """
        verdicts = [judge(node, columns, tolerance) for node in self.comparisons]
        verdict = verdicts[0]
        for other in verdicts[1:]:
            verdict = join_verdicts(verdict, other)
        return verdict

    def number(self, columns: Mapping[str, Exact]) -> Exact:
        """Compute a rule that is no comparison."""
        return compute(self.root, columns)

    def select(self, columns: Mapping[str, Exact], texts: Mapping[str, Array]) -> Array:
        """Give the rows for which a condition holds; a blank number fulfils none, a blank text is ''."""
        chosen: Array | None = None
        for node in self.comparisons:
            rows = choose_rows(node, columns, texts)
            chosen = rows if chosen is None else chosen & rows
        if chosen is None:
            raise BadExpression(1, "这里要写一个条件，例如 name == '课桌'。")
        return chosen

    def scale(self, scales: Mapping[str, int]) -> int:
        """Give the decimals at which both sides are exact, at most 12."""
        return min(MAX_DECIMALS, max(decimals_of(part, scales) for node in self.comparisons for part in node.parts))

    def value_to_excel(self, cell: Callable[[str], str]) -> str:
        """Print a rule that is no comparison, without the leading =; `cell` gives the address of a name."""
        return print_value(self.root, cell)

    def to_excel(self, column: Callable[[str], str], row: int, tolerance: str | None = None, *, scale: int = 6) -> str:
        """Print the rule as a formula for one row, without the leading =, binary noise rounded away at `scale`.

        `column` gives the letters of a field's column, `tolerance` the name of the cell that holds it.
        """
        limit = tolerance or "0"
        parts = [print_comparison(node, lambda f: f"{column(f)}{row}", limit, scale) for node in self.comparisons]
        return parts[0] if len(parts) == 1 else f"AND({','.join(parts)})"

    def to_excel_where_filled(
        self, column: Callable[[str], str], row: int, tolerance: str | None = None, *, scale: int = 6
    ) -> str:
        """Print the formula so that it stays empty while an operand is blank, as `evaluate` passes such rows over."""
        cells = [f"{column(field)}{row}" for field in sorted(self.fields - self.optional)]
        formula = self.to_excel(column, row, tolerance, scale=scale)
        return f'IF(COUNT({",".join(cells)})<{len(cells)},"",{formula})' if cells else formula
