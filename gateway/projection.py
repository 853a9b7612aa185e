"""What keeps the projection and what searches in it, made of the settings."""

import datetime as dt
from collections.abc import Callable

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


def projection_reader(settings: Settings, projection: Projection) -> SearchReader:
    """What answers searches."""
    return ProjectionReader(projection, Dictionaries.load(), _bounds(settings))


def analytics_reader(settings: Settings, projection: Projection) -> AnalyticsReader:
    """What answers aggregates."""
    return ProjectedAnalytics(projection, Dictionaries.load(), _bounds(settings))


def finding_reader(settings: Settings, projection: Projection) -> FindingReader:
    """What answers about findings."""
    return ProjectedFindings(projection, _bounds(settings))


def _bounds(settings: Settings) -> Bounds:
    return Bounds(settings.limit_search_cost, settings.search_timeout, settings.search_rights_lag)


def export_reader(settings: Settings, projection: Projection) -> SearchReader:
    """What answers the searches of exports, which may take longer: nobody looks on."""
    bounds = Bounds(
        settings.limit_export_search_cost, settings.export_search_timeout, settings.search_rights_lag
    )
    return ProjectionReader(projection, Dictionaries.load(), bounds)


def _url(settings: Settings) -> str | None:
    return settings.projection_url or settings.store_url
