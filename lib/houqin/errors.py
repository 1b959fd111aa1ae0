"""The faults of files, forms, settings and parameters; what is wrong in the data is a Finding, never an exception."""

from __future__ import annotations


class HouqinError(Exception):
    """A fault that a person can mend; its text is a Chinese sentence: where, what was found, what to do."""

    def _render_traceback_(self) -> list[str]:
        """Show the sentence alone where IPython would show a page of English: the clerk is to read it."""
        return str(self).splitlines()


class RefusedFile(HouqinError):
    """A workbook that is not read.

    `code` is a stable kebab-case word (`encrypted`, `not-a-workbook`, …), the text the sentence for the clerk.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class BadDescription(HouqinError):
    """Form files or settings with mistakes: `problems` lists all of them, each with its place."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class BadParameter(HouqinError):
    """A parameter or an option that is unknown, of the wrong kind or out of range (exit status 2)."""


class LockHeld(HouqinError):
    """Another run is writing to the same place (exit status 75)."""


class FailedRun(HouqinError):
    """A run that could not be finished or whose outputs did not pass their check (exit status 1)."""
