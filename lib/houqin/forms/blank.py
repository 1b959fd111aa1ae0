"""The `[blank]` of a form file: what is laid before a class to fill in, and what stands there already."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from houqin.forms.entry import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from houqin.forms.entry import Entry
    from houqin.forms.nouns import Form

# What the settings know beforehand: of the class, and of each good of the standards
CLASS_WORDS = ("class", "grade", "teacher", "roster", "building", "classroom")
GOODS_WORDS = ("good", "spec", "uom", "standard")
ROWS_OF = ("class", "roster", "goods")
SIGNS = ("班主任", "年级主任")
ROSTER = "roster"  # as a limit: the class's own size
_MOST_ROWS = 200
_LIST = 240  # characters of a drop-down: Excel's 255 less room for a class's own name
_SHEET_NAME = 12  # characters; a tab that can be read


@dataclass(frozen=True, slots=True)
class Blank:
    """A form as a class fills it in.

    `sheet` names its tab, `title` stands over it. `rows` is class (one row), roster (a row a pupil), goods (a row a
    good of the standards) or a number; `spare` rows more are left free. `columns` are fields, or headers that
    the form knows and keeps nothing of (its `others`).
    `prefill`: column -> a word of CLASS_WORDS or GOODS_WORDS. `limits`: field -> the most that a whole number may be,
    or `roster`. `words`: field -> words of a drop-down beside which others may be typed. `due` tells a form that every
    class hands in at the start of a term. `offered` are fields that a row may have from us: a row in which nothing else
    is filled in is no record.
    """

    sheet: str
    title: str
    columns: tuple[str, ...]
    rows: str
    spare: int = 0
    prefill: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    widths: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    totals: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    sign: tuple[str, ...] = SIGNS
    notes: tuple[str, ...] = ()
    due: bool = False


def read_blank(form: Entry) -> Blank | None:
    """Read a form's [blank]; None where it has none, for no class fills it in."""
    if "blank" not in form.data:
        form.table("blank")
        return None
    entry = form.table("blank")
    blank = Blank(
        sheet=entry.text("sheet", needed=True),
        title=entry.text("title") or form.text("title"),
        columns=entry.texts("columns", needed=True),
        rows=entry.text("rows", needed=True),
        spare=int(_number(entry, "spare", entry.text("spare", "0"))),
        prefill=_pairs(entry, "prefill"),
        headers=_pairs(entry, "headers"),
        widths=_pairs(entry, "widths"),
        limits=_pairs(entry, "limits"),
        words=entry.spellings("words"),
        totals=entry.texts("totals"),
        offered=entry.texts("offered"),
        sign=entry.texts("sign") or SIGNS,
        notes=entry.texts("notes"),
        due=entry.flag("due", default=False),
    )
    entry.close()
    return blank


def check_blank(form: Form, whole: Entry) -> None:
    """Note what does not hold in a form's blank."""
    blank, entry = form.blank, whole.table("blank")
    if blank is None:
        return
    _check_columns(form, blank, entry)
    for key in ("prefill", "headers", "widths"):
        _known(entry, key, getattr(blank, key), blank.columns, "columns 里没有")
    for key in ("limits", "words", "totals", "offered"):
        _known(entry, key, getattr(blank, key), blank.columns, "columns 里没有")
    _check_prefill(blank, entry)
    if blank.rows not in ROWS_OF and not 1 <= _number(entry, "rows", blank.rows) <= _MOST_ROWS:
        entry.wrong("rows", f"要写 {'、'.join(ROWS_OF)} 或 1 到 {_MOST_ROWS} 的行数，找到的是“{blank.rows}”。")
    if len(blank.sheet) > _SHEET_NAME:
        entry.wrong("sheet", f"工作表名最多 {_SHEET_NAME} 个字，找到的是“{blank.sheet}”。")
    _check_limits(form, blank, entry)


def _check_limits(form: Form, blank: Blank, entry: Entry) -> None:
    ids = [each.id for each in form.fields]
    for name, limit in blank.limits.items():
        if limit != ROSTER:
            _number(entry, f"limits {name}", limit)
        if name in ids and form.field(name).type not in {"count", "quantity", "price", "money"}:
            entry.wrong(f"limits {name}", "这个字段不是数字，不能写上限。")
    for name, width in blank.widths.items():
        _number(entry, f"widths {name}", width)
    for name, words in blank.words.items():
        if len(",".join(words)) > _LIST or any("," in word for word in words):
            entry.wrong(f"words {name}", f"下拉列表合起来最多 {_LIST} 个字，词里不能有英文逗号。")


def _check_columns(form: Form, blank: Blank, entry: Entry) -> None:
    known = [*(each.id for each in form.fields), *form.others]
    _known(entry, "columns", blank.columns, known, "没有字段，others 里也没有")
    lacking = [name for name in form.required if name not in blank.columns and not _said_above(form, name)]
    for name in lacking:
        entry.wrong("columns", f"缺少字段“{name}”：没有它，填好的表认不出是这种表单。")


def _said_above(form: Form, name: str) -> bool:
    """Tell a field that a line above the table may say."""
    return any(name in layout.context for layout in form.layouts)


def _check_prefill(blank: Blank, entry: Entry) -> None:
    known = (*CLASS_WORDS, *GOODS_WORDS)
    for name, word in blank.prefill.items():
        if word not in known:
            hint = nearest(word, known) or f"，可用的有 {'、'.join(known)}。"
            entry.wrong(f"prefill {name}", f"没有“{word}”{hint}")
        elif word in GOODS_WORDS and blank.rows != "goods":
            entry.wrong(f"prefill {name}", f'“{word}”是物品的，要有 rows = "goods"。')


def _known(entry: Entry, key: str, words: Iterable[str], names: Sequence[str], said: str) -> None:
    for word in words:
        if word not in names:
            entry.wrong(key, f"{said}“{word}”{nearest(word, names) or '。'}")


def _pairs(entry: Entry, key: str) -> dict[str, str]:
    inner = entry.table(key)
    return {name: inner.text(name) for name in inner.data}


def _number(entry: Entry, key: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        entry.wrong(key, f"要写数字，找到的是“{text}”。")
        return 1
