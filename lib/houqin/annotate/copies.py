"""Write the marked copies: the clerk's own package where there is one, a workbook of the values where there is not."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from houqin.annotate.collect import collect_marks
from houqin.annotate.gate import converted_difference, difference
from houqin.annotate.listing import make_listing
from houqin.errors import FailedRun, RefusedFile, system_reason
from houqin.model import Finding, Level, Place, Stamp, is_answer_sheet
from houqin.package import CannotEdit, NoPackage, mark_workbook
from houqin.workbook import plain_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from houqin.annotate.collect import FileMarks
    from houqin.model import Grid, SourceFile

# The folder, beside the other results, where people find them
COPIES = "04标注后的原表"
# Names under which programs open a package of XML parts without a warning.
_PACKAGES = (".xlsx", ".xlsm", ".xltx", ".xltm")
_CONVERTED = (
    "本文件由《{path}》转换而来：原来的格式不能就地标注，这里只有各格的值、数字格式、合并和列宽。公式、图片和打印设置请看"
    "原文件；改正请改在原文件里。"
)
_REFUSED = {"encrypted": "原文件设有打开密码，不另存一份没有密码的"}


@dataclass(frozen=True, slots=True)
class Copies:
    """What was written: path of the source -> path of its copy below the target; and what could not be marked, why."""

    written: Mapping[str, str]
    findings: tuple[Finding, ...]


class _NotMarkedError(Exception):
    """A file that gets no copy; its text is the reason."""


def annotate_files(  # noqa: PLR0913  (by keyword)
    files: Sequence[SourceFile],
    findings: Sequence[Finding],
    *,
    bytes_of: Callable[[str], bytes],
    target: Path,
    run: str,
    reopen: Callable[[bytes], Sequence[Grid]],
) -> Copies:
    """Write a marked copy of each workbook with a finding at a cell below `target`, under its own path and name.

    `bytes_of` gives a file's bytes by its path, `run` goes into the stamp, `reopen` reads a copy again: one
    that is not cell for cell as the original is not written, and a finding says so.
    """
    written: dict[str, str] = {}
    told: list[Finding] = []
    taken = {file.path.lower() for file in files}
    for made in collect_marks(files, findings):
        try:
            data, name = _copy_of(made, bytes_of(made.file.path), run, reopen, taken)
        except (_NotMarkedError, CannotEdit, FailedRun) as fault:
            told.append(_not_marked(made.file.path, str(fault)))
            continue
        except RefusedFile as fault:
            told.append(_not_marked(made.file.path, _REFUSED.get(fault.code, "副本重新读取时没有通过")))
            continue
        except OSError as fault:
            told.append(_not_marked(made.file.path, system_reason(fault)))
            continue
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        written[made.file.path] = name
    return Copies(written, tuple(told))


def _not_marked(path: str, reason: str) -> Finding:
    message = (
        f"没有做出带标注的副本（{reason.rstrip('。')}）。问题都在“问题清单”里，请对照着在原文件里改；原文件没有改动。"
    )
    return Finding("copy-not-marked", Level.WARNING, message, Place(path))


def _copy_of(
    made: FileMarks, data: bytes, run: str, reopen: Callable[[bytes], Sequence[Grid]], taken: set[str]
) -> tuple[bytes, str]:
    """Make a copy and look at it once more; give its bytes and its name below the target."""
    file = made.file
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise _NotMarkedError("文件在读取之后又变了")
    if any(warning.code == "unknown-style" for warning in file.warnings):
        # A format of ours would take the number that such a cell points to, and with it its look.
        raise _NotMarkedError("有单元格的格式在文件里查不到")
    stamp = Stamp(run, file.sha256, file.path)
    earlier = [grid.sheet for grid in file.answer_sheets]
    try:
        marked = mark_workbook(data, made.marks, lambda outcome: make_listing(made, stamp, outcome), earlier=earlier)
    except NoPackage:
        # Read as it is, without corrections or values computed here; a locked file is refused: what was opened with a
        # password is not put out without one.
        own = [grid for grid in reopen(data) if not is_answer_sheet(grid)]
        return _converted(made, own, stamp, reopen), _name(file.path, ".xlsx", taken)
    copy = reopen(marked.data)
    # Corrections of the school and values computed here lie over the sheets: then the file is read once more as it is.
    wrong = difference(file.grids, copy) and difference(reopen(data), copy)
    if wrong:
        raise _NotMarkedError(f"副本与原文件对不上：{wrong}")
    return marked.data, _name(file.path, "", taken)


def _converted(
    made: FileMarks, grids: Sequence[Grid], stamp: Stamp, reopen: Callable[[bytes], Sequence[Grid]]
) -> bytes:
    """Make a workbook of a file's values, marked."""
    data, names = plain_workbook(grids)
    now = {grid.sheet: name for grid, name in zip(grids, names, strict=True)}
    marks = {now[sheet]: each for sheet, each in made.marks.items() if sheet in now}
    made.rows = [replace(row, sheet=now.get(row.sheet or "")) for row in made.rows]
    words = _CONVERTED.format(path=made.file.path)
    marked = mark_workbook(data, marks, lambda outcome: make_listing(made, stamp, outcome, converted=words))
    wrong = converted_difference(grids, reopen(marked.data))
    if wrong:
        raise _NotMarkedError(f"转换后的副本与原文件对不上：{wrong}")
    return marked.data


def _name(path: str, ending: str, taken: set[str]) -> str:
    """Give a copy's name: the file's own, so that the clerk knows it again; with another ending where it must be.

    Of 收发存.xls and 收发存.xlsx in one folder the first becomes 收发存.xls.xlsx.
    """
    own = PurePosixPath(path)
    if not ending and own.suffix.lower() in _PACKAGES:
        return path
    wanted = own.with_suffix(".xlsx").as_posix()
    name = wanted if wanted.lower() not in taken else f"{path}.xlsx"
    taken.add(name.lower())
    return name
