"""Registries change and nobody has taken it over yet: the search still finds, the marks say what is past."""

import datetime as dt
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Final

import asyncpg
import pytest

from loaders.loaders import Loaders
from loaders.matches import Match
from loaders.usage import Usage
from projections.database import Projection
from projections.matching.logic import Mark
from projections.search.condition import (
    AllOf,
    Condition,
    Fact,
    Is,
    OneOf,
    Quantifier,
    Related,
    Root,
    Search,
)
from projections.search.projected import ProjectionReader
from projections.search.reader import SearchReader
from sources.dictionary import Dictionaries
from sources.registry import Registry
from sources.resilience import Limits
from sources.sources import Sources
from sources.sql.opened import SqlRegistries
from tests.asking import UNHURRIED
from tests.conftest import NewProjection

SOME: Final = Quantifier.SOME
DICTIONARIES = Dictionaries.load()


@pytest.fixture(scope="module")
async def reader(
    own_registries: Mapping[Registry, str], new_projection: NewProjection
) -> AsyncIterator[SearchReader]:
    """Searches over the registries as they were in the beginning."""
    projection = Projection(await new_projection(own_registries))
    yield ProjectionReader(projection, DICTIONARIES, UNHURRIED)
    await projection.close()


@pytest.fixture(scope="module")
async def sources(own_registries: Mapping[Registry, str], today: dt.date) -> AsyncIterator[Sources]:
    """The registries as they are."""
    opened = SqlRegistries(own_registries, Limits(timeout=30.0, concurrency=4), DICTIONARIES, lambda: today)
    yield opened.sources
    await opened.close()


MOSCOW: Final = Related(
    "employments",
    SOME,
    AllOf((Fact("current", Is(True)), Related("organization", SOME, Fact("region", OneOf(("77",)))))),
)
CERTIFIED: Final = Related("credentials", SOME, Fact("in_force", Is(True)))
LICENSED: Final = Related("employments", SOME, Related("organization", SOME, Fact("licensed", Is(True))))

CHANGES: Final = {
    "his name changes": (Registry.WORKERS, "update worker set last_name = 'Неизвестная' where id = $1"),
    "he is employed no more": (
        Registry.WORKERS,
        "update employment set ended_on = started_on where worker_id = $1",
    ),
    "credentials are revoked": (Registry.QUALIFICATIONS, "update credential set status = 'REVOKED'"),
    "licences are suspended": (Registry.LICENSES, "update license set status = 'SUSPENDED'"),
    "organizations move": (Registry.ORGANIZATIONS, "update organization set region_code = '50'"),
}
"""What happens, and how: to one person ($1), or to all."""


@pytest.mark.parametrize(
    ("change", "where", "text"),
    [
        ("his name changes", AllOf(), "иванова"),
        ("he is employed no more", MOSCOW, None),
        ("credentials are revoked", CERTIFIED, None),
        ("licences are suspended", LICENSED, None),
        ("organizations move", MOSCOW, None),
    ],
)
async def test_a_hit_that_passes_no_more_is_found_and_marked(
    reader: SearchReader,
    sources: Sources,
    owner_urls: Mapping[Registry, str],
    today: dt.date,
    change: str,
    where: Condition,
    text: str | None,
) -> None:
    search = Search(Root.WORKER, where, today, text=text)
    hits = await _hits(reader, search)
    before = await _marks(sources, search, hits)
    assert before.count(True) > 10
    one = before.index(True)

    registry, statement = CHANGES[change]
    concerned = [hits[one]] if "$1" in statement else []
    await _change(owner_urls[registry], statement, *concerned)

    assert await _hits(reader, search) == hits
    expected = [mark and at != one for at, mark in enumerate(before)] if concerned else [False] * len(hits)
    assert await _marks(sources, search, hits) == expected


async def _change(url: str, statement: str, *values: Any) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(statement, *values)
    finally:
        await connection.close()


async def _hits(reader: SearchReader, search: Search) -> Sequence[Any]:
    hits = await reader.page(search, after=None, before=None, limit=20, backwards=False)
    return [hit.key for hit in hits]


async def _marks(sources: Sources, search: Search, keys: Sequence[Any]) -> list[Mark]:
    loaders = Loaders(sources, {}, Usage(), search.day)
    return list(await loaders.search_matches.load_many(Match(search, key) for key in keys))
