"""Which function cleans which type of field, in one place; a new type is one function with one decorator."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np

    from houqin.clean.cells import Cells
    from houqin.clean.log import Log
    from houqin.school import School
    from houqin.school.naming import Namings


@dataclass(frozen=True, slots=True)
class Job:
    """What a cleaner may ask besides its own cells: the school, the log, and the columns that are clean already."""

    log: Log
    school: School | None
    namings: Namings
    year_of: Callable[[int], int] | None
    done: dict[str, Any] = field(default_factory=dict)  # field id -> what its cleaner gave
    marks: dict[int, tuple[Sequence[str], list[int]]] = field(default_factory=dict)  # by id: texts, their ditto marks

    def texts(self, field_id: str) -> np.ndarray | None:
        """Give a clean text column by its field id, None where there is none (yet)."""
        return self.done.get(field_id)


# Numbers come back as a nullable integer array at the field's scale, all else as an object array of str and None.
Cleaner = "Callable[[Cells, Job], Any]"
CLEANERS: dict[str, Callable[[Cells, Job], Any]] = {}


def cleans(*types: str) -> Callable[[Callable[[Cells, Job], Any]], Callable[[Cells, Job], Any]]:
    """Register a function as the cleaner of these types."""

    def register(function: Callable[[Cells, Job], Any]) -> Callable[[Cells, Job], Any]:
        CLEANERS.update(dict.fromkeys(types, function))
        return function

    return register
