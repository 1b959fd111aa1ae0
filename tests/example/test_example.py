"""The example school against its truth: every value, every change, every planted defect, and no false alarm."""

from __future__ import annotations

import importlib.util
import json
import random
import sys
import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from houqin.exact import plain
from houqin.forms import Forms, load_forms
from houqin.model import Finding, Level, Table
from houqin.pipeline import Result, process_files, run_pipeline
from houqin.read import read_settings
from houqin.school import School, load_school
from houqin.values import canonical_text

HERE = Path(__file__).parent
SCHOOL = HERE.parents[1] / "templates" / "示例中学"
TRUTH = HERE / "truth"
AS_OF = "2025-09-12"
FORMS = (
    "stock_balance", "stock_issue", "asset_register", "desks", "meal_registration", "uniform_order", "budget_execution",
    "repair",
)  # fmt: skip


@pytest.fixture(scope="session")
def forms() -> Forms:
    """Load the forms once."""
    return load_forms()


@pytest.fixture(scope="session")
def school() -> School:
    """Load the example's settings once."""
    return load_school(SCHOOL, read_settings)


@pytest.fixture(scope="session")
def result(forms: Forms, school: School) -> Result:
    """Take the example's inbox through the whole flow, once for all tests."""
    return run_pipeline(SCHOOL / "收件箱", forms, school, AS_OF)


@pytest.fixture(scope="session")
def generator() -> SimpleNamespace:
    """Load the generator's modules, which lie beside this file and are no package."""
    sys.path.insert(0, str(HERE))
    try:
        return SimpleNamespace(
            **{n: importlib.import_module(n) for n in ("make_school", "paper", "truth", "uniforms", "people")}
        )
    finally:
        sys.path.remove(str(HERE))


def lines_of(name: str) -> list[dict]:
    """Read a file of the truth, one JSON object a line."""
    return [json.loads(line) for line in (TRUTH / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def defects() -> list[dict]:
    """Read the planted defects."""
    return tomllib.loads((TRUTH / "defects.toml").read_text(encoding="utf-8"))["defect"]


def text_of(table: Table, forms: Forms, name: str, record: int) -> str | None:
    """Give a value of a cleaned table as the contract writes it."""
    value = table.frame[name].iloc[record]
    each = forms.by_id[table.form].field(name)
    if value is None or value is pd.NA:
        return None
    return plain(int(value), each.scale) if each.is_number else canonical_text(value) or None


def where(finding: Finding) -> set[tuple[str, str, str]]:
    """Give all places that a finding names."""
    places = [*([finding.place] if finding.place else []), *finding.related]
    return {(place.file, place.sheet or "", place.cell or "") for place in places}


def test_every_file_is_read_or_passed_over_as_it_should_be(result):
    """Nothing is lost: the copy, the lock file and the roster are accounted for like the rest."""
    assert {f.path: f.status for f in result.files} == {f["path"]: f["status"] for f in lines_of("files")}
    copies = {f.path: f.same_as for f in result.files if f.same_as}
    assert copies == {"就餐登记 - 副本.xlsx": "就餐登记.xlsx"}


def test_every_table_is_found_where_it_lies(result):
    """Header rows, body, totals, repeated headers and categories decide what counts as a record."""
    found = {}
    for match in result.matches:
        raw = match.table
        if match.form:
            found[raw.path, raw.grid.sheet] = (
                match.form, match.layout, list(raw.header_rows), list(raw.body), sorted(raw.total_rows),
            )  # fmt: skip
    expected = {
        (t["file"], t["sheet"]): (
            t["form"],
            t["layout"],
            t["header_rows"],
            t["body_rows"],
            sorted(t.get("total_rows", [])),
        )
        for t in lines_of("tables")
    }
    assert found == expected


@pytest.mark.parametrize("form", FORMS)
def test_every_true_value_is_read_right(result, forms, form):
    """Each record of the truth becomes one record with exactly these values, from exactly these cells."""
    tables = {(t.path, t.sheet): t for t in result.tables if t.form == form}
    wrong = []
    counted = Counter()
    for line in lines_of(form):
        table = tables[line["file"], line["sheet"]]
        record = position_of(table, line)
        if record is None:
            wrong.append((line["file"], line["row"], "no such record"))
            continue
        counted[table.path, table.sheet] += 1
        for name, expected in line["values"].items():
            found = text_of(table, forms, name, record) if name in table.frame else None
            if name != "seq" and found != expected:
                wrong.append((line["file"], line["row"], name, found, expected))
            cell = line["cells"].get(name)
            if cell and name in table.frame and expected is not None and table.address(name, record) != cell:
                wrong.append((line["file"], line["row"], name, table.address(name, record), cell))
    assert wrong == []
    assert {place: len(table.frame) for place, table in tables.items()} == counted


def position_of(table: Table, line: dict) -> int | None:
    """Find the record of a line of the truth: by its row, in a matrix by the cell of its value."""
    value = {"stock_issue": "qty", "repair": "fault"}.get(table.form)
    is_matrix = any(column.role == "value" for column in table.match.columns)
    for record, (first, _) in enumerate(table.spans.tolist()):
        if is_matrix:
            if table.address(value, record) == line["cells"][value]:
                return record
        elif first == line["row"]:
            return record
    return None


def test_every_change_of_the_truth_is_recorded(result):
    """What a clerk typed and what became of it must be traceable, cell by cell."""
    found = {(c.place.file, c.place.sheet, c.place.cell): c for c in result.changes}
    wrong = []
    for line in lines_of("changes"):
        change = found.get((line["file"], line["sheet"], line["cell"]))
        if (
            change is None
            or change.after != line["after"]
            or (line["before"] and canonical_text(change.before) != canonical_text(line["before"]))
        ):
            wrong.append((line, change))
    assert wrong == []


@pytest.mark.parametrize("defect", defects(), ids=lambda d: f"{d['code']}-{d['cell']}")
def test_every_planted_defect_is_reported_at_its_cell(result, defect):
    """With its code, its level, and the right value where one is known."""
    place = (defect["file"], defect["sheet"], defect["cell"])
    here = [f for f in result.findings if place in where(f)]
    hits = [f for f in here if f.code == defect["code"] and f.level == Level(defect["level"])]
    assert hits, [f.line for f in here]
    if defect["expected"] and hits[0].expected is not None and hits[0].place.cell == defect["cell"]:
        assert defect["expected"] in {f.expected for f in hits}


def test_nothing_clean_is_called_an_error(result):
    """A false alarm at this level costs the clerk's trust: every error stands at a planted defect."""
    planted = {(d["file"], d["sheet"], d["cell"]) for d in defects()}
    false = [f.line for f in result.findings if f.level == Level.ERROR and not where(f) & planted]
    assert false == []


def test_questions_are_only_asked_where_something_is_planted(result):
    """A question takes a clerk's time too."""
    planted = {(d["file"], d["sheet"], d["cell"]) for d in defects()}
    idle = [f.line for f in result.findings if f.level == Level.QUESTION and not where(f) & planted]
    assert idle == []


def test_eighteen_one_class_files_are_one_workbook_with_eighteen_sheets(result, forms, school, generator, tmp_path):
    """How the office cuts its files must not change the ledger: not a value, not the order."""
    seed = generator.people.SEED + generator.make_school.WRITERS.index(generator.uniforms.write_uniforms)
    papers = generator.uniforms.uniform_papers(generator.truth.Truth(), random.Random(seed))  # noqa: S311
    for (_, paper), room in zip(papers, generator.people.classes(), strict=True):
        paper.name = room.name
    generator.paper.write_xlsx(tmp_path / "校服征订.xlsx", *(paper for _, paper in papers))
    whole = run_pipeline(tmp_path, forms, school, AS_OF).ledgers["uniform_order"]
    cut = result.ledgers["uniform_order"]
    assert len(cut.frame) == len(lines_of("uniform_order"))
    assert whole.frame.equals(cut.frame)


def test_the_generator_still_writes_the_committed_truth(generator, tmp_path):
    """The truth is derived, never edited: the seeded script gives it again, byte for byte."""
    generator.make_school.make_school(tmp_path / "school", tmp_path / "truth")
    written = {path.name: path.read_bytes() for path in (tmp_path / "truth").iterdir()}
    assert written == {path.name: path.read_bytes() for path in TRUTH.iterdir()}
    assert (tmp_path / "school" / "school.toml").read_bytes() == (SCHOOL / "school.toml").read_bytes()


def test_a_class_of_two_copies_that_differ_waits_for_an_answer(result):
    """Neither copy is chosen silently: the class stays in the ledger and out of the totals."""
    ledger = result.ledgers["meal_registration"]
    pending = ledger.frame[ledger.frame["pending"]]
    assert set(pending["class"]) == {"七年级(2)班"}
    assert set(ledger.sources.loc[pending.index, "file"]) == {"就餐登记.xlsx", "就餐登记(1).xlsx"}
    assert len(ledger.counted) == 17


def test_the_tie_outs_show_the_planted_differences_and_no_other(result):
    """班级人数, goods handed out, desks on the books, meals: each says 通过 but where something was planted."""
    made = [tie_out for tie_out in result.tie_outs if tie_out.verdict != "未核"]
    differing = {t.id: sorted("".join(r.key) for r in t.rows if not r.agrees) for t in made}
    assert differing == {
        "headcount-desks": [],
        "headcount-meals": ["八年级(3)班"],
        "headcount-uniforms": [],
        "issue-equals-out": ["84消毒液", "黑板擦"],
        "desks-on-the-books": [""],
        "chairs-on-the-books": [""],
        "meals-within-roster": ["九年级(4)班"],
        "purchases-within-office-cost": [],
    }
    assert {t.id for t in result.tie_outs if t.verdict == "通过"} == {k for k, keys in differing.items() if not keys}


def test_settings_that_differ_from_their_toml_are_told_among_the_findings(forms, school):
    """What load_school noted must reach the clerk's list."""
    noted = replace(school, notes=("两份设置不一样。",))
    findings = process_files([], forms, noted, AS_OF).findings
    assert [(f.code, f.message) for f in findings] == [("settings-differ", "两份设置不一样。")]
