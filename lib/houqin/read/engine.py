"""LibreOffice of this machine, asked to compute workbooks: a private profile and folder, no macros, limits, an end.

The same workbooks give the same values on the same version of it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NAME = "LibreOffice"
# A path of the program, or `off`.
VARIABLE = "HOUQIN_ENGINE"
_COMMANDS = ("soffice", "libreoffice", "localc")
_USUAL_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
)
_SETTINGS = {
    # Stored values are never trusted: else a formula beside a computed one could rest on a stale value.
    "/org.openoffice.Office.Calc/Formula/Load": {"OOXMLRecalcMode": "0"},
    "/org.openoffice.Office.Calc/Content/Update": {"Link": "2"},
    "/org.openoffice.Office.Common/Security/Scripting": {
        "MacroSecurityLevel": "3", "DisableMacrosExecution": "true", "BlockUntrustedRefererLinks": "true",
        "DisableActiveContent": "true",
    },
}  # fmt: skip
_MEMORY = 4 << 30  # of addresses: the program maps far more than it uses
_LARGEST_FILE = 1 << 30
# Sets limits and becomes the program: what would run between a fork and it here is not safe beside threads.
_LIMITED = """
import os, sys
try:
    import resource
    for name, size in (("RLIMIT_AS", int(sys.argv[1])), ("RLIMIT_CPU", int(sys.argv[2])),
                       ("RLIMIT_FSIZE", int(sys.argv[3])), ("RLIMIT_CORE", 0)):
        resource.setrlimit(getattr(resource, name), (size, size))
except (ImportError, ValueError, OSError):
    pass
os.execv(sys.argv[4], sys.argv[4:])
"""


@dataclass(frozen=True, slots=True)
class Engine:
    """A program that computes workbooks."""

    path: Path

    @property
    def identity(self) -> str:
        """Give what tells one version from another without starting it."""
        program = self.path.resolve()
        for place in (program.parent / "versionrc", program.parents[1] / "Resources" / "versionrc"):
            with contextlib.suppress(OSError):
                text = place.read_text(encoding="utf-8", errors="replace")
                return f"{NAME} {hashlib.sha256(text.encode()).hexdigest()[:12]}"
        return NAME

    def compute(self, workbooks: Sequence[bytes], seconds: int) -> list[bytes | None]:
        """Give each workbook computed, None where that failed; all together take at most so many seconds.

        One that makes the program fail does not take the others with it.
        """
        end = time.monotonic() + seconds
        made = self._convert(workbooks, end)
        if len(workbooks) > 1 and any(each is None for each in made):
            made = [each or self._convert([data], end)[0] for each, data in zip(made, workbooks, strict=True)]
        return made

    def as_xlsx(self, workbook: bytes, ending: str, seconds: int) -> bytes | None:
        """Give a workbook of another format as .xlsx with its looks, formulas and print settings; None where it fails.

        `ending` names its format: xls (of WPS' .et too), ods, xlsb.
        """
        return self._convert([workbook], time.monotonic() + seconds, ending)[0]

    def _convert(self, workbooks: Sequence[bytes], end: float, ending: str = "xlsx") -> list[bytes | None]:
        left = end - time.monotonic()
        if left <= 1:
            return [None] * len(workbooks)
        with tempfile.TemporaryDirectory(prefix="houqin-", ignore_cleanup_errors=True) as folder:
            place = Path(folder)
            given, made = place / "given", place / "made"
            given.mkdir()
            made.mkdir()
            _write_profile(place / "profile")
            names = [f"{number:04}" for number in range(len(workbooks))]
            for name, data in zip(names, workbooks, strict=True):
                (given / f"{name}.{ending}").write_bytes(data)
            command = [
                str(self.path), f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless", "--norestore",
                "--nologo", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(made),
                *(str(given / f"{name}.{ending}") for name in names),
            ]  # fmt: skip
            _run(command, place, left)
            return [_bytes_of(made / f"{name}.xlsx") for name in names]


def find_engine(environment: Mapping[str, str] | None = None) -> Engine | None:
    """Find the program: where HOUQIN_ENGINE says, on the path, or in its usual places; None where there is none."""
    told = (os.environ if environment is None else environment).get(VARIABLE, "").strip()
    if told:
        return Engine(Path(told)) if told.lower() != "off" and Path(told).is_file() else None
    found = next((path for name in _COMMANDS if (path := shutil.which(name))), None)
    found = found or next((place for place in _USUAL_PLACES if Path(place).is_file()), None)
    return Engine(Path(found)) if found else None


def _run(command: list[str], place: Path, seconds: float) -> None:
    """Run it and wait; past its time it ends with all that it started. That it failed shows in what it left."""
    if os.name == "posix":
        limits = (str(_MEMORY), str(int(seconds) + 1), str(_LARGEST_FILE))
        command = [sys.executable, "-I", "-S", "-c", _LIMITED, *limits, *command]
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        process = subprocess.Popen(  # noqa: S603  (the office program that was found, our own files)
            command, cwd=place, env=_environment(place), start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            process.wait(seconds)
        finally:
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(OSError):
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def _environment(place: Path) -> dict[str, str]:
    """Give it nothing of ours (a password among it), a home of its own, and no way out by a proxy."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("HOUQIN_", "PYTHON"))}
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy"), "http://127.0.0.1:9")
    return {**own, **nowhere, "HOME": str(place), "TMPDIR": str(place), "SAL_USE_VCLPLUGIN": "svp"}


def _write_profile(profile: Path) -> None:
    (profile / "user").mkdir(parents=True)
    lines = [
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, values in _SETTINGS.items()
        for name, value in values.items()
    ]
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n'
    text = head + "\n".join(lines) + "\n</oor:items>\n"
    (profile / "user" / "registrymodifications.xcu").write_text(text, encoding="utf-8")


def _bytes_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes() or None
    except OSError:
        return None
