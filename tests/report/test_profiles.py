"""What goes to the class teacher, to the maker of the uniforms and on the notice board."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from houqin.forms import load_forms, templates_folder
from houqin.pipeline import run_pipeline
from houqin.read import read_settings
from houqin.report.profiles import write_profile
from houqin.school import load_school

if TYPE_CHECKING:
    from pathlib import Path

    from houqin.pipeline import Result

EXAMPLE = templates_folder() / "示例中学"


@pytest.fixture(scope="module")
def result() -> Result:
    """Read the example school."""
    return run_pipeline(EXAMPLE / "收件箱", load_forms(), load_school(EXAMPLE, read_settings), "2025-09-12")


def written(tmp_path: Path, profile: str, result: Result) -> tuple[list[str], dict[str, list[str]]]:
    """Write a profile; give the notes, and all texts by workbook."""
    school = load_school(EXAMPLE, read_settings)
    notes = write_profile(
        tmp_path, profile, result.ledgers, load_forms(), school=school, as_of="2025-09-12", findings=result.findings
    )
    texts = {}
    for path in sorted(tmp_path.glob("*.xlsx")):
        book = openpyxl.load_workbook(path)
        cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row)
        texts[path.name] = [str(cell.value) for cell in cells if cell.value is not None]
    return notes, texts


def personal(result: Result, *fields: str) -> set[str]:
    """Give what the uniform ledger says of pupils in some fields."""
    frame = result.ledgers["uniform_order"].frame
    return {str(value) for name in fields if name in frame.columns for value in frame[name] if value is not None}


def test_the_notice_board_gets_class_totals_and_no_pupil(tmp_path: Path, result: Result) -> None:
    """No name, number or measure; and a sheet whose source has errors says that it must not be posted yet."""
    _, texts = written(tmp_path, "public", result)
    assert list(texts) == ["公示.xlsx"]
    said = set(texts["公示.xlsx"])
    assert personal(result, "pupil", "stu_no", "id_no").isdisjoint(said)
    assert not said & {"姓名", "身高（cm）", "体重（kg）", "学号"}
    assert "七年级(3)班" in said
    assert any("必须改，暂不能公示" in text for text in said)


def test_the_maker_gets_sizes_and_names_and_nothing_else_of_a_pupil(tmp_path: Path, result: Result) -> None:
    """Names for the bags; no numbers, no measures, no money, no remarks."""
    _, texts = written(tmp_path, "vendor", result)
    said = set(texts["给厂家.xlsx"])
    assert len(personal(result, "pupil") & said) > 100
    assert personal(result, "stu_no", "id_no").isdisjoint(said)
    assert not said & {"身高（cm）", "体重（kg）", "金额（元）", "备注"}


def test_a_class_teacher_gets_the_own_class_alone(tmp_path: Path, result: Result) -> None:
    """One workbook a class; what knows no class is not handed out, and that is said."""
    notes, texts = written(tmp_path, "class", result)
    assert "七年级(3)班.xlsx" in texts
    frame = result.ledgers["uniform_order"].frame
    others = {p for p, c in zip(frame["pupil"], frame["class"], strict=True) if c != "七年级(3)班" and p}
    own = {p for p, c in zip(frame["pupil"], frame["class"], strict=True) if c == "七年级(3)班" and p}
    said = set(texts["七年级(3)班.xlsx"])
    assert own & said or not own
    assert (others - own).isdisjoint(said)
    assert any("没有班级，没有分发给班主任" in note for note in notes)
