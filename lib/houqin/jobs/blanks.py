"""`houqin blanks`: prefilled blanks for the classes, a workbook a class or a workbook a form; never over one filled in.

A blank says of itself what stood in it when we wrote it, so that one in which somebody has written since is known.
"""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from houqin.errors import BadParameter, RefusedFile
from houqin.jobs.access import access_for
from houqin.jobs.own_forms import own_forms
from houqin.jobs.places import OUTPUT
from houqin.jobs.plan import folder_name
from houqin.package import property_of
from houqin.read import read_settings
from houqin.report.blanks import BLANK_PROPERTY, write_class_book, write_form_book
from houqin.school import load_school

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from houqin.forms import Form, Forms
    from houqin.model import Grid
    from houqin.school import School

    Parse = Callable[[bytes], Sequence[Grid]]

FOLDER = "发给各班的空白表"
BY_CLASS, BY_FORM = "class", "form"
_MOST_ASIDE = 99


class Made(NamedTuple):
    """One blank: its file, and what was done: written, renewed, same, aside."""

    path: Path
    done: str


def write_blanks(
    school_folder: Path, wanted: Sequence[str] = (), *, out: Path | None = None, by: str = BY_CLASS,
    classes: Sequence[str] = (),
) -> list[str]:  # fmt: skip
    """Write the blanks and give what to tell. `wanted` are ids or titles of forms that classes fill in, else all.

    BadParameter where there is no such form or class, or no class at all.
    """
    school = load_school(school_folder, read_settings)
    forms = class_forms(own_forms(school), wanted)
    folder = out or OUTPUT / folder_name(school.name) / FOLDER
    if folder.exists() and not folder.is_dir():
        raise BadParameter(f"--out 要写文件夹，“{folder}”是一个文件。")
    parse = access_for(school).reader.parse
    chosen = _classes(school, classes)
    made: list[Made] = []
    if by == BY_FORM:
        for form in forms:
            name = f"{folder_name(form.blank.title if form.blank else form.title)}（各班）.xlsx"
            made.append(_keep(folder / name, _stamped(_form_writer(form, chosen), parse), parse))
    else:
        for one in chosen.classes:
            write = _class_writer(forms, chosen, one.name)
            made.append(_keep(folder / f"{folder_name(one.name)}填报表.xlsx", _stamped(write, parse), parse))
    return list(_told(made, folder, forms, chosen))


def class_forms(forms: Forms, wanted: Sequence[str] = ()) -> list[Form]:
    """Give the forms that classes fill in, those due at the start of a term first; BadParameter names the known."""
    own = sorted((each for each in forms if each.blank), key=lambda each: not (each.blank and each.blank.due))
    known = {name: each for each in own for name in _names(each)}
    for word in wanted:
        if word not in known:
            near = get_close_matches(word, known, 1, 0.4)
            hint = f"是不是“{near[0]}”？" if near else ""
            titles = "、".join(each.title for each in own)
            raise BadParameter(f"没有“{word}”这种发给各班填的表。{hint}可用的有：{titles}。")
    return list({known[word].id: known[word] for word in wanted}.values()) if wanted else own


def _names(form: Form) -> tuple[str, ...]:
    return (form.id, form.title, *([form.blank.title, form.blank.sheet] if form.blank else []))


def _classes(school: School, names: Sequence[str]) -> School:
    """Give the school with the classes that are wanted alone."""
    known = {each.name: each for each in school.classes}
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, 1, 0.4)
            raise BadParameter(f"学校设置里没有“{name}”这个班。" + (f"是不是“{near[0]}”？" if near else ""))
    return replace(school, classes=tuple(known[name] for name in dict.fromkeys(names))) if names else school


def _class_writer(forms: Sequence[Form], school: School, name: str) -> Callable[[Path, str], None]:
    one = next(each for each in school.classes if each.name == name)
    return lambda path, stamp: write_class_book(path, forms, school, one, stamp=stamp)


def _form_writer(form: Form, school: School) -> Callable[[Path, str], None]:
    return lambda path, stamp: write_form_book(path, form, school, stamp=stamp)


def _stamped(write: Callable[[Path, str], None], parse: Parse) -> bytes:
    """Write a workbook that says of itself what stands in it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "blank.xlsx"
        write(path, "")
        write(path, _content(parse(path.read_bytes())))
        return path.read_bytes()


def _content(grids: Iterable[Grid]) -> str:
    """Hash what stands in the cells but for formulas, whose results come and go; looks and order of sheets aside."""
    cells = sorted(
        f"{grid.sheet}\0{row}\0{column}\0{grid.cell(row, column).value}"
        for grid in grids for row in range(1, grid.rows + 1) for column in range(1, grid.columns + 1)
        if grid.kind(row, column) and not grid.is_formula(row, column)
    )  # fmt: skip
    return hashlib.sha256("\1".join(cells).encode()).hexdigest()


def _keep(path: Path, data: bytes, parse: Parse) -> Made:
    """Write a blank where none is, or over one that nobody wrote in; else beside it."""
    for number in range(_MOST_ASIDE):
        own = path.with_stem(f"{path.stem}（新{number if number > 1 else ''}）") if number else path
        if not own.exists():
            own.parent.mkdir(parents=True, exist_ok=True)
            own.write_bytes(data)
            return Made(own, "aside" if number else "written")
        if own.read_bytes() == data:
            return Made(own, "aside" if number else "same")
        if _is_untouched(own.read_bytes(), parse):
            own.write_bytes(data)
            return Made(own, "aside" if number else "renewed")
    raise BadParameter(f"“{path.parent}”里《{path.name}》的新空白表太多了，请先整理这个文件夹。")


def _is_untouched(data: bytes, parse: Parse) -> bool:
    """Tell a blank of ours in which nobody wrote, though it may have been opened and saved."""
    stamp = property_of(data, BLANK_PROPERTY)
    if stamp is None:
        return False
    try:
        return _content(parse(data)) == stamp
    except RefusedFile:
        return False


def _told(made: Sequence[Made], folder: Path, forms: Sequence[Form], school: School) -> Iterable[str]:
    counts = {word: sum(each.done == word for each in made) for word in ("written", "renewed", "same")}
    said = [f"新写 {counts['written']} 本"] if counts["written"] else []
    said += [f"更新 {counts['renewed']} 本（没有人填过）"] if counts["renewed"] else []
    said += [f"没有变化 {counts['same']} 本"] if counts["same"] else []
    titles = "、".join(each.blank.title for each in forms if each.blank)
    yield f"空白表在：{folder}"
    if said:
        yield "，".join(said) + f"。每班要填：{titles}。"
    for each in made:
        if each.done == "aside":
            yield f"有一份已经有人填过，没有动它；新的空白表写在旁边：{each.path.name}"
    if not school.standards and any(each.blank and each.blank.rows == "goods" for each in forms):
        yield "学校设置里没有“配备标准”，领用表里没有预填物品；填好配备标准再写一次就有了。"
    yield "发给班主任，填好后放进“收件箱”。没交的用 houqin missing 看。"
