"""A notice sent on trial, so that a school knows today whether it will hear of tomorrow's failure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from houqin.jobs.notices import TRIAL, Notice, secrets_of_machine, send_notices
from houqin.jobs.slots import DONE
from houqin.jobs.webhooks import CHANNELS
from houqin.read import read_settings
from houqin.school import load_school

if TYPE_CHECKING:
    from pathlib import Path

    from houqin.jobs.notices import Secrets


def send_trial(folder: Path, day: str, secrets: Secrets = secrets_of_machine) -> tuple[list[str], bool]:
    """Send a notice by each channel of a school's 通知; give sentences, and whether all of them took it."""
    school = load_school(folder, read_settings)
    titles = [each.title for each in CHANNELS if school.notices.get(each.id)]
    titles += ["邮件"] if school.notices.get("mail") else []
    if not titles:
        return ["《学校设置》的“通知”里没有选任何渠道，不会发通知。"], False
    notice = Notice(
        school=school.name, job="", title="", days="", slot=day, status=DONE, how=TRIAL,
    )  # fmt: skip
    faults = send_notices(notice, {**school.notices, "when": "每次"}, secrets=secrets)
    return faults or [f"发出了：{'、'.join(titles)}。请看看有没有收到。"], not faults
