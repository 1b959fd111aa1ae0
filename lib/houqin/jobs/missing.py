"""`houqin missing`: what classes have not handed in yet, from a school's inbox; as a text and as a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.errors import BadParameter
from houqin.jobs.inspection import inspect_files
from houqin.jobs.places import INBOX
from houqin.report.missing import asked_forms, due_forms, handed_in, missing_classes, missing_text, write_missing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from houqin.forms import Forms
    from houqin.jobs.access import Ask
    from houqin.pipeline import Result
    from houqin.school import School

TEXT, SHEET = "催交名单.txt", "催交名单.xlsx"


def missing_lines(
    school: Path, wanted: Sequence[str] = (), *, out: Path | None = None, ask: Ask | None = None
) -> list[str]:
    """Give the text for the chat group, and write it and its sheet where `out` is a folder.

    `wanted` are ids or titles of forms that classes fill in. BadParameter where there is no inbox, or no such form.
    """
    inbox = school / INBOX
    if not inbox.is_dir():
        raise BadParameter(f"“{school}”里没有“{INBOX}”文件夹。")
    if out is not None and out.exists() and not out.is_dir():
        raise BadParameter(f"--out 要写文件夹，“{out}”是一个文件。")
    found = inspect_files([inbox], school, ask=ask)
    if found.school is None:
        raise BadParameter(f"“{school}”不是学校文件夹。")
    form_ids = _chosen(found.forms, wanted)
    text = told(found.result, found.forms, found.school, form_ids, as_of=found.as_of)
    if out is None:
        return text.split("\n")
    write_list(out, found.result, found.forms, found.school, as_of=found.as_of, form_ids=form_ids)
    return [*text.split("\n"), "", f"写在：{out}（{TEXT}、{SHEET}）"]


def told(result: Result, forms: Forms, school: School, form_ids: Sequence[str], *, as_of: str) -> str:
    """Give the text of what is missing."""
    missing = missing_classes(result.ledgers, forms, school, form_ids, result.matches)
    return missing_text(missing, [forms[each].title for each in form_ids], as_of=as_of)


def write_list(  # noqa: PLR0913  (by keyword)
    folder: Path, result: Result, forms: Forms, school: School, *, as_of: str, form_ids: Sequence[str] = ()
) -> None:
    """Write text and sheet into a folder; without `form_ids` of the forms that are due at the start of a term."""
    own = form_ids or due_forms(forms)
    folder.mkdir(parents=True, exist_ok=True)
    text = told(result, forms, school, own, as_of=as_of)
    (folder / TEXT).write_text(text + "\n", encoding="utf-8-sig", newline="\r\n")
    states = handed_in(result.ledgers, forms, school, own, result.matches)
    write_missing(folder / SHEET, states, forms, own, school=school, as_of=as_of)


def _chosen(forms: Forms, wanted: Sequence[str]) -> list[str]:
    asked = asked_forms(forms)
    known = {name: each for each in asked for name in (each.id, each.title)}
    for word in wanted:
        if word not in known:
            titles = "、".join(each.title for each in asked)
            raise BadParameter(f"没有“{word}”这种各班交的表，可用的有 {titles}。")
    return list(dict.fromkeys(known[word].id for word in wanted)) or due_forms(forms)
