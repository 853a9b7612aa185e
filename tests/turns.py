"""What takes its turn: of many things that are planted, a third a day in a test run, and all where asked."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TypeVar

T = TypeVar("T")

TURNS = 3


def in_turn(planted: Sequence[T]) -> Sequence[T]:
    """Those whose turn it is today; all of them with PLANTED=all, as `make planted` says."""
    if os.environ.get("PLANTED") == "all":
        return planted
    return planted[datetime.now(UTC).date().toordinal() % TURNS :: TURNS]
