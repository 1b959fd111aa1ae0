"""The workbook as a whole: formats, sheets, names, and a close that lets no loss pass."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from houqin.errors import FailedRun
from houqin.workbook.address import Area, legal_name
from houqin.workbook.look import PRINT_FACE, SCREEN_FACE, TAB_COLOURS, Style, properties
from houqin.workbook.packing import QuickBook
from houqin.workbook.quick import LONG, QuickSheet
from houqin.workbook.sheet import Sheet
from houqin.workbook.strict import strictly

if TYPE_CHECKING:
    from types import TracebackType

# Same input, same bytes: the file says no time of its own.
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  (xlsxwriter writes it as it is)
EXAMPLE_MARK = "【示例】"


class Workbook:
    """A workbook being written; as a context manager it is saved on leaving without an error, else not at all.

    `example` marks the title of the file and of each sheet with 示例. `face` is the type face of all cells.
    Columns of `long_from` rows are written from finished cells, which is faster and gives the same.
    """

    def __init__(
        self, path: Path, *, title: str, example: bool = False, face: str = SCREEN_FACE, long_from: int = LONG
    ) -> None:
        self.path = Path(path)
        self.title = (EXAMPLE_MARK if example else "") + title
        self.example = example
        self.face = face
        self.long_from = long_from
        self._book = QuickBook(
            self.path,
            {
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "default_format_properties": {"font_name": face, "font_size": 11},
            },
        )
        self._book.set_properties({"title": self.title, "author": "houqin", "created": CREATED})
        self._book.set_calc_mode("auto")
        self._formats: dict[tuple[Style, bool], Any] = {}
        # by identity, which is found faster than equality; the style is kept so that its id stays its own
        self._quick: dict[tuple[int, bool], tuple[Style, Any]] = {}
        self._sheets: dict[str, Sheet] = {}
        self._names: set[str] = set()

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Save, unless an error is on its way."""
        if kind is None:
            self.close()
        else:
            self._book.fileclosed = True  # or its __del__ would warn about a file not closed

    def sheet(self, name: str, *, role: str = "result", landscape: bool = False) -> Sheet:
        """Add a sheet; its name is made legal and unique (see `Sheet.name`). `role`: input, working, result, print."""
        legal = legal_name(name, self._names)
        self._names.add(legal.lower())
        with strictly(f"工作表“{legal}”"):
            raw = self._book.add_worksheet(legal, worksheet_class=QuickSheet)
        raw.set_tab_color(TAB_COLOURS[role])
        self._sheets[legal] = Sheet(self, raw, legal, landscape=landscape)
        return self._sheets[legal]

    def stamp(self, text: str) -> None:
        """Leave a word for our own programs among the file's properties, where other programs keep it."""
        with strictly("自定义属性"):
            self._book.set_custom_property("houqin", text)

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The sheets in order."""
        return tuple(self._sheets.values())

    def define_name(self, name: str, area: Area) -> None:
        """Name an area for formulas, 容差 for '说明'!$C$9."""
        with strictly(f"名称“{name}”"):
            if self._book.define_name(name, f"={area.ref}"):
                raise FailedRun(f"名称“{name}”不合 Excel 的规则。")

    def say(self, name: str, text: str) -> None:
        """Write a property of the document, which outlives what Excel and WPS do on saving."""
        with strictly(f"属性“{name}”"):
            if self._book.set_custom_property(name, text):
                raise FailedRun(f"属性“{name}”写不进去。")

    def close(self) -> None:
        """Fit widths and heights, then save; FailedRun where the file cannot be written."""
        for sheet in self._sheets.values():
            sheet.finish()
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with strictly(f"《{self.path.name}》"):
            self._book.close()

    def format(self, style: Style, *, decimals: bool = False) -> Any:  # noqa: ANN401  (a Format of xlsxwriter)
        """Give the one format of a style."""
        known = self._quick.get((id(style), decimals))
        if known is not None:
            return known[1]
        key = (style, decimals)
        if key not in self._formats:
            self._formats[key] = self._book.add_format(properties(style, face=self.face, decimals=decimals))
        self._quick[id(style), decimals] = (style, self._formats[key])
        return self._formats[key]

    def plain_format(self, look: dict[str, Any]) -> Any:  # noqa: ANN401  (a Format of xlsxwriter)
        """Give a format of bare properties, for conditional formats, which take no type face."""
        return self._book.add_format(look)

    def add_chart(self, kind: str, *, stacked: bool = False) -> Any:  # noqa: ANN401  (a Chart of xlsxwriter)
        """Give a chart that a sheet then places."""
        options = {"type": kind, "subtype": "stacked"} if stacked else {"type": kind}
        with strictly("图表"):
            return self._book.add_chart(options)


def print_workbook(path: Path, *, title: str, example: bool = False) -> Workbook:
    """Open a workbook of forms that get signed: the same, in 宋体."""
    return Workbook(path, title=title, example=example, face=PRINT_FACE)
