"""Svod's own servers behind one seam: start them, ask for addresses, stop them."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import asyncpg

from gateway.servers.account import lent_account
from gateway.servers.errors import StartFailed
from gateway.servers.folder import Folder
from gateway.servers.postgres import MAJOR, SUPERUSER, Postgres
from gateway.servers.redis import Redis
from sources.registry import Registry

_S = TypeVar("_S")

OWNER = "svod_owner"
"""The account that makes the tables of demo registries and store; the gateway never answers by it."""
STORE = "svod_store"
"""The account by which the gateway uses Svod's own database."""


class OwnServers:
    """PostgreSQL and Redis of this Svod alone, in its data folder; they end when this process does.

    Each registry is a database of its own with an account of its own, which may read there and nothing else.
    A group is a set of the four, so that tests can keep several sizes side by side.
    """

    def __init__(self, data_dir: Path, *, durable: bool = True, brief: bool = False) -> None:
        """`durable`: whether data outlives the machine's end; `brief`: whether it is for a test run alone."""
        self._folder = Folder(data_dir, lent_account())
        self._durable, self._brief = durable, brief
        self._postgres: Postgres | None = None
        self._redis: Redis | None = None

    async def start(self) -> None:
        """Start both servers; ServersError says what stands in the way."""
        try:
            await asyncio.to_thread(self._start)
            await self._make_accounts()
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Stop both servers and give the data folder up."""
        await asyncio.to_thread(self._stop)

    async def __aenter__(self) -> "OwnServers":
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @property
    def redis_url(self) -> str:
        """Redis's address, password included."""
        return _running(self._redis).url

    def registry_urls(self, group: str = "svod") -> Mapping[Registry, str]:
        """Each registry's address with the account that may only read it."""
        return {registry: self._url(_database(group, registry), _reader(registry)) for registry in Registry}

    def owner_urls(self, group: str = "svod") -> Mapping[Registry, str]:
        """Each registry's address with the account that loads it."""
        return {registry: self._url(_database(group, registry), OWNER) for registry in Registry}

    def store_url(self, group: str = "svod") -> str:
        """The address of Svod's own database, with the account that may only use its tables."""
        return self._url(f"{group}_store", STORE)

    def store_owner_url(self, group: str = "svod") -> str:
        """The same with the account that makes the tables."""
        return self._url(f"{group}_store", OWNER)

    def running_store_url(self, group: str = "svod") -> str:
        """The store's address in servers that another Svod runs on this data folder."""
        return self._running_url(f"{group}_store", STORE)

    def running_registry_urls(self, group: str = "svod") -> Mapping[Registry, str]:
        """Each registry's address in servers that another Svod runs on this data folder."""
        return {
            registry: self._running_url(_database(group, registry), _reader(registry))
            for registry in Registry
        }

    def _running_url(self, database: str, user: str) -> str:
        running = Postgres(self._folder, durable=self._durable)
        return running.url(database, user, self._folder.secret(user))

    async def make_store(self, group: str = "svod") -> None:
        """Make Svod's own database, empty, where there is none."""
        admin = await asyncpg.connect(_running(self._postgres).url("postgres"))
        name = f"{group}_store"
        try:
            if await admin.fetchval("select 1 from pg_database where datname = $1", name) is None:
                await admin.execute(f"create database {name} owner {OWNER}")
                await admin.execute(f"revoke all on database {name} from public")
        finally:
            await admin.close()

    async def copy_store(self, source: str, group: str) -> None:
        """Make Svod's own database as another group's is; nobody may be connected to that one."""
        admin = await asyncpg.connect(_running(self._postgres).url("postgres"))
        name = f"{group}_store"
        try:
            await admin.execute(f"create database {name} owner {OWNER} template {source}_store")
            await admin.execute(f"revoke all on database {name} from public")
        finally:
            await admin.close()

    async def make_registries(self, group: str = "svod") -> None:
        """Make the four databases, empty, in place of any that were there."""
        await self._make_databases(group, "template1")
        for registry in Registry:
            await self._let_read(group, registry)

    async def copy_registries(self, source: str, group: str) -> None:
        """Make a group that holds what another one holds; nobody may be connected to that one's databases."""
        await self._make_databases(group, source)

    async def _make_databases(self, group: str, source: str) -> None:
        self.remember(group, None)
        admin = await asyncpg.connect(_running(self._postgres).url("postgres"))
        try:
            for registry in Registry:
                name = _database(group, registry)
                template = source if source == "template1" else _database(source, registry)
                await admin.execute(f"drop database if exists {name} with (force)")
                await admin.execute(f"create database {name} owner {OWNER} template {template}")
                await admin.execute(f"revoke all on database {name} from public")
                await admin.execute(f"grant connect on database {name} to {_reader(registry)}")
        finally:
            await admin.close()

    def content(self, group: str = "svod") -> Mapping[str, Any] | None:
        """What was remembered about the data that a group holds; None when it holds none."""
        found = self._folder.facts().get("content", {}).get(group)
        return dict(found) if found else None

    def remember(self, group: str, content: Mapping[str, Any] | None) -> None:
        """Write down what data a group holds, once it is whole."""
        known = self._folder.facts().get("content", {})
        self._folder.remember(content=known | {group: content})

    def _start(self) -> None:
        self._folder.hold()
        self._folder.remember(postgres=MAJOR)
        self._postgres = Postgres(self._folder, durable=self._durable, brief=self._brief)
        self._redis = Redis(self._folder)
        self._postgres.start()
        self._redis.start()

    def _stop(self) -> None:
        for server in (self._redis, self._postgres):
            if server is not None:
                server.stop()
        self._folder.release()

    def _url(self, database: str, user: str) -> str:
        return _running(self._postgres).url(database, user, self._folder.secret(user))

    async def _make_accounts(self) -> None:
        """Make the accounts that are missing and give each its password."""
        try:
            admin = await asyncpg.connect(_running(self._postgres).url("postgres"))
        except (OSError, asyncpg.PostgresError) as exc:
            raise StartFailed("PostgreSQL", f"it refuses {SUPERUSER}: {type(exc).__name__}") from exc
        try:
            known = {row["rolname"] for row in await admin.fetch("select rolname from pg_roles")}
            for name in (OWNER, STORE, *map(_reader, Registry)):
                verb = "alter" if name in known else "create"
                await admin.execute(f"{verb} role {name} login password '{self._folder.secret(name)}'")
        finally:
            await admin.close()

    async def _let_read(self, group: str, registry: Registry) -> None:
        """Let the registry's account read every table that its owner is going to make, and nothing more."""
        owner = await asyncpg.connect(self.owner_urls(group)[registry])
        try:
            await owner.execute(
                f"alter default privileges in schema public grant select on tables to {_reader(registry)}"
            )
        finally:
            await owner.close()


def _database(group: str, registry: Registry) -> str:
    return f"{group}_{registry.value.lower()}"


def _reader(registry: Registry) -> str:
    return f"svod_{registry.value.lower()}"


def _running(server: _S | None) -> _S:
    if server is None:
        raise StartFailed("servers", "they are not started")
    return server
