"""What was mended since the last run, what is left, what is new: findings of two run.json compared by their cells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Key = tuple[str, str | None, str | None, str | None]
# A page names so many of each.
MOST_NAMED = 20


def since_last(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """Compare the findings of an earlier run.json with those of a new one: mended, left, new; by rule and cell.

    A finding of several cells is mended when none of them is told of any more, and new when none was told of before.
    A file that is no longer among the sources takes its findings with it: these are gone, and said to be so.
    """
    old, new = list(before.get("findings", ())), list(now.get("findings", ()))
    told_before, told_now = _all_keys(old), _all_keys(new)
    paths = {each["path"] for each in now.get("files", ())}
    over = [each for each in old if told_now.isdisjoint(_keys(each))]
    gone = [each for each in over if each["file"] and each["file"] not in paths]
    return {
        "run": before.get("run"),
        "mended": [_brief(each) for each in over if each not in gone],
        "gone": [_brief(each) for each in gone],
        "left": sum(not told_before.isdisjoint(_keys(each)) for each in new),
        "new": [_brief(each) for each in new if told_before.isdisjoint(_keys(each))],
    }


def since_line(since: Mapping[str, Any]) -> str:
    """Say it in a sentence."""
    parts = [f"改好 {len(since['mended'])} 条", f"还剩 {since['left']} 条", f"新出现 {len(since['new'])} 条"]
    if since["gone"]:
        parts.append(f"原表已不在收件箱的 {len(since['gone'])} 条")
    return "与上一次运行相比：" + "，".join(parts)


def _all_keys(findings: Iterable[Mapping[str, Any]]) -> set[Key]:
    return {key for each in findings for key in _keys(each)}


def _keys(finding: Mapping[str, Any]) -> set[Key]:
    """Give rule and cell, a key for each place of the finding."""
    places = [finding, *finding.get("related", ())]
    return {(finding["code"], each["file"], each["sheet"], each["cell"]) for each in places}


def _brief(finding: Mapping[str, Any]) -> dict[str, Any]:
    return {name: finding[name] for name in ("code", "level", "file", "sheet", "cell", "message")}
