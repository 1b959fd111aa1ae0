"""Two processes side by side: `pytest --side-by-side`, which `python run.py test` asks for.

pytest starts a second one of itself, and each takes one file after another until none is left. What the second one has
found is told by the first as if it were its own, so that there is one list of failures, one closing line and one exit
status. A collected test that neither has reported is a failure. A folder with a conftest.py of its own goes to one
process as a whole: its tests share what is costly to make.
"""

from __future__ import annotations

import builtins
import hashlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import warnings
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

REPORTS, LOG = "reports.jsonl", "second.log"
ENDED_WELL = {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add our option, and the one that the first process gives to the second."""
    group = parser.getgroup("side by side")
    group.addoption("--side-by-side", action="store_true", help="run the tests in two processes")
    group.addoption("--second", metavar="FOLDER", help="be the second process (not for people)")


def pytest_configure(config: pytest.Config) -> None:
    """Take our part, if there is one."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        # A shell that starts us in the background has all that we start deaf to Ctrl-C, which tests are about.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    if config.option.second:
        config.pluginmanager.register(Second(config, Path(config.option.second)))
    elif config.option.side_by_side and not config.option.collectonly:
        config.pluginmanager.register(First(config))


class Part:
    """What both do: run the tests of the files that they were the first to take."""

    def __init__(self, config: pytest.Config, folder: Path) -> None:
        self.config, self.folder = config, folder

    def run_mine(self, session: pytest.Session) -> Iterator[bool]:
        """Run test after test; yields after each whether it was the last of its file."""
        mine = self._taken(session.items)
        item = next(mine, None)
        while item is not None:
            following = next(mine, None)  # pytest keeps what both need
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            yield following is None or following.path != item.path
            item = following
            if session.shouldfail:
                raise session.Failed(session.shouldfail)
            if session.shouldstop:
                raise session.Interrupted(session.shouldstop)

    def _taken(self, items: list[pytest.Item]) -> Iterator[pytest.Item]:
        taken: dict[str, bool] = {}
        for item in items:
            place = _place(item.path)
            if place not in taken:
                taken[place] = self._take(place)
            if taken[place]:
                yield item

    def _take(self, place: str) -> bool:
        """Tell whether we are the first to take it: a file can be made once."""
        try:
            (self.folder / hashlib.sha256(place.encode()).hexdigest()).touch(exist_ok=False)
        except FileExistsError:
            return False
        return True


class Second(Part):
    """Runs its share and writes down what it finds."""

    def __init__(self, config: pytest.Config, folder: Path) -> None:
        super().__init__(config, folder)
        self._parent = os.getppid()
        self._file = (folder / REPORTS).open("a", encoding="utf-8")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run our share, as long as there is somebody to tell."""
        if session.testsfailed:
            return True  # at collecting, which the first one tells
        for _ in self.run_mine(session):
            if os.getppid() != self._parent:
                break
        return True

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Write a report down."""
        self._tell(report=self.config.hook.pytest_report_to_serializable(config=self.config, report=report))

    def pytest_warning_recorded(
        self, warning_message: warnings.WarningMessage, when: str, nodeid: str, location: tuple[str, int, str] | None
    ) -> None:
        """Write a test's warning down; those at collecting the first one has itself."""
        if when == "runtest":
            text, category = str(warning_message.message), warning_message.category.__name__
            self._tell(warning=[text, category, warning_message.filename, warning_message.lineno, nodeid, location])

    def _tell(self, **message: object) -> None:
        self._file.write(json.dumps(message) + "\n")
        self._file.flush()


class First(Part):
    """Runs its share, and tells of both."""

    def __init__(self, config: pytest.Config) -> None:
        self._private = tempfile.TemporaryDirectory(prefix="houqin-tests-")
        super().__init__(config, Path(self._private.name))
        (self.folder / REPORTS).touch()
        self._file = (self.folder / REPORTS).open(encoding="utf-8")
        self._begun = ""
        self._finished: set[str] = set()
        self._process: subprocess.Popen[bytes] | None = None

    def pytest_sessionstart(self) -> None:
        """Start the other, which collects while we do."""
        more = ["-p", "no:cacheprovider", f"--second={self.folder}"]
        for option, given in (("--basetemp", self.config.option.basetemp), ("--junitxml", self.config.option.xmlpath)):
            more += [f"{option}={given}-second"] if given else []
        with (self.folder / LOG).open("wb") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "pytest", *self.config.invocation_params.args, *more], stdin=subprocess.DEVNULL,
                stdout=log, stderr=log, cwd=self.config.invocation_params.dir,
            )  # fmt: skip

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run our share and wait for the rest; every test that was collected has been told of then."""
        if session.testsfailed and not session.config.option.continue_on_collection_errors:
            raise session.Interrupted(f"{session.testsfailed} errors during collection")
        for is_last in self.run_mine(session):
            if is_last:
                self._tell_new()
        assert self._process is not None
        while self._process.poll() is None:
            self._tell_new(patience=0.2)
        self._tell_new()
        self._tell_missing(session)
        if self._process.returncode not in ENDED_WELL:
            said = f"the second process ended with {self._process.returncode}:\n{self._last_words()}"
            raise session.Interrupted(said)
        return True

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """Note whom we have heard of."""
        self._finished.add(nodeid)

    def pytest_unconfigure(self) -> None:
        """End the other, if we end before it."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGINT if os.name == "posix" else signal.SIGTERM)
            self._process.wait()
        self._file.close()
        self._private.cleanup()

    def _tell_new(self, patience: float = 0) -> None:
        """Tell what the other has written down since, after so many seconds or when it has ended."""
        if patience and self._process is not None:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(patience)
        while line := self._file.readline():
            self._begun += line
            if line.endswith("\n"):
                message, self._begun = json.loads(self._begun), ""
                self._retell(message)

    def _retell(self, message: dict[str, Any]) -> None:
        hook = self.config.hook
        if "warning" in message:
            text, category, filename, number, nodeid, location = message["warning"]
            known = getattr(builtins, category, UserWarning)
            told = warnings.WarningMessage(known(text), known, filename, number)
            hook.pytest_warning_recorded.call_historic(
                kwargs={"warning_message": told, "when": "runtest", "nodeid": nodeid, "location": location}
            )
            return
        report = hook.pytest_report_from_serializable(config=self.config, data=message["report"])
        if isinstance(report.longrepr, list):
            report.longrepr = tuple(report.longrepr)  # where and why it was skipped; JSON knows no tuples
        if report.when == "setup":
            hook.pytest_runtest_logstart(nodeid=report.nodeid, location=report.location)
        hook.pytest_runtest_logreport(report=report)
        if report.when == "teardown":
            hook.pytest_runtest_logfinish(nodeid=report.nodeid, location=report.location)

    def _tell_missing(self, session: pytest.Session) -> None:
        """Fail what the other took and never finished."""
        for item in session.items:
            if item.nodeid not in self._finished:
                said = f"the second process ended before this test did:\n{self._last_words()}"
                report = pytest.TestReport(item.nodeid, item.location, {}, "failed", said, "call")
                self.config.hook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
                self.config.hook.pytest_runtest_logreport(report=report)

    def _last_words(self) -> str:
        return (self.folder / LOG).read_text(encoding="utf-8", errors="replace")[-2000:]


def _place(path: Path) -> str:
    """Give what goes to one process as a whole: the file, or the folder below ours that has a conftest.py."""
    ours = Path(__file__).parent
    shared = [folder for folder in path.parents if ours in folder.parents and (folder / "conftest.py").exists()]
    return str(shared[-1] if shared else path)
