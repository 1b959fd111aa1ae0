"""What papermill imports when it is itself imported: a name for our engine, and nothing behind it yet.

papermill loads every registered engine with itself, so this module imports nothing but the two names of the language.
"""

from __future__ import annotations

from typing import Any


class LazyEngine:
    """Stands for `houqin.jobs.engine.HouqinEngine` until it is used."""

    @classmethod
    def execute_notebook(cls, nb: Any, kernel_name: str, **options: Any) -> Any:  # noqa: ANN401  (papermill's signature)
        """Execute a notebook; see `houqin.jobs.engine.HouqinEngine`."""
        return _engine().execute_notebook(nb, kernel_name, **options)

    @classmethod
    def nb_kernel_name(cls, nb: Any, name: str | None = None) -> str:  # noqa: ANN401  (papermill's signature)
        """Give the name of the kernel that a notebook asks for."""
        return str(_engine().nb_kernel_name(nb, name))

    @classmethod
    def nb_language(cls, nb: Any, language: str | None = None) -> str:  # noqa: ANN401  (papermill's signature)
        """Give the language of a notebook."""
        return str(_engine().nb_language(nb, language))


def _engine() -> Any:  # noqa: ANN401  (papermill is untyped)
    from houqin.jobs.engine import HouqinEngine  # noqa: PLC0415  (the reason for this module)

    return HouqinEngine
