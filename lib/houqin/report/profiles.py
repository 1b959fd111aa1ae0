"""What goes to whom: the class teacher, the maker of the uniforms, the notice board; each gets what it needs, no more.

Pupils here are mostly under fourteen, whose data the law counts as sensitive (strict necessity); columns that no form
knows may hold anything and leave the house in no profile.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.model import Level
from houqin.report.ledger_columns import STYLES
from houqin.report.records import Record, add_up, counted_records
from houqin.report.words import term
from houqin.workbook import COUNT, WRAPPED, Col, Workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from houqin.forms import Field, Form, Forms
    from houqin.model import Finding, Ledger
    from houqin.school import School
    from houqin.workbook import CellValue

# Word of the command line -> what a clerk reads.
PROFILES = {"internal": "内部", "class": "班主任", "vendor": "厂家", "public": "公示"}
_NUMBERS = frozenset({"stu_no", "id_no", "id_card"})
_CONTACTS = frozenset({"phone", "parent_phone", "contact", "address"})
_FOR_SIZES = frozenset({"class", "sex", "size", "quantity", "count"})
_NAMES = frozenset({"pupil", "who", "student"})


@dataclass(frozen=True, slots=True)
class _Source:
    """What a profile is written from."""

    ledgers: Mapping[str, Ledger]
    forms: Forms
    school: School
    as_of: str
    findings: Sequence[Finding]

    @property
    def head(self) -> str:
        return f"{self.school.name}　{term(self.school)}　截至 {self.as_of}"

    def records(self, form: Form) -> list[Record]:
        return counted_records(self.ledgers, form.id, self.forms)

    def fields(self, form: Form, without: Sequence[str] = ()) -> list[Field]:
        """Give the fields that hold something, less those that tell of a pupil what this profile may not know."""
        frame = self.ledgers[form.id].frame
        kept = [f for f in form.fields if f.id in frame.columns and f.ledger and f.type != "row-number"]
        return [f for f in kept if personal_kind(f) not in without and frame[f.id].notna().any()]

    @property
    def with_class(self) -> list[Form]:
        return [f for f in self.forms if f.id in self.ledgers and "class" in self.ledgers[f.id].frame.columns]

    @property
    def without_class(self) -> list[Form]:
        return [f for f in self.forms if f.id in self.ledgers and "class" not in self.ledgers[f.id].frame.columns]


def personal_kind(field: Field) -> str:
    """Say what a field tells of a pupil: id, contact, name, body, or nothing (empty)."""
    if field.type == "id-number" or field.id in _NUMBERS:
        return "id"
    if field.id in _CONTACTS:
        return "contact"
    if not field.sensitive:
        return ""
    return "name" if field.id in _NAMES else "body"


def write_profile(  # noqa: PLR0913  (by keyword)
    folder: Path, profile: str, ledgers: Mapping[str, Ledger], forms: Forms, *, school: School, as_of: str,
    findings: Sequence[Finding] = (),
) -> list[str]:  # fmt: skip
    """Write the workbooks of a profile into a folder; give the sentences about what was left out and why.

    class: a workbook a class with its own rows, without ID numbers and contacts. vendor: sizes and sets by class, names
    for the bags, nothing else about a pupil. public: totals by class; a form about persons that knows no class is
    refused, and while something must be mended in a form's workbooks, its sheet says that it may not be posted yet.
    """
    return _WRITERS[profile](folder, _Source(ledgers, forms, school, as_of, findings))


def _for_classes(folder: Path, source: _Source) -> list[str]:
    school = source.school
    kept = {form.id: source.fields(form, ("id", "contact")) for form in source.with_class}
    all_records = [(form, source.records(form)) for form in source.with_class]
    for each in school.classes:
        own = [(f, [r for r in records if r.text("class") == each.name]) for f, records in all_records]
        if not any(records for _, records in own):
            continue
        title = f"{each.name} {source.as_of}"
        with Workbook(folder / f"{each.name}.xlsx", title=title, example=school.is_example) as book:
            for form, records in own:
                if records:
                    _sheet(book, form.title, kept[form.id], records, [source.head, each.name])
    titles = "、".join(form.title for form in source.without_class)
    return [f"{titles}没有班级，没有分发给班主任。"] if titles else []


def _for_vendor(folder: Path, source: _Source) -> list[str]:
    sized = [form for form in source.with_class if any(each.type == "size" for each in form.fields)]
    if not sized:
        return ["没有校服的表，没有可以给厂家的内容。"]
    with Workbook(folder / "给厂家.xlsx", title="给厂家的尺码", example=source.school.is_example) as book:
        for form in sized:
            present = source.fields(form, ("id", "contact", "body"))
            needed = [f for f in present if f.type in _FOR_SIZES or personal_kind(f) == "name"]
            lines = [source.head, "只含装袋要用的班级、姓名、性别、尺码和数量。"]
            _sheet(book, form.title, needed, source.records(form), lines)
    return ["给厂家的表里没有证件号、学号、电话、身高和体重。"]


def _for_public(folder: Path, source: _Source) -> list[str]:
    notes = _refused(source)
    if not source.with_class:
        return [*notes, "没有按班级汇总的内容，没有生成公示表。"]
    with Workbook(folder / "公示.xlsx", title="公示", example=source.school.is_example) as book:
        for form in source.with_class:
            open_errors = sum(f.level == Level.ERROR and f.form == form.id for f in source.findings)
            state = f"还有 {open_errors} 处必须改，暂不能公示。" if open_errors else "只含班级合计，不含个人信息。"
            _class_totals(book, form, source, [source.head, state])
    return notes


_WRITERS: dict[str, Callable[[Path, _Source], list[str]]] = {
    "class": _for_classes,
    "vendor": _for_vendor,
    "public": _for_public,
}


def _sheet(
    book: Workbook, title: str, fields: Sequence[Field], records: Sequence[Record], lines: Sequence[str]
) -> None:
    sheet = book.sheet(title, landscape=len(fields) > 7)
    top = sheet.head(title, max(2, min(len(fields) + 1, 12)), lines=lines)
    rows: list[list[CellValue]] = [
        [n, *(record.number(f.id) if f.is_number else record.text(f.id) or None for f in fields)]
        for n, record in enumerate(records, 1)
    ]
    sheet.table(top, 1, [Col("序号", COUNT), *map(_col, fields)], rows)
    sheet.freeze(top + 1)


def _col(field: Field, *, total: str = "") -> Col:
    return Col(field.heading.replace("/", "\n"), STYLES.get(field.type, WRAPPED), total=total)


def _class_totals(book: Workbook, form: Form, source: _Source, lines: Sequence[str]) -> None:
    summed = [f for f in source.fields(form) if f.id in form.totals and not personal_kind(f)]
    is_of_persons = any(personal_kind(field) for field in form.fields)
    by_class: dict[str, list[Record]] = {}
    for record in source.records(form):
        by_class.setdefault(record.text("class") or "未写班级", []).append(record)
    order = source.school.class_order
    sheet = book.sheet(form.title)
    top = sheet.head(form.title, max(3, len(summed) + 2), lines=lines)
    count = Col("人数" if is_of_persons else "条数", COUNT, total="sum")
    rows: list[list[CellValue]] = [
        [name, len(own), *(add_up(r.number(f.id) for r in own) or Decimal(0) for f in summed)]
        for name, own in sorted(by_class.items(), key=lambda pair: (order.get(pair[0], len(order)), pair[0]))
    ]
    sheet.table(top, 1, [Col("班级", WRAPPED, 16), count, *(_col(f, total="sum") for f in summed)], rows)
    sheet.freeze(top + 1)


def _refused(source: _Source) -> list[str]:
    """Say which forms about persons have no class to be added up by."""
    words = {"name": "姓名", "id": "证件号", "body": "身体数据", "contact": "联系方式"}
    notes = []
    for form in source.without_class:
        kinds = [words[kind] for kind in dict.fromkeys(map(personal_kind, source.fields(form))) if kind]
        if kinds:
            notes.append(f"没有生成《{form.title}公示》：内容含学生{'和'.join(kinds)}。公示只列班级合计，这张表没有班级。")
    return notes
