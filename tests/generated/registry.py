"""The makers of filled-in forms, by the id of their form; each module of makers registers its own."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from generated.sheets import Form

Maker = Callable[[Random], Form | list[Form]]  # several forms: a workbook of several sheets, or tables of a sheet
MAKERS: dict[str, list[Maker]] = {}


def makes(form_id: str) -> Callable[[Maker], Maker]:
    """Register a maker of a form; a form may have several, one a layout."""

    def register(maker: Maker) -> Maker:
        MAKERS.setdefault(form_id, []).append(maker)
        return maker

    return register
