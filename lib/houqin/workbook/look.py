"""One look for all workbooks: type faces, colours, number formats and widths, all decided here.

A `Style` is a value; the workbook makes one format of xlsxwriter from each that is used.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

SCREEN_FACE = "等线"
PRINT_FACE = "宋体"  # what signed office forms are set in

COLOURS = {
    "accent": "#1F4E79",  # the one accent: titles, header rules, links
    "accent-light": "#DDEBF7",
    "rule": "#BFBFBF",
    "muted": "#7F7F7F",
    "black": "#000000",
    "white": "#FFFFFF",
    "input": "#FFF8E1",  # cells that a person may set: tolerances, signatures to tick
    "band": "#F5F8FB",
    "good": "#2E7D32",
    "good-light": "#E8F5E9",
    "bad": "#C00000",
    "bad-light": "#FDECEA",
    "doubt": "#9C5700",
    "doubt-light": "#FFF4E0",
}
TAB_COLOURS = {"input": "#BF9000", "working": "#A6A6A6", "result": "#1F4E79", "print": "#548235"}

# A number keeps a blank at its right, so that it does not touch a text beside it.
KINDS = {
    "text": ("General", "left"),
    "code": ("@", "left"),  # typed over by hand, 0012 stays 0012
    "money": ("#,##0.00_ ;[Red]-#,##0.00_ ", "right"),
    "price": ("#,##0.00##_ ", "right"),
    "quantity": ("#,##0_ ", "right"),  # whole numbers; with decimals see QUANTITY_FORMAT
    "count": ("#,##0_ ", "right"),
    "percent": ("0.00%_ ", "right"),  # of a ratio, 0.7803
    "points": ("0.00_ ", "right"),  # of percentage points as they are written, 78.03
    "date": ("yyyy-mm-dd", "center"),
}
# `#,##0.###` alone would show 12 as "12."
QUANTITY_FORMAT = "#,##0.0##_ "

# The symbol says the same as the colour, for black and white prints.
VERDICTS = {
    "通过": ("✓", "good"),
    "不符": ("✗", "bad"),
    "未核": ("?", "doubt"),
    "待答": ("?", "doubt"),
    "待定": ("?", "doubt"),
    "未见材料": ("—", "muted"),
    "必须改": ("✗", "bad"),
    "请确认": ("?", "doubt"),
    "提醒": ("!", "doubt"),
    "说明": ("·", "muted"),
}


_CHANGED: dict[tuple[Any, ...], Style] = {}  # there are some hundreds


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks. `kind` is a key of KINDS; an empty `align`, `face`, `size` is as the kind or workbook has it.

    `rule`: none, row (a thin grey line below), header, total (a line above), box (thin black on all sides, for forms),
    grid (the same in grey).
    `colour` and `fill` are keys of COLOURS.
    """

    kind: str = "text"
    bold: bool = False
    align: str = ""
    valign: str = "vcenter"
    wrap: bool = False
    rule: str = "none"
    colour: str = "black"
    fill: str = ""
    size: int = 0
    face: str = ""
    underline: bool = False
    indent: int = 0
    free: bool = False  # may be written in on a protected sheet

    def but(self, **changes: Any) -> Style:  # noqa: ANN401  (the fields above)
        """Give this style with some of its fields changed; the same object for the same changes."""
        key = (self, *changes.items())
        made = _CHANGED.get(key)
        if made is None:
            made = _CHANGED[key] = replace(self, **changes)
        return made


TEXT = Style()
WRAPPED = Style(wrap=True)
CODE = Style("code")
MONEY = Style("money")
PRICE = Style("price")
QUANTITY = Style("quantity")
COUNT = Style("count")
PERCENT = Style("percent")
POINTS = Style("points")
DATE = Style("date")
CENTER = Style(align="center")
NOTE = Style(colour="muted", size=10)
TITLE = Style(bold=True, size=16, colour="accent")
HEADING = Style(bold=True, size=12, colour="accent")
HEADER = Style(bold=True, align="center", wrap=True, rule="header", fill="accent-light", colour="accent")
LINK = Style(colour="accent", underline=True)
INPUT = Style(fill="input", rule="box")
# the forms that get signed
FORM_TITLE = Style(bold=True, size=18, align="center")
FORM_LINE = Style()
FORM_HEADER = Style(bold=True, align="center", wrap=True, rule="box")
FORM_CELL = Style(wrap=True, rule="box")


def properties(style: Style, *, face: str, decimals: bool = False) -> dict[str, Any]:
    """Give xlsxwriter's properties of a style; `decimals` where a quantity is no whole number."""
    number_format, align = KINDS[style.kind]
    if style.kind == "quantity" and decimals:
        number_format = QUANTITY_FORMAT
    result: dict[str, Any] = {
        "font_name": style.face or face,
        "font_size": style.size or 11,
        "num_format": number_format,
        "align": style.align or align,
        "valign": style.valign,
        "font_color": COLOURS[style.colour],
    }
    if style.bold:
        result["bold"] = True
    if style.wrap:
        result["text_wrap"] = True
    if style.underline:
        result["underline"] = 1
    if style.indent:
        result["indent"] = style.indent
    if style.free:
        result["locked"] = False
    if style.fill:
        result["bg_color"] = COLOURS[style.fill]
        result["pattern"] = 1
    return result | _borders(style.rule)


def _borders(rule: str) -> dict[str, Any]:
    grey, accent = COLOURS["rule"], COLOURS["accent"]
    return {
        "none": {},
        "row": {"bottom": 1, "bottom_color": grey},
        "header": {"top": 1, "top_color": accent, "bottom": 2, "bottom_color": accent},
        "total": {"top": 1, "top_color": accent, "bottom": 1, "bottom_color": accent},
        "box": {"border": 1, "border_color": COLOURS["black"]},
        "grid": {"border": 1, "border_color": grey},
        "under": {"bottom": 1, "bottom_color": COLOURS["black"]},
    }[rule]


@lru_cache(maxsize=20_000)
def text_width(text: str) -> int:
    """Count the columns that a line of text takes: a Chinese character counts two; of several lines the longest."""
    if text.isascii() and "\n" not in text:
        return len(text)
    return max(len(line) + sum(c > "\x7f" for c in line) for line in text.split("\n"))


def shown_width(value: str | int | Decimal, style: Style) -> int:
    """Count the columns that a value takes as its style shows it."""
    if isinstance(value, str):
        return 10 if style.kind == "date" and len(value) == 10 else text_width(value)
    if style.kind == "date":
        return 10
    if style.kind == "percent":
        return len(f"{value * 100:.2f}%")
    decimals = {"money": 2, "price": 2, "points": 2}.get(style.kind, 0)
    if style.kind in ("quantity", "price", "text"):
        exponent = Decimal(value).normalize().as_tuple().exponent
        decimals = max(decimals, min(4, -exponent if isinstance(exponent, int) else 0))
    return len(f"{value:,.{decimals}f}")


def lines_needed(text: str, width: float) -> int:
    """Count the lines that a text takes when it is wrapped at a width."""
    room = max(2.0, width - 1)
    return sum(max(1, -(-text_width(line) // int(room))) for line in text.split("\n"))
