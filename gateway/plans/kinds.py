"""How each field of the schema is answered, in the engine's words: our declarations, translated."""

from typing import Any

from graphql import GraphQLAbstractType, GraphQLObjectType

from engine.kinds import RESOLVER, Absent, Attribute, Computed, Derived, Kind, Link, Lookup
from engine.loading import Loader
from gateway.build import Built
from gateway.plans.arguments import converter
from resolvers import link
from resolvers.context import Context


class Kinds:
    """The kinds of the schema's fields."""

    def __init__(self, built: Built) -> None:
        self._built = built
        self._known: dict[tuple[str, str], Kind] = {}

    def kind(self, parent: GraphQLObjectType, field: str) -> Kind:
        """The kind of a field; whatever is not declared as data is a resolver."""
        at = (parent.name, field)
        found = self._known.get(at)
        if found is None:
            found = self._known[at] = self._kind(parent, field)
        return found

    def _kind(self, parent: GraphQLObjectType, field: str) -> Kind:
        at = (parent.name, field)
        declared = self._built.declarations.get(at)
        if declared is None and at not in self._built.federation:
            return RESOLVER
        answer = declared.answer if declared else self._built.federation[at]
        if answer is None:
            return Attribute(self._built.python_names[at])
        if answer.column is not None:
            return Attribute(answer.column)
        if answer.lookup is not None:
            return self._lookup(answer.lookup, parent, field)
        if answer.derived is not None:
            return Derived(answer.derived.column, answer.derived.answer)
        if answer.answer is not None:
            return Computed(answer.answer, context=True)
        return RESOLVER if answer.link is None else _link(answer.link)

    def _lookup(self, declared: link.Lookup, parent: GraphQLObjectType, field: str) -> Lookup:
        find, converted = declared.find, converter(self._built.strawberry, parent.fields[field])
        if converted is None:
            found = lambda row, context, _arguments: find(row, context)  # noqa: E731
        else:
            found = lambda row, context, arguments: find(row, context, **converted(arguments))  # noqa: E731
        return Lookup(found, declared.then, _told_asked, link.Ask)


def _link(declared: link.Link) -> Link:
    absent = _told_hidden if declared.hidden else _told
    return Link(declared.loader, declared.key, declared.then, absent if declared.reference else None)


def _told(absent: Absent) -> None:
    """A reference that dangles, by its key."""
    _note(absent, str(absent.key))


def _told_hidden(absent: Absent) -> None:
    """A reference that dangles, without its key."""
    _note(absent, link.HIDDEN)


def _told_asked(absent: Absent) -> None:
    """A reference that dangles, as the question names it."""
    if absent.ask.reference is not None:
        _note(absent, absent.ask.reference)


def _note(absent: Absent, key: str) -> None:
    context: Context = absent.context
    context.dangling.note(absent.place, f"{absent.type_name}.{absent.field_name}", key)


def noun(value: Any) -> str | None:
    """The type of a record, by its noun."""
    return getattr(value, "noun", None)


def type_name(_abstract: GraphQLAbstractType) -> Any:
    """Every value of an abstract type is a record that knows its noun."""
    return noun


def loader(context: Context, name: str) -> Loader[Any, Any]:
    """The operation's loader of that name."""
    found: Loader[Any, Any] = context.shared.loader(context.loaders, name)
    return found
