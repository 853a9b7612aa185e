"""The whole gateway over the demo's registries, which tests can take away, and employers who use its page."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack

import httpx
import pytest
from playwright.async_api import Page

from demo import stories
from gateway.bootstrap import bootstrap
from gateway.commands.token import signed_token
from gateway.dashboard import BUILT
from gateway.servers import OwnServers
from gateway.settings import Settings
from projections.analytics.projected import ProjectedAnalytics
from projections.database import Projection
from projections.findings.projected import ProjectedFindings
from projections.search.projected import ProjectionReader
from sources.dictionary import Dictionaries
from sources.registry import Registry
from tests.asking import PATIENT, UNHURRIED
from tests.browser import chromium, chromium_path, page  # noqa: F401  (fixtures)
from tests.dashboard.employer import Employer
from tests.faulty import Faulty, faulty
from tests.web.serving import served

Token = Callable[..., str]


@pytest.fixture(scope="session")
async def proxies(registries: Mapping[Registry, str]) -> AsyncIterator[Mapping[Registry, Faulty]]:
    """A proxy before each registry, by which a test takes it away."""
    async with AsyncExitStack() as stack:
        yield {registry: await stack.enter_async_context(faulty(url)) for registry, url in registries.items()}


@pytest.fixture(scope="session")
def gateway_settings(
    proxies: Mapping[Registry, Faulty], own_servers: OwnServers, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    """The gateway's settings: an employer may ask trusted documents only, so the page's own have to do."""
    urls = {f"{registry.lower()}_url": proxy.url for registry, proxy in proxies.items()}
    urls |= {"store_url": own_servers.store_url(), "store_owner_url": own_servers.store_owner_url()}
    return Settings.model_validate(
        {
            "redis_url": own_servers.redis_url,
            "data_dir": tmp_path_factory.mktemp("dashboard"),
            "trusted_only": ["employer"],
            "rate_employer": "unlimited",
            **urls,
            **PATIENT,
        }
    )


@pytest.fixture(scope="session")
async def gateway_url(gateway_settings: Settings, projected: str) -> AsyncIterator[str]:
    """Where the gateway answers."""
    if not BUILT.exists():
        pytest.skip("the dashboard is not built: make explorer")
    projection = Projection(projected)
    # Nothing keeps this projection up to date, so that it may be as old as the tests take.
    bounds = UNHURRIED
    search = ProjectionReader(projection, Dictionaries.load(), bounds)
    analytics = ProjectedAnalytics(projection, Dictionaries.load(), bounds)
    findings = ProjectedFindings(projection, bounds)
    made = bootstrap(gateway_settings, search=search, analytics=analytics, findings=findings)
    async with served(made.app, gateway_settings) as url:
        yield url
    await projection.close()


@pytest.fixture
def token(gateway_settings: Settings) -> Token:
    """Signs a token: by default that of the city hospital's employer, good for an hour."""

    def signed(*organizations: str, role: str = "employer", minutes: int = 60) -> str:
        claims = {
            "sub": "anna",
            "roles": [role],
            "organizations": list(organizations or [stories.CITY_HOSPITAL]),
        }
        return signed_token(gateway_settings.data_dir, claims, minutes)

    return signed


@pytest.fixture(scope="session")
async def large_house(gateway_url: str) -> str:
    """The OID of an organization that employs many."""
    asked = "{ workers { facets(by: [ORGANIZATION], top: 1) { buckets { value } } } }"
    async with httpx.AsyncClient(timeout=60) as client:
        answer = await client.post(f"{gateway_url}graphql", json={"query": asked})
    return str(answer.json()["data"]["workers"]["facets"][0]["buckets"][0]["value"])


@pytest.fixture
async def employer(page: Page, gateway_url: str) -> AsyncIterator[Employer]:  # noqa: F811
    """Someone who uses the page in Russian; any complaint of the browser fails his test."""
    someone = Employer(page, gateway_url)
    await page.add_init_script(
        "localStorage.getItem('svod:language') ?? localStorage.setItem('svod:language', 'ru')"
    )
    yield someone
    assert someone.complaints == []
