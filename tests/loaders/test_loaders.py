"""The loaders of one operation: one read for many keys, the asked columns, calls counted, failures noted."""

import asyncio
import datetime as dt
from uuid import UUID

import pytest

from loaders.base import ManyByKey, OneByKey
from loaders.loaders import Loaders
from loaders.pages import EmploymentPage, Page
from loaders.usage import Usage
from sources.errors import TimedOut
from sources.keys import Oid, RegistryNumber, Snils
from sources.registry import Registry
from sources.worker import WorkerFilter
from tests.loaders.fake_sources import FakeRegistries

TODAY = dt.date(2026, 3, 15)
ONE, ANOTHER = UUID(int=1), UUID(int=2)

NO_REGISTRY = ("eligibility_by_person", "findings_by_worker", "findings_by_organization")
"""What is no read of one registry: made of other loaders, or of the projection. Tested apart."""

NAMES = [name for name in vars(Loaders) if "_by_" in name and name not in NO_REGISTRY]


@pytest.fixture
def registries() -> FakeRegistries:
    return FakeRegistries()


@pytest.fixture
def loaders(registries: FakeRegistries) -> Loaders:
    columns = {"Worker": ("id", "last_name"), "Employment": ("kind",), "Credential": ("number",)}
    return Loaders(registries.sources, columns, Usage(), TODAY)


async def test_many_keys_are_one_read_of_the_asked_columns(
    loaders: Loaders, registries: FakeRegistries
) -> None:
    registries.workers.answers["workers_by_id"] = {ONE: "the one"}

    keys = (ANOTHER, ONE, ANOTHER)
    found: list[object] = list(await asyncio.gather(*(loaders.worker_by_id.load(key) for key in keys)))

    assert found == [None, "the one", None]
    [asked] = registries.workers.asked
    assert (asked.read, asked.keys, asked.rest) == ("workers_by_id", [ANOTHER, ONE], (("id", "last_name"),))
    assert loaders.usage.calls == {Registry.WORKERS: 1}


async def test_a_noun_of_which_nothing_is_read_is_asked_without_columns(
    loaders: Loaders, registries: FakeRegistries
) -> None:
    await loaders.department_by_id.load(ONE)

    assert registries.organizations.asked[0].rest == ((),)


@pytest.mark.parametrize("name", NAMES)
async def test_every_loader_counts_its_call_and_passes_a_failure_on(
    loaders: Loaders, registries: FakeRegistries, name: str
) -> None:
    for registry in (
        registries.workers,
        registries.organizations,
        registries.licenses,
        registries.qualifications,
    ):
        registry.down = True

    with pytest.raises(TimedOut) as raised:
        await getattr(loaders, name).load((Oid("1.2.3"), "7707083893", "1027700132195"))

    assert loaders.usage.calls == {raised.value.registry: 1}
    assert loaders.usage.failed == {raised.value.registry}


@pytest.mark.parametrize("name", NAMES)
async def test_a_loader_is_the_same_throughout_the_operation(loaders: Loaders, name: str) -> None:
    assert getattr(loaders, name) is getattr(loaders, name)


async def test_pages_of_one_size_share_a_read_and_others_do_not(
    loaders: Loaders, registries: FakeRegistries
) -> None:
    page, other = EmploymentPage(True, None, 21), EmploymentPage(None, ONE, 21)
    registries.workers.answers["employments_page_by_organization"] = {Oid("1.2.3"): ["employment"]}

    found = await asyncio.gather(
        loaders.employment_page.load((page, Oid("1.2.3"))),
        loaders.employment_page.load((page, Oid("1.2.4"))),
        loaders.employment_page.load((other, Oid("1.2.3"))),
    )

    told: list[object] = [list(each) for each in found]
    assert told == [["employment"], [], ["employment"]]
    assert [(each.keys, each.rest, dict(each.options)) for each in registries.workers.asked] == [
        ([Oid("1.2.3"), Oid("1.2.4")], (("kind",),), {"current": True, "after": None, "limit": 21}),
        ([Oid("1.2.3")], (("kind",),), {"current": None, "after": ONE, "limit": 21}),
    ]


async def test_counts_are_told_apart_by_what_is_counted(loaders: Loaders, registries: FakeRegistries) -> None:
    registries.workers.answers["employments_count_by_organization"] = {Oid("1.2.3"): 5}

    assert await loaders.employment_count.load((True, Oid("1.2.3"))) == 5
    assert await loaders.employment_count.load((False, Oid("1.2.4"))) is None
    assert [dict(each.options) for each in registries.workers.asked] == [
        {"current": True},
        {"current": False},
    ]


async def test_what_expires_is_asked_from_today_to_that_day(
    loaders: Loaders, registries: FakeRegistries
) -> None:
    until = dt.date(2026, 4, 14)
    await loaders.credentials_expiring.load((until, Snils("11223344595")))

    assert registries.qualifications.asked[0].rest == (TODAY, until, ("number",))


@pytest.mark.parametrize(
    "name", ["occupied_by_organization", "people_by_organization", "staff_by_organization"]
)
async def test_staff_is_asked_as_of_today(loaders: Loaders, registries: FakeRegistries, name: str) -> None:
    await getattr(loaders, name).load(Oid("1.2.3"))

    assert registries.workers.asked[0].rest == (TODAY,)


async def test_a_page_of_a_connection_is_counted_and_asked_with_its_columns(
    loaders: Loaders, registries: FakeRegistries
) -> None:
    where = WorkerFilter(last_name="Иванов")
    registries.workers.answers = {"workers_page": {where: ["row"]}, "workers_count": {where: 7}}

    found: object = await loaders.worker_page.load(Page(where, RegistryNumber("5"), 21))
    assert found == ["row"]
    assert await loaders.worker_count.load(where) == 7
    assert registries.workers.asked[0].rest == (RegistryNumber("5"), 21, ("id", "last_name"))
    assert loaders.usage.calls == {Registry.WORKERS: 2}


async def test_the_registries_asked_are_told_in_order_with_how_they_are(
    loaders: Loaders, registries: FakeRegistries
) -> None:
    registries.licenses.down = True
    await asyncio.gather(
        loaders.license_by_id.load(ONE),
        loaders.event_by_id.load(ONE),
        loaders.worker_by_id.load(ONE),
        return_exceptions=True,
    )

    assert loaders.usage.lines() == [
        {"registry": "WORKERS", "state": "OK"},
        {"registry": "LICENSES", "state": "UNAVAILABLE"},
    ]
    assert loaders.usage.calls == {Registry.LICENSES: 2, Registry.WORKERS: 1}


async def test_a_fault_that_is_no_registrys_is_not_counted_against_it() -> None:
    usage = Usage()

    async def broken() -> None:
        raise KeyError("ours")

    with pytest.raises(KeyError):
        await usage.of(Registry.WORKERS, broken())
    assert usage.failed == set()


async def test_every_loader_is_of_one_kind_or_the_other(loaders: Loaders) -> None:
    kinds = {type(getattr(loaders, name)) for name in NAMES}

    assert kinds == {OneByKey, ManyByKey}
    assert len(NAMES) > 30


async def test_of_several_pages_one_may_fail_alone(loaders: Loaders, registries: FakeRegistries) -> None:
    where = WorkerFilter()
    registries.workers.answers = {"workers_count": {where: 7}}

    known, unknown = await asyncio.gather(
        loaders.worker_count.load(where),
        loaders.worker_count.load(WorkerFilter(last_name="Иванов")),
        return_exceptions=True,
    )

    assert known == 7
    assert isinstance(unknown, KeyError)
    assert loaders.usage.calls == {Registry.WORKERS: 2}
