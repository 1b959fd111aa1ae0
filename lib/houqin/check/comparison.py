"""The two sides of a tie-out, key by key, and several tie-outs about one thing told as one line a key."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from houqin.model import Finding, Level, Place, TieOutRow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from houqin.forms import TieOut

Key = tuple[str, ...]
# What the tie-outs of a group count, for the head of their one line.
GROUP_WORDS = {"headcount": "人数"}


class Amount(NamedTuple):
    """What one side says of a key, with the cells that it comes from and the rows of its ledger."""

    value: Decimal
    places: tuple[Place, ...]
    rows: tuple[int, ...] = ()

    @property
    def records(self) -> int:
        """How many rows it adds up; what the settings say is one."""
        return max(1, len(self.rows))


class Comparison(NamedTuple):
    """A tie-out made: what each side says of each key, and the verdict on it."""

    tie_out: TieOut
    left: dict[Key, Amount]
    right: dict[Key, Amount]
    rows: dict[Key, TieOutRow]
    allowed: Decimal
    waiting: tuple[Key, ...] = ()
    factor: Decimal | None = None  # by which the left side's values were multiplied


def group_findings(members: Sequence[Comparison]) -> list[Finding]:
    """Ask once a key about all sources of a group, where any of them strays: 名册 46、就餐 45、校服 46、桌凳 47.

    A key that a source lacks is not told here: the rule about missing classes does.
    """
    first = members[0].tie_out
    findings = []
    for key in dict.fromkeys(key for made in members for key in made.rows):
        both = [m for m in members if key in m.rows and key in m.left and key in m.right]
        strayed = [m for m in both if not m.rows[key].agrees]
        if not strayed:
            continue
        worst = max(strayed, key=lambda made: abs(made.left[key].value - made.right[key].value))
        sources = _sources(members, key)
        listed = "、".join(f"{title} {plain_text(amount.value)}" for title, amount in sources.items())
        places = [place for amount in sources.values() for place in amount.places[:1]]
        place = next(iter((*worst.right[key].places, *worst.left[key].places)), None)
        tail = first.message.partition("。")[2]
        findings.append(
            Finding(
                code=first.code,
                level=Level(first.level),
                message=f"{' '.join(key)}{GROUP_WORDS.get(first.group, '')}各表不一致：{listed}。{tail}",
                place=place,
                found=plain_text(worst.right[key].value),
                expected=plain_text(worst.left[key].value),
                form=worst.tie_out.right.form,
                field=worst.tie_out.right.value if worst.tie_out.right.value.isidentifier() else None,
                related=tuple(each for each in places if each != place),
            )
        )
    return findings


def _sources(members: Sequence[Comparison], key: Key) -> dict[str, Amount]:
    """Give what each source says of a key, by its title, the common left side first."""
    found: dict[str, Amount] = {}
    for made in members:
        for side, amounts in ((made.tie_out.left, made.left), (made.tie_out.right, made.right)):
            if key in amounts:
                found.setdefault(side.title or side.form, amounts[key])
    return found


def plain_text(value: Decimal) -> str:
    """Write a number as canonical text."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def say_amount(amount: Amount | None) -> str:
    """Write an amount for people: thousands apart, two decimals where it has any."""
    if amount is None:
        return "没有"
    whole, _, decimals = plain_text(amount.value).partition(".")
    grouped = f"{int(whole):,}" if whole.lstrip("-") != "0" else whole
    return grouped + (f".{decimals.ljust(2, '0')}" if decimals else "")
