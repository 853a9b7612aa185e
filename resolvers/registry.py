"""How the registries' own fields are answered: their state, and their changes as they come."""

import datetime as dt
from collections.abc import AsyncIterator, Sequence

from loaders.search import EVERY_REGISTRY
from projections.feed import RegistryChange
from projections.registries import RegistryStatus, registry_statuses
from projections.search.reader import Freshness
from resolvers.context import Context, Info
from resolvers.ids import NOUNS, global_id
from resolvers.link import Ask, Resolver, computed, lookup
from resolvers.search.found import as_of
from sources.feed import Change
from sources.registry import Registry

TITLES = {
    Registry.WORKERS: "Федеральный регистр медицинских работников (ФРМР)",
    Registry.ORGANIZATIONS: "Федеральный реестр медицинских организаций (ФРМО)",
    Registry.LICENSES: "Реестр лицензий на медицинскую деятельность",
    Registry.QUALIFICATIONS: "Реестр квалификаций медицинских работников",
}


async def _registries(info: Info) -> list[RegistryStatus]:
    return await registry_statuses(info.context.feeds)


registries = Resolver(_registries)


title = computed(lambda status: TITLES[status.registry])


def _searchable(_root: RegistryStatus, _context: Context) -> Ask:
    return Ask("search_freshness", EVERY_REGISTRY)


def _moment(found: Sequence[Freshness], root: RegistryStatus, _context: Context) -> dt.datetime | None:
    return next((each.as_of for each in found if each.registry is root.registry), None)


def _lag(found: Sequence[Freshness], root: RegistryStatus, _context: Context) -> float | None:
    return next((as_of(each).lag_seconds for each in found if each.registry is root.registry), None)


searchable_as_of = lookup(_searchable, then=_moment)
lag_seconds = lookup(_searchable, then=_lag)


def registry_changed(info: Info, registry: Registry) -> AsyncIterator[RegistryChange]:
    """The changes of a registry from now on."""
    return info.context.change_feed.changes(registry)


def _records(root: RegistryChange) -> list[Change]:
    """Changes of records that have a global id; what is about a person's restrictions has none."""
    return [change for change in root.changes if change.noun in NOUNS]


records = computed(_records)


record_id = computed(lambda change: global_id(change.noun, change.id))
