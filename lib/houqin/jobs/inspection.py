"""`inspect` and `clean`: the flow over files that somebody names, without a run's folder."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from houqin.errors import BadParameter
from houqin.jobs.access import access_for
from houqin.jobs.kinds import usual_date
from houqin.jobs.own_forms import own_forms
from houqin.jobs.wording import waiting_line
from houqin.pipeline import Result, process_files
from houqin.read import in_order, list_folder, read_settings
from houqin.school import School, find_school, load_school

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.forms import Forms
    from houqin.jobs.access import Access, Ask
    from houqin.model import SourceFile


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found in the files, by which forms and with which school's settings."""

    result: Result
    forms: Forms
    school: School | None
    as_of: str
    root: Path | None  # the folder that the files' names count from; None where they lie on several drives
    access: Access
    copies: Mapping[str, str] = field(default_factory=dict)  # path of a source -> its marked copy, once they are made


def inspect_files(paths: Sequence[Path], school_folder: Path | None = None, *, ask: Ask | None = None) -> Inspection:
    """Take files (of a folder, all of it) through the flow; without a school folder the nearest one above counts.

    A file is named as seen from the folder that all of them share; `ask` asks a person for a locked one's password.
    """
    for path in paths:
        if not path.is_file() and not path.is_dir():
            raise BadParameter(f"没有“{path}”这个文件。" if not path.exists() else f"“{path}”不是普通文件，不能读取。")
    folder = school_folder or find_school(paths[0])
    if school_folder is not None and not school_folder.is_dir():
        raise BadParameter(f"没有“{school_folder}”这个文件夹。")
    school = load_school(folder, read_settings) if folder is not None else None
    forms = own_forms(school)
    whole = [path.resolve() for path in paths]
    root, access = _shared_folder(whole), access_for(school, ask)
    files = _read(whole, root, access)
    today = date.today()  # noqa: DTZ011  (the clerk's own calendar day is meant)
    as_of = usual_date(school, today) if school is not None else today.isoformat()
    return Inspection(process_files(files, forms, school, as_of), forms, school, as_of, root, access)


def _shared_folder(paths: Sequence[Path]) -> Path | None:
    """Give the folder that all are in: two files of one name in two folders must not be taken for one."""
    try:
        return Path(os.path.commonpath([path if path.is_dir() else path.parent for path in paths]))
    except ValueError:  # two drives of Windows
        return None


def _read(paths: Sequence[Path], root: Path | None, access: Access) -> tuple[SourceFile, ...]:
    files, others = [], []
    for path in paths:
        if path.is_dir():
            listed, odd = list_folder(path, root=root)
            files += listed
            others += odd
        else:
            files.append(path)
    return in_order([*access.read(files, root), *others])


def clean_lines(found: Inspection, out: Path | None) -> list[str]:
    """Tell the findings, worst first, and how many things wait, for the terminal."""
    result = found.result
    lines = [finding.line for finding in result.findings]
    lines += ["" if lines else "没有发现问题。", waiting_line(Counter(str(each.level) for each in result.findings))]
    lines.append(f"清洗更正 {len(result.changes)} 处（全角、单位、日期写法等，不用处理）。")
    return lines if out is None else [*lines, f"台账、问题清单和标注后的原表在：{out}"]


def write_cleaned(found: Inspection, out: Path, profile: str = "internal") -> list[str]:
    """Write clean.json and the list of findings, and with a school's settings the ledgers.

    Another profile than internal writes its own workbooks alone. Gives sentences about what was left out.
    """
    if profile != "internal":
        return _write_profile(found, out, profile)
    from houqin.jobs.contract import document  # noqa: PLC0415  (`inspect` needs none of these)
    from houqin.jobs.runs import write_json  # noqa: PLC0415
    from houqin.report.ledgers import write_ledgers  # noqa: PLC0415
    from houqin.report.texts import findings_text  # noqa: PLC0415

    out.mkdir(parents=True, exist_ok=True)
    result = found.result
    text = findings_text(result.findings, silenced=result.silenced, copies=len(found.copies))
    (out / "问题清单.txt").write_text(text, encoding="utf-8-sig", newline="\r\n")
    write_json(out / "clean.json", document(result, found.forms, records=True))
    if found.school is not None:
        write_ledgers(
            out, result.ledgers, found.forms, school=found.school, as_of=found.as_of,
            tables=result.tables, findings=result.findings, changes=result.changes,
        )  # fmt: skip
    return []


def _write_profile(found: Inspection, out: Path, profile: str) -> list[str]:
    from houqin.report.profiles import write_profile  # noqa: PLC0415  (pandas, which `inspect` does without)

    if found.school is None:
        raise BadParameter("按用途写表要知道学校的班级：请用 --school 指明学校文件夹。")
    result = found.result
    return write_profile(
        out, profile, result.ledgers, found.forms, school=found.school, as_of=found.as_of, findings=result.findings
    )


def mark_copies(found: Inspection, out: Path) -> Inspection:
    """Write the marked copies; give what was found with their names and with what could not be marked."""
    from houqin.annotate import COPIES, annotate_files  # noqa: PLC0415  (`inspect` needs none of these)
    from houqin.check import combine_findings  # noqa: PLC0415
    from houqin.jobs.source_bytes import SourceBytes  # noqa: PLC0415

    result, root, access = found.result, found.root, found.access
    if root is None:
        return found
    made = annotate_files(
        result.files, result.findings, bytes_of=SourceBytes(root, access), target=out / COPIES, run="-",
        reopen=access.reader.parse,
    )  # fmt: skip
    if made.findings:
        result = replace(result, findings=combine_findings([*result.findings, *made.findings]))
    return replace(found, result=result, copies=made.written)
