r"""Group robots of 企业微信, 钉钉 and 飞书: one POST of JSON each, signed where the robot asks for it.

By their makers' pages: 企业微信 and 钉钉 answer {"errcode": 0}, 飞书 {"code": 0}. 钉钉 signs the address with
HMAC-SHA256(key=secret, message="<milliseconds>\n<secret>"); 飞书 signs the body, with "<seconds>\n<secret>" as the
key of an empty message. The address holds the robot's key and is never told in a sentence.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
import ssl
import threading
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable
    from http.client import HTTPMessage
    from typing import IO

_LONGEST_ANSWER = 65_536
# The first that fits; each is a kind of OSError.
_CAUSES: tuple[tuple[type[OSError], str], ...] = (
    (TimeoutError, "超时"),
    (socket.gaierror, "找不到这个地址，请核对网址和网络"),
    (ssl.SSLCertVerificationError, "对方的证书不对"),
    (ssl.SSLError, "加密方式对不上"),
    (ConnectionRefusedError, "对方没有在这个端口上接听"),
    (ConnectionError, "连接中断了"),
)
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Channel:
    """A kind of robot: its key in 通知, its name, the names of its secrets (no `key` where it never signs)."""

    id: str
    title: str
    address: str
    key: str = ""


CHANNELS = (
    Channel("wecom", "企业微信", "HOUQIN_WECOM_URL"),
    Channel("dingtalk", "钉钉", "HOUQIN_DINGTALK_URL", "HOUQIN_DINGTALK_SECRET"),
    Channel("feishu", "飞书", "HOUQIN_FEISHU_URL", "HOUQIN_FEISHU_SECRET"),
)


def send_webhook(
    channel: Channel,
    text: str,
    *,
    secrets: Callable[[str], str | None],
    now: Callable[[], datetime] | None = None,
    seconds: float,
) -> str:
    """Send a text to a robot; give why it did not arrive, empty where it did. Never raises, waits `seconds` at most."""
    address = (secrets(channel.address) or "").strip()
    if not address:
        name = channel.address
        return f"没有找到它的网址。请设环境变量 {name}，或用 python -m keyring set houqin {name} 存进钥匙串。"
    if not _is_safe(address):
        return f"{channel.address} 不是 https 网址。"
    moment = (now or _utc_now)()
    key = (secrets(channel.key) or "").strip() if channel.key else ""
    if channel.id == "dingtalk" and key:
        address = f"{address}{'&' if '?' in address else '?'}{dingtalk_sign(key, moment)}"
    body = _feishu_body(text, key, moment) if channel.id == "feishu" else {"msgtype": "text", "text": {"content": text}}
    return within(seconds, lambda: _post(address, body, seconds))


def dingtalk_sign(key: str, moment: datetime) -> str:
    """Give the parameters that sign an address for 钉钉."""
    stamp = str(int(moment.timestamp() * 1000))
    digest = hmac.new(key.encode(), f"{stamp}\n{key}".encode(), hashlib.sha256).digest()
    return f"timestamp={stamp}&sign={quote(base64.b64encode(digest), safe='')}"


def feishu_sign(key: str, moment: datetime) -> dict[str, str]:
    """Give what signs a body for 飞书."""
    stamp = str(int(moment.timestamp()))
    digest = hmac.new(f"{stamp}\n{key}".encode(), b"", hashlib.sha256).digest()
    return {"timestamp": stamp, "sign": base64.b64encode(digest).decode()}


def within(seconds: float, action: Callable[[], str]) -> str:
    """Do something that gives a reason or nothing, for `seconds` at most: a server that drips must not hold us."""
    said: list[str] = []
    worker = threading.Thread(target=lambda: said.append(action()), daemon=True)
    worker.start()
    worker.join(seconds)
    return said[0] if said else f"等了 {seconds:.0f} 秒没有回音。"


def network_reason(fault: BaseException) -> str:
    """Say in Chinese why a server was not reached, without the address."""
    cause = getattr(fault, "reason", fault)
    return next((words for kinds, words in _CAUSES if isinstance(cause, kinds)), f"网络出错 {type(cause).__name__}")


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A robot answers itself; to follow it elsewhere would hand the notice to a stranger."""

    def redirect_request(  # noqa: PLR0913, PLR0917  (urllib's own signature)
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """Follow nothing."""


def _post(address: str, body: dict[str, Any], seconds: float) -> str:
    request = urllib.request.Request(  # noqa: S310  (https, or this machine: looked at before)
        address, json.dumps(body, ensure_ascii=False).encode(), {"Content-Type": "application/json; charset=utf-8"}
    )
    handlers: list[urllib.request.BaseHandler] = [_NoRedirect()]
    if urlsplit(address).hostname in _LOOPBACK:
        handlers.append(urllib.request.ProxyHandler({}))
    try:
        with urllib.request.build_opener(*handlers).open(request, timeout=seconds) as answer:
            return _refusal(answer.read(_LONGEST_ANSWER))
    except HTTPError as fault:
        return f"对方回答 {fault.code}。"
    except (URLError, OSError, HTTPException, ValueError) as fault:
        # Its own words may quote the address.
        return f"连不上（{network_reason(fault)}）。"


def _refusal(answer: bytes) -> str:
    """Say what the robot said against it; empty where it took the notice."""
    try:
        told = json.loads(answer)
        code = next((told[name] for name in ("errcode", "code", "StatusCode") if name in told), None)
    except (ValueError, TypeError):
        return "对方的回答看不懂，网址可能不对。"
    if code == 0:
        return ""
    if not isinstance(code, int):
        return "对方的回答看不懂，网址可能不对。"
    return f"对方没有收下（代码 {code}），请核对机器人的网址、密钥和安全设置。"


def _feishu_body(text: str, key: str, moment: datetime) -> dict[str, Any]:
    body: dict[str, Any] = {"msg_type": "text", "content": {"text": text}}
    return {**feishu_sign(key, moment), **body} if key else body


def _is_safe(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK))


def _utc_now() -> datetime:
    return datetime.now(UTC)
