"""`svod store`: the tables of Svod's own database, made by the account that owns them."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import asyncpg
import typer

from gateway.commands.refusal import RefusalError
from gateway.commands.terminal import output
from gateway.record.store import StoreUrls, account
from gateway.record.store_migrations import Migration, MigrationFault, applied, migrate, migrations
from gateway.settings import environment_settings

T = TypeVar("T")

PATIENCE = 60.0

app = typer.Typer(no_args_is_help=True, help="Svod's own database: make its tables, list the steps.")


@app.callback()
def store() -> None:
    """Svod's own database: make its tables, list the steps."""


@app.command("migrate")
def migrate_store() -> None:
    """Apply the steps that are pending and let the gateway's account use the tables."""
    done = _run(_migrated)
    for each in done:
        output().print(f"applied {each.name}")
    if not done:
        output().print("nothing was pending")


@app.command()
def status() -> None:
    """List every step, and whether it was applied."""
    known = _run(lambda connection, _: applied(connection))
    for each in migrations():
        output().print(f"{'applied' if each.number in known else 'pending'} {each.name}")


async def _migrated(connection: asyncpg.Connection, role: str | None) -> list[Migration]:
    return await migrate(connection, role)


def _run(work: Callable[[asyncpg.Connection, str | None], Awaitable[T]]) -> T:
    settings = environment_settings()
    if settings.store_url is None:
        raise RefusalError("SVOD_STORE_URL", "is not set; the store of own servers is made when they start")
    return asyncio.run(_connected(StoreUrls(settings.store_url, settings.store_owner_url), work))


async def _connected(urls: StoreUrls, work: Callable[[asyncpg.Connection, str | None], Awaitable[T]]) -> T:
    try:
        connection = await asyncpg.connect(urls.owner or urls.runtime, timeout=PATIENCE)
        try:
            return await work(connection, account(urls.runtime) if urls.owner else None)
        finally:
            await connection.close()
    except MigrationFault as exc:
        raise RefusalError("the store", f"cannot be used: {exc}") from exc
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as exc:
        raise RefusalError("the store", f"does not answer or refuses ({type(exc).__name__})") from exc
