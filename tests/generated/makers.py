"""All makers, gathered: importing this module registers them."""

from __future__ import annotations

from generated import makers_base, makers_stock  # noqa: F401  (they register)
from generated.registry import MAKERS

__all__ = ["MAKERS"]
