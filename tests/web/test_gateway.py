"""The explorer before the real gateway: examples are answered, and the role picker shows what a role sees."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping

import pytest
from playwright.async_api import Request, WebSocket, expect

from gateway.bootstrap import bootstrap
from gateway.servers import OwnServers
from gateway.settings import Settings
from projections.database import Projection
from projections.search.projected import ProjectionReader
from sources.dictionary import Dictionaries
from sources.registry import Registry
from tests.asking import PATIENT, UNHURRIED
from tests.web.examples import EXAMPLES, Example
from tests.web.reader import Reader
from tests.web.serving import served

pytestmark = pytest.mark.browser

CARD, STAFFING, REGION, ENDING, STATE, SEARCH = EXAMPLES


@pytest.fixture(scope="module")
async def gateway_url(
    registries: Mapping[Registry, str],
    projected: str,
    own_servers: OwnServers,
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[str]:
    """The whole gateway over the demo's registries and their projection."""
    urls = {f"{registry.lower()}_url": url for registry, url in registries.items()}
    folder = tmp_path_factory.mktemp("explorer")
    urls |= {"store_url": own_servers.store_url(), "store_owner_url": own_servers.store_owner_url()}
    settings = Settings.model_validate(
        {"redis_url": own_servers.redis_url, "data_dir": folder, **urls, **PATIENT}
    )
    projection = Projection(projected)
    search = ProjectionReader(projection, Dictionaries.load(), UNHURRIED)
    async with served(bootstrap(settings, search=search).app, settings) as url:
        yield url
    await projection.close()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.operation)
async def test_an_example_is_answered(reader: Reader, gateway_url: str, example: Example) -> None:
    await reader.open(gateway_url)
    await reader.tab(example.operation)
    await reader.ask()
    answer = await reader.answer()
    assert "errors" not in answer
    assert all(answer["data"].values())
    await expect(reader.page.get_by_role("status").filter(has_text="200")).to_be_visible()
    assert reader.origins == {gateway_url}


async def test_the_card_is_answered_by_all_four_registries(reader: Reader, gateway_url: str) -> None:
    await reader.open(gateway_url)
    await reader.tab(CARD.operation)
    await reader.ask()
    answer = await reader.answer()
    assert {line["registry"] for line in answer["extensions"]["registries"]} == set(Registry)
    assert answer["data"]["worker"]["employments"][0]["organization"]["licenses"]
    for registry in Registry:
        await expect(reader.page.get_by_role("status")).to_contain_text(f"{registry.lower()} OK")


async def test_a_search_finds_and_counts(reader: Reader, gateway_url: str) -> None:
    await reader.open(gateway_url)
    await reader.tab(SEARCH.operation)
    await reader.ask()
    found = (await reader.answer())["data"]["workers"]
    assert found["totalCount"] >= len(found["edges"]) > 0
    assert {edge["matches"] for edge in found["edges"]} == {True}


async def test_a_regulator_with_a_purpose_sees_more_than_the_public(reader: Reader, gateway_url: str) -> None:
    await reader.open(gateway_url)
    await reader.tab(CARD.operation)
    await reader.ask()
    assert (await reader.answer())["data"]["worker"]["snils"] is None
    await expect(reader.page.get_by_role("status")).to_contain_text("no right to")
    await reader.choose("Role", "regulator")
    await reader.choose("Purpose", "inspection")
    await reader.ask()
    assert (await reader.answer())["data"]["worker"]["snils"]
    assert reader.origins == {gateway_url}


async def test_the_schema_is_read_again_for_each_role(reader: Reader, gateway_url: str) -> None:
    """Each role is shown what it may use, so that what one may ask is not marked as wrong for another."""
    asked: list[str | None] = []

    def note(request: Request) -> None:
        if "IntrospectionQuery" in (request.post_data or ""):
            asked.append(request.headers.get("authorization"))

    reader.page.on("request", note)
    await reader.open(gateway_url)
    for role in ("regulator", "analyst"):
        async with reader.page.expect_request(lambda sent: "IntrospectionQuery" in (sent.post_data or "")):
            await reader.choose("Role", role)
    assert asked[0] is None
    assert len({*asked}) == 3


async def test_an_employer_sees_the_vacancies_of_his_own(reader: Reader, gateway_url: str) -> None:
    await reader.open(gateway_url)
    await reader.tab(STAFFING.operation)
    await reader.ask()
    assert {post["vacant"] for post in (await reader.answer())["data"]["organization"]["staffing"]} == {None}
    await reader.choose("Role", "employer")
    await reader.ask()
    assert None not in {
        post["vacant"] for post in (await reader.answer())["data"]["organization"]["staffing"]
    }


async def test_a_refused_query_says_why(reader: Reader, gateway_url: str) -> None:
    await reader.open(gateway_url)
    await reader.choose("No right", "refuse the query")
    await reader.tab(CARD.operation)
    await reader.ask()
    assert "Worker.snils" in json.dumps((await reader.answer())["errors"])
    # The browser itself notes the status of the refusal.
    assert all("403" in complaint for complaint in reader.complaints)
    reader.complaints.clear()


async def test_a_subscription_is_taken_on(reader: Reader, gateway_url: str) -> None:
    await reader.open(gateway_url)
    await reader.choose("Role", "regulator")
    await reader.write("subscription Changed { registryChanged(registry: WORKERS) { revision } }")
    heard = asyncio.Queue[str]()
    reader.page.on("websocket", lambda socket: listen(socket, heard))
    async with asyncio.timeout(60):
        await reader.begin()
        assert json.loads(await heard.get())["type"] == "connection_ack"
        # The same button ends it, and nothing but the end was heard in between.
        await reader.begin()
        assert await heard.get() == "closed"


def listen(socket: WebSocket, heard: asyncio.Queue[str]) -> None:
    socket.on("framereceived", lambda frame: heard.put_nowait(str(frame)))
    socket.on("close", lambda _: heard.put_nowait("closed"))
