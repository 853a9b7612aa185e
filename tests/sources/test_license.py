"""The licence registry answers by every key; absence is absence; lists have their order."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from sources.keys import Inn, LicenseNumber, Ogrn, Oid, Snils
from sources.license import LicenseFilter
from sources.registry import Registry
from sources.sources import Sources
from tests.sources.behind import Behind

LICENSES = Registry.LICENSES
NOWHERE = Oid("1.2.3")
NO_PAIR = (Inn("0000000000"), Ogrn("0000000000000"))


async def test_licenses_by_number_and_id(sources: Sources, behind: Behind) -> None:
    [(key, number)] = await behind.rows(LICENSES, "select id, number from license limit 1")
    by_id = await sources.licenses.licenses_by_id([key, uuid4()], ("number",))
    by_number = await sources.licenses.licenses_by_number([number, LicenseNumber("-")], ("id",))
    assert {key: row.number for key, row in by_id.items()} == {key: number}
    assert {number: row.id for number, row in by_number.items()} == {number: key}


async def test_licenses_of_an_organization_and_those_whose_organization_is_not_known(
    sources: Sources, behind: Behind
) -> None:
    [oid] = await behind.column(
        LICENSES,
        "select organization_oid from license where organization_oid is not null"
        " group by 1 order by count(*) desc limit 1",
    )
    [(inn, ogrn)] = await behind.rows(
        LICENSES, "select holder_inn, holder_ogrn from license where organization_oid is null limit 1"
    )
    named = await behind.column(
        LICENSES, "select id from license where organization_oid = $1 order by issued_on, id", oid
    )
    nameless = await behind.column(
        LICENSES,
        "select id from license where organization_oid is null and holder_inn = $1 and holder_ogrn = $2"
        " order by issued_on, id",
        inn,
        ogrn,
    )
    holders = [(oid, inn, ogrn), (oid, *NO_PAIR), (None, inn, ogrn), (NOWHERE, *NO_PAIR)]
    by_holder = await sources.licenses.licenses_by_holder(holders, ("id",))
    assert {key: [row.id for row in rows] for key, rows in by_holder.items()} == {
        holders[0]: [*named, *nameless],
        holders[1]: named,
        holders[2]: nameless,
    }


async def test_a_licence_with_an_oid_is_not_found_by_inn_and_ogrn(sources: Sources, behind: Behind) -> None:
    rows = await behind.rows(
        LICENSES,
        "select holder_inn, holder_ogrn from license group by 1, 2"
        " having bool_and(organization_oid is not null) limit 5",
    )
    assert await sources.licenses.licenses_by_holder([(None, *pair) for pair in rows], ()) == {}


async def test_licenses_of_proprietors(sources: Sources, behind: Behind) -> None:
    [(snils, ids)] = await behind.rows(
        LICENSES,
        "select worker_snils, array_agg(id order by issued_on, id) from license"
        " where worker_snils is not null group by 1 order by count(*) desc limit 1",
    )
    found = await sources.licenses.licenses_by_worker([snils, Snils("00000000000")], ("id",))
    assert {key: [row.id for row in rows] for key, rows in found.items()} == {snils: ids}


async def test_activities_and_events(sources: Sources, behind: Behind) -> None:
    [key] = await behind.column(
        LICENSES, "select license_id from license_activity group by 1 order by count(*) desc limit 1"
    )
    activities = (await sources.licenses.activities_by_license([key, uuid4()], ("id",)))[key]
    events = (await sources.licenses.events_by_license([key, uuid4()], ("id",)))[key]
    assert [row.id for row in activities] == await behind.column(
        LICENSES, "select id from license_activity where license_id = $1 order by activity_code, id", key
    )
    assert [row.id for row in events] == await behind.column(
        LICENSES, "select id from license_event where license_id = $1 order by happened_on, id", key
    )
    assert list(await sources.licenses.activities_by_id([activities[0].id, uuid4()], ())) == [
        activities[0].id
    ]
    assert list(await sources.licenses.events_by_id([events[0].id, uuid4()], ())) == [events[0].id]


async def test_pages_make_up_what_passes_the_filter(sources: Sources, behind: Behind, today: date) -> None:
    soon = today + timedelta(365)
    ended = ("SUSPENDED", "EXPIRED", "TERMINATED", "REVOKED")
    filters = {
        "$1::date < $2::date": LicenseFilter(),
        "$1::date < $2::date and region_code = '77'": LicenseFilter(region_codes=("77",)),
        "$1::date < $2::date and status <> 'ACTIVE'": LicenseFilter(statuses=ended),
        "$1::date < $2::date and holder_kind = 'WORKER'": LicenseFilter(holder_kind="WORKER"),
        "valid_until between $1 and $2": LicenseFilter(valid_until_from=today, valid_until_to=soon),
        "$1::date > $2::date": LicenseFilter(holder_inn=Inn("0")),
    }
    for condition, asked in filters.items():
        numbers = await behind.column(
            LICENSES, f"select number from license where {condition} order by number", today, soon
        )
        read: list[LicenseNumber] = []
        while page := await sources.licenses.licenses_page(asked, read[-1] if read else None, 50, ()):
            read += [row.number for row in page]
        assert read == numbers, condition
        assert await sources.licenses.licenses_count(asked) == len(numbers)


@pytest.mark.parametrize("noun", ["License", "LicenseActivity", "LicenseEvent"])
async def test_the_change_feed_has_every_noun(sources: Sources, noun: str) -> None:
    assert any(change.noun == noun for change in await sources.licenses.changes(0, 10**6))
