"""What type each column of a record has, so that an answer of another type is told from a right one."""

from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

from sources.rows import Columns, Record

Contract = tuple[tuple[type, ...], ...]
"""The types that each position of a row may have."""


def contract(record: type[Record], columns: Columns) -> Contract:
    """The types that the record's annotations let into these columns."""
    hints = get_type_hints(record)
    return tuple(_types(hints[column]) for column in columns)


def keeps(row: tuple[Any, ...], contract: Contract) -> bool:
    """Whether a row has the types that it should."""
    return len(row) == len(contract) and all(map(isinstance, row, contract))


def _types(hint: Any) -> tuple[type, ...]:
    # `date | None` is the one, `Oid | None` the other: a distinct type makes a union of an older kind.
    if get_origin(hint) in (UnionType, Union):
        return tuple(each for member in get_args(hint) for each in _types(member))
    if hint is None:
        return (NoneType,)
    # A key's distinct type is the type that it was made of.
    return (getattr(hint, "__supertype__", hint),)
