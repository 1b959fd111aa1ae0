"""What a second run says of the first."""

from __future__ import annotations

from houqin.jobs.since import since_last, since_line


def finding(code: str, cell: str | None, *also: str, file: str = "9月.xlsx") -> dict[str, object]:
    """Make a finding as run.json has it."""
    place = {"file": file, "sheet": "9月", "cell": cell}
    more = {"related": [{**place, "cell": each} for each in also]} if also else {}
    return {"code": code, "level": "error", "message": f"{code} {cell}", **place, **more}


def test_what_was_mended_what_is_left_and_what_is_new() -> None:
    """By rule and cell: a cell that is still wrong, otherwise than before, is left; one more cell makes nothing new."""
    files = [{"path": "9月.xlsx"}]
    before = {"run": "a1", "files": files, "findings": [
        finding("balance-mismatch", "H3"), finding("missing", "B4", "B5"), finding("bad-date", "A7"),
        finding("negative", "C2", file="旧.xlsx"),
    ]}  # fmt: skip
    now = {"files": files, "findings": [finding("missing", "B5", "B6"), finding("bad-date", "A8"), finding("x", "A7")]}
    since = since_last(before, now)
    assert [each["cell"] for each in since["mended"]] == ["H3", "A7"]
    assert [each["file"] for each in since["gone"]] == ["旧.xlsx"]
    assert since["left"] == 1
    assert [(each["code"], each["cell"]) for each in since["new"]] == [("bad-date", "A8"), ("x", "A7")]
    assert since_line(since) == "与上一次运行相比：改好 2 条，还剩 1 条，新出现 2 条，原表已不在收件箱的 1 条"
