"""Notices of a run to the people of the school's 通知: what ran, how it ended, what to do.

A notice says counts and folders, never what a workbook holds: no name, no cell, no reason in its own words. Addresses
of group robots, their keys and the mail's password are secrets; they come from the environment or the system's key
store. A notice that cannot be sent is a note and stops nothing.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from houqin.jobs.key_store import stored_secret
from houqin.jobs.mail import Mail, send_mail
from houqin.jobs.slots import DONE, GIVEN_UP
from houqin.jobs.webhooks import CHANNELS, send_webhook
from houqin.jobs.wording import waiting_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    Settings = Mapping[str, str | int | bool]
    Secrets = Callable[[str], str | None]

# When a notice is due.
ON_FAILURE, ON_WAITING, ALWAYS = "失败时", "有事等人时", "每次"
SCHEDULED, BY_HAND, BATCH, TRIAL = "定时运行", "手动运行", "整批运行", "试发"
TIMEOUT_SECONDS = 10.0
_PORTS = {"SSL": 465, "STARTTLS": 587, "不加密": 25}
_SEPARATORS = str.maketrans({"，": ",", "、": ",", "；": ",", ";": ",", " ": ","})
MAIL_PASSWORD = "HOUQIN_MAIL_PASSWORD"  # noqa: S105  (the name of a variable)


@dataclass(frozen=True, slots=True)
class Notice:
    """What is told: the job's name and Chinese title, its schedule, how it ended, findings by level, where it lies.

    `how` is SCHEDULED, or BY_HAND or BATCH, which have no `days` and whose `slot` is the as-of date, or TRIAL.
    """

    school: str
    job: str
    title: str
    days: str
    slot: str
    status: str
    attempts: int = 1
    next_try: str = ""
    folder: str = ""
    levels: Mapping[str, int] = field(default_factory=dict)
    how: str = SCHEDULED

    @property
    def subject(self) -> str:
        """The first line."""
        if self.how == TRIAL:
            return f"【后勤】{self.school}：这是一条试发的通知，不用处理"
        ended = {DONE: "完成", GIVEN_UP: "失败，不再自动重试"}.get(self.status, "失败")
        return f"【后勤】{self.school}：{self.title}，{self.how}{ended}"

    @property
    def text(self) -> str:
        """All of it."""
        if self.how == TRIAL:
            return f"{self.subject}\n收到它，就说明通知发得到这里。试发日期：{self.slot}"
        again = f"（第 {self.attempts} 次尝试）" if self.attempts > 1 else ""
        lines = [self.subject]
        if self.how == SCHEDULED:
            lines.append(f"定时：{self.days}，{self.slot} 这一次{again}")
        elif self.slot:
            lines.append(f"截至：{self.slot}")
        if self.status == DONE:
            lines += [waiting_line(self.levels), f"要做什么：{self._to_do}", f"结果在：{self.folder}"]
            return "\n".join(lines)
        if self.next_try:
            lines.append(f"程序会在 {self.next_try[:16].replace('T', ' ')} 以后再试一次。")
        lines.append(f"要做什么：在那台电脑上用 houqin history 看失败的原因，改好以后运行 houqin run {self.job}。")
        return "\n".join(lines)

    @property
    def _to_do(self) -> str:
        if self.levels.get("error"):
            return "打开结果里的“问题清单”，先改“必须改”的，改好的表放回收件箱。"
        if self.levels.get("question"):
            return "打开结果里的“问题清单”，答复“请确认”的几处。"
        return "没有急事，看一眼汇总即可。"


def is_wanted(notice: Notice, when: str) -> bool:
    """Tell whether the school wants to hear of it."""
    # Who heard of a failure must hear that it is over.
    if notice.status != DONE or when == ALWAYS or notice.attempts > 1:
        return True
    return when == ON_WAITING and bool(notice.levels.get("error") or notice.levels.get("question"))


def secrets_of_machine(name: str) -> str | None:
    """Give a secret of the environment, else of the system's key store; None where neither has it."""
    return os.environ.get(name) or stored_secret(name)


def send_notices(
    notice: Notice,
    settings: Settings,
    *,
    secrets: Secrets = secrets_of_machine,
    now: Callable[[], datetime] | None = None,
    seconds: float = TIMEOUT_SECONDS,
) -> list[str]:
    """Send a notice by all channels of the settings; give a sentence for each that did not work, without secrets."""
    if not is_wanted(notice, str(settings.get("when", ON_FAILURE))):
        return []
    faults = []
    for channel in CHANNELS:
        if settings.get(channel.id):
            reason = send_webhook(channel, notice.text, secrets=secrets, now=now, seconds=seconds)
            faults += [f"通知没有发到{channel.title}：{reason}"] if reason else []
    if settings.get("mail"):
        reason = send_mail(_mail(settings), notice.subject, notice.text, secrets(MAIL_PASSWORD), seconds=seconds)
        faults += [f"通知没有用邮件发出：{reason}"] if reason else []
    return faults


def _mail(settings: Settings) -> Mail:
    security = str(settings.get("mail_security", "SSL"))
    receivers = str(settings.get("mail_to", "")).translate(_SEPARATORS).split(",")
    return Mail(
        host=str(settings.get("mail_host", "")),
        port=int(settings.get("mail_port", _PORTS[security])),
        security=security,
        sender=str(settings.get("mail_from", "")),
        receivers=tuple(filter(None, receivers)),
    )
