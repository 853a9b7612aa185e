"""The change feed of a registry, read over all its tables by their index of revisions."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, Table, cast, desc, literal_column, select, union_all

from sources.feed import Change, RegistryState
from sources.keys import Oid
from sources.sql.database import Database
from sources.sql.statement import compiled, value

_ONE: ColumnElement[int] = literal_column("1")


class SqlFeed:
    """State and changes of a registry with these tables, by the noun of their rows."""

    def __init__(self, database: Database, nouns: Mapping[str, Table]) -> None:
        self._database = database
        latest = union_all(*(_latest(table).subquery().select() for table in nouns.values())).subquery()
        self._state = compiled(select(latest).order_by(desc(latest.c.revision)).limit(_ONE))
        changed = union_all(*(_changed(noun, table).subquery().select() for noun, table in nouns.items()))
        feed = changed.subquery()
        self._changes = compiled(select(feed).order_by(feed.c.revision).limit(value("limit", "bigint")))

    async def state(self) -> RegistryState:
        """The last revision and its moment."""
        rows = await self._database.rows(self._state, {})
        return RegistryState(*rows[0]) if rows else RegistryState(0, None)

    async def revision_now(self) -> int:
        """The last revision alone."""
        return (await self.state()).revision

    async def changes(self, after_revision: int, limit: int) -> Sequence[Change]:
        """At most `limit` changes of all tables after a revision, by revision."""
        rows = await self._database.rows(self._changes, {"after": after_revision, "limit": limit})
        return [Change(noun, _id(noun, key), *rest) for noun, key, *rest in rows]


def _latest(table: Table) -> Select[tuple[int]]:
    return select(table.c.revision, table.c.updated_at).order_by(desc(table.c.revision)).limit(_ONE)


def _changed(noun: str, table: Table) -> Select[tuple[str]]:
    key = cast(next(iter(table.primary_key)), String)
    rows = select(
        literal_column(f"'{noun}'").label("noun"), key.label("key"), table.c.revision, table.c.updated_at
    )
    after = table.c.revision > value("after", "bigint")
    return rows.where(after).order_by(table.c.revision).limit(value("limit", "bigint"))


def _id(noun: str, key: str) -> UUID | Oid:
    return Oid(key) if noun == "Organization" else UUID(key)
