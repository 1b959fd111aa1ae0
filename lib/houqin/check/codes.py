"""Codes of accounts as a tree: 302 stands above 30201; the usual side of an account by its first digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.values import canonical_text

if TYPE_CHECKING:
    from houqin.check.view import View

DEBIT, CREDIT = "借", "贷"
# Government accounting system (财会〔2017〕25号): assets, expenses, budget expenditure and 8001 stand in debit.
_DEBIT_FIRST = ("1", "5", "7", "8001")
# Allowances and accumulated depreciation or amortisation are assets that stand in credit.
_CREDIT_FIRST = ("1219", "1602", "1702", "1802", "1812", "1822")
_SHORTEST = 3
_MARKS = str.maketrans("", "", ". -_")


def codes_of(view: View, name: str) -> list[str]:
    """Give the codes of the records without the marks between their levels, empty where there is none.

    A code of one or two digits heads a class of accounts (1 资产类) and is no account.
    """
    texts = view.text(name) if view.has(name) else [None] * view.length
    codes = [canonical_text(str(text)).translate(_MARKS) if text else "" for text in texts]
    return [code if len(code) >= _SHORTEST else "" for code in codes]


def is_leaf(codes: list[str], record: int) -> bool:
    """Tell a record with no code below its own."""
    own = codes[record]
    return not own or not any(code != own and code.startswith(own) for code in codes)


def roots(codes: list[str]) -> list[int]:
    """Give the records whose code stands below no other one; those without a code are none."""
    known = set(codes) - {""}
    return [
        record
        for record, code in enumerate(codes)
        if code and not any(code[:end] in known for end in range(1, len(code)))
    ]


def children(codes: list[str], parent: int) -> list[int]:
    """Give the records right below a code, with no other code in between."""
    own = codes[parent]
    below = {code for code in codes if own and code != own and code.startswith(own)}
    return [
        record
        for record, code in enumerate(codes)
        if code in below and not any(code != other and code.startswith(other) for other in below)
    ]


def usual_side(code: str) -> str | None:
    """Give the side on which an account's balance stands: 借 or 贷; None for what is no account's code."""
    if not code[:1].isdigit() or code[0] in "09" or len(code) < len("1001"):
        return None
    if code.startswith(_CREDIT_FIRST):
        return CREDIT
    return DEBIT if code.startswith(_DEBIT_FIRST) else CREDIT


def basis_of(code: str) -> str:
    """Say which book an account belongs to by its first digit: 1 to 5 财务会计, 6 to 8 预算会计."""
    return "预算会计" if code[:1] in ("6", "7", "8") else "财务会计" if code[:1] in ("1", "2", "3", "4", "5") else ""
