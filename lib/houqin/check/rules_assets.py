"""Named rules over cards of fixed assets: codes of three generations, names that say too little, results of a count."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from houqin.check.rules import names_of, table_rule, tell
from houqin.values import canonical_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from houqin.check.view import View
    from houqin.forms import Check
    from houqin.model import Finding

# GB/T 14885 of 1994 has six digits, that of 2010 seven, that of 2022 a letter and eight digits; exports of the state's
# system cut the zeros off the end of the newest.
_GENERATIONS = re.compile(r"^(?:\d{6}|\d{7}|A\d{2}(?:\d{2}){0,3})$")
_NEWEST = re.compile(r"^A\d{2}")
# Of 2010: 1 land and buildings, 2 and 3 machines, 4 relics, 5 books, 6 furniture. The first two of 1994 are not told
# apart so simply, so only its form is checked.
_OF_2010 = {"1": "A01", "2": "A02", "3": "A02", "4": "A03", "5": "A04", "6": "A05"}
_SEVEN = 7


@table_rule("asset-code")
def check_asset_code(view: View, check: Check) -> Iterator[Finding]:
    """Ask about codes that no edition of GB/T 14885 has, and about names of another family than the code's.

    `families` maps the first three signs of a code of 2022 to words of names: A05 to 课桌, 文件柜.
    """
    code, name = str(check.args["code"]), str(check.args["name"])
    if not view.has(code) or code in view.lost_fields:
        return
    families: Any = check.args.get("families", {})
    for record, text in enumerate(view.text(code)):
        plain = canonical_text(str(text)).replace(" ", "").upper() if text else ""
        if not plain:
            continue
        if not _GENERATIONS.match(plain):
            why = "不像分类代码（应为 6 位、7 位数字，或 A 加 8 位数字）"
            yield tell(view, check, record, words={"why": why})
            continue
        family = plain[:3] if _NEWEST.match(plain) else _OF_2010.get(plain[0]) if len(plain) == _SEVEN else None
        named = _family_of(str(view.text(name)[record] or ""), families)
        if family and named and family != named:
            yield tell(view, check, record, words={"why": f"是 {family} 类，看名称应是 {named} 类"})


def _family_of(name: str, families: Mapping[str, list[str]]) -> str | None:
    """Give the one family whose words a name has, the longest word first: 空调机 is no 机."""
    found = {family: len(word) for family, words in families.items() for word in words if word in name}
    longest = max(found.values(), default=0)
    best = [family for family, length in found.items() if length == longest]
    return best[0] if len(best) == 1 else None


@table_rule("vague-name")
def check_vague_name(view: View, check: Check) -> Iterator[Finding]:
    """Ask about names that say no more than one of `words`: 电脑, 柜子."""
    field, words = str(check.args.get("field", check.cell)), set(names_of(check, "words"))
    if not view.has(field):
        return
    for record, text in enumerate(view.text(field)):
        if text and canonical_text(str(text)).replace(" ", "") in words:
            yield tell(view, check, record)


@table_rule("stocktake-word")
def check_stocktake_word(view: View, check: Check) -> Iterator[Finding]:
    """Compare the result that a count writes in words with its numbers.

    What was not counted (实盘 blank) is 未盘; what waits to be scrapped or stands elsewhere is there, and no loss.
    """
    word, book, real = (str(check.args[name]) for name in ("word", "book", "real"))
    if not view.has(word, real):
        return
    for record, text in enumerate(view.text(word)):
        if not text or view.unread(real)[record]:
            continue
        expected = _result(view, book, real, record)
        if expected is not None and text in _WORDS and text not in expected:
            yield tell(view, check, record, words={"expected": expected[0]}, expected=expected[0])


_WORDS = frozenset({"相符", "盘盈", "盘亏", "未盘", "位置不符"})


def _result(view: View, book: str, real: str, record: int) -> tuple[str, ...] | None:
    """Give the words that suit the numbers, the best first; None where the books say nothing."""
    counted, booked = view.value(real, record), view.value(book, record)
    if counted is None:
        return ("未盘",) if booked else None
    if not view.has(book):
        return None
    if counted == (booked or 0):
        return ("相符", "位置不符")
    return ("盘盈",) if counted > (booked or 0) else ("盘亏",)
