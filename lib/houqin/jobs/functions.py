"""Which function makes a job's results: the one that its notebook calls."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from houqin.jobs.places import notebook_of

if TYPE_CHECKING:
    from collections.abc import Callable


def job_function(job: str) -> Callable[..., Any]:
    """Give a job's function, named as its notebook and its module are; it publishes by itself and says where."""
    name = notebook_of(job).stem
    function: Callable[..., Any] = getattr(import_module(f"houqin.jobs.{name}"), name)
    return function
