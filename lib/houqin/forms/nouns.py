"""What a form file says, as frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from houqin.forms.blank import Blank

TYPES = {
    # type: (is a number, default scale, what it holds)
    "text": (False, 0, "文字"),
    "code": (False, 0, "编号，按文字保留，不作数字"),
    "quantity": (True, 3, "数量，可带小数"),
    "count": (True, 0, "整数：人数、件数"),
    "money": (True, 2, "金额，元"),
    "price": (True, 4, "单价，元"),
    "percent": (True, 4, "百分数，按写法（78.03）"),
    "date": (False, 0, "日期，或只到月"),
    "class": (False, 0, "班级，七年级(3)班"),
    "grade": (False, 0, "年级，七年级"),
    "place": (False, 0, "房间、处室；写的是班级就按班级"),
    "sex": (False, 0, "男、女"),
    "size": (False, 0, "尺码，165、XL、165/88A"),
    "id-number": (False, 0, "身份证号，核对位数、生日和校验位"),
    "choice": (False, 0, "values 中的一个"),
    "tick": (False, 0, "√ 或 ×，归一为 是、否"),
    "row-number": (True, 0, "序号，不进台账"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the ledger. `scale` counts decimals of a number; `values` are canonical word -> other spellings."""

    id: str
    title: str
    type: str = "text"
    scale: int = 0
    required: bool = False
    aliases: tuple[str, ...] = ()
    yielded: tuple[str, ...] = ()  # names that another field of the form has as its own: its second choice
    parts: tuple[tuple[str, ...], ...] = ()  # what its two-level names are made of: 期初|上期 and 数量
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unit: str | None = None
    zero_like: bool = True  # — / 无 count as 0 (numbers only)
    signed: bool = False  # may be below zero without a word: 差异
    submitted: bool = False  # where a form on the web has no such date, the time of submission stands in for it
    leads: bool = False  # its text may stand before the field that follows, in one cell: 30201 办公费
    spans: tuple[str, ...] = ()  # the two fields whose values it holds in one cell: 0001-0050
    instead: tuple[str, ...] = ()  # words that may stand in place of a number: 据实
    sensitive: bool = False  # a pupil's body or contact data: not in anything printed for others
    ledger: bool = True

    @property
    def is_number(self) -> bool:
        """Whether frames hold it as a scaled integer."""
        return TYPES[self.type][0]

    @property
    def heading(self) -> str:
        """The title with its unit, as ledgers head their columns: 期初结存/金额（元）."""
        unit = self.unit or {"money": "元", "price": "元", "percent": "%"}.get(self.type, "")
        return f"{self.title}（{unit}）" if unit and unit not in self.title else self.title


@dataclass(frozen=True, slots=True)
class Layout:
    """A way in which the office lays the form out.

    kind `list`: each field from a column, a record a row.
    kind `matrix`: `row` is the field read down the first column(s), `across` the field that the column headers hold,
    `value` the field of the inner cells; a blank or zero inner cell is no record. `ignore` are header words of columns
    that are neither (合计, 签字).
    `context`: field -> labels of the lines around the table (班级, 日期), or `@sheet` for the sheet's name,
    `@title` for the title line, `@file` for the file's name, `@side` for the side (收入) of half a statement. A column
    beats the context.
    `across_values`: where given, only these headers (canonical -> aliases) belong to the axis; with `across_open` they
    are what the matrix is recognised by, and its other unknown columns belong to the axis too. Where `across` is a
    date, the headers that read as days do (1日, 10.1).
    `names`: field -> further names that it has where the layout's `titles` speak (夏: 尺码 is that of the summer's).
    `above` are further fields that the header's levels say: 夏装/男/150 is a style, a sex, a size.
    `titles`: words of which the title or the sheet's name has one, `foreign_titles` words of which they have none:
    one matrix is of lunches, another of dinners.
    `values`: where a day stands over several columns, the field of each by the words of another level: 早, 中, 晚.
    `rates`: amount -> the field of per cents that takes its cells in the rows whose field of `rate_words` has one of
    its words: 营业利润率 stands in the column of the amounts.
    """

    id: str
    kind: str = "list"
    row: str | None = None
    across: str | None = None
    value: str | None = None
    ignore: tuple[str, ...] = ()
    context: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    across_values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    across_open: bool = False
    above: tuple[str, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    titles: tuple[str, ...] = ()
    foreign_titles: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rates: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rate_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """A rule of the form: an expression over its fields (`rule`), or a named rule (`use`) with `args`.

    `cell` is the field whose cell a finding points to; `message` may quote {field ids}, {found}, {expected}, {diff}.
    `tolerance` is a number, a threshold of the settings (`spare_desks`), or `price` for |quantity| x half of the
    price's last decimal + 0.01. `needs` are fields without whose column a table is not judged, beyond those of the rule
    that stand outside coalesce; `without` are fields with whose column it is not.
    """

    id: str
    code: str
    level: str
    cell: str
    message: str
    rule: str | None = None
    use: str | None = None
    args: Mapping[str, object] = field(default_factory=dict)
    tolerance: str = "0"
    suggest: bool = False
    needs: tuple[str, ...] = ()
    where: str = ""  # a rule judges only the records for which this holds
    without: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a tie-out: which form, which rows, by which fields, what is added up.

    `form` may be `@classes`, the class list of the settings (fields class, grade, pupils). `by` may say month(date).
    `times` is form.field of another form, one number for all (the price of a meal), by which each value is multiplied.
    """

    form: str
    value: str
    by: tuple[str, ...] = ()
    where: str | None = None
    aggregate: str = "sum"
    title: str = ""
    times: str | None = None


@dataclass(frozen=True, slots=True)
class TieOut:
    """What must agree between two forms. `relation` is equal, at-most or covered; `only_in` the level of a lone key.

    covered: what stands on the left must stand on the right as well, or in `also`, whatever the numbers are.

    `tolerance` is a number or a threshold of the settings (`class_size_gap`). Tie-outs of one `group` compare the same
    thing at several places: their findings about one key are one line.
    """

    id: str
    title: str
    code: str
    level: str
    left: Side
    right: Side
    why: str
    message: str
    relation: str = "equal"
    tolerance: str = "0"
    only_in: str | None = None
    group: str = ""
    also: Side | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A form of the office. `key` names the fields that tell one record from another; `plan` the plan's items."""

    id: str
    title: str
    grain: str
    fields: tuple[Field, ...]
    layouts: tuple[Layout, ...]
    key: tuple[str, ...] = ()
    required: tuple[str, ...] = ()  # fields without which a table is not this form (each layout may add its own)
    distinctive: tuple[str, ...] = ()  # fields that hardly any other form has
    foreign: tuple[str, ...] = ()  # headers that no table of this form has: they speak for another one
    others: tuple[str, ...] = ()  # headers that its tables have and no field keeps: 产品序列号
    least: int = 0  # how many of the distinctive fields a list of this form has, where it names any
    plain: tuple[str, ...] = ()  # names that tell nothing of what form this is: 日期, 经手人 (from common.toml)
    titles: tuple[str, ...] = ()  # words of a title that tell this form where its columns might be another's
    foreign_titles: tuple[str, ...] = ()  # words of a title that no table of this form has: 盘点, 食堂
    # Field -> words that its cells have (大米, 猪肉), none where the column is proof enough: a table without any of
    # them and without a word of `titles` is not this form, one with them is rather this than a form of all goods.
    content: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    checks: tuple[Check, ...] = ()
    workbook: str | None = None
    plan: tuple[str, ...] = ()
    totals: tuple[str, ...] = ()  # fields that may be added up over unlike records (amounts, heads)
    order: tuple[str, ...] = ()  # the ledger's order; else as the key
    every_class: bool = False  # whether every class of the school has a record: a class that lacks one is asked about
    blank: Blank | None = None  # how it is laid before a class to fill in; None where no class does

    def field(self, field_id: str) -> Field:
        """Give a field by its id; KeyError where the form has none."""
        for each in self.fields:
            if each.id == field_id:
                return each
        raise KeyError(field_id)

    def layout(self, layout_id: str) -> Layout:
        """Give a layout by its id; KeyError where the form has none."""
        for each in self.layouts:
            if each.id == layout_id:
                return each
        raise KeyError(layout_id)


@dataclass(frozen=True, slots=True)
class Forms:
    """All forms by id, in the order of their files, and the tie-outs; `digest` is the SHA-256 over all form files."""

    by_id: Mapping[str, Form]
    tie_outs: tuple[TieOut, ...]
    digest: str

    def __iter__(self) -> Iterator[Form]:
        """Go through the forms."""
        return iter(self.by_id.values())

    def __getitem__(self, form_id: str) -> Form:
        """Give a form by its id; KeyError where there is none."""
        return self.by_id[form_id]

    def __len__(self) -> int:
        """Count the forms."""
        return len(self.by_id)
