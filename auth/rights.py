"""The decision table: which role sees which class of fields, how far, on what condition."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from auth.principal import Role


class FieldClass(StrEnum):
    """How sensitive a field is. Every field of the schema has one."""

    PUBLIC = "PUBLIC"
    INTERNAL = "INTERNAL"
    RESTRICTED = "RESTRICTED"
    PERSONAL = "PERSONAL"
    IDENTITY = "IDENTITY"
    JOURNAL = "JOURNAL"
    QUALITY = "QUALITY"


class Decision(StrEnum):
    """What a caller gets of a field; ROW: it depends on the record."""

    WITHHELD = "WITHHELD"
    MASK = "MASK"
    VALUE = "VALUE"
    ROW = "ROW"

    @property
    def rank(self) -> int:
        """How much it gives: 0 nothing, 1 a mask, 2 the value. ROW has no rank of its own."""
        return _RANKS[self]


_RANKS: Final = {Decision.WITHHELD: 0, Decision.MASK: 1, Decision.VALUE: 2}


class Reason(StrEnum):
    """Why a caller gets less than the value: what he would need."""

    ROLE = "ROLE"
    EXTENT = "EXTENT"
    PURPOSE = "PURPOSE"
    STEP_UP = "STEP_UP"


class Extent(StrEnum):
    """How far a role reaches. Outside it, the role sees what everyone sees."""

    SELF = "self"
    OWN_STAFF = "own and branches' current staff"
    REGIONS = "own regions"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the table: what is given when all its conditions are met, and what otherwise."""

    gives: Decision
    needs: tuple[Reason, ...] = ()
    otherwise: Decision = Decision.WITHHELD

    def given(self, met: frozenset[Reason]) -> Decision:
        """What is given where these conditions are met."""
        return self.otherwise if self.lacking(met) else self.gives

    def lacking(self, met: frozenset[Reason]) -> tuple[Reason, ...]:
        """Its conditions that are not met, in its order."""
        return tuple(need for need in self.needs if need not in met)

    @property
    def unmasked(self) -> "Cell":
        """The same for a field whose type carries no mask: there a mask is nothing."""
        return Cell(_WITHOUT_MASK[self.gives], self.needs, _WITHOUT_MASK[self.otherwise])

    def __str__(self) -> str:
        if not self.needs or self.gives is self.otherwise:
            return _WORDS[self.gives]
        needs = " and ".join(need.lower().replace("_", "-") for need in self.needs)
        return f"{_WORDS[self.gives]} with {needs}, else {_WORDS[self.otherwise]}"


_WORDS: Final = {Decision.VALUE: "value", Decision.MASK: "mask", Decision.WITHHELD: "–"}
_WITHOUT_MASK: Final = {each: each for each in Decision} | {Decision.MASK: Decision.WITHHELD}


@dataclass(frozen=True, slots=True)
class Rights:
    """What one role sees inside its extent, class by class."""

    extent: Extent
    internal: Cell
    restricted: Cell
    personal: Cell
    identity: Cell
    quality: Cell
    journal: Cell = Cell(Decision.WITHHELD)

    def cell(self, field_class: FieldClass) -> Cell:
        """The cell of one class."""
        match field_class:
            case FieldClass.PUBLIC:
                return VALUE
            case FieldClass.INTERNAL:
                return self.internal
            case FieldClass.RESTRICTED:
                return self.restricted
            case FieldClass.PERSONAL:
                return self.personal
            case FieldClass.IDENTITY:
                return self.identity
            case FieldClass.JOURNAL:
                return self.journal
            case FieldClass.QUALITY:
                return self.quality


VALUE: Final = Cell(Decision.VALUE)
MASK: Final = Cell(Decision.MASK)
NONE: Final = Cell(Decision.WITHHELD)
PURPOSE, STEP_UP = Reason.PURPOSE, Reason.STEP_UP
PURPOSE_OR_MASK: Final = Cell(Decision.VALUE, (PURPOSE,), Decision.MASK)
STEPPED_UP: Final = Cell(Decision.VALUE, (STEP_UP,))
PURPOSE_STEPPED_UP: Final = Cell(Decision.VALUE, (PURPOSE, STEP_UP))

# Everyone, with a token or without, sees what is public. Several roles: the most that one of them gives.
# fmt: off
TABLE: Final[Mapping[Role, Rights]] = MappingProxyType({
    #                      extent            internal, restricted, personal, identity        quality journal
    Role.WORKER:    Rights(Extent.SELF,      VALUE, VALUE, VALUE,           STEPPED_UP,         VALUE),
    Role.EMPLOYER:  Rights(Extent.OWN_STAFF, VALUE, VALUE, VALUE,           NONE,               VALUE),
    Role.REGULATOR: Rights(Extent.REGIONS,   VALUE, VALUE, PURPOSE_OR_MASK, PURPOSE_STEPPED_UP, VALUE),
    Role.INSURER:   Rights(Extent.ALL,       VALUE, NONE,  MASK,            NONE,               NONE),
    Role.AUDITOR:   Rights(Extent.ALL,       VALUE, VALUE, MASK,            NONE,               VALUE, VALUE),
    Role.ANALYST:   Rights(Extent.ALL,       NONE,  NONE,  NONE,            NONE,               NONE),
    Role.ADMIN:     Rights(Extent.ALL,       NONE,  NONE,  MASK,            NONE,               VALUE),
    Role.SUPPORT:   Rights(Extent.ALL,       NONE,  NONE,  MASK,            NONE,               NONE),
})
# fmt: on
