"""What one operation may give one set of rights: a decision for each field."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from auth.refusals import Refusal
from auth.rights import Decision, Reason
from auth.rules import Ruling
from auth.walk import Coordinate

# What the schema does not have, nobody sees.
_UNKNOWN: Final = Ruling(Decision.WITHHELD, Decision.WITHHELD, Reason.ROLE)


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Decisions:
    """The decisions for one operation and one set of rights, shared by every request with both."""

    fields: frozenset[Coordinate]
    rows: bool
    refused: tuple[Refusal, ...]
    _rulings: Mapping[Coordinate, Ruling]

    def of(self, type_name: str, field_name: str) -> Decision:
        """VALUE, MASK, WITHHELD, or ROW where the record decides."""
        return self._rulings.get((type_name, field_name), _UNKNOWN).decision

    def reason(self, type_name: str, field_name: str) -> Reason | None:
        """Why the field is masked or withheld; None for VALUE and ROW."""
        return self._rulings.get((type_name, field_name), _UNKNOWN).reason


def decisions_of(fields: frozenset[Coordinate], rulings: Mapping[Coordinate, Ruling]) -> Decisions:
    """The decisions for an operation that touches these fields."""
    return Decisions(
        fields=fields,
        rows=any(rulings[coordinate].decision is Decision.ROW for coordinate in fields),
        refused=tuple(_refusals(sorted(fields), rulings)),
        _rulings=rulings,
    )


def _refusals(fields: Iterable[Coordinate], rulings: Mapping[Coordinate, Ruling]) -> Iterable[Refusal]:
    for coordinate in fields:
        found = rulings[coordinate]
        if found.lacking is not None:  # of some rows a mask, of the others nothing: of nobody the value
            yield Refusal(".".join(coordinate), found.best, found.lacking)
