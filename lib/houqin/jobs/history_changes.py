"""What changed between a run and the one before it: files, key figures, what was mended, what is new."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from houqin.jobs.history import DONE
from houqin.jobs.records import read_record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from houqin.jobs.history import Entry

MOST = 20  # lines of each kind
LEVELS = {"error": "必须改", "question": "请确认", "warning": "提醒", "info": "说明"}
_BLANK = "（没有）"
_HUNDREDTH = Decimal("0.01")


def change_lines(entries: Sequence[Entry]) -> list[str]:
    """Tell what changed in the newest published run of some, newest first; a run's folder may be gone by now."""
    newest = next((each for each in entries if each.status == DONE), None)
    if newest is None:
        return ["还没有做成的运行。"]
    now = _record(newest.place, newest.run)
    if now is None:
        return [newest.line, "这次运行的结果已经不在了，说不出改了什么。"]
    since = now.get("since") or {}
    before = _record(newest.place, str(since.get("run", "")))
    if not since or before is None:
        return [newest.line, "没有上一次可以比：这是第一次，或上一次的结果已经不在了。"]
    lines = [*_files(before, now), *_figures(before, now), *_findings(since)]
    return [newest.line, f"和上一次（{before['run']}）比：", *(f"  {line}" for line in lines or ["没有变化。"])]


def _record(place: str, run: str) -> Mapping[str, Any] | None:
    try:
        return read_record(Path(place) / run) if run else None
    except (OSError, ValueError):
        return None


def _files(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    old, new = before.get("sources", {}), now.get("sources", {})
    kinds = (
        ("新放进来的文件", [path for path in new if path not in old]),
        ("改过的文件", [path for path in new if path in old and new[path] != old[path]]),
        ("不在了的文件", [path for path in old if path not in new]),
    )
    for title, paths in kinds:
        if paths:
            rest = f" 等 {len(paths)} 个" if len(paths) > MOST else ""
            yield f"{title}：{'、'.join(f'《{path}》' for path in paths[:MOST])}{rest}"


def _figures(before: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    old = {each["id"]: each["value"] for each in before.get("figures", ())}
    for each in now.get("figures", ()):
        if each["id"] in old and old[each["id"]] != each["value"]:
            yield f"{each['title']}：{_shown(old[each['id']], each)} → {_shown(each['value'], each)}"


def _shown(value: str | None, figure: Mapping[str, Any]) -> str:
    if value is None:
        return _BLANK
    if figure["kind"] == "percent":
        return f"{(Decimal(value) * 100).quantize(_HUNDREDTH, ROUND_HALF_UP)}%"
    number = Decimal(value)
    return f"{number:,.2f} {figure['unit']}" if figure["kind"] == "money" else f"{number:,f} {figure['unit']}"


def _findings(since: Mapping[str, Any]) -> Iterator[str]:
    for name, title in (("mended", "改好"), ("gone", "原表已不在"), ("new", "新出现")):
        found = since.get(name, ())
        if not found:
            continue
        yield f"{title} {len(found)} 条"
        for each in found[:MOST]:
            yield f"  {LEVELS[each['level']]}｜{_place(each)}{each['message']}"
        if len(found) > MOST:
            yield f"  ……其余 {len(found) - MOST} 条见结果里的“问题清单”"


def _place(finding: Mapping[str, Any]) -> str:
    if not finding["file"]:
        return ""
    sheet = f"“{finding['sheet']}”" if finding["sheet"] else ""
    return f"《{finding['file']}》{sheet}{finding['cell'] or ''}："
