"""What takes its turn: of what is planted and of the longest proofs, a third a day; all where asked."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypeVar

T = TypeVar("T")

TURNS = 3
LONG_FILES = (
    ("tests/search/test_mistakes.py",),
    ("tests/findings/test_mistakes.py", "tests/loaders/test_marks_by_chance.py"),
    ("tests/search/test_changes.py", "tests/sources/test_plans.py", "tests/clients/test_audits.py"),
)
"""Those of a line run on every third day; on the others what they hold is looked at less, or not."""


def in_turn(planted: Sequence[T]) -> Sequence[T]:
    """Those whose turn it is today; all of them with PLANTED=all, as `make planted` says."""
    return planted if _all() else planted[_turn() :: TURNS]


def waits(file: str) -> bool:
    """Whether a file of tests waits for its day."""
    return not _all() and any(file in files for day, files in enumerate(LONG_FILES) if day != _turn())


def _all() -> bool:
    return os.environ.get("PLANTED") == "all"


def _turn() -> int:
    return datetime.now(UTC).date().toordinal() % TURNS
