"""The command line: its exit statuses, its Chinese, and that --json prints one document and nothing else."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import click
import pytest

from houqin.cli import command_line, main
from houqin.cli.columns import columns_of
from houqin.jobs.places import EXAMPLE_SCHOOL

if TYPE_CHECKING:
    from pathlib import Path

INBOX = EXAMPLE_SCHOOL / "收件箱"
DESKS = INBOX / "各班桌凳统计.xlsx"
STRAY_ENGLISH = re.compile(r"(?<![-\w<.])(Usage|Options|Commands|Error|Show this|Try|Missing|Invalid)\b")


@pytest.mark.parametrize("words", ["", "--help", "run --help", "clean --help", "run semester-start -h"])
def test_help_is_chinese(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """No heading and no sentence of the library's own English is left."""
    assert main(words.split()) == 0
    told = capsys.readouterr()
    assert "用法：houqin" in told.out
    assert not STRAY_ENGLISH.search(told.out + told.err)


def commands_below(group: click.Group, path: tuple[str, ...] = ()) -> dict[tuple[str, ...], click.Command]:
    """Give every command by its path, the groups as well."""
    found: dict[tuple[str, ...], click.Command] = {path: group}
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        below = (*path, name)
        found |= commands_below(command, below) if isinstance(command, click.Group) else {below: command}
    return found


COMMANDS = commands_below(command_line)


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: " ".join(path) or "houqin")
def test_every_command_has_a_chinese_help_with_an_example_that_parses(
    path: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """What a person copies from the help is taken as it stands, and no line is wider than a terminal of 80."""
    assert main([*path, "--help"]) == 0
    told = capsys.readouterr().out
    assert not STRAY_ENGLISH.search(told)
    assert "<=x" not in told
    assert max(columns_of(line) for line in told.partition("例子:")[0].splitlines()) <= 80
    lines = [line.strip() for line in told.partition("例子:")[2].splitlines() if line.strip()]
    assert lines
    for line in lines:
        words = shlex.split(line)[1:]
        command = max((known for known in COMMANDS if tuple(words[: len(known)]) == known), key=len)
        if words[-1] != "--help":
            COMMANDS[command].make_context("houqin", words[len(command) :])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["clea"], "没有“clea”这个命令。是不是“clean”？"),
        (["clean"], "缺少文件"),
        (["clean", "--jsn", "x.xlsx"], "没有“--jsn”这个选项。是不是“--json”？"),
        (["inspect", "没有这个.xlsx"], "没有“没有这个.xlsx”这个文件"),
        (["inspect", str(DESKS), "--school", "哪里"], "没有“哪里”这个文件夹"),
        (["run", "semster-start"], "没有叫“semster-start”的作业。是不是“semester-start”？"),
        (["run", "semester-start", "-p", "semester"], "要写成 -p 名=值"),
        (["run", "semester-start", "-p", "semester=三"], "要写整数"),
        (["run", "semester-start", "--semester", "3"], "不能大于 2"),
        (["run", "semester-start", "--school", "哪里"], "哪里”这个文件夹"),
        (["run"], "要写一个命令"),
        (["blanks", "--by", "school"], "没有“school”，可用的有 class、form"),
        (["batch", "semester-start", "--schools", "x", "--workers", "0"], "要写 1 到 256 的整数，收到的是“0”"),
        (["history", "--most", "many"], "要写不小于 1 的整数，收到的是“many”"),
        (["schedule", "remove", "二"], "“编号”的值不对：要写整数，收到的是“二”"),
    ],
)
def test_wrong_usage_is_status_2_with_a_chinese_sentence(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong, and the nearest right word; nothing on standard output, and no traceback."""
    assert main(words) == 2
    told = capsys.readouterr()
    assert said in told.err
    assert told.out == ""
    assert not STRAY_ENGLISH.search(told.err)


def test_inspect_prints_one_document_as_the_contract_gives_it(capsys: pytest.CaptureFixture[str]) -> None:
    """Keys and kinds of the example in 接口.md; no records, nothing else on standard output."""
    assert main(["inspect", str(DESKS), "--json"]) == 0
    told = capsys.readouterr()
    document = json.loads(told.out)
    assert told.err == ""
    assert list(document) == ["files", "findings", "changes"]
    (file,) = document["files"]
    assert (file["path"], file["status"], file["reason"]) == ("各班桌凳统计.xlsx", "read", None)
    assert re.fullmatch("[0-9a-f]{64}", file["sha256"])
    table = file["sheets"][0]["tables"][0]
    assert table["form"] == "desks"
    assert table["range"].startswith("A")
    assert set(table["columns"][0]) == {"letter", "header", "field", "role"}
    assert table["body_rows"][0] == table["header_rows"][-1] + 1
    assert "records" not in table


def test_clean_gives_records_with_canonical_values(capsys: pytest.CaptureFixture[str]) -> None:
    """Every value is text or null; row and rows are Excel's; a list has no cell of its own."""
    assert main(["clean", str(DESKS), "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    records = document["files"][0]["sheets"][0]["tables"][0]["records"]
    classes = [record["values"]["class"] for record in records]
    assert "七年级(1)班" in classes
    for record in records:
        assert record["rows"][0] <= record["row"] <= record["rows"][1]
        assert record["cell"] is None
        assert all(value is None or isinstance(value, str) for value in record["values"].values())


def test_strict_is_status_3_only_where_errors_wait(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without --strict findings are no failure; with it an `error` waits for a person."""
    shutil.copy(EXAMPLE_SCHOOL / "school.toml", tmp_path)
    path = tmp_path / "收发存.csv"
    head = "名称,规格,单位,期初数量,入库数量,出库数量,结存数量,单价,金额\n"
    path.write_text(f"{head}粉笔,白,盒,20,100,85,53,2,70\n拖把,大,把,10,0,2,8,5,40\n", encoding="utf-8")
    statuses = [main(["clean", str(path), *words]) for words in ([], ["--strict"])]
    assert statuses == [0, 3]
    assert "必须改｜《收发存.csv》" in capsys.readouterr().out


def test_all_files_refused_is_status_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing could be read: that has failed, with the sentence for each file."""
    shutil.copy(EXAMPLE_SCHOOL / "school.toml", tmp_path)
    path = tmp_path / "坏.xlsx"
    path.write_bytes(b"PK\x03\x04 not a workbook")
    assert main(["inspect", str(path)]) == 1
    assert "坏.xlsx" in capsys.readouterr().out


def test_settings_that_cannot_be_read_are_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A workbook of settings that is none is told like one with mistakes."""
    (tmp_path / "学校设置.xlsx").mkdir()
    assert main(["inspect", str(DESKS), "--school", str(tmp_path)]) == 2
    assert "学校设置.xlsx》打不开" in capsys.readouterr().err


def test_clean_writes_where_it_is_told_and_never_into_the_inbox(tmp_path: Path) -> None:
    """Ledgers, the list of findings and the document; the file itself keeps its bytes."""
    school = shutil.copytree(EXAMPLE_SCHOOL, tmp_path / "学校")
    path = school / "收件箱" / DESKS.name
    before = path.read_bytes()
    assert main(["clean", str(path), "--out", str(tmp_path / "结果")]) == 0
    names = {each.name for each in (tmp_path / "结果").iterdir()}
    assert {"问题清单.txt", "clean.json"} < names
    assert [name for name in names if name.endswith("台账.xlsx")]
    assert path.read_bytes() == before


def test_a_new_school_is_made_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The settings workbook is there to be filled in, and is never overwritten."""
    monkeypatch.setattr("houqin.jobs.new_school.SCHOOLS", tmp_path / "schools.txt")
    assert main(["init", str(tmp_path / "我的 学校")]) == 0
    assert (tmp_path / "我的 学校" / "学校设置.xlsx").is_file()
    assert (tmp_path / "我的 学校" / "收件箱").is_dir()
    assert main(["init", str(tmp_path / "我的 学校")]) == 2
    assert "没有改动它" in capsys.readouterr().err


def test_output_is_utf_8_whatever_the_terminal_says() -> None:
    """A Chinese Windows pipes GBK by default; a program that reads us expects UTF-8."""
    environment = {**os.environ, "PYTHONIOENCODING": "gbk", "LANG": "C"}
    done = subprocess.run([sys.executable, "-m", "houqin"], capture_output=True, env=environment, check=True)
    assert "后勤" in done.stdout.decode("utf-8")
