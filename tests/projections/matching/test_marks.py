"""Marks of workers and organizations by records in memory: quantifiers, what is unread, what is not seen."""

import datetime as dt
from typing import Any, NamedTuple
from uuid import UUID

import pytest

from auth.rights import FieldClass
from auth.sight import EVERYONE, Sight
from projections.matching.hits import marks_of_hits
from projections.matching.logic import Mark
from projections.matching.organization import STAFF
from projections.matching.registries import MOST
from projections.search.condition import (
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
    Within,
)
from tests.projections.matching.kept import TODAY, KeptRecords

SOME, NONE, EVERY = Quantifier.SOME, Quantifier.NONE, Quantifier.EVERY
ANNA, BORIS, VERA = (UUID(int=number) for number in (1, 2, 3))
CLINIC, HOSPITAL = "1.2.3", "1.2.4"
YEAR = dt.timedelta(365)


class Worker(NamedTuple):
    id: UUID
    snils: str
    last_name: str


class Employment(NamedTuple):
    worker_id: UUID
    organization_oid: str
    position_code: str
    rate: int = 1
    started_on: dt.date = TODAY - YEAR
    ended_on: dt.date | None = None


class Organization(NamedTuple):
    oid: str
    region_code: str


class Subject(NamedTuple):
    snils: str
    region_code: str
    organization_oids: frozenset[str]


JOBS = {
    ANNA: [Employment(ANNA, CLINIC, "1"), Employment(ANNA, HOSPITAL, "2", rate=2)],
    BORIS: [Employment(BORIS, HOSPITAL, "2"), Employment(BORIS, "1.2.5", "2")],
    VERA: [],
}


@pytest.fixture
def records() -> KeptRecords:
    return KeptRecords(
        {
            "worker_by_id": {
                each: Worker(each, f"{each.int}", name)
                for each, name in ((ANNA, "Ёлкина"), (BORIS, "Иванов"), (VERA, "Иванова"))
            },
            "employments_by_worker": JOBS,
            "organization_by_oid": {
                CLINIC: Organization(CLINIC, "77"),
                HOSPITAL: Organization(HOSPITAL, "50"),
            },
            "subject_by_id": {
                each: Subject(f"{each.int}", "77", frozenset(job.organization_oid for job in jobs))
                for each, jobs in JOBS.items()
            },
        }
    )


async def _marks(records: KeptRecords, where: Condition, **sights: Sight) -> list[Mark]:
    known = tuple((FieldClass(name), sight) for name, sight in sights.items())
    search = Search(Root.WORKER, where, TODAY, sights=known)
    return await marks_of_hits(search, [ANNA, BORIS, VERA], records.registries)


def _works(quantifier: Quantifier, where: Condition) -> Related:
    return Related("employments", quantifier, where)


def _at(region: str) -> Condition:
    return Related("organization", SOME, Fact("region", OneOf((region,))))


POSITION_2 = Fact("position", OneOf(("2",)))
FULL = Fact("rate", Within(2, None), FieldClass.INTERNAL)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (AllOf(), [True, True, True]),
        (AnyOf(), [False, False, False]),
        (Fact("last_name", OneOf(("елкина",))), [True, False, False]),
        (Fact("last_name", OneOf(("ЁЛКИНА",))), [True, False, False]),
        (_works(SOME, POSITION_2), [True, True, False]),
        (_works(NONE, POSITION_2), [False, False, True]),
        (_works(EVERY, POSITION_2), [False, True, True]),
        (NotOf(_works(EVERY, POSITION_2)), [True, False, False]),
        (NotOf(_works(NONE, POSITION_2)), [True, True, False]),
        (_works(SOME, _at("77")), [True, False, False]),
        (_works(NONE, _at("77")), [False, True, True]),
        # The other employer of Boris is in no registry: it does not pass, so neither do all of his.
        (_works(EVERY, AnyOf((_at("77"), _at("50")))), [True, False, True]),
        (_works(SOME, NotOf(_at("50"))), [True, True, False]),
        (_works(SOME, AllOf((POSITION_2, Fact("current", Is(True))))), [True, True, False]),
        (_works(SOME, Fact("ended_on", Within(None, TODAY))), [False, False, False]),
        (AllOf((_works(SOME, AllOf()), NotOf(_works(SOME, _at("77"))))), [False, True, False]),
    ],
)
async def test_conditions(records: KeptRecords, where: Condition, expected: list[Mark]) -> None:
    assert await _marks(records, where) == expected
    assert await _marks(records, NotOf(where)) == [not mark for mark in expected]


async def test_a_hit_whose_record_is_gone_does_not_pass(records: KeptRecords) -> None:
    del records.records["worker_by_id"][BORIS]  # type: ignore[attr-defined]

    assert await _marks(records, AllOf()) == [True, False, True]


async def test_what_is_away_leaves_open_what_hangs_on_it(records: KeptRecords) -> None:
    records.away.add("organization_by_oid")

    assert await _marks(records, _works(SOME, _at("77"))) == [None, None, False]
    assert await _marks(records, _works(NONE, _at("77"))) == [None, None, True]
    either = AnyOf((_works(SOME, _at("77")), Fact("last_name", OneOf(("иванов",)))))
    assert await _marks(records, either) == [None, True, False]


async def test_nothing_is_told_where_the_hits_own_registry_is_away(records: KeptRecords) -> None:
    records.away.add("worker_by_id")

    assert await _marks(records, AllOf()) == [None, None, None]


async def test_a_step_is_one_read_for_all_hits(records: KeptRecords) -> None:
    await _marks(records, AllOf((_works(SOME, _at("77")), _works(NONE, _at("99")))))

    reads = [(loader, len(keys)) for loader, keys in dict.fromkeys(records.asked)]
    assert reads == [("worker_by_id", 3), ("employments_by_worker", 3), ("organization_by_oid", 3)]


HOSPITALS = Sight(organizations=frozenset({HOSPITAL}))


@pytest.mark.parametrize(
    ("where", "sight", "expected"),
    [
        (_works(SOME, FULL), EVERYONE, [True, False, False]),
        (_works(SOME, FULL), HOSPITALS, [True, False, False]),
        (_works(SOME, FULL), Sight(snils=f"{BORIS.int}"), [False, False, False]),
        # Whom the caller does not see passes neither way: nothing is told of him.
        (_works(NONE, FULL), EVERYONE, [False, True, True]),
        (_works(NONE, FULL), HOSPITALS, [False, True, False]),
        (NotOf(_works(SOME, FULL)), HOSPITALS, [False, True, False]),
        (NotOf(_works(EVERY, FULL)), HOSPITALS, [True, True, False]),
        (_works(SOME, NotOf(FULL)), Sight(regions=frozenset({"50"})), [False, False, False]),
        (_works(SOME, NotOf(FULL)), Sight(regions=frozenset({"77"})), [True, True, False]),
        (
            AnyOf((_works(SOME, FULL), Fact("last_name", OneOf(("иванов",))))),
            Sight(),
            [False, True, False],
        ),
    ],
)
async def test_a_fact_counts_for_those_alone_whom_the_caller_sees(
    records: KeptRecords, where: Condition, sight: Sight, expected: list[Mark]
) -> None:
    assert await _marks(records, where, INTERNAL=sight) == expected


async def test_a_class_without_a_sight_is_seen_of_nobody(records: KeptRecords) -> None:
    assert await _marks(records, _works(SOME, FULL)) == [False, False, False]
    assert await _marks(records, _works(NONE, FULL)) == [False, False, False]


@pytest.mark.parametrize(
    ("people", "wanted", "expected"),
    [(STAFF, SOME, False), (STAFF + 1, SOME, None), (STAFF + 1, NONE, None), (STAFF, NONE, True)],
)
async def test_of_a_large_staff_only_some_is_read(people: int, wanted: Quantifier, expected: Mark) -> None:
    staff: list[Any] = [Employment(UUID(int=each), CLINIC, "1") for each in range(people)]
    records = KeptRecords(
        {
            "organization_by_oid": {CLINIC: Organization(CLINIC, "77")},
            "employments_by_organization": {CLINIC: staff},
        }
    )

    async def marked(condition: Condition) -> list[Mark]:
        return await marks_of_hits(Search(Root.ORGANIZATION, condition, TODAY), [CLINIC], records.registries)

    assert await marked(_works(wanted, POSITION_2)) == [expected]
    # What was read may decide alone.
    assert await marked(_works(SOME, Fact("position", OneOf(("1",))))) == [True]
    assert await marked(_works(NONE, Fact("position", OneOf(("1",))))) == [False]


async def test_from_one_step_so_many_records_are_read_to_the_next() -> None:
    clinics = [f"1.2.{number}" for number in range(MOST // STAFF + 1)]
    staff = {
        clinic: [Employment(UUID(int=number * STAFF + each), clinic, "1") for each in range(STAFF)]
        for number, clinic in enumerate(clinics)
    }
    records = KeptRecords(
        {
            "organization_by_oid": {each: Organization(each, "77") for each in clinics},
            "employments_by_organization": staff,
            "worker_by_id": {},
        }
    )
    search = Search(Root.ORGANIZATION, _works(NONE, Related("worker", SOME, AllOf())), TODAY)

    marks = await marks_of_hits(search, clinics, records.registries)

    assert marks == [True] * (len(clinics) - 1) + [None]
    assert max(len(keys) for _, keys in records.asked) == MOST
