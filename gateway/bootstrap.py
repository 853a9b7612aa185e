"""The composition root: makes every collaborator once and puts them together. Tests pass others in."""

import datetime as dt
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from redis.asyncio import Redis
from starlette.applications import Starlette
from starlette.routing import Route

from auth.enumeration import Lookups
from auth.revocation_log import sessions_redis
from auth.revocation_watch import RevocationWatch
from engine.execution import Engine
from gateway.app import application
from gateway.authentication import authentication
from gateway.background import Work, running
from gateway.build import Built, built_schema
from gateway.cabinet import OpenedCabinet
from gateway.calendar import Today
from gateway.contexts import Contexts, feeds_of
from gateway.dashboard import dashboard_documents, dashboard_routes
from gateway.endpoint import Authenticator, Endpoint
from gateway.explorer import explorer_routes
from gateway.export.door import EXPORTS, Behind, Exports
from gateway.limits import Limits
from gateway.lookups import CountedLookups
from gateway.metrics.collector import Parts
from gateway.metrics.page import metrics_page
from gateway.operation.execution import Execution
from gateway.operation.persisted import PersistedQueries, RedisStore
from gateway.operation.prepare import Preparation
from gateway.plans.compiled import CompiledSchema
from gateway.projection import (
    analytics_reader,
    export_reader,
    finding_reader,
    opened_projection,
    projection_reader,
    projection_sync,
)
from gateway.rates.ledger import RedisLedger
from gateway.rates.policy import POLICIES, Policy, policy_of
from gateway.rates.rates import Rates
from gateway.record.journal import AnswersOnRecord, watched_coordinates
from gateway.record.kept import KeptJournal, StoredJournal
from gateway.record.store import StoreState, StoreUrls
from gateway.rejections import Rejections
from gateway.roles import role_tokens
from gateway.settings import Environment, Settings, variable
from gateway.shown import ShownSchemas
from gateway.transport.entrance import Entrance
from gateway.trusted.documents import TrustedDocuments
from projections.analytics.reader import AnalyticsReader
from projections.feed import ChangeFeed
from projections.findings.feed import FindingFeed
from projections.findings.reader import FindingReader
from projections.registries import RegistryState, registry_statuses
from projections.search.reader import SearchReader
from projections.sync.kept import Kept
from resolvers.cabinet import Cabinet
from sources.dictionary import Dictionaries
from sources.feed import Feed
from sources.registry import Registry
from sources.resilience import Guard
from sources.resilience import Limits as RegistryLimits
from sources.sources import Sources
from sources.sql.opened import SqlRegistries


class NoAddress(Exception):
    """A server's URL is neither set nor given by Svod's own servers; names the setting."""

    def __init__(self, field: str) -> None:
        super().__init__(f"{variable(field)} is not set")


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
    calendar = today or _calendar(settings.time_zone)
    endings = AsyncExitStack()
    guards: Mapping[Registry, Guard] = {}
    if sources is None:
        opened = _opened(settings, calendar)
        endings.push_async_callback(opened.close)
        sources = opened.sources
        guards = {registry: database.guard for registry, database in opened.databases.items()}
    redis = Redis.from_url(_address(settings, "redis_url"))
    built, limits = built_schema(), Limits.of(settings)
    endings.push_async_callback(redis.aclose)
    change_feed = ChangeFeed(feeds_of(sources), settings.feed_interval)
    endings.push_async_callback(change_feed.close)
    plans = CompiledSchema(built) if compiled else None
    works: list[Work] = []
    if journal is None:
        urls = StoreUrls(_address(settings, "store_url"), settings.store_owner_url)
        journal = stored = StoredJournal(urls, settings.journal_timeout)
        works.append(stored.tell_heads)
    sync = projection_sync(settings, calendar) if guards and settings.sync else None
    if sync is not None:
        endings.push_async_callback(sync.close)
        works.append(sync.keep)
    projection = opened_projection(settings) if guards and search is None else None
    export_search = search
    if projection is not None:
        endings.push_async_callback(projection.close)
        search = projection_reader(settings, projection)
        findings = findings or finding_reader(settings, projection)
        analytics = analytics or analytics_reader(settings, projection)
        export_search = export_reader(settings, projection)
    finding_feed = FindingFeed(findings, settings.feed_interval) if findings else None
    if finding_feed is not None:
        endings.push_async_callback(finding_feed.close)
    kept = journal
    cabinet: Cabinet | None = None
    if settings.store_url is not None:
        opened_cabinet = OpenedCabinet(settings, built, search, calendar)
        endings.push_async_callback(opened_cabinet.close)
        cabinet = opened_cabinet.cabinet
    contexts = Contexts(
        built,
        sources,
        change_feed,
        calendar,
        kept,
        search,
        analytics,
        cabinet,
        findings=findings,
        finding_feed=finding_feed,
    )
    endings.push_async_callback(kept.close)
    revocations: RevocationWatch | None = None
    if authenticator is None:
        rights_redis = sessions_redis(_address(settings, "redis_url"))
        endings.push_async_callback(rights_redis.aclose)
        made = authentication(settings, rights_redis, sources)
        authenticator, revocations = made.authenticator, made.revocations
        works += made.works
    preparation = Preparation(built.graphql, limits)
    trusted = TrustedDocuments(
        settings.trusted_documents,
        settings.trusted_only,
        schema_is_open=_is_open(settings),
        own=dashboard_documents(),
    )
    trusted.prepare(preparation)
    rates = Rates(policies_of(settings), RedisLedger(redis))
    endings.push_async_callback(rates.close)
    store = RedisStore(redis, seconds=settings.persisted_ttl, most=settings.limit_persisted)
    releases = [Rejections(AnswersOnRecord(kept, watched_coordinates(built)))]
    checks = [CountedLookups(contexts.gate, Lookups(redis, settings.lookups_per_hour))]
    persisted = PersistedQueries(store, limits, trusted)
    endpoint = Endpoint(
        authenticator,
        preparation,
        persisted,
        Execution(
            built.graphql,
            contexts,
            plans,
            releases=releases,
            introspection=ShownSchemas(built.graphql, contexts.gate),
        ),
        open_introspection=_is_open(settings),
        trusted=trusted,
        rates=rates,
        checks=checks,
    )
    exports = Exports(
        Behind(
            endpoint,
            preparation,
            built.graphql,
            contexts,
            plans,
            releases,
            checks,
            rates,
            export_search,
            calendar,
        ),
        settings,
    )
    engine = plans.engine if plans else None
    measured = Parts(
        endpoint.requests,
        rates,
        preparation,
        persisted,
        engine,
        guards,
        sync.kept if sync else Kept(),
        exports.written,
    )
    metrics = metrics_page(settings, measured, redis)
    if settings.processes > 1:
        works.append(metrics.keep_shared)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await kept.open()
        async with endings, running(works):
            yield

    app = application(
        endpoint,
        Answering(feeds_of(sources), kept, revocations),
        settings,
        routes=[
            Route(f"{EXPORTS}{{file}}", exports),
            Route("/metrics", metrics.__call__),
            *explorer_routes(tokens=role_tokens(settings)),
            *dashboard_routes(),
        ],
        lifespan=lifespan,
    )
    return Gateway(app, endpoint, built, sources, engine)


def _opened(settings: Settings, today: Callable[[], dt.date]) -> SqlRegistries:
    limits = RegistryLimits(settings.registry_timeout, settings.registry_connections)
    urls = {registry: _address(settings, f"{registry.lower()}_url") for registry in Registry}
    return SqlRegistries(urls, limits, Dictionaries.load(), today)


def policies_of(settings: Settings) -> Mapping[str, Policy | None]:
    """What each role may ask in time."""
    return {name: policy_of(name, getattr(settings, f"rate_{name}")) for name in POLICIES}


def _is_open(settings: Settings) -> bool:
    if settings.open_introspection is not None:
        return settings.open_introspection
    return settings.env is Environment.DEMO


def _calendar(time_zone: str) -> Callable[[], dt.date]:
    return Today(ZoneInfo(time_zone))


def _address(settings: Settings, field: str) -> str:
    found: str | None = getattr(settings, field)
    if found is None:
        raise NoAddress(field)
    return found
