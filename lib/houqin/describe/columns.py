"""Columns of a filled-in table to proposed fields: id, title, type, unit, words, from the header and the cells."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from houqin.describe.words import english_id
from houqin.forms import TYPES
from houqin.forms.validate import squash
from houqin.model import Kind, column_letter
from houqin.school.naming import namings_of, read_class
from houqin.values import canonical_text, normal, number_of, parse_date, parse_number, parse_sex, parse_tick, split_unit

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from houqin.forms import Field, Forms
    from houqin.model import Cell, Column, RawTable

# So many of a column's cells say what it is; the rest are mistakes that the form will find.
MOSTLY = Decimal("0.9")
# A column of few words that come again and again is a list to choose from.
MOST_CHOICES, FEWEST_ROWS, LONGEST_CHOICE, FEWEST_REPEATS = 6, 8, 8, 3
_MONEY = re.compile(r"(金额|价款|总价|合价|费|款|工资|补助|预算|原值|净值|余额|收入|支出)(?!率)")
_PRICE = re.compile(r"单价|均价|价格|标准价")
_RATE = re.compile(r"((?<![倍频功])率|占比|比例|百分比)$")
_CODE = re.compile(r"(编号|号码|单号|票号|代码|编码|学号|车牌|账号|卡号|电话|手机|身份证|学籍号|凭证号|条码)")
_HEADS = re.compile(r"(人数|人次|次数|件数|套数|台数|份数|张数|本数|名额|年龄)")
_SERIAL = re.compile(r"^(序号|编号|行次|项次|no\.?|№|序)$")
_MONEY_UNITS = frozenset({"元", "万元", "千元", "角", "分"})
_OPEN_WORDS = re.compile(r"(名称|姓名|人|者|员|师|书名|内容|备注|说明|原因|地点|位置|部门|规格|型号)$")


@dataclass(frozen=True, slots=True)
class Proposed:
    """A field as proposed. `values` has a number (exact) or a text for each record, None for a blank.

    `is_known` tells a name that the office's forms have already; `twin` one that an earlier column has too.
    """

    id: str
    title: str
    type: str
    letter: str
    values: tuple[Decimal | str | None, ...]
    scale: int | None = None
    unit: str | None = None
    choices: tuple[str, ...] = ()
    is_known: bool = False
    twin: str | None = None
    doubts: tuple[str, ...] = field(default=())

    @property
    def is_number(self) -> bool:
        """Whether it is computed with."""
        return TYPES[self.type][0] and self.type != "row-number"

    @property
    def is_full(self) -> bool:
        """Whether no record leaves it blank."""
        return None not in self.values and bool(self.values)


def propose_columns(table: RawTable, forms: Forms) -> list[Proposed]:
    """Propose a field for each column that has a header or holds something, in the order of the columns."""
    known = _known_names(forms)
    proposed: list[Proposed] = []
    for column in table.columns:
        cells = [table.grid.merged_cell(row + column.line, column.index) for row in table.record_rows]
        if column.header or any(cell.kind != Kind.BLANK for cell in cells):
            proposed.append(_unlike(_propose(column, cells, known), proposed))
    return proposed


def _known_names(forms: Forms) -> Mapping[str, Field]:
    """Give squashed names -> the field that most forms call so; an alias of one form alone is that form's own word."""
    claims: dict[str, Counter[str]] = {}
    fields: dict[str, Field] = {}
    for form in forms:
        for each in form.fields:
            fields.setdefault(each.id, each)
            title = squash(each.title)
            for name in {squash(name) for name in (each.title, *each.aliases)}:
                claims.setdefault(name, Counter())[each.id] += 2 if name == title else 1
    best = {name: max(ids, key=lambda i: (ids[i], -len(i), i)) for name, ids in claims.items()}
    return {name: fields[each] for name, each in best.items() if claims[name][each] > 1}


def _propose(column: Column, cells: Sequence[Cell], known: Mapping[str, Field]) -> Proposed:
    letter = column_letter(column.index)
    levels = [level for level in dict.fromkeys(normal(each) for each in column.path) if level]
    title = "/".join("".join(level.split()) for level in dict.fromkeys(column.path) if level.strip()) or f"{letter}列"
    name, unit = "/".join(levels), next((u for _, u in map(split_unit, reversed(levels)) if u), None)
    match = known.get(squash(name)) or (known.get(squash(levels[-1])) if len(levels) == 1 else None)
    kind, choices, doubts = _type_of(name, unit, cells, match)
    values = tuple(_value(cell, kind) for cell in cells)
    english = english_id(name) if name else None
    return Proposed(
        id=match.id if match else english or f"col_{letter.lower()}",
        title=title,
        type=kind,
        letter=letter,
        values=values,
        scale=_scale(kind, values),
        unit=unit if unit not in _MONEY_UNITS else None,
        choices=choices,
        is_known=match is not None,
        doubts=doubts,
    )


def _unlike(each: Proposed, before: Sequence[Proposed]) -> Proposed:
    """Keep ids apart; a header that an earlier column has too is told from it by the order of the columns."""
    if any(other.id == each.id for other in before):
        each = replace(each, id=f"{each.id}_{each.letter.lower()}", is_known=False)
    twin = next((other for other in before if squash(other.title) == squash(each.title)), None)
    if twin is None:
        return each
    again = f"{each.title}({each.letter})"
    doubt = f"与 {twin.letter} 列的表头相同，按列的先后区分"
    return replace(each, title=again, twin=each.title, doubts=(*each.doubts, doubt))


def _type_of(
    name: str, unit: str | None, cells: Sequence[Cell], match: Field | None
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Give a type, the words to choose from, and what a person should look at."""
    filled = [cell for cell in cells if cell.kind != Kind.BLANK]
    leaf = name.rsplit("/", maxsplit=1)[-1]
    if not filled:
        kind = match.type if match and match.type != "choice" else "text"
        return kind, (), ("这一列是空的，类型请自己定",)
    if plain := _plain_type(leaf, filled):
        return plain, (), ()
    is_words = match is not None and match.type in {"text", "code", "size"}
    if not is_words and _share(filled, _says_number) >= MOSTLY:
        return _number_type(leaf, unit, filled), (), ()
    if words := _choices(leaf, filled):
        return "choice", words, ("可选的词请核对，补上没有出现的",)
    return "text", (), ()


def _plain_type(leaf: str, filled: Sequence[Cell]) -> str | None:
    """Give the type that header and cells agree on, the surest first; None for numbers and words."""
    is_dated = filled[0].kind == Kind.DATE or any(word in leaf for word in ("日", "时间", "月"))
    tests: tuple[tuple[str, bool, Callable[[Cell], bool]], ...] = (
        ("date", is_dated, _says_date),
        ("class", "班" in leaf, _says_class),
        ("sex", "性别" in leaf, _says_sex),
        ("tick", True, _says_tick),
    )
    if _is_serial(leaf, filled):
        return "row-number"
    if _CODE.search(leaf) or _has_long_digits(filled):
        return "code"
    return next((kind for kind, may, says in tests if may and _share(filled, says) >= MOSTLY), None)


def _choices(leaf: str, filled: Sequence[Cell]) -> tuple[str, ...]:
    """Give the words of a column that has few of them again and again, the most frequent first."""
    words = Counter(canonical_text(str(cell.value)) for cell in filled)
    is_few = 1 < len(words) <= MOST_CHOICES and len(filled) >= max(FEWEST_ROWS, FEWEST_REPEATS * len(words))
    if not is_few or max(map(len, words)) > LONGEST_CHOICE or _OPEN_WORDS.search(leaf):
        return ()
    return tuple(sorted(words, key=lambda word: (-words[word], word)))


def _number_type(leaf: str, unit: str | None, filled: Sequence[Cell]) -> str:
    if _RATE.search(leaf) or unit == "%":
        return "percent"
    if _PRICE.search(leaf):
        return "price"
    if unit in _MONEY_UNITS or _MONEY.search(leaf):
        return "money"
    whole = all(value == value.to_integral_value() for value in map(_number, filled) if value is not None)
    return "count" if whole and (_HEADS.search(leaf) or unit in {"人", "人次", "次", "名"}) else "quantity"


def _is_serial(leaf: str, filled: Sequence[Cell]) -> bool:
    numbers = [_number(cell) for cell in filled]
    return bool(_SERIAL.match(leaf)) and bool(numbers) and numbers == list(map(Decimal, range(1, len(numbers) + 1)))


def _share(cells: Sequence[Cell], says: Callable[[Cell], bool]) -> Decimal:
    return Decimal(sum(says(cell) for cell in cells)) / len(cells)


def _says_number(cell: Cell) -> bool:
    return _number(cell) is not None


def _says_date(cell: Cell) -> bool:
    return cell.kind == Kind.DATE or (
        isinstance(cell.value, str) and parse_date(cell.value, year_of=lambda _: 2025) is not None
    )


def _says_tick(cell: Cell) -> bool:
    return cell.kind == Kind.TEXT and parse_tick(str(cell.value)) is not None


def _says_sex(cell: Cell) -> bool:
    return cell.kind == Kind.TEXT and parse_sex(str(cell.value)) is not None


def _says_class(cell: Cell) -> bool:
    return isinstance(cell.value, str) and read_class(cell.value, namings_of(None)) is not None


def _has_long_digits(cells: Sequence[Cell]) -> bool:
    """Tell numbers that are names: 20 digits of an invoice, 0012."""
    texts = [canonical_text(str(cell.value)) for cell in cells if cell.kind == Kind.TEXT]
    digits = [text for text in texts if text.isdigit()]
    return 2 * len(digits) > len(cells) and any(len(text) > 10 or (text[0] == "0" and len(text) > 1) for text in digits)


def _number(cell: Cell) -> Decimal | None:
    if cell.kind == Kind.NUMBER and isinstance(cell.value, float):
        return number_of(cell.value)
    if cell.kind != Kind.TEXT:
        return None
    read = parse_number(str(cell.value))
    return read.value if read else None


def _value(cell: Cell, kind: str) -> Decimal | str | None:
    if cell.kind == Kind.BLANK:
        return None
    if TYPES[kind][0]:
        return _number(cell)
    return canonical_text(str(cell.value)) or None


def _scale(kind: str, values: Sequence[Decimal | str | None]) -> int | None:
    """Give the decimals that the cells have, where they are more than the type keeps."""
    shown = [-int(v.normalize().as_tuple().exponent) for v in values if isinstance(v, Decimal)]
    most = min(6, max(shown, default=0))
    return most if TYPES[kind][0] and most > TYPES[kind][1] else None
