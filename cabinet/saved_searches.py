"""Everybody's saved searches, in Svod's own database: each statement reaches those of one owner alone."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any, Final, Protocol
from uuid import UUID, uuid4

import orjson

from cabinet.errors import BadName, TooMany
from cabinet.name import name_of
from cabinet.saved_search import Kept, SavedSearch, saved_search

_COLUMNS: Final = "id, name, root, asked::text, created_at, updated_at"
_OWNER: Final = "select cabinet.owner($1)"
_LOCK: Final = "select pg_advisory_xact_lock(hashtextextended(encode($1, 'hex'), 2))"
_ALL: Final = f"select {_COLUMNS} from cabinet.saved_search where owner = cabinet.owner($1)"  # noqa: S608
_COUNT: Final = "select count(*) from cabinet.saved_search where owner = $1"
_TAKEN: Final = "select exists (select from cabinet.saved_search where owner = $1 and name = $2 and id <> $3)"
_CREATE: Final = (
    "insert into cabinet.saved_search (owner, id, name, root, asked) values ($1, $2, $3, $4, $5::jsonb)"  # noqa: S608
    f" returning {_COLUMNS}"
)
_RENAME: Final = (
    "update cabinet.saved_search set name = $3, updated_at = now() where owner = $1 and id = $2"  # noqa: S608
    f" returning {_COLUMNS}"
)
_DELETE: Final = "delete from cabinet.saved_search where owner = cabinet.owner($1) and id = $2 returning id"

_NAME_TAKEN: Final = "should be another one: a saved search of yours has this one"


class Connections(Protocol):
    """Lends connections to the store."""

    def connection(self) -> AbstractAsyncContextManager[Any]:
        """A connection. Raises CabinetUnavailable, also for what goes wrong while it is lent."""
        ...


class SavedSearches:
    """Keeps searches for their owners, who are subjects of one issuer's tokens.

    In the store an owner is a hash, so that nobody reads there who searches for what. Every method raises
    CabinetUnavailable where the store does not answer.
    """

    def __init__(self, connections: Connections, issuer: str, most: int) -> None:
        """`most`: how many one owner may keep."""
        self._connections, self._issuer, self._most = connections, issuer, most

    async def all(self, subject: str) -> list[SavedSearch]:
        """Those of a subject, by name."""
        async with self._connections.connection() as connection:
            rows = await connection.fetch(_ALL, self._owner(subject))
        return sorted(map(saved_search, rows), key=lambda each: each.name)

    async def one(self, subject: str, key: UUID) -> SavedSearch | None:
        """One of a subject's; None where he has none of this key."""
        async with self._connections.connection() as connection:
            row = await connection.fetchrow(f"{_ALL} and id = $2", self._owner(subject), key)
        return row and saved_search(row)

    async def create(self, subject: str, name: str, kept: Kept) -> SavedSearch:
        """Keep a search. Raises BadName, TooMany, or BadSearch for what is not to be stored."""
        given, asked, key = name_of(name), kept.text(), uuid4()
        async with self._changing(subject) as (connection, owner):
            if await connection.fetchval(_COUNT, owner) >= self._most:
                raise TooMany(self._most)
            await _check_free(connection, owner, given, key)
            row = await connection.fetchrow(_CREATE, owner, key, given, kept.root.value, asked)
        return saved_search(row)

    async def rename(self, subject: str, key: UUID, name: str) -> SavedSearch | None:
        """Give a search another name; None where the subject has none of this key. Raises BadName."""
        given = name_of(name)
        async with self._changing(subject) as (connection, owner):
            await _check_free(connection, owner, given, key)
            row = await connection.fetchrow(_RENAME, owner, key, given)
        return row and saved_search(row)

    async def delete(self, subject: str, key: UUID) -> bool:
        """Forget a search; False where the subject has none of this key."""
        async with self._connections.connection() as connection:
            return await connection.fetchval(_DELETE, self._owner(subject), key) is not None

    @asynccontextmanager
    async def _changing(self, subject: str) -> AsyncIterator[tuple[Any, bytes]]:
        """A transaction in which nobody else changes what this owner keeps: counts and names hold."""
        async with self._connections.connection() as connection, connection.transaction():
            owner = await connection.fetchval(_OWNER, self._owner(subject))
            await connection.execute(_LOCK, owner)
            yield connection, owner

    def _owner(self, subject: str) -> str:
        """What an owner's hash is made of."""
        return orjson.dumps([self._issuer, subject]).decode()


async def _check_free(connection: Any, owner: bytes, name: str, key: UUID) -> None:
    if await connection.fetchval(_TAKEN, owner, name, key):
        raise BadName(_NAME_TAKEN)
