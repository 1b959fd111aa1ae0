"""Form files to forms: read all of them, note every mistake, and raise once with the whole list."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from houqin.errors import BadDescription
from houqin.forms.blank import read_blank
from houqin.forms.entry import Entry
from houqin.forms.inherit import inherit_fields, share_words
from houqin.forms.nouns import TYPES, Check, Field, Form, Forms, Layout, Side, TieOut
from houqin.forms.validate import check_form, check_tie_out, squash
from houqin.forms.words import AGGREGATES, RELATIONS
from houqin.model import Level

if TYPE_CHECKING:
    from collections.abc import Mapping

COMMON = "common.toml"
TIE_OUTS = "tie_outs.toml"
# Tables beside the forms that describe none.
_NO_FORMS = ("depreciation.toml", "settlement.toml")
_LOADED: dict[str, Forms] = {}  # by digest
_LEVELS = tuple(level.value for level in Level)


def templates_folder() -> Path:
    """Give the folder of the form files beside the package's checkout."""
    return Path(__file__).resolve().parents[3] / "templates"


def forms_digest(folder: Path | None = None) -> str:
    """Hash the form files of a folder (the office's own without one), and the blanks to be filled in beside them."""
    folder = folder or templates_folder()
    blanks = {f"fill/{path.name}": path.read_bytes() for path in sorted(folder.glob("fill/*")) if path.is_file()}
    return _digest(_contents(folder) | blanks)


def load_forms(folder: Path | None = None) -> Forms:
    """Load all forms of a folder (the office's own without one); the same files again give the same forms.

    BadDescription lists every mistake of every file, each with its place, what was found and the nearest right word.
    """
    folder = folder or templates_folder()
    contents = _contents(folder)
    digest = _digest(contents)
    if digest not in _LOADED:
        _LOADED[digest] = _load(folder, contents, digest)
    return _LOADED[digest]


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.toml"))}


def _digest(contents: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, content in contents.items():
        digest.update(name.encode() + b"\0" + content + b"\0")
    return digest.hexdigest()


def _load(folder: Path, contents: Mapping[str, bytes], digest: str) -> Forms:
    problems: list[str] = []
    documents = {name: Entry(_parse(name, each, problems), name, "", problems) for name, each in contents.items()}
    shared = documents.pop(COMMON, None)
    share_words(documents, shared.table("words") if shared else None)
    common, plain = _common_fields(shared)
    tie_outs = documents.pop(TIE_OUTS, None)
    for name in _NO_FORMS:
        documents.pop(name, None)
    if not documents:
        problems.append(f"《{folder.name}》：这个文件夹里没有表单描述（*.toml）。")
    inherit_fields(documents)
    forms = {name: _form(entry, common, plain) for name, entry in documents.items() if entry.data}
    by_id = {form.id: form for form in forms.values()}
    for name, form in forms.items():
        check_form(form, documents[name])
    ties = tuple(_tie_out(each, by_id) for each in tie_outs.tables("tie_out")) if tie_outs else ()
    if tie_outs:
        tie_outs.close()
    if problems:
        # A table read twice, to build and to check, tells its mistakes twice.
        raise BadDescription(list(dict.fromkeys(problems)))
    return Forms(by_id, ties, digest)


def _parse(name: str, content: bytes, problems: list[str]) -> dict[str, object]:
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError:
        problems.append(f"《{name}》：不是 UTF-8 编码的文本，请另存为 UTF-8。")
    except tomllib.TOMLDecodeError as error:
        problems.append(f"《{name}》：不合 TOML 写法，{error}。")
    return {}


def _common_fields(entry: Entry | None) -> tuple[dict[str, Field], tuple[str, ...]]:
    if entry is None:
        return {}, ()
    plain = entry.texts("plain")
    fields = {field.id: field for field in (_field(each, {}) for each in entry.tables("field"))}
    entry.close()
    return fields, plain


def _form(entry: Entry, common: Mapping[str, Field], plain: tuple[str, ...]) -> Form:
    form_id = entry.text("id", needed=True)
    if form_id and form_id != Path(entry.file).stem:
        entry.wrong("id", f"要与文件名相同，找到的是“{form_id}”，应为“{Path(entry.file).stem}”。")
    form = Form(
        id=form_id,
        title=entry.text("title", needed=True),
        grain=entry.text("grain", needed=True),
        fields=_with_common_names(tuple(_field(each, common) for each in entry.tables("field")), common),
        layouts=tuple(_layout(each) for each in entry.tables("layout")),
        key=entry.texts("key", needed=True),
        required=entry.texts("required", needed=True),
        distinctive=entry.texts("distinctive"),
        foreign=entry.texts("foreign"),
        others=entry.texts("others"),
        least=entry.count("least", 0),
        plain=plain,
        titles=entry.texts("titles"),
        foreign_titles=entry.texts("foreign_titles"),
        content=entry.spellings("content"),
        checks=tuple(_check(each) for each in entry.tables("check")),
        workbook=entry.text("workbook") or None,
        plan=entry.texts("plan"),
        totals=entry.texts("totals"),
        order=entry.texts("order"),
        every_class=entry.flag("every_class", default=False),
        blank=read_blank(entry),
    )
    entry.close()
    return form


def _field(entry: Entry, common: Mapping[str, Field]) -> Field:
    field_id = entry.text("id", needed=True)
    entry.place = f"{entry.place}（{field_id}）" if field_id else entry.place
    shared = common.get(field_id)
    kind = entry.word("type", TYPES, shared.type if shared else "text")
    parts, turned = entry.lists("parts"), entry.flag("turned", default=False)
    field = Field(
        id=field_id,
        title=entry.text("title", shared.title if shared else "", needed=shared is None),
        type=kind,
        scale=entry.count("scale", TYPES[kind][1]),
        required=entry.flag("required", default=False),
        aliases=tuple(dict.fromkeys((*entry.texts("aliases"), *entry.texts("shared"), *_joined(parts, turned=turned)))),
        parts=parts,
        yielded=entry.texts("second"),
        values=entry.spellings("values"),
        unit=entry.text("unit") or None,
        zero_like=entry.flag("zero_like", default=True),
        signed=entry.flag("signed", default=False),
        submitted=entry.flag("submitted", default=False),
        leads=entry.flag("leads", default=False),
        spans=entry.texts("spans"),
        instead=entry.texts("instead"),
        sensitive=entry.flag("sensitive", default=False),
        ledger=entry.flag("ledger", default=kind != "row-number"),
    )
    entry.close()
    return field


def _joined(parts: tuple[tuple[str, ...], ...], *, turned: bool) -> list[str]:
    """Give the names that lists of parts make, 多余/桌子, and turned round 桌子/多余."""
    orders = (parts, parts[::-1]) if turned else (parts,)
    return ["/".join(words) for order in orders for words in product(*order) if words]


def _with_common_names(fields: tuple[Field, ...], common: Mapping[str, Field]) -> tuple[Field, ...]:
    """Add the office's common names of a field, save those that another field of the form has as its own."""
    own = {squash(name): field.id for field in fields for name in (field.title, *field.aliases)}
    made = []
    for field in fields:
        shared = common.get(field.id)
        names = (shared.title, *shared.aliases) if shared else ()
        more = [name for name in names if own.get(squash(name), field.id) == field.id and name != field.title]
        yielded = tuple(name for name in names if own.get(squash(name), field.id) != field.id)
        aliases = tuple(dict.fromkeys((*field.aliases, *more)))
        made.append(replace(field, aliases=aliases, yielded=(*field.yielded, *yielded)))
    return tuple(made)


def _layout(entry: Entry) -> Layout:
    layout = Layout(
        id=entry.text("id", needed=True),
        kind=entry.word("kind", ("list", "matrix"), "list"),
        row=entry.text("row") or None,
        across=entry.text("across") or None,
        value=entry.text("value") or None,
        ignore=entry.texts("ignore"),
        context=entry.spellings("context"),
        required=entry.texts("required"),
        across_values=entry.spellings("across_values"),
        across_open=entry.flag("across_open", default=False),
        above=entry.texts("above"),
        names=entry.spellings("names"),
        titles=entry.texts("titles"),
        foreign_titles=entry.texts("foreign_titles"),
        values=entry.spellings("values"),
        rates=entry.spellings("rates"),
        rate_words=entry.spellings("rate_words"),
    )
    entry.close()
    return layout


def _check(entry: Entry) -> Check:
    args = entry.table("args")
    check = Check(
        id=entry.text("id", needed=True),
        code=entry.text("code", needed=True),
        level=entry.word("level", _LEVELS, "", needed=True),
        cell=entry.text("cell", needed=True),
        message=entry.text("message", needed=True),
        rule=entry.text("rule") or None,
        use=entry.text("use") or None,
        args=dict(args.data),
        tolerance=entry.text("tolerance", "0"),
        suggest=entry.flag("suggest", default=False),
        needs=entry.texts("needs"),
        where=entry.text("where"),
        without=entry.texts("without"),
    )
    entry.close()
    return check


def _side(entry: Entry) -> Side:
    side = Side(
        form=entry.text("form", needed=True),
        value=entry.text("value", needed=True),
        by=entry.texts("by"),
        where=entry.text("where") or None,
        aggregate=entry.word("aggregate", AGGREGATES, "sum"),
        title=entry.text("title"),
        times=entry.text("times") or None,
    )
    entry.close()
    return side


def _tie_out(entry: Entry, forms: Mapping[str, Form]) -> TieOut:
    left, right, also = entry.table("left"), entry.table("right"), entry.tables("also")
    tie_out = TieOut(
        id=entry.text("id", needed=True),
        title=entry.text("title", needed=True),
        code=entry.text("code", "tie-out-mismatch"),
        level=entry.word("level", _LEVELS, "", needed=True),
        left=_side(left),
        right=_side(right),
        why=entry.text("why", needed=True),
        message=entry.text("message", needed=True),
        relation=entry.word("relation", RELATIONS, "equal"),
        tolerance=entry.text("tolerance", "0"),
        only_in=entry.word("only_in", _LEVELS, "") or None,
        group=entry.text("group"),
        also=_side(also[0]) if also else None,
    )
    entry.close()
    check_tie_out(tie_out, entry, (left, right, *also), forms)
    return tie_out
