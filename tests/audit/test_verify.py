"""Whatever is done to the journal behind Svod's back is found, and the entry is named."""

from collections.abc import AsyncIterator, Callable
from itertools import pairwise

import pytest

from audit.chain import BEGINNING, Entry, Head, link
from audit.journal import Journal
from audit.verify import MOST_FAULTS, Fault, Finding, Verification, verified
from gateway.record.store import StoreUrls
from tests.audit.conftest import as_owner
from tests.audit.events import bodies, event

FORGED = event(99).body().replace("inspector", "nobody")
FORGE = f"update journal.entry set body = '{FORGED}' where number = 4"
SWAP = """
update journal.entry set number = 1000 where number = 3;
update journal.entry set number = 3 where number = 6;
update journal.entry set number = 6 where number = 1000"""
REHASH = """
update journal.entry
set hash = sha256('\\x01'::bytea || previous || int8send(number) || convert_to(body, 'UTF8'))
where number = 4"""

ARCHIVED = """
update journal.start set (number, hash) = (select number, hash from journal.entry where number = {})"""


async def checked(journal: Journal, kept: dict[int, bytes] | None = None) -> Verification:
    """What is found in a journal."""
    return await verified(await journal.start(), journal.entries(), kept)


@pytest.fixture
async def kept(journal: Journal) -> dict[int, bytes]:
    """A journal of ten entries, and the heads that somebody noted as it grew."""
    heads = [await journal.append([body]) for body in bodies(10)]
    return {head.number: head.hash for head in heads if head.number in (5, 10)}


async def test_a_journal_as_it_was_written_is_sound(journal: Journal, kept: dict[int, bytes]) -> None:
    result = await checked(journal, kept)
    assert (result.sound, result.entries, result.head) == (True, 10, await journal.head())


CASES: dict[str, tuple[str, list[Finding]]] = {
    "changed": (FORGE, [Finding(Fault.CHANGED, 4, 4)]),
    "changed with its hash": (f"{FORGE};{REHASH}", [Finding(Fault.UNLINKED, 5, 5)]),
    "one removed": ("delete from journal.entry where number = 7", [Finding(Fault.MISSING, 7, 7)]),
    "several removed": (
        "delete from journal.entry where number between 2 and 4",
        [Finding(Fault.MISSING, 2, 4)],
    ),
    "the oldest removed": (
        "delete from journal.entry where number < 3",
        [Finding(Fault.MISSING, 1, 2)],
    ),
    "reordered": (SWAP, [Finding(Fault.MOVED, 3, 3, 6), Finding(Fault.MOVED, 6, 6, 3)]),
    "the newest removed": ("delete from journal.entry where number > 8", [Finding(Fault.CUT, 9, 10)]),
    "all removed": ("delete from journal.entry", [Finding(Fault.CUT, 1, 10)]),
    "two things": (
        f"{FORGE}; delete from journal.entry where number = 8",
        [Finding(Fault.CHANGED, 4, 4), Finding(Fault.MISSING, 8, 8)],
    ),
}


@pytest.mark.parametrize("what", CASES)
async def test_what_was_done_is_named(
    urls: StoreUrls, journal: Journal, kept: dict[int, bytes], what: str
) -> None:
    done, expected = CASES[what]
    await as_owner(urls, done)
    assert (await checked(journal, kept)).findings == expected


async def test_a_journal_written_anew_is_known_by_a_head_that_was_kept(
    urls: StoreUrls, journal: Journal, kept: dict[int, bytes]
) -> None:
    await as_owner(urls, "delete from journal.entry")
    await journal.append([*bodies(3), FORGED, *bodies(10)[4:]])
    assert (await checked(journal)).sound, "without a head of an earlier day nobody can tell"
    found = (await checked(journal, kept)).findings
    assert found == [Finding(Fault.REWRITTEN, 5, 5), Finding(Fault.REWRITTEN, 10, 10)]


async def test_archived_entries_leave_a_chain_that_is_sound(
    urls: StoreUrls, journal: Journal, kept: dict[int, bytes]
) -> None:
    """Taken out as docs/operations.md says: the start moves behind the last one that was archived."""
    await as_owner(
        urls,
        ARCHIVED.format(5),
        "delete from journal.entry where number <= 5",
    )
    assert (await checked(journal, kept)).sound
    assert (await journal.append(bodies(1))).number == 11
    await as_owner(
        urls,
        ARCHIVED.format(11),
        "delete from journal.entry",
    )
    assert (await journal.append(bodies(1))).number == 12
    assert (await checked(journal)).sound


async def test_a_broken_journal_fills_no_memory() -> None:
    made = chain(MOST_FAULTS + 500, lambda number: event(number).body())
    spoilt = [each._replace(body="{}") for each in made]
    result = await verified(Head(0, BEGINNING), following(spoilt))
    assert (len(result.findings), result.cut_short) == (MOST_FAULTS, True)


def chain(many: int, body: Callable[[int], str]) -> list[Entry]:
    """A sound chain, made here and not by the database."""
    entries: list[Entry] = []
    before = BEGINNING
    for number in range(1, many + 1):
        entries.append(Entry(number, before, link(before, number, body(number)), body(number)))
        before = entries[-1].hash
    assert all(later.previous == each.hash for each, later in pairwise(entries))
    return entries


async def following(entries: list[Entry]) -> AsyncIterator[Entry]:
    """The entries one by one."""
    for each in entries:
        yield each
