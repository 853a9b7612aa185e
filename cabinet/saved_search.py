"""A search that its owner keeps: how it was asked, as JSON of the schema's own input types. Runs nothing."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final
from uuid import UUID

import orjson

from projections.search.condition import Path, Root
from projections.search.errors import BadSearch
from sources.personal import without_snils

MOST_BYTES: Final = 32_768
"""Bytes that the filter, the order and the text of one search may have together, as JSON."""

Json = Any


@dataclass(frozen=True, slots=True)
class Kept:
    """How a search was asked; `where` and `order_by` are JSON as its root takes them, null left out."""

    root: Root
    query: str | None = None
    where: Mapping[str, Json] | None = None
    order_by: Sequence[Mapping[str, Json]] | None = None

    @property
    def given(self) -> dict[str, Json]:
        """The root's arguments, by their GraphQL names; those alone that were given."""
        found = {"query": self.query, "where": self.where, "orderBy": self.order_by}
        return {name: value for name, value in found.items() if value is not None}

    def text(self) -> str:
        """The arguments as they are stored. Raises BadSearch where they are not to be stored."""
        for path, part in _texts(self.given, ()):
            if "\0" in part:
                raise BadSearch(path, "should have no null characters")
            if without_snils(part) != part:
                raise BadSearch(path, "should hold no SNILS")
        found = orjson.dumps(self.given)
        if len(found) > MOST_BYTES:
            raise BadSearch((), f"a search may have {MOST_BYTES} bytes to be kept, not {len(found)}")
        return found.decode()


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that somebody keeps under a name of his own; moments in UTC."""

    noun: ClassVar[str] = "SavedSearch"
    id: UUID
    name: str
    kept: Kept
    created_at: dt.datetime
    updated_at: dt.datetime


def saved_search(row: Sequence[Any]) -> SavedSearch:
    """A saved search of a row of the store."""
    key, name, root, asked, created_at, updated_at = row
    found = orjson.loads(asked)
    kept = Kept(Root(root), found.get("query"), found.get("where"), found.get("orderBy"))
    return SavedSearch(key, name, kept, created_at, updated_at)


def _texts(value: Json, path: Path) -> Iterator[tuple[Path, str]]:
    """Every text in a JSON value, with where it stands."""
    if isinstance(value, str):
        yield path, value
    inner: Any = value.items() if isinstance(value, Mapping) else ()
    if isinstance(value, list):
        inner = enumerate(value)
    for step, part in inner:
        yield from _texts(part, (*path, step))
