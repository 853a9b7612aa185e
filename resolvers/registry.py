"""How the registries' own fields are answered: their state, and their changes as they come."""

from collections.abc import AsyncIterator
from typing import Any

from projections.feed import RegistryChange
from projections.registries import RegistryStatus, registry_statuses
from resolvers.context import Info
from resolvers.ids import NOUNS, global_id
from resolvers.link import Resolver
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


def _title(root: RegistryStatus, info: Info) -> str:  # noqa: ARG001  (every resolver takes both)
    return TITLES[root.registry]


title = Resolver(_title)


def registry_changed(info: Info, registry: Registry) -> AsyncIterator[RegistryChange]:
    """The changes of a registry from now on."""
    return info.context.change_feed.changes(registry)


def _records(root: RegistryChange, info: Info) -> list[Change]:  # noqa: ARG001
    """Changes of records that have a global id; what is about a person's restrictions has none."""
    return [change for change in root.changes if change.noun in NOUNS]


records = Resolver(_records)


def _record_id(root: Any, info: Info) -> str:  # noqa: ARG001
    return global_id(root.noun, root.id)


record_id = Resolver(_record_id)
