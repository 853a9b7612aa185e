"""With each registry away in turn, the other three answer, and the answer says which one did not."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack

import pytest

from gateway.servers import OwnServers
from sources.registry import Registry
from tests.asking import Asking, asking_over
from tests.faulty import Faulty, Mode, faulty
from tests.queries.conftest import DAY

QUERY = """{
  organization(oid: "1.2.643.5.1.13.13.12.2.77.7809") {
    shortName
    licenses { number }
    employments(first: 1) { totalCount }
  }
  credential(number: "772200000001") { validUntil }
  worker(registryNumber: "77200000000001") {
    fullName
    credentials { number }
    licenses { number }
    employments { organization { shortName } }
  }
}"""

Proxies = Mapping[Registry, Faulty]


@pytest.fixture(scope="module")
async def proxies(own_servers: OwnServers, asking: Asking) -> AsyncIterator[Proxies]:
    """A proxy in front of each registry. (The scenarios' gateway has loaded them.)"""
    async with AsyncExitStack() as stack:
        urls = own_servers.registry_urls("queries")
        yield {registry: await stack.enter_async_context(faulty(url)) for registry, url in urls.items()}


@pytest.fixture(scope="module")
async def exposed(own_servers: OwnServers, proxies: Proxies) -> AsyncIterator[Asking]:
    """A gateway that reaches its registries through the proxies."""
    urls = {registry: proxy.url for registry, proxy in proxies.items()}
    async with asking_over(urls, own_servers.redis_url, DAY) as asked:
        yield asked


@pytest.mark.parametrize("away", list(Registry))
@pytest.mark.parametrize("mode", [Mode.REFUSE, Mode.CUT])
async def test_the_others_answer(exposed: Asking, proxies: Proxies, away: Registry, mode: Mode) -> None:
    whole = await exposed.ask(QUERY)
    assert not whole.errors

    proxies[away].mode = mode
    try:
        partial = await exposed.ask(QUERY)
    finally:
        proxies[away].mode = Mode.PASS

    states = {line["registry"]: line["state"] for line in partial.extensions["registries"]}
    assert states == {each.value: "UNAVAILABLE" if each is away else "OK" for each in Registry}
    assert {error["extensions"]["code"] for error in partial.errors} == {"REGISTRY_UNAVAILABLE"}
    assert {error["extensions"]["registry"] for error in partial.errors} == {away.value}
    nulled = {tuple(error["path"]) for error in partial.errors}
    assert nulled == EXPECTED[away]
    assert _without(whole.data, nulled) == _without(partial.data, nulled)


EXPECTED = {
    Registry.WORKERS: {("organization", "employments", "totalCount"), ("worker",)},
    Registry.ORGANIZATIONS: {
        ("organization",),
        ("worker", "employments", 0, "organization"),
        ("worker", "employments", 1, "organization"),
        ("worker", "employments", 2, "organization"),
    },
    Registry.LICENSES: {("organization", "licenses"), ("worker", "licenses")},
    Registry.QUALIFICATIONS: {("credential",), ("worker", "credentials")},
}


def _without(data: object, nulled: set[tuple[str | int, ...]], path: tuple[str | int, ...] = ()) -> object:
    """The data with everything at these paths left out."""
    if path in nulled:
        return None
    if isinstance(data, dict):
        return {key: _without(value, nulled, (*path, key)) for key, value in data.items()}
    if isinstance(data, list):
        return [_without(value, nulled, (*path, index)) for index, value in enumerate(data)]
    return data


async def test_no_text_of_the_driver_leaves(exposed: Asking, proxies: Proxies) -> None:
    proxies[Registry.WORKERS].mode = Mode.REFUSE
    try:
        answer = await exposed.ask('{ worker(registryNumber: "77200000000001") { lastName } }')
    finally:
        proxies[Registry.WORKERS].mode = Mode.PASS
    assert [error["message"] for error in answer.errors] == ["registry WORKERS is unavailable"]
