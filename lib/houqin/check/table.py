"""One table judged by its form: relations, named rules, required cells, negative numbers, typed totals."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

import houqin.check.rules_accounts
import houqin.check.rules_assets
import houqin.check.rules_choice
import houqin.check.rules_flow
import houqin.check.rules_food_dates
import houqin.check.rules_goods
import houqin.check.rules_matrix
import houqin.check.rules_meals
import houqin.check.rules_papers
import houqin.check.rules_plain
import houqin.check.rules_shares
import houqin.check.rules_statement
import houqin.check.rules_trial
import houqin.check.table_rules  # noqa: F401  (all of these register their rules)
from houqin.check.amount_words import check_amount_words
from houqin.check.cells import check_negatives, check_required
from houqin.check.relations import check_relations
from houqin.check.rules import TABLE_RULES, is_due
from houqin.check.totals import check_totals
from houqin.check.view import View
from houqin.exact import scaled
from houqin.model import column_number

if TYPE_CHECKING:
    from houqin.forms import Form
    from houqin.model import Finding, Table
    from houqin.school import School

CELL = re.compile(r"([A-Z]+)(\d+)")


def check_table(table: Table, form: Form, school: School | None) -> list[Finding]:
    """Judge one table; a rule whose columns the table lacks says nothing.

    What one rule finds to be the right value of a cell is known to the rules after it: a sum that is wrong only
    because of that cell is not told of again.
    """
    view = View(table, form, school)
    faults = check_relations(view)
    findings = [fault.finding for fault in faults]
    view.corrections.update({(f.field, f.record): f.right for f in faults if f.right is not None})
    for check in form.checks:
        rule = TABLE_RULES.get(check.use or "")
        if rule is not None and is_due(view, check):
            told = list(rule(view, check))
            findings += told
            view.corrections.update(_corrections(told, table, form))
    findings += check_required(view)
    findings += check_negatives(view)
    findings += check_totals(view, table)
    findings += check_amount_words(view, table)
    return findings


def _corrections(findings: list[Finding], table: Table, form: Form) -> dict[tuple[str, int], int]:
    """Give the right values that findings name, by field and record."""
    found = {}
    for finding in findings:
        field, match = finding.field or "", CELL.fullmatch((finding.place and finding.place.cell) or "")
        if finding.expected is None or field not in table.cells or match is None or not form.field(field).is_number:
            continue
        rows, columns = table.cells[field]
        records = np.flatnonzero((rows == int(match[2])) & (columns == column_number(match[1])))
        if len(records) == 1:
            found[field, int(records[0])] = scaled(Decimal(finding.expected), form.field(field).scale)
    return found
