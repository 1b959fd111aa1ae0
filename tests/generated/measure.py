"""Writes filled-in forms from a seed, takes them through the flow, and counts what came out right."""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from generated.makers import MAKERS
from generated.sheets import Truth, write_forms

from houqin.forms import load_forms, templates_folder
from houqin.jobs.contract import document
from houqin.pipeline import process_files
from houqin.read import read_files, read_settings
from houqin.school import load_school

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# A column whose field is another is wrong and silent unless something was asked about it or its table.
ASKING = frozenset({"question", "error"})
PER_THOUSAND = 1000


@dataclass
class Score:
    """Counts over many workbooks; `notes` says in words what went wrong."""

    tables: int = 0
    forms_right: int = 0
    forms_silent: int = 0  # taken for another form without a question
    columns: int = 0
    columns_right: int = 0
    columns_silent: int = 0
    values: int = 0
    values_right: int = 0
    planted: int = 0
    found: int = 0
    cells: int = 0
    false_errors: int = 0
    notes: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Add another's counts."""
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def line(self) -> str:
        """Say it in a line."""
        return (
            f"forms {self.forms_right}/{self.tables} (silent {self.forms_silent}), "
            f"columns {self.columns_right}/{self.columns} (silent {self.columns_silent}), "
            f"values {self.values_right}/{self.values}, planted {self.found}/{self.planted}, "
            f"false errors {self.false_errors} in {self.cells} cells"
        )


def write_all(folder: Path, seed: int, rounds: int, only: Iterable[str] = ()) -> list[Truth]:
    """Write `rounds` workbooks of every maker, some with defects."""
    truths = []
    for form_id, makers in sorted(MAKERS.items()):
        if only and form_id not in only:
            continue
        for number, maker in enumerate(makers):
            for turn in range(rounds):
                rng = Random(f"{seed}-{form_id}-{number}-{turn}")
                path = folder / f"{form_id}-{number}-{turn}.xlsx"
                made = maker(rng)
                forms = made if isinstance(made, list) else [made]
                truths += write_forms(path, forms, rng, spoilt=rng.choice([0, 1, 2]) if turn else 0)
    return truths


def measure(folder: Path, truths: Sequence[Truth]) -> dict[str, Score]:
    """Take each workbook through the flow alone and score it, by form."""
    forms = load_forms()
    school = load_school(templates_folder() / "示例中学", read_settings)
    files = read_files(list(dict.fromkeys(folder / truth.file for truth in truths)), root=folder)
    by_path = {file.path: file for file in files}
    scores: dict[str, Score] = {}
    told: dict[str, dict[str, list[dict[str, object]]]] = {}
    beside = Counter((truth.file, truth.sheet) for truth in truths)
    for truth in truths:
        if truth.file not in told:
            result = process_files([by_path[truth.file]], forms, school, "2025-12-31")
            told[truth.file] = document(result, forms, records=True)
        score = _score(truth, told[truth.file], beside[truth.file, truth.sheet])
        scores.setdefault(truth.form, Score()).add(score)
    return scores


def _score(truth: Truth, told: dict[str, list[dict[str, object]]], beside: int) -> Score:
    """Score one table; `beside` counts the tables that its sheet should have."""
    score = Score(tables=1, planted=len(truth.planted), cells=truth.cells)
    findings = [f for f in told["findings"] if f["sheet"] in {truth.sheet, None}]
    asked = any(f["level"] in ASKING for f in findings)
    sheets: list[dict[str, object]] = told["files"][0]["sheets"]  # type: ignore[assignment]
    tables: list[dict[str, object]] = next((s["tables"] for s in sheets if s["name"] == truth.sheet), [])  # type: ignore[misc]
    known = [t for t in tables if t["form"] is not None]
    score.columns = sum(1 for name in truth.columns.values() if name)
    score.values = sum(len(values) for _, values in truth.records) + sum(len(values) for _, values in truth.inner)
    table = next((t for t in known if t["form"] == truth.form and _has_rows(t, truth)), None)
    if table is None:
        named = known[0]["form"] if known else None
        score.forms_silent = int(named is not None or not asked)
        score.notes.append(f"{truth.file}: form {named}, tables {len(tables)}, {[f['message'] for f in findings][:2]}")
        return score
    score.forms_right = int(len(known) == beside)
    if len(known) != beside:
        score.notes.append(f"{truth.file}: {len(known)} tables")
    _score_columns(score, truth, table, findings)
    _score_values(score, truth, table)
    _score_findings(score, truth, [f for f in findings if beside == 1 or _is_within(f, table)])
    return score


def _is_within(finding: dict[str, object], table: dict[str, object]) -> bool:
    """Tell the findings of one of several tables of a sheet."""
    first, last = table["body_rows"]  # type: ignore[misc]
    return first <= int("".join(filter(str.isdigit, str(finding["cell"]))) or 0) <= last


# What stands beside a matrix may as well be read as what it is.
_HARMLESS = frozenset({"seq", "sign", "remark", "teacher", "reporter", "receiver"})


def _has_rows(table: dict[str, object], truth: Truth) -> bool:
    """Tell the table in which a truth's first record lies."""
    rows = [row for row, _ in truth.records] or [int("".join(filter(str.isdigit, cell))) for cell, _ in truth.inner]
    first, last = table["body_rows"]  # type: ignore[misc]
    return not rows or first <= rows[0] <= last


def _score_columns(score: Score, truth: Truth, table: dict[str, object], findings: list[dict[str, object]]) -> None:
    got = {c["letter"]: c for c in table["columns"]}  # type: ignore[attr-defined]
    doubted = {str(f["found"]) for f in findings if f["code"] in {"near-column", "two-columns"}}
    for letter, name in truth.columns.items():
        said = got.get(letter, {}).get("field")
        if name is None:
            if said is not None and said not in _HARMLESS:
                score.columns_silent += 1
                score.notes.append(f"{truth.file} {letter}: extra column {got[letter]['header']} taken as {said}")
            continue
        if said == name:
            score.columns_right += 1
            continue
        header = got.get(letter, {}).get("header")
        is_asked = header in doubted
        score.columns_silent += not is_asked
        score.notes.append(f"{truth.file} {letter}: {header} is {name}, got {said}{' (asked)' if is_asked else ''}")


def _score_values(score: Score, truth: Truth, table: dict[str, object]) -> None:
    got = {r["row"]: r["values"] for r in table["records"]}  # type: ignore[attr-defined]
    spoilt = {cell for _, _, cell in truth.planted}
    inner = {r["cell"]: r["values"] for r in table["records"]}  # type: ignore[attr-defined]
    for cell, values in truth.inner:
        have = inner.pop(cell, {})
        wrong = {name: (said, have.get(name)) for name, said in values.items() if have.get(name) != said}
        score.values_right += len(values) - (0 if cell in spoilt else len(wrong))
        if wrong and cell not in spoilt:
            score.notes.append(f"{truth.file} {cell}: {wrong} (said, became)")
    for cell in inner if truth.inner else ():
        score.values += 1
        score.notes.append(f"{truth.file} {cell}: a record too many {inner[cell]}")
    letters = {name: letter for letter, name in truth.columns.items() if name}
    for row, values in truth.records:
        for name, said in values.items():
            cell = f"{letters.get(name, '')}{row}"
            have = got.get(row, {}).get(name)
            if have == said or cell in spoilt:
                score.values_right += 1
            else:
                score.notes.append(f"{truth.file} {cell} {name}: {said!r} became {have!r}")


def _score_findings(score: Score, truth: Truth, findings: list[dict[str, object]]) -> None:
    blamed: set[tuple[str, str]] = set()
    for finding in findings:
        places = [finding, *finding.get("related", ())]  # type: ignore[misc]
        blamed |= {(str(finding["code"]), str(place["cell"])) for place in places}  # type: ignore[index]
    for name, codes, cell in truth.planted:
        if any((code, cell) in blamed for code in codes):
            score.found += 1
        else:
            near = [f"{f['code']}@{f['cell']}" for f in findings][:5]
            score.notes.append(f"{truth.file} {cell}: planted {name} {codes} not found; said {near}")
    rows = {int("".join(c for c in cell if c.isdigit())) for _, _, cell in truth.planted}
    for finding in findings:
        cell = str(finding["cell"] or "")
        places = [cell, *(str(place["cell"] or "") for place in finding.get("related", ()))]  # type: ignore[attr-defined, index]
        told = {int("".join(c for c in place if c.isdigit()) or 0) for place in places}
        if (
            finding["level"] == "error"
            and rows.isdisjoint(told)
            and not (truth.planted and finding["code"] in _FOLLOWING)
        ):
            score.false_errors += 1
            score.notes.append(f"{truth.file} {cell}: false error {finding['code']} {finding['message']}")


# What a spoilt record makes wrong elsewhere: sums over it, and the balance that runs on.
_FOLLOWING = frozenset({"total-mismatch", "balance-mismatch", "sum-mismatch", "parent-mismatch", "rate-mismatch"})


def main() -> None:
    """Print the scores by form, and what went wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--quiet", action="store_true")
    parser.add_argument("--notes", type=int, default=15)
    parser.add_argument("forms", nargs="*")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        scores = measure(folder, write_all(folder, given.seed, given.rounds, given.forms))
    whole = Score()
    for form_id, score in scores.items():
        print(f"{form_id}: {score.line}")  # noqa: T201
        whole.add(score)
        kinds = Counter(note.split(":", 1)[-1][:40] for note in score.notes)
        for note in [] if given.quiet else score.notes[: given.notes]:
            print("   ", note)  # noqa: T201
        del kinds
    print(f"ALL: {whole.line}")  # noqa: T201


if __name__ == "__main__":
    main()
