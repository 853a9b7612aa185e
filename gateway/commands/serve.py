"""`svod serve`: starts what is missing, serves, and ends what it started."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from multiprocessing.connection import Connection

import structlog
import typer
import uvicorn
import uvloop
from rich.text import Text

from demo.plan import GENERATOR, Plan
from gateway.commands.terminal import notices, output, progress_bar
from gateway.demo_data import demo_data, load_demo_data
from gateway.logging import configure_logging
from gateway.roles import role_tokens
from gateway.servers import OwnServers
from gateway.settings import SERVER_URLS, Environment, Settings, environment_settings
from gateway.transport.listening import Server, Stop, listening_socket
from gateway.transport.processes import Processes, leave_interrupts, line_closed
from sources.registry import Registry

REGISTRY_URLS = {f"{registry.lower()}_url": registry for registry in Registry}


def serve() -> None:
    """Serve the gateway. Where no URL is set, start own PostgreSQL and Redis and load demo data first."""
    settings = environment_settings()
    configure_logging(settings.log_level, console=settings.env is Environment.DEMO)
    with (
        listening_socket(settings.host, settings.port) as bound,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        try:
            runner.run(_serve(settings, bound))
        except asyncio.CancelledError:
            raise typer.Exit(130) from None


async def _serve(settings: Settings, bound: socket.socket) -> None:
    stop = Stop()
    async with _whole(settings) as whole:
        if whole.processes > 1:
            processes = Processes(
                whole.processes, partial(_serve_one, whole), bound, ready=lambda: _say_where(whole)
            )
            stop.ends(processes)
            await processes.run()
            return
        server = Server(_answering(whole), ready=lambda: _say_where(whole))
        stop.ends(server)
        await server.serve([bound])


def _serve_one(settings: Settings, bound: socket.socket, line: Connection) -> None:
    """One of several serving processes; every server that it asks has been started."""
    leave_interrupts()
    configure_logging(settings.log_level, console=settings.env is Environment.DEMO)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve_until_closed(settings, bound, line))


async def _serve_until_closed(settings: Settings, bound: socket.socket, line: Connection) -> None:
    stop = Stop()
    server = Server(
        _answering(settings),
        ready=lambda: line_closed(line, lambda: server.handle_exit(signal.SIGTERM, None)),
    )
    stop.ends(server)
    await server.serve([bound])


def _answering(settings: Settings) -> uvicorn.Config:
    """The gateway; imported here, since other commands start without it, and the first of several too."""
    from gateway.bootstrap import bootstrap
    from gateway.transport.listener import listener

    return listener(bootstrap(settings).app, settings)


@asynccontextmanager
async def _whole(settings: Settings) -> AsyncIterator[Settings]:
    """The settings with every URL: those that are not set lead to own servers, which end with this."""
    missing = [field for field in SERVER_URLS if getattr(settings, field) is None]
    if not missing:
        yield settings
        return
    async with OwnServers(settings.data_dir) as servers:
        own = {"redis_url": servers.redis_url} | await _own_store(servers)
        if set(missing) & REGISTRY_URLS.keys():
            await _load_once(servers, settings)
            own |= {field: servers.registry_urls()[registry] for field, registry in REGISTRY_URLS.items()}
        if "store_url" in missing:
            missing.append("store_owner_url")
        yield settings.model_copy(update={field: own[field] for field in missing})


async def _own_store(servers: OwnServers) -> dict[str, str]:
    await servers.make_store()
    return {"store_url": servers.store_url(), "store_owner_url": servers.store_owner_url()}


async def _load_once(servers: OwnServers, settings: Settings) -> None:
    """Load demo data if none is there whole; say what is there otherwise."""
    there = demo_data(servers)
    if there is None:
        plan = Plan(settings.demo_workers, datetime.now(UTC).date())
        with progress_bar() as bar:
            line = bar.add_task("demo data", total=plan.workers)
            await load_demo_data(servers, plan, lambda done: bar.update(line, completed=done))
        return
    told = f"demo data: {there.workers:,} workers as of {there.today}"
    if there.generator != GENERATOR:
        told += ", made by another version of Svod; make it anew with: svod demo --force"
    notices().print(told)


def _say_where(settings: Settings) -> None:
    """In a demo: where to look, and a token for each role. In production: a line of the log."""
    if settings.env is not Environment.DEMO:
        structlog.stdlib.get_logger("svod").info("serving", host=settings.host, port=settings.port)
        return
    base = f"http://{_host(settings.host)}:{settings.port}"
    lines = [
        "",
        f"Svod answers at {base}/graphql",
        f"  explorer   {base}/",
        f"  dashboard  {base}/dashboard",
        "  guide      README.md, docs/architecture.md",
        "  stop       Ctrl-C",
    ]
    if (tokens := role_tokens(settings)) is not None:
        lines += ["", "Tokens of the demo, good for eight hours (the explorer's role picker has them too):"]
        lines += [f"  {each['role']:<10} {each['token']}" for each in tokens()]
    output().print(Text("\n".join(lines)), soft_wrap=True)


def _host(host: str) -> str:
    """The host as a browser on this machine writes it."""
    if host in ("0.0.0.0", "::"):  # noqa: S104 - told from others, not listened on
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
