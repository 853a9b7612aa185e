"""Whether workers are who they are claimed to be, as far as the caller may be told."""

from asyncio import Task, create_task
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from resolvers.claim import NAMES, Claim, IdentityFact
from resolvers.context import Context
from resolvers.lead import Lead, sighted
from resolvers.link import Needs
from sources.names import folded

NEEDS: Final[Needs] = {"Worker": ("id", *NAMES.values())}
"""The columns that are compared with what everyone may claim."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What the registry's record says to the identity that is claimed."""

    matches: bool | None = None
    """Null where nothing is claimed, or what is claimed may not be told."""
    differences: tuple[IdentityFact, ...] | None = None
    failure: Exception | None = None
    """Why it cannot be told."""


class Identities:
    """The identities of all claims of one question; birth dates are asked for when the first is wanted."""

    def __init__(self, context: Context, claims: Sequence[Claim], found: Sequence[Lead]) -> None:
        self._context = context
        self._pairs = list(zip(claims, found, strict=True))
        self._births: Task[dict[UUID, Any]] | None = None

    def of(self, index: int) -> Identity | Awaitable[Identity]:
        """The identity of one claim's worker."""
        claim, lead = self._pairs[index]
        dated = lead.worker is not None and claim.birth_date is not None
        return self._with_births(index) if dated else _identity(claim, lead.worker, {})

    async def _with_births(self, index: int) -> Identity:
        if self._births is None:
            dated = [lead.worker.id for claim, lead in self._pairs if lead.worker and claim.birth_date]
            self._births = create_task(_births(self._context, dated))
        claim, lead = self._pairs[index]
        return _identity(claim, lead.worker, await self._births)


async def _births(context: Context, ids: Sequence[UUID]) -> dict[UUID, Any]:
    """Dates of birth, or failures, of those of whom the caller may know them: no others are asked for."""
    sights = await sighted(context, "birthDate", ids)
    failed = {key: sight for key, sight in sights.items() if isinstance(sight, Exception)}
    known = [key for key, sight in sights.items() if sight is True]
    records = await context.loaders.birth_date_by_worker.answers(known)
    return failed | {
        key: each if isinstance(each, Exception) else each.birth_date
        for key, each in records.items()
        if each is not None
    }


def _identity(claim: Claim, worker: Any, births: Mapping[UUID, Any]) -> Identity:
    if worker is None or not (claim.names or claim.birth_date):
        return Identity()
    born = births.get(worker.id) if claim.birth_date else None
    if isinstance(born, Exception):
        return Identity(failure=born)
    differing = [fact for fact, name in claim.names.items() if _name(worker, fact) != name]
    if born not in (None, claim.birth_date):
        differing.append(IdentityFact.BIRTH_DATE)
    untold = claim.birth_date is not None and born is None
    return Identity(False if differing else None if untold else True, tuple(differing))


def _name(worker: Any, fact: IdentityFact) -> str:
    return folded(getattr(worker, NAMES[fact]) or "")
