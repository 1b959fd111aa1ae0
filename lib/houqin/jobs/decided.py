"""What a run's filled-in lists decided goes into the school's register, once the run is published."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.errors import BadDescription, RefusedFile, system_reason
from houqin.read import read_settings
from houqin.school.decisions import FOLDER, REGISTER, Decision, DecisionKind, load_decisions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path


def decisions_list(decided: Sequence[Decision]) -> list[dict[str, str]]:
    """Give decisions as run.json and the kernel's outcome have them."""
    return [{name: str(getattr(each, name)) for name in each.__dataclass_fields__} for each in decided]


def keep_decisions(
    school: Path, told: Sequence[Mapping[str, str]], patiently: Callable[[Callable[[], object]], None]
) -> list[str]:
    """Add decisions to a school's 决定登记.xlsx; give sentences about what a person should know.

    The register is written beside its place and takes it in one step; where it cannot be written (it is open in Excel)
    nothing is lost: the lists are still in the inbox, and the next run tries again.
    """
    from houqin.report.decisions_book import write_decisions  # noqa: PLC0415  (only where there is something to keep)

    if not told:
        return []
    new = [Decision(**{**each, "kind": DecisionKind(each["kind"])}) for each in told]  # type: ignore[arg-type]
    folder = school / FOLDER
    target, beside = folder / REGISTER, folder / f".{REGISTER}.new"
    try:
        folder.mkdir(exist_ok=True)
        problems: list[str] = []
        _, own = load_decisions(folder, read_settings, problems)
        if problems:
            return [f"有 {len(new)} 条新的决定没有记进《{REGISTER}》，因为它有写错的地方：{problems[0]}"]
        write_decisions(beside, own.with_more(new).all)
        patiently(lambda: beside.replace(target))
    except (OSError, BadDescription, RefusedFile) as fault:
        reason = system_reason(fault) if isinstance(fault, OSError) else str(fault)
        said = f"有 {len(new)} 条新的决定没有记进《{REGISTER}》（{reason}）。"
        return [f"{said}请先关闭它，再运行一次；本次结果已经照办。"]
    return [f"收件箱里的答复有 {len(new)} 条新的决定，已经照办，并记进“{FOLDER}”里的《{REGISTER}》。"]
