"""Batched reads as data: which record, by which key columns, in which order. Asks nothing itself."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import repeat
from operator import itemgetter
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Column, ColumnElement, Select, Table, and_, any_, or_, select

from sources.errors import Nonsense
from sources.registry import Registry
from sources.rows import Columns, Record, columns_of, shape
from sources.sql.contract import Contract, contract, keeps
from sources.sql.statement import Planning, Statement, compiled, values_of

K = TypeVar("K")
R = TypeVar("R", bound=Record)

_NEW: Any = tuple.__new__
_PLAIN = itemgetter(slice(None))

Build = Callable[[Sequence[Column[Any]]], Select[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Read(Generic[K, R]):
    """One batched read: rows of a record whose key columns are among the keys."""

    record: type[R]
    table: Table
    key: Columns
    build: Build
    cursor: Columns = ()
    """Columns that are read beside these and the asked ones, to choose among rows or go on after them."""
    planning: Planning = Planning.ONCE


@dataclass(frozen=True, slots=True)
class Prepared(Generic[K, R]):
    """A read for a set of columns: its statement, the type of its rows, and how their keys are read."""

    registry: Registry
    key: Columns
    statement: Statement
    row: type[R]
    key_of: Callable[[R], K]
    contract: Contract

    def arguments(self, arrays: list[list[Any]], values: Mapping[str, Any]) -> list[Any]:
        """The arguments for these arrays of keys, and values beside them."""
        if not values and self.key == self.statement.parameters:
            return arrays
        return self.statement.arguments({**dict(zip(self.key, arrays, strict=True)), **values})

    def rows(self, found: Sequence[Any]) -> list[R]:
        """What the driver found, as named tuples, where the first one has the types of the contract."""
        if found and not keeps(found[0], self.contract):
            raise Nonsense(self.registry)
        # Row by row nothing of ours is run; and a plain tuple is copied faster than a driver's row.
        return list(map(_NEW, repeat(self.row), map(_PLAIN, found)))


def prepared(registry: Registry, read: Read[K, R], columns: Columns) -> Prepared[K, R]:
    """A read of a registry for these columns and its key columns."""
    wanted = shape(read.record, columns + read.key + read.cursor)
    kept = columns_of(wanted)
    return Prepared(
        registry,
        read.key,
        compiled(read.build([read.table.c[name] for name in kept]), read.planning),
        wanted,
        cast("Callable[[R], K]", itemgetter(*map(kept.index, read.key))),
        contract(read.record, kept),
    )


def by(
    record: type[R], table: Table, key: str, *order: str, where: Sequence[ColumnElement[bool]] = ()
) -> Read[Any, R]:
    """The read by one column."""

    def build(columns: Sequence[Column[Any]]) -> Select[Any]:
        asked = table.c[key] == any_(values_of(table.c[key], key))
        return select(*columns).where(asked, *where).order_by(*(table.c[name] for name in order))

    return Read(record, table, (key,), build)


def by_holder(record: type[R], table: Table, key: Columns, *order: str, cursor: Columns = ()) -> Read[Any, R]:
    """The read by OID, or without one by INN and OGRN: two indexes side by side.

    INN and OGRN are matched each for itself; whose rows they are is seen when they are handed out.
    """

    def build(columns: Sequence[Column[Any]]) -> Select[Any]:
        oid, inn, ogrn = (table.c[name] == any_(values_of(table.c[name], name)) for name in key)
        nameless = () if table.c[key[0]].primary_key else (table.c[key[0]].is_(None),)
        asked = or_(oid, and_(inn, ogrn, *nameless))
        return select(*columns).where(asked).order_by(*(table.c[name] for name in order))

    return Read(record, table, key, build, cursor)
