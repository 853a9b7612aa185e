"""The lines of `extensions.access`: what was withheld or masked in one answer, why, and in how many rows."""

from collections.abc import Mapping
from enum import StrEnum

from auth.refusals import Refusal
from auth.rights import Decision, Reason


class Outcome(StrEnum):
    """What the caller got instead of the value."""

    WITHHELD = "WITHHELD"
    MASKED = "MASKED"


class AccessLines:
    """Collects the lines of one answer."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, Outcome, Reason], int] = {}

    def note(self, coordinate: str, outcome: Outcome, reason: Reason, rows: int = 1) -> None:
        """Count rows in which the field at this coordinate (`Worker.snils`) was not given as it is."""
        key = coordinate, outcome, reason
        self._rows[key] = self._rows.get(key, 0) + rows

    def lines(self) -> list[Mapping[str, str | int]]:
        """A line for each coordinate, outcome and reason, in order of coordinate."""
        return [
            {"coordinate": coordinate, "outcome": outcome.value, "reason": reason.value, "rows": rows}
            for (coordinate, outcome, reason), rows in sorted(self._rows.items())
        ]

    def refusals(self) -> list[Refusal]:
        """The same as refusals, each coordinate and reason once."""
        outcomes = {Outcome.WITHHELD: Decision.WITHHELD, Outcome.MASKED: Decision.MASK}
        return [Refusal(name, outcomes[outcome], reason) for name, outcome, reason in sorted(self._rows)]

    def __bool__(self) -> bool:
        return bool(self._rows)
