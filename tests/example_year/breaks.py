"""The registry of planted breaks: what was done, where it must be pointed to, and which check must say so.

`codes` are findings of the pipeline of which one must name the cell; `check` is the check of 勾稽检查 that must fail
(its id in settlement.toml); `source` is where the check comes from: the auditor's table (C-1 to C-13) or 8.4-1 to 10.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from example_year.spoilt import Spoilt, Spot

    Spoil = Callable[[Spoilt], Spot]


@dataclass(frozen=True)
class Break:
    """One planted break; `spoil` changes workbooks and gives the cell to be named."""

    name: str
    title: str
    source: str
    codes: tuple[str, ...]
    check: str
    spoil: Spoil


BREAKS: dict[str, Break] = {}


def breaks(title: str, source: str, *codes: str, check: str = "") -> Callable[[Spoil], Spoil]:
    """Enter a break; the function's name is its name."""

    def enter(spoil: Spoil) -> Spoil:
        BREAKS[spoil.__name__] = Break(spoil.__name__, title, source, codes, check, spoil)
        return spoil

    return enter
