"""How each field of the schema is answered, in the engine's words: our declarations, translated."""

from typing import Any

from graphql import GraphQLAbstractType, GraphQLObjectType

from engine.kinds import RESOLVER, Absent, Attribute, Computed, Kind, Link
from engine.loading import Loader
from gateway.build import Built
from resolvers import link
from resolvers.context import Context


class Kinds:
    """The kinds of the schema's fields."""

    def __init__(self, built: Built) -> None:
        self._built = built

    def kind(self, parent: GraphQLObjectType, field: str) -> Kind:
        """The kind of a field; whatever is not declared as data is a resolver."""
        declared = self._built.declarations.get((parent.name, field))
        if declared is None:
            return RESOLVER
        answer = declared.answer
        if answer is None:
            return Attribute(self._built.python_names[parent.name, field])
        if answer.column is not None:
            return Attribute(answer.column)
        if answer.answer is not None:
            return Computed(answer.answer, context=True)
        return RESOLVER if answer.link is None else _link(answer.link)


def _link(declared: link.Link) -> Link:
    absent = _told_hidden if declared.hidden else _told
    return Link(declared.loader, declared.key, declared.then, absent if declared.reference else None)


def _told(absent: Absent) -> None:
    """A reference that dangles, by its key."""
    _note(absent, str(absent.key))


def _told_hidden(absent: Absent) -> None:
    """A reference that dangles, without its key."""
    _note(absent, link.HIDDEN)


def _note(absent: Absent, key: str) -> None:
    context: Context = absent.context
    context.dangling.note(absent.path, f"{absent.type_name}.{absent.field_name}", key)


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
