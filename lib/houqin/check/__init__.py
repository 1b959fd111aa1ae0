"""The step that judges: each table by its form's own rules, the ledgers, and what must agree between forms."""

from houqin.check.carry import Earlier, check_carry
from houqin.check.combine import combine_findings
from houqin.check.halves import join_halves
from houqin.check.ledgers import check_ledgers
from houqin.check.owner import check_owner
from houqin.check.silenced import part_silenced
from houqin.check.table import check_table
from houqin.check.tie_outs import check_tie_outs

__all__ = [
    "Earlier", "check_carry", "check_ledgers", "check_owner", "check_table", "check_tie_outs", "combine_findings",
    "join_halves", "part_silenced",
]  # fmt: skip
