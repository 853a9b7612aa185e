"""A change in a registry reaches whoever listens, once, with the record that changed."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

import asyncpg
import pytest

from auth.refusals import Refused
from auth.rights import Reason
from gateway.contexts import Contexts
from gateway.faults import RequestError
from gateway.operation.execution import Answer
from gateway.servers import OwnServers
from sources.registry import Registry
from tests.asking import Asking

LISTEN = """subscription {
  registryChanged(registry: ORGANIZATIONS) { registry revision records { id type revision } }
}"""

TOUCH = """
update organization set revision = (select max(revision) + 1 from organization), updated_at = now()
where oid = $1 returning revision
"""

HOSPITAL = "1.2.643.5.1.13.13.12.2.77.7809"


async def test_a_change_is_told(asking: Asking, own_servers: OwnServers) -> None:
    owner = await asyncpg.connect(own_servers.owner_urls("queries")[Registry.ORGANIZATIONS])
    highest = await owner.fetchval(
        "select greatest((select max(revision) from organization), (select max(revision) from department),"
        " (select max(revision) from staffing_unit))"
    )
    await owner.execute("update organization set revision = $2 where oid = $1", HOSPITAL, highest + 1)
    async with aclosing(await asking.listen(LISTEN)) as answers:
        told = asyncio.ensure_future(anext(answers))
        touched = set()
        while (
            not told.done()
        ):  # The first change may come before the listener has asked where the registry stands.
            touched.add(await owner.fetchval(TOUCH, HOSPITAL))
            await asyncio.wait({told}, timeout=0.5)
        found = (await told).data["registryChanged"]
    await owner.close()

    assert found["revision"] in touched
    assert {(record["type"], record["revision"]) for record in found["records"]} <= {
        ("Organization", revision) for revision in touched
    }
    shown = await asking.ask(
        "query ($id: ID!) { node(id: $id) { ... on Organization { oid } } }",
        {"id": found["records"][0]["id"]},
    )
    assert shown.data == {"node": {"oid": HOSPITAL}}


async def test_rights_are_decided_anew_for_each_event(
    asking: Asking, own_servers: OwnServers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once at first and once an event: whoever loses the right is told so in place of the next one."""
    decided, decide = 0, Contexts.context

    def once(contexts: Contexts, *asked: Any) -> Any:
        nonlocal decided
        decided += 1
        if decided > 2:
            raise Refused("Subscription.registryChanged", Reason.ROLE)
        return decide(contexts, *asked)

    monkeypatch.setattr(Contexts, "context", once)
    owner = await asyncpg.connect(own_servers.owner_urls("queries")[Registry.ORGANIZATIONS])
    async with aclosing(await asking.listen(LISTEN)) as answers:
        assert (await after_a_change(answers, owner)).data["registryChanged"]
        with pytest.raises(RequestError) as refused:
            await after_a_change(answers, owner)
    await owner.close()
    assert refused.value.code == "FORBIDDEN"


async def after_a_change(answers: AsyncGenerator[Answer, None], owner: Any) -> Answer:
    """The next answer, while something goes on changing."""
    told = asyncio.ensure_future(anext(answers))
    while not told.done():
        await owner.fetchval(TOUCH, HOSPITAL)
        await asyncio.wait({told}, timeout=0.5)
    return await told
