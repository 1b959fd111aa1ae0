"""What a form has from elsewhere: fields of another form with all their names, words that several forms share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from houqin.forms.entry import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from houqin.forms.entry import Entry

_KEY, _MORE = "same_as", "also"


def inherit_fields(documents: Mapping[str, Entry]) -> None:
    """Fill in each field that says `same_as` from the field of that id in the other form; what it says itself holds.

    `also` gives it further names, beside those of the other form.
    """
    fields = {Path(name).stem: _fields(entry) for name, entry in documents.items()}
    given = {form: {str(each.get("id")): dict(each) for each in own} for form, own in fields.items()}
    for name, entry in documents.items():
        for place, each in enumerate(fields[Path(name).stem], 1):
            source = each.pop(_KEY, None)
            if source is None:
                continue
            others, field_id = given.get(str(source), {}), str(each.get("id"))
            if field_id not in others or _KEY in others[field_id]:
                wrong = nearest(str(source), given) or "。"
                entry.wrong(f"[[field]] 第 {place} 项（{field_id}） {_KEY}", f"“{source}”里没有写明这个字段{wrong}")
                continue
            more = each.pop(_MORE, [])
            each.update({key: value for key, value in others[field_id].items() if key not in each})
            if more:
                each["aliases"] = [*each.get("aliases", []), *more]


def share_words(documents: Mapping[str, Entry], lists: Entry | None) -> None:
    """Put the words of common.toml where the `content` of a form names such a list: food = "foods"."""
    known = {name: lists.texts(name) for name in lists.data} if lists else {}
    for entry in documents.values():
        given: Any = entry.data.get("content")
        content: dict[str, Any] = given if isinstance(given, dict) else {}
        for field_id, name in list(content.items()):
            if isinstance(name, str):
                if name not in known:
                    entry.wrong("content", f"没有词表“{name}”{nearest(name, known) or '。'}")
                content[field_id] = list(known.get(name, ()))


def _fields(entry: Entry) -> list[dict[str, Any]]:
    listed = entry.data.get("field")
    return [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
