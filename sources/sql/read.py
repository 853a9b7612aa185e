"""Batched reads as data: which record, by which key columns, in which order. Asks nothing itself."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import Column, ColumnElement, Select, String, Table, and_, any_, column, func, or_, select

from sources.rows import Columns, Record, columns_of, shape
from sources.sql.contract import Contract, contract
from sources.sql.statement import Planning, Statement, compiled, values_of

K = TypeVar("K")
R = TypeVar("R", bound=Record)

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
    """A read for a set of columns: its statement, and how its rows are made and their keys read."""

    statement: Statement
    make: Callable[[Iterable[Any]], R]
    key_of: Callable[[R], K]
    contract: Contract


def prepared(read: Read[K, R], columns: Columns) -> Prepared[K, R]:
    """A read for these columns and its key columns."""
    wanted = shape(read.record, columns + read.key + read.cursor)
    kept = columns_of(wanted)
    return Prepared(
        compiled(read.build([read.table.c[name] for name in kept]), read.planning),
        cast("Callable[[Iterable[Any]], R]", partial(tuple.__new__, wanted)),
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


def by_pair(
    record: type[R],
    table: Table,
    key: tuple[str, str],
    *order: str,
    where: Sequence[ColumnElement[bool]] = (),
) -> Read[Any, R]:
    """The read by two columns that one index holds: the pairs are looked up one by one."""

    def build(columns: Sequence[Column[Any]]) -> Select[Any]:
        pairs = asked_pairs(table, key)
        matching = and_(*(table.c[name] == pairs.c[name] for name in key))
        rows = select(*columns).join_from(pairs, table, matching).where(*where)
        return rows.order_by(*(table.c[name] for name in order))

    return Read(record, table, key, build)


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


def asked_pairs(table: Table, names: Sequence[str]) -> Any:
    """The keys of a read as a table of their own."""
    arrays = (values_of(table.c[name], name) for name in names)
    made = func.unnest(*arrays).table_valued(*(column(name, String) for name in names), name="asked")
    return made.render_derived()
