"""Brings a batch of changes of one registry into the projection, whole or not at all."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from projections.findings import keeping as findings
from projections.sync.definition import DERIVED, statement
from projections.sync.deriving import TABLES, derive
from projections.sync.errors import Superseded
from projections.sync.steps import KEEP_WORDS, SURNAMES, WORDS
from projections.sync.writing import Connection, taken
from sources.raw import Range, RawReader, RawTable
from sources.registry import Registry
from sources.sql.raw import RAW_TABLES


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows of a range of revisions, as they were read; `as_of`: when everything was here, if it is then."""

    registry: Registry
    asked: Range
    rows: Mapping[RawTable, Sequence[bytes]]
    as_of: dt.datetime | None


async def read(reader: RawReader, registry: Registry, asked: Range, as_of: dt.datetime | None) -> Batch:
    """Read a batch into memory, so that nothing waits for a slow registry. Raises SourceError."""
    rows: dict[RawTable, list[bytes]] = {}
    for table in RAW_TABLES:
        if table.registry is registry:
            pieces: list[bytes] = []

            async def keep(piece: bytes, pieces: list[bytes] = pieces) -> None:
                pieces.append(piece)

            await reader.copy(table, asked, keep)
            rows[table] = pieces
    return Batch(registry, asked, rows, as_of)


async def prepare(connection: Connection) -> None:
    """Make the tables in which changes wait, of this connection alone."""
    for table in RAW_TABLES:
        columns = ", ".join(table.columns)
        await connection.execute(
            f"create temp table if not exists staged_{table.name} on commit delete rows"
            f" as select {columns} from {table.name} with no data"
        )
    await connection.execute(TABLES)
    await findings.prepare(connection)


async def apply(connection: Connection, batch: Batch) -> int:
    """Write a batch, derive what follows, advance the position; how many rows.

    Raises Superseded when the position is another one than the batch begins with.
    """
    async with connection.transaction():
        await hold(connection)
        position = "select revision from position where registry = $1"
        if await connection.fetchval(position, batch.registry) != batch.asked.after:
            raise Superseded
        count = await _stage(connection, batch)
        if count:
            await connection.execute(statement(f"change_{batch.registry.lower()}"))
            await findings.note(connection, batch.registry)
            for table in batch.rows:
                await connection.execute(_upsert(table))
            if batch.registry is Registry.WORKERS:
                await connection.execute(statement("moved"))
                await connection.execute(SURNAMES.format(rows="staged_worker"))
                await connection.execute(KEEP_WORDS.format(words=WORDS.format(rows="staged_worker")))
            await derive(connection)
        advance = "update position set revision = $2, as_of = coalesce($3, as_of) where registry = $1"
        await connection.execute(advance, batch.registry, batch.asked.until, batch.as_of)
    return count


async def rehearse(connection: Connection) -> None:
    """Derive for somebody who did not change, and take it back: a first change has it in memory."""
    trial = connection.transaction()
    await trial.start()
    try:
        await hold(connection)
        await connection.execute(_SOMEBODY)
        await derive(connection)
    finally:
        await trial.rollback()


async def hold(connection: Connection) -> None:
    """Until the transaction ends, nobody else derives and nobody swaps."""
    await connection.execute("lock table about in exclusive mode")


_SOMEBODY = """
insert into dirty_license select id from license limit 1;
insert into dirty_organization select organization from organization limit 1;
insert into dirty_person select person from worker limit 1;
insert into dirty_staff select person from dirty_person;
insert into dirty_finding_person select person from dirty_person"""


async def _stage(connection: Connection, batch: Batch) -> int:
    """Put the rows beside their tables; how many there are."""
    count = 0
    for table, pieces in batch.rows.items():
        staged = f"staged_{table.name}"
        count += await taken(pieces, staged, table.columns, connection)
        await connection.execute(f"analyze {staged}")
    return count


def _upsert(table: RawTable) -> str:
    """Two statements: one that tries to insert first would give numbers to those that have theirs.

    Rows of which something follows that is written together with them are left to that.
    """
    columns = ", ".join(table.columns)
    values = ", ".join(f"s.{each}" for each in table.columns)
    key, staged, later = table.key, f"staged_{table.name} s", _LATER.get(table.name, "")
    return (
        f"update {table.name} t set ({columns}) = row({values}) from {staged} where s.{key} = t.{key}{later};"
        f"insert into {table.name} ({columns}) select {values} from {staged}"
        f" where not exists (select from {table.name} t where t.{key} = s.{key})"
    )


_LATER = {
    each.table: f" and s.{column} not in (select {column} from {dirty})"
    for each in DERIVED
    for dirty, column in (each.keys.split("."),)
    if each.copied
}
