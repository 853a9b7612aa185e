"""Compares the projection with the registries, and what is derived with deriving anew. Changes nothing."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from projections.findings import keeping as findings
from projections.sync import posts, staff
from projections.sync.definition import DERIVED, SCHEMA, Covered, Derived, Name, covered, fingerprint, names
from projections.sync.errors import NotBuilt
from projections.sync.steps import WORDS, WORDS_OF_POSTS
from projections.sync.terms import wrong
from projections.sync.writing import Connection, writing
from sources.dictionary import Dictionaries
from sources.raw import Range, RawReader
from sources.registry import Registry
from sources.sql.raw import SELECTS, RawSelect

RANGE = 100_000
"""Revisions that are compared as one."""
RANGES = 50
"""Ranges whose rows are looked at one by one, at most, of a table."""
SHOWN = 5
"""Keys that a difference shows."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Rows of a table that are not as they should be: how many, and some of their keys, never a SNILS."""

    table: str
    fault: str
    count: int
    keys: Sequence[str] = ()

    def __str__(self) -> str:
        shown = f": {', '.join(self.keys)}" if self.keys else ""
        more = ", …" if self.keys and self.count > len(self.keys) else ""
        return f"{self.table}: {self.count:,} {self.fault}{shown}{more}"


Tell = Callable[[str], None]


async def differences(
    url: str, readers: Mapping[Registry, RawReader], dictionaries: Dictionaries, tell: Tell = lambda _: None
) -> AsyncIterator[Difference]:
    """Every difference. `tell` hears which table is looked at.

    Raises NotBuilt, SourceError where a registry is away, or what the database raises.
    """
    async with (
        writing(url, SCHEMA) as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        # A read takes as long as it takes: this transaction waits for registries in between.
        await connection.execute("set local idle_in_transaction_session_timeout = 0")
        if await connection.fetchval("select to_regclass('about')") is None:
            raise NotBuilt
        about = await connection.fetchrow("select fingerprint, seed from about")
        if about["fingerprint"] != fingerprint(dictionaries):
            yield Difference("about", "version: the projection is of another version of Svod", 1)
            return
        for table in SELECTS:
            tell(table.table.name)
            for found in await _of_rows(connection, readers[table.table.registry], table, about["seed"]):
                yield found
        for derived in DERIVED:
            tell(f"derived {derived.table}")
            for found in await _of_derived(connection, derived):
                yield found
        tell("sets of workers")
        for found in _told("term", {"not as the workers are": await wrong(connection)}):
            yield found
        tell("employments of the day")
        for found in _told("staff", {"not as they follow": await staff.wrong(connection)}):
            yield found
        tell("posts")
        for found in _told("post", {"not as they follow": await posts.wrong(connection)}):
            yield found
        tell("findings")
        for found in _told("finding", await findings.wrong(connection)):
            yield found
        for found in await _of_lists(connection, dictionaries):
            yield found


async def _of_rows(
    connection: Connection, reader: RawReader, table: RawSelect, seed: int
) -> Sequence[Difference]:
    """What a table and the registry say differently, up to the revision that the table has."""
    position = await connection.fetchval(
        "select revision from position where registry = $1", table.table.registry
    )
    here = {row[0]: tuple(row[1:]) for row in await connection.fetch(_sums_here(table))}
    there = {row[0]: tuple(row[1:]) for row in await reader.rows(table.sums(RANGE, position, seed))}
    unlike = sorted(each for each in here.keys() | there.keys() if here.get(each) != there.get(each))
    kept: dict[str, int] = {}
    said: dict[str, int] = {}
    for number in unlike[:RANGES]:
        asked = Range(RANGE * number, min(RANGE * (number + 1), position), seed)
        kept |= dict(map(tuple, await connection.fetch(_hashes_here(table, asked))))
        said |= dict(map(tuple, await reader.rows(table.hashes(asked))))
    differing = {key for key in kept.keys() | said.keys() if kept.get(key) != said.get(key)}
    # What the registry has changed since is not yet here, which is no fault.
    differing -= {row[0] for row in await reader.rows(table.later(position), sorted(differing))}
    more = {f"more ranges of {RANGE:,} revisions that are not the same": unlike[RANGES:]}
    return _told(
        table.table.name,
        {
            "missing": sorted(key for key in differing if key not in kept),
            "too many": sorted(key for key in differing if key not in said),
            "not as the registry has them": sorted(key for key in differing if key in kept and key in said),
        },
    ) + [Difference(table.table.name, fault, len(each)) for fault, each in more.items() if each]


def _sums_here(table: RawSelect) -> str:
    row = f"row({', '.join(table.table.columns)})::text"
    return (
        f"select (revision - 1) / {RANGE}, count(*), sum(hashtextextended({row}, 0)::numeric)"
        f" from {table.table.name} group by 1"
    )


def _hashes_here(table: RawSelect, asked: Range) -> str:
    row = f"row({', '.join(table.table.columns)})::text"
    return (
        f"select {table.shown}::text, hashtextextended({row}, 0) from {table.table.name}"
        f" where revision > {asked.after} and revision <= {asked.until}"
    )


async def _of_derived(connection: Connection, derived: Derived) -> Sequence[Difference]:
    """What is derived otherwise than it would be now, column by column."""
    table, key = derived.table, derived.key
    shown = "oid" if table == "organization" else "id::text"
    unlike = ", ".join(f"t.{each} is distinct from found.{each}" for each in derived.columns)
    rows = await connection.fetch(
        f"select t.{shown}, array[{unlike}] as unlike from {table} t"
        f" join ({derived.whole()}) as found on found.{key} = t.{key} where true = any(array[{unlike}])"
    )
    faults: dict[str, list[str]] = {}
    for row in rows:
        for column, differs in zip(derived.columns, row[1], strict=True):
            if differs:
                faults.setdefault(f"with a wrong {column}", []).append(row[0])
    return _told(table, {fault: sorted(keys) for fault, keys in faults.items()})


async def _of_lists(connection: Connection, dictionaries: Dictionaries) -> Sequence[Difference]:
    """What differs in the code lists, and whether a surname cannot be found with a typo, or a word at all."""
    found: list[Difference] = []
    lists: tuple[tuple[str, type[Any], list[Any]], ...] = (
        ("name", Name, names(dictionaries)),
        ("coverage", Covered, covered(dictionaries)),
    )
    for table, row, expected in lists:
        here = {
            tuple(each) for each in await connection.fetch(f"select {', '.join(row._fields)} from {table}")
        }
        wrong = here ^ set(map(tuple, expected))
        found += _told(table, {"not as the code lists have them": sorted(each[1] for each in wrong)})
    for table, statement in (("surname", _SURNAMES), ("word", _WORDS)):
        missing = await connection.fetchval(statement)
        found += [Difference(table, "missing", missing)] if missing else []
    return found


def _told(table: str, faults: Mapping[str, Sequence[str]]) -> list[Difference]:
    return [Difference(table, fault, len(keys), keys[:SHOWN]) for fault, keys in faults.items() if keys]


_SURNAMES = """
select count(*) from (
    select distinct regexp_split_to_table(runs(last_name), ' ') as word from worker
) as borne where word <> '' and not exists (select from surname s where s.word = borne.word)"""

_WORDS = (
    f"select count(*) from ({WORDS.format(rows='worker')} union {WORDS_OF_POSTS}) as borne"
    " where not exists (select from word w where w.lexeme = borne.lexeme)"
)
