"""What is said of findings, and who says it: the seam that upper rooms know."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple, Protocol
from uuid import UUID

from projections.findings.asked import Asked, FindingChanges, FindingCounts, FindingPage
from projections.findings.rules import Rule
from sources.keys import Oid
from sources.registry import Registry


class About(NamedTuple):
    """Whom a finding is about: a worker, by his registry's key, or else an organization and its region.

    `nobody`: a person whom the worker registry does not have.
    """

    worker_id: UUID | None
    oid: Oid | None
    region_code: str | None
    nobody: bool = False
    parent_oid: None = None

    @property
    def called(self) -> str:
        """Whom it is about, in the journal's words."""
        if self.nobody:
            return "Worker:?"
        return f"Organization:{self.oid or '?'}" if self.worker_id is None else f"Worker:{self.worker_id}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one record says: of which registry and type, under which key, in which field, and what."""

    noun: ClassVar[str] = "FindingEvidence"
    registry: Registry
    record_noun: str
    key: str
    field: str
    value: str | None
    """None: it says nothing, is not told, or is read of the record."""
    about: About
    """Whom the record is about; of a double it is another person."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `organization_oid`: whom it concerns, where that may be told and is known."""

    noun: ClassVar[str] = "Finding"
    id: UUID
    rule_name: str
    rule: Rule
    record_noun: str
    key: str
    about: About
    organization_oid: Oid | None
    region_code: str | None
    license_id: UUID | None
    since: dt.date | None
    found_at: dt.datetime
    evidence: Sequence[Evidence]


@dataclass(frozen=True, slots=True)
class Count:
    """How many findings have a value; None: those that have none."""

    value: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What came and went: the first of those opened that are there still, and how many of each in all."""

    opened: Sequence[Finding]
    opened_count: int
    closed_count: int


@dataclass(frozen=True, slots=True)
class Mark:
    """Where the events stand: of which build, and the last number."""

    build: dt.datetime
    number: int


class FindingReader(Protocol):
    """Answers about findings. Each raises SearchError."""

    async def page(self, page: FindingPage) -> Sequence[Finding]:
        """The findings of a page, the worst first, then by id."""
        ...

    async def count(self, asked: Asked) -> int:
        """How many there are."""
        ...

    async def counts(self, counts: FindingCounts) -> Sequence[Count]:
        """How many there are of each, the most frequent first, then by value."""
        ...

    async def of_workers(self, ids: Sequence[UUID]) -> Mapping[UUID, Sequence[Finding]]:
        """What is found about each of these people, in the same order."""
        ...

    async def of_organizations(self, oids: Sequence[Oid]) -> Mapping[Oid, Sequence[Finding]]:
        """What is found about each of these organizations and its licences; nothing about people."""
        ...

    async def changes(self, changes: FindingChanges) -> Changes:
        """What was opened and closed."""
        ...

    async def mark(self) -> Mark:
        """Where the events stand now."""
        ...
