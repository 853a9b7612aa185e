"""The gateway that is proved, over demo data with rows at the edges of the rules, and the oracle's world."""

from collections.abc import AsyncIterator, Mapping

import pytest

from demo.load import load
from demo.plan import Plan
from gateway.servers import OwnServers
from projections.search.reader import SearchReader
from sources.registry import Registry
from tests.asking import Asking, asking_over
from tests.conftest import build
from tests.proof.edges import put_edges
from tests.proof.oracle import Oracle
from tests.proof.proof import DAY, LIMITS, WORKERS
from tests.proof.rows import read_rows
from tests.proof.search_trial import SearchWorld
from tests.proof.trial import Judge
from tests.proof.world import World
from tests.search.database import oracle_database
from tests.search.rows import read_rows as read_searched
from tests.search.searched import reading


@pytest.fixture(scope="session")
async def proof_urls(own_servers: OwnServers) -> Mapping[Registry, str]:
    """The four registries of the proof."""
    await own_servers.make_registries("proof")
    await load(own_servers.owner_urls("proof"), Plan(WORKERS, DAY))
    await put_edges(own_servers.owner_urls("proof"), DAY.isoformat())
    return own_servers.registry_urls("proof")


@pytest.fixture(scope="session")
async def world(proof_urls: Mapping[Registry, str]) -> World:
    """All that they hold."""
    return World(await read_rows(proof_urls), DAY)


@pytest.fixture(scope="session")
async def walking(own_servers: OwnServers, proof_urls: Mapping[Registry, str]) -> AsyncIterator[Asking]:
    """The gateway on graphql-core's executor."""
    async with asking_over(proof_urls, own_servers.redis_url, DAY, compiled=False, **LIMITS) as asking:
        yield asking


@pytest.fixture(scope="session")
async def judge(
    own_servers: OwnServers, proof_urls: Mapping[Registry, str], walking: Asking, world: World
) -> AsyncIterator[Judge]:
    """Who compares the gateway with the oracle."""
    async with asking_over(proof_urls, own_servers.redis_url, DAY, **LIMITS) as asking:
        yield Judge(asking, walking, Oracle(world), world)


@pytest.fixture(scope="session")
async def search_world(
    own_servers: OwnServers, proof_urls: Mapping[Registry, str], world: World
) -> AsyncIterator[SearchWorld]:
    """The same registries in one database, for searches."""
    async with oracle_database(own_servers, proof_urls, DAY, "proof_oracle") as line:
        yield SearchWorld(world, line, await read_searched(line))


@pytest.fixture(scope="session")
async def reader(own_servers: OwnServers, proof_urls: Mapping[Registry, str]) -> AsyncIterator[SearchReader]:
    """What answers the searches of the gateway that is proved."""
    await own_servers.make_store("proof")
    url = own_servers.store_owner_url("proof")
    await build(url, proof_urls, DAY)
    async with reading(url) as reader:
        yield reader
