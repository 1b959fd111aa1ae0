"""`python -m houqin`, the same as the `houqin` command."""

from __future__ import annotations

import sys

from houqin.cli import main

if __name__ == "__main__":
    sys.exit(main())
