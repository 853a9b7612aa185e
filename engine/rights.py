"""What the application decides about fields: when a plan is made, and row by row where the record decides."""

from collections.abc import Sequence
from enum import Enum
from typing import Any, NamedTuple, Protocol


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


class Rights(Protocol):
    """The rights of one plan; its key must tell it from others. The handlers get the operation's context."""

    def decision(self, type_name: str, field_name: str) -> Decision:
        """What the plan gives of this field. A withheld one is never answered, so nothing is asked for it."""
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


class EveryoneSees:
    """No rights: every field is given as it is."""

    def decision(self, _type_name: str, _field_name: str) -> Decision:
        """VALUE."""
        return Decision.VALUE

    def withheld(self, context: Any, type_name: str, field_name: str, rows: int) -> None:
        """Never told."""

    def masked(
        self, _context: Any, _type: str, _field: str, values: list[Any], _reasons: list[Any] | None
    ) -> list[Any]:
        """The values themselves."""
        return values

    async def rows(self, _context: Any, _type: str, _field: str, parents: Sequence[Any]) -> list[Verdict]:
        """VALUE for each."""
        return [Verdict(Decision.VALUE)] * len(parents)
