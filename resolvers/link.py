"""How fields are answered, declared as data: which columns, which loader, which key."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from inspect import Parameter, Signature, signature
from operator import attrgetter
from typing import Any, NamedTuple

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


Then = Callable[[Any, Any, Context], Any]


class Ask(NamedTuple):
    """A question to a loader."""

    loader: str
    key: Any
    reference: str | None = None
    """What the answer's extensions say of a record that ought to be there, when it is missing."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """A field that finds out, by its record, the context and its arguments, which loader to ask for what."""

    find: Callable[..., Any]
    """Gives an `Ask`, a list with asks and errors in it, something awaitable, or the value itself."""
    then: Then | None = None
    """What becomes of the value, by the record and the context."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A value worked out of one column alone: records where that is the same share it."""

    column: str
    answer: Callable[[Any, Context], Any]


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
    lookup: Lookup | None = None
    derived: Derived | None = None


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


def derived(answer: Callable[[Any, Context], Any], column: str) -> Resolver:
    """A field that is worked out of one column alone and what the operation knows."""
    read = attrgetter(column)

    def resolve(root: Any, info: Info) -> Any:
        return answer(read(root), info.context)

    return Resolver(resolve, {OWN: (column,)}, derived=Derived(column, answer))


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


def lookup(
    find: Callable[..., Any],
    needs: Needs | None = None,
    then: Callable[[Any, Any, Context], Any] | None = None,
) -> Resolver:
    """A field that asks what `find` tells it, of the record, the context and the field's own arguments."""

    def resolve(root: Any, info: Info, **arguments: Any) -> Any:
        found = _asked(find(root, info.context, **arguments), info)
        return found if then is None else _shaped(found, then, root, info.context)

    # The schema takes the field's arguments, and their types, from the signature.
    _, _, *arguments = signature(find).parameters.values()
    positional = Parameter.POSITIONAL_OR_KEYWORD
    first = (Parameter("root", positional), Parameter("info", positional, annotation=Info))
    resolve.__signature__ = Signature([*first, *arguments])  # type: ignore[attr-defined]
    resolve.__module__ = find.__module__
    return Resolver(resolve, needs or {}, lookup=Lookup(find, then))


def _asked(found: Any, info: Info) -> Any:
    """What a lookup has found, its questions put to their loaders."""
    if isinstance(found, Ask):
        loading = getattr(info.context.loaders, found.loader).load(found.key)
        return loading if found.reference is None else _told(loading, found.reference, info)
    return [_asked(each, info) for each in found] if isinstance(found, list) else found


async def _shaped(found: Any, then: Then, root: Any, context: Context) -> Any:
    return then(await found if isinstance(found, Awaitable) else found, root, context)


async def _told(found: Any, key: Any, info: Info) -> Any:
    """The record, or null together with a note that the reference dangles."""
    record = await found
    if record is None:
        note_dangling(info, str(key))
    return record


def note_dangling(info: Info, reference: str) -> None:
    """Say in the answer's extensions that this field's reference leads nowhere."""
    path = info._raw_info.path  # noqa: SLF001  (strawberry's Info hands out no plain path)
    info.context.dangling.note(path.as_list, ".".join(coordinate(info)), reference)


def coordinate(info: Info) -> tuple[str, str]:
    """The type and field, by their GraphQL names, that is being answered."""
    raw = info._raw_info  # noqa: SLF001  (strawberry's Info hands out the Python names only)
    return raw.parent_type.name, raw.field_name
