"""The whole gateway behind a real server, and a token of an analyst."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

import httpx
import pytest

from gateway.bootstrap import bootstrap
from gateway.commands.token import signed_token
from gateway.servers import OwnServers
from gateway.settings import Settings
from projections.database import Projection
from projections.search.projected import ProjectionReader
from sources.dictionary import Dictionaries
from sources.registry import Registry
from tests.asking import PATIENT, UNHURRIED
from tests.web.serving import served

NAMES = """query ($after: String) {
  workers(
    where: { credentials: { some: { specialties: ["118"], inForce: true } } }
    first: 100
    after: $after
  ) { nodes { registryNumber fullName } pageInfo { hasNextPage endCursor } }
}"""


@dataclass(frozen=True)
class Served:
    """Where the gateway is, and the token to ask with."""

    address: str
    token: str

    @property
    def headers(self) -> Mapping[str, str]:
        """The header that says who asks."""
        return {"Authorization": f"Bearer {self.token}"}


@pytest.fixture(scope="module")
async def gateway(
    registries: Mapping[Registry, str],
    projected: str,
    own_servers: OwnServers,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Served]:
    """The gateway over the demo's registries and their projection."""
    folder = tmp_path_factory.mktemp("analysts")
    urls = {f"{registry.lower()}_url": url for registry, url in registries.items()}
    urls |= {"store_url": own_servers.store_url(), "store_owner_url": own_servers.store_owner_url()}
    settings = Settings.model_validate(
        {
            "redis_url": own_servers.redis_url,
            "data_dir": folder,
            "rate_analyst": "unlimited",
            **urls,
            **PATIENT,
        }
    )
    projection = Projection(projected)
    search = ProjectionReader(projection, Dictionaries.load(), UNHURRIED)
    token = signed_token(folder, {"sub": "analyst", "roles": ["analyst"]}, 60)
    async with served(bootstrap(settings, search=search).app, settings) as url:
        yield Served(url.rstrip("/"), token)
    await projection.close()


@pytest.fixture(scope="module")
async def cardiologists(gateway: Served) -> list[str]:
    """Whom the typed clients have to find, asked without them."""
    found: list[str] = []
    after = None
    async with httpx.AsyncClient(headers=gateway.headers, timeout=60) as client:
        while True:
            body = {"query": NAMES, "variables": {"after": after}}
            page = (await client.post(f"{gateway.address}/graphql", json=body)).json()["data"]["workers"]
            found += [f"{each['registryNumber']} {each['fullName']}" for each in page["nodes"]]
            if not page["pageInfo"]["hasNextPage"]:
                return found
            after = page["pageInfo"]["endCursor"]
