"""The composition root: makes every collaborator once and puts them together. Tests pass others in."""

import datetime as dt
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from redis.asyncio import Redis
from starlette.applications import Starlette
from starlette.routing import Route

from auth.revocation_watch import RevocationWatch
from engine.execution import Engine
from gateway.addresses import address
from gateway.app import application
from gateway.background import running
from gateway.build import Built, built_schema
from gateway.calendar import Today
from gateway.contexts import feeds_of
from gateway.dashboard import dashboard_routes
from gateway.endpoint import Authenticator, Endpoint
from gateway.explorer import explorer_routes
from gateway.export.door import EXPORTS, Exports
from gateway.lasting import Lasting
from gateway.metrics.page import metrics_page
from gateway.opened import (
    opened_authentication,
    opened_contexts,
    opened_journal,
    opened_projections,
    opened_registries,
)
from gateway.operating import operating
from gateway.plans.compiled import CompiledSchema
from gateway.projection import (
    Readers,
)
from gateway.record.kept import KeptJournal
from gateway.record.store import StoreState
from gateway.roles import role_tokens
from gateway.settings import Settings
from gateway.transport.entrance import Entrance
from projections.analytics.reader import AnalyticsReader
from projections.findings.reader import FindingReader
from projections.registries import RegistryState, registry_statuses
from projections.search.reader import SearchReader
from sources.feed import Feed
from sources.registry import Registry
from sources.sources import Sources


@dataclass(frozen=True, slots=True)
class Gateway:
    """Everything put together: the application, and the pieces that commands and tests use beside it."""

    app: Entrance
    endpoint: Endpoint
    built: Built
    sources: Sources
    compiled: Engine | None
    """What runs the operations, unless graphql-core's executor was asked for."""


@dataclass(frozen=True, slots=True)
class Answering:
    """Asks those behind the gateway whether they answer, for `/readyz`."""

    feeds: Mapping[Registry, Feed]
    journal: KeptJournal
    revocations: RevocationWatch | None

    async def registries(self) -> Mapping[str, bool]:
        """For each registry's name, whether it answers."""
        statuses = await registry_statuses(self.feeds)
        return {status.registry.value: status.state is RegistryState.OK for status in statuses}

    async def store(self) -> bool:
        """Whether the store answers."""
        return await self.journal.state() is StoreState.OK

    def sessions(self) -> bool:
        """Whether sessions and revocations can be checked."""
        return self.revocations is None or self.revocations.sees()


def bootstrap(
    settings: Settings,
    *,
    sources: Sources | None = None,
    authenticator: Authenticator | None = None,
    today: Callable[[], dt.date] | None = None,
    journal: KeptJournal | None = None,
    search: SearchReader | None = None,
    analytics: AnalyticsReader | None = None,
    findings: FindingReader | None = None,
    compiled: bool = True,
) -> Gateway:
    """The gateway for these settings, with their URLs all set; what is passed in replaces what would be made.

    Raises NoAddress, or UnsafeIssuer where the issuer cannot be trusted. Asks nothing of any server yet.
    """
    calendar, lasting = today or _calendar(settings.time_zone), Lasting()
    registries = opened_registries(settings, sources, calendar, lasting)
    redis = lasting.opened(Redis.from_url(address(settings, "redis_url")), Redis.aclose)
    given = Readers(search, search, analytics, findings)
    projected = opened_projections(settings, given, registries, calendar, lasting)
    kept = opened_journal(settings, journal, lasting)
    built = built_schema()
    contexts = opened_contexts(settings, built, registries, projected.readers, kept, calendar, lasting)
    known = opened_authentication(settings, authenticator, registries.sources, lasting)
    plans = CompiledSchema(built) if compiled else None
    parts = operating(settings, known.authenticator, contexts, plans, kept, redis, lasting)
    exports = Exports(parts.behind(projected.readers.exports, calendar), settings)
    measured = parts.measured(registries.guards, projected.kept, exports.written)
    metrics = metrics_page(settings, measured, redis)
    if settings.processes > 1:
        lasting.works.append(metrics.keep_shared)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await kept.open()
        async with lasting.endings, running(lasting.works):
            yield

    app = application(
        parts.endpoint,
        Answering(feeds_of(registries.sources), kept, known.revocations),
        settings,
        routes=[
            Route(f"{EXPORTS}{{file}}", exports),
            Route("/metrics", metrics.__call__),
            *explorer_routes(tokens=role_tokens(settings)),
            *dashboard_routes(),
        ],
        lifespan=lifespan,
    )
    return Gateway(app, parts.endpoint, built, registries.sources, plans.engine if plans else None)


def _calendar(time_zone: str) -> Callable[[], dt.date]:
    return Today(ZoneInfo(time_zone))
