"""What the projection says of findings, each page and count asked once, those of many records together."""

from __future__ import annotations

from asyncio import gather
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, TypeVar
from uuid import UUID

from loaders.base import Asked as Read
from loaders.base import ManyByKey, OneByKey
from loaders.declared import Asking, Declared
from loaders.search import side_by_side
from projections.findings.asked import Asked, FindingChanges, FindingCounts, FindingPage
from projections.findings.reader import About, Changes, Count, Finding, FindingReader
from projections.search.errors import SearchUnavailable
from sources.keys import Oid

K = TypeVar("K")
V = TypeVar("V")


def page(reader: FindingReader, asked: FindingPage) -> Awaitable[Sequence[Finding]]:
    """The findings of a page and, where there are more, one beyond it."""
    return reader.page(asked)


def count(reader: FindingReader, asked: Asked) -> Awaitable[int]:
    """How many there are."""
    return reader.count(asked)


def counts(reader: FindingReader, asked: FindingCounts) -> Awaitable[Sequence[Count]]:
    """How many there are of each."""
    return reader.counts(asked)


def changes(reader: FindingReader, asked: FindingChanges) -> Awaitable[Changes]:
    """What was opened and closed."""
    return reader.changes(asked)


def of_workers(reader: FindingReader, ids: Sequence[UUID]) -> Awaitable[Mapping[UUID, Sequence[Finding]]]:
    """What is found about each of these people."""
    return reader.of_workers(ids)


def of_organizations(
    reader: FindingReader, oids: Sequence[Oid]
) -> Awaitable[Mapping[Oid, Sequence[Finding]]]:
    """What is found about each of these organizations and its licences."""
    return reader.of_organizations(oids)


def many(
    read: Callable[[FindingReader, K], Awaitable[Sequence[V]]],
) -> Declared[K, Sequence[V], ManyByKey[K, V]]:
    """A loader of lists, a statement for each key."""
    return Declared(ManyByKey, (), lambda its: _each(its, read))


def one(read: Callable[[FindingReader, K], Awaitable[V]]) -> Declared[K, V, OneByKey[K, V]]:
    """A loader of single answers, a statement for each key."""
    return Declared(OneByKey, None, lambda its: _each(its, read))


def of_each(
    read: Callable[[FindingReader, Sequence[K]], Awaitable[Mapping[K, Sequence[Finding]]]],
) -> Declared[K, Sequence[Finding], ManyByKey[K, Finding]]:
    """A loader of the findings of each record, one statement for all."""

    def asked(its: Asking) -> Read[K, Sequence[Finding]]:
        async def found(keys: Sequence[K]) -> Mapping[K, Sequence[Finding]]:
            return await read(_reader(its), keys)

        return found

    return Declared(ManyByKey, (), asked)


def subjects(its: Any) -> Read[About, Any]:
    """What row rules ask of those whom findings are about."""

    async def asked(keys: Sequence[About]) -> Mapping[About, Any]:
        people = [each for each in keys if each.worker_id is not None]
        loading = (its.subject_by_id.load(each.worker_id) for each in people)
        found = dict(zip(people, await gather(*loading, return_exceptions=True), strict=True))
        return found | {each: each for each in keys if each.worker_id is None and not each.nobody}

    return asked


def _reader(its: Asking) -> FindingReader:
    if its.findings is None:
        raise SearchUnavailable("this gateway has no projection to look for findings in")
    return its.findings


def _each(its: Asking, read: Callable[[FindingReader, K], Awaitable[V]]) -> Read[K, V]:
    async def asked(keys: Sequence[K]) -> Mapping[K, V]:
        reader = _reader(its)
        return dict(zip(keys, await side_by_side([read(reader, key) for key in keys]), strict=True))

    return asked
