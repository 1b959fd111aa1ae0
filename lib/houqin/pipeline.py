"""The main flow, readable on one screen: workbooks in, ledgers, findings and changes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from houqin.check import check_ledgers, check_table, check_tie_outs, combine_findings
from houqin.clean import clean_table
from houqin.ledger import join_tables
from houqin.locate import locate_tables
from houqin.match import match_table
from houqin.read import read_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from houqin.forms import Forms
    from houqin.model import Change, Finding, Ledger, Match, SourceFile, Table
    from houqin.school import School


@dataclass(frozen=True, slots=True)
class Result:
    """What the flow gives: each file, each located table with its form, cleaned tables, ledgers by form, and the lists."""

    files: tuple[SourceFile, ...]
    matches: tuple[Match, ...]
    tables: tuple[Table, ...]
    ledgers: Mapping[str, Ledger]
    findings: tuple[Finding, ...]
    changes: tuple[Change, ...]
