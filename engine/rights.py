"""What the application decides about fields: when a plan is made, and row by row where the record decides."""

from collections.abc import Sequence
from enum import Enum
from typing import Any, NamedTuple, Protocol, TypeAlias


class Decision(Enum):
    """What is given of a field: its value, a mask of it, nothing, or what each row decides."""

    VALUE = "value"
    MASK = "mask"
    WITHHELD = "withheld"
    ROW = "row"


class Verdict(NamedTuple):
    """What one row decides, and the application's reason, given back to it with a value to mask."""

    decision: Decision
    reason: Any = None


Decisions: TypeAlias = Decision | Sequence[Decision]
"""One decision for all rows, or one for each."""


class Rights(Protocol):
    """The rights of one plan; its key must tell it from others. The handlers get the operation's context."""

    def decision(self, type_name: str, field_name: str) -> Decision:
        """What the plan gives of this field. A withheld one is never answered, so nothing is asked for it."""
        ...

    def watched(self, type_name: str, field_name: str) -> bool:
        """Whether to tell of what the answer holds of this field; asked of no field that is withheld."""
        ...

    def withheld(self, context: Any, type_name: str, field_name: str, rows: int) -> None:
        """Told for how many rows a field was withheld by the plan, where it was so for any."""
        ...

    def masked(
        self, context: Any, type_name: str, field_name: str, values: list[Any], reasons: list[Any] | None
    ) -> list[Any]:
        """The masks of these values, None where there is none; `reasons` are those of rows that decided."""
        ...

    async def rows(
        self, context: Any, type_name: str, field_name: str, parents: Sequence[Any]
    ) -> list[Verdict]:
        """VALUE, MASK or WITHHELD for each parent; whoever decides also notes what was not given."""
        ...

    def released(
        self,
        context: Any,
        type_name: str,
        field_name: str,
        rows: Sequence[Any],
        values: Sequence[Any],
        decisions: Decisions,
    ) -> None:
        """Told of a watched field when the answer stands: the rows, and the value or mask that each gave.

        A value is None where the answer holds nothing of it: there was none, the row withheld it, it failed,
        or a null around it has swallowed it. Not told where the answer is null as a whole. What this raises
        ends the operation, without an answer.
        """
        ...


class EveryoneSees:
    """No rights: every field is given as it is."""

    def decision(self, _type_name: str, _field_name: str) -> Decision:
        """VALUE."""
        return Decision.VALUE

    def watched(self, _type_name: str, _field_name: str) -> bool:
        """No."""
        return False

    def withheld(self, context: Any, type_name: str, field_name: str, rows: int) -> None:
        """Never told."""

    def released(
        self,
        context: Any,
        type_name: str,
        field_name: str,
        rows: Sequence[Any],
        values: Sequence[Any],
        decisions: Decisions,
    ) -> None:
        """Never told."""

    def masked(
        self, _context: Any, _type: str, _field: str, values: list[Any], _reasons: list[Any] | None
    ) -> list[Any]:
        """The values themselves."""
        return values

    async def rows(self, _context: Any, _type: str, _field: str, parents: Sequence[Any]) -> list[Verdict]:
        """VALUE for each."""
        return [Verdict(Decision.VALUE)] * len(parents)
