"""How claims about workers are verified: a fixed number of calls to each registry, however many claims."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final
from uuid import UUID

from loaders.eligibility import PersonOnDay
from projections.eligibility import Eligibility
from resolvers.claim import Claim
from resolvers.context import Context
from resolvers.errors import BadArgument
from resolvers.identity import NEEDS as IDENTITY
from resolvers.identity import Identities, Identity
from resolvers.lead import Lead, leads
from resolvers.link import HIDDEN, Ask, Resolver, computed, lookup
from resolvers.worker import EVIDENCE, eligible_in

MOST_CLAIMS: Final = 1_000


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found for one claim."""

    noun: ClassVar[str] = "Verification"
    index: int
    on: dt.date
    claim: Claim
    lead: Lead
    identities: Identities

    @property
    def worker_id(self) -> UUID | None:
        """Whom it is about."""
        return None if self.lead.worker is None else self.lead.worker.id


async def verify(context: Context, claims: Sequence[Claim], on: dt.date | None) -> list[Verification]:
    """What is found for each claim, in their order."""
    if len(claims) > MOST_CLAIMS:
        raise BadArgument(f"argument `input` may hold {MOST_CLAIMS} claims at most, but holds {len(claims)}")
    found = await leads(context, claims)
    day, identities = on or context.today, Identities(context, claims, found)
    return [
        Verification(index, day, claim, lead, identities)
        for index, (claim, lead) in enumerate(zip(claims, found, strict=True))
    ]


def _found(root: Verification) -> bool | None:
    if root.lead.found is None and root.lead.failure is not None:
        raise root.lead.failure
    return root.lead.found


def _worker(root: Verification, _context: Context) -> Any:
    """The worker's record; where the worker registry has none, that is told as of any reference."""
    if root.lead.failure is not None:
        raise root.lead.failure
    if root.lead.absent is not None:
        return Ask("worker_by_snils", root.lead.absent, HIDDEN)
    return root.lead.worker


def _identity(told: Callable[[Identity], Any]) -> Resolver:
    """A field that says how far the worker is who he is claimed to be."""

    def find(root: Verification, _context: Context) -> Any:
        if root.lead.failure is not None:
            raise root.lead.failure
        return root.identities.of(root.index)

    def then(found: Identity, _root: Any, _context: Context) -> Any:
        if found.failure is not None:
            raise found.failure
        return told(found)

    return lookup(find, IDENTITY, then)


def _eligibility(root: Verification, context: Context) -> Ask | None:
    worker = _worker(root, context)
    if worker is None or isinstance(worker, Ask):
        return None
    return Ask("eligibility_by_person", PersonOnDay(worker.id, worker.snils, worker.status, root.on))


def _practice(told: Callable[[Eligibility, Context], Any]) -> Resolver:
    """A field of the right to practise; null where there is nobody who could have it."""

    def then(found: Eligibility | None, _root: Any, context: Context) -> Any:
        return None if found is None else told(found, context)

    return lookup(_eligibility, EVIDENCE, then)


key = computed(lambda root: root.claim.key)
number = computed(lambda root: root.lead.number)
problem = computed(lambda root: root.lead.problem)
found = computed(_found)
worker = lookup(_worker)
identity_matches = _identity(lambda found: found.matches)
differences = _identity(lambda found: found.differences)
eligible = _practice(lambda found, _: found.allowed)
specialties = _practice(eligible_in)
reasons = _practice(lambda found, _: found.reasons)
