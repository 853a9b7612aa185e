"""Fills the sets of workers by which searches count, once `worker` is whole; triggers keep them then."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from asyncpg import BitString

from projections.sync.definition import statement
from projections.sync.writing import Connection

SEGMENT = 8192
"""Workers of one row of a set: a kilobyte of bits, which stays in its table."""
_BYTES = SEGMENT // 8
_SEPARATOR = "\x1f"

WORKERS = """
select id, terms(
    region_code, status, sex, allowed, category, specialties, positions, kinds, employer_regions,
    ownerships
) from worker"""
_COLUMNS = ("name", "value", "segment", "people")


async def fill(connection: Connection) -> None:
    """Make the tables and fill them, within a transaction: a segment after the other, as the table lies."""
    await connection.execute(statement("terms"))
    found = await connection.cursor(WORKERS)
    segment = 0
    while rows := await found.fetch(SEGMENT):
        slots = [(row[0], segment * SEGMENT + place) for place, row in enumerate(rows)]
        await connection.copy_records_to_table("slot", records=slots, columns=("id", "number"))
        records = list(_records([row[1] for row in rows], segment))
        await connection.copy_records_to_table("term", records=records, columns=_COLUMNS)
        segment += 1
    await connection.execute(f"alter table slot alter number restart with {segment * SEGMENT}")
    await connection.execute("analyze slot")
    await connection.execute("analyze term")


async def wrong(connection: Connection) -> list[str]:
    """The sets that are not those of the workers, `name:value` each; `slot:` where some have no place."""
    found: set[str] = set()
    if await connection.fetchval(_WITHOUT_SLOT):
        found.add("slot:")
    said = await connection.cursor(_BY_SLOT)
    segment, texts = 0, [""] * SEGMENT
    while rows := await said.fetch(SEGMENT):
        for number, text in rows:
            while number >= (segment + 1) * SEGMENT:
                found |= await _wrong_in(connection, segment, texts)
                segment, texts = segment + 1, [""] * SEGMENT
            texts[number - segment * SEGMENT] = text
    return sorted(found | await _wrong_in(connection, segment, texts))


async def _wrong_in(connection: Connection, segment: int, texts: Sequence[str]) -> set[str]:
    expected = {term: bytes(people) for term, people in _sets(texts).items() if term}
    rows = await connection.fetch("select name, value, people from term where segment = $1", segment)
    kept = {f"{name}:{value}": people.bytes for name, value, people in rows if any(people.bytes)}
    return {term for term in expected.keys() | kept.keys() if expected.get(term) != kept.get(term)}


_BY_SLOT = WORKERS.replace("select id,", "select number,") + " join slot using (id) order by number"
_WITHOUT_SLOT = "select exists (select from worker w where not exists (select from slot s where s.id = w.id))"


def _records(texts: Sequence[str], segment: int) -> Iterator[tuple[Any, ...]]:
    for term, people in _sets(texts).items():
        name, _, value = term.partition(":")
        yield name, value, segment, BitString.frombytes(bytes(people), SEGMENT)


def _sets(texts: Sequence[str]) -> Mapping[str, bytearray]:
    """Who has each term, a bit for each place in the list; the first is the highest of its byte."""
    found: dict[str, bytearray] = {}
    for place, text in enumerate(texts):
        at, bit = place >> 3, 128 >> (place & 7)
        for term in text.split(_SEPARATOR):
            people = found.get(term)
            if people is None:
                people = found[term] = bytearray(_BYTES)
            people[at] |= bit
    return found
