"""How fields are answered, declared as data: which columns, which loader, which key."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from resolvers.context import Context, Info

OWN = ""
"""In `needs`: the record that the field belongs to."""

Needs = Mapping[str, tuple[str, ...]]

HIDDEN = "(personal key)"
"""Stands in place of a key that must not be shown."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link to other records: the loader that answers it, and the columns that make its key."""

    loader: str
    key: tuple[str, ...]
    reference: bool = False
    """The key names a record elsewhere, so that its absence is a dangling reference."""
    hidden: bool = False
    """The key is personal and is not told."""
    then: Callable[[Any, Context, Mapping[str, Any]], Any] | None = None
    """What becomes of the records found, by the context and the field's arguments (their GraphQL names)."""


@dataclass(frozen=True, slots=True)
class Resolver:
    """How one field is answered, and the columns that it reads of which noun: no others are asked for.

    `resolve` answers it for any executor. The rest says the same as data, for one that compiles.
    """

    resolve: Callable[..., Any]
    needs: Needs = field(default_factory=dict)
    link: Link | None = None
    column: str | None = None
    """The value that stands in the record under this name."""
    answer: Callable[[Any, Context], Any] | None = None
    """The value worked out of the record and the context, at once."""


def column(name: str) -> Resolver:
    """A value that stands in the record."""
    read = attrgetter(name)

    def resolve(root: Any, info: Info) -> Any:  # noqa: ARG001  (every resolver takes both)
        return read(root)

    return Resolver(resolve, {OWN: (name,)}, column=name)


def computed(answer: Callable[[Any], Any], *columns: str) -> Resolver:
    """A field that is worked out of some columns of its own record."""
    return informed(lambda root, _context: answer(root), *columns)


def informed(answer: Callable[[Any, Context], Any], *columns: str) -> Resolver:
    """A field that is worked out of some columns of its own record and what the operation knows."""

    def resolve(root: Any, info: Info) -> Any:
        return answer(root, info.context)

    return Resolver(resolve, {OWN: columns}, answer=answer)


def link(loader: str, *key: str, reference: bool = False, hidden: bool = False) -> Resolver:
    """A link to the record or records that `loader` knows under the key made of these columns.

    A key of several columns is a tuple. A key whose first column is null leads nowhere and asks nothing.
    A `reference` whose record is missing is told as dangling, by its key unless that is personal (`hidden`).
    """
    declared = Link(loader, key, reference, hidden)
    read = attrgetter(*key)
    first = attrgetter(key[0])

    def resolve(root: Any, info: Info) -> Any:
        if first(root) is None:
            return None
        wanted = read(root)
        found = getattr(info.context.loaders, loader).load(wanted)
        return _told(found, HIDDEN if hidden else wanted, info) if reference else found

    return Resolver(resolve, {OWN: key}, declared)


async def _told(found: Any, key: Any, info: Info) -> Any:
    """The record, or null together with a note that the reference dangles."""
    record = await found
    if record is None:
        note_dangling(info, str(key))
    return record


def note_dangling(info: Info, reference: str) -> None:
    """Say in the answer's extensions that this field's reference leads nowhere."""
    path = info._raw_info.path.as_list()  # noqa: SLF001  (strawberry's Info hands out no plain path)
    info.context.dangling.note(path, ".".join(coordinate(info)), reference)


def coordinate(info: Info) -> tuple[str, str]:
    """The type and field, by their GraphQL names, that is being answered."""
    raw = info._raw_info  # noqa: SLF001  (strawberry's Info hands out the Python names only)
    return raw.parent_type.name, raw.field_name
