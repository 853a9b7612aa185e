"""`/metrics` of the whole gateway: what it counts, who may read it, several processes, its documentation."""

import asyncio
import os
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families
from redis.asyncio import Redis

from auth.errors import InvalidToken, TokenFault
from auth.principal import PUBLIC, Principal
from gateway.bootstrap import bootstrap
from gateway.metrics.shared import SharedTexts
from gateway.servers import OwnServers
from gateway.settings import Settings
from sources.registry import Registry
from tests.asking import PATIENT
from tests.docs.pages import DOCS, tables
from tests.memory_journal import MemoryJournal
from tests.web.serving import served

Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


class SomeTokens:
    """Knows no token, but one when it is asked twice."""

    def known(self, authorization: str | None) -> Principal | None:
        return PUBLIC if authorization in (None, "Bearer known") else None

    async def authenticate(self, authorization: str | None) -> Principal:
        if authorization == "Bearer good":
            return Principal("anna")
        raise InvalidToken(TokenFault.SIGNATURE)

    async def ended(self, principal: Principal) -> Exception:
        await asyncio.Event().wait()
        raise AssertionError(principal)


@asynccontextmanager
async def measured(
    registries: Mapping[Registry, str], own_servers: OwnServers, **more: Any
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the whole gateway over the demo's registries."""
    urls = {f"{registry.lower()}_url": url for registry, url in registries.items()}
    settings = Settings.model_validate({"redis_url": own_servers.redis_url} | PATIENT | urls | more)
    gateway = bootstrap(settings, authenticator=SomeTokens(), journal=MemoryJournal())
    async with served(gateway.app, settings) as url, httpx.AsyncClient(base_url=url, timeout=60) as client:
        yield client


@pytest.fixture(scope="module")
async def client(
    registries: Mapping[Registry, str], own_servers: OwnServers
) -> AsyncIterator[httpx.AsyncClient]:
    async with measured(registries, own_servers) as asking:
        yield asking


async def samples(client: httpx.AsyncClient, **headers: str) -> Samples:
    """Every sample, by its name and labels."""
    told = await client.get("metrics", headers=headers)
    assert told.status_code == 200
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for metric in text_string_to_metric_families(told.text)
        for sample in metric.samples
    }


async def gained(client: httpx.AsyncClient, query: str, **headers: str) -> Samples:
    """What one query adds to the samples."""
    before = await samples(client)
    await client.post("graphql", json={"query": query}, headers=headers)
    return {
        at: value - before.get(at, 0)
        for at, value in (await samples(client)).items()
        if value != before.get(at, 0) and at[0].startswith("svod_") and not at[0].endswith("_sum")
    }


def at(name: str, **labels: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    return name, tuple(sorted(labels.items()))


async def test_a_query_is_counted_with_its_reads_and_its_plan(client: httpx.AsyncClient) -> None:
    query = '{ worker(registryNumber: "77200000000001") { lastName licenses { number } } }'
    found = await gained(client, query)
    assert found[at("svod_requests_total", transport="http", kind="query", code="OK")] == 1
    assert found[at("svod_request_seconds_count", kind="query")] == 1
    assert found[at("svod_registry_reads_total", registry="WORKERS", end="ok")] == 1
    assert found[at("svod_registry_read_seconds_count", registry="WORKERS")] == 1
    assert found[at("svod_engine_total", what="plans")] == 1
    assert found[at("svod_engine_total", what="runs")] == 1
    assert found[at("svod_cache_bytes", cache="documents")] > len(query)
    again = await gained(client, query)
    assert at("svod_engine_total", what="plans") not in again
    assert at("svod_cache_bytes", cache="documents") not in again


async def test_refusals_are_counted_by_their_code(client: httpx.AsyncClient) -> None:
    found = await gained(client, "{ absent }")
    labels = {"transport": "http", "kind": "none", "code": "GRAPHQL_VALIDATION_FAILED"}
    assert found[at("svod_requests_total", **labels)] == 1
    wrong = await gained(client, '{ worker(registryNumber: "1") { lastName } }')
    assert sum(value for (name, _), value in wrong.items() if name == "svod_requests_total") == 1


async def test_tokens_are_counted_by_their_end(client: httpx.AsyncClient) -> None:
    for token, end in (("known", "known"), ("good", "checked"), ("forged", "refused")):
        found = await gained(client, "{ __typename }", Authorization=f"Bearer {token}")
        assert found[at("svod_tokens_total", end=end)] == 1
    assert found[at("svod_requests_total", transport="http", kind="none", code="UNAUTHENTICATED")] == 1


async def test_rates_are_told(registries: Mapping[Registry, str], own_servers: OwnServers) -> None:
    async with Redis.from_url(own_servers.redis_url) as redis:
        await redis.flushdb()
    few = "1/min burst 1; cost 1/min burst 100"
    async with measured(registries, own_servers, rate_public=few) as client:
        await client.post("graphql", json={"query": "{ __typename }"})
        found = await gained(client, "{ __typename }")
        assert found[at("svod_rate_refusals_total", policy="public", limit="requests")] == 1
        assert (await samples(client))[at("svod_rates_shared")] == 1


async def test_the_breaker_of_every_registry_is_told(client: httpx.AsyncClient) -> None:
    found = await samples(client)
    for registry in Registry:
        states = {state: found[at("svod_registry_breaker", registry=registry.value, state=state)]
                  for state in ("CLOSED", "OPEN", "PROBING")}  # fmt: skip
        assert states == {"CLOSED": 1, "OPEN": 0, "PROBING": 0}


async def test_nothing_that_a_caller_sends_becomes_a_label(client: httpx.AsyncClient) -> None:
    query = "query Анна($s: Snils) { worker(snils: $s) { lastName marker: firstName } }"
    sent = {"query": query, "operationName": "Анна", "variables": {"s": "112-233-445 95"}}
    await client.post("graphql", json=sent, headers={"X-Access-Purpose": "marker", "User-Agent": "marker"})
    told = (await client.get("metrics")).text
    assert not re.search(
        r"Анна|marker|112|127\.0\.0\.1", re.sub(r" [\d.e+-]+$", "", told, flags=re.MULTILINE)
    )


async def test_the_token_is_wanted_where_it_is_set(
    registries: Mapping[Registry, str], own_servers: OwnServers
) -> None:
    async with measured(registries, own_servers, metrics_token="secret") as client:
        for headers in ({}, {"Authorization": "Bearer other"}, {"Authorization": "secret"}):
            refused = await client.get("metrics", headers=headers)
            assert (refused.status_code, "svod_" in refused.text) == (401, False)
        assert await samples(client, Authorization="Bearer secret")


async def test_production_tells_nobody_without_a_token(
    registries: Mapping[Registry, str], own_servers: OwnServers
) -> None:
    async with measured(registries, own_servers, env="production") as client:
        assert (await client.get("metrics")).status_code == 401


async def test_one_process_answers_for_all(
    registries: Mapping[Registry, str], own_servers: OwnServers
) -> None:
    async with Redis.from_url(own_servers.redis_url) as redis:
        other = SharedTexts(redis, 8999)
        async with measured(registries, own_servers, processes=2, port=8999) as client:
            await client.post("graphql", json={"query": "{ __typename }"})
            told = await other.texts()
            # A process as good as another: it has told the same, under its own number.
            await redis.hset(other._key, "7", (await redis.hget(other._key, str(os.getpid()))) or b"")
            found = await samples(client)
        assert set(told) == {str(os.getpid())}
        shared = {dict(labels)["process"] for (name, labels) in found if name == "svod_rates_shared"}
        assert shared == {"7", str(os.getpid())}
        await redis.hset(other._key, "7", '[0, "svod_rates_shared 1"]')
        assert "7" not in await other.texts()


async def test_every_metric_is_documented_with_its_labels(client: httpx.AsyncClient) -> None:
    await client.post("graphql", json={"query": "{ registries { registry } }"})
    families = text_string_to_metric_families((await client.get("metrics")).text)
    told = {
        each.name + ("_total" if each.type == "counter" else ""): {
            label for sample in each.samples for label in sample.labels if label != "le"
        }
        for each in families
        if each.name.startswith("svod_")
    }
    rows = [row for row in tables((DOCS / "operations.md").read_text(encoding="utf-8")) if "`svod_" in row[0]]
    written = {row[0].strip("`"): set(re.findall(r"`(\w+)`", row[1])) for row in rows}
    assert set(written) == set(told)
    for name, labels in told.items():
        assert labels <= written[name], name
