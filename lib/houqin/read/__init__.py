"""Files -> grids: by content and never by name, parsed in a child process, refused with a sentence for the clerk.

This side of the pipe imports no parser.
"""

from __future__ import annotations

from houqin.read.files import read_files, read_folder, read_settings
from houqin.read.reader import Reader

__all__ = ["Reader", "read_files", "read_folder", "read_settings"]
