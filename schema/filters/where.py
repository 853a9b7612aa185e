"""What every filter has in common: its fields, each as it declares itself, are read as one condition."""

from collections.abc import Iterable, Iterator
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
        return {field.python_name for field, _ in self._given()} <= self.REGISTRY

    def _conditions(self, place: Place) -> Iterator[Condition]:
        owner = type(self).__name__
        for field, value in self._given():
            asks: Asks = field.metadata[ASKS]
            if asks.reads is not None:
                name = field.graphql_name or to_camel_case(field.python_name)
                yield asks.reads(value, place.of(owner, name, asks.field_class))

    def _given(self) -> Iterator[tuple[Any, Any]]:
        """Its fields with their values, where one is given."""
        definition = self.__strawberry_definition__  # type: ignore[attr-defined]
        for field in definition.fields:
            value = getattr(self, field.python_name)
            if value is not None:
                yield field, value


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
