"""Sentences that more than one command says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.model import Level

if TYPE_CHECKING:
    from collections.abc import Mapping

# How the reason begins where a school has sent nothing.
EMPTY_INBOX = "收件箱是空的"


def waiting_line(levels: Mapping[str, int]) -> str:
    """Say how many things wait for a person, by level."""
    return "等人处理：" + "，".join(f"{level.title} {levels.get(level.value, 0)} 处" for level in Level)
