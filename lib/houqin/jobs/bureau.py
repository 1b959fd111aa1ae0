"""The bureau's results of a batch: made aside, published by one rename, once: 局汇总/<job>/<id>/."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from houqin.errors import HouqinError, system_faults_told
from houqin.jobs.folder_lock import locked
from houqin.jobs.inputs import ID_LENGTH, program_digest
from houqin.jobs.parameters import job_title
from houqin.jobs.places import INBOX
from houqin.jobs.plan import folder_name
from houqin.jobs.records import read_record, versions
from houqin.jobs.roster import code_of
from houqin.jobs.runs import (
    CURRENT,
    FAILED,
    RECORD,
    TECHNICAL,
    TEMPORARY,
    check_containers,
    json_text,
    output_digests,
    patiently,
    verify_run,
    write_json,
)
from houqin.read import list_folder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.report.bureau_facts import Bureau
    from houqin.school.roster import Roster

PLACE = "局汇总"
BOOK, DATA, COLUMNS = "局汇总.xlsx", f"{TECHNICAL}/局汇总.sqlite3", f"{TECHNICAL}/各校数据.parquet"
_SHOWN_FIRST = "02汇总"
_OUTSIDE = frozenset({"place", "folder", "status", "school", "by_hand"})  # of what the bureau's result depends on


def publish_bureau(out: Path, job: str, told: Sequence[Mapping[str, Any]], roster: Roster | None) -> Path:
    """Write and publish the bureau's workbook, a 退回单 a school that has to mend something, and the facts as SQLite.

    `told` is an outcome a school with its `place`. The same outcomes are the same folder and the same bytes.
    """
    parent = out / PLACE / job
    with system_faults_told():
        parent.mkdir(parents=True, exist_ok=True)
        with locked(parent):
            for left in parent.glob(f"{TEMPORARY}*"):
                shutil.rmtree(left, ignore_errors=True)
            known = [_known(each, parent / "x") for each in told]
            own_id = _id(job, known, roster)
            folder = parent / f"{TEMPORARY}{os.getpid()}"
            try:
                _make(folder, job, own_id, known, told, roster)
                return _publish(folder, parent / own_id)
            finally:
                shutil.rmtree(folder, ignore_errors=True)


def _known(outcome: Mapping[str, Any], beside: Path) -> dict[str, Any]:
    """Give what decides over the result: no path of this machine, and no word on whether it was made just now."""
    home = Path(outcome["place"])
    known = {name: value for name, value in outcome.items() if name not in _OUTSIDE}
    known |= {"name": outcome.get("school") or home.name, "code": code_of(home)}
    if "folder" not in outcome:
        # The reason may quote folders of this machine, which mean nothing elsewhere.
        known["reason"] = str(outcome["reason"]).replace(str(home), home.name)
        known["is_empty"] = not any(True for _ in _files_in(home))
        return known
    run = Path(outcome["folder"])
    books = sorted((run / _SHOWN_FIRST).glob("*.xlsx"))
    known["link"] = Path(os.path.relpath(books[0] if books else run, beside)).as_posix()
    return known


def _files_in(home: Path) -> Sequence[object]:
    files, others = list_folder(home / INBOX)
    return [*files, *(each for each in others if each.status != "skipped")]


def _id(job: str, known: Sequence[Mapping[str, Any]], roster: Roster | None) -> str:
    told = {"job": job, "schools": known, "roster": roster.digest if roster else None, "program": program_digest(job)}
    text = json.dumps(told, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:ID_LENGTH]


def _make(  # noqa: PLR0913, PLR0917  (all that it is made from)
    folder: Path, job: str, own_id: str, known: Sequence[Mapping[str, Any]], told: Sequence[Mapping[str, Any]],
    roster: Roster | None,
) -> None:  # fmt: skip
    from houqin.forms import load_forms  # noqa: PLC0415  (loads numpy)
    from houqin.report.bureau import COMFORTABLE, write_bureau  # noqa: PLC0415  (loads xlsxwriter)
    from houqin.report.bureau_columns import write_columns  # noqa: PLC0415
    from houqin.report.bureau_data import write_data_file  # noqa: PLC0415
    from houqin.report.bureau_facts import gather  # noqa: PLC0415

    titles = {form.id: form.title for form in load_forms().by_id.values()}
    bureau = gather(job_title(job), known, roster, titles=titles, file_name=folder_name)
    (folder / TECHNICAL).mkdir(parents=True)
    write_bureau(folder / BOOK, bureau)
    write_data_file(folder / DATA, bureau)
    if len(bureau.schools) > COMFORTABLE:
        write_columns(folder / COLUMNS, bureau)
    _write_returns(folder, bureau, known, told)
    check_containers(folder)
    record = {"job": job, "run": own_id, "status": "done", "versions": versions(), "sources": {}, "schools": known}
    write_json(folder / RECORD, {**record, "outputs": output_digests(folder)})


def _write_returns(
    folder: Path, bureau: Bureau, known: Sequence[Mapping[str, Any]], told: Sequence[Mapping[str, Any]]
) -> None:
    from houqin.report.bureau_returns import write_return  # noqa: PLC0415  (loads xlsxwriter)

    for each in bureau.schools:
        if each.number is None or not each.returned:
            continue
        outcome = told[each.number]
        record: Mapping[str, Any] = _record(Path(outcome["folder"])) if "folder" in outcome else {}
        write_return(
            folder / each.returned, each.name, as_of=known[each.number].get("as_of", ""), reason=each.reason,
            findings=record.get("findings", ()), plain_sheets=record.get("plain_sheets", ()),
        )  # fmt: skip


def _record(folder: Path) -> Mapping[str, Any]:
    try:
        return read_record(folder)
    except (OSError, ValueError) as fault:
        raise HouqinError(f"“{folder}”的运行记录读不出来（{fault}）。请再运行一次整批。") from fault


def _publish(folder: Path, target: Path) -> Path:
    wrong = verify_run(target) if target.exists() else None
    if wrong is not None:
        failed = target.parent / FAILED
        failed.mkdir(exist_ok=True)
        number = sum(1 for _ in failed.iterdir()) + 1
        patiently(lambda: target.rename(failed / f"{target.name}-{number}"))
    if not target.exists():
        patiently(lambda: folder.rename(target))
    hint = target.parent / f"{TEMPORARY}{CURRENT}"
    hint.write_text(json_text({"run": target.name}), encoding="utf-8", newline="\n")
    patiently(lambda: hint.replace(target.parent / CURRENT))
    return target
