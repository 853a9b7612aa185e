"""What keeps the projection and what searches in it, made of the settings."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from gateway.settings import Settings
from projections.analytics.projected import ProjectedAnalytics
from projections.analytics.reader import AnalyticsReader
from projections.database import Projection
from projections.findings.projected import ProjectedFindings
from projections.findings.reader import FindingReader
from projections.search.answers import Bounds
from projections.search.projected import ProjectionReader
from projections.search.reader import SearchReader
from projections.sync.sync import Sync
from sources.dictionary import Dictionaries
from sources.registry import Registry
from sources.sql.copying import CopyingReader


@dataclass(frozen=True, slots=True)
class Readers:
    """What answers from the projection, or from what tests put in its place; None: nothing does."""

    search: SearchReader | None = None
    exports: SearchReader | None = None
    """The searches of exports, which may take longer: nobody looks on."""
    analytics: AnalyticsReader | None = None
    findings: FindingReader | None = None


def projection_sync(settings: Settings, today: Callable[[], dt.date]) -> Sync | None:
    """What keeps the projection, with the URLs of all registries; None where there is no database for it."""
    url = _url(settings)
    if url is None:
        return None
    seconds = settings.sync_copy_timeout
    readers = {
        registry: CopyingReader(registry, getattr(settings, f"{registry.lower()}_url"), seconds)
        for registry in Registry
    }
    return Sync(url, readers, Dictionaries.load(), today, settings.sync_interval, settings.sync_lease)


def opened_projection(settings: Settings) -> Projection | None:
    """The connections of searches; None where there is no database for a projection."""
    url = _url(settings)
    return None if url is None else Projection(url, settings.search_connections, settings.search_timeout)


def projection_readers(settings: Settings, projection: Projection, given: Readers = Readers()) -> Readers:
    """All readers of a projection; aggregates and findings are answered by what is given, where it is."""
    dictionaries, bounds = Dictionaries.load(), _bounds(settings)
    return Readers(
        ProjectionReader(projection, dictionaries, bounds),
        ProjectionReader(projection, dictionaries, _export_bounds(settings)),
        given.analytics or ProjectedAnalytics(projection, dictionaries, bounds),
        given.findings or ProjectedFindings(projection, bounds),
    )


def _bounds(settings: Settings) -> Bounds:
    return Bounds(settings.limit_search_cost, settings.search_timeout, settings.search_rights_lag)


def _export_bounds(settings: Settings) -> Bounds:
    return Bounds(
        settings.limit_export_search_cost, settings.export_search_timeout, settings.search_rights_lag
    )


def _url(settings: Settings) -> str | None:
    return settings.projection_url or settings.store_url
