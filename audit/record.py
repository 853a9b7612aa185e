"""Entries of the journal as they are shown: whole to an auditor, in part to the person they are about."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from audit.chain import Entry
from audit.event import Refused, Released, event


@dataclass(frozen=True, slots=True)
class JournalRecord:
    """An entry of the journal, as it is shown."""

    number: str
    hash: str
    at: datetime
    request: str
    transport: str
    actor: str
    roles: Sequence[str]
    organizations: Sequence[str]
    regions: Sequence[str]
    session: str | None
    address: str | None
    purpose: str | None
    operation: str | None
    document: str
    released: Sequence[Released]
    refused: Sequence[Refused]


@dataclass(frozen=True, slots=True)
class Access:
    """That somebody was given something of one's own record."""

    number: str
    at: datetime
    roles: Sequence[str]
    organizations: Sequence[str]
    purpose: str | None
    values: Sequence[str]
    masks: Sequence[str]


def record(entry: Entry) -> JournalRecord:
    """An entry as the auditor sees it."""
    told = event(entry.body)
    actor = told.actor
    return JournalRecord(
        number=str(entry.number),
        hash=entry.hash.hex(),
        at=told.at,
        request=told.request,
        transport=told.transport,
        actor=actor.subject,
        roles=[held.role for held in actor.holdings],
        organizations=[each for held in actor.holdings for each in held.organizations],
        regions=[
            each for held in actor.holdings for each in (("all",) if held.regions is None else held.regions)
        ],
        session=actor.session,
        address=actor.address,
        purpose=told.purpose,
        operation=told.operation,
        document=told.document,
        released=told.released,
        refused=told.refused,
    )


def access(entry: Entry, subject: str) -> Access:
    """An entry as the person sees it whom it is about: nothing of who else is in it."""
    seen = record(entry)
    own = [each for each in seen.released if subject in each.subjects]
    return Access(
        number=seen.number,
        at=seen.at,
        roles=seen.roles,
        organizations=seen.organizations,
        purpose=seen.purpose,
        values=[name for each in own for name in each.values],
        masks=[name for each in own for name in each.masks],
    )
