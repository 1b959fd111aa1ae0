"""What figures rest on: what is wrong or waits in the workbooks behind them, and what was not read at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.model import Level

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from houqin.model import Finding, Ledger

UNKNOWN = ("unknown-table", "form-tie")
MOST = 3  # files that are named; the others are counted


def doubts_of(forms: Sequence[str], findings: Sequence[Finding], ledgers: Mapping[str, Ledger]) -> str:
    """Say in one sentence what stands open in the workbooks of some forms; '' where nothing does."""
    own = [each for each in findings if each.form in forms]
    counts = [(level, sum(1 for each in own if each.level is level)) for level in (Level.ERROR, Level.QUESTION)]
    told = "、".join(f"{count} 项{level.title}" for level, count in counts if count)
    pending = sum(int(ledgers[form].frame["pending"].sum()) for form in forms if form in ledgers)
    parts = [
        *([f"还有 {told}（见“问题清单”），改好以前暂按原数计算"] if told else []),
        *([f"{pending} 行待定，没有计入"] if pending else []),
    ]
    return f"所据的原表：{'；'.join(parts)}。" if parts else ""


def unread_files(findings: Sequence[Finding]) -> list[str]:
    """Give the files that were refused: what is in them is in no figure."""
    whole = [
        e.place.file for e in findings if e.level is Level.ERROR and e.place and not (e.place.sheet or e.place.cell)
    ]
    return list(dict.fromkeys(whole))


def left_out(findings: Sequence[Finding]) -> str:
    """Name what no figure takes in: files that were not read, tables that were not known; '' where there are none."""
    refused = [f"《{file}》" for file in unread_files(findings)]
    unknown = list(dict.fromkeys(e.place.text for e in findings if e.code in UNKNOWN and e.place))
    parts = [
        *([f"没有读取的文件：{_some(refused)}"] if refused else []),
        *([f"没有认出的表：{_some(unknown)}"] if unknown else []),
    ]
    return f"{'；'.join(parts)}。里面的内容没有计入任何一张表。" if parts else ""


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:MOST]) + (f"等 {len(names)} 个" if len(names) > MOST else "")
