"""Searches by chance: where nothing has changed, every hit passes and nothing else does.

Each rule stands there twice: the search asks the projection in SQL, the marks read the registries' records.
"""

import datetime as dt
from collections.abc import AsyncIterator, Mapping, Sequence
from random import Random
from typing import Any, Final

import pytest

from auth.rights import FieldClass
from auth.sight import EVERYONE, Sight
from gateway.columns import TABLES
from loaders.loaders import Loaders
from loaders.matches import LoadedRecords, Match
from loaders.usage import Usage
from projections.coverage import coverage
from projections.database import Projection
from projections.matching.logic import UNREAD, Mark
from projections.matching.marks import NOUNS
from projections.matching.registries import Registries
from projections.matching.root import FOUND
from projections.search.answers import Bounds
from projections.search.condition import Root, Search
from projections.search.errors import BadSearch
from projections.search.projected import ProjectionReader
from projections.search.reader import SearchReader
from sources.dictionary import Dictionaries
from sources.registry import Registry
from sources.resilience import Limits
from sources.sources import Sources
from sources.sql.opened import SqlRegistries
from tests.projections.matching.conditions import Conditions

SEARCHES: Final = 40
SAMPLE: Final = 25
ALL: Final = 1_000_000
DICTIONARIES = Dictionaries.load()
PATIENT = Limits(timeout=60.0, concurrency=4)


@pytest.fixture(scope="module")
async def sources(registries: Mapping[Registry, str], today: dt.date) -> AsyncIterator[Sources]:
    """The registries."""
    opened = SqlRegistries(registries, PATIENT, DICTIONARIES, lambda: today)
    yield opened.sources
    await opened.close()


@pytest.fixture(scope="module")
async def reader(projected: str) -> AsyncIterator[SearchReader]:
    """Searches over their projection."""
    projection = Projection(projected)
    yield ProjectionReader(projection, DICTIONARIES, Bounds(cost=10**12, seconds=60.0, rights_lag=10.0**9))
    await projection.close()


Known = tuple[Mapping[Root, Sequence[Any]], Mapping[tuple[str, str], Sequence[Any]]]


@pytest.fixture(scope="module")
async def known(sources: Sources, today: dt.date) -> Known:
    """Every key of each kind of hit; and by noun and fact some values that records have."""
    feeds = (sources.workers, sources.organizations, sources.licenses, sources.qualifications)
    changes = [change for feed in feeds for change in await feed.changes(0, ALL)]
    keys = {root: [each.id for each in changes if each.noun == found.noun] for root, found in FOUND.items()}
    records = LoadedRecords(Loaders(sources, TABLES, Usage(), today))
    its = Registries(records, today, DICTIONARIES, coverage(DICTIONARIES))
    rows = {
        found.noun: [row for [row] in await its.one(found.loader, _some(Random(root), keys[root], 100))]
        for root, found in FOUND.items()
    }
    workers = [row for [row] in await its.one("worker_by_id", keys[Root.WORKER])]
    for relation in NOUNS["Worker"].relations.values():
        members = await relation.members(workers, its)
        rows.setdefault(relation.noun, [row for each in members for row in each][:100])
    return keys, {
        (noun, fact): await _values(noun, fact, rows[noun], its)
        for noun, known in NOUNS.items()
        for fact in known.facts
    }


async def _values(noun: str, fact: str, rows: Sequence[Any], its: Registries) -> Sequence[Any]:
    """The values of a fact that these rows have, each once, in an order that is the same in every run."""
    found = await NOUNS[noun].facts[fact].values(rows, its)
    single = [one for each in found for one in (each if isinstance(each, frozenset) else (each,))]
    assert UNREAD not in single
    return sorted({each for each in single if each is not None}, key=str)


def _some(random: Random, known: Sequence[Any], number: int) -> list[Any]:
    return random.sample(known, min(number, len(known)))


def _search(root: Root, number: int, known: Known, day: dt.date) -> Search:
    random = Random(number)
    where = Conditions(random, known[1]).condition(FOUND[root].noun)
    kinds = [
        EVERYONE,
        Sight(regions=frozenset(_some(random, known[1]["Worker", "region"], 3))),
        Sight(organizations=frozenset(_some(random, known[1]["Employment", "organization_oid"], 20))),
    ]
    sights = tuple(
        (each, random.choice(kinds))
        for each in (FieldClass.INTERNAL, FieldClass.RESTRICTED, FieldClass.PERSONAL)
        if random.random() < 0.9
    )
    text = _text(root, random, known) if random.random() < 0.3 else None
    return Search(root, where, day, text=text, sights=sights)


WORDS: Final = {
    Root.WORKER: ("кардиолог", "ivanova", "a", "поликлиника", "врач", "7"),
    Root.ORGANIZATION: ("поликлиника", "bolnica", "1", "центр", "77"),
    Root.LICENSE: ("л041", "больница", "ооо", "индивидуальный"),
    Root.CREDENTIAL: ("терапия", "иванова", "а", "petrov"),
}
NAMED: Final = {
    Root.WORKER: ("Worker", ("last_name", "last_name", "first_name", "middle_name", "registry_number")),
    Root.ORGANIZATION: ("Organization", ("oid", "inn")),
    Root.LICENSE: ("License", ("number",)),
    Root.CREDENTIAL: ("Worker", ("last_name", "first_name")),
}
"""By what facts of which noun a kind of hit is found, too."""


def _text(root: Root, random: Random, known: Known) -> str:
    """One word or two, whole, begun or with an error."""
    noun, facts = NAMED[root]
    words = [*random.sample(WORDS[root], 1), str(random.choice(known[1][noun, random.choice(facts)]))]
    typed = [_typed(each, random) for each in random.sample(words, random.randint(1, 2))]
    return " ".join(typed)


def _typed(word: str, random: Random) -> str:
    at = random.randrange(len(word))
    return random.choice(
        (word, word[: at + 1], word[:at] + word[at + 1 :] or word, word[:at] + "о" + word[at:])
    )


async def _marks(sources: Sources, search: Search, keys: Sequence[Any]) -> list[Mark]:
    loaders = Loaders(sources, {}, Usage(), search.day)
    return list(await loaders.search_matches.load_many(Match(search, key) for key in keys))


@pytest.mark.parametrize("root", Root)
async def test_a_hit_matches_and_nothing_else_does(
    sources: Sources, reader: SearchReader, known: Known, today: dt.date, root: Root
) -> None:
    some = nothing = 0
    for number in range(SEARCHES):
        search = _search(root, number, known, today)
        try:
            found = await reader.page(search, after=None, before=None, limit=ALL, backwards=False)
        except BadSearch:
            continue
        hits = [hit.key for hit in found]
        others = sorted(set(known[0][root]) - set(hits), key=str)
        random = Random(number)
        passing, failing = _some(random, hits, SAMPLE), _some(random, others, SAMPLE)
        assert set(await _marks(sources, search, passing)) <= {True}, (number, search)
        assert set(await _marks(sources, search, failing)) <= {False}, (number, search)
        some += bool(hits and others)
        nothing += not hits
    assert some > SEARCHES / 4
    assert nothing < SEARCHES * 2 / 3
