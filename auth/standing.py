"""Whether employer grants hold: the organization exists still, and a holder who is named is its employee."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Protocol

from auth.errors import StandingUnknown
from auth.principal import Grant, Lapse, LapseReason, Principal

SECONDS: Final = 3.0
"""How long the registries' word on a grant is believed."""

SECONDS_UNKNOWN: Final = 1.0
"""How long a grant is refused before a registry that was away is asked again."""


@dataclass(frozen=True, slots=True)
class Organization:
    """What decides about an organization: the one that it is a branch of, and whether it was liquidated."""

    parent: str | None
    is_liquidated: bool


class Registries(Protocol):
    """What the registries say of employers. StandingUnknown where one is away."""

    async def employers(self, snils: str) -> frozenset[str]:
        """The OIDs of those that employ this person today."""
        ...

    async def organizations(self, oids: frozenset[str]) -> Mapping[str, Organization]:
        """The organizations with these OIDs; one that the registry does not know is not in the map."""
        ...


class GrantStanding:
    """Takes from a principal the grants that do not hold just now, and says why each does not."""

    def __init__(self, registries: Registries) -> None:
        self._registries = registries

    async def held(self, principal: Principal) -> tuple[Principal, float]:
        """The principal with the grants that hold, and for how many seconds that may be believed."""
        claimed = frozenset[str]().union(*(grant.organizations for grant in principal.grants))
        if not claimed:
            return principal, float("inf")
        employers = await self._employers(principal)
        known = await self._organizations(claimed | (employers or frozenset()))
        grants, lapses = set[Grant](), list[Lapse]()
        for grant in principal.grants:
            lost = list(_lapses(grant, principal, employers, known))
            lapses += lost
            left = grant.organizations - {each.organization for each in lost}
            grants.add(replace(grant, organizations=left))
        lapses.sort(key=lambda each: (each.role, each.organization or ""))
        is_known = known is not None and (employers is not None or principal.snils is None)
        seconds = SECONDS if is_known else SECONDS_UNKNOWN
        return replace(principal, grants=frozenset(grants), lapses=tuple(lapses)), seconds

    async def _employers(self, principal: Principal) -> frozenset[str] | None:
        """Who employs the holder; None where nobody can say, or he is not named."""
        if principal.snils is None:
            return None
        try:
            return await self._registries.employers(principal.snils)
        except StandingUnknown:
            return None

    async def _organizations(self, oids: frozenset[str]) -> Mapping[str, Organization] | None:
        try:
            return await self._registries.organizations(oids)
        except StandingUnknown:
            return None


def _lapses(
    grant: Grant,
    principal: Principal,
    employers: frozenset[str] | None,
    known: Mapping[str, Organization] | None,
) -> Iterator[Lapse]:
    for oid in grant.organizations:
        reason = _closed(oid, known)
        if reason is None and principal.snils is not None:
            reason = _not_employed(oid, employers, known or {})
        if reason is not None:
            yield Lapse(grant.role, reason, oid)


def _closed(oid: str, known: Mapping[str, Organization] | None) -> LapseReason | None:
    if known is None or oid not in known:
        return LapseReason.ORGANIZATION_UNKNOWN
    return LapseReason.ORGANIZATION_CLOSED if known[oid].is_liquidated else None


def _not_employed(
    oid: str, employers: frozenset[str] | None, known: Mapping[str, Organization]
) -> LapseReason | None:
    if employers is None:
        return LapseReason.EMPLOYMENT_UNKNOWN
    parents = {known[each].parent for each in employers if each in known}
    return None if oid in employers | parents else LapseReason.EMPLOYMENT_ENDED
