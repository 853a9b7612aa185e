"""How large some proofs are: the same on every day; larger by `make planted`, which says PLANTED=all."""

import os
from typing import Final

WHOLE: Final = os.environ.get("PLANTED") == "all"

LARGE_WORKERS: Final = 100_000 if WHOLE else 30_000
"""Workers of the registries whose large tables no statement may scan: with 30,000, six tables are large."""
AFTER_CHANGES: Final = 100 if WHOLE else 50
"""Searches that are compared after changes of the registries."""
