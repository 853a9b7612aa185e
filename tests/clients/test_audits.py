"""The audits of npm's graphql-http: GraphQL over HTTP as its specification's authors test it."""

import json

import pytest

from tests.clients.node import ran
from tests.gateway.door import opened

AUDITS = 61


@pytest.mark.node
async def test_every_audit_passes() -> None:
    async with opened() as door:
        results = json.loads(await ran("audits.mjs", door.url))
    assert len(results) == AUDITS
    assert [result for result in results if result["status"] != "ok"] == []
