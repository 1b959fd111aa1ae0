"""Files -> grids: by content and never by name, parsed in a child process, refused with a sentence for the clerk.

This side of the pipe imports no parser.
"""

from __future__ import annotations

from houqin.read.files import in_order, read_files, read_folder, read_settings
from houqin.read.folder import list_folder, not_read
from houqin.read.reader import Reader

__all__ = ["Reader", "in_order", "list_folder", "not_read", "read_files", "read_folder", "read_settings"]
