"""A school's own tolerances."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from small_tables import SCHOOL

from houqin.errors import BadDescription
from houqin.forms import load_forms
from houqin.jobs.own_forms import own_forms
from houqin.model import SourceFile, grid_of
from houqin.pipeline import process_files

ROWS = [
    ["示例中学2025年9月物资收发存", *[None] * 7],
    ["序号", "物品名称", "单位", "期初数量", "入库数量", "出库数量", "结存数量", "备注"],
    [1, "粉笔", "盒", 20, 100, 85, 36, None],
    [2, "扫帚", "把", 12, 60, 54, 18, None],
    [3, "拖把", "把", 4, 36, 36, 4, None],
]


@pytest.mark.parametrize(("tolerance", "count"), [(None, 1), ("1", 0), ("0.5", 1)])
def test_a_tolerance_of_the_school_counts_instead_of_the_forms(tolerance: str | None, count: int) -> None:
    """One piece more or less is no finding where the school says so."""
    own = {("物资收发存汇总表", "balance-qty"): Decimal(tolerance)} if tolerance else {}
    school = replace(SCHOOL, tolerances=own)
    file = SourceFile("9月.xlsx", "0" * 64, "read", (grid_of(ROWS, "9月"),))
    findings = process_files([file], own_forms(school), school, "2025-09-12").findings
    assert sum(f.code == "balance-mismatch" for f in findings) == count


def test_a_tie_out_may_be_given_a_tolerance_too() -> None:
    """By its id, under the word 勾稽; the office's own forms stay as they are."""
    school = replace(SCHOOL, tolerances={("勾稽", "issue-equals-out"): Decimal(2)})
    made = {tie.id: tie.tolerance for tie in own_forms(school).tie_outs}
    kept = {tie.id: tie.tolerance for tie in load_forms().tie_outs}
    assert (made["issue-equals-out"], kept["issue-equals-out"]) == ("2", "0")
    assert own_forms(SCHOOL) is load_forms()


def test_a_tolerance_for_nothing_is_told_with_the_nearest_word() -> None:
    """All at once: a form, a check and a tie-out that are not there."""
    wrong = dict.fromkeys([("物资收发存表", "x"), ("desks", "desks-ad-up"), ("勾稽", "issue-equal-out")], Decimal(1))
    with pytest.raises(BadDescription) as error:
        own_forms(replace(SCHOOL, tolerances=wrong))
    first, second, third = error.value.problems
    assert "没有这种表单，是不是“物资收发存汇总表”" in first
    assert "没有这项检查" in second
    assert "是不是“issue-equals-out”" in third
