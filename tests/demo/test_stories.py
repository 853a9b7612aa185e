"""The stories are found at their keys, with just the troubles that they tell of."""

from collections.abc import Mapping
from datetime import date

from demo import stories
from sources import keys
from sources.registry import Registry
from tests.demo.asking import asked

WORKERS = Registry.WORKERS
ORGANIZATIONS = Registry.ORGANIZATIONS
LICENSES = Registry.LICENSES
QUALIFICATIONS = Registry.QUALIFICATIONS


def test_their_numbers_are_true() -> None:
    for worker in stories.WORKERS:
        assert keys.snils(worker.snils) == worker.snils
        assert keys.inn(worker.inn) == worker.inn
    for organization in stories.ORGANIZATIONS:
        assert keys.oid(organization.oid) == organization.oid
        assert keys.inn(organization.inn) == organization.inn
        assert keys.ogrn(organization.ogrn) == organization.ogrn
        for one in organization.licenses:
            assert keys.license_number(one.number) == one.number
    assert stories.CARDIOLOGIST.snils == "11223344595"


async def test_everybody_is_there_once(registries: Mapping[Registry, str]) -> None:
    told = {worker.registry_number: worker.snils for worker in stories.WORKERS}
    found = await asked(
        registries[WORKERS],
        "select registry_number, snils from worker where registry_number = any ($1) or snils = any ($2)",
        list(told),
        list(told.values()),
    )
    assert sorted(found) == sorted(told.items())


async def test_the_cardiologist_has_two_employers_and_a_credential_that_ends_soon(
    registries: Mapping[Registry, str], today: date
) -> None:
    employers = await asked(
        registries[WORKERS],
        "select organization_oid from employment e join worker w on w.id = worker_id"
        " where snils = $1 and ended_on is null order by rate desc",
        stories.CARDIOLOGIST.snils,
    )
    assert employers == [(stories.CITY_HOSPITAL,), (stories.HEART_CLINIC,)]
    left = await asked(
        registries[QUALIFICATIONS],
        "select valid_until - $2::date from credential"
        " where worker_snils = $1 and valid_until >= $2 order by 1",
        stories.CARDIOLOGIST.snils,
        today,
    )
    assert left == [(20,), (410,)]


async def test_what_is_gone_is_nowhere(registries: Mapping[Registry, str]) -> None:
    url = registries[ORGANIZATIONS]
    assert not await asked(url, "select 1 from organization where oid = $1", stories.GONE_ORGANIZATION)
    assert not await asked(url, "select 1 from department where id = $1", stories.GONE_DEPARTMENT)
    assert await asked(
        registries[WORKERS],
        "select 1 from employment where organization_oid = $1 and department_id = $2",
        stories.GONE_ORGANIZATION,
        stories.GONE_DEPARTMENT,
    )


async def test_the_branch_shares_its_parents_numbers(registries: Mapping[Registry, str]) -> None:
    of_both = await asked(
        registries[ORGANIZATIONS],
        "select oid, parent_oid from organization where (inn, ogrn) ="
        " (select inn, ogrn from organization where oid = $1) order by oid",
        stories.CITY_HOSPITAL,
    )
    assert of_both == [(stories.CITY_HOSPITAL, None), (stories.BRANCH, stories.CITY_HOSPITAL)]


async def test_the_heart_clinics_licence_knows_numbers_only(registries: Mapping[Registry, str]) -> None:
    [numbers] = await asked(
        registries[ORGANIZATIONS], "select inn, ogrn from organization where oid = $1", stories.HEART_CLINIC
    )
    licences = await asked(
        registries[LICENSES],
        "select organization_oid, status from license where holder_inn = $1 and holder_ogrn = $2",
        *numbers,
    )
    assert licences == [(None, "ACTIVE")]


async def test_the_proprietor_holds_his_licence_himself(registries: Mapping[Registry, str]) -> None:
    licences = await asked(
        registries[LICENSES],
        "select holder_kind, worker_snils from license where organization_oid = $1",
        stories.PRACTICE,
    )
    assert licences == [("WORKER", stories.PROPRIETOR.snils)]
