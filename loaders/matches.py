"""Marks of a search's hits, by records that loaders of their own read: one call a step for a whole page."""

from asyncio import gather
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple
from uuid import UUID

from loaders.eligibility import PersonOnDay
from loaders.pages import EmploymentPage
from projections.coverage import coverage
from projections.matching.hits import marks_of_hits
from projections.matching.logic import UNREAD, Mark
from projections.matching.needs import needs
from projections.matching.organization import STAFF
from projections.matching.registries import Registries
from projections.search.condition import Search
from sources.dictionary import Dictionaries
from sources.errors import SourceError
from sources.keys import Oid
from sources.rows import Columns

_STAFF: Final = EmploymentPage(current=None, after=None, limit=STAFF + 1)
_ASKED: Final[Mapping[str, tuple[str, Callable[[Any], Any]]]] = {
    "employments_by_organization": ("employment_page", lambda oid: (_STAFF, oid)),
    "eligibility_by_person": ("eligibility_by_person", PersonOnDay._make),
}
"""What is asked of a loader under another name, or by a key of another form."""


class Match(NamedTuple):
    """A search and the key of one of its hits."""

    search: Search
    key: UUID | Oid


class Matches:
    """Whether hits pass their searches by what the registries say now."""

    def __init__(self, dictionaries: Dictionaries, reading: Callable[[Mapping[str, Columns]], Any]) -> None:
        """`reading` makes loaders that read these columns of each noun."""
        self._dictionaries = dictionaries
        self._reading = reading

    async def asked(self, keys: Sequence[Match]) -> Mapping[Match, Mark]:
        """The mark of each hit; the hits of one search are looked at together."""
        hits: dict[Search, list[Any]] = {}
        for search, key in keys:
            hits.setdefault(search, []).append(key)
        found = await gather(*(self._marks(search, each) for search, each in hits.items()))
        return {match: mark for marks in found for match, mark in marks.items()}

    async def _marks(self, search: Search, keys: Sequence[Any]) -> Mapping[Match, Mark]:
        records = LoadedRecords(self._reading(needs(search)))
        its = Registries(records, search.day, self._dictionaries, coverage(self._dictionaries))
        try:
            marks = await marks_of_hits(search, keys, its)
        finally:
            records.forget()
        return {Match(search, key): mark for key, mark in zip(keys, marks, strict=True)}


class LoadedRecords:
    """The records that an evaluation asks, by loaders."""

    def __init__(self, loaders: Any) -> None:
        self._loaders = loaders

    async def read(self, loader: str, keys: Sequence[Any]) -> Sequence[Any]:
        """What the loader gives for each key; `UNREAD` where its registry is away."""
        name, key = _ASKED.get(loader, (loader, None))
        load = getattr(self._loaders, name).load
        asked = keys if key is None else map(key, keys)
        return [_told(each) for each in await gather(*map(load, asked), return_exceptions=True)]

    def forget(self) -> None:
        """Let go of what was read: loaders know each other, and would wait for the collector of cycles."""
        vars(self._loaders).clear()


def _told(answer: Any) -> Any:
    if isinstance(answer, SourceError):
        return UNREAD
    if isinstance(answer, BaseException):
        raise answer
    return answer
