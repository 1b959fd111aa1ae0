"""The side of half a statement, 收入 | 支出, and the rows in a half that are of neither: 本月结余."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from houqin.values import canonical_text

if TYPE_CHECKING:
    from houqin.clean.cells import Cells
    from houqin.forms import Field
    from houqin.model import Match

_OF_NEITHER = re.compile(
    r"^[一二三四五六七八九十\d、.\s]*(本[月期年]|当[月期]|本学期|收支)?(结余|盈亏|盈余|节余|差额|利润)"
)


def part_results(match: Match, sources: dict[str, Cells], fields: dict[str, Field]) -> dict[str, Cells]:
    """Leave the side blank in rows that say what is left over: they may stand below either half."""
    sided = [name for name, note in match.context.items() if note.label == "@side" and name in sources]
    naming = next(
        (c.field for c in match.columns if c.role == "field" and c.field and fields[c.field].type == "text"), None
    )
    if not sided or naming not in sources:
        return sources
    names = sources[naming]
    of_side = [not _OF_NEITHER.search(canonical_text(names.shown(i))) for i in range(len(names))]
    if all(of_side):
        return sources
    return sources | {name: sources[name].take(np.zeros(len(names), np.int64)).only(of_side) for name in sided}
