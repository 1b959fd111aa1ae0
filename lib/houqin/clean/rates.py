"""Per cents that stand in a column of amounts: 营业利润率 −3.24% below 营业利润 −7,062.30."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from houqin.model import Kind
from houqin.values import canonical_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from houqin.clean.cells import Cells
    from houqin.forms import Field, Layout


def part_rates(sources: dict[str, Cells], layout: Layout, fields: Mapping[str, Field]) -> dict[str, Cells]:
    """Give the cells of amounts in rows named by the layout's `rate_words` to the fields of its `rates`."""
    for named, words in layout.rate_words.items():
        if named not in sources:
            continue
        names = sources[named]
        is_rate = [
            names.kinds[i] == Kind.TEXT and any(word in canonical_text(names.shown(i)) for word in words)
            for i in range(len(names))
        ]
        for amount, (rate, *_) in layout.rates.items() if any(is_rate) else ():
            cells = sources.get(amount)
            if cells is not None and rate not in sources and len(cells) == len(is_rate):
                sources[rate] = replace(cells.only(is_rate), field=fields[rate])
                sources[amount] = cells.only([not each for each in is_rate])
    return sources
