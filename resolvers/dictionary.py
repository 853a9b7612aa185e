"""Codes shown with their names from the reference data."""

from typing import Any

from resolvers.context import Context
from resolvers.link import Resolver, derived, informed


def coded(dictionary: str, column: str) -> Resolver:
    """A code of this record as an entry of a dictionary; one that the dictionary lacks is shown as such."""

    def entry(code: str | None, context: Context) -> Any:
        return None if code is None else context.loaders.sources.dictionaries.lists[dictionary][code]

    return derived(entry, column)


def _entries(root: Any, context: Context) -> Any:
    return context.loaders.sources.dictionaries.entries(root.dictionary)


dictionary_entries = informed(_entries)
