"""Codes shown with their names from the reference data."""

from operator import attrgetter
from typing import Any

from resolvers.context import Info
from resolvers.link import OWN, Resolver


def coded(dictionary: str, column: str) -> Resolver:
    """A code of this record as an entry of a dictionary; one that the dictionary lacks is shown as such."""
    read = attrgetter(column)

    def resolve(root: Any, info: Info) -> Any:
        code = read(root)
        return None if code is None else info.context.loaders.sources.dictionaries.entry(dictionary, code)

    return Resolver(resolve, {OWN: (column,)})


def _entries(root: Any, info: Info) -> Any:
    return info.context.loaders.sources.dictionaries.entries(root.dictionary)


dictionary_entries = Resolver(_entries)
