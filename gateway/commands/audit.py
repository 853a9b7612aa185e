"""`svod audit`: whether the journal is as it was written, its newest entry, and its entries as CSV."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, TypeVar

import orjson
import typer

from audit.errors import JournalUnavailable
from audit.export import HEADINGS, lines
from audit.filter import JournalFilter
from audit.journal import Journal
from audit.verify import Verification, verified
from gateway.commands.refusal import RefusalError
from gateway.commands.terminal import notices, output
from gateway.record.store import Store, StoreUrls
from gateway.servers import AlreadyRunning, OwnServers
from gateway.settings import Settings, environment_settings

T = TypeVar("T")

PATIENCE = 60.0
"""Seconds that one statement over many entries may take."""

app = typer.Typer(no_args_is_help=True, help="The journal of what was released: verify it, export it.")

MOMENTS = ["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]


@app.callback()
def audit() -> None:
    """The journal of what was released: verify it, export it."""


@app.command()
def verify(
    heads: Annotated[
        Path | None, typer.Option(help="File of heads that `svod audit head` printed earlier, a line each.")
    ] = None,
) -> None:
    """Find every entry that was changed, moved or taken out. The exit code is 1 when there is one."""
    kept = dict(_heads(heads)) if heads else {}
    begun = time.perf_counter()
    result = _run(lambda journal: _verified(journal, kept))
    seconds = time.perf_counter() - begun
    console = output()
    for finding in result.findings:
        console.print(str(finding), soft_wrap=True)
    rate = result.entries / seconds if seconds else 0
    told = f"{result.entries:,} entries in {seconds:.1f} s ({rate:,.0f} a second)"
    if result.cut_short:
        told += f"; more than {len(result.findings):,} faults, the rest is not told"
    notices().print(told)
    if not result.sound:
        raise typer.Exit(1)
    console.print(f"sound up to entry {result.head.number}", soft_wrap=True)
    if not kept:
        notices().print("nothing tells whether the newest entries were cut off: give heads kept elsewhere")


@app.command()
def head() -> None:
    """Print the newest entry's number and hash: kept elsewhere, they show whether anything is altered."""
    found = _run(lambda journal: journal.head())
    line = {"number": found.number, "hash": found.hash.hex(), "at": datetime.now(UTC).isoformat()}
    sys.stdout.write(orjson.dumps(line).decode() + "\n")


@app.command()
def export(
    since: Annotated[
        datetime | None, typer.Option("--from", formats=MOMENTS, help="A day or a moment, UTC.")
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option("--to", formats=MOMENTS, help="The first day or moment that is too late."),
    ] = None,
    subject: Annotated[str | None, typer.Option(help="Only of this one, like Worker:5f0c….")] = None,
    actor: Annotated[str | None, typer.Option(help="Only by this caller (`sub`).")] = None,
) -> None:
    """Write entries as CSV, oldest first: a line for each subject and coordinate."""
    asked = JournalFilter(_utc(since), _utc(until), subject, actor)
    _run(lambda journal: _exported(journal, asked))


async def _verified(journal: Journal, kept: dict[int, bytes]) -> Verification:
    return await verified(await journal.start(), journal.entries(), kept)


async def _exported(journal: Journal, asked: JournalFilter) -> None:
    sys.stdout.write(HEADINGS)
    async for entry in journal.entries(asked):
        sys.stdout.writelines(lines(entry))


def _heads(file: Path) -> Iterator[tuple[int, bytes]]:
    """Number and hash of each line; lines of the log that tell a head will do as well."""
    try:
        for line in file.read_text("utf-8").splitlines():
            if line.strip():
                told = orjson.loads(line)
                yield int(told["number"]), bytes.fromhex(told["hash"])
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise RefusalError(
            str(file), "should hold a line of JSON for each head, as `svod audit head` prints it"
        ) from exc


def _utc(given: datetime | None) -> datetime | None:
    return given and given.replace(tzinfo=UTC)


def _run(work: Callable[[Journal], Awaitable[T]]) -> T:
    return asyncio.run(_with_journal(environment_settings(), work))


async def _with_journal(settings: Settings, work: Callable[[Journal], Awaitable[T]]) -> T:
    async with _urls(settings) as urls:
        store = Store(urls, PATIENCE)
        try:
            return await work(Journal(store))
        except JournalUnavailable as exc:
            raise RefusalError("the store", f"does not answer ({type(exc.__cause__).__name__})") from exc
        finally:
            await store.close()


@asynccontextmanager
async def _urls(settings: Settings) -> AsyncIterator[StoreUrls]:
    """Where the store is: as set, else in own servers, which are started where they do not run."""
    if settings.store_url is not None:
        yield StoreUrls(settings.store_url, settings.store_owner_url)
        return
    servers = OwnServers(settings.data_dir)
    try:
        await servers.start()
    except AlreadyRunning:
        yield StoreUrls(servers.running_store_url())
        return
    try:
        await servers.make_store()
        yield StoreUrls(servers.store_url(), servers.store_owner_url())
    finally:
        await servers.stop()
