"""A file is whole or it is as it was."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from houqin.jobs.artefact import write_whole

if TYPE_CHECKING:
    from pathlib import Path

FULL = """
import resource, signal, sys
from pathlib import Path
from houqin.jobs.artefact import write_whole
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    write_whole(Path(sys.argv[1]), "新" * 9999)
except OSError:
    print("refused")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_a_disk_that_is_full_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    """Nothing is truncated, and nothing lies beside it."""
    path = tmp_path / "结果.ipynb"
    path.write_text("旧", encoding="utf-8")
    done = subprocess.run([sys.executable, "-c", FULL, str(path)], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "refused\n"
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert path.read_text(encoding="utf-8") == "旧"


def test_a_link_goes_on_pointing_and_a_mode_is_kept(tmp_path: Path) -> None:
    """What stood there was somebody's choice."""
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_text("旧", encoding="utf-8")
    try:
        link.symlink_to(real)
    except OSError:
        pytest.skip("no links here")
    mode = real.stat().st_mode
    write_whole(link, "新")
    assert link.is_symlink()
    assert (real.read_text(encoding="utf-8"), real.stat().st_mode) == ("新", mode)
