"""Input objects that hold no others: how a value of such a type is coerced is found out once, for all."""

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from graphql import (
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLString,
    Undefined,
    is_leaf_type,
    is_required_input_field,
)
from graphql.utilities.coerce_input_value import coerce_default_value

Coerce = Callable[[Any], Any]
"""Coerces a value that is not null; Undefined where it is wrong, or better looked at the long way."""

_IMMUTABLE: Final = (str, int, float, bool, type(None), type(Undefined))


class Part(NamedTuple):
    """A field of an input object."""

    name: str
    python: str
    coerce: Coerce
    unsaid: Any
    """Its value where nothing is said; Undefined: there is none."""
    required: bool
    nullable: bool


def flat(type_: GraphQLInputType) -> Coerce | None:
    """What coerces an input object of leaves, or a list of such objects; None for any other type."""
    if isinstance(type_, GraphQLList):
        item = type_.of_type
        nullable = not isinstance(item, GraphQLNonNull)
        of_item = flat(item if nullable else item.of_type)
        return None if of_item is None else _listing(of_item, nullable)
    if not isinstance(type_, GraphQLInputObjectType) or type_.is_one_of:
        return None
    parts = [_part(name, field) for name, field in type_.fields.items()]
    found = [each for each in parts if each is not None]
    return _object(tuple(found), type_.out_type) if len(found) == len(parts) else None


def of_leaf(named: Any) -> Coerce:
    """What coerces a leaf."""
    coerce = named.coerce_input_value

    def coerced(value: Any) -> Any:
        try:
            return coerce(value)
        except Exception:  # noqa: BLE001  (the long way tells what is wrong)
            return Undefined

    return coerced


def _text(value: Any) -> Any:
    return value if type(value) is str else Undefined


def _part(name: str, field: Any) -> Part | None:
    nullable = not isinstance(field.type, GraphQLNonNull)
    named = field.type if nullable else field.type.of_type
    if not is_leaf_type(named):
        return None
    required = is_required_input_field(field)
    unsaid = Undefined if required else coerce_default_value(field)
    if type(unsaid) not in _IMMUTABLE:
        return None
    coerce = _text if named is GraphQLString else of_leaf(named)
    return Part(name, field.out_name or name, coerce, unsaid, required, nullable)


def _listing(of_item: Coerce, nullable: bool) -> Coerce:
    def coerced(value: Any) -> Any:
        if type(value) is not list:
            return Undefined
        found = [None if each is None and nullable else of_item(each) for each in value]
        return Undefined if any(each is Undefined for each in found) else found

    return coerced


def _object(parts: tuple[Part, ...], made: Callable[[dict[str, Any]], Any]) -> Coerce:
    names = frozenset(each.name for each in parts)

    def coerced(value: Any) -> Any:
        if type(value) is not dict or not names.issuperset(value):
            return Undefined
        found = _fields(parts, value)
        return Undefined if found is None else made(found)

    return coerced


def _fields(parts: tuple[Part, ...], value: Mapping[str, Any]) -> dict[str, Any] | None:
    """The fields of one object by their Python names; None where something is wrong."""
    found: dict[str, Any] = {}
    for name, python, coerce, unsaid, required, nullable in parts:
        said = value.get(name, Undefined)
        if said is Undefined:
            if required:
                return None
            if unsaid is not Undefined:
                found[python] = unsaid
            continue
        if said is not None:
            said = coerce(said)
            if said is Undefined:
                return None
        elif not nullable:
            return None
        found[python] = said
    return found
