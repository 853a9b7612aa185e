"""Changes of one owner go one after the other: what is counted and found free still is when it is kept."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from cabinet.errors import BadName, CabinetUnavailable, TooMany
from cabinet.saved_search import Kept
from cabinet.saved_searches import SavedSearches
from gateway.record.store import Store, StoreUrls
from projections.search.condition import Root
from tests.cabinet.saving import somebody

WAITING = "select count(*) from pg_locks where locktype = 'advisory' and not granted"
KEPT = Kept(Root.LICENSE)


@pytest.fixture
async def searches(kept_in: StoreUrls) -> AsyncIterator[SavedSearches]:
    """A store in which everybody keeps two at most."""
    store = Store(kept_in, 10, 4, CabinetUnavailable)
    yield SavedSearches(store, "https://issuer.example", 2)
    await store.close()


@pytest.mark.parametrize(("name", "refusal"), [("третий", TooMany), ("второй", BadName)])
async def test_who_comes_second_sees_what_the_first_has_kept(
    searches: SavedSearches, kept_in: StoreUrls, name: str, refusal: type[Exception]
) -> None:
    subject = somebody().subject
    if refusal is TooMany:
        await searches.create(subject, "первый", KEPT)
    line = await asyncpg.connect(kept_in.owner)
    async with searches._changing(subject) as (connection, owner):
        second = asyncio.ensure_future(searches.create(subject, name, KEPT))
        await _until_it_waits(line, second)
        row = "insert into cabinet.saved_search (owner, id, name, root, asked)"
        await connection.execute(f"{row} values ($1, gen_random_uuid(), 'второй', 'LICENSE', '{{}}')", owner)
    with pytest.raises(refusal):
        await second
    await line.close()


async def test_other_owners_do_not_wait(searches: SavedSearches) -> None:
    async with searches._changing(somebody().subject):
        async with asyncio.timeout(60):
            kept = await searches.create(somebody().subject, "своё", KEPT)
    assert kept.name == "своё"


async def _until_it_waits(line: Any, second: asyncio.Future[Any]) -> None:
    """Until it waits for the lock; or is done already, without one."""
    while not second.done() and not await line.fetchval(WAITING):
        await asyncio.wait({second}, timeout=0.01)
