"""`svod sync`: brings the registries into the projection once, builds it anew, or compares it with them."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Annotated
from zoneinfo import ZoneInfo

import asyncpg
import typer
from rich.progress import Progress as Bars
from rich.progress import TaskID

from gateway.calendar import Today
from gateway.commands.refusal import RefusalError
from gateway.commands.terminal import notices, output, progress_of
from gateway.demo_data import demo_data
from gateway.projection import projection_sync
from gateway.record.store import StoreUrls, prepared
from gateway.record.store_migrations import MigrationFault
from gateway.servers import AlreadyRunning, OwnServers
from gateway.settings import Settings, environment_settings
from projections.errors import ProjectionUnavailable, ProjectionUnusable
from projections.sync.build import Progress
from projections.sync.errors import KeptElsewhere, LeaseLost, NotBuilt, Superseded
from projections.sync.sync import Sync
from projections.sync.verify import differences
from sources.errors import SourceError
from sources.registry import Registry

PATIENCE = 60.0
REGISTRY_URLS = {f"{registry.lower()}_url": registry for registry in Registry}

_AWAY = (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError)


def sync(
    verify: Annotated[
        bool,
        typer.Option("--verify", help="Change nothing: compare with the registries, name what differs."),
    ] = False,
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Build it anew beside the one that is there, and swap.")
    ] = False,
) -> None:
    """Bring what the registries have now into the projection, which is built where there is none.

    The exit code is 1 when a registry was away, or when --verify found a difference.
    """
    if verify and rebuild:
        raise RefusalError("svod sync", "either compares (--verify) or builds (--rebuild)")
    settings = environment_settings()
    work = _verify if verify else _rebuild if rebuild else _once
    try:
        sound = asyncio.run(_run(settings, work))
    except (asyncio.CancelledError, KeyboardInterrupt):
        notices().print("stopped; the next run goes on from here")
        raise typer.Exit(130) from None
    if not sound:
        raise typer.Exit(1)


async def _run(settings: Settings, work: Callable[[Sync], Awaitable[bool]]) -> bool:
    task = asyncio.current_task()
    assert task is not None  # noqa: S101 a coroutine that runs is somebody's task
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    async with _whole(settings) as whole:
        made = projection_sync(whole, Today(ZoneInfo(whole.time_zone)))
        assert made is not None  # noqa: S101 a whole settings has every URL
        try:
            return await work(made)
        except KeptElsewhere as exc:
            raise RefusalError("svod sync", "another process keeps the projection up to date") from exc
        except NotBuilt as exc:
            raise RefusalError("the projection", "is not built, or of other registries: svod sync") from exc
        except (Superseded, LeaseLost) as exc:
            raise RefusalError("svod sync", "another process has taken over; run it again") from exc
        except (SourceError, ProjectionUnavailable, ProjectionUnusable) as exc:
            raise RefusalError("svod sync", str(exc)) from exc
        except _AWAY as exc:
            fault = f"failed or cannot hold the projection ({type(exc).__name__})"
            raise RefusalError("the projection's database", fault) from exc
        finally:
            await made.close()


async def _once(made: Sync) -> bool:
    with progress_of("done") as bar:
        away = await made.once(_telling(bar))
    for each in away:
        notices().print(f"{each}: its part of the projection stays as it was")
    _say_positions(made)
    return not away


async def _rebuild(made: Sync) -> bool:
    with progress_of("done") as bar:
        await made.rebuild(_telling(bar))
    notices().print("built anew; what changed meanwhile comes with the next sync")
    return True


async def _verify(made: Sync) -> bool:
    sound = True
    found = differences(
        made.url, made.readers, made.dictionaries, lambda table: notices().print(f"comparing {table}")
    )
    async for each in found:
        sound = False
        output().print(str(each), soft_wrap=True)
    if sound:
        output().print("the projection is as the registries have it")
    return sound


def _telling(bar: Bars) -> Callable[[Progress], None]:
    """Fills a line for each registry that is copied, and one for the steps after that."""
    lines: dict[str, TaskID] = {}

    def tell(progress: Progress) -> None:
        name = progress.what if isinstance(progress.what, Registry) else "tables"
        if name not in lines:
            lines[name] = bar.add_task(name.lower(), total=progress.of)
        bar.update(lines[name], completed=progress.done, total=progress.of)

    return tell


def _say_positions(made: Sync) -> None:
    for registry, rows in made.kept.rows.items():
        position = made.kept.position(registry)
        moment = position.as_of.isoformat(timespec="seconds")
        notices().print(f"{registry.lower()}: {rows:,} changed rows, as of {moment}")


@asynccontextmanager
async def _whole(settings: Settings) -> AsyncIterator[Settings]:
    """The settings with every URL that is needed: those that are not set lead to own servers."""
    needed = [*REGISTRY_URLS, *([] if settings.projection_url else ["store_url"])]
    missing = [field for field in needed if getattr(settings, field) is None]
    if not missing:
        if settings.projection_url is None and settings.store_owner_url is not None:
            await _let_use(StoreUrls(str(settings.store_url), settings.store_owner_url))
        yield settings
        return
    servers = OwnServers(settings.data_dir)
    try:
        await servers.start()
    except AlreadyRunning:
        yield _with(settings, missing, servers.running_registry_urls(), servers.running_store_url())
        return
    try:
        if demo_data(servers) is None:
            raise RefusalError("svod sync", f"{settings.data_dir} holds no demo data; load it: svod demo")
        await servers.make_store()
        await _let_use(StoreUrls(servers.store_url(), servers.store_owner_url()))
        yield _with(settings, missing, servers.registry_urls(), servers.store_url())
    finally:
        await servers.stop()


def _with(settings: Settings, missing: list[str], registries: Mapping[Registry, str], store: str) -> Settings:
    own = {field: registries[registry] for field, registry in REGISTRY_URLS.items()} | {"store_url": store}
    return settings.model_copy(update={field: own[field] for field in missing})


async def _let_use(urls: StoreUrls) -> None:
    """Let the gateway's account make what it needs in the store's database."""
    try:
        await prepared(urls, PATIENCE)
    except MigrationFault as exc:
        raise RefusalError("the store", f"cannot be used: {exc}") from exc
    except _AWAY as exc:
        raise RefusalError("the store", f"does not answer or refuses ({type(exc).__name__})") from exc
