"""What is in the demo data: true numbers, known codes, the proportions and the defects that are normal."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from typing import Any, TypeAlias

import pytest

from demo.codes import ACTIVITIES, ORGANIZATION_KINDS, POSITIONS, REGIONS, SPECIALTIES
from demo.tables import TABLES
from sources import keys
from sources.registry import Registry
from tests.conftest import WORKERS
from tests.demo.asking import asked

Ask: TypeAlias = Callable[..., Awaitable[list[tuple[Any, ...]]]]
W, O, L, Q = Registry.WORKERS, Registry.ORGANIZATIONS, Registry.LICENSES, Registry.QUALIFICATIONS  # noqa: E741


@pytest.fixture
def ask(registries: Mapping[Registry, str]) -> Ask:
    """Asks one registry one statement."""

    async def answered(registry: Registry, statement: str, *values: object) -> list[tuple[Any, ...]]:
        return await asked(registries[registry], statement, *values)

    return answered


async def column(ask: Ask, registry: Registry, statement: str) -> list[Any]:
    return [value for (value,) in await ask(registry, statement)]


async def count(ask: Ask, registry: Registry, what: str, *values: object) -> int:
    return int((await ask(registry, f"select count(*) from {what}", *values))[0][0])


async def test_every_number_has_its_check_digits(ask: Ask) -> None:
    for registry, statement, check in [
        (W, "select snils from worker", keys.snils),
        (W, "select inn from worker where inn is not null", keys.inn),
        (W, "select registry_number from worker", keys.registry_number),
        (O, "select inn from organization", keys.inn),
        (O, "select ogrn from organization", keys.ogrn),
        (O, "select oid from organization", keys.oid),
        (L, "select holder_inn from license", keys.inn),
        (L, "select holder_ogrn from license", keys.ogrn),
        (L, "select number from license", keys.license_number),
        (L, "select old_number from license where old_number is not null", keys.license_number),
        (L, "select worker_snils from license where worker_snils is not null", keys.snils),
    ]:
        values = await column(ask, registry, statement)
        assert values, statement
        assert [check(value) for value in values] == values, statement


async def test_codes_are_of_their_dictionaries_but_for_a_few_unknown(ask: Ask) -> None:
    for registry, table, code, dictionary in [
        (W, "employment", "position_code", POSITIONS),
        (Q, "credential", "specialty_code", SPECIALTIES),
        (Q, "education", "specialty_code", SPECIALTIES),
        (L, "license_activity", "activity_code", ACTIVITIES),
    ]:
        codes = await column(ask, registry, f"select {code} from {table}")
        unknown = sum(one not in dictionary for one in codes)
        assert 0 < unknown < 0.01 * len(codes), f"{table}.{code}"
    assert set(await column(ask, O, "select kind_code from organization")) <= set(ORGANIZATION_KINDS)
    assert set(await column(ask, O, "select region_code from organization")) <= set(REGIONS)
    assert set(await column(ask, W, "select region_code from worker")) <= set(REGIONS)
    for care, activity in await ask(L, "select care_kind, activity_code from license_activity"):
        assert activity not in ACTIVITIES or care in ACTIVITIES[activity]["care"]


async def test_there_is_as_much_of_everything_as_in_the_country(ask: Ask) -> None:
    for registry, table, least, most in [
        (W, "employment", 1.4, 1.6),
        (Q, "education", 1.6, 1.9),
        (Q, "credential", 1.1, 1.5),
        (Q, "training", 2.6, 3.4),
        (Q, "category", 0.15, 0.4),
        (W, "restriction", 0.002, 0.02),
        (W, "absence", 0.01, 0.08),
    ]:
        assert least <= await count(ask, registry, table) / WORKERS <= most, table
    organizations = await count(ask, O, "organization")
    assert 2.6 <= await count(ask, L, "license") / organizations <= 3.4
    assert await count(ask, W, "worker") == WORKERS
    assert await count(ask, O, "staffing_unit") > organizations


async def test_names_fit_their_bearers(ask: Ask) -> None:
    women = await ask(W, "select last_name, middle_name from worker where sex = 'F'")
    assert not [name for name, _ in women if name.endswith(("ов", "ев", "ин", "ский"))]
    assert not [name for _, name in women if name is not None and name.endswith("ич")]
    men = await ask(W, "select last_name, middle_name from worker where sex = 'M'")
    assert not [name for name, _ in men if name.endswith(("ова", "ева", "ина", "ская"))]
    assert len(women) > 2 * len(men)
    common = await ask(W, "select last_name, count(*) from worker group by 1 order by 2 desc, 1 limit 1")
    assert common[0][1] > WORKERS / 50, "a few surnames are very common"
    assert await count(ask, W, "worker where middle_name is null") > 0


async def test_many_expired_credentials_are_still_active(ask: Ask, today: date) -> None:
    expired = await count(ask, Q, "credential where status = 'ACTIVE' and valid_until < $1", today)
    assert 0.02 < expired / WORKERS < 0.08


DEFECTS: tuple[tuple[str, Registry, str], ...] = (
    ("a credential ending in 30 days", Q, "credential where valid_until between $1 and $1::date + 30"),
    ("a credential ending in 31 to 60 days", Q, "credential where valid_until - $1::date between 31 and 60"),
    ("a credential ending in 61 to 90 days", Q, "credential where valid_until - $1::date between 61 and 90"),
    ("a licence that ended, still active", L, "license where status = 'ACTIVE' and valid_until < $1"),
    ("a credential in renewal", Q, "credential where status = 'RENEWING' and $1::date is not null"),
)


@pytest.mark.parametrize(("name", "registry", "what"), DEFECTS, ids=[name for name, _, _ in DEFECTS])
async def test_what_depends_on_the_day_is_there(
    ask: Ask, today: date, name: str, registry: Registry, what: str
) -> None:
    assert await count(ask, registry, what, today) > 0, name


@pytest.mark.parametrize(
    ("registry", "what"),
    [
        (L, "license where valid_until is null and status = 'ACTIVE'"),
        (L, "license where status = 'SUSPENDED' and suspended_on is not null"),
        (L, "license where old_number is not null"),
        (L, "license where holder_kind = 'WORKER' and worker_snils is not null"),
        (O, "organization where status = 'LIQUIDATED' and closed_on is not null"),
        (O, "organization where legal_form = 'PROPRIETOR' and length(inn) = 12 and length(ogrn) = 15"),
        (
            O,
            "organization b join organization p on p.oid = b.parent_oid and p.ogrn = b.ogrn",
        ),
        (O, "department where closed_on is not null"),
        (W, "employment where ended_on is not null"),
        (W, "employment where ended_on is null and kind = 'EXTERNAL_PART'"),
        (W, "restriction where kind = 'PRACTICE_BAN' and lifted_on is null"),
        (W, "restriction where lifted_on is not null"),
        (W, "absence where ended_on is null"),
        (W, "worker where status = 'DECEASED'"),
        (W, "worker where former_last_name is not null"),
        (W, "worker where citizenship <> 'RUS'"),
        (Q, "education where is_foreign"),
        (Q, "training where completed_on is null"),
        (Q, "credential where kind = 'CERTIFICATE'"),
    ],
)
async def test_what_is_normal_is_there(ask: Ask, registry: Registry, what: str) -> None:
    assert await count(ask, registry, what) > 0


async def test_a_tenth_of_the_licences_knows_no_organization(ask: Ask) -> None:
    unnamed = await count(ask, L, "license where organization_oid is null")
    assert 0.05 < unnamed / await count(ask, L, "license") < 0.16


async def test_licences_without_organization_lead_to_one_by_inn_and_ogrn(ask: Ask) -> None:
    heads = await ask(O, "select inn, ogrn from organization where parent_oid is null")
    assert len(set(heads)) == len(heads), "of those that share both, one has no parent"
    unnamed = await ask(L, "select holder_inn, holder_ogrn from license where organization_oid is null")
    assert set(unnamed) <= set(heads)


async def test_some_references_dangle_and_most_do_not(ask: Ask) -> None:
    organizations = set(await column(ask, O, "select oid from organization"))
    departments = set(await column(ask, O, "select id from department"))
    at = await ask(W, "select organization_oid, department_id from employment")
    assert 0.004 * len(at) < sum(oid not in organizations for oid, _ in at) < 0.03 * len(at)
    present = await column(ask, W, "select organization_oid from employment where ended_on is null")
    assert sum(oid not in organizations for oid in present) > 2, "more than the story's one"
    known = [key for _, key in at if key is not None]
    assert 0 < sum(key not in departments for key in known) < 0.03 * len(known)


async def test_some_workers_have_no_education(ask: Ask) -> None:
    taught = set(await column(ask, Q, "select worker_snils from education"))
    everybody = set(await column(ask, W, "select snils from worker"))
    assert taught < everybody
    assert 0.01 * WORKERS < len(everybody - taught) < 0.05 * WORKERS


async def test_some_persons_are_recorded_twice(ask: Ask) -> None:
    twice = await ask(
        W,
        "select count(distinct snils) from worker group by last_name, first_name, middle_name, birth_date"
        " having count(*) > 1",
    )
    assert len(twice) > 1, "more than the story's one"
    assert all(numbers > 1 for (numbers,) in twice)
    assert len(twice) < 0.02 * WORKERS


async def test_proprietors_are_workers_too(ask: Ask) -> None:
    holders = await ask(
        L, "select distinct worker_snils, holder_inn from license where holder_kind = 'WORKER'"
    )
    inns: dict[str, str | None] = dict(await ask(W, "select snils, inn from worker"))
    assert len(holders) > 5
    assert all(snils in inns and inns[snils] in (None, inn) for snils, inn in holders)


async def test_most_clinicians_may_work_by_their_papers(ask: Ask, today: date) -> None:
    """A credential in force in the position's specialty: the other conditions are Svod's to compute."""
    positions = await ask(
        W,
        "select w.snils, e.position_code from worker w join employment e on e.worker_id = w.id"
        " where e.ended_on is null and w.status = 'ACTIVE'",
    )
    valid = set(
        await ask(
            Q,
            "select worker_snils, specialty_code from credential"
            " where status = 'ACTIVE' and valid_until >= $1",
            today,
        )
    )
    needed = [(snils, POSITIONS[code]["specialty"]) for snils, code in positions if code in POSITIONS]
    needed = [(snils, specialty) for snils, specialty in needed if specialty is not None]
    assert 0.8 < sum(one in valid for one in needed) / len(needed) < 0.98


async def test_dates_follow_each_other(ask: Ask) -> None:
    for registry, wrong in [
        (W, "employment where ended_on < started_on"),
        (W, "restriction where lifted_on < imposed_on"),
        (W, "absence where ended_on < started_on"),
        (W, "employment e join worker w on w.id = worker_id where started_on < birth_date + 365 * 16"),
        (L, "license where valid_until < issued_on or terminated_on < issued_on or suspended_on < issued_on"),
        (L, "license_event join license l on l.id = license_id where happened_on < issued_on"),
        (Q, "credential where valid_until <= issued_on"),
        (Q, "education where finished_year < started_year"),
        (O, "organization where closed_on < registered_on"),
    ]:
        assert await count(ask, registry, wrong) == 0, wrong


@pytest.mark.parametrize("registry", Registry)
async def test_revisions_are_unique_in_a_registry_and_rise_with_time(ask: Ask, registry: Registry) -> None:
    parts = " union all ".join(f"select revision, updated_at from {table}" for table in TABLES[registry])
    seen = await ask(registry, f"select revision, updated_at from ({parts}) every_row order by revision")
    revisions = [revision for revision, _ in seen]
    assert len(set(revisions)) == len(revisions)
    assert revisions[0] > 0
    moments = [moment for _, moment in seen]
    assert len(set(moments)) > 100
    assert moments == sorted(moments)
