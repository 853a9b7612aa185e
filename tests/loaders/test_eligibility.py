"""The right to practise of many at once: as many calls as of one, and a failure is his whom it concerns."""

import asyncio
import datetime as dt
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest

from loaders.eligibility import PersonOnDay
from loaders.loaders import Loaders
from loaders.usage import Usage
from projections.eligibility import Eligibility, EligibilityReason
from sources.errors import TimedOut
from sources.keys import Oid, Snils
from sources.registry import Registry
from tests.loaders.fake_sources import FakeRegistries

DAY = dt.date(2026, 3, 15)
BEFORE, AFTER = dt.date(2020, 1, 1), dt.date(2030, 1, 1)
CLINIC = Oid("1.2.3")
LICENSE = UUID(int=7)


def person(number: int, on: dt.date = DAY) -> PersonOnDay:
    return PersonOnDay(UUID(int=number), Snils(f"{number:011}"), "ACTIVE", on)


EMPLOYED, PROPRIETOR, NOBODY = person(1), person(2), person(3)


@pytest.fixture
def registries() -> FakeRegistries:
    """A clinic that employs one person, a proprietor, and somebody of whom there is nothing."""
    made = FakeRegistries()
    held = SimpleNamespace(
        id=LICENSE, organization_oid=CLINIC, status="ACTIVE", issued_on=BEFORE, valid_until=None
    )
    diploma = SimpleNamespace(specialty_code="27", issued_on=BEFORE, valid_until=AFTER, status="ACTIVE")
    job = SimpleNamespace(organization_oid=CLINIC, started_on=BEFORE, ended_on=dt.date(2026, 6, 1))
    made.workers.answers = {"employments_by_worker": {EMPLOYED.id: [job]}, "restrictions_by_worker": {}}
    made.organizations.answers["organizations_by_oid"] = {
        CLINIC: SimpleNamespace(oid=CLINIC, inn="7707083893", ogrn="1027700132195")
    }
    made.licenses.answers = {
        "licenses_by_worker": {PROPRIETOR.snils: [held]},
        "licenses_by_holder": {(CLINIC, "7707083893", "1027700132195"): [held]},
        "activities_by_license": {LICENSE: [SimpleNamespace(activity_code="L095", suspended=False)]},
    }
    made.qualifications.answers["credentials_by_worker"] = {
        each.snils: [diploma] for each in (EMPLOYED, PROPRIETOR)
    }
    return made


@pytest.fixture
def loaders(registries: FakeRegistries) -> Loaders:
    return Loaders(registries.sources, {}, Usage(), DAY)


async def told(loaders: Loaders, *people: PersonOnDay) -> list[Any]:
    """The answers, failures in their places."""
    asked = (loaders.eligibility_by_person.load(each) for each in people)
    return list(await asyncio.gather(*asked, return_exceptions=True))


async def test_each_registry_is_asked_once_for_all(loaders: Loaders, registries: FakeRegistries) -> None:
    employed, proprietor, nobody = await told(loaders, EMPLOYED, PROPRIETOR, NOBODY)

    assert isinstance(employed, Eligibility)
    assert (employed.allowed, proprietor.allowed) == (True, True)
    assert employed.specialty_codes == proprietor.specialty_codes == ("27",)
    assert nobody.reasons == (EligibilityReason.NO_VALID_CREDENTIAL, EligibilityReason.NOT_EMPLOYED)
    reads = [asked.read for each in registries.all for asked in each.asked]
    assert len(reads) == len(set(reads)) == 7


async def test_each_is_answered_for_his_own_day(loaders: Loaders, registries: FakeRegistries) -> None:
    later = person(1, dt.date(2026, 6, 2))

    employed, gone = await told(loaders, EMPLOYED, later)

    assert employed.allowed
    assert gone.reasons == (EligibilityReason.NOT_EMPLOYED,)
    assert gone.on == later.on
    assert [asked.keys for asked in registries.workers.asked] == [[EMPLOYED.id], [EMPLOYED.id]]


async def test_a_failure_is_his_whom_it_concerns(loaders: Loaders, registries: FakeRegistries) -> None:
    """Who is nobody's employee needs no organization: that theirs is away is nothing to him."""
    registries.organizations.down = True

    employed, proprietor, nobody = await told(loaders, EMPLOYED, PROPRIETOR, NOBODY)

    assert isinstance(employed, TimedOut)
    assert employed.registry is Registry.ORGANIZATIONS
    assert proprietor.allowed
    assert not nobody.allowed


async def test_what_everybody_needs_fails_everybody(loaders: Loaders, registries: FakeRegistries) -> None:
    registries.licenses.down = True

    found = await told(loaders, EMPLOYED, NOBODY)

    assert [type(each) for each in found] == [TimedOut, TimedOut]
    assert loaders.usage.failed == {Registry.LICENSES}
