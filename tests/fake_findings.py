"""A reader of findings that finds one and the same of everybody."""

import datetime as dt
from collections.abc import Mapping, Sequence
from uuid import UUID

from projections.findings.asked import Asked, FindingChanges, FindingCounts, FindingPage
from projections.findings.reader import About, Changes, Count, Evidence, Finding, Mark
from projections.findings.rules import RULES
from sources.keys import Oid

MOMENT = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)


def finding(rule: str, noun: str, key: str, about: About) -> Finding:
    """A finding about this record."""
    said = Evidence(RULES[rule].registry, noun, key, "region", "00", about)
    return Finding(
        id=UUID(int=1),
        rule_name=rule,
        rule=RULES[rule],
        record_noun=noun,
        key=key,
        about=about,
        organization_oid=about.oid,
        region_code="00",
        license_id=None,
        since=MOMENT.date(),
        found_at=MOMENT,
        evidence=[said],
    )


def of_worker(key: UUID) -> Finding:
    """That the region of a worker's record is unknown."""
    return finding("unknown_worker_region", "Worker", str(key), About(key, None, None))


def of_organization(oid: Oid) -> Finding:
    """That the region of an organization is unknown."""
    return finding("unknown_organization_region", "Organization", oid, About(None, oid, "00"))


class FakeFindings:
    """Finds that everybody's region is unknown, and nothing on pages."""

    async def page(self, page: FindingPage) -> Sequence[Finding]:  # noqa: ARG002
        """None."""
        return ()

    async def count(self, asked: Asked) -> int:  # noqa: ARG002
        """None."""
        return 0

    async def counts(self, counts: FindingCounts) -> Sequence[Count]:  # noqa: ARG002
        """None."""
        return ()

    async def of_workers(self, ids: Sequence[UUID]) -> Mapping[UUID, Sequence[Finding]]:
        """One of each."""
        return {each: [of_worker(each)] for each in ids}

    async def of_organizations(self, oids: Sequence[Oid]) -> Mapping[Oid, Sequence[Finding]]:
        """One of each."""
        return {each: [of_organization(each)] for each in oids}

    async def changes(self, changes: FindingChanges) -> Changes:  # noqa: ARG002
        """None."""
        return Changes((), 0, 0)

    async def mark(self) -> Mark:
        """Where nothing ever happens."""
        return Mark(MOMENT, 0)
