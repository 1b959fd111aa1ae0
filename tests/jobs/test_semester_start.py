"""The whole job on the example school: by the command line through papermill, and by hand."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from houqin.jobs.folder_lock import locked
from houqin.jobs.making import FINDINGS, LEDGERS
from houqin.jobs.places import EXAMPLE_SCHOOL, NOTEBOOKS
from houqin.jobs.runs import FAILED, RECORD, verify_run
from houqin.jobs.semester_start import PRINTS, SUMMARY, semester_start

PERIOD = Path("示例中学") / "semester-start" / "2025-2026-1"


def houqin(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "houqin", *words], capture_output=True, encoding="utf-8", cwd=cwd, check=False,
        timeout=300,
    )  # fmt: skip


def published(out: Path) -> Path:
    """Give the one published run."""
    (record,) = (path for path in (out / PERIOD).glob(f"*/{RECORD}") if FAILED not in path.parts)
    return record.parents[1]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """Run the job once on the example school, into a folder with Chinese and blanks."""
    out = tmp_path_factory.mktemp("run") / "结果 一"
    return out, houqin("run", "semester-start", "--out", str(out), "--school", str(EXAMPLE_SCHOOL))


def test_the_terminal_tells_what_was_read_what_waits_and_where_the_results_are(run) -> None:
    """In Chinese, on standard output; nothing else is said."""
    out, done = run
    assert (done.returncode, done.stderr) == (0, "")
    record = json.loads((published(out) / RECORD).read_text(encoding="utf-8"))
    assert f"读取 {record['counts']['read']} 个" in done.stdout
    assert f"必须改 {record['findings_by_level']['error']} 处" in done.stdout
    assert f"结果在：{published(out)}" in done.stdout
    assert [name for name in ("05填好的表", "06催交名单") if f"  {name}\n" not in done.stdout] == []


def test_the_run_holds_all_that_people_and_machines_need(run) -> None:
    """Summary, ledgers, printed forms, the list, the notebook, the sources; all of it is in the record and verifies."""
    folder = published(run[0])
    record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    listed = {each["path"] for each in record["outputs"]}
    assert {SUMMARY, PRINTS, FINDINGS, "99技术文件/semester_start.ipynb", "99技术文件/clean.json"} <= listed
    assert {"06催交名单/催交名单.txt", "06催交名单/催交名单.xlsx", "05填好的表/校服班级分装单（供厂家）.xlsx"} <= listed
    assert sum(name.startswith(LEDGERS) for name in listed) == len(record["counts"]["records"]) == 8
    on_disk = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert on_disk == listed | {RECORD} | {f"来源/{name}" for name in record["sources"]}
    assert verify_run(folder) is None
    inbox = EXAMPLE_SCHOOL / "收件箱"
    assert set(record["sources"]) == {path.relative_to(inbox).as_posix() for path in inbox.rglob("*.*")}


def test_the_record_says_what_was_done_with_what(run) -> None:
    """Parameters without a path, versions, every finding, every tie-out, and the times nowhere else."""
    record = json.loads((published(run[0]) / RECORD).read_text(encoding="utf-8"))
    assert record["parameters"] == {
        "school": "示例中学", "school_year": "2025-2026", "semester": 1, "as_of": "2025-09-12",
    }  # fmt: skip
    assert record["status"] == "done"
    assert sum(record["findings_by_level"].values()) == len(record["findings"])
    assert len(record["tie_outs"]) >= 4
    assert set(record["times"]) == {"started", "finished"}


def test_the_published_notebook_shows_the_results_and_nothing_of_this_machine(run) -> None:
    """Figures, chart, findings and links are in it; no folder of ours, no time; Chinese parameters as Chinese."""
    folder = published(run[0])
    text = (folder / "99技术文件" / "semester_start.ipynb").read_text(encoding="utf-8")
    cells = json.loads(text)["cells"]
    (injected,) = [cell for cell in cells if cell["metadata"].get("tags") == ["injected-parameters"]]
    assert 'school = "示例中学"\n' in injected["source"]
    for place in (str(run[0]), str(EXAMPLE_SCHOOL), str(Path.home()), "start_time"):
        assert place not in text
    shown = "".join(json.dumps(cell["outputs"], ensure_ascii=False) for cell in cells if cell["cell_type"] == "code")
    for word in ("在册学生", "<svg", "必须改", "03打印单据.xlsx"):
        assert word in shown
    for link in ("../02汇总/开学后勤汇总.xlsx", "../03打印单据.xlsx", "../问题清单.txt", "../02汇总/台账"):
        assert f'href=\\"{link}\\"' in shown
        assert (folder / "99技术文件" / link).exists()


def test_the_same_school_elsewhere_gives_the_same_bytes(run, tmp_path: Path) -> None:
    """Principle 5, over every file of the run but run.json, which has the times."""
    school = shutil.copytree(EXAMPLE_SCHOOL, tmp_path / "别处" / "抄来的 学校")
    done = houqin("run", "semester-start", "--school", str(school), "--out", "结果 二", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    first, second = published(run[0]), published(tmp_path / "结果 二")
    assert first.name == second.name
    for path in sorted(first.rglob("*")):
        if path.is_file() and path.relative_to(first).as_posix() != RECORD:
            assert path.read_bytes() == (second / path.relative_to(first)).read_bytes(), path


def test_by_hand_the_same_files_come_out(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In JupyterLab nobody runs the runner: the function locks, checks and publishes by itself."""
    monkeypatch.chdir(NOTEBOOKS)
    outcome = semester_start(school="../templates/示例中学", out=str(tmp_path))
    by_hand, by_runner = published(tmp_path), published(run[0])
    assert outcome.folder == by_hand
    assert verify_run(by_hand) is None
    for name in (SUMMARY, PRINTS, FINDINGS, "99技术文件/clean.json"):
        assert (by_hand / name).read_bytes() == (by_runner / name).read_bytes()
    assert [Path(os.path.normpath(NOTEBOOKS / each.link)).exists() for each in outcome.outputs] == [True] * 7


def test_json_is_run_json_and_strict_says_that_errors_wait(tmp_path: Path) -> None:
    """One document on standard output, and status 3 for the example's planted errors."""
    words = ("--school", str(EXAMPLE_SCHOOL), "--out", str(tmp_path), "--json", "--strict")
    done = houqin("run", "semester-start", *words)
    assert done.returncode == 3
    assert json.loads(done.stdout) == json.loads((published(tmp_path) / RECORD).read_text(encoding="utf-8"))


def test_a_held_lock_is_status_75(tmp_path: Path) -> None:
    """Two runs of one school at once would sweep each other's files."""
    (tmp_path / PERIOD).mkdir(parents=True)
    with locked(tmp_path / PERIOD):
        done = houqin("run", "semester-start", "--school", str(EXAMPLE_SCHOOL), "--out", str(tmp_path))
    assert done.returncode == 75
    assert "正有另一个运行" in done.stderr


@pytest.mark.parametrize(("content", "said"), [(None, "收件箱是空的"), (b"PK\x03\x04", "一个也没有读成")])
def test_an_inbox_without_anything_to_read_fails_with_a_sentence(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    """Status 1, the reason in Chinese, no result, and the notebook of the failed run kept."""
    school = tmp_path / "学校"
    (school / "收件箱").mkdir(parents=True)
    shutil.copy(EXAMPLE_SCHOOL / "school.toml", school)
    if content is not None:
        (school / "收件箱" / "坏.xlsx").write_bytes(content)
    done = houqin("run", "semester-start", "--school", str(school), "--out", str(tmp_path / "结果"))
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    (kept,) = (tmp_path / "结果" / PERIOD / FAILED).iterdir()
    assert (kept / "99技术文件" / "semester_start.ipynb").exists()
