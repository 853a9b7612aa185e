"""`svod sync` as an administrator runs it."""

import asyncio
from collections.abc import Mapping

import asyncpg
import pytest

from gateway.servers import OwnServers
from projections.sync.lease import KEEP
from sources.registry import Registry
from tests.gateway.svod import Finished, svod

Urls = Mapping[Registry, str]


def run(registries: Urls, store: str, *arguments: str) -> Finished:
    """The command over these registries."""
    settings = {f"SVOD_{registry}_URL": url for registry, url in registries.items()}
    return svod("sync", *arguments, SVOD_PROJECTION_URL=store, **settings)


def test_it_builds_says_how_far_it_is_and_verifies(registries: Urls, own_servers: OwnServers) -> None:
    asyncio.run(own_servers.make_store("command"))
    store = own_servers.store_owner_url("command")
    nothing = run(registries, store, "--verify")
    assert nothing.returncode == 1
    assert "is not built" in nothing.stderr
    built = run(registries, store)
    assert built.returncode == 0, built.stderr
    assert "workers: 0 changed rows, as of 20" in built.stderr
    assert run(registries, store, "--rebuild").returncode == 0
    sound = run(registries, store, "--verify")
    assert (sound.returncode, sound.stdout) == (0, "the projection is as the registries have it\n")
    asyncio.run(_spoil(store))
    spoilt = run(registries, store, "--verify")
    assert spoilt.returncode == 1
    assert spoilt.stdout.startswith("category: 1 missing: ")


def test_a_registry_that_is_away_is_said(registries: Urls, own_servers: OwnServers) -> None:
    asyncio.run(own_servers.make_store("command_away"))
    store = own_servers.store_owner_url("command_away")
    away = {**registries, Registry.LICENSES: "postgresql://nobody:secret@/nothing?host=/nonexistent"}
    refused = run(away, store)
    assert refused.returncode == 1
    assert "registry LICENSES is unavailable" in refused.stderr
    assert "secret" not in refused.stderr
    assert run(registries, store).returncode == 0
    partly = run(away, store)
    assert partly.returncode == 1
    assert "registry LICENSES is unavailable: its part of the projection stays as it was" in partly.stderr


def test_both_at_once_are_refused(registries: Urls) -> None:
    found = run(registries, "postgresql://nobody@/nothing", "--verify", "--rebuild")
    assert found.returncode == 1
    assert "either compares (--verify) or builds (--rebuild)" in found.stderr


def test_beside_a_process_that_keeps_it_it_is_refused(registries: Urls, own_servers: OwnServers) -> None:
    asyncio.run(own_servers.make_store("command_beside"))
    store = own_servers.store_owner_url("command_beside")
    with asyncio.Runner() as other:
        connection = other.run(asyncpg.connect(store))
        other.run(connection.execute("select pg_advisory_lock($1)", KEEP))
        found = run(registries, store)
        other.run(connection.close())
    assert found.returncode == 1
    assert "another process keeps the projection" in found.stderr


@pytest.mark.parametrize("fault", ["away", "may not"])
def test_a_database_that_cannot_hold_it_is_said(registries: Urls, fault: str) -> None:
    urls = {
        "away": "postgresql://nobody:secret@/nothing?host=/nonexistent",
        # An account that may only read.
        "may not": registries[Registry.WORKERS],
    }
    found = run(registries, urls[fault])
    assert found.returncode == 1
    [line] = [each for each in found.stderr.splitlines() if each.startswith("svod: ")]
    assert "projection" in line
    assert "secret" not in line


async def _spoil(store: str) -> None:
    connection = await asyncpg.connect(store)
    row = "select id from projection.category limit 1"
    await connection.execute(f"delete from projection.category where id = ({row})")
    await connection.close()
