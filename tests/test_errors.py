"""What the system refuses, as a clerk reads it."""

from __future__ import annotations

import errno
import re

import pytest

from houqin.errors import FailedRun, system_faults_told, system_reason, system_sentence

# What a share, a stick and a crowded computer answer; not one word of it may reach a clerk in English.
LIKELY = (
    "EACCES", "EBUSY", "EDQUOT", "EHOSTDOWN", "EHOSTUNREACH", "EIO", "ELOOP", "EMFILE", "ENAMETOOLONG", "ENETUNREACH",
    "ENODEV", "ENOENT", "ENOMEM", "ENOSPC", "ENOTCONN", "ENXIO", "EROFS", "ESTALE", "ETIMEDOUT",
)  # fmt: skip


@pytest.mark.parametrize("name", LIKELY)
def test_what_a_disk_or_a_share_may_answer_is_said_in_chinese(name: str) -> None:
    """The reason as a phrase, the sentence with the file and what to do."""
    fault = OSError(getattr(errno, name), "what the system says", "/盘/学校/结果")
    assert not re.search("[A-Za-z]", system_reason(fault))
    assert system_sentence(fault).startswith("“/盘/学校/结果”读写不成：")
    assert "再运行一次" in system_sentence(fault)


def test_a_share_that_went_away_is_to_be_connected_again() -> None:
    """Looking for room or rights would lead nowhere."""
    with pytest.raises(FailedRun, match=r"网络盘断开过.*重新接上"), system_faults_told():
        raise OSError(errno.ESTALE, "Stale file handle", "表.xlsx")
