"""Marks of hits over the demo registries: declared columns are enough, and every step is one call."""

import datetime as dt
import gc
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any
from weakref import ref

import pytest

from auth.rights import FieldClass
from auth.sight import Sight
from loaders.loaders import Loaders
from loaders.matches import Match, Matches
from loaders.usage import Usage
from projections.matching.logic import Mark
from projections.matching.marks import NOUNS
from projections.matching.root import FOUND
from projections.search.condition import (
    Absent,
    AllOf,
    AnyOf,
    Condition,
    Fact,
    Is,
    NotOf,
    OneOf,
    Quantifier,
    Related,
    Root,
    Search,
)
from sources.dictionary import Dictionaries
from sources.registry import Registry
from sources.resilience import Limits
from sources.rows import Columns
from sources.sql.opened import SqlRegistries
from tests.asking import WatchedSources, watched

ANY = AllOf()
SOME, NONE = Quantifier.SOME, Quantifier.NONE
PATIENT = Limits(timeout=30.0, concurrency=4)
SIGHTS = (
    (FieldClass.INTERNAL, Sight(regions=frozenset({"77"}))),
    (FieldClass.RESTRICTED, Sight(everyone=True)),
)


@pytest.fixture(scope="module")
async def sources(registries: Mapping[Registry, str], today: dt.date) -> AsyncIterator[WatchedSources]:
    """The registries, each call noted."""
    opened = SqlRegistries(registries, PATIENT, Dictionaries.load(), lambda: today)
    yield watched(opened.sources)
    await opened.close()


@pytest.fixture(scope="module")
async def hits(sources: WatchedSources) -> Mapping[Root, Sequence[Any]]:
    """Keys of twenty records of each kind."""
    feeds = (sources.workers, sources.organizations, sources.licenses, sources.qualifications)
    changes = [change for feed in feeds for change in await feed.changes(0, 5_000)]
    return {
        root: [change.id for change in changes if change.noun == found.noun][:20]
        for root, found in FOUND.items()
    }


@pytest.fixture(autouse=True)
def _forgotten(sources: WatchedSources) -> None:
    sources.calls.all.clear()
    sources.calls.down.clear()


async def _marks(
    sources: WatchedSources, root: Root, keys: Sequence[Any], where: Condition, day: dt.date
) -> list[Mark]:
    search = Search(root, where, day, sights=SIGHTS)
    loaders = Loaders(sources, {}, Usage(), day)
    return list(await loaders.search_matches.load_many(Match(search, key) for key in keys))


def _some(relation: str, where: Condition = ANY) -> Related:
    return Related(relation, SOME, where)


CARDIOLOGISTS = AllOf(
    (
        _some("credentials", AllOf((Fact("specialty", OneOf(("49",))), Fact("in_force", Is(True))))),
        _some(
            "employments",
            AllOf(
                (
                    Fact("current", Is(True)),
                    Fact("rate", Absent(), FieldClass.INTERNAL),
                    _some("organization", Fact("region", OneOf(("77",)))),
                    _some("organization", _some("licenses", Fact("activity", OneOf(("1",))))),
                )
            ),
        ),
        Related("restrictions", NONE, Fact("in_force", Is(True), FieldClass.RESTRICTED)),
        Fact("allowed", Is(True)),
    )
)
"""A condition over all four registries."""


@pytest.mark.parametrize("number", [1, 20])
async def test_a_page_costs_as_many_calls_as_a_hit(
    sources: WatchedSources, hits: Mapping[Root, Sequence[Any]], today: dt.date, number: int
) -> None:
    await _marks(sources, Root.WORKER, hits[Root.WORKER][:number], CARDIOLOGISTS, today)

    assert Counter(call.method for call in sources.calls.all) == {
        "workers_by_id": 1,
        "subjects_by_id": 1,
        "credentials_by_worker": 1,
        "employments_by_worker": 1,
        "restrictions_by_worker": 1,
        "organizations_by_oid": 1,
        "organizations_by_holder": 1,  # whose the licences without OID are
        "licenses_by_worker": 1,
        "licenses_by_holder": 1,
        "activities_by_license": 1,
    }


async def test_only_the_columns_of_the_condition_are_read(
    sources: WatchedSources, hits: Mapping[Root, Sequence[Any]], today: dt.date
) -> None:
    where = _some("employments", AllOf((Fact("kind", OneOf(("MAIN",))), Fact("current", Is(True)))))
    await _marks(sources, Root.WORKER, hits[Root.WORKER], where, today)

    asked = {call.method: set(call.columns or ()) for call in sources.calls.all}
    assert asked == {"workers_by_id": {"id"}, "employments_by_worker": {"kind", "started_on", "ended_on"}}


def _asks_everything(noun: str) -> list[Condition]:
    """Every fact of a noun, and every relation with every fact beyond it."""
    known = NOUNS[noun]
    facts: list[Condition] = [Fact(name, Absent(), FieldClass.INTERNAL) for name in known.facts]
    beyond = [
        _some(name, Fact(fact, Absent(), FieldClass.RESTRICTED))
        for name, relation in known.relations.items()
        for fact in NOUNS[relation.noun].facts
    ]
    return [*facts, *beyond]


ASKED = [(root, condition) for root, found in FOUND.items() for condition in _asks_everything(found.noun)]


@pytest.mark.parametrize(("root", "where"), ASKED)
async def test_each_fact_is_worked_out_of_the_columns_that_it_declares(
    sources: WatchedSources,
    hits: Mapping[Root, Sequence[Any]],
    today: dt.date,
    root: Root,
    where: Condition,
) -> None:
    marks = await _marks(sources, root, hits[root], where, today)

    many_people = isinstance(where, Related) and (root, where.name) == (Root.ORGANIZATION, "employments")
    assert set(marks) <= {True, False} | ({None} if many_people else set())
    assert len(marks) == 20


@pytest.mark.parametrize("registry", [Registry.ORGANIZATIONS, Registry.LICENSES, Registry.QUALIFICATIONS])
async def test_what_a_registry_that_is_away_would_decide_is_left_open(
    sources: WatchedSources, hits: Mapping[Root, Sequence[Any]], today: dt.date, registry: Registry
) -> None:
    keys = hits[Root.WORKER]
    allowed = Fact("allowed", Is(True))
    active = Fact("status", OneOf(("ACTIVE",)))
    statuses = await _marks(sources, Root.WORKER, keys, active, today)
    sources.calls.down.add(registry)

    assert await _marks(sources, Root.WORKER, keys, active, today) == statuses
    told = await _marks(sources, Root.WORKER, keys, AllOf((active, allowed)), today)
    # Who is not employed now needs no organization; who is not active passes in no case.
    assert {mark for mark, status in zip(told, statuses, strict=True) if not status} <= {False}
    assert None in told


async def test_hits_of_several_searches_are_told_apart(
    sources: WatchedSources, hits: Mapping[Root, Sequence[Any]], today: dt.date
) -> None:
    key = hits[Root.WORKER][0]
    loaders = Loaders(sources, {}, Usage(), today)
    searches = [Search(Root.WORKER, where, today) for where in (AllOf(), AnyOf(), NotOf(AnyOf()))]

    assert await loaders.search_matches.load_many(Match(each, key) for each in searches) == [
        True,
        False,
        True,
    ]


async def test_what_was_read_for_marks_waits_for_no_collector(
    sources: WatchedSources, hits: Mapping[Root, Sequence[Any]], today: dt.date
) -> None:
    made: list[ref[Loaders]] = []

    def reading(columns: Mapping[str, Columns]) -> Loaders:
        loaders = Loaders(sources, columns, Usage(), today)
        made.append(ref(loaders))
        return loaders

    search = Search(Root.WORKER, CARDIOLOGISTS, today, sights=SIGHTS)
    gc.disable()
    try:
        await Matches(sources.dictionaries, reading).asked([Match(search, key) for key in hits[Root.WORKER]])
        assert [each() for each in made] == [None]
    finally:
        gc.enable()
