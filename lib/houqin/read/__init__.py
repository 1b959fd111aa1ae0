"""Files -> grids: by content and never by name, parsed in a child process, refused with a sentence for the clerk.

This side of the pipe imports no parser. The names are given on first use: the child imports this package too, and
needs none of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from houqin.read.files import content_of, in_order, read_files, read_folder, read_settings
    from houqin.read.folder import list_folder, not_read
    from houqin.read.reader import Reader

_PLACES = {
    "Reader": "reader",
    "content_of": "files",
    "in_order": "files",
    "list_folder": "folder",
    "not_read": "folder",
    "read_files": "files",
    "read_folder": "files",
    "read_settings": "files",
}
__all__ = ["Reader", "content_of", "in_order", "list_folder", "not_read", "read_files", "read_folder", "read_settings"]


def __getattr__(name: str) -> Any:  # noqa: ANN401  (whatever the table holds)
    """Import a public name on first use."""
    if name not in _PLACES:
        raise AttributeError(name)
    return getattr(import_module(f"houqin.read.{_PLACES[name]}"), name)
