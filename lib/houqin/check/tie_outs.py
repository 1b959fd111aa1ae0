"""What must agree between forms, as `templates/tie_outs.toml` declares it."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import TYPE_CHECKING

from houqin.check.closing import closing_rows
from houqin.check.comparison import Amount, Comparison, Key, group_findings, plain_text, say_amount
from houqin.check.ledgers import counted_ledger
from houqin.check.sides import Unchecked, factor_of, field_of_key, keys_of
from houqin.check.view import View
from houqin.check.wording import fill_template
from houqin.exact import blanks, unscaled
from houqin.expression import parse
from houqin.model import Finding, Level, TieOutResult, TieOutRow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from houqin.forms import Forms, Side, TieOut
    from houqin.model import Ledger
    from houqin.school import School

_NAME = re.compile(r"[A-Za-z_]\w*")
CLASSES = "@classes"
ROLL = "学校设置"
PASSED, FAILED, UNCHECKED = "通过", "不符", "未核"
MOST_PLACES = 5


def check_tie_outs(
    ledgers: Mapping[str, Ledger], forms: Forms, school: School | None, as_of: str = ""
) -> tuple[list[TieOutResult], list[Finding]]:
    """Make every declared tie-out; one whose workbook is missing is 未核, never 通过.

    A closing balance is that of ISO day `as_of`: next January's statement may be there too.
    """
    results: list[TieOutResult] = []
    findings: list[Finding] = []
    groups: dict[str, list[Comparison]] = {}
    for tie_out in forms.tie_outs:
        try:
            comparison = _compare(tie_out, ledgers, forms, school, as_of)
        except Unchecked as missing:
            results.append(TieOutResult(tie_out.id, tie_out.title, UNCHECKED, reason=missing.reason))
            continue
        results.append(_result(comparison))
        if tie_out.group:
            groups.setdefault(tie_out.group, []).append(comparison)
        else:
            findings += _differences(comparison)
    for members in groups.values():
        findings += group_findings(members)
    return results, findings


def _compare(
    tie_out: TieOut, ledgers: Mapping[str, Ledger], forms: Forms, school: School | None, as_of: str
) -> Comparison:
    sides = (tie_out.left, tie_out.right)
    for side in sides:
        if side.form != CLASSES and side.form not in ledgers:
            raise Unchecked(f"没有收到《{forms.by_id[side.form].title}》，没有核对。")
    left, right = (_amounts(side, ledgers, forms, school, as_of) for side in sides)
    if tie_out.also is not None and tie_out.also.form in ledgers:
        right = _amounts(tie_out.also, ledgers, forms, school, as_of) | right
    if not left and not right:
        raise Unchecked("两边都没有可以核对的数。")
    for side, amounts, other in ((tie_out.left, left, right), (tie_out.right, right, left)):
        # What one side says nothing of is not agreed, unless that very silence is told of.
        if not amounts and other and tie_out.only_in is None and tie_out.relation == "equal":
            raise Unchecked(f"{side.title or side.form}里没有相应的记录，没有核对。")
    # A key with a pending record has only a part of its sum: it is not compared until a person has answered.
    waiting = dict.fromkeys(key for side in sides for key in _waiting(side, ledgers, forms, school))
    allowed = _tolerance(tie_out, school)
    keys = [key for key in dict.fromkeys([*left, *right]) if key not in waiting]
    rows = {key: _row(tie_out, key, left.get(key), right.get(key), allowed) for key in keys}
    factor = Decimal(factor_of(tie_out.left, ledgers, forms)) if tie_out.left.times else None
    return Comparison(tie_out, left, right, rows, allowed, tuple(waiting), factor)


def _result(made: Comparison) -> TieOutResult:
    """Give the verdict; what waits for an answer is neither 通过 nor 不符."""
    rows = tuple(made.rows.values())
    verdict = FAILED if not all(row.agrees for row in rows) else UNCHECKED if made.waiting else PASSED
    reason = None
    if made.waiting:
        named = "、".join(" ".join(key) for key in made.waiting if key)
        differing = sum(not row.agrees for row in rows)
        first = f"有 {differing} 条不一致；" if differing else ""
        reason = f"{first}{named or '有的记录'}两份表不同（待定），没有核对。"
    return TieOutResult(made.tie_out.id, made.tie_out.title, verdict, rows, reason)


def _waiting(side: Side, ledgers: Mapping[str, Ledger], forms: Forms, school: School | None) -> list[Key]:
    """Give the keys of the records that are pending."""
    if side.form == CLASSES:
        return []
    view = View(ledgers[side.form], forms.by_id[side.form], school)
    keys = keys_of(side, view, school)
    pending = view.frame["pending"].to_numpy(dtype=bool) & view.select(side.where)
    return [keys[record] for record in pending.nonzero()[0].tolist()]


def _differences(made: Comparison) -> list[Finding]:
    return [_finding(made, key) for key, row in made.rows.items() if not row.agrees]


def _amounts(
    side: Side, ledgers: Mapping[str, Ledger], forms: Forms, school: School | None, as_of: str
) -> dict[Key, Amount]:
    """Add up one side by its key; what has a blank key or only blank values says nothing."""
    if side.form == CLASSES:
        return _roll(side, school)
    form = forms.by_id[side.form]
    view = View(counted_ledger(ledgers[side.form]), form, school)
    counted = (~ledgers[side.form].frame["pending"].to_numpy(dtype=bool)).nonzero()[0].tolist()
    rule = parse(side.value) if side.aggregate != "count" else None
    # The first that is filled in is the one that is told of: coalesce(approved, amount) speaks of what was approved.
    fields = [name for name in _NAME.findall(side.value) if name in rule.fields] if rule else [side.value]
    _refuse_lost(view, {*fields, *side.by})
    if all(blanks(view.frame[name]).all() for name in fields if view.has(name)):
        title = "、".join(form.field(name).title for name in fields)
        raise Unchecked(f"《{form.title}》里没有“{title}”，没有核对。")
    number = rule.number(view.numbers(rule)) if rule else None
    keys = keys_of(side, view, school)
    factor = factor_of(side, ledgers, forms)
    found: dict[Key, Amount] = {}
    rows: dict[Key, list[int]] = {}
    filled = {name: ~blanks(view.frame[name]) for name in fields if view.has(name)}
    chosen = view.select(side.where).nonzero()[0].tolist()
    for record in closing_rows(view, fields[0], chosen, keys, as_of=as_of) if side.aggregate == "closing" else chosen:
        if "" in keys[record] or (number is not None and number.blank[record]):
            continue
        value = unscaled(int(number.values[record]), number.scale) if number is not None else Decimal(1)
        value *= factor
        if number is None and not filled[side.value][record]:
            continue
        rows.setdefault(keys[record], []).append(counted[record])
        old = found.get(keys[record])
        places = old.places if old else ()
        if len(places) < MOST_PLACES:
            said = next((name for name, there in filled.items() if there[record]), fields[0])
            places = (*places, view.place(said, record))
        if old is None:
            found[keys[record]] = Amount(value, places)
        else:
            total = {"max": max(old.value, value), "first": old.value}.get(side.aggregate, old.value + value)
            found[keys[record]] = Amount(total, places)
    return {key: amount._replace(rows=tuple(rows[key])) for key, amount in found.items()}


def _refuse_lost(view: View, names: set[str]) -> None:
    """Leave a tie-out that would rest on numbers whose last digits are lost: alike or not, they prove nothing."""
    lost = sorted(names & view.lost_fields)
    if lost:
        titles = "、".join(view.form.field(name).title for name in lost)
        raise Unchecked(f"《{view.form.title}》的“{titles}”被存成了数字，末尾几位已丢失，没有核对。")


def _roll(side: Side, school: School | None) -> dict[Key, Amount]:
    """Take the class list of the settings as a side."""
    if school is None:
        raise Unchecked("没有学校设置里的班级表，没有核对。")
    found: dict[Key, Amount] = {}
    for each in school.classes:
        words = {"class": each.name, "grade": each.grade}
        key = tuple(words[name] for name in side.by)
        before = found[key].value if key in found else Decimal(0)
        found[key] = Amount(before + (each.pupils if side.value == "pupils" else 1), ())
    return found


def _tolerance(tie_out: TieOut, school: School | None) -> Decimal:
    """Read the tolerance: a number, or the name of a threshold of the settings."""
    try:
        return Decimal(tie_out.tolerance)
    except InvalidOperation:
        return school.thresholds.get(tie_out.tolerance, Decimal(0)) if school else Decimal(0)


def _row(tie_out: TieOut, key: Key, left: Amount | None, right: Amount | None, allowed: Decimal) -> TieOutRow:
    """Compare one key; where one side is silent, it disagrees only if the tie-out says that it must not be."""
    difference: Decimal | None = None
    if left is not None and right is not None:
        difference = left.value - right.value
        over = difference if tie_out.relation == "at-most" else abs(difference)
        agrees = over <= allowed or tie_out.relation == "covered"
    elif tie_out.relation == "covered":
        agrees = left is None or left.value == 0
    else:
        alone = left or right
        agrees = tie_out.only_in is None or alone is None or alone.value == 0
    return TieOutRow(
        key=key,
        left=plain_text(left.value) if left else None,
        right=plain_text(right.value) if right else None,
        difference=None if difference is None else plain_text(difference),
        agrees=agrees,
        left_place=left.places[0] if left and left.places else None,
        right_place=right.places[0] if right and right.places else None,
        left_rows=left.rows if left else (),
        right_rows=right.rows if right else (),
    )


def _finding(made: Comparison, key: Key) -> Finding:
    """Make the finding of one key, at the side with fewer cells: the one number that sums up the many."""
    tie_out, left, right = made.tie_out, made.left.get(key), made.right.get(key)
    both = left is not None and right is not None
    level = tie_out.level if both or tie_out.relation == "covered" else tie_out.only_in or tie_out.level
    sides = [(tie_out.right, right, left), (tie_out.left, left, right)]
    sides.sort(key=lambda each: len(each[1].places) if each[1] and each[1].places else MOST_PLACES + 1)
    side, own, other = sides[0]
    places = [place for amount in (own, other) if amount for place in amount.places]
    expected = plain_text(other.value) if other is not None and tie_out.relation == "equal" else None
    return Finding(
        code=tie_out.code,
        level=Level(level),
        message=_message(made, key),
        place=places[0] if places else None,
        found=plain_text(own.value) if own else None,
        expected=expected,
        form=side.form if side.form != CLASSES else None,
        field=side.value if side.value.isidentifier() else None,
        related=tuple(places[1:]),
    )


def _difference(made: Comparison, left: Amount | None, right: Amount | None) -> dict[str, str]:
    """Give the words about how far the sides are apart: 多 3,250.00 元, 合 500 人次 at 6.50 each."""
    if left is None or right is None:
        return {}
    apart = right.value - left.value
    words = {"diff": say_amount(Amount(abs(apart), ())), "more": "多" if apart > 0 else "少"}
    if made.factor:
        base, units = left.value / made.factor, (abs(apart) / made.factor).quantize(Decimal(1), ROUND_HALF_UP)
        words |= {
            "factor": format(made.factor, ".2f"),
            "base": say_amount(Amount(base, ())),
            "units": say_amount(Amount(units, ())),
        }
    return words


def _message(made: Comparison, key: Key) -> str:
    """Write the sentence of one key, and why it matters."""
    tie_out, left, right = made.tie_out, made.left.get(key), made.right.get(key)
    if (left is None or right is None) and tie_out.relation != "covered":
        here, there = (tie_out.left, tie_out.right) if right is None else (tie_out.right, tie_out.left)
        subject = f"“{' '.join(key)}”" if key else ""
        message = f"{subject}在{here.title}里有 {say_amount(left or right)}，{there.title}里没有。"
    else:
        words = {
            **dict(zip(map(field_of_key, tie_out.right.by), key, strict=True)),
            **dict(zip(map(field_of_key, tie_out.left.by), key, strict=True)),
            "left": say_amount(left),
            "right": say_amount(right),
            **_difference(made, left, right),
            "key": " ".join(key),
            "count": str(left.records if left else 0),
            "limit": plain_text(made.allowed),
        }
        message = fill_template(tie_out.message, lambda name: words.get(name, ""))
    return message if tie_out.why in message else f"{message}{tie_out.why}"
