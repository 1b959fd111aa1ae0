"""How a school's files are opened: settings, passwords, archives, and what of it a run shows."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import openpyxl
import pytest
from read.locked import WORD, locked_2007

from houqin.cli.asking import ask_password, password_asker
from houqin.jobs.access import Access, access_for, handed_on, unlock_ahead
from houqin.jobs.inspection import inspect_files
from houqin.jobs.parameters import SemesterStart
from houqin.jobs.places import EXAMPLE_SCHOOL
from houqin.jobs.plan import make_plan
from houqin.jobs.runner import run_job
from houqin.read import read_settings
from houqin.read.reader import shared_reader
from houqin.school import load_school

if TYPE_CHECKING:
    from pathlib import Path

REPAIRS = EXAMPLE_SCHOOL / "收件箱" / "报修登记.xlsx"
UNLOCKED = {"HOUQIN_PASSWORD": WORD}


def book(path: Path) -> bytes:
    """Give the bytes of one of the example's workbooks."""
    return path.read_bytes()


def archive(files: dict[str, bytes]) -> bytes:
    """Pack files."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, data in files.items():
            made.writestr(zipfile.ZipInfo(name), data)
    return stream.getvalue()


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """Make a school whose inbox has an archive, a copy of it, and a locked workbook in another."""
    folder = tmp_path / "我的 学校"
    inbox = folder / "收件箱"
    inbox.mkdir(parents=True)
    shutil.copy(EXAMPLE_SCHOOL / "school.toml", folder)
    workbooks = sorted((EXAMPLE_SCHOOL / "收件箱").rglob("*.xlsx"))
    packed = archive({f"开学/{path.name}": path.read_bytes() for path in workbooks})
    (inbox / "资料.zip").write_bytes(packed)
    (inbox / "资料(1).zip").write_bytes(packed)
    (inbox / "加密.zip").write_bytes(archive({"锁.xlsx": locked_2007()}))
    return folder


def run(school: Path, monkeypatch: pytest.MonkeyPatch, **environment: str) -> tuple[Path, dict[str, Any]]:
    """Run the job and give folder and record."""
    monkeypatch.delenv("HOUQIN_PASSWORD", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    given = SemesterStart(school=str(school), out=str(school.parent / "结果"))
    report = run_job("semester-start", given, base=school.parent)
    return report.folder, report.record


def test_links_lead_into_unpacked_archives(school: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ledger's link opens a file of an archive, the archive is kept, its copy told of, no password is seen."""
    before, locked = run(school, monkeypatch)
    folder, record = run(school, monkeypatch, HOUQIN_PASSWORD=WORD)
    files = {file["path"]: file for file in record["files"]}
    assert files["资料(1).zip"]["status"] == "skipped"
    assert files["资料(1).zip"]["reason"]["code"] == "duplicate-file"
    assert (folder / "来源" / "原压缩包" / "资料.zip").is_file()
    assert {file["path"]: file["status"] for file in locked["files"]}["加密.zip/锁.xlsx"] == "refused"
    assert files["加密.zip/锁.xlsx"]["status"] == "read"
    assert folder != before, "what a password opens makes another run"
    members = [path for path in files if path.startswith("资料.zip/开学/")]
    assert members
    assert not [path for path in files if path.startswith("原压缩包")]
    links = _links(folder / "02汇总" / "台账")
    assert [link for link in links if "来源/资料.zip/开学/" in link]
    assert [link for link in links if not (folder / "02汇总" / "台账" / link).resolve().is_file()] == []
    assert not [path for path in folder.rglob("*") if path.is_file() and WORD.encode() in path.read_bytes()]


def _links(ledgers: Path) -> set[str]:
    """Give the files that ledgers' links lead to."""
    sheets = [sheet for path in ledgers.glob("*.xlsx") for sheet in openpyxl.load_workbook(path).worksheets]
    linked = [cell.hyperlink for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    return {unquote(link.target.partition("#")[0]) for link in linked if link.target and "来源" in unquote(link.target)}


def test_the_settings_of_a_school_reach_the_reader(school: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A school may widen or narrow the limits; a variable of the environment counts before it."""
    monkeypatch.setenv("HOUQIN_ENGINE", "off")
    toml = (school / "school.toml").read_text(encoding="utf-8")
    toml = toml.replace("archive_files = 1000", "archive_files = 2").replace("seconds = 60", "seconds = 30")
    (school / "school.toml").write_text(toml, encoding="utf-8")
    told = load_school(school, read_settings)
    assert access_for(told).told == {"archive_files": 2, "seconds": 30}
    monkeypatch.setenv("HOUQIN_READ_SECONDS", "90")
    assert access_for(told).told == {"archive_files": 2, "seconds": 90}
    found = inspect_files([school / "收件箱" / "资料.zip"])
    (file,) = found.result.files
    assert (file.path, file.code) == ("资料.zip", "too-large")


def test_a_person_is_asked_three_times_a_file_and_a_typed_password_serves_for_the_next(tmp_path: Path) -> None:
    """Nothing typed passes the file over."""
    asked: list[tuple[str, int]] = []

    def ask(path: str, left: int) -> str | None:
        asked.append((path, left))
        return {3: "falsch", 2: WORD}[left] if path != "乙.xlsx" else None

    for name, word in {"甲.xlsx": WORD, "丙.xlsx": WORD, "乙.xlsx": "ein anderes"}.items():
        (tmp_path / name).write_bytes(locked_2007(word))
    access = Access(shared_reader(), {}, ask)
    assert unlock_ahead(tmp_path, access) == {"丙.xlsx": WORD, "甲.xlsx": WORD}
    first = next(name for name, _ in asked if name != "乙.xlsx")
    assert sorted(asked) == sorted([(first, 3), (first, 2), ("乙.xlsx", 3)])


def test_what_was_typed_reaches_the_notebook_by_its_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Together with what the environment says already, and nothing where nothing was found."""
    monkeypatch.setenv("HOUQIN_PASSWORDS", '{"甲.xlsx": "a"}')
    assert handed_on({}) == {}
    assert json.loads(handed_on({"乙.xlsx": "b"})["HOUQIN_PASSWORDS"]) == {"甲.xlsx": "a", "乙.xlsx": "b"}


def test_nobody_is_asked_where_nobody_sits(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scheduler's run must not wait for a person."""
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert password_asker() is None


def test_the_question_is_chinese_and_an_end_of_input_passes_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """It names the file and says that nothing will be seen."""
    said: list[str] = []

    def no_more(prompt: str, _: object) -> str:
        said.append(prompt)
        raise EOFError

    monkeypatch.setattr("getpass.getpass", no_more)
    assert ask_password("甲.xlsx", 3) is None
    assert ask_password("甲.xlsx", 2) is None
    assert said[0].startswith("《甲.xlsx》设有打开密码")
    assert "密码不对" in said[1]


def test_a_plan_needs_no_password(school: Path) -> None:
    """Settings are open."""
    plan = make_plan("semester-start", SemesterStart(school=str(school), out="x"), base=school.parent)
    assert plan.school.reading["seconds"] == 60
