"""One table judged by its form: relations, named rules, required cells, negative numbers, typed totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import houqin.check.table_rules  # noqa: F401  (registers its rules)
from houqin.check.cells import check_negatives, check_required
from houqin.check.relations import check_relations
from houqin.check.rules import TABLE_RULES
from houqin.check.totals import check_totals
from houqin.check.view import View

if TYPE_CHECKING:
    from houqin.forms import Form
    from houqin.model import Finding, Table
    from houqin.school import School


def check_table(table: Table, form: Form, school: School | None) -> list[Finding]:
    """Judge one table; a rule whose columns the table lacks says nothing."""
    view = View(table, form, school)
    faults = check_relations(view)
    findings = [fault.finding for fault in faults]
    for check in form.checks:
        rule = TABLE_RULES.get(check.use or "")
        if rule is not None:
            findings += rule(view, check)
    corrections = {(f.field, f.record): f.right for f in faults if f.right is not None}
    findings += check_required(view)
    findings += check_negatives(view)
    findings += check_totals(view, table, corrections)
    return findings
