"""How the registries' own fields are answered: their state, and their changes as they come."""

from collections.abc import AsyncIterator

from projections.feed import RegistryChange
from projections.registries import RegistryStatus, registry_statuses
from resolvers.context import Info
from resolvers.ids import NOUNS, global_id
from resolvers.link import Resolver, computed
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


def registry_changed(info: Info, registry: Registry) -> AsyncIterator[RegistryChange]:
    """The changes of a registry from now on."""
    return info.context.change_feed.changes(registry)


def _records(root: RegistryChange) -> list[Change]:
    """Changes of records that have a global id; what is about a person's restrictions has none."""
    return [change for change in root.changes if change.noun in NOUNS]


records = computed(_records)


record_id = computed(lambda change: global_id(change.noun, change.id))
