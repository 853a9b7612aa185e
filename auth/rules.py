"""Row rules: what a principal gets of a class of fields, of one subject or of any. Pure functions."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from auth.principal import Grant, Principal, Purpose, Role
from auth.rights import TABLE, Cell, Decision, Extent, FieldClass, Reason

# Ways of authentication (RFC 8176) that count as step-up: several factors, a key in hardware, a smart card.
STRONG_METHODS: Final = frozenset({"mfa", "hwk", "sc"})
# Classes of sign-in (`acr`) that count too: OpenID's for what cannot be phished, in software or in hardware.
STRONG_CLASSES: Final = frozenset({"phr", "phrh"})


@dataclass(frozen=True, slots=True)
class PersonSubject:
    """The person whom a record is about: SNILS, region, and the OIDs of those who employ him now."""

    snils: str | None = field(repr=False)
    region_code: str | None
    organization_oids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class OrganizationSubject:
    """The organization whom an internal record (posts occupied, say) is about."""

    oid: str
    parent_oid: str | None
    region_code: str | None


Subject = PersonSubject | OrganizationSubject


class Reach(StrEnum):
    """Whom a grant covers, as far as is known."""

    NOBODY = "nobody"
    SOME = "some"
    EVERYONE = "everyone"


class Standing(NamedTuple):
    """A role and whom it covers: all that the table needs to know of a grant."""

    role: Role
    reach: Reach


class RightsSet(NamedTuple):
    """All that decides what a principal sees of a class: his standings and the conditions that he meets.

    A tuple, as is a standing, since both are made and looked up for every row.
    """

    standings: frozenset[Standing]
    met: frozenset[Reason]


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision, the most that it gives of any row, and what is lacking for more."""

    decision: Decision
    best: Decision
    lacking: Reason | None

    @property
    def reason(self) -> Reason | None:
        """Why less than the value is given, as far as no row is needed to tell."""
        return None if self.decision is Decision.ROW else self.lacking


def decision(
    principal: Principal, purpose: Purpose | None, field_class: FieldClass, subject: Subject
) -> tuple[Decision, Reason | None]:
    """VALUE, MASK or WITHHELD for a class of fields of this subject, and why not more."""
    found = ruling(rights_of_row(principal, purpose, subject), field_class)
    return found.decision, found.reason


def static_decision(principal: Principal, purpose: Purpose | None, field_class: FieldClass) -> Decision:
    """The decision that holds of everyone, or ROW where some grant gives more of some."""
    return ruling(rights_set(principal, purpose), field_class).decision


def rights_set(principal: Principal, purpose: Purpose | None) -> RightsSet:
    """The principal's rights before any record is known."""
    return RightsSet(
        frozenset(Standing(grant.role, _reach(principal, grant)) for grant in principal.grants),
        _met(principal, purpose),
    )


def rights_of_row(principal: Principal, purpose: Purpose | None, subject: Subject) -> RightsSet:
    """The principal's rights over one subject: a grant covers him or does not."""
    return rights_of_rows(principal, purpose, (subject,))[0]


def rights_of_rows(
    principal: Principal, purpose: Purpose | None, subjects: Iterable[Subject]
) -> list[RightsSet]:
    """The same over each of many subjects: those whom the same grants cover share one."""
    grants, met = tuple(principal.grants), _met(principal, purpose)
    known: dict[tuple[bool, ...], RightsSet] = {}
    found: list[RightsSet] = []
    for subject in subjects:
        covered = tuple([covers(principal, grant, subject) for grant in grants])
        if covered not in known:
            known[covered] = RightsSet(frozenset(map(_over_row, grants, covered)), met)
        found.append(known[covered])
    return found


def _over_row(grant: Grant, covered: bool) -> Standing:
    return Standing(grant.role, Reach.EVERYONE if covered else Reach.NOBODY)


def covers(principal: Principal, grant: Grant, subject: Subject) -> bool:
    """Whether the subject is inside the grant's extent."""
    match TABLE[grant.role].extent:
        case Extent.SELF:
            return (
                isinstance(subject, PersonSubject)
                and subject.snils is not None
                and subject.snils == principal.snils
            )
        case Extent.OWN_STAFF:
            return not grant.organizations.isdisjoint(_employers(subject))
        case Extent.REGIONS:
            return grant.regions is None or subject.region_code in grant.regions
        case Extent.ALL:
            return True


def reaching(principal: Principal, branches: Mapping[str, Collection[str]]) -> Principal:
    """The same principal, each organization of an employer's grant replaced by those that it reaches now.

    `branches` says for an organization which ones that are, itself among them; one that is not in it reaches
    itself alone.
    """

    def reached(grant: Grant) -> Grant:
        if TABLE[grant.role].extent is not Extent.OWN_STAFF:
            return grant
        oids = (oid for own in grant.organizations for oid in branches.get(own, (own,)))
        return replace(grant, organizations=frozenset(oids))

    return replace(principal, grants=frozenset(map(reached, principal.grants)))


def own_organizations(principal: Principal) -> frozenset[str]:
    """The organizations whose staff the principal may see, as his token names them."""
    grants = [grant for grant in principal.grants if TABLE[grant.role].extent is Extent.OWN_STAFF]
    return frozenset[str]().union(*(grant.organizations for grant in grants))


def _employers(subject: Subject) -> Iterable[str | None]:
    if isinstance(subject, PersonSubject):
        return subject.organization_oids
    return (subject.oid,)


def _reach(principal: Principal, grant: Grant) -> Reach:
    match TABLE[grant.role].extent:
        case Extent.SELF:
            return Reach.SOME if principal.snils is not None else Reach.NOBODY
        case Extent.OWN_STAFF:
            return Reach.SOME if grant.organizations else Reach.NOBODY
        case Extent.REGIONS if grant.regions is not None:
            return Reach.SOME if grant.regions else Reach.NOBODY
        case Extent.REGIONS | Extent.ALL:
            return Reach.EVERYONE


def _met(principal: Principal, purpose: Purpose | None) -> frozenset[Reason]:
    stepped_up = principal.acr in STRONG_CLASSES or principal.amr & STRONG_METHODS
    met = {Reason.PURPOSE: purpose is not None, Reason.STEP_UP: bool(stepped_up)}
    return frozenset(reason for reason, holds in met.items() if holds)


@lru_cache(maxsize=4096)
def ruling(rights: RightsSet, field_class: FieldClass, *, maskable: bool = True) -> Ruling:
    """The table's answer for these rights; where the field's type carries no mask, a mask is nothing."""
    if field_class is FieldClass.PUBLIC:
        return Ruling(Decision.VALUE, Decision.VALUE, None)
    cells = [(standing, _cell(standing.role, field_class, maskable)) for standing in rights.standings]

    def most(reaches: set[Reach]) -> Decision:
        given = [cell.given(rights.met) for standing, cell in cells if standing.reach in reaches]
        return max(given, key=lambda each: each.rank, default=Decision.WITHHELD)

    of_everyone, best = most({Reach.EVERYONE}), most({Reach.EVERYONE, Reach.SOME})
    lacking = None if best is Decision.VALUE else _missing(cells, best, rights.met)
    return Ruling(of_everyone if of_everyone is best else Decision.ROW, best, lacking)


def _cell(role: Role, field_class: FieldClass, maskable: bool) -> Cell:
    cell = TABLE[role].cell(field_class)
    return cell if maskable else cell.unmasked


def _missing(cells: list[tuple[Standing, Cell]], floor: Decision, met: frozenset[Reason]) -> Reason:
    """What would bring more: conditions of a grant that covers, then a wider extent, then another role."""
    more = [(standing, cell) for standing, cell in cells if cell.gives.rank > floor.rank]
    lacking = [cell.lacking(met) for standing, cell in more if standing.reach is not Reach.NOBODY]
    if lacking:
        return min(lacking, key=lambda each: (len(each), each))[0]
    return Reason.EXTENT if more else Reason.ROLE
