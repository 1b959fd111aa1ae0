"""The registry of planted breaks: what was done, where it must be pointed to, and which check must say so.

`codes` are findings of the pipeline of which one must name the cell; `check` is the check of 勾稽检查 that must fail
(its id in settlement.toml, or that of its tie-out in tie_outs.toml); `follows` are the other checks that must fail
with it, because the same figure goes into them: no further one may. `leaves` are those that are 未核 for it. `source` is where the check comes from: the
auditor's table (C-1 to C-13) or 8.4-1 to 10.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from example_year.spoilt import Spoilt, Spot

    Spoil = Callable[[Spoilt], Spot]

FAILED = "✗ 不符"


@dataclass(frozen=True)
class Break:
    """One planted break; `spoil` changes workbooks and gives the cell to be named.

    `settings` are those of 财务 and 库存核算 under which the check is asked, `given` the papers that such a school has
    instead; `verdict` is what the check must say.
    """

    name: str
    title: str
    source: str
    codes: tuple[str, ...]
    spoil: Spoil
    check: str = ""
    follows: frozenset[str] = frozenset()
    leaves: frozenset[str] = frozenset()
    verdict: str = FAILED
    settings: Mapping[str, str] = field(default_factory=dict)
    given: Callable[[Spoilt], None] | None = None

    def plant(self, it: Spoilt) -> Spot:
        """Give the office what it must have for the break, then spoil it; give the cell to be named."""
        if self.given:
            self.given(it)
        return self.spoil(it)


BREAKS: dict[str, Break] = {}


def breaks(
    title: str, source: str, *codes: str, check: str = "", follows: str = "", leaves: str = "", verdict: str = FAILED, settings: Mapping[str, str] | None = None,
    given: Callable[[Spoilt], None] | None = None,
) -> Callable[[Spoil], Spoil]:
    """Enter a break; the function's name is its name. `follows` is written with blanks between the ids."""

    def enter(spoil: Spoil) -> Spoil:
        BREAKS[spoil.__name__] = Break(spoil.__name__, title, source, codes, spoil, check, frozenset(follows.split()), frozenset(leaves.split()), verdict, settings or {}, given)
        return spoil

    return enter
