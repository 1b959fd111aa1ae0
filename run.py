"""Set houqin up and run it, with nothing but Python: `python run.py semester-start`.

Standard library only. It makes `.venv` beside itself, installs the lock with its hashes and then houqin itself, and
hands over. A stamp written last says that the set-up is whole: a second call starts the job and nothing else, an
interrupted set-up is made anew. The file stays readable for Python 3.8, so that an old Python is told what it lacks.
"""

from __future__ import annotations

import contextlib
import difflib
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO, NoReturn

OLDEST = (3, 11)
HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOG = HERE / ".houqin" / "setup.log"
UNDER_WAY = VENV / "houqin-setup-under-way"
LOCKS = {"run": HERE / "requirements.txt", "test": HERE / "tests" / "requirements.txt"}

HELP = """用法：python run.py 作业 [选项]

第一次运行会在本文件夹里建 .venv 并装好所需的软件包（几分钟），以后直接开始。

  python run.py semester-start                     做“开学后勤汇总”：还没有建自己的学校时，用示例学校
  python run.py init 学校文件夹                      新建自己学校的文件夹：学校设置、收件箱
  python run.py semester-start --school 学校文件夹   用自己学校的表做
  python run.py lab                                打开中文 JupyterLab，在浏览器里一步一步做
  python run.py inspect 文件…                       看看一个工作簿被认成了什么
  python run.py clean 文件…                         清洗并检查，列出疑点
  python run.py test                               运行测试（加 --all：连几百所学校的长测试一起，要半小时以上）
  python run.py --wheels 软件包文件夹 semester-start  没有网络时，从文件夹安装

作业有：{jobs}
作业和命令的全部选项：python run.py 作业 --help"""

NO_NETWORK = """没有装好：{why}。
{missing}
可以这样办：
  1. 接通网络后再运行一次同样的命令，会接着装好。用国内镜像的，先设置 PIP_INDEX_URL 再运行。
  2. 没有网络：在一台能上网、系统和 Python 版本都相同（Python {version}）的电脑上，在本文件夹里运行
       python -m pip download --require-hashes -r {lock} -d 软件包
     把“软件包”文件夹拷过来，再运行
       python run.py --wheels 软件包 {words}
详细记录：{log}"""

UNREACHABLE = "连不上软件包仓库（没有网络、需要代理，或镜像暂时不通）"
WHEELS_LACK = "“{wheels}”里的软件包不全，或不合这台电脑的系统和 Python 版本"

TROUBLES = (
    # what pip says -> what a person can do about it
    ("DO NOT MATCH THE HASHES", "下载到的软件包的校验值和清单不同，没有安装。多半是镜像或代理改了文件，请换个源再试。"),
    ("No space left", "磁盘满了，没有装好。请腾出约 1 GB 空间再运行一次。"),
    ("not enough space", "磁盘满了，没有装好。请腾出约 1 GB 空间再运行一次。"),
    ("Permission denied", "没有写入权限，没有装好。请把整个文件夹放到自己能写的地方（例如“文档”）再运行。"),
    ("Access is denied", "文件被占用或没有写入权限，没有装好。请关掉正在运行的 houqin 或杀毒软件的拦截再运行。"),
)
OFFLINE = (
    "Max retries exceeded", "Failed to establish a new connection", "Temporary failure in name resolution",
    "getaddrinfo failed", "Network is unreachable", "ConnectTimeout", "ReadTimeout", "ProxyError", "Connection broken",
    "No matching distribution found", "Could not find a version", "Connection refused", "certificate verify failed",
)  # fmt: skip


def main(words: list[str]) -> int:
    """Set up what is missing, run what is asked, give its exit status."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    if sys.version_info < OLDEST:
        return _refuse_old_python()
    wheels, words = _take_wheels(words)
    if not words or words[0] in ("-h", "--help", "help", "帮助"):
        print(HELP.format(jobs="、".join(_jobs())))
        return 0
    near = difflib.get_close_matches(words[0], _jobs(), 1, 0.75)
    if near and near[0] != words[0]:
        _stop(2, f"没有“{words[0]}”这个作业，是不是“{near[0]}”？全部用法：python run.py --help")
    purpose = "test" if words[0] == "test" else "run"
    if not _is_ready(purpose):
        with _one_at_a_time():
            if not _is_ready(purpose):
                _set_up(purpose, wheels, words)
    return _hand_over(_command(words))


def _refuse_old_python() -> int:
    found = ".".join(str(part) for part in sys.version_info[:3])
    needed = ".".join(str(part) for part in OLDEST)
    _say(f"这里的 Python 是 {found}，太旧了：需要 Python {needed} 或更新的版本（{needed}、3.12、3.13、3.14 …）。")
    _say("请从 https://www.python.org/downloads/ 安装新版本，再用它运行本文件。")
    return 2


def _take_wheels(words: list[str]) -> tuple[Path | None, list[str]]:
    if not words or not words[0].startswith("--wheels"):
        return None, words
    name, _, value = words[0].partition("=")
    rest = words[1:]
    if not value and rest:
        value, rest = rest[0], rest[1:]
    if name != "--wheels" or not value or not Path(value).is_dir():
        _stop(2, f"--wheels 后面要写放软件包（.whl 文件）的文件夹，“{value}”不是文件夹。")
    return Path(value).resolve(), rest


def _jobs() -> list[str]:
    names = sorted(path.stem for path in (HERE / "notebooks").glob("*.ipynb"))
    return [name.replace("_", "-") for name in names if name != "start_here"]


def _command(words: list[str]) -> list[str]:
    if words[0] == "test":
        # Who names tests or options wants one process; the long ones say what becomes of a machine that is theirs.
        words = _take_all(words) if words[1:] else [*words, "--side-by-side"]
        return [str(PYTHON), "-m", "pytest", "--rootdir", str(HERE), "-c", str(HERE / "pyproject.toml"), *words[1:]]
    if words[0] in _jobs():
        words = ["run", *words]
    return [str(PYTHON), "-P", "-m", "houqin", *words]


def _take_all(words: list[str]) -> list[str]:
    """Let `test --all` make the long tests too: hundreds of schools, hundreds of killed runs."""
    if "--all" in words:
        os.environ["HOUQIN_LONG"] = "1"
    return [word for word in words if word != "--all"]


def _hand_over(command: list[str]) -> int:
    environment = dict(os.environ, PYTHONIOENCODING="utf-8")
    environment.pop("PYTHONHOME", None)  # of another Python, it would break the one in .venv
    cwd = str(HERE) if "pytest" in command else None
    process = subprocess.Popen(command, env=environment, cwd=cwd)
    for name in ("SIGTERM", "SIGHUP"):  # a scheduler's end and a closed window are the job's to clean up after
        number = getattr(signal, name, None)
        if os.name != "nt" and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, lambda received, _: process.send_signal(received))
    while True:
        try:
            status = process.wait()
        except KeyboardInterrupt:
            continue  # the job gets the same signal and cleans up behind itself
        # POSIX reports death by signal as a negative number; 2 is Ctrl-C
        return 128 - status if status < 0 else status


# The set-up

WITH_OUR_LOCK = {"close_fds": os.name == "nt"}  # see _one_at_a_time

def _is_ready(purpose: str) -> bool:
    try:
        return _stamp(purpose).read_text(encoding="utf-8") == _state(purpose) and PYTHON.exists()
    except OSError:
        return False


def _stamp(purpose: str) -> Path:
    return VENV / f"houqin-setup-{purpose}"


def _state(purpose: str) -> str:
    """Say what a whole set-up was made from: the lock, this folder (moved means anew), the Python in .venv."""
    digest = hashlib.sha256(LOCKS[purpose].read_bytes()).hexdigest()
    base, version = _base()
    return f"{digest}\n{HERE}\n{base}\n{version}\n"


def _base() -> tuple[Path, str]:
    """Give folder and version of the Python that .venv stands on; FileNotFoundError where it was removed since."""
    lines = (VENV / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    told = {key.strip(): value.strip() for key, _, value in (line.partition("=") for line in lines)}
    return Path(told.get("home", "")).resolve(strict=True), told.get("version", "")


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Hold the set-up's lock; the system frees it when its holders end, however that comes about.

    On POSIX the installer that we start holds it as well: where we are killed, the next call waits until pip is gone.
    """
    LOG.parent.mkdir(exist_ok=True)
    with (LOG.parent / "setup.lock").open("a+b") as file:
        if not _lock(file, wait=False):
            _say("另一个窗口正在安装，等它装完 …")
            _lock(file, wait=True)
        if os.name != "nt":
            os.set_inheritable(file.fileno(), True)
        yield


def _lock(file: IO[bytes], *, wait: bool) -> bool:
    try:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415  (Windows only)

            file.seek(0)
            while True:  # LK_LOCK itself gives up after ten seconds
                with contextlib.suppress(OSError):
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK if wait else msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
                    return True
                if not wait:
                    return False
        import fcntl  # noqa: PLC0415  (POSIX only)

        fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except BlockingIOError:
        return False
    except OSError:
        return True  # a network drive without locks: two set-ups at once are then the user's care
    return True


def _set_up(purpose: str, wheels: Path | None, words: list[str]) -> None:
    _clear_ruins()
    VENV.mkdir(exist_ok=True)
    UNDER_WAY.write_text("", encoding="utf-8")
    for each in LOCKS:
        with contextlib.suppress(FileNotFoundError):
            _stamp(each).unlink()
    if not PYTHON.exists():
        _make_venv()
    lock = LOCKS[purpose]
    source = ["--no-index", "--find-links", str(wheels)] if wheels else []
    options = ["--no-input", "--disable-pip-version-check", "--progress-bar", "off"]
    _say(f"安装 {len(_pins(lock))} 个软件包到 .venv，第一次约需几分钟，请不要关闭窗口 …")
    locked = [*source, "--only-binary", ":all:", "--require-hashes", "-r", str(lock)]
    ourselves = ["--no-index", "--no-deps", "--no-build-isolation", "-e", str(HERE)]
    for what in (locked, ourselves):
        _pip(["install", *options, *what], lock, wheels, words)
    # Where Python may not write its compiled files later, each run would compile the package anew.
    subprocess.run([str(PYTHON), "-m", "compileall", "-q", str(HERE / "lib")], check=False)
    for each in ("run", "test") if purpose == "test" else ("run",):  # the test lock holds all of the other
        _stamp(each).write_text(_state(each), encoding="utf-8")
    UNDER_WAY.unlink()
    _say("装好了。")


def _clear_ruins() -> None:
    """Remove what an interrupted set-up left, or a .venv of ours that no longer works; never somebody else's."""
    if not VENV.exists():
        return
    if UNDER_WAY.exists():
        _say("上次没有装完，重新来过 …")
    elif _works():
        return
    elif any(_stamp(each).exists() for each in LOCKS):
        _say(".venv 里的 Python 已不能用，重新建立 …")
    else:
        _stop(1, f"{VENV} 已经存在，不是 run.py 建的，里面的 Python 也不能用。请先把它改名或删掉，再运行一次。")
    shutil.rmtree(VENV)


def _works() -> bool:
    """Tell whether the Python in .venv starts, is new enough and has pip."""
    if not PYTHON.exists():
        return False
    probe = f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"
    return subprocess.run([str(PYTHON), "-c", probe], capture_output=True, check=False).returncode == 0


def _make_venv() -> None:
    _say("建立 .venv …")
    made = subprocess.run(
        [sys.executable, "-m", "venv", str(VENV)], capture_output=True, text=True, errors="replace", check=False,
        **WITH_OUR_LOCK,
    )  # fmt: skip
    if made.returncode:
        LOG.write_text(made.stdout + made.stderr, encoding="utf-8")
        _say("没有建成 .venv：" + (made.stderr or made.stdout).strip()[-300:])
        if "ensurepip" in made.stdout + made.stderr:
            _say("这个 Python 缺少 venv 组件。在 Debian、Ubuntu、统信 UOS 上请先运行：sudo apt install python3-venv")
        _stop(1, f"详细记录：{LOG}")


def _pip(arguments: list[str], lock: Path, wheels: Path | None, words: list[str]) -> None:
    command = [str(PYTHON), "-m", "pip", *arguments]
    environment = dict(os.environ, PYTHONIOENCODING="utf-8", PIP_NO_COLOR="1")
    environment.pop("PYTHONHOME", None)
    lines = []
    with LOG.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
            env=environment, **WITH_OUR_LOCK,
        )  # fmt: skip
        done = 0
        for line in process.stdout or ():
            lines.append(line)
            log.write(line)
            if line.startswith(("Collecting ", "Requirement already")):
                done += 1
                if done % 20 == 0:
                    _say(f"  已准备 {done} 个 …")
            elif done and line.startswith("Installing collected"):
                _say("  下载完毕，正在安装 …")
    if process.wait():
        _explain("".join(lines), lock, wheels, words)


def _explain(output: str, lock: Path, wheels: Path | None, words: list[str]) -> NoReturn:
    for sign, sentence in TROUBLES:
        if sign in output:
            _stop(1, f"{sentence}\n详细记录：{LOG}")
    if any(sign in output for sign in OFFLINE):
        absent = [name for name in _pins(lock) if not _is_installed(name)]
        some = "、".join(absent[:6]) + (" 等" if len(absent) > 6 else "")
        version = ".".join(str(part) for part in sys.version_info[:2])
        missing = f"还缺 {len(absent)} 个软件包：{some}。"
        name = lock.relative_to(HERE).as_posix()
        why = WHEELS_LACK.format(wheels=wheels) if wheels else UNREACHABLE
        text = " ".join(words)
        _stop(1, NO_NETWORK.format(why=why, missing=missing, version=version, lock=name, words=text, log=LOG))
    _stop(1, "没有装好，pip 说：\n" + "\n".join(output.strip().splitlines()[-8:]) + f"\n详细记录：{LOG}")


def _pins(lock: Path) -> dict[str, str]:
    """Give name and version of what the lock installs here, as far as no condition stands behind it."""
    found = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        match = re.match(r"([A-Za-z0-9][\w.-]*)==([^\s;\\]+)\s*(;?)", line)
        if match and not match.group(3):
            found[match.group(1).lower()] = match.group(2)
    return found


def _is_installed(name: str) -> bool:
    pattern = re.sub(r"[-_.]+", "[-_.]", name)
    places = VENV.glob("lib/python*/site-packages/*.dist-info") if os.name != "nt" else VENV.glob(
        "Lib/site-packages/*.dist-info"
    )
    return any(re.match(pattern + r"-\d", place.name.lower()) for place in places)


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)  # standard output belongs to the job


def _stop(status: int, sentence: str) -> NoReturn:
    _say(sentence)
    raise SystemExit(status)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        _say("已中断。再运行一次同样的命令就会接着来。")
        sys.exit(130)
