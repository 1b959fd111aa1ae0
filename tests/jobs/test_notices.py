"""Notices: signed as the robots ask, silent about people and secrets, and never in the way; servers are local."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
import socketserver
import threading
from contextlib import contextmanager
from datetime import UTC, datetime
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from houqin.jobs.notices import Notice, is_wanted, send_notices
from houqin.jobs.trial_notice import send_trial

MOMENT = datetime(2025, 9, 30, 9, 30, tzinfo=UTC)
DONE = Notice("示例中学", "semester-start", "开学后勤汇总", "每周五", "2025-09-26", "done", folder="/结果/abc",
              levels={"error": 2, "question": 3})  # fmt: skip
FAILED = Notice("示例中学", "semester-start", "开学后勤汇总", "月末", "2025-09-30", "failed",
                next_try="2025-09-30T18:10:00")  # fmt: skip


@contextmanager
def robot(answer: bytes = b'{"errcode": 0, "code": 0}', status: int = 200, location: str = ""):
    """Answer as a robot does; gives its address and what it was sent."""
    heard: list[tuple[str, dict]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            heard.append((self.path, json.loads(body)))
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_) -> None:
            """Keep the test's output clean."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/robot?key=geheim", heard
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def mail_server(code_at_data: str = "250 ok"):
    """Speak as much SMTP as a mail needs; gives the port and the mails."""
    mails: list[bytes] = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 test\r\n")
            while line := self.rfile.readline():
                word = line.split()[0].upper()
                if word == b"DATA":
                    self.wfile.write(b"354 go\r\n")
                    mails.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                    self.wfile.write(code_at_data.encode() + b"\r\n")
                elif word == b"QUIT":
                    self.wfile.write(b"221 bye\r\n")
                    return
                else:
                    self.wfile.write(b"250 ok\r\n")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server.server_address[1], mails
        finally:
            server.shutdown()


@contextmanager
def silent():
    """Take connections and never say a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def send(notice: Notice, settings: dict, secrets: dict | None = None, seconds: float = 5.0) -> list[str]:
    """Send with given secrets."""
    return send_notices(notice, settings, secrets=(secrets or {}).get, now=lambda: MOMENT, seconds=seconds)


def test_each_robot_gets_the_text_in_its_own_form():
    """What ran, how it ended, how many things wait, what to do, where the result is."""
    with robot() as (address, heard):
        secrets = {f"HOUQIN_{name}_URL": address for name in ("WECOM", "DINGTALK", "FEISHU")}
        settings = {"when": "每次", "wecom": True, "dingtalk": True, "feishu": True}
        assert send(DONE, settings, secrets) == []
    wecom, dingtalk, feishu = (body for _, body in heard)
    assert wecom == dingtalk == {"msgtype": "text", "text": {"content": DONE.text}}
    assert feishu == {"msg_type": "text", "content": {"text": DONE.text}}
    for part in (
        "示例中学：开学后勤汇总，定时运行完成", "必须改 2 处，请确认 3 处", "先改“必须改”的",
        "/结果/abc",
    ):  # fmt: skip
        assert part in DONE.text


def test_signed_robots_are_signed_as_their_makers_say():
    """钉钉 signs the address, 飞书 the body; each formula written out once more here."""
    with robot() as (address, heard):
        secrets = {"HOUQIN_DINGTALK_URL": address, "HOUQIN_DINGTALK_SECRET": "SEC1",
                   "HOUQIN_FEISHU_URL": address, "HOUQIN_FEISHU_SECRET": "SEC2"}  # fmt: skip
        assert send(FAILED, {"dingtalk": True, "feishu": True}, secrets) == []
    query = parse_qs(urlsplit(heard[0][0]).query)
    stamp = str(int(MOMENT.timestamp() * 1000))
    expected = base64.b64encode(hmac.new(b"SEC1", f"{stamp}\nSEC1".encode(), hashlib.sha256).digest()).decode()
    assert (query["timestamp"], query["sign"], query["key"]) == ([stamp], [expected], ["geheim"])
    seconds = str(int(MOMENT.timestamp()))
    expected = base64.b64encode(hmac.new(f"{seconds}\nSEC2".encode(), b"", hashlib.sha256).digest()).decode()
    assert (heard[1][1]["timestamp"], heard[1][1]["sign"]) == (seconds, expected)


@pytest.mark.parametrize(
    ("answer", "status", "said"),
    [
        (b'{"errcode": 310000, "errmsg": "keywords not in content"}', 200, "代码 310000"),
        (b"<html>", 200, "看不懂"),
        (b"[1]", 200, "看不懂"),
        (b"{}", 200, "看不懂"),
        (b"\xff\xfe", 200, "看不懂"),
        (b"", 503, "对方回答 503"),
    ],
)
def test_a_robot_that_refuses_is_a_sentence(answer, status, said):
    """It says what to look at, and tells neither the address nor the key in it."""
    with robot(answer, status) as (address, _):
        (sentence,) = send(FAILED, {"wecom": True}, {"HOUQIN_WECOM_URL": address})
    assert sentence.startswith("通知没有发到企业微信：")
    assert said in sentence
    assert "geheim" not in sentence
    assert "127.0.0.1" not in sentence


def test_a_robot_that_sends_us_elsewhere_is_not_followed():
    """The notice would go to a stranger."""
    with robot() as (other, heard), robot(b"", 302, other) as (address, _):
        (sentence,) = send(FAILED, {"wecom": True}, {"HOUQIN_WECOM_URL": address})
    assert "对方回答 302" in sentence
    assert heard == []


def test_a_silent_server_and_a_closed_port_stop_nothing():
    """Each waits its seconds and no more; both channels are tried, and mail as well."""
    with silent() as port, socket.create_server(("127.0.0.1", 0)) as gone:
        closed = gone.getsockname()[1]
        gone.close()
        secrets = {"HOUQIN_WECOM_URL": f"http://127.0.0.1:{port}/", "HOUQIN_FEISHU_URL": f"http://127.0.0.1:{closed}/"}
        settings = {"wecom": True, "feishu": True, "mail": True, "mail_security": "不加密", "mail_host": "127.0.0.1",
                    "mail_port": port, "mail_from": "a@example.com", "mail_to": "b@example.com"}  # fmt: skip
        sentences = send(FAILED, settings, secrets, seconds=0.3)
    assert [sentence.partition("：")[0] for sentence in sentences] == [
        "通知没有发到企业微信", "通知没有发到飞书", "通知没有用邮件发出",
    ]  # fmt: skip
    assert "对方没有在这个端口上接听" in sentences[1]
    assert not [sentence for sentence in sentences if "Error" in sentence]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "没有找到它的网址。请设环境变量 HOUQIN_WECOM_URL"),
        ("http://example.com/x", "不是 https 网址"),
        ("乱写", "不是 https"),
    ],
)
def test_an_address_that_is_missing_or_open_is_told(address, said):
    """The key in it must not travel in the open."""
    (sentence,) = send(FAILED, {"wecom": True}, {"HOUQIN_WECOM_URL": address})
    assert said in sentence


def test_a_mail_arrives_with_its_chinese_whole():
    """Subject and text survive the encoding; several receivers, separated as people separate them."""
    with mail_server() as (port, mails):
        settings = {"mail": True, "mail_security": "不加密", "mail_host": "127.0.0.1", "mail_port": port,
                    "mail_from": "后勤 <a@example.com>", "mail_to": "b@example.com、c@example.com"}  # fmt: skip
        assert send(FAILED, settings) == []
    mail = message_from_bytes(mails[0], policy=policy.default)
    assert mail["Subject"] == FAILED.subject
    assert mail["To"] == "b@example.com, c@example.com"
    assert mail.get_content().splitlines() == FAILED.text.splitlines()


def test_a_mail_that_is_refused_is_a_sentence():
    """With the server's number, without its English; a password never goes over an open line."""
    settings = {"mail": True, "mail_security": "不加密", "mail_host": "127.0.0.1", "mail_from": "a@example.com",
                "mail_to": "b@example.com"}  # fmt: skip
    with mail_server("554 spam") as (port, mails):
        assert send(FAILED, {**settings, "mail_port": port}) == ["通知没有用邮件发出：邮件服务器没有收下（代码 554）。"]
        (sentence,) = send(FAILED, {**settings, "mail_port": port}, {"HOUQIN_MAIL_PASSWORD": "geheim"})
        assert "不加密" in sentence
        assert "geheim" not in sentence
        assert len(mails) == 1
        (sentence,) = send(FAILED, {**settings, "mail_port": port, "mail_to": "两个\n人"})
        assert "不像邮箱地址" in sentence or "没有收下" in sentence


@pytest.mark.parametrize(
    ("when", "levels", "attempts", "wanted"),
    [
        ("失败时", {"error": 5}, 1, False), ("失败时", {}, 2, True), ("每次", {}, 1, True),
        ("有事等人时", {"warning": 3}, 1, False), ("有事等人时", {"question": 1}, 1, True),
    ],
)  # fmt: skip
def test_the_school_says_what_it_wants_to_hear_of(when, levels, attempts, wanted):
    """Failures always; a success after a failure as well, so that nobody runs to the office for nothing."""
    notice = Notice("甲校", "semester-start", "开学", "月末", "2025-09-30", "done", attempts, levels=levels)
    assert is_wanted(notice, when) is wanted
    assert is_wanted(FAILED, when)


def test_no_channel_no_notice(tmp_path):
    """A school that chose none hears nothing, and the trial says so."""
    assert send(FAILED, {}) == []
    (tmp_path / "school.toml").write_text(
        '[basics]\nname="甲校"\nsystem="六三制"\nschool_year="2025-2026"\nsemester="第一学期"\n'
        'term_start=2025-09-01\nterm_end=2026-01-30\n[[classes]]\ngrade="七年级"\nnumber=1\npupils=40\n',
        encoding="utf-8",
    )
    assert send_trial(tmp_path, "2025-09-30") == (["《学校设置》的“通知”里没有选任何渠道，不会发通知。"], False)
    with (tmp_path / "school.toml").open("a", encoding="utf-8") as file:
        file.write("[notices]\nwecom = true\n")
    with robot() as (address, heard):
        lines, is_sent = send_trial(tmp_path, "2025-09-30", {"HOUQIN_WECOM_URL": address}.get)
    assert (lines, is_sent) == (["发出了：企业微信。请看看有没有收到。"], True)
    said = heard[0][1]["text"]["content"]
    assert "试发" in said
    assert "完成" not in said
    assert "等人处理" not in said  # nothing has run
