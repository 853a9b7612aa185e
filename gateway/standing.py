"""What the registries say of a token's employer grants, in the words of auth/standing.py."""

from collections.abc import Mapping
from dataclasses import dataclass

from auth.errors import StandingUnknown
from auth.standing import Organization
from sources.errors import SourceError
from sources.keys import Oid, Snils
from sources.organization import OrganizationSource
from sources.worker import WorkerSource

COLUMNS = ("oid", "parent_oid", "status")
LIQUIDATED = "LIQUIDATED"


@dataclass(frozen=True, slots=True)
class RegistryStanding:
    """Asks the worker registry who employs a person, and the organization registry who is left."""

    workers: WorkerSource
    organizations_source: OrganizationSource

    async def employers(self, snils: str) -> frozenset[str]:
        """The OIDs of those that employ this person today; none where the registry does not know him."""
        try:
            found = await self.workers.subjects_by_snils([Snils(snils)])
        except SourceError as exc:
            raise StandingUnknown from exc
        return frozenset[str]().union(*(subject.organization_oids for subject in found.values()))

    async def organizations(self, oids: frozenset[str]) -> Mapping[str, Organization]:
        """The organizations with these OIDs."""
        try:
            found = await self.organizations_source.organizations_by_oid(
                [Oid(oid) for oid in sorted(oids)], COLUMNS
            )
        except SourceError as exc:
            raise StandingUnknown from exc
        return {oid: Organization(row.parent_oid, row.status == LIQUIDATED) for oid, row in found.items()}
