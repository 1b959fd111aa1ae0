"""Names that hold under a title only: 尺码 in a list of 夏季校服 is the size of the summer uniform."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.match.headers import ALIAS, squash
from houqin.match.profile import fit

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.forms import Form
    from houqin.match.headers import Heading
    from houqin.match.profile import Profile
    from houqin.model import RawTable


def titled_names(
    table: RawTable, headings: Sequence[Heading], profiles: Sequence[Profile], form: Form
) -> Mapping[tuple[int, int], float]:
    """Give the pairs of columns and fields that a layout's `names` make, where its `titles` speak.

    The title and the name of the sheet are asked. Where they speak for two layouts (夏装、冬装), for none.
    """
    layouts = [layout for layout in form.layouts if layout.names]
    if not layouts:
        return {}
    said = [squash(note.text) for note in table.notes if note.label == "title"] + [squash(table.grid.sheet)]
    meant = [layout for layout in layouts if any(word in text for word in layout.titles for text in said)]
    if len(meant) != 1:
        return {}
    found: dict[tuple[int, int], float] = {}
    for f, field in enumerate(form.fields):
        names = set(map(squash, meant[0].names.get(field.id, ())))
        for c, heading in enumerate(headings):
            if names & {key for key, _ in heading.keys}:
                found[c, f] = ALIAS * fit(field, profiles[c])
    return found
