"""What a person is asked at the terminal."""

from __future__ import annotations

import getpass
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_FIRST = 3


def password_asker() -> Callable[[str, int], str | None] | None:
    """Give what asks for a file's password; None where nobody sits at a terminal."""
    both = (sys.stdin, sys.stderr)
    return ask_password if all(stream is not None and stream.isatty() for stream in both) else None


def ask_password(path: str, left: int) -> str | None:
    """Ask for a password without showing it; nothing typed passes the file over. `left` counts the tries from 3."""
    words = "设有打开密码。" if left == _FIRST else f"的密码不对，还可以试 {left} 次。"
    try:
        return getpass.getpass(f"《{path}》{words}请输入密码（输入时不显示，直接回车就跳过）：", sys.stderr) or None
    except EOFError:
        return None
