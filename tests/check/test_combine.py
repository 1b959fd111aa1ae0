"""The list as a person reads it."""

from __future__ import annotations

from itertools import permutations

from houqin.check import combine_findings
from houqin.model import Finding, Level, Place


def finding(cell: str | None, *, code: str = "missing", level: Level = Level.ERROR, file: str = "甲2.xlsx",
            message: str = "没有填。", **more: object) -> Finding:  # fmt: skip
    """Make a finding of a column."""
    return Finding(code, level, message, Place(file, "9月", cell), form="desks", **more)  # type: ignore[arg-type]


def test_three_of_a_cause_keep_their_lines_and_four_become_one():
    """One line says how many, from where to where, and quotes the first."""
    three = [finding(f"B{row}", field="name") for row in (4, 5, 9)]
    assert combine_findings(three) == tuple(three)
    (line,) = combine_findings([*three, finding("B12", field="name")])
    assert line.message == "B4:B12 共 4 处同样的问题。第一处：没有填。"
    assert line.count == 4
    assert (line.place.cell, [place.cell for place in line.related]) == ("B4", ["B5", "B9", "B12"])


def test_right_values_are_not_lost_in_one_line():
    """Each cell's right value stands in the combined line."""
    wrong = [finding(f"H{row}", field="amt", found=f"{row}00", expected=str(row)) for row in (4, 5, 6, 7)]
    (line,) = combine_findings(wrong)
    assert line.expected is None
    assert "H4 填 400，应为 4；H5 填 500，应为 5；H6 填 600，应为 6；H7 填 700，应为 7。" in line.message


def test_other_codes_columns_sheets_and_files_are_other_causes():
    """What is mended in another place is another line."""
    many = [finding(f"B{row}", field="name") for row in range(4, 8)]
    others = [finding(f"C{row}", field="spec") for row in range(4, 7)]
    elsewhere = [finding(f"B{row}", field="name", file="乙.xlsx") for row in range(4, 7)]
    assert len(combine_findings([*many, *others, *elsewhere])) == 7


def test_what_matters_most_comes_first():
    """Level, then file, sheet, row and column: B4 before A12 before AA12."""
    expected = [
        finding("B4"),
        finding("A12"),
        finding("AA12"),
        finding("A1", file="甲10.xlsx"),
        finding("A1", level=Level.QUESTION),
        finding(None, level=Level.INFO),
    ]
    for order in list(permutations(expected))[::97]:
        assert list(combine_findings(order)) == expected


def test_a_copy_of_a_workbook_repeats_no_finding():
    """What is wrong in both is told at the original, the copy's cell goes along; class files are no copies."""
    places = Place("餐(1).xlsx"), Place("餐.xlsx")
    copied = Finding("duplicate-record", Level.INFO, "重复未用。", places[0], related=places[1:])
    original = finding("H8", file="餐.xlsx", message="超过。")
    copy = finding("H8", file="餐(1).xlsx", message="超过。")
    other = finding("H8", file="别的.xlsx", message="超过。")
    told, apart, _ = combine_findings([copy, other, copied, original])
    assert {told.place.file, apart.place.file} == {"餐.xlsx", "别的.xlsx"}
    both = next(f for f in (told, apart) if f.place.file == "餐.xlsx")
    assert [place.file for place in both.related] == ["餐(1).xlsx"]


def test_a_milder_finding_of_one_code_at_one_cell_is_dropped():
    """An error about a cell needs no question about the same."""
    grave = finding("H8", code="over-limit")
    mild = finding("H8", code="over-limit", level=Level.QUESTION, message="多。")
    assert combine_findings([mild, grave]) == (grave,)


def test_two_sheets_of_one_workbook_are_no_copies_of_each_other():
    """What is wrong twice in one workbook is told twice, even where two of its sheets repeat records."""
    places = Place("餐.xlsx", "八年级"), Place("餐.xlsx", "七年级")
    repeated = Finding("duplicate-record", Level.INFO, "重复未用。", places[0], related=places[1:])
    twice = [finding("H8", file="餐.xlsx"), finding("H9", file="餐.xlsx")]
    assert combine_findings([*twice, repeated]) == (*twice, repeated)


def test_what_is_merely_mentioned_is_told_once_for_all_sheets():
    """Twenty sheets with one unusual header are one line with all places; what must be mended stays a line a sheet."""
    sheets = [f"{number}班" for number in range(1, 6)]
    mere = [Finding("near-column", Level.INFO, "按“规格”处理。", Place("资产.xlsx", each, "F1")) for each in sheets]
    grave = [Finding("missing", Level.ERROR, "没有填。", Place("资产.xlsx", each, "F9")) for each in sheets]
    *errors, told = combine_findings([*mere, *grave])
    assert errors == grave
    assert told.count == len(sheets)
    assert told.message == "“1班”、“2班”等 5 张工作表都是这样。第一处：按“规格”处理。"
    assert {told.place, *told.related} == {each.place for each in mere}
    assert list(combine_findings(mere[:3])) == mere[:3]
