"""Where the checkout keeps what jobs need: houqin runs from its own folder, with templates and notebooks in place."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path

from houqin.errors import BadParameter

REPOSITORY = Path(__file__).resolve().parents[3]
NOTEBOOKS = REPOSITORY / "notebooks"
EXAMPLE_SCHOOL = REPOSITORY / "templates" / "示例中学"
OUTPUT = REPOSITORY / "output"
# What a person adds to a school's folder, and what the office decided.
INBOX, DECISIONS = "收件箱", "决定"
NO_JOB = {"start_here"}  # leads to the jobs and is none


def job_names() -> tuple[str, ...]:
    """Give the names of all jobs, `semester-start`, one for each notebook."""
    stems = sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb"))
    return tuple(stem.replace("_", "-") for stem in stems if stem not in NO_JOB)


def notebook_of(job: str) -> Path:
    """Give a job's notebook; BadParameter names the nearest job where there is none of that name."""
    if job not in job_names():
        near = get_close_matches(job, job_names(), 1, 0.5)
        hint = f"是不是“{near[0]}”？" if near else ""
        raise BadParameter(f"没有叫“{job}”的作业。{hint}现有的作业：{'、'.join(job_names())}。")
    return NOTEBOOKS / f"{job.replace('-', '_')}.ipynb"
