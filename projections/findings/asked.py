"""What is asked of the findings: which ones, of whom the caller may hear, which page. Plain data."""

from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from auth.sight import NOBODY, Sight
from projections.findings.rules import FindingKind, Severity
from sources.registry import Registry


class FindingGroup(StrEnum):
    """By what findings are counted."""

    KIND = "KIND"
    SEVERITY = "SEVERITY"
    REGISTRY = "REGISTRY"
    ORGANIZATION = "ORGANIZATION"
    REGION = "REGION"


@dataclass(frozen=True, slots=True)
class Asked:
    """Which findings are asked for. None: of any; an empty tuple: of none.

    `organizations`, by OID, with their branches, their licences and the people whom they employ now. Those
    who are in `told` hear that there is a finding, of which kind and where; those in `whole` all of it.
    """

    kinds: tuple[FindingKind, ...] | None = None
    severities: tuple[Severity, ...] | None = None
    registries: tuple[Registry, ...] | None = None
    organizations: tuple[str, ...] | None = None
    regions: tuple[str, ...] | None = None
    worker: UUID | None = None
    told: Sight = field(default=NOBODY)
    whole: Sight = field(default=NOBODY)


Place = tuple[int, UUID]
"""A finding's place in the order: its severity, then its id."""


@dataclass(frozen=True, slots=True)
class FindingPage:
    """So many findings after a place."""

    asked: Asked
    after: Place | None
    size: int


@dataclass(frozen=True, slots=True)
class FindingCounts:
    """How many findings there are of each; the `top` most frequent."""

    asked: Asked
    by: FindingGroup
    top: int


@dataclass(frozen=True, slots=True)
class FindingChanges:
    """What was opened and closed after one event, up to another; `most`: so many of the opened are listed."""

    asked: Asked
    after: int
    until: int
    most: int
