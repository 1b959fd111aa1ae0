"""Mistakes as tired hands make them, to be planted in records."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from random import Random

from generated.sheets import Record
from generated.words import BLANK, Said, number, word

Spoiler = Callable[[list[Record], Random], int | None]


def slip(text: str, rng: Random) -> Decimal:
    """Give a figure with two digits before the point turned round, or ten times too much."""
    exact = Decimal(text)
    pairs = [i for i in range(len(text.split(".", maxsplit=1)[0]) - 1) if text[i : i + 2].isdigit() and text[i] != text[i + 1]]
    if pairs and rng.random() < 0.5:
        at = rng.choice(pairs)
        turned = Decimal(text[:at] + text[at + 1] + text[at] + text[at + 2 :])
        if abs(turned - exact) * 33 > exact:  # less than 3 of 100 may be within what a rounded price explains
            return turned
    return exact * 10 if exact else Decimal(7)


def _figure(record: Record, name: str) -> Decimal:
    try:
        return Decimal(record.get(name, BLANK).said or 0)
    except InvalidOperation:
        return Decimal(0)  # spoilt before


def slipped(name: str) -> Spoiler:
    """Spoil a figure of a record that has one."""

    def spoil(records: list[Record], rng: Random) -> int | None:
        able = [i for i, r in enumerate(records) if abs(_figure(r, name)) > 1]
        if not able:
            return None
        at = rng.choice(able)
        records[at][name] = number(slip(records[at][name].said or "0", rng))
        return at

    return spoil


def emptied(name: str) -> Spoiler:
    """Leave a field empty."""

    def spoil(records: list[Record], rng: Random) -> int | None:
        able = [i for i, r in enumerate(records) if r.get(name, BLANK).said is not None]
        if not able:
            return None
        at = rng.choice(able)
        records[at][name] = BLANK
        return at

    return spoil


def written(name: str, *texts: str, where: Callable[[Record], bool] = lambda _: True) -> Spoiler:
    """Write one of some texts into a field, of a record for which `where` holds."""

    def spoil(records: list[Record], rng: Random) -> int | None:
        able = [i for i, r in enumerate(records) if where(r)]
        if not able:
            return None
        at = rng.choice(able)
        records[at][name] = word(rng.choice(texts))
        return at

    return spoil


def repeated(*names: str) -> Spoiler:
    """Give a record the `names` of the one before: the same thing written down twice."""

    def spoil(records: list[Record], rng: Random) -> int | None:
        if len(records) < 2:
            return None
        at = rng.randrange(1, len(records))
        for name in names:
            records[at][name] = records[at - 1].get(name, BLANK)
        return at

    return spoil


def above(name: str, limit: str, more: int = 3) -> Spoiler:
    """Make a count larger than another that limits it."""

    def spoil(records: list[Record], rng: Random) -> int | None:
        able = [i for i, r in enumerate(records) if r.get(limit, BLANK).said]
        if not able:
            return None
        at = rng.choice(able)
        records[at][name] = number(int(records[at][limit].said or 0) + rng.randint(more, more + 9))
        return at

    return spoil


def negative(name: str) -> Spoiler:
    """Make a figure negative."""

    def spoil(records: list[Record], rng: Random) -> int | None:
        able = [i for i, r in enumerate(records) if _figure(r, name) > 0]
        if not able:
            return None
        at = rng.choice(able)
        records[at][name] = number(-Decimal(records[at][name].said or 0))
        return at

    return spoil


__all__ = ["Said", "Spoiler", "above", "emptied", "negative", "repeated", "slip", "slipped", "written"]
