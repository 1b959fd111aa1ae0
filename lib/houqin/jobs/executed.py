"""The executed notebook as it is published: no times, no paths of this machine, no random ids."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def tidy_notebook(path: Path, masks: Mapping[str, str]) -> None:
    """Rewrite a notebook so that the same run gives the same bytes; `masks` says what stands for which path."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["metadata"] = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(notebook["cells"], 1):
        cell["id"] = f"cell-{number:02}"
        tags = cell["metadata"].get("tags")
        cell["metadata"] = {"tags": tags} if tags else {}
    # Longest first: the run's folder lies within the output folder.
    ordered = sorted(masks.items(), key=lambda pair: -len(pair[0]))
    text = json.dumps(_masked(notebook, ordered), ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _masked(value: Any, masks: list[tuple[str, str]]) -> Any:  # noqa: ANN401  (JSON)
    if isinstance(value, str):
        for path, word in masks:
            # Source text holds a Windows path with its backslashes doubled.
            value = value.replace(path, word).replace(path.replace("\\", "\\\\"), word)
        return value
    if isinstance(value, list):
        return [_masked(each, masks) for each in value]
    if isinstance(value, dict):
        return {key: _masked(each, masks) for key, each in value.items()}
    return value
