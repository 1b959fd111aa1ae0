"""Write all hostile files and the list of their verdicts: `cd tests && python -m read.write_hostile FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from read import hostile_contents, hostile_packages, locked

CASES = [*hostile_packages.CASES, *hostile_contents.CASES, *locked.CASES]


def main() -> None:
    """Write the files and VERDICTS.tsv."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["file\tverdict\tcode"]
    for case in CASES:
        (folder / case.name).write_bytes(case.build())
        lines.append(f"{case.name}\t{case.verdict}\t{case.code}")
    (folder / "VERDICTS.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
