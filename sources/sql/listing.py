"""Keyset pages and counts of one table by the conditions that a filter gives. Asks only what is given."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Generic

from sqlalchemy import ColumnElement, Select, Table, any_, func, select

from sources.rows import Columns
from sources.sql.database import Database
from sources.sql.keys import storable
from sources.sql.read import Prepared, R, Read, prepared
from sources.sql.statement import Planning, Statement, compiled, value, value_of, values_of

Conditions = Mapping[str, ColumnElement[bool]]
"""The condition of each field that a filter may give; its parameter has the field's name."""


class Listing(Generic[R]):
    """Pages of a record in the order of its key, and counts."""

    def __init__(
        self, database: Database, record: type[R], table: Table, key: str, conditions: Conditions
    ) -> None:
        self._database = database
        self._record = record
        self._table = table
        self._key = key
        self._conditions = conditions
        self._page_of = lru_cache(maxsize=512)(self._page)
        self._count_of = lru_cache(maxsize=512)(self._count)

    async def page(
        self, given: Mapping[str, Any], after: str | None, limit: int, columns: Columns
    ) -> Sequence[R]:
        """At most `limit` rows that meet what is given, after a key."""
        if after is not None and not storable(after):
            return []
        ready = self._page_of(tuple(given), after is not None, columns)
        values = {**given, "after": after, "limit": limit}
        return ready.rows(await self._database.rows(ready.statement, values))

    async def count(self, given: Mapping[str, Any]) -> int:
        """How many rows meet what is given."""
        rows = await self._database.rows(self._count_of(tuple(given)), given)
        return int(rows[0][0])

    def _page(self, given: tuple[str, ...], goes_on: bool, columns: Columns) -> Prepared[str, R]:
        key = self._table.c[self._key]

        def build(kept: Sequence[Any]) -> Select[Any]:
            rows = select(*kept).where(*self._where(given)).order_by(key).limit(value("limit", "bigint"))
            return rows.where(key > value_of(key, "after")) if goes_on else rows

        read: Read[str, R] = Read(self._record, self._table, (self._key,), build, planning=Planning.ANEW)
        return prepared(self._database.registry, read, columns)

    def _count(self, given: tuple[str, ...]) -> Statement:
        rows = select(func.count()).select_from(self._table).where(*self._where(given))
        return compiled(rows, Planning.ANEW)

    def _where(self, given: tuple[str, ...]) -> list[ColumnElement[bool]]:
        return [self._conditions[name] for name in given]


def among(table: Table, column: str, field: str) -> ColumnElement[bool]:
    """The column holds one of the field's values."""
    return table.c[column] == any_(values_of(table.c[column], field))


def since(table: Table, column: str, field: str) -> ColumnElement[bool]:
    """The column's day is that day or a later one."""
    return table.c[column] >= value_of(table.c[column], field)


def until(table: Table, column: str, field: str) -> ColumnElement[bool]:
    """The column's day is that day or an earlier one."""
    return table.c[column] <= value_of(table.c[column], field)


def given(asked: Any) -> dict[str, Any]:
    """What a filter gives: its fields that are not None, texts as lists of what a registry can hold."""
    values = ((name, getattr(asked, name)) for name in asked.__slots__)
    return {name: _parameter(each) for name, each in values if each is not None}


def _parameter(each: Any) -> Any:
    if isinstance(each, str):
        each = (each,)
    return [text for text in each if storable(text)] if isinstance(each, tuple) else each
