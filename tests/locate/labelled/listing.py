"""A list of records with any mixture of what offices put above, into, below and beside one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from locate.labelled import vocabulary as words
from locate.labelled.paper import Paper, TrueTable
from locate.labelled.values import SUMMED, Writer

from houqin.model import RowKind

if TYPE_CHECKING:
    import random

    from locate.labelled.vocabulary import Paperwork

_SENTENCES = (
    "总金额（大写）：捌千叁佰玖拾叁元柒角贰分   ¥8393.72",
    "金额合计（大写）：壹仟贰佰元整",
    "人民币（大写）：伍佰元整   小写：500.00",
)
_OPENINGS = ("上年结转", "上月结存", "期初余额", "承前页", "上期结转")


@dataclass(frozen=True, slots=True)
class Mix:
    """What is mixed into one list."""

    titles: int = 1
    info: bool = False
    unit: str = ""  # line, corner or title
    merged: bool = True
    bold: bool = False
    spaced: bool = False
    parts: str = ""  # category, merged or subtotal
    total: str = ""  # label, bare, top, words or double
    opening: bool = False
    gaps: bool = False
    reserved: bool = False
    idle: bool = False
    page_break: str = ""  # header or head
    numbers_row: bool = False
    notes: int = 0
    signs: bool = False
    text_numbers: bool = False
    unstored: bool = False
    sparse: bool = False
    wordy: bool = False
    nameless_first: bool = False
    air: bool = False
    label_right: bool = False
    two_signs: bool = False
    posts: bool = False
    records: int = 8

    @property
    def features(self) -> frozenset[str]:
        """Name what is mixed in."""
        names = [name for name in self.__slots__ if name != "records" and getattr(self, name)]
        return frozenset(f"{n}-{getattr(self, n)}" if isinstance(getattr(self, n), str) else n for n in names)


class Listing:
    """One list on a paper, its first cell at a place."""

    def __init__(self, paper: Paper, rng: random.Random, form: Paperwork, mix: Mix, left: int) -> None:
        """Take the form's columns from `left` on."""
        self.paper, self.rng, self.form, self.mix, self.left = paper, rng, form, mix, left
        self.right = left + len(form.heads) - 1
        self.writer = Writer(rng)
        self.row = 1
        self.serial = 0
        self.kinds: dict[int, RowKind] = {}
        self.notes: dict[str, str] = {}
        self.unit: str | None = None
        self.sums: dict[int, float] = {}
        self.part_sums: dict[int, float] = {}
        self.titles = [f"{words.SCHOOL}{form.title}", "2025-2026学年度第一学期"]

    def write(self, top: int) -> TrueTable:
        """Write the whole list from a row on and give the truth; `row` is then the first free row."""
        self.row = top
        self.write_head()
        header = self.write_header()
        first = self.row
        self.write_body()
        while self.kinds.get(self.row - 1) is RowKind.BLANK and self.row - 1 > max(r for r, _ in self.paper.cells):
            del self.kinds[self.row - 1]  # nothing shows that blank rows at the end are the table's
            self.row -= 1
        body = (first, self.row - 1)
        self.write_foot()
        columns = {c: header_text(self.path_of(c)) for c in range(self.left, self.right + 1)}
        rows = tuple(range(header, first))
        if self.mix.unstored:
            summed = {c for c, head in enumerate(self.form.heads, self.left) if head.kind == "m"}
            self.paper.forget_values(range(body[0] + self.mix.numbers_row, body[1] + 1), summed)
        return TrueTable(rows, body, dict(sorted(self.kinds.items())), columns, self.unit, self.notes)

    def write_head(self) -> None:
        """Write title, information and unit above the header."""
        for number in range(self.mix.titles):
            text = self.titles[number]
            if self.mix.unit == "title" and number == 0:
                text, self.unit = f"2025年9月{self.form.title}（单位：元）", "元"
            self.line(text, merged=self.rng.random() < 0.9)
        corner = self.mix.unit in {"corner", "line"}
        text, unit = self.rng.choice(words.UNIT_LINES)
        if corner:
            self.unit = unit
        if self.mix.info:
            pairs = self.rng.sample(words.INFO_LABELS, 2)
            self.notes.update(pairs)
            texts = [f"{label}：{value}" for label, value in pairs]
            if self.rng.random() < 0.5 or len(self.form.heads) < 6:
                self.paper.put(self.row, self.left, "      ".join(texts))
            else:
                for at, part in zip((self.left, self.left + len(self.form.heads) // 2), texts, strict=True):
                    self.paper.put(self.row, at, part)
            if corner and self.mix.unit == "corner":
                self.paper.put(self.row, self.right, text)
                corner = False
            self.row += 1
        if corner:
            self.paper.put(self.row, self.right if self.rng.random() < 0.7 else self.left, text)
            self.row += 1
        if self.mix.air and self.mix.titles:
            self.row += 1

    def line(self, text: str, *, merged: bool) -> None:
        """Write a line of text across the table."""
        self.paper.put(self.row, self.left, text)
        if merged:
            self.paper.merge(self.row, self.left, self.row, self.right)
        self.row += 1

    def write_header(self) -> int:
        """Write the header and give its first row."""
        top, depth = self.row, self.form.depth
        for column, head in enumerate(self.form.heads, self.left):
            for level, label in enumerate(self.path_of(column)):
                if level == len(head.path) - 1 or not self._same_group(column, level):
                    self.paper.put(top + level, column, self.dressed(label, column), bold=self.mix.bold)
            if self.mix.merged and len(head.path) < depth:
                self.paper.merge(top + len(head.path) - 1, column, top + depth - 1, column)
        if self.mix.merged:
            self._merge_groups(top)
        self.row = top + depth
        return top

    def path_of(self, column: int) -> tuple[str, ...]:
        """Give a column's labels; the first one may have none."""
        blank = self.mix.nameless_first and column == self.left
        return () if blank else self.form.heads[column - self.left].path

    def _same_group(self, column: int, level: int) -> bool:
        """Tell whether the column to the left is under the same group."""
        at = column - self.left
        return at > 0 and self.form.heads[at - 1].path[: level + 1] == self.form.heads[at].path[: level + 1]

    def _merge_groups(self, top: int) -> None:
        for level in range(self.form.depth - 1):
            start = self.left
            for column in range(self.left + 1, self.right + 2):
                if column <= self.right and self._same_group(column, level):
                    continue
                if column - start > 1:
                    self.paper.merge(top + level, start, top + level, column - 1)
                start = column

    def dressed(self, label: str, column: int) -> str:
        """Give a label with the blanks and line breaks that offices put into labels, always the same for a column."""
        if not self.mix.spaced:
            return label
        if len(label) == 2:
            return f"{label[0]} {label[1]}" if column % 2 else f"{label[0]}　{label[1]}"
        return f"{label[:2]}\n{label[2:]}" if len(label) > 3 else label

    def write_body(self) -> None:
        """Write records and all that is none between them."""
        mix = self.mix
        if mix.numbers_row:
            for column in range(self.left, self.right + 1):
                self.paper.put(self.row, column, float(column - self.left + 1))
            self.kinds[self.row] = RowKind.HEADER
            self.row += 1
        summed = any(head.kind in SUMMED for head in self.form.heads)
        top = self.row if mix.total == "top" and summed else 0
        self.row += bool(top)
        if mix.opening:
            self.opening()
        sizes = self.part_sizes()
        for number, size in enumerate(sizes):
            self.part(number, size)
            if mix.page_break and number == 0:
                self.page_break()
        self.reserve()
        self.totals(top)

    def part_sizes(self) -> list[int]:
        """Give the records of each part: two parts at least where something comes between them."""
        if not self.mix.parts and not self.mix.page_break:
            return [self.mix.records]
        number = self.rng.randrange(2, 4)
        return [max(2, self.mix.records // number) + self.rng.randrange(0, 3) for _ in range(number)]

    def part(self, number: int, size: int) -> None:
        """Write the records of one part."""
        mix, first = self.mix, self.row
        self.part_sums = {}
        if mix.parts in {"category", "both"}:
            label = words.CATEGORIES[number]
            first += 1
            numbered = self.rng.random() < 0.5
            self.kinds[self.row] = RowKind.CATEGORY
            self.line(f"{'一二三四'[number]}、{label}" if numbered else label, merged=not numbered)
        gap = self.rng.randrange(1, size) if mix.gaps and size > 1 else -1
        fixed = self.writer.value("g")
        for n in range(size):
            if n == gap:
                self.kinds[self.row] = RowKind.BLANK
                self.row += 1
            self.record(n, fixed)
        if mix.parts == "merged":
            self.paper.merge(first, self.part_column, self.row - 1, self.part_column)
        if mix.parts in {"subtotal", "both"}:
            label = self.rng.choice(("小计", "小 计", f"{fixed}小计" if mix.parts == "subtotal" else "小  计"))
            self.sum_row(label, self.part_sums, RowKind.SUBTOTAL, self.label_column)

    @property
    def part_column(self) -> int:
        """The column that names the part."""
        return next((c for c, head in enumerate(self.form.heads, self.left) if head.kind in "gcNwfx"), self.left)

    @property
    def label_column(self) -> int:
        """The column where totals have their label: the first, or the one that names the records."""
        return self.part_column if self.mix.label_right or self.mix.parts == "subtotal" else self.left

    def record(self, number: int, fixed: object) -> None:
        """Write one record; a merged part is named in its first row alone."""
        for column, head in enumerate(self.form.heads, self.left):
            value = self.writer.value(head.kind)
            if head.kind == "n":
                self.serial += 1
                value = float(self.serial)
            if column == self.part_column and self.mix.parts in {"merged", "subtotal"}:
                value = fixed if number == 0 or self.mix.parts == "subtotal" else None
            if self.mix.sparse and column > self.left + 1 and self.rng.random() < 0.4:
                value = None
            if self.mix.wordy and head.kind in "rf" and self.rng.random() < 0.2:
                value = self.rng.choice(words.SENTENCES)
            if head.kind in SUMMED and isinstance(value, float):
                self.sums[column] = self.sums.get(column, 0.0) + value
                self.part_sums[column] = self.part_sums.get(column, 0.0) + value
                value = f"{value:g}" if self.mix.text_numbers else value
            self.paper.put(self.row, column, value)
        self.row += 1

    def opening(self) -> None:
        """Write what is carried forward."""
        heads = list(enumerate(self.form.heads, self.left))
        label_at = next((c for c, head in heads if head.kind in "fN"), self.left)
        self.paper.put(self.row, label_at, self.rng.choice(_OPENINGS))
        last = next((c for c, head in reversed(heads) if head.kind in SUMMED), None)
        if last is not None and last != label_at:
            self.paper.put(self.row, last, self.writer.value("m"))
        self.kinds[self.row] = RowKind.OPENING
        self.row += 1

    def page_break(self) -> None:
        """Write the header again, with or without the title."""
        if self.mix.page_break == "sum":
            self.sum_row("本页小计", self.part_sums, RowKind.SUBTOTAL, self.left)
        if self.mix.page_break in {"head", "sum"} and self.mix.titles:
            self.kinds[self.row] = RowKind.FORM_HEAD
            self.line(str(self.paper.cells[self.head_row, self.left]), merged=True)
        top = self.write_header()
        self.kinds.update(dict.fromkeys(range(top, self.row), RowKind.HEADER))

    @property
    def head_row(self) -> int:
        """The row of the first title."""
        return min(row for row, column in self.paper.cells if column == self.left)

    def reserve(self) -> None:
        """Write rows that wait: numbered ones, and ones with formulas that give 0."""
        numbered = self.form.heads[0].kind == "n"
        for wanted, idle in ((self.mix.reserved, False), (self.mix.idle, True)):
            for _ in range(self.rng.randrange(2, 6) if wanted else 0):
                self.kinds[self.row] = RowKind.BLANK
                if numbered:
                    self.serial += 1
                    self.paper.put(self.row, self.left, float(self.serial))
                for column, head in enumerate(self.form.heads, self.left):
                    if idle and head.kind == "m":
                        self.paper.put(self.row, column, 0.0)
                        self.paper.formulas.add((self.row, column))
                self.row += 1

    def totals(self, top: int) -> None:
        """Write the total rows."""
        rng, kind = self.rng, self.mix.total
        if top:
            last, self.row = self.row, top
            self.sum_row(rng.choice(("合计", "全校合计", "总计")), self.sums, RowKind.TOTAL, self.left)
            self.row = last
        elif kind == "label":
            self.sum_row(rng.choice(words.TOTALS), self.sums, RowKind.TOTAL, self.label_column)
        elif kind == "bare":
            self.sum_row("", self.sums, RowKind.TOTAL, self.left)
        elif kind == "double":
            self.sum_row("本月合计", self.sums, RowKind.TOTAL, self.left)
            more = {column: value * 2 + 1 for column, value in self.sums.items()}
            self.sum_row("本年累计", more, RowKind.TOTAL, self.left)

    def sum_row(self, label: str, sums: dict[int, float], kind: RowKind, label_at: int) -> None:
        """Write a row of sums; where there is nothing to sum there is none."""
        if not sums:
            return
        self.paper.put(self.row, label_at, label)
        first = min(sums)
        if label and label_at < first - 1 and self.rng.random() < 0.4:
            self.paper.merge(self.row, label_at, self.row, first - 1)
        for column, value in sums.items():
            if column != label_at:
                self.paper.put(self.row, column, round(value, 2))
                if self.mix.idle or self.mix.unstored:
                    self.paper.formulas.add((self.row, column))
        self.kinds[self.row] = kind
        self.row += 1

    def write_foot(self) -> None:
        """Write what stands below: a total in a sentence, notes, signatures."""
        rng = self.rng
        if self.mix.total == "words":
            self.line(rng.choice(_SENTENCES), merged=True)
        if (self.mix.notes or self.mix.signs) and rng.random() < 0.4:
            self.row += 1
        if self.mix.signs:
            signs = rng.sample(words.SIGNS, 3)
            if rng.random() < 0.5 or len(self.form.heads) < 5:
                self.line("        ".join(signs), merged=rng.random() < 0.5)
            else:
                for at, sign in zip((0, len(self.form.heads) // 2, len(self.form.heads) - 2), signs, strict=True):
                    self.paper.put(self.row, self.left + at, sign)
                self.row += 1
        if self.mix.posts and len(self.form.heads) > 5:
            for at, post in ((0, "发放人"), (2, "仓库保管员"), (4, "后勤服务中心主任")):
                self.paper.put(self.row, self.left + at, post)
                self.paper.put(self.row + 1, self.left + at, "年　月　日")
            self.row += 2
        if self.mix.two_signs:
            self.paper.put(self.row, max(self.left, self.right - 2), "2025年9月30日")
            self.row += 1
        for text in rng.sample(words.NOTES, self.mix.notes):
            self.line(text, merged=rng.random() < 0.6)


def header_text(path: tuple[str, ...]) -> str:
    """Give the header as the contract writes it."""
    return "/".join("".join(label.split()) for label in path)
