"""A crash loses no entry of an answer that has left: `svod serve` under load, killed, then compared."""

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
import httpx
import psutil
import pytest

from audit.event import event
from audit.journal import Journal
from audit.verify import verified
from auth.principal import Role
from gateway.commands.token import signed_token
from gateway.record.store import Store, StoreUrls
from gateway.servers import OwnServers
from tests.gateway.svod import SVOD, environment, free_port

PATIENCE = 90.0
ENOUGH = 200
"""Answers after which the crash comes, in the middle of more."""
CONNECTIONS = 16
LOCK = 6003116867121840742
"""The one that `journal.append` takes."""
QUERY = '{ worker(registryNumber: "77200000000001") { snils phone birthDate } }'


@dataclass
class Crashing:
    """A gateway in a process of its own, and the answers that left it."""

    folder: Path
    process: "subprocess.Popen[bytes]"
    url: str
    token: str
    left: list[str] = field(default_factory=list)

    async def ask(self, client: httpx.AsyncClient) -> None:
        """Ask until the gateway is gone; note each answer that came whole."""
        headers = {"Authorization": f"Bearer {self.token}", "X-Access-Purpose": "inspection"}
        with suppress(httpx.TransportError):
            while True:
                answer = await client.post(self.url, json={"query": QUERY}, headers=headers)
                assert answer.json()["data"]["worker"]["snils"] == "11223344595"
                self.left.append(answer.headers["x-request-id"])

    def postgres(self) -> list[psutil.Process]:
        """Its database's processes."""
        [written] = (self.folder / "data").rglob("postmaster.pid")
        postmaster = psutil.Process(int(written.read_text(encoding="utf-8").splitlines()[0]))
        return [postmaster, *postmaster.children()]


@pytest.fixture
def crashing(tmp_path: Path) -> Iterator[Crashing]:
    port = free_port()
    data, said = tmp_path / "data", tmp_path / "said"
    settings = {"SVOD_PORT": str(port), "SVOD_DATA_DIR": str(data), "SVOD_DEMO_WORKERS": "20"}
    settings |= {"SVOD_REGISTRY_TIMEOUT": "60", "SVOD_JOURNAL_TIMEOUT": "60"}
    with said.open("wb") as out:
        process = subprocess.Popen([SVOD, "serve"], env=environment(**settings), stdout=out, stderr=out)
    until = time.monotonic() + PATIENCE
    while "Ctrl-C" not in said.read_text(encoding="utf-8"):
        assert process.poll() is None, said.read_text(encoding="utf-8")
        assert time.monotonic() < until
        time.sleep(0.05)
    token = signed_token(data, {"sub": "inspector", "roles": [Role.REGULATOR]}, 5)
    yield Crashing(tmp_path, process, f"http://127.0.0.1:{port}/graphql", token)
    process.kill()
    process.wait()


async def test_every_answer_that_left_is_on_record(crashing: Crashing) -> None:
    async with httpx.AsyncClient(timeout=PATIENCE) as client:
        asking = [asyncio.create_task(crashing.ask(client)) for _ in range(CONNECTIONS)]
        async with asyncio.timeout(PATIENCE):
            while len(crashing.left) < ENOUGH:  # noqa: ASYNC110 - the clients are other tasks
                await asyncio.sleep(0.001)
        holding = await held_up(crashing.folder / "data")
        victims = crashing.postgres()
        crashing.process.send_signal(signal.SIGKILL)
        for each in victims:
            with suppress(psutil.NoSuchProcess):
                os.kill(each.pid, signal.SIGKILL)
        holding.terminate()
        await asyncio.gather(*asking)
    crashing.process.wait()

    recorded = await on_record(crashing.folder / "data")
    missing = set(crashing.left) - set(recorded)
    assert len(crashing.left) >= ENOUGH
    assert not missing
    assert len(recorded) == len(set(recorded)), "an answer is on record once"


async def held_up(folder: Path) -> asyncpg.Connection:
    """Let the store take no more entries for a while: whatever leaves now, leaves without one.

    Without this, entries would nearly always stand by the time that the crash comes.
    """
    connection = await asyncpg.connect(OwnServers(folder).running_store_url())
    await connection.execute("select pg_advisory_lock($1)", LOCK)
    await asyncio.sleep(0.5)
    return connection


async def on_record(folder: Path) -> list[str]:
    """The requests in the journal, which is sound, after the servers were started anew."""
    async with OwnServers(folder) as servers:
        store = Store(StoreUrls(servers.store_url(), servers.store_owner_url()), 10)
        journal = Journal(store)
        assert (await verified(await journal.start(), journal.entries())).sound
        found = [event(each.body).request async for each in journal.entries()]
        await store.close()
    return found
