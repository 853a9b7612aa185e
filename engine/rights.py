"""What the application decides about fields: when a plan is made, and row by row where the record decides."""

from collections.abc import Hashable, Sequence
from enum import Enum
from typing import Any, NamedTuple, Protocol, TypeAlias


class Decision(Enum):
    """What is given of a field: its value, a mask of it, nothing, or what each row decides."""

    VALUE = "value"
    MASK = "mask"
    WITHHELD = "withheld"
    ROW = "row"


class Verdict(NamedTuple):
    """What a row decides, and the application's reason, given back to it with what is not given as it is."""

    decision: Decision
    reason: Any = None


class Question(NamedTuple):
    """What has to be known before rows can be decided: a loader's name, and the keys."""

    loader: str
    keys: Sequence[Any]


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

    def withheld(
        self, context: Any, type_name: str, field_name: str, rows: int, verdict: Verdict | None = None
    ) -> None:
        """Told for how many rows a field was withheld, by the plan or by a verdict; never for none."""
        ...

    def masked(
        self, context: Any, type_name: str, field_name: str, values: list[Any], reasons: list[Any] | None
    ) -> list[Any]:
        """The masks of these values, None where there is none; `reasons` are those of rows that decided."""
        ...

    def questions(self, context: Any, type_name: str, rows: Sequence[Any]) -> Sequence[Question]:
        """What has to be known before these rows of the type can decide about its fields."""
        ...

    def standings(
        self, context: Any, type_name: str, rows: Sequence[Any], answers: Sequence[Sequence[Any]]
    ) -> Sequence[Hashable]:
        """What decides of each row, by the answers to each question; an exception where it cannot be told.

        An answer that failed is its exception. Rows of equal standings are decided alike.
        """
        ...

    def verdict(self, context: Any, type_name: str, field_name: str, standing: Any) -> Verdict:
        """VALUE, MASK or WITHHELD for all rows of a standing."""
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

    def withheld(
        self, context: Any, type_name: str, field_name: str, rows: int, verdict: Verdict | None = None
    ) -> None:
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

    def questions(self, _context: Any, _type_name: str, _rows: Sequence[Any]) -> Sequence[Question]:
        """None."""
        return ()

    def standings(
        self, _context: Any, _type_name: str, rows: Sequence[Any], _answers: Sequence[Sequence[Any]]
    ) -> Sequence[Hashable]:
        """All the same."""
        return [None] * len(rows)

    def verdict(self, _context: Any, _type_name: str, _field_name: str, _standing: Any) -> Verdict:
        """VALUE."""
        return Verdict(Decision.VALUE)
