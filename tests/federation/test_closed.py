"""Where the schema is closed, `_service` and `_entities` are for callers with a token."""

import datetime as dt
from collections.abc import AsyncIterator

import httpx
import pytest

from demo.stories import CARDIOLOGIST
from gateway.bootstrap import bootstrap
from gateway.settings import Settings
from tests.asking import Asking
from tests.federation.conftest import Tokens
from tests.memory_journal import MemoryJournal
from tests.web.serving import served

SERVICE = "{ _service { sdl } }"
KEY = f'{{__typename: "Worker", registryNumber: "{CARDIOLOGIST.registry_number}"}}'
ENTITIES = f"{{ _entities(representations: [{KEY}]) {{ ... on Worker {{ lastName }} }} }}"
HIDDEN = """
{ registries { state } ...more }
fragment more on Query { ... { other: _service { sdl } } }
"""


@pytest.fixture(scope="module")
async def closed(federation_settings: Settings, whole: Asking, today: dt.date) -> AsyncIterator[str]:
    """The address of a gateway whose schema is closed."""
    settings = federation_settings.model_copy(update={"open_introspection": False})
    gateway = bootstrap(settings, sources=whole.gateway.sources, today=lambda: today, journal=MemoryJournal())
    async with served(gateway.app, settings) as url:
        yield f"{url}graphql"


@pytest.mark.parametrize("query", [SERVICE, ENTITIES, HIDDEN], ids=["service", "entities", "hidden"])
async def test_callers_without_a_token_are_refused(query: str, closed: str, asking: Asking) -> None:
    async with httpx.AsyncClient(timeout=60) as client:
        answers = [
            await client.post(closed, json={"query": query}),
            await client.get(closed, params={"query": query}),
        ]
    for answer in answers:
        assert answer.status_code == 403
        assert [each["extensions"]["code"] for each in answer.json()["errors"]] == ["INTROSPECTION_CLOSED"]
        assert "data" not in answer.json()
    assert not asking.asked


async def test_callers_with_a_token_are_answered(closed: str, token: Tokens) -> None:
    async with httpx.AsyncClient(headers={"Authorization": token("insurer")}, timeout=60) as client:
        told = (await client.post(closed, json={"query": SERVICE})).json()
        found = (await client.post(closed, json={"query": ENTITIES})).json()
    assert "type Worker implements Node @key" in told["data"]["_service"]["sdl"]
    assert found["data"]["_entities"] == [{"lastName": CARDIOLOGIST.last_name}]
