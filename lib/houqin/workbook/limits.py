"""What a cell may hold (数据有效性): words of a list, numbers and dates within limits, with a word of advice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from houqin.errors import FailedRun

# Excel's own ends; beyond them it offers to repair the file.
_TITLE, _MESSAGE, _WORDS = 32, 255, 255
REFUSED = "请重新填写"


@dataclass(frozen=True, slots=True)
class Limit:
    """What the cells of an area may hold. `kind`: any, list, whole, decimal, date.

    `words` are those of a list; an `open` list offers them and takes others. `low` and `high` bound numbers and dates
    (ISO text); a `high` that begins with = is a formula, written for the area's first cell. `advice` is shown where a
    cell is chosen, and again where an entry is refused.
    """

    kind: str
    title: str
    advice: str
    words: tuple[str, ...] = ()
    low: Decimal | str = Decimal(0)
    high: Decimal | str = Decimal(0)
    open: bool = False


def validation(limit: Limit) -> dict[str, Any]:
    """Give xlsxwriter's options of a limit; FailedRun where Excel could not hold them."""
    if len(limit.advice) > _MESSAGE or len(limit.title) > _TITLE:
        raise FailedRun(f"“{limit.title}”的填写提示太长（最多 {_MESSAGE} 个字）。")
    told = {"input_title": limit.title, "input_message": limit.advice, "ignore_blank": True}
    if limit.kind == "any":
        return {"validate": "any", **told}
    refusal: dict[str, Any] = {"error_title": REFUSED, "error_message": limit.advice, "show_error": not limit.open}
    if limit.kind == "list":
        if not words_fit(limit.words):
            raise FailedRun(f"“{limit.title}”的下拉列表太长（合起来最多 {_WORDS} 个字）。")
        return {"validate": "list", "source": list(limit.words), **told, **refusal}
    kind = {"whole": "integer", "decimal": "decimal", "date": "date"}[limit.kind]
    bounds = {"minimum": _bound(limit.low, limit.kind), "maximum": _bound(limit.high, limit.kind)}
    return {"validate": kind, "criteria": "between", **bounds, **told, **refusal}


def words_fit(words: tuple[str, ...]) -> bool:
    """Tell whether a drop-down of words fits into a cell's rule; a comma would part one word into two."""
    return len(",".join(words)) <= _WORDS and not any("," in word for word in words)


def _bound(bound: Decimal | str, kind: str) -> Any:  # noqa: ANN401  (what xlsxwriter takes)
    if isinstance(bound, Decimal):
        return int(bound) if bound == bound.to_integral_value() else bound
    return date.fromisoformat(bound) if kind == "date" and not bound.startswith("=") else bound
