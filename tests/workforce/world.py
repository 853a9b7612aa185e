"""All that the proofs need: registries with edges as of a day that stays, a gateway over them, the oracle."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from gateway.servers import OwnServers
from projections.analytics.projected import ProjectedAnalytics
from projections.database import Projection
from projections.sync.definition import part
from tests.asking import DICTIONARIES, Asking, asking_over
from tests.search.remembering import Remembering
from tests.search.searched import BOUNDS, LIMITS, Searched
from tests.workforce.oracle import Oracle, make_parts


@dataclass(frozen=True)
class World:
    """The gateway that is proved, and the oracle."""

    asking: Asking
    oracle: Oracle
    searched: Searched


@asynccontextmanager
async def counted(servers: OwnServers, found: Searched) -> AsyncIterator[World]:
    """The same registries, for aggregates."""
    parts = [
        (name, entry.code, whole)
        for name in ("regions", "positions")
        for entry in DICTIONARIES.entries(name)
        for whole in [part(entry)]
        if whole is not None
    ]
    await make_parts(found.line, parts)
    projection = Projection(found.projection_url)
    analytics = ProjectedAnalytics(projection, DICTIONARIES, BOUNDS)
    async with asking_over(
        found.urls, servers.redis_url, found.today, analytics=analytics, **LIMITS
    ) as asking:
        yield World(asking, Oracle(Remembering(found.line)), found)
    await projection.close()
