"""The nouns that travel between the steps.

Nothing here imports pandas or numpy at run time: the reading child loads this package.
"""

from __future__ import annotations

from houqin.model.answers import (
    ANSWER_WORDS,
    LIST_COLUMNS,
    LIST_SHEET,
    Answer,
    Stamp,
    finding_key,
    is_answer_sheet,
    read_answers,
    stamp_of,
)
from houqin.model.findings import (
    Change,
    Finding,
    Level,
    Place,
    Silenced,
    TieOutResult,
    TieOutRow,
)
from houqin.model.grid import (
    BLANK_CELL,
    Cell,
    Grid,
    Kind,
    Range,
    SourceFile,
    a1,
    column_letter,
    column_number,
    grid_of,
)
from houqin.model.tables import (
    Addresses,
    Column,
    Ledger,
    Match,
    MatchedColumn,
    Note,
    RawTable,
    Reading,
    RowKind,
    Table,
    Total,
)

__all__ = [
    "ANSWER_WORDS",
    "BLANK_CELL",
    "LIST_COLUMNS",
    "LIST_SHEET",
    "Addresses",
    "Answer",
    "Cell",
    "Change",
    "Column",
    "Finding",
    "Grid",
    "Kind",
    "Ledger",
    "Level",
    "Match",
    "MatchedColumn",
    "Note",
    "Place",
    "Range",
    "RawTable",
    "Reading",
    "RowKind",
    "Silenced",
    "SourceFile",
    "Stamp",
    "Table",
    "TieOutResult",
    "TieOutRow",
    "Total",
    "a1",
    "column_letter",
    "column_number",
    "finding_key",
    "grid_of",
    "is_answer_sheet",
    "read_answers",
    "stamp_of",
]
