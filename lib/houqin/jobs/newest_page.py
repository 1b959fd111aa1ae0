"""最近一次结果.html beside the run folders: ids tell a person nothing, this page leads to the newest run."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from houqin.jobs.since import MOST_NAMED, since_line
from houqin.jobs.wording import waiting_line
from houqin.model import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGE = "最近一次结果.html"
# What only machines read is found in the folder by those who look for it.
_NOT_FOR_PEOPLE = "99技术文件/"
_FRAME = """<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><title>{title}</title>
<style>body{{font:16px/1.8 "Microsoft YaHei","DengXian",sans-serif;margin:2em;max-width:46em;color:#222}}
h1{{font-size:1.4em;color:#1F4E79}}a{{color:#1F4E79}}</style>
<h1>{title}</h1>
<p>{said}</p>
<ul>
{links}
</ul>
{since}
<p>这些文件在旁边的文件夹“{run}”里；更早的结果在其他文件夹里。</p>
</html>
"""


def newest_page(run: str, record: Mapping[str, Any]) -> str:
    """Write the page of a published run from its run.json; links are relative to the page."""
    names = [each["path"] for each in record["outputs"] if not each["path"].startswith(_NOT_FOR_PEOPLE)]
    names.sort(key=lambda name: (name.count("/") > 1, name))  # summary and prints before the ledgers
    links = "\n".join(f'<li><a href="{quote(f"{run}/{name}")}">{escape(name)}</a></li>' for name in names)
    title = escape(f"{record.get('school', '')} {record.get('period', '')} 最近一次结果".strip())
    levels = record.get("findings_by_level")
    as_of = record.get("parameters", {}).get("as_of")
    parts = [f"截至 {as_of}" if as_of else "", waiting_line(levels) if levels else ""]
    said = "；".join(part for part in parts if part)
    since = _since(record["since"]) if "since" in record else ""
    return _FRAME.format(title=title, said=escape(said), links=links, since=since, run=escape(run))


def _since(since: Mapping[str, Any]) -> str:
    """Say what changed since the last run, with the first of what was mended and of what is new."""
    parts = [f"<p>{escape(since_line(since))}。</p>"]
    for title, found in (("改好的", since["mended"]), ("新出现的", since["new"])):
        lines = [f"{_place(each)}{each['message']}" for each in found[:MOST_NAMED]]
        lines += [f"……共 {len(found)} 条"] if len(found) > MOST_NAMED else []
        items = "".join(f"<li>{escape(line)}</li>" for line in lines)
        parts += [f"<details><summary>{title} {len(found)} 条</summary><ul>{items}</ul></details>"] if found else []
    return "\n".join(parts)


def _place(finding: Mapping[str, Any]) -> str:
    return Place(finding["file"], finding["sheet"], finding["cell"]).text + "：" if finding["file"] else ""
