"""The state's holidays and exchanged working days, as the State Council's office announces them each autumn.

Sources: 国办发明电〔2024〕12号 (2025) and 国办发明电〔2025〕7号 (2026), compared day by day with the package
chinesecalendar 1.11.0, which ends with the same year and is therefore no dependency of ours. A school's own 校历 comes
first, for these years and for all later ones.
"""

from __future__ import annotations

from datetime import date, timedelta

# Name, first day, last day.
_HOLIDAYS = (
    ("元旦", "2025-01-01", "2025-01-01"),
    ("春节", "2025-01-28", "2025-02-04"),
    ("清明节", "2025-04-04", "2025-04-06"),
    ("劳动节", "2025-05-01", "2025-05-05"),
    ("端午节", "2025-05-31", "2025-06-02"),
    ("国庆节、中秋节", "2025-10-01", "2025-10-08"),
    ("元旦", "2026-01-01", "2026-01-03"),
    ("春节", "2026-02-15", "2026-02-23"),
    ("清明节", "2026-04-04", "2026-04-06"),
    ("劳动节", "2026-05-01", "2026-05-05"),
    ("端午节", "2026-06-19", "2026-06-21"),
    ("中秋节", "2026-09-25", "2026-09-27"),
    ("国庆节", "2026-10-01", "2026-10-07"),
)
# Saturdays and Sundays on which people work.
_WORKING = (
    "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11",
    "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
)  # fmt: skip
YEARS = (2025, 2026)


def _days(first: str, last: str) -> list[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [start + timedelta(days=offset) for offset in range((end - start).days + 1)]


HOLIDAYS = {day: name for name, first, last in _HOLIDAYS for day in _days(first, last)}
WORKING_DAYS = frozenset(map(date.fromisoformat, _WORKING))
