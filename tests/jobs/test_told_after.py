"""Notices of runs by hand and of batches: only where a school's 通知 asks for them, and of what really happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jobs.test_notices import robot
from many_schools import AS_OF, make_school, spoil

from houqin.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

WANTED = 'when = "每次"\nwecom = true\nby_hand = true\n'


def wanting(home: Path, wanted: str = WANTED) -> Path:
    """Write into a school's settings what it wants to hear of."""
    place = home / "school.toml"
    text = place.read_text(encoding="utf-8")
    place.write_text(text.replace('when = "失败时"\n', wanted), encoding="utf-8")
    return home


def texts_of(monkeypatch: pytest.MonkeyPatch, *commands: list[str]) -> tuple[list[int], list[str]]:
    """Give the exit statuses of commands, and what the robot heard."""
    with robot() as (address, bodies):
        monkeypatch.setenv("HOUQIN_WECOM_URL", address)
        statuses = [main(words) for words in commands]
    return statuses, [body["text"]["content"] for _, body in bodies]


def test_a_run_by_hand_is_told_where_the_school_asks_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Done, then failed; a wrong parameter was told on the spot and is no run."""
    home = wanting(make_school(tmp_path, 1, books=1))
    words = ["run", "semester-start", "--school", str(home), "--out", str(tmp_path / "结果"), "--as-of", AS_OF]
    assert main([*words[:-1], "昨天"]) == 2
    statuses, texts = texts_of(monkeypatch, words, [*words[:-1], "2020-01-01"])
    assert statuses == [0, 2]
    spoil(home, "corrupt")
    failed, more = texts_of(monkeypatch, words)
    assert failed == [1]
    (done,), (lost,) = texts, more
    assert done.startswith("【后勤】示例第1中学：开学后勤汇总，手动运行完成\n截至：2025-09-12\n")
    assert str(tmp_path / "结果") in done
    assert lost.startswith("【后勤】示例第1中学：开学后勤汇总，手动运行失败\n截至：2025-09-12\n")
    assert "桌凳" not in lost


def test_a_run_by_hand_is_nobodys_business_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the word of the settings, scheduled runs alone are told, as ever."""
    home = wanting(make_school(tmp_path, 1, books=1), 'when = "每次"\nwecom = true\n')
    words = ["run", "semester-start", "--school", str(home), "--out", str(tmp_path / "结果"), "--as-of", AS_OF]
    assert texts_of(monkeypatch, words) == ([0], [])


def test_a_batch_tells_the_schools_that_ask_for_it_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each hears of its own part; what was there already is no news."""
    for number in (1, 2, 3):
        make_school(tmp_path / "学校", number, books=1)
    wanting(tmp_path / "学校" / "示例第1中学")
    spoil(wanting(tmp_path / "学校" / "示例第3中学"), "corrupt")
    words = ["batch", "semester-start", "--schools", str(tmp_path / "学校"), "--out", str(tmp_path / "结果"),
             "-p", f"as_of={AS_OF}"]  # fmt: skip
    statuses, texts = texts_of(monkeypatch, words)
    assert statuses == [1]
    assert [text.split("\n")[0] for text in texts] == [
        "【后勤】示例第1中学：开学后勤汇总，整批运行完成",
        "【后勤】示例第3中学：开学后勤汇总，整批运行失败",
    ]
    _, again = texts_of(monkeypatch, words)
    assert [text.split("\n")[0] for text in again] == [texts[1].split("\n")[0]]
