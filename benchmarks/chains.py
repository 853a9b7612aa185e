"""`python -m benchmarks.chains`: one chain for all writers beside one for each, as ADR 12 weighs them.

So many writers at once, each writing groups of entries one after the other into a PostgreSQL that keeps them
(fsync). `one`: the journal's function, under its lock. `each`: hashes by the writer, one insert, no lock.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg

from audit.chain import BEGINNING, link
from audit.event import Actor, Event, Holding, Released
from audit.journal import APPEND
from gateway.record.store import StoreUrls, prepared
from gateway.servers import OwnServers

SECONDS = 2.0
SETTINGS = {"synchronous_commit": "on", "jit": "off"}
TABLE = """
create table journal.each (
    chain int, number bigint, previous bytea not null, hash bytea not null, body text not null,
    primary key (chain, number)
);
create index on journal.each (((body::jsonb) ->> 'at') collate "C", number);
create index on journal.each (((body::jsonb) ->> 'actor'), number);
create index on journal.each (((body::jsonb) ->> 'request'));
create index on journal.each using gin (((body::jsonb) -> 'released') jsonb_path_ops);
"""
INSERT = """
insert into journal.each select $1, n, p, h, b
from unnest($2::bigint[], $3::bytea[], $4::bytea[], $5::text[]) as u(n, p, h, b)
"""

Write = Callable[[list[str]], Awaitable[object]]


def body() -> str:
    """An entry as a card makes it."""
    actor = Actor("inspector", (Holding("regulator"),), str(uuid4()), str(uuid4()), "10.0.0.1")
    given = ("Worker.snils", "Worker.birthDate", "Worker.phone")
    released = (Released((f"Worker:{uuid4()}",), given),)
    at = datetime.now(UTC)
    return Event(at, uuid4().hex, "http", actor, "inspection", "Card", "0" * 64, released).body()


def one(connection: Any, _: int) -> Write:
    """Writes into the one chain."""
    return lambda bodies: connection.fetchrow(APPEND, bodies)


def each(connection: Any, chain: int) -> Write:
    """Writes into a chain of the writer's own."""
    number, head = 0, BEGINNING

    async def write(bodies: list[str]) -> None:
        nonlocal number, head
        numbers, before, hashes = [], [], []
        for text in bodies:
            number += 1
            numbers.append(number)
            before.append(head)
            head = link(head, number, text)
            hashes.append(head)
        await connection.execute(INSERT, chain, numbers, before, hashes, bodies)

    return write


async def rate(url: str, make: Callable[[Any, int], Write], chains: range, group: int) -> float:
    """Entries a second."""
    connections = [await asyncpg.connect(url, server_settings=SETTINGS) for _ in chains]
    writers = [make(connection, chain) for connection, chain in zip(connections, chains, strict=True)]
    ends, written = time.monotonic() + SECONDS, 0

    async def go_on(write: Write) -> None:
        nonlocal written
        while time.monotonic() < ends:
            await write([body() for _ in range(group)])
            written += group

    await asyncio.gather(*map(go_on, writers))
    for connection in connections:
        await connection.close()
    return written / SECONDS


async def main() -> None:
    """Measure both in turn, for so many writers and groups."""
    with tempfile.TemporaryDirectory() as folder:
        async with OwnServers(Path(folder), durable=True) as servers:
            await servers.make_store()
            urls = StoreUrls(servers.store_url(), servers.store_owner_url())
            await prepared(urls, 30)
            owner = await asyncpg.connect(servers.store_owner_url())
            await owner.execute(TABLE)
            await owner.close()
            sys.stdout.write("| writers | entries in a group | one chain: entries/s | a chain each |\n")
            sys.stdout.write("| --- | --- | --- | --- |\n")
            begun = 0
            for writers, group in ((1, 1), (1, 8), (1, 64), (4, 1), (4, 8), (4, 64)):
                chains = range(begun, begun := begun + writers)
                rates = [await rate(servers.store_owner_url(), make, chains, group) for make in (one, each)]
                sys.stdout.write(f"| {writers} | {group} | {rates[0]:,.0f} | {rates[1]:,.0f} |\n")


if __name__ == "__main__":
    asyncio.run(main())
