"""All that a proof of the search needs: registries with edges, their projection, the oracle's database."""

import datetime as dt
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any, Final
from zlib import crc32

import asyncpg

from auth.claims import principal_of
from gateway.servers import OwnServers
from projections.database import Projection
from projections.search.among import Few
from projections.search.answers import Bounds
from projections.search.condition import Search
from projections.search.projected import ProjectionReader
from projections.search.reader import Bucket, Freshness, Hit, Position, SearchReader
from sources.registry import Registry
from tests.asking import DICTIONARIES, asking_over
from tests.conftest import build
from tests.search.asked import Asker
from tests.search.database import Connection, oracle_database, refresh
from tests.search.edges import put_edges
from tests.search.oracle import Oracle
from tests.search.remembering import Remembering
from tests.search.rows import Rows, read_rows

LIMITS: Final[dict[str, Any]] = {"limit_cost": 10**9, "limit_depth": 100}
BOUNDS: Final = Bounds(cost=10**12, seconds=60, rights_lag=float("inf"))
"""Nothing is refused for its size, nor for the age of a projection that nobody keeps."""

SEER: Final = principal_of(
    {"sub": "proof", "iat": 1_700_000_000, "exp": 4_102_444_800, "roles": ["regulator"]}
)
"""A regulator of all regions, who may ask by everything once he states a purpose."""

PURPOSE: Final = "inspection"


FEW: Final = Few(named=60, doubtful=150, light=10)
"""Few of 2,000, so that what is done of millions is done."""


class ByTurns(SearchReader):
    """Asks one of two readers: always the same of the same search."""

    def __init__(self, one: SearchReader, other: SearchReader) -> None:
        self._readers = (one, other)

    async def page(
        self, search: Search, *, after: Position | None, before: Position | None, limit: int, backwards: bool
    ) -> Sequence[Hit]:
        """Hits between two positions."""
        whose = self._whose(search)
        return await whose.page(search, after=after, before=before, limit=limit, backwards=backwards)

    async def count(self, search: Search) -> int:
        """How many hits there are."""
        return await self._whose(search).count(search)

    async def facet(self, search: Search, by: str, top: int) -> Sequence[Bucket]:
        """The most frequent values."""
        return await self._whose(search).facet(search, by, top)

    async def freshness(self) -> Sequence[Freshness]:
        """How far each registry has been taken over."""
        return await self._readers[0].freshness()

    def _whose(self, search: Search) -> SearchReader:
        return self._readers[crc32(repr(search).encode()) % 2]


def oracle_group(group: str) -> str:
    """The group whose store holds the oracle's database of a group's registries."""
    return f"{group}_oracle"


@dataclass
class Searched:
    """The registries of a group, and who answers searches over them."""

    servers: OwnServers
    group: str
    today: dt.date
    line: Connection
    rows: Rows
    remembering: Remembering = field(init=False)
    oracle: Oracle = field(init=False)

    def __post_init__(self) -> None:
        self.remembering = Remembering(self.line)
        self.oracle = Oracle(self.remembering)

    @property
    def urls(self) -> Mapping[Registry, str]:
        """The registries, to be read."""
        return self.servers.registry_urls(self.group)

    @property
    def owner_urls(self) -> Mapping[Registry, str]:
        """The registries, to be changed."""
        return self.servers.owner_urls(self.group)

    @property
    def projection_url(self) -> str:
        """Where their projection stands."""
        return self.servers.store_owner_url(self.group)

    @asynccontextmanager
    async def oracles(self, count: int) -> AsyncIterator[list[Oracle]]:
        """So many more that are asked at once, without a memory, which many searches would fill."""
        async with AsyncExitStack() as stack:
            found = []
            for _ in range(count):
                line = await asyncpg.connect(self.servers.store_owner_url(oracle_group(self.group)))
                stack.push_async_callback(line.close)
                found.append(Oracle(line))
            yield found

    async def changed(self) -> None:
        """The registries' rows changed: read them again. The projection is not brought up to date by this."""
        await refresh(self.line, self.urls)
        self.rows = await read_rows(self.line)
        self.remembering.forget()
        self.oracle.forget()

    @asynccontextmanager
    async def asker(
        self, wrapped: Callable[[SearchReader], SearchReader] = lambda reader: reader
    ) -> AsyncIterator[Asker]:
        """A whole gateway over them, and who asks it; `wrapped` may put something before searches."""
        async with reading(self.projection_url) as reader:
            urls, redis_url, search = self.urls, self.servers.redis_url, wrapped(reader)
            async with asking_over(urls, redis_url, self.today, search=search, **LIMITS) as asking:
                yield Asker(asking, SEER, PURPOSE)


@asynccontextmanager
async def reading(url: str) -> AsyncIterator[SearchReader]:
    """What answers the searches of a gateway from the projection at this address."""
    projection = Projection(url)
    as_it_is, as_if_many = (
        ProjectionReader(projection, DICTIONARIES, bounds) for bounds in (BOUNDS, replace(BOUNDS, few=FEW))
    )
    yield ByTurns(as_it_is, as_if_many)
    await projection.close()


@asynccontextmanager
async def searched(servers: OwnServers, group: str, today: dt.date) -> AsyncIterator[Searched]:
    """The registries of a group that are loaded: with edges, a projection, and the oracle's database."""
    await put_edges(servers.owner_urls(group), today)
    await servers.make_store(group)
    await build(servers.store_owner_url(group), servers.registry_urls(group), today)
    async with oracle_database(servers, servers.registry_urls(group), today, oracle_group(group)) as line:
        yield Searched(servers, group, today, line, await read_rows(line))
