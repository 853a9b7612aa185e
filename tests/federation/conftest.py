"""Svod and a second subgraph, each behind a server of its own, and routers in front of both."""

import datetime as dt
from collections.abc import AsyncIterator, Callable, Mapping

import httpx
import pytest

from gateway.bootstrap import bootstrap
from gateway.commands.token import signed_token
from gateway.servers import OwnServers
from gateway.settings import Settings
from sources.registry import Registry
from sources.resilience import Limits
from sources.sql.opened import SqlRegistries
from tests.asking import DICTIONARIES, Asking, watched
from tests.federation.portal import portal
from tests.federation.subgraphs import (
    COMPOSERS,
    Composed,
    Router,
    Subgraph,
    composed,
    introduced,
    routed,
    written,
)
from tests.memory_journal import MemoryJournal
from tests.web.serving import served

PATIENT = Limits(timeout=30.0, concurrency=4)
"""Other tests may keep the machine busy; nothing here measures time."""

Tokens = Callable[..., str]


@pytest.fixture(scope="session")
def federation_settings(own_servers: OwnServers, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Everything at its default; the demo key is the tests' own."""
    return Settings(
        redis_url=own_servers.redis_url, journal_timeout=60, data_dir=tmp_path_factory.mktemp("federation")
    )


@pytest.fixture(scope="session")
async def whole(
    registries: Mapping[Registry, str], federation_settings: Settings, today: dt.date
) -> AsyncIterator[Asking]:
    """The gateway over the four registries, with every call of a source noted."""
    opened = SqlRegistries(registries, PATIENT, DICTIONARIES, lambda: today)
    gateway = bootstrap(
        federation_settings,
        sources=watched(opened.sources),
        today=lambda: today,
        journal=MemoryJournal(),
    )
    yield Asking(gateway)
    await opened.close()


@pytest.fixture
def asking(whole: Asking) -> Asking:
    """The same, with no calls yet and every registry there."""
    whole.clear()
    whole.down.clear()
    return whole


@pytest.fixture(scope="session")
def token(federation_settings: Settings) -> Tokens:
    """Signs a token for a role, as the value of a header."""

    def signed(role: str, **claims: object) -> str:
        whole = {"sub": f"a-{role}", "roles": [role], **claims}
        return f"Bearer {signed_token(federation_settings.data_dir, whole, 5)}"

    return signed


@pytest.fixture(scope="session")
async def svod_url(whole: Asking, federation_settings: Settings) -> AsyncIterator[str]:
    """The gateway's address."""
    async with served(whole.gateway.app, federation_settings) as url:
        yield f"{url}graphql"


@pytest.fixture(scope="session")
async def subgraphs(svod_url: str) -> AsyncIterator[tuple[Subgraph, Subgraph]]:
    """Svod and the training portal, as they tell of themselves."""
    async with served(portal()) as url, httpx.AsyncClient(timeout=30) as client:
        yield (
            await introduced(client, "svod", svod_url),
            await introduced(client, "portal", f"{url}graphql"),
        )


@pytest.fixture(scope="session")
async def compositions(
    subgraphs: tuple[Subgraph, Subgraph], tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, Composed]:
    """What each composer makes of both."""
    return await composed(subgraphs, tmp_path_factory.mktemp("subgraphs") / "subgraphs.json")


@pytest.fixture(scope="session", params=COMPOSERS)
async def router(
    request: pytest.FixtureRequest,
    compositions: Mapping[str, Composed],
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Router]:
    """@apollo/gateway over the supergraph, once as Apollo composes it and once as The Guild does."""
    supergraph = compositions[request.param].supergraph
    assert supergraph is not None
    file = written(tmp_path_factory.mktemp("router") / "supergraph.graphql", supergraph)
    async with routed(file) as running:
        yield running
