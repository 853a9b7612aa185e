"""What type each column of a record has, so that an answer of another type is told from a right one."""

from collections.abc import Sequence
from operator import contains
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from asyncpg.pgproto import pgproto

from sources.rows import Columns, Record

Contract = tuple[frozenset[type], ...]
"""The types that each position of a row may have."""


def contract(record: type[Record], columns: Columns) -> Contract:
    """The types that the record's annotations let into these columns."""
    hints = get_type_hints(record)
    return tuple(frozenset(_types(hints[column])) for column in columns)


def keeps(row: Sequence[Any], contract: Contract) -> bool:
    """Whether a row has exactly the types that it should: a moment is no day, a truth value no number."""
    return len(row) == len(contract) and all(map(contains, contract, map(type, row)))


def _types(hint: Any) -> tuple[type, ...]:
    # `date | None` is the one, `Oid | None` the other: a distinct type makes a union of an older kind.
    if get_origin(hint) in (UnionType, Union):
        return tuple(each for member in get_args(hint) for each in _types(member))
    # A key's distinct type is the type that it was made of; the driver has a UUID of its own.
    plain = getattr(hint, "__supertype__", hint)
    return (UUID, pgproto.UUID) if plain is UUID else (plain,)
