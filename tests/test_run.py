"""run.py: from a bare Python to a running job, in a folder whose path has Chinese and blanks, without a network."""

from __future__ import annotations

import ast
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1]
DEPENDENCY = "tinydep"
# A build backend that needs nothing installed: all an editable wheel takes.
BACKEND = """
import pathlib, zipfile

def build_editable(folder, config_settings=None, metadata_directory=None):
    name = "houqin-0.1.0-py3-none-any.whl"
    info = "houqin-0.1.0.dist-info/"
    with zipfile.ZipFile(pathlib.Path(folder) / name, "w") as wheel:
        wheel.writestr("houqin.pth", str(pathlib.Path(__file__).parent / "lib") + "\\n")
        wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: houqin\\nVersion: 0.1.0\\n")
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
        wheel.writestr(info + "RECORD", "")
    return name
"""
PROJECT = '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n'
JOB = """
import signal, sys, time
import tinydep
if "wait" in sys.argv:
    print("等待中", flush=True)
    time.sleep(60)
print("做了", *sys.argv[1:])
sys.exit(75 if "busy" in sys.argv else 0)
"""


def write_wheel(folder: Path) -> str:
    """Write a wheel of one empty module and give its SHA-256."""
    path = folder / f"{DEPENDENCY}-1.0-py3-none-any.whl"
    info = f"{DEPENDENCY}-1.0.dist-info/"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(f"{DEPENDENCY}.py", "")
        wheel.writestr(info + "METADATA", f"Metadata-Version: 2.1\nName: {DEPENDENCY}\nVersion: 1.0\n")
        wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(info + "RECORD", "")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def make_checkout(folder: Path) -> Path:
    """Make a small checkout with our run.py, a lock of one package and a job that says what it was given."""
    for part in ("tests", "notebooks", "lib/houqin", "wheels"):
        (folder / part).mkdir(parents=True)
    shutil.copy(REPOSITORY / "run.py", folder)
    lock = f"{DEPENDENCY}==1.0 \\\n    --hash=sha256:{write_wheel(folder / 'wheels')}\n"
    (folder / "requirements.txt").write_text(lock, encoding="utf-8")
    (folder / "tests" / "requirements.txt").write_text(lock, encoding="utf-8")
    (folder / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (folder / "backend.py").write_text(BACKEND, encoding="utf-8")
    (folder / "notebooks" / "semester_start.ipynb").write_text("{}", encoding="utf-8")
    (folder / "lib" / "houqin" / "__init__.py").write_text("", encoding="utf-8")
    (folder / "lib" / "houqin" / "__main__.py").write_text(JOB, encoding="utf-8")
    return folder


def environment(**more: str) -> dict[str, str]:
    """Give an environment in which pip knows no index but one that nobody answers at."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
    nowhere = {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_RETRIES": "0"}
    return {**kept, **nowhere, "PIP_TIMEOUT": "3", **more}


def start(checkout: Path, *words: str, **options: object) -> subprocess.Popen[str]:
    """Start run.py in a checkout."""
    return subprocess.Popen(
        [sys.executable, str(checkout / "run.py"), *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        encoding="utf-8", env=environment(), cwd=checkout.parent, **options,
    )  # fmt: skip


def call(checkout: Path, *words: str) -> tuple[int, str, str]:
    """Run run.py to its end and give status, output and messages."""
    process = start(checkout, *words)
    output, messages = process.communicate(timeout=300)
    return process.returncode, output, messages


@pytest.fixture(scope="module")
def two_first_calls(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[tuple[int, str, str]]]:
    """Make a checkout and call it for the first time twice at once."""
    checkout = make_checkout(tmp_path_factory.mktemp("run") / "后勤 文件夹 (1)")
    wheels = str(checkout / "wheels")
    processes = [start(checkout, "--wheels", wheels, "semester-start", "--as-of", "2025-09-12") for _ in range(2)]
    results = [process.communicate(timeout=300) for process in processes]
    return checkout, [(p.returncode, *texts) for p, texts in zip(processes, results, strict=True)]


def test_two_first_calls_at_once_set_up_once_and_both_run(two_first_calls) -> None:
    """The second waits for the first's set-up, says so, and runs; words after the job reach it."""
    _, results = two_first_calls
    assert [(status, output.split()) for status, output, _ in results] == [
        (0, ["做了", "run", "semester-start", "--as-of", "2025-09-12"])
    ] * 2
    assert sorted("装好了" in messages for _, _, messages in results) == [False, True]
    assert sorted("另一个窗口正在安装" in messages for _, _, messages in results) == [False, True]


def test_a_second_call_starts_the_job_and_says_nothing_itself(two_first_calls) -> None:
    """Set-up leaves a stamp; with it run.py adds no word and no subprocess to the job."""
    checkout, _ = two_first_calls
    assert call(checkout, "semester-start") == (0, "做了 run semester-start\n", "")


def test_any_other_word_goes_to_houqin_as_it_is_and_its_status_comes_back(two_first_calls) -> None:
    """Only jobs and `test` mean something to run.py; exit status 75 stays 75."""
    checkout, _ = two_first_calls
    assert call(checkout, "inspect", "busy", "--json") == (75, "做了 inspect busy --json\n", "")


@pytest.mark.parametrize("harm", ["interrupted", "moved"])
def test_what_is_not_whole_is_set_up_again(two_first_calls, tmp_path: Path, harm: str) -> None:
    """An interrupted set-up is made anew from nothing; one that was moved is mended; neither runs half a program."""
    checkout, _ = two_first_calls
    copy = Path(shutil.copytree(checkout, tmp_path / "新 位置", symlinks=True))
    if harm == "interrupted":
        (copy / ".venv" / "houqin-setup-under-way").touch()
        (next((copy / ".venv").rglob(f"{DEPENDENCY}.py"))).unlink()
    status, output, messages = call(copy, "--wheels", str(copy / "wheels"), "semester-start")
    assert (status, output) == (0, "做了 run semester-start\n")
    assert "装好了" in messages
    assert ("上次没有装完" in messages) == (harm == "interrupted")


def test_without_a_network_it_says_what_is_missing_and_how_to_install_from_a_folder(tmp_path: Path) -> None:
    """The message names the missing package, both commands and the log, and nothing is left that looks whole."""
    checkout = make_checkout(tmp_path / "没有 网络")
    status, output, messages = call(checkout, "semester-start")
    assert (status, output) == (1, "")
    assert "还缺 1 个软件包：tinydep" in messages
    assert "pip download --require-hashes -r requirements.txt -d 软件包" in messages
    assert "python run.py --wheels 软件包 semester-start" in messages
    assert not list((checkout / ".venv").glob("houqin-setup-run"))


def test_a_folder_that_lacks_a_package_is_told_as_that(tmp_path: Path) -> None:
    """With --wheels nobody asked for the network; what is missing is missing from the folder."""
    checkout = make_checkout(tmp_path / "不全")
    (checkout / "空").mkdir()
    status, _, messages = call(checkout, "--wheels", str(checkout / "空"), "semester-start")
    assert status == 1
    assert "空”里的软件包不全" in messages
    assert "还缺 1 个软件包：tinydep" in messages
    assert "连不上" not in messages


@pytest.mark.skipif(os.name == "nt", reason="a file's lock that a child inherits is POSIX's")
def test_a_call_after_a_killed_one_waits_until_its_pip_is_gone(tmp_path: Path) -> None:
    """What a killed run.py started still writes into .venv; nobody removes that under it."""
    checkout = make_checkout(tmp_path / "杀掉")
    backend = checkout / "backend.py"
    went = checkout / "went"
    os.mkfifo(went)
    slow = f"open({str(went)!r}).read()\n" + backend.read_text(encoding="utf-8")
    backend.write_text(slow, encoding="utf-8")
    words = ("--wheels", str(checkout / "wheels"), "semester-start")
    first = start(checkout, *words)
    with went.open("w", encoding="utf-8"):  # open as soon as pip builds, which waits until we close
        first.kill()
        first.communicate(timeout=60)
        backend.write_text(BACKEND, encoding="utf-8")
        second = start(checkout, *words)
        assert second.stderr is not None
        assert second.stderr.readline() == "另一个窗口正在安装，等它装完 …\n"
    output, messages = second.communicate(timeout=300)
    assert (second.returncode, output) == (0, "做了 run semester-start\n")
    assert "上次没有装完" in messages


def test_a_changed_package_is_refused_by_its_hash(tmp_path: Path) -> None:
    """The lock's hashes hold for a folder of wheels as well."""
    checkout = make_checkout(tmp_path / "改过")
    with (checkout / "wheels" / f"{DEPENDENCY}-1.0-py3-none-any.whl").open("ab") as wheel:
        wheel.write(b"x")
    status, _, messages = call(checkout, "--wheels", str(checkout / "wheels"), "semester-start")
    assert status == 1
    assert "校验值和清单不同" in messages


def test_a_strange_venv_is_never_deleted(tmp_path: Path) -> None:
    """A .venv that run.py did not make and cannot use is left alone, and the message says so."""
    checkout = make_checkout(tmp_path / "别人的")
    (checkout / ".venv").mkdir()
    (checkout / ".venv" / "mine.txt").write_text("x", encoding="utf-8")
    status, _, messages = call(checkout, "semester-start")
    assert status == 1
    assert "不是 run.py 建的" in messages
    assert (checkout / ".venv" / "mine.txt").exists()


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX; Windows sends Ctrl-C to the console's programs itself")
def test_ctrl_c_ends_with_130(two_first_calls) -> None:
    """Ctrl-C reaches run.py and the job together; the job ends and the status says interrupted."""
    checkout, _ = two_first_calls
    process = start(checkout, "wait", start_new_session=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "等待中\n"
    os.killpg(process.pid, signal.SIGINT)
    process.communicate(timeout=60)
    assert process.returncode == 130


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_who_ends_run_py_ends_the_job(two_first_calls) -> None:
    """A scheduler knows run.py alone; the job must not go on behind its back."""
    checkout, _ = two_first_calls
    process = start(checkout, "wait", start_new_session=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "等待中\n"
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=60)
    assert process.returncode == 128 + signal.SIGTERM
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


def test_without_arguments_it_helps_in_chinese_and_sets_nothing_up(tmp_path: Path) -> None:
    """Help costs nothing: no .venv is made for it."""
    checkout = make_checkout(tmp_path / "帮助")
    status, output, messages = call(checkout)
    assert (status, messages) == (0, "")
    assert "python run.py semester-start" in output
    assert "作业有：semester-start" in output
    assert not (checkout / ".venv").exists()


def test_a_misspelt_job_is_told_with_the_right_word_before_anything_is_set_up(tmp_path: Path) -> None:
    """The slip costs no minutes of installing, and the nearest word is the job's, not another command's."""
    checkout = make_checkout(tmp_path / "错字")
    status, output, messages = call(checkout, "smester_start")
    assert (status, output) == (2, "")
    assert "是不是“semester-start”" in messages
    assert not (checkout / ".venv").exists()


def test_an_old_python_can_read_the_file() -> None:
    """It must at least parse, or an old Python shows a SyntaxError instead of our sentence."""
    ast.parse((REPOSITORY / "run.py").read_text(encoding="utf-8"), feature_version=(3, 8))


def test_an_old_python_is_refused_by_name(tmp_path: Path) -> None:
    """The sentence names the version that is there and the one that it takes."""
    checkout = make_checkout(tmp_path / "旧")
    code = f"""
import sys, runpy
sys.version_info, sys.argv = (3, 8, 18), ["run.py", "x"]
runpy.run_path({str(checkout / "run.py")!r}, run_name="__main__")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 2
    assert "3.8.18" in done.stderr
    assert "3.11 或更新" in done.stderr


def test_the_lock_of_the_tests_holds_all_of_the_lock_in_the_same_versions() -> None:
    """`run.py test` counts as a set-up for jobs too; what the tests need everywhere has no condition there."""
    own, tests = (pins(REPOSITORY / name) for name in ("requirements.txt", "tests/requirements.txt"))
    assert all(tests.get(pin, tests.get(pin.split(" ;")[0])) == version for pin, version in own.items())


def pins(lock: Path) -> dict[str, str]:
    """Give name with condition -> version of a lock."""
    found = re.findall(r"^([a-z0-9][\w.-]*)==(\S+)( ;[^\\]*)?", lock.read_text(encoding="utf-8"), re.MULTILINE)
    return {f"{name}{condition}".strip(): version for name, version, condition in found}
