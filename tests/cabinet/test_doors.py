"""Nothing is kept by a door that a foreign page could open: a GET, a form."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from gateway.bootstrap import bootstrap
from gateway.commands.token import signed_token
from gateway.servers import OwnServers
from gateway.settings import Settings
from projections.search.reader import SearchReader
from tests.asking import PATIENT
from tests.cabinet.conftest import Registries, new_store
from tests.web.serving import served

CREATE = 'mutation { createSavedSearch(input: {name: "x", licenses: {}}) { id } }'
COUNT = "{ savedSearches { totalCount } }"


@pytest.fixture
async def client(
    registries: Registries, own_servers: OwnServers, reader: SearchReader, tmp_path: Path
) -> AsyncIterator[httpx.AsyncClient]:
    """A client with a token, at the whole gateway behind a real server."""
    store = await new_store(own_servers)
    urls = {f"{registry.lower()}_url": url for registry, url in registries.items()}
    urls |= {
        "redis_url": own_servers.redis_url,
        "store_url": store.runtime,
        "store_owner_url": store.owner or "",
    }
    settings = Settings.model_validate({"data_dir": tmp_path, **urls, **PATIENT})
    token = signed_token(tmp_path, {"sub": "doors", "roles": ["analyst"]}, 60)
    app = bootstrap(settings, search=reader).app
    async with (
        served(app, settings) as url,
        httpx.AsyncClient(base_url=url, headers={"Authorization": f"Bearer {token}"}, timeout=60) as client,
    ):
        yield client


async def kept(client: httpx.AsyncClient) -> int:
    """How many searches the caller keeps."""
    found = (await client.post("graphql", json={"query": COUNT})).json()
    return int(found["data"]["savedSearches"]["totalCount"])


async def test_only_a_post_of_json_keeps_anything(client: httpx.AsyncClient) -> None:
    got = await client.get("graphql", params={"query": CREATE})
    assert (got.status_code, got.headers["allow"]) == (405, "POST")
    assert got.json()["errors"][0]["extensions"]["code"] == "METHOD_NOT_ALLOWED"
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"):
        form = await client.post(
            "graphql", content=json.dumps({"query": CREATE}), headers={"Content-Type": kind}
        )
        assert form.status_code == 415
    assert await kept(client) == 0
    posted = await client.post("graphql", json={"query": CREATE})
    assert posted.json()["data"]["createSavedSearch"]["id"]
    assert await kept(client) == 1
