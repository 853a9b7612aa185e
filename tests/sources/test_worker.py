"""The worker registry answers by every key; absence is absence; lists have their order."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from sources.keys import Oid, RegistryNumber, Snils
from sources.registry import Registry
from sources.sources import Sources
from sources.sql.database import Database
from sources.sql.worker import SqlWorkers
from sources.worker import WorkerFilter
from tests.sources.behind import Behind
from tests.sources.conftest import PATIENT

WORKERS = Registry.WORKERS
NOBODY = Snils("00000000000")
NOWHERE = Oid("1.2.3")
CURRENT = "started_on <= $1 and (ended_on is null or ended_on >= $1)"


async def test_workers_by_snils(sources: Sources, behind: Behind) -> None:
    rows = await behind.rows(WORKERS, "select snils, last_name from worker limit 3")
    found = await sources.workers.workers_by_snils([*(key for key, _ in rows), NOBODY], ("last_name",))
    assert {key: row.last_name for key, row in found.items()} == dict(rows)


async def test_workers_by_id_and_by_registry_number(sources: Sources, behind: Behind) -> None:
    [(key, number, name)] = await behind.rows(
        WORKERS, "select id, registry_number, last_name from worker limit 1"
    )
    by_id = await sources.workers.workers_by_id([key, key, uuid4()], ("last_name",))
    by_number = await sources.workers.workers_by_registry_number(
        [number, RegistryNumber("-")], ("last_name",)
    )
    assert [(key, row.last_name) for key, row in by_id.items()] == [(key, name)]
    assert [(key, row.last_name) for key, row in by_number.items()] == [(number, name)]


async def test_employments_of_a_worker_are_in_order_of_start(sources: Sources, behind: Behind) -> None:
    [worker] = await behind.column(
        WORKERS, "select worker_id from employment group by 1 order by count(*) desc limit 1"
    )
    found = await sources.workers.employments_by_worker([worker, uuid4()], ("started_on", "id", "rate"))
    rows = await behind.rows(
        WORKERS, "select id, rate, started_on from employment where worker_id = $1 order by 3, 1", worker
    )
    assert list(found) == [worker]
    assert [(row.id, row.rate, row.started_on) for row in found[worker]] == rows
    assert len(rows) > 1


async def test_an_employment_may_name_an_organization_that_is_gone(sources: Sources, behind: Behind) -> None:
    known = set(await behind.column(Registry.ORGANIZATIONS, "select oid from organization"))
    named = await behind.rows(WORKERS, "select id, organization_oid from employment")
    dangling = {key: oid for key, oid in named if oid not in known}
    assert dangling
    found = await sources.workers.employments_by_id(list(dangling), ("organization_oid",))
    assert {key: row.organization_oid for key, row in found.items()} == dangling
    assert await sources.organizations.organizations_by_oid(list(dangling.values()), ()) == {}


async def test_employments_of_departments_are_told_apart_by_organization(
    sources: Sources, behind: Behind
) -> None:
    rows = await behind.rows(
        WORKERS,
        "select organization_oid, department_id, array_agg(id order by started_on, id) from employment"
        " where department_id is not null group by 1, 2 limit 5",
    )
    asked = [(oid, department) for oid, department, _ in rows]
    crossed = [(asked[0][0], uuid4()), (NOWHERE, asked[0][1])]
    found = await sources.workers.employments_by_department([*asked, *crossed], ("id",))
    assert {key: [row.id for row in own] for key, own in found.items()} == {
        (oid, department): ids for oid, department, ids in rows
    }


@pytest.mark.parametrize("current", [None, True, False])
async def test_pages_of_employments_make_up_the_whole(
    sources: Sources, behind: Behind, today: date, current: bool | None
) -> None:
    oids = await behind.column(
        WORKERS, "select organization_oid from employment group by 1 order by count(*) desc limit 2"
    )
    condition = {None: "$1::date = $1", True: CURRENT, False: f"not ({CURRENT})"}[current]
    rows = await behind.rows(
        WORKERS,
        f"select organization_oid, array_agg(id order by id) from employment"
        f" where {condition} and organization_oid = any($2) group by 1",
        today,
        oids,
    )
    for oid, ids in rows:
        read: list[UUID] = []
        while True:
            page = await sources.workers.employments_page_by_organization(
                [oid], (), current=current, after=read[-1] if read else None, limit=7
            )
            if not page:
                break
            assert len(page[oid]) <= 7
            read += [row.id for row in page[oid]]
        assert read == ids
    counts = await sources.workers.employments_count_by_organization([*oids, NOWHERE], current=current)
    assert counts == {oid: len(ids) for oid, ids in rows}


async def test_one_page_serves_several_organizations(sources: Sources, behind: Behind) -> None:
    rows = await behind.rows(
        WORKERS,
        "select organization_oid, (array_agg(id order by id))[:2] from employment group by 1 limit 5",
    )
    pages = await sources.workers.employments_page_by_organization(
        [*(oid for oid, _ in rows), NOWHERE], (), current=None, after=None, limit=2
    )
    assert {oid: [row.id for row in page] for oid, page in pages.items()} == dict(rows)


async def test_restrictions_and_absences(sources: Sources, behind: Behind) -> None:
    [worker] = await behind.column(
        WORKERS, "select worker_id from restriction group by 1 order by count(*) desc limit 1"
    )
    [employment] = await behind.column(WORKERS, "select employment_id from absence limit 1")
    restrictions = await sources.workers.restrictions_by_worker([worker], ("kind", "lifted_on"))
    absences = await sources.workers.absences_by_employment([employment], ("id", "ended_on"))
    assert [row.kind for row in restrictions[worker]] == await behind.column(
        WORKERS, "select kind from restriction where worker_id = $1 order by imposed_on, id", worker
    )
    assert [row.id for row in absences[employment]] == await behind.column(
        WORKERS, "select id from absence where employment_id = $1 order by started_on, id", employment
    )


async def test_occupied_rates_and_staff_of_a_day(sources: Sources, behind: Behind, today: date) -> None:
    [oid] = await behind.column(
        WORKERS, "select organization_oid from employment group by 1 order by count(*) desc limit 1"
    )
    day = today - timedelta(400)
    where = f"where organization_oid = $2 and {CURRENT}"
    occupied = await sources.workers.occupied_by_organization([oid, NOWHERE], day)
    staff = await sources.workers.staff_by_organization([oid, NOWHERE], day)
    assert [tuple(each) for each in occupied[oid]] == await behind.rows(
        WORKERS,
        "select position_code, sum(rate), count(distinct worker_id)"
        f" from employment {where} group by 1 order by 1",
        day,
        oid,
    )
    assert all(type(each.rate) is Decimal for each in occupied[oid])
    people = await behind.column(
        WORKERS,
        f"select distinct snils from employment join worker on worker.id = worker_id {where} order by 1",
        day,
        oid,
    )
    assert list(staff[oid]) == people
    assert set(staff) == set(occupied) == {oid}
    assert await sources.workers.people_by_organization([oid, NOWHERE], day) == {oid: len(people)}


async def test_subjects_have_their_current_employers(sources: Sources, behind: Behind, today: date) -> None:
    rows = await behind.rows(
        WORKERS,
        "select worker.id, snils, region_code, array_agg(organization_oid)"
        " filter (where employment.id is not null) from worker"
        f" left join employment on worker_id = worker.id and {CURRENT} group by worker.id limit 200",
        today,
    )
    expected = {(key, snils, region, frozenset(oids or ())) for key, snils, region, oids in rows}
    by_id = await sources.workers.subjects_by_id([key for key, *_ in rows])
    by_snils = await sources.workers.subjects_by_snils([snils for _, snils, *_ in rows] + [NOBODY])
    found = {(each.id, each.snils, each.region_code, each.organization_oids) for each in by_id.values()}
    assert found == expected
    assert {each.id: each for each in by_snils.values()} == by_id
    assert any(not oids for *_, oids in expected)


async def test_an_employer_is_one_to_the_last_day(
    registries: Mapping[Registry, str], behind: Behind, today: date
) -> None:
    [(worker, oid, last)] = await behind.rows(
        WORKERS,
        "select worker_id, organization_oid, max(ended_on) from employment"
        " group by 1, 2 having count(*) = 1 and max(ended_on) < $1 limit 1",
        today,
    )
    database = Database(WORKERS, registries[WORKERS], PATIENT)
    for day, employed in ((last, True), (last + timedelta(1), False)):
        workers = SqlWorkers(database, lambda day=day: day)  # type: ignore[misc]
        assert (oid in (await workers.subjects_by_id([worker]))[worker].organization_oids) is employed
    await database.close()


@pytest.mark.parametrize(
    ("asked", "condition"),
    [
        (WorkerFilter(), "true"),
        (WorkerFilter(region_codes=("77", "78")), "region_code in ('77', '78')"),
        (WorkerFilter(statuses=("SUSPENDED", "DECEASED")), "status in ('SUSPENDED', 'DECEASED')"),
        (
            WorkerFilter(registered_from=date(2015, 1, 1), registered_to=date(2019, 12, 31)),
            "registered_on between '2015-01-01' and '2019-12-31'",
        ),
        (WorkerFilter(region_codes=()), "false"),
        (WorkerFilter(region_codes=("\0",)), "false"),
        (WorkerFilter(last_name="\0"), "false"),
    ],
)
async def test_pages_of_workers_make_up_what_passes_the_filter(
    sources: Sources, behind: Behind, asked: WorkerFilter, condition: str
) -> None:
    numbers = await behind.column(
        WORKERS, f"select registry_number from worker where {condition} order by registry_number"
    )
    read: list[RegistryNumber] = []
    while page := await sources.workers.workers_page(asked, read[-1] if read else None, 500, ()):
        read += [row.registry_number for row in page]
    assert read == numbers
    assert await sources.workers.workers_count(asked) == len(numbers)


async def test_a_name_is_found_however_it_is_typed(sources: Sources, behind: Behind) -> None:
    rows = await behind.rows(
        WORKERS,
        "select last_name, first_name, middle_name, id from worker"
        " where middle_name is not null and last_name ~ '[её]' limit 20",
    )
    for last, first, middle, key in rows:
        typed = f" {last.upper().replace('Ё', 'Е')}"
        asked = WorkerFilter(last_name=typed, first_name=first.lower(), middle_name=middle)
        page = await sources.workers.workers_page(asked, None, 1000, ("id",))
        assert key in {row.id for row in page}


async def test_the_change_feed_tells_every_row_once(sources: Sources, behind: Behind) -> None:
    expected: list[tuple[Any, ...]] = []
    for noun in ("Worker", "Employment", "Restriction", "Absence"):
        rows = await behind.rows(WORKERS, f"select id, revision, updated_at from {noun.lower()}")
        expected += [(noun, *row) for row in rows]
    expected.sort(key=lambda change: change[2])
    changes: list[Any] = []
    while some := await sources.workers.changes(changes[-1].revision if changes else 0, 1500):
        changes += some
    assert [tuple(change) for change in changes] == expected
    state = await sources.workers.state()
    assert tuple(state) == expected[-1][2:]
    assert await sources.workers.revision_now() == state.revision
