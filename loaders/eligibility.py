"""The right to practise of many people at once: each registry is asked once for all of them."""

from __future__ import annotations

import datetime as dt
from asyncio import gather
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from projections.coverage import coverage
from projections.eligibility import Eligibility, Evidence, allowed_works, current, eligibility
from sources.keys import Snils

if TYPE_CHECKING:
    from loaders.loaders import Loaders


class PersonOnDay(NamedTuple):
    """Of whom, and for which day, it is asked: a worker's keys, and the status of his record."""

    id: UUID
    snils: Snils
    status: str
    on: dt.date


class EligibilityByPerson:
    """The right to practise of people on days. Whose registries fail has the failure in his place."""

    def __init__(self, loaders: Loaders) -> None:
        self._loaders = loaders

    async def asked(self, people: Sequence[PersonOnDay]) -> Mapping[PersonOnDay, Eligibility]:
        """The answer for each, a failure among them as the exception that it is."""
        evidence = _Evidence(self._loaders)
        await evidence.gather(people)
        covers = coverage(self._loaders.sources.dictionaries)
        found: dict[PersonOnDay, Any] = {}
        for each in people:
            told = evidence.of(each)
            found[each] = told if isinstance(told, Exception) else eligibility(each, told, covers, each.on)
        return found


class _Evidence:
    """What the registries say of these people: by key, the failures as they are."""

    def __init__(self, loaders: Loaders) -> None:
        self._loaders = loaders

    async def gather(self, people: Sequence[PersonOnDay]) -> None:
        """Ask each registry for everybody: of the person, then of the employers, then of their licences."""
        its = self._loaders
        ids, numbers = [each.id for each in people], [each.snils for each in people]
        self._restrictions, self._credentials, self._employments, self._own = await gather(
            its.restrictions_by_worker.answers(ids),
            its.credentials_by_worker.answers(numbers),
            its.employments_by_worker.answers(ids),
            its.licenses_by_worker.answers(numbers),
        )
        self._organizations = await its.organization_by_oid.answers(
            oid for each in people for oid in self._places(each)
        )
        holders = [(each.oid, each.inn, each.ogrn) for each in _known(self._organizations.values())]
        held = await its.licenses_by_organization.answers(holders)
        self._held = {oid: licenses for (oid, *_), licenses in held.items()}
        licenses = _known((*self._own.values(), *self._held.values()))
        found = await its.activities_by_license.answers(_ids(licenses))
        self._works: dict[UUID, Any] = {
            key: each if isinstance(each, Exception) else allowed_works(each) for key, each in found.items()
        }

    def of(self, person: PersonOnDay) -> Evidence | Exception:
        """The evidence of one person, or the first failure to get it."""
        places = self._places(person)
        licenses = {"": self._own[person.snils]}
        licenses |= {oid: self._held[oid] for oid in places if oid in self._held}
        own = (self._restrictions[person.id], self._credentials[person.snils], self._employments[person.id])
        works = {key: self._works[key] for key in _ids(_known(licenses.values()))}
        told = (*own, *map(self._organizations.get, places), *licenses.values(), *works.values())
        failure = next((each for each in told if isinstance(each, Exception)), None)
        return failure or Evidence(*own, licenses, works)

    def _places(self, person: PersonOnDay) -> list[Any]:
        """The OIDs of those who employ a person on the day."""
        return [
            each.organization_oid
            for employments in _known([self._employments[person.id]])
            for each in employments
            if current(each, person.on)
        ]


def _known(values: Iterable[Any]) -> list[Any]:
    """Those that are there: neither null nor a failure."""
    return [each for each in values if each is not None and not isinstance(each, Exception)]


def _ids(licenses: Iterable[Sequence[Any]]) -> list[UUID]:
    return [each.id for held in licenses for each in held]
