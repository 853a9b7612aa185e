"""What every filter has in common: its fields, each as it declares itself, are read as one condition."""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, ClassVar

from strawberry.utils.str_converters import to_camel_case

from auth.rights import FieldClass
from projections.search.condition import AllOf, Condition
from resolvers.search.facts import any_one, every_one, opposite
from resolvers.search.place import Place
from schema.fields import ASKS, Asks, asked

PUBLIC = FieldClass.PUBLIC

ALL = "All conditions together; an absent one does not filter."
CODES = "Codes of the dictionary; one of them."


class Where:
    """A filter: all that it is given has to hold."""

    REGISTRY: ClassVar[frozenset[str]] = frozenset()
    """The fields, by Python name, that the filtered record's own registry can filter by."""

    def condition(self, place: Place) -> Condition:
        """What it asks, one filter further in."""
        return self.facts(place.entered())

    def facts(self, place: Place) -> Condition:
        """What its fields ask, together."""
        found = tuple(self._conditions(place))
        return found[0] if len(found) == 1 else AllOf(found)

    @property
    def is_own(self) -> bool:
        """Whether the record's own registry can filter by all that is given."""
        return all(name in self.REGISTRY for name, *_ in self._given())

    def _conditions(self, place: Place) -> Iterator[Condition]:
        owner = type(self).__name__
        for _, value, name, asks in self._given():
            if asks.reads is not None:
                yield asks.reads(value, place.of(owner, name, asks.field_class))

    def _given(self) -> Iterator[tuple[str, Any, str, Asks]]:
        """Its fields that are given: the Python name, the value, GraphQL's name, what it asks."""
        own: Any = type(self)
        for python_name, name, asks in fields(own):
            value = getattr(self, python_name)
            if value is not None:
                yield python_name, value, name, asks


@cache
def fields(where: Any) -> tuple[tuple[str, str, Asks], ...]:
    """The fields of a filter: the Python name, GraphQL's name, what it asks."""
    definition = where.__strawberry_definition__
    return tuple(
        (each.python_name, each.graphql_name or to_camel_case(each.python_name), each.metadata[ASKS])
        for each in definition.fields
    )


def all_these() -> Any:
    """The field `and`."""
    return asked(PUBLIC, "All of these.", name="and", reads=every_one)


def any_of_these() -> Any:
    """The field `or`."""
    return asked(PUBLIC, "At least one of these; an empty list finds nothing.", name="or", reads=any_one)


def not_this() -> Any:
    """The field `not`."""
    return asked(PUBLIC, "Not this; what is not known passes.", name="not", reads=opposite)


def texts(values: Iterable[Any] | None) -> tuple[str, ...] | None:
    """A list of codes as a registry's filter takes it."""
    return None if values is None else tuple(str(value) for value in values)
