"""May this person practise on that day? A rule over four registries, as a pure function of their records."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class EligibilityReason(StrEnum):
    """Why a person may not practise."""

    RECORD_NOT_ACTIVE = "RECORD_NOT_ACTIVE"
    PRACTICE_BAN = "PRACTICE_BAN"
    NO_VALID_CREDENTIAL = "NO_VALID_CREDENTIAL"
    NOT_EMPLOYED = "NOT_EMPLOYED"
    EMPLOYER_NOT_LICENSED = "EMPLOYER_NOT_LICENSED"


class WorkerFacts(Protocol):
    """What the rule reads of a worker."""

    @property
    def id(self) -> UUID: ...
    @property
    def status(self) -> str: ...


class RestrictionFacts(Protocol):
    """What the rule reads of a restriction."""

    @property
    def kind(self) -> str: ...
    @property
    def imposed_on(self) -> dt.date: ...
    @property
    def lifted_on(self) -> dt.date | None: ...


class CredentialFacts(Protocol):
    """What the rule reads of a credential."""

    @property
    def specialty_code(self) -> str: ...
    @property
    def issued_on(self) -> dt.date: ...
    @property
    def valid_until(self) -> dt.date: ...
    @property
    def status(self) -> str: ...


class EmploymentFacts(Protocol):
    """What the rule reads of an employment."""

    @property
    def organization_oid(self) -> str: ...
    @property
    def started_on(self) -> dt.date: ...
    @property
    def ended_on(self) -> dt.date | None: ...


class LicenseFacts(Protocol):
    """What the rule reads of a licence."""

    @property
    def id(self) -> UUID: ...
    @property
    def status(self) -> str: ...
    @property
    def issued_on(self) -> dt.date: ...
    @property
    def valid_until(self) -> dt.date | None: ...


class ActivityFacts(Protocol):
    """What the rule reads of a licence's activity."""

    @property
    def activity_code(self) -> str: ...
    @property
    def suspended(self) -> bool: ...


BANS = frozenset({"PRACTICE_BAN", "SUSPENSION"})
"""Restrictions that forbid practice as a whole; a reprimand or a limit of procedures does not."""

VALID_CREDENTIAL = frozenset({"ACTIVE", "RENEWING"})


class Coverage(Protocol):
    """Which licensed activities cover the work of a specialty."""

    def covers(self, specialty_code: str, activity_codes: Collection[str]) -> bool:
        """Whether any of these activities allows the work of this specialty."""
        ...


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The answer: allowed or not on that day, in which specialties, and every reason against."""

    noun = "Eligibility"
    worker_id: UUID
    on: dt.date
    allowed: bool
    specialty_codes: tuple[str, ...]
    reasons: tuple[EligibilityReason, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that the rule reads of one person, from the four registries."""

    restrictions: Sequence[RestrictionFacts]
    credentials: Sequence[CredentialFacts]
    employments: Sequence[EmploymentFacts]
    licenses: Mapping[str, Sequence[LicenseFacts]]
    """Licences of each employer, by OID, and under the empty key the person's own."""
    works: Mapping[UUID, frozenset[str]]
    """What each licence allows, as `allowed_works` says it: worked out once for all who work under it."""


def current(employment: EmploymentFacts, on: dt.date) -> bool:
    """Whether an employment lasts on that day."""
    return employment.started_on <= on and (employment.ended_on is None or employment.ended_on >= on)


def license_in_force(found: LicenseFacts, on: dt.date) -> bool:
    """Whether a licence is in force on that day, by its status and by its term, which may be ahead of it."""
    started = found.issued_on <= on
    return found.status == "ACTIVE" and started and (found.valid_until is None or found.valid_until >= on)


def credential_in_force(found: CredentialFacts, on: dt.date) -> bool:
    """Whether a credential is in force on that day, by its status and by its term."""
    return found.status in VALID_CREDENTIAL and found.issued_on <= on <= found.valid_until


def allowed_works(activities: Sequence[ActivityFacts]) -> frozenset[str]:
    """The codes of those of a licence's activities that are not suspended."""
    return frozenset(each.activity_code for each in activities if not each.suspended)


def eligibility(worker: WorkerFacts, evidence: Evidence, coverage: Coverage, on: dt.date) -> Eligibility:
    """Whether this person may practise on that day, in which specialties, and all the reasons when not."""
    certified = sorted({c.specialty_code for c in evidence.credentials if credential_in_force(c, on)})
    places = [e.organization_oid for e in evidence.employments if current(e, on)]
    own = evidence.licenses.get("", ())
    licences = [found for oid in ("", *places) for found in evidence.licenses.get(oid, ())]
    works = _licensed_works(licences, evidence, on)
    covered = tuple(code for code in certified if coverage.covers(code, works))
    against = {
        EligibilityReason.RECORD_NOT_ACTIVE: worker.status != "ACTIVE",
        EligibilityReason.PRACTICE_BAN: any(_forbids(r, on) for r in evidence.restrictions),
        EligibilityReason.NO_VALID_CREDENTIAL: not certified,
        EligibilityReason.NOT_EMPLOYED: not places and not own,
        EligibilityReason.EMPLOYER_NOT_LICENSED: bool(certified and (places or own)) and not covered,
    }
    reasons = tuple(reason for reason, holds in against.items() if holds)
    return Eligibility(worker.id, on, not reasons, covered if not reasons else (), reasons)


def _forbids(restriction: RestrictionFacts, on: dt.date) -> bool:
    lifted = restriction.lifted_on is not None and restriction.lifted_on <= on
    return restriction.kind in BANS and restriction.imposed_on <= on and not lifted


def _licensed_works(licences: Sequence[LicenseFacts], evidence: Evidence, on: dt.date) -> frozenset[str]:
    """The codes of activities that these licences allow on that day."""
    in_force = (each.id for each in licences if license_in_force(each, on))
    return frozenset(code for key in in_force for code in evidence.works.get(key, ()))
