"""`svod audit` and `svod store` as an auditor and an administrator run them."""

import asyncio
import csv
import json
from collections.abc import Coroutine
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from audit.journal import Journal
from gateway.record.store import Store, StoreUrls
from gateway.servers import OwnServers
from tests.audit.conftest import as_owner
from tests.audit.events import ANNA, bodies
from tests.gateway.svod import Finished, svod

GROUPS = count()


@pytest.fixture
async def urls(own_servers: OwnServers) -> StoreUrls:
    """A store with ten entries."""
    group = f"cli{next(GROUPS)}"
    await own_servers.make_store(group)
    made = StoreUrls(own_servers.store_url(group), own_servers.store_owner_url(group))
    store = Store(made, 10)
    await Journal(store).append(bodies(10))
    await store.close()
    return made


def run(urls: StoreUrls, *arguments: str) -> Finished:
    """The command over that store."""
    return svod(*arguments, SVOD_STORE_URL=urls.runtime, SVOD_STORE_OWNER_URL=urls.owner or "")


def spoil(work: Coroutine[Any, Any, None]) -> None:
    asyncio.run(work)


def test_a_sound_journal_is_said_to_be_sound(urls: StoreUrls, tmp_path: Path) -> None:
    found = run(urls, "audit", "verify")
    assert (found.returncode, found.stdout) == (0, "sound up to entry 10\n")
    assert "10 entries in " in found.stderr
    assert "give heads kept elsewhere" in found.stderr
    heads = tmp_path / "heads"
    heads.write_text(run(urls, "audit", "head").stdout)
    found = run(urls, "audit", "verify", "--heads", str(heads))
    assert (found.returncode, found.stdout) == (0, "sound up to entry 10\n")
    assert "kept elsewhere" not in found.stderr


def test_a_changed_entry_is_named(urls: StoreUrls) -> None:
    spoil(as_owner(urls, "update journal.entry set body = body || ' ' where number = 4"))
    found = run(urls, "audit", "verify")
    assert (found.returncode, found.stdout) == (1, "entry 4 is not what was written\n")


def test_a_tail_that_was_cut_off_is_seen_by_a_head_that_was_kept(urls: StoreUrls, tmp_path: Path) -> None:
    heads = tmp_path / "heads"
    heads.write_text(run(urls, "audit", "head").stdout)
    assert json.loads(heads.read_text())["number"] == 10
    spoil(as_owner(urls, "delete from journal.entry where number > 8"))
    assert run(urls, "audit", "verify").returncode == 0
    found = run(urls, "audit", "verify", "--heads", str(heads))
    assert found.returncode == 1
    assert found.stdout == "each of entries 9 to 10 is missing: the journal ends earlier\n"


def test_heads_that_cannot_be_read_are_refused(urls: StoreUrls, tmp_path: Path) -> None:
    heads = tmp_path / "heads"
    heads.write_text('{"number": 1}\n')
    found = run(urls, "audit", "verify", "--heads", str(heads))
    assert found.returncode == 1
    assert "should hold a line of JSON for each head" in found.stderr


def test_entries_are_exported_oldest_first_between_two_moments(urls: StoreUrls) -> None:
    found = run(urls, "audit", "export", "--from", "2026-09-01T09:03:00", "--to", "2026-09-01T09:05:00")
    rows = list(csv.DictReader(StringIO(found.stdout)))
    assert [each["entry"] for each in rows if each["coordinate"] == "Worker.snils"] == ["4", "5"]
    none = run(urls, "audit", "export", "--from", "2026-09-02", "--subject", ANNA)
    assert none.stdout.splitlines()[1:] == []


def test_a_store_that_is_away_is_said_in_a_line() -> None:
    away = StoreUrls("postgresql://nobody:secret@/nothing?host=/nonexistent")
    for command in (["audit", "verify"], ["store", "status"]):
        found = run(away, *command)
        assert found.returncode == 1
        [line] = found.stderr.splitlines()
        assert line.startswith("svod: the store does not answer")
        assert "secret" not in line


def test_the_tables_are_made_and_listed(urls: StoreUrls) -> None:
    assert run(urls, "store", "migrate").stdout == "nothing was pending\n"
    assert run(urls, "store", "status").stdout.splitlines()[0] == "applied 0001_journal"


def test_a_new_store_gets_its_tables_from_the_command(own_servers: OwnServers) -> None:
    asyncio.run(own_servers.make_store("fresh"))
    urls = StoreUrls(own_servers.store_url("fresh"), own_servers.store_owner_url("fresh"))
    assert run(urls, "store", "status").stdout.splitlines()[0] == "pending 0001_journal"
    assert run(urls, "store", "migrate").stdout.splitlines()[0] == "applied 0001_journal"
    assert run(urls, "audit", "verify").stdout == "sound up to entry 0\n"
