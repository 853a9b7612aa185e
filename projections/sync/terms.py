"""Fills the sets of workers by which searches count, once `worker` is whole; triggers keep them then."""

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any

from asyncpg import BitString

from projections.sync.definition import statement
from projections.sync.writing import Connection

SEGMENT = 8192
"""Workers of one row of a set: a kilobyte of bits, which stays in its table."""
_BYTES = SEGMENT // 8
_SEPARATOR = "\x1f"

_COLUMNS = ("name", "value", "segment", "people")
_BY_SLOT = """
select slot, terms(
    region_code, status, sex, allowed, category, specialties, positions, kinds, employer_regions,
    ownerships, nearest_expiry, organizations, graded
) from worker order by slot"""


async def fill(connection: Connection) -> None:
    """Make the table of sets and fill it, within a transaction: a segment after the other."""
    await connection.execute(statement("terms"))
    async for segment, texts in _segments(connection):
        records = list(_records(texts, segment))
        await connection.copy_records_to_table("term", records=records, columns=_COLUMNS)
    await connection.execute("analyze term")


async def wrong(connection: Connection) -> list[str]:
    """The sets that are not those of the workers, `name:value` each."""
    found: set[str] = set()
    async for segment, texts in _segments(connection):
        found |= await _wrong_in(connection, segment, texts)
    return sorted(found)


async def _segments(connection: Connection) -> AsyncIterator[tuple[int, Sequence[str]]]:
    """Every segment with the terms of its workers: a text for each place, empty where nobody is."""
    said = await connection.cursor(_BY_SLOT)
    segment, texts = 0, [""] * SEGMENT
    while rows := await said.fetch(SEGMENT):
        for slot, text in rows:
            while slot >= (segment + 1) * SEGMENT:
                yield segment, texts
                segment, texts = segment + 1, [""] * SEGMENT
            texts[slot - segment * SEGMENT] = text
    yield segment, texts


async def _wrong_in(connection: Connection, segment: int, texts: Sequence[str]) -> set[str]:
    expected = {term: bytes(people) for term, people in _sets(texts).items()}
    rows = await connection.fetch("select name, value, people from term where segment = $1", segment)
    kept = {f"{name}:{value}": people.bytes for name, value, people in rows if any(people.bytes)}
    return {term for term in expected.keys() | kept.keys() if expected.get(term) != kept.get(term)}


def _records(texts: Sequence[str], segment: int) -> Iterator[tuple[Any, ...]]:
    for term, people in _sets(texts).items():
        name, _, value = term.partition(":")
        yield name, value, segment, BitString.frombytes(bytes(people), SEGMENT)


def _sets(texts: Sequence[str]) -> Mapping[str, bytearray]:
    """Who has each term, a bit for each place in the list; the first is the highest of its byte."""
    found: dict[str, bytearray] = {}
    for place, text in enumerate(texts):
        at, bit = place >> 3, 128 >> (place & 7)
        for term in text.split(_SEPARATOR) if text else ():
            people = found.get(term)
            if people is None:
                people = found[term] = bytearray(_BYTES)
            people[at] |= bit
    return found
