"""The year, its workbooks and what the pipeline makes of them: once a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from example_year.make_year import SCHOOL, fill_office
from example_year.year import build_year

from houqin.account.rows import rows_of
from houqin.forms import load_forms
from houqin.model import Level
from houqin.pipeline import process_files
from houqin.read import read_folder, read_settings
from houqin.school import load_school

if TYPE_CHECKING:
    from example_year.office import Office
    from example_year.year import School as Year

    from houqin.account.rows import Row
    from houqin.forms import Forms
    from houqin.model import SourceFile
    from houqin.pipeline import Result
    from houqin.school import School

AS_OF = "2025-12-31"


@pytest.fixture(scope="session")
def year() -> Year:
    """Let the year pass."""
    return build_year()


@pytest.fixture(scope="session")
def office(year) -> Office:
    """Lay out its workbooks, with the index of what stands where."""
    return fill_office(year)


@pytest.fixture(scope="session")
def forms() -> Forms:
    """Load the forms."""
    return load_forms()


@pytest.fixture(scope="session")
def school() -> School:
    """Load the settings."""
    return load_school(SCHOOL, read_settings)


@pytest.fixture(scope="session")
def before(forms) -> dict[str, list[Row]]:
    """Give the ledgers of the year before, as a run of this year gets them."""
    school = load_school(SCHOOL / "上年", read_settings)
    result = process_files(read_folder(SCHOOL / "上年" / "收件箱"), forms, school, "2024-12-31")
    assert [(f.code, f.message) for f in result.findings if f.level != Level.INFO] == []
    assert [each.id for each in result.tie_outs if each.verdict == "不符"] == []
    return {form: rows_of(result.ledgers, form) for form in result.ledgers}


@pytest.fixture(scope="session")
def files() -> list[SourceFile]:
    """Read the inbox as it is committed."""
    return read_folder(SCHOOL / "收件箱")


@pytest.fixture(scope="session")
def result(files, forms, school) -> Result:
    """Take it through the whole flow."""
    return process_files(files, forms, school, AS_OF)
