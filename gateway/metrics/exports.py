"""What was exported and how it ended."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

GONE: Final = "GONE"
"""How an export ended whose client hung up."""


@dataclass(slots=True)
class Written:
    """What was exported: counted for the metrics."""

    rows: Counter[tuple[str, str]] = field(default_factory=Counter)
    """By noun and format."""
    ended: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    """By noun, format and how it ended: `OK`, the code that ended it, or `GONE`."""
    running: int = 0
