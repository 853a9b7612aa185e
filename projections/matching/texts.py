"""Whether hits bear every word of the text that was searched for, each kind by what it can be found by."""

from asyncio import gather
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from projections.eligibility import credential_in_force
from projections.matching import employment
from projections.matching.license import of_business
from projections.matching.logic import UNREAD, Mark, every
from projections.matching.noun import OWN, Needs
from projections.matching.qualification import WORKER
from projections.matching.registries import Members, Registries
from projections.matching.words import Words, words_of
from projections.matching.worker import CREDENTIALS, employers
from projections.search.condition import Root, Search
from projections.search.words import typed_words
from sources.dictionary import Dictionary

NAMES: Final = ("last_name", "first_name", "middle_name")
IN_FORCE: Final = ("specialty_code", "status", "issued_on", "valid_until")


@dataclass(frozen=True, slots=True)
class Worded:
    """The words of one record; some may be unread."""

    words: Words
    is_whole: bool = True

    def bears(self, word: str) -> Mark:
        """Whether it bears a word."""
        return True if self.words.bear(word) else False if self.is_whole else None


@dataclass(frozen=True, slots=True)
class Text:
    """What a kind of record is found by: the columns that this reads, and the words of many records."""

    needs: Needs
    words: Callable[[Sequence[Any], Registries], Awaitable[list[Worded]]]


async def text_marks(search: Search, records: Sequence[Any], its: Registries) -> list[Mark]:
    """Of each record whether it bears every word of the search's text."""
    if search.text is None:
        return [True] * len(records)
    typed = typed_words(search.text)
    return [every(map(each.bears, typed)) for each in await TEXTS[search.root].words(records, its)]


async def _of_workers(workers: Sequence[Any], its: Registries) -> list[Worded]:
    found = await gather(
        employment.lasting(workers, its), employers(workers, its), CREDENTIALS.members(workers, its)
    )
    return [_of_worker(worker, each, its) for worker, *each in zip(workers, *found, strict=True)]


def _of_worker(worker: Any, found: Sequence[Members], its: Registries) -> Worded:
    jobs, places, credentials = ([each for each in some if each is not UNREAD] for some in found)
    certified = [each for each in credentials if credential_in_force(each, its.day)]
    others = words_of(
        worker.registry_number,
        *(_name(its, Dictionary.POSITIONS, each.position_code) for each in jobs),
        *(_name(its, Dictionary.SPECIALTIES, each.specialty_code) for each in certified),
        *(name for each in places for name in (each.full_name, each.short_name)),
    )
    return Worded(_of_person(worker, others), not any(UNREAD in some for some in found))


def _of_person(worker: Any, others: frozenset[str]) -> Words:
    return Words(words_of(worker.last_name), words_of(worker.first_name, worker.middle_name), others)


def _name(its: Registries, dictionary: Dictionary, code: str) -> str | None:
    return its.dictionaries.entry(dictionary, code).name


async def _of_credentials(credentials: Sequence[Any], its: Registries) -> list[Worded]:
    people = await WORKER.members(credentials, its)
    return [_of_credential(each, found, its) for each, found in zip(credentials, people, strict=True)]


def _of_credential(credential: Any, people: Members, its: Registries) -> Worded:
    others = words_of(credential.number, _name(its, Dictionary.SPECIALTIES, credential.specialty_code))
    if not people or people[0] is UNREAD:
        return Worded(Words(others=others), is_whole=not people)
    return Worded(_of_person(people[0], others))


async def _of_organizations(organizations: Sequence[Any], _its: Registries) -> list[Worded]:
    return [
        Worded(Words(others=words_of(each.oid, of_business(each.inn), each.full_name, each.short_name)))
        for each in organizations
    ]


async def _of_licenses(licenses: Sequence[Any], _its: Registries) -> list[Worded]:
    words = (words_of(each.number, each.old_number, each.holder_name) for each in licenses)
    return [Worded(Words(others=each)) for each in words]


TEXTS: Final[Mapping[Root, Text]] = {
    Root.WORKER: Text(
        {
            OWN: ("id", "snils", "registry_number", *NAMES),
            "Employment": ("organization_oid", "position_code", *employment.TERM),
            "Organization": ("full_name", "short_name"),
            "Credential": IN_FORCE,
        },
        _of_workers,
    ),
    Root.ORGANIZATION: Text({OWN: ("oid", "inn", "full_name", "short_name")}, _of_organizations),
    Root.LICENSE: Text({OWN: ("number", "old_number", "holder_name")}, _of_licenses),
    Root.CREDENTIAL: Text(
        {OWN: ("worker_snils", "number", "specialty_code"), "Worker": NAMES}, _of_credentials
    ),
}
