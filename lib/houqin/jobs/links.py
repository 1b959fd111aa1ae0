"""Links to files that a notebook shows, so that a click opens them where the notebook is read."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

# Set by `houqin lab` for its kernels: the folder that its server shows.
LAB_ROOT = "HOUQIN_LAB_ROOT"


def file_link(path: Path, start: Path) -> str:
    """Give the link to a file or folder from a notebook in `start`.

    In JupyterLab a relative link would open in its own editor, which refuses a workbook: there the link goes to the
    server, which hands the file to the browser. Elsewhere it is relative.
    """
    root = os.environ.get(LAB_ROOT)
    if root and path.is_relative_to(root):
        served = "/lab/tree/" if path.is_dir() else "/files/"
        return served + quote(path.relative_to(root).as_posix())
    try:
        return Path(os.path.relpath(path, start)).as_posix()
    except ValueError:  # another drive of Windows
        return path.as_uri()
