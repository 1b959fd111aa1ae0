"""Charts: few, large, with labels on the bars and a title that says what they show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from houqin.workbook.look import COLOURS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from houqin.workbook.address import Area

# Shades that stay apart in black and white as well; the first is the accent
SHADES = ("#1F4E79", "#9DC3E6", "#7F7F7F", "#D9D9D9")


class Series(NamedTuple):
    """One row of bars: its name and the cells of its values."""

    name: str
    values: Area
    number_format: str = "#,##0"


def build_chart(  # noqa: PLR0913  (all by keyword)
    chart: Any,  # noqa: ANN401  (xlsxwriter's)
    *,
    title: str,
    categories: Area,
    series: Sequence[Series],
    kind: str,
    face: str,
) -> None:
    """Give a chart its series, title, axes and labels; a legend only where there are several series."""
    font = {"name": face, "size": 10, "color": "#404040"}
    for number, each in enumerate(series):
        chart.add_series(
            {
                "name": each.name,
                "categories": f"={categories.ref}",
                "values": f"={each.values.ref}",
                "fill": {"color": SHADES[number % len(SHADES)]},
                "gap": 60,
                "data_labels": {"value": True, "num_format": each.number_format, "font": font | {"size": 9}},
            }
        )
    chart.set_title({"name": title, "name_font": {"name": face, "size": 13, "bold": True, "color": COLOURS["accent"]}})
    values = {
        "num_font": font,
        "num_format": series[0].number_format,
        "major_gridlines": {"visible": True, "line": {"color": "#E5E5E5"}},
        "line": {"none": True},
    }
    names = {"num_font": font, "line": {"color": COLOURS["rule"]}, "major_tick_mark": "none", "label_position": "low"}
    if kind == "bar":
        names["reverse"] = True  # the first row of the table on top
        values |= {"label_position": "low"}
    chart.set_x_axis(names)
    chart.set_y_axis(values)
    chart.set_legend({"position": "bottom", "font": font} if len(series) > 1 else {"none": True})
