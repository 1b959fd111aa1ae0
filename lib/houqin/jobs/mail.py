"""A notice by e-mail."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP

from houqin.jobs.webhooks import network_reason, within


@dataclass(frozen=True, slots=True)
class Mail:
    """Where a mail goes and by which server; `security` is SSL, STARTTLS or 不加密."""

    host: str
    port: int
    security: str
    sender: str
    receivers: tuple[str, ...]


def send_mail(mail: Mail, subject: str, text: str, password: str | None, *, seconds: float) -> str:
    """Send a mail; give why it did not go, empty where it did. Never raises, waits `seconds` at most.

    Without a password the server is used without a log-in. A password is never sent over an open line.
    """
    if password and mail.security == "不加密":
        return "设了密码，邮件加密却是“不加密”，密码会被别人看到。请改成 SSL 或 STARTTLS。"
    try:
        message = _message(mail, subject, text)
    except (ValueError, IndexError):
        return "发件人或收件人不像邮箱地址。"
    return within(seconds, lambda: _send(mail, message, password, seconds))


def _message(mail: Mail, subject: str, text: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["Subject"], message["From"], message["To"] = subject, mail.sender, ", ".join(mail.receivers)
    message.set_content(text)
    return message


def _send(mail: Mail, message: EmailMessage, password: str | None, seconds: float) -> str:
    context = ssl.create_default_context()
    try:
        with _server(mail, seconds, context) as server:
            if mail.security == "STARTTLS":
                server.starttls(context=context)
            if password:
                server.login(mail.sender, password)
            refused = server.send_message(message)
    except smtplib.SMTPAuthenticationError:
        return "邮件服务器不认发件人的密码（多数邮箱要用“授权码”）。"
    except smtplib.SMTPResponseException as fault:
        return f"邮件服务器没有收下（代码 {fault.smtp_code}）。"
    except smtplib.SMTPRecipientsRefused:
        return "邮件服务器不收这些收件人。"
    except smtplib.SMTPException as fault:
        return f"邮件服务器没有收下（{type(fault).__name__}）。"
    except (OSError, ValueError) as fault:
        return f"连不上邮件服务器（{network_reason(fault)}）。"
    return f"有 {len(refused)} 个收件人没有收下。" if refused else ""


def _server(mail: Mail, seconds: float, context: ssl.SSLContext) -> smtplib.SMTP:
    if mail.security == "SSL":
        return smtplib.SMTP_SSL(mail.host, mail.port, timeout=seconds, context=context)
    return smtplib.SMTP(mail.host, mail.port, timeout=seconds)
