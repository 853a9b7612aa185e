"""What the application decides about fields: when a plan is made, and row by row where the record decides."""

from collections.abc import Sequence
from enum import Enum
from typing import Any, Protocol


class Decision(Enum):
    """What is given of a field: its value, a mask of it, nothing, or what each row decides."""

    VALUE = "value"
    MASK = "mask"
    WITHHELD = "withheld"
    ROW = "row"


class Rights(Protocol):
    """The rights of one plan; its key must tell it from others. The handlers get the operation's context."""

    def decision(self, type_name: str, field_name: str) -> Decision:
        """What the plan gives of this field. A withheld one is never answered, so nothing is asked for it."""
        ...

    def withheld(self, context: Any, type_name: str, field_name: str, rows: int) -> None:
        """Told for how many rows a field was withheld by the plan, where it was so for any."""
        ...

    def masked(self, context: Any, type_name: str, field_name: str, values: list[Any]) -> list[Any]:
        """The masks of these values, None where there is none."""
        ...

    async def rows(
        self, context: Any, type_name: str, field_name: str, parents: Sequence[Any]
    ) -> list[Decision]:
        """VALUE, MASK or WITHHELD for each parent; whoever decides also notes what was not given."""
        ...


class EveryoneSees:
    """No rights: every field is given as it is."""

    def decision(self, type_name: str, field_name: str) -> Decision:  # noqa: ARG002
        """VALUE."""
        return Decision.VALUE

    def withheld(self, context: Any, type_name: str, field_name: str, rows: int) -> None:
        """Never told."""

    def masked(self, context: Any, type_name: str, field_name: str, values: list[Any]) -> list[Any]:  # noqa: ARG002
        """The values themselves."""
        return values

    async def rows(
        self,
        context: Any,  # noqa: ARG002
        type_name: str,  # noqa: ARG002
        field_name: str,  # noqa: ARG002
        parents: Sequence[Any],
    ) -> list[Decision]:
        """VALUE for each."""
        return [Decision.VALUE] * len(parents)
