"""局汇总.sqlite3: the same facts a row each, for any number of schools and for programs."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from houqin.errors import database_faults_told

if TYPE_CHECKING:
    from pathlib import Path

    from houqin.report.bureau_facts import Bureau

_TABLES = (
    """CREATE TABLE schools (
    number INTEGER PRIMARY KEY, code TEXT, name TEXT, state TEXT, punctual TEXT, verified TEXT, stage TEXT, system TEXT,
    boarding TEXT, canteen TEXT, size TEXT, pupils INTEGER, counted TEXT, spending TEXT, reason TEXT, link TEXT)""",
    "CREATE TABLE forms (school INTEGER, title TEXT, state TEXT)",
    "CREATE TABLE findings (school INTEGER, level TEXT, code TEXT, count INTEGER)",
    "CREATE TABLE figures (school INTEGER, id TEXT, title TEXT, unit TEXT, value TEXT)",
)


def write_data_file(path: Path, bureau: Bureau) -> None:
    """Write the file: amounts are exact decimal text, what is missing is NULL, `school` is schools.number."""
    titles = {figure.id: figure for figure in bureau.figures}
    with database_faults_told(path), closing(sqlite3.connect(path)) as book, book:
        for table in _TABLES:
            book.execute(table)
        for number, each in enumerate(bureau.schools, 1):
            own = each.roster
            spending = None if own is None or own.spending is None else format(own.spending, "f")
            row = (
                number, each.code, each.name, each.state, each.punctual, each.verified, *each.group,
                own.pupils if own else None, own.counted if own else None, spending, each.reason, each.link,
            )  # fmt: skip
            book.execute(f"INSERT INTO schools VALUES ({', '.join('?' * len(row))})", row)  # noqa: S608  (marks alone)
            book.executemany("INSERT INTO forms VALUES (?, ?, ?)", [(number, *pair) for pair in each.forms.items()])
            findings = [(number, f["level"], f["code"], f["count"]) for f in each.findings]
            book.executemany("INSERT INTO findings VALUES (?, ?, ?, ?)", findings)
            figures = [
                (number, name, titles[name].title, titles[name].unit, None if value is None else format(value, "f"))
                for name, value in each.figures.items()
            ]
            book.executemany("INSERT INTO figures VALUES (?, ?, ?, ?, ?)", figures)
