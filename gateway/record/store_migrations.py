"""The steps that make the tables of Svod's own database: each applied once, in order, by who comes first."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

LOCK = 7451872360113990145
"""An advisory lock that nothing else in the store's database takes."""

_TABLE = """
create schema if not exists svod;
create table if not exists svod.migration (
    number int primary key,
    name text not null,
    sha256 bytea not null,
    applied_at timestamptz not null default now()
)"""
_IS_THERE = "select to_regclass('svod.migration') is not null"
_APPLIED = "select number, sha256 from svod.migration"
_NOTE = "insert into svod.migration (number, name, sha256) values ($1, $2, $3)"
_REACHES = """
select has_function_privilege($1, 'journal.append(text[])', 'execute')
    and has_table_privilege($1, 'cabinet.saved_search', 'delete')
    and has_database_privilege($1, current_database(), 'create')
    and has_database_privilege($1, current_database(), 'temporary')"""
_REACH = """
grant connect, create, temporary on database {database} to {role};
grant usage on schema svod, journal, cabinet to {role};
grant select on svod.migration, journal.entry, journal.start to {role};
grant execute on function journal.append(text[]) to {role};
grant select on cabinet.seed to {role};
grant select, insert, update, delete on cabinet.saved_search to {role}"""


class MigrationFault(Exception):
    """The store's tables are not those that this Svod needs; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step: a file of SQL."""

    number: int
    name: str
    text: str

    @property
    def sha256(self) -> bytes:
        """What tells whether the file is the one that was applied."""
        return hashlib.sha256(self.text.encode()).digest()


def migrations() -> Sequence[Migration]:
    """Every step, in order."""
    files = [each for each in resources.files("migrations").iterdir() if each.name.endswith(".sql")]
    return [
        Migration(int(each.name.split("_")[0]), each.name.removesuffix(".sql"), each.read_text("utf-8"))
        for each in sorted(files, key=lambda each: each.name)
    ]


async def applied(connection: Any) -> Mapping[int, bytes]:
    """The steps that were applied: number and hash of each."""
    if not await connection.fetchval(_IS_THERE):
        return {}
    return {row[0]: bytes(row[1]) for row in await connection.fetch(_APPLIED)}


async def pending(connection: Any) -> list[Migration]:
    """The steps that are still to be applied. Raises MigrationFault where one was changed afterwards.

    Steps that only a newer Svod knows are none of ours: while replicas are replaced, both run.
    """
    known = await applied(connection)
    for each in migrations():
        if known.get(each.number, each.sha256) != each.sha256:
            raise MigrationFault(f"step {each.name} was changed after it was applied to the store")
    return [each for each in migrations() if each.number not in known]


async def migrate(connection: Any, role: str | None = None) -> list[Migration]:
    """Apply what is pending, let the gateway's account use it, and say what was applied.

    Of several replicas that start at once, one does it and the others wait.
    """
    await connection.execute("select pg_advisory_lock($1)", LOCK)
    try:
        steps = await pending(connection)
        if steps:
            await connection.execute(_TABLE)
        for each in steps:
            async with connection.transaction():
                await connection.execute(each.text)
                await connection.execute(_NOTE, each.number, each.name, each.sha256)
        if role is not None and (steps or not await connection.fetchval(_REACHES, role)):
            await _let_use(connection, role)
        return steps
    finally:
        await connection.execute("select pg_advisory_unlock($1)", LOCK)


async def _let_use(connection: Any, role: str) -> None:
    """Give the gateway's account what it needs.

    To read the journal and add to it, to keep what callers save, and schemas of its own.
    """
    quote = "select quote_ident($1), quote_ident(current_database())"
    account, database = await connection.fetchrow(quote, role)
    await connection.execute(_REACH.format(role=account, database=database))
