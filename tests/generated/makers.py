"""All makers, gathered: importing this module registers them."""

from __future__ import annotations

from generated import (  # noqa: F401  (they register)
    makers_affairs,
    makers_assets,
    makers_base,
    makers_books,
    makers_canteen,
    makers_cards,
    makers_classes,
    makers_counts,
    makers_dorms,
    makers_finance,
    makers_meals,
    makers_money,
    makers_papers,
    makers_stock,
    makers_upkeep,
)
from generated.registry import MAKERS

__all__ = ["MAKERS"]
