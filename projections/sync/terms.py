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
