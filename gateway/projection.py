"""What keeps the projection, made of the settings."""

import datetime as dt
from collections.abc import Callable

from gateway.settings import Settings
from projections.sync.sync import Sync
from sources.dictionary import Dictionaries
from sources.registry import Registry
from sources.sql.copying import CopyingReader


def projection_sync(settings: Settings, today: Callable[[], dt.date]) -> Sync | None:
    """What keeps the projection, with the URLs of all registries; None where there is no database for it."""
    url = settings.projection_url or settings.store_url
    if url is None:
        return None
    seconds = settings.sync_copy_timeout
    readers = {
        registry: CopyingReader(registry, getattr(settings, f"{registry.lower()}_url"), seconds)
        for registry in Registry
    }
    return Sync(url, readers, Dictionaries.load(), today, settings.sync_interval, settings.sync_lease)
