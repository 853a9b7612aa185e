"""What a gateway opens behind its operations, made of the settings, or given by tests."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from redis.asyncio import Redis

from auth.revocation_log import sessions_redis
from auth.revocation_watch import RevocationWatch
from gateway.addresses import address
from gateway.authentication import authentication
from gateway.build import Built
from gateway.cabinet import OpenedCabinet
from gateway.contexts import Contexts, feeds_of
from gateway.endpoint import Authenticator
from gateway.lasting import Lasting
from gateway.projection import (
    Readers,
    opened_projection,
    projection_readers,
    projection_sync,
)
from gateway.record.kept import KeptJournal, StoredJournal
from gateway.record.store import StoreUrls
from gateway.settings import Settings
from projections.database import Projection
from projections.feed import ChangeFeed
from projections.findings.feed import FindingFeed
from projections.sync.kept import Kept
from projections.sync.sync import Sync
from sources.dictionary import Dictionaries
from sources.registry import Registry
from sources.resilience import Guard
from sources.resilience import Limits as RegistryLimits
from sources.sources import Sources
from sources.sql.opened import SqlRegistries


@dataclass(frozen=True, slots=True)
class OpenedRegistries:
    """The registries; `guards`: of those that this gateway has opened itself."""

    sources: Sources
    guards: Mapping[Registry, Guard]


def opened_registries(
    settings: Settings, sources: Sources | None, today: Callable[[], dt.date], lasting: Lasting
) -> OpenedRegistries:
    """The registries of these settings, or those given."""
    if sources is not None:
        return OpenedRegistries(sources, {})
    limits = RegistryLimits(settings.registry_timeout, settings.registry_connections)
    urls = {registry: address(settings, f"{registry.lower()}_url") for registry in Registry}
    opened = lasting.opened(SqlRegistries(urls, limits, Dictionaries.load(), today), SqlRegistries.close)
    guards = {registry: database.guard for registry, database in opened.databases.items()}
    return OpenedRegistries(opened.sources, guards)


@dataclass(frozen=True, slots=True)
class Projected:
    """What answers from the projection; `kept`: how far it is, where this process may keep it."""

    readers: Readers
    kept: Kept


def opened_projections(
    settings: Settings,
    given: Readers,
    registries: OpenedRegistries,
    today: Callable[[], dt.date],
    lasting: Lasting,
) -> Projected:
    """The projection of registries that were opened here; of others there is none."""
    if not registries.guards:
        return Projected(given, Kept())
    sync = projection_sync(settings, today) if settings.sync else None
    if sync is not None:
        lasting.works.append(lasting.opened(sync, Sync.close).keep)
    projection = opened_projection(settings) if given.search is None else None
    if projection is not None:
        given = projection_readers(settings, lasting.opened(projection, Projection.close), given)
    return Projected(given, sync.kept if sync else Kept())


def opened_journal(settings: Settings, journal: KeptJournal | None, lasting: Lasting) -> KeptJournal:
    """The journal of these settings, or the one given."""
    if journal is None:
        urls = StoreUrls(address(settings, "store_url"), settings.store_owner_url)
        journal = stored = StoredJournal(urls, settings.journal_timeout)
        lasting.works.append(stored.tell_heads)
    return lasting.opened(journal, lambda each: each.close())


def opened_contexts(
    settings: Settings,
    built: Built,
    registries: OpenedRegistries,
    readers: Readers,
    journal: KeptJournal,
    today: Callable[[], dt.date],
    lasting: Lasting,
) -> Contexts:
    """What every operation's resolvers use."""
    feeds = ChangeFeed(feeds_of(registries.sources), settings.feed_interval)
    cabinet: OpenedCabinet | None = None
    if settings.store_url is not None:
        cabinet = lasting.opened(OpenedCabinet(settings, built, readers.search, today), OpenedCabinet.close)
    finding_feed: FindingFeed | None = None
    if readers.findings is not None:
        finding_feed = FindingFeed(readers.findings, settings.feed_interval)
        lasting.opened(finding_feed, FindingFeed.close)
    return Contexts(
        built,
        registries.sources,
        lasting.opened(feeds, ChangeFeed.close),
        today,
        journal,
        readers.search,
        readers.analytics,
        cabinet.cabinet if cabinet else None,
        findings=readers.findings,
        finding_feed=finding_feed,
    )


@dataclass(frozen=True, slots=True)
class Known:
    """What knows the callers; without `revocations` nobody's are watched."""

    authenticator: Authenticator
    revocations: RevocationWatch | None = None


def opened_authentication(
    settings: Settings, authenticator: Authenticator | None, sources: Sources, lasting: Lasting
) -> Known:
    """What knows the callers, or who is given for it. Raises UnsafeIssuer."""
    if authenticator is not None:
        return Known(authenticator)
    redis = lasting.opened(sessions_redis(address(settings, "redis_url")), Redis.aclose)
    made = authentication(settings, redis, sources)
    lasting.works.extend(made.works)
    return Known(made.authenticator, made.revocations)
