"""`houqin missing`: what classes have not handed in yet, from a school's inbox."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.errors import BadParameter
from houqin.jobs.inspection import inspect_files
from houqin.jobs.places import INBOX
from houqin.report.missing import missing_classes, missing_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from houqin.jobs.access import Ask


# What each class fills in on its own at the start of a term; others are asked for by name
USUAL = ("desks", "meal_registration", "uniform_order")


def missing_lines(school: Path, wanted: Sequence[str] = (), *, ask: Ask | None = None) -> list[str]:
    """Give the text for the chat group. `wanted` are ids or titles of forms that every class fills in.

    BadParameter where there is no inbox, or no such form.
    """
    inbox = school / INBOX
    if not inbox.is_dir():
        raise BadParameter(f"“{school}”里没有“{INBOX}”文件夹。")
    found = inspect_files([inbox], school, ask=ask)
    if found.school is None:
        raise BadParameter(f"“{school}”不是学校文件夹。")
    known = {each.id: each for each in found.forms if each.every_class}
    known |= {each.title: each for each in known.values()}
    for word in wanted:
        if word not in known:
            titles = "、".join(dict.fromkeys(each.title for each in known.values()))
            raise BadParameter(f"没有“{word}”这种每班都交的表，可用的有 {titles}。")
    forms = list(dict.fromkeys(known[word].id for word in wanted or USUAL))
    missing = missing_classes(found.result.ledgers, found.forms, found.school, forms)
    return missing_text(missing, [found.forms[each].title for each in forms], as_of=found.as_of).split("\n")
