"""Whether a party of 往来 is a person, and whether a text speaks of a loan: what auditors ask about on 31 December."""

from __future__ import annotations

import re

from houqin.values import canonical_text

_ORGANISATIONS = re.compile(
    r"公司|学校|中学|小学|局|店|部|中心|社|厂|银行|医院|所|处|费|金|商|超市|工程|政府|村|街道|户$|组$|会$"
)
_LOANS = re.compile(r"借款|借支|备用金|暂借|预借|差旅")
_SHORTEST, _LONGEST = 2, 4  # a Chinese name's letters


def is_person(party: str) -> bool:
    """Tell a person's name: two to four letters, no word of an organisation.

    >>> is_person("王小明"), is_person("新华书店"), is_person("总务处")
    (True, False, False)
    """
    name = canonical_text(party)
    return _SHORTEST <= len(name) <= _LONGEST and not _ORGANISATIONS.search(name)


def speaks_of_a_loan(text: str) -> bool:
    """Tell a loan to a person, an advance for a journey, petty cash."""
    return bool(_LOANS.search(text))
