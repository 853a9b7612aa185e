"""Whom a caller sees facts of a class of, all at once: what a search may ask of whom. Pure functions."""

from dataclasses import dataclass, field

from auth.principal import Grant, Principal, Purpose
from auth.rights import TABLE, Decision, Extent, FieldClass
from auth.rules import rights_set


@dataclass(frozen=True, slots=True)
class Sight:
    """The people whom a caller sees a class of facts of: all of them, or those whom one of the rest names.

    `snils` is his own; `organizations` employ those whom he sees now; `regions` are those of their records.
    """

    everyone: bool = False
    snils: str | None = field(default=None, repr=False)
    organizations: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()

    @property
    def nobody(self) -> bool:
        """Whether it reaches no one at all."""
        return not (self.everyone or self.snils or self.organizations or self.regions)

    def joined(self, other: "Sight") -> "Sight":
        """Those whom the one or the other reaches."""
        if self.everyone or other.everyone:
            return EVERYONE
        return Sight(
            False,
            self.snils or other.snils,
            self.organizations | other.organizations,
            self.regions | other.regions,
        )


NOBODY = Sight()
EVERYONE = Sight(everyone=True)


def sight(principal: Principal, purpose: Purpose | None, field_class: FieldClass) -> Sight:
    """Whom the principal sees this class of facts of, as values: a mask does not let ask.

    The organizations are those of his grants as they stand in the principal, so with their branches where
    these have been reached (`auth.rules.reaching`).
    """
    if field_class is FieldClass.PUBLIC:
        return EVERYONE
    met, seen = rights_set(principal, purpose).met, NOBODY
    for grant in principal.grants:
        if TABLE[grant.role].cell(field_class).given(met) is Decision.VALUE:
            seen = seen.joined(_reached(principal, grant))
    return seen


def _reached(principal: Principal, grant: Grant) -> Sight:
    """Whom a grant covers, as `auth.rules.covers` says of each subject."""
    match TABLE[grant.role].extent:
        case Extent.SELF:
            return Sight(snils=principal.snils)
        case Extent.OWN_STAFF:
            return Sight(organizations=grant.organizations)
        case Extent.REGIONS if grant.regions is not None:
            return Sight(regions=grant.regions)
        case Extent.REGIONS | Extent.ALL:
            return EVERYONE
