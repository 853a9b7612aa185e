"""The organization registry answers by every key; absence is absence; lists have their order."""

from functools import partial
from uuid import UUID, uuid4

import pytest

from sources.keys import Inn, Ogrn, Oid
from sources.organization import OrganizationFilter, OrganizationRecord
from sources.registry import Registry
from sources.rows import shape
from sources.sources import Sources
from sources.sql.organization import _chosen
from sources.sql.reach import reached
from tests.sources.behind import Behind

ORGANIZATIONS = Registry.ORGANIZATIONS
NOWHERE = Oid("1.2.3")
NO_PAIR = (Inn("0000000000"), Ogrn("0000000000000"))


async def test_organizations_by_oid(sources: Sources, behind: Behind) -> None:
    rows = await behind.rows(ORGANIZATIONS, "select oid, short_name from organization limit 3")
    found = await sources.organizations.organizations_by_oid(
        [*(oid for oid, _ in rows), NOWHERE], ("short_name",)
    )
    assert {oid: row.short_name for oid, row in found.items()} == dict(rows)


async def test_the_holder_without_oid_is_the_one_without_a_parent(sources: Sources, behind: Behind) -> None:
    [(inn, ogrn, top)] = await behind.rows(
        ORGANIZATIONS,
        "select inn, ogrn, min(oid) filter (where parent_oid is null) from organization"
        " group by 1, 2 having count(*) > 1 and count(*) filter (where parent_oid is null) = 1 limit 1",
    )
    [branch] = await behind.column(
        ORGANIZATIONS, "select oid from organization where inn = $1 and parent_oid is not null limit 1", inn
    )
    asked = [(None, inn, ogrn), (branch, inn, ogrn), (NOWHERE, inn, ogrn), (None, *NO_PAIR)]
    found = await sources.organizations.organizations_by_holder(asked, ())
    assert {key: row.oid for key, row in found.items()} == {asked[0]: top, asked[1]: branch}


def test_the_one_without_a_parent_need_not_be_the_first() -> None:
    row = partial(tuple.__new__, shape(OrganizationRecord, ("oid", "inn", "ogrn", "parent_oid")))
    rows = [
        row((f"1.2.{number}", *NO_PAIR, parent)) for number, parent in ((1, "1.2.2"), (2, None), (3, "1.2.2"))
    ]
    asked = [(None, *NO_PAIR)]
    assert _chosen(asked, rows)[asked[0]].oid == "1.2.2"
    assert _chosen(asked, rows[:1])[asked[0]].oid == "1.2.1"
    assert _chosen(asked, [rows[0], rows[2]]) == {}


async def test_branches_are_in_order_of_name(sources: Sources, behind: Behind) -> None:
    [parent] = await behind.column(
        ORGANIZATIONS,
        "select parent_oid from organization where parent_oid is not null"
        " group by 1 order by count(*) desc limit 1",
    )
    found = await sources.organizations.organizations_by_parent([parent, NOWHERE], ("oid",))
    assert list(found) == [parent]
    assert [row.oid for row in found[parent]] == await behind.column(
        ORGANIZATIONS, "select oid from organization where parent_oid = $1 order by short_name, oid", parent
    )


async def test_an_organization_reaches_its_branches(sources: Sources, behind: Behind) -> None:
    [(parent, branches)] = await behind.rows(
        ORGANIZATIONS,
        "select parent_oid, array_agg(oid) from organization where parent_oid is not null"
        " and status <> 'LIQUIDATED' group by 1 order by count(*) desc limit 1",
    )
    found = await sources.organizations.reached_by_organization([parent, branches[0], NOWHERE])
    assert found == {parent: {parent, *branches}, branches[0]: {branches[0]}}


def test_what_is_liquidated_reaches_nothing_and_is_not_reached() -> None:
    rows = [("1", None, "ACTIVE"), ("2", "1", "REORGANIZED"), ("3", "1", "LIQUIDATED")]
    rows += [("4", None, "LIQUIDATED"), ("5", "4", "ACTIVE")]
    keys = [Oid(each) for each in "1346"]
    assert reached(keys, rows) == {"1": {"1", "2"}, "3": set(), "4": set()}


async def test_departments_and_staffing_units(sources: Sources, behind: Behind) -> None:
    [oid] = await behind.column(
        ORGANIZATIONS, "select organization_oid from staffing_unit group by 1 order by count(*) desc limit 1"
    )
    read = sources.organizations
    departments = (await read.departments_by_organization([oid, NOWHERE], ("id",)))[oid]
    units = (await read.staffing_units_by_organization([oid, NOWHERE], ("id",)))[oid]
    assert [row.id for row in departments] == await ids(behind, "department", "name", oid)
    assert [row.id for row in units] == await ids(behind, "staffing_unit", "position_code", oid)
    assert list(await read.departments_by_id([departments[0].id, uuid4()], ("name",))) == [departments[0].id]
    assert list(await read.staffing_units_by_id([units[0].id, uuid4()], ("posts",))) == [units[0].id]


async def ids(behind: Behind, table: str, order: str, oid: str) -> list[UUID]:
    return await behind.column(
        ORGANIZATIONS, f"select id from {table} where organization_oid = $1 order by {order}, id", oid
    )


@pytest.mark.parametrize(
    ("asked", "condition"),
    [
        (OrganizationFilter(), "true"),
        (OrganizationFilter(region_codes=("77",)), "region_code = '77'"),
        (
            OrganizationFilter(kind_codes=("HOSPITAL", "POLYCLINIC")),
            "kind_code in ('HOSPITAL', 'POLYCLINIC')",
        ),
        (
            OrganizationFilter(ownerships=("PRIVATE",), statuses=("ACTIVE",)),
            "ownership = 'PRIVATE' and status = 'ACTIVE'",
        ),
        (OrganizationFilter(inn=Inn("0")), "false"),
        (OrganizationFilter(parent_oid=NOWHERE), "false"),
    ],
)
async def test_pages_make_up_what_passes_the_filter(
    sources: Sources, behind: Behind, asked: OrganizationFilter, condition: str
) -> None:
    oids = await behind.column(ORGANIZATIONS, f"select oid from organization where {condition} order by oid")
    read: list[Oid] = []
    while page := await sources.organizations.organizations_page(asked, read[-1] if read else None, 20, ()):
        read += [row.oid for row in page]
    assert read == oids
    assert await sources.organizations.organizations_count(asked) == len(oids)


async def test_the_change_feed_names_an_organization_by_oid(sources: Sources, behind: Behind) -> None:
    changes = await sources.organizations.changes(0, 10**6)
    told = {change.id for change in changes if change.noun == "Organization"}
    assert told == set(await behind.column(ORGANIZATIONS, "select oid from organization"))
    assert {type(change.id) for change in changes if change.noun != "Organization"} == {UUID}
    assert [change.revision for change in changes] == sorted(change.revision for change in changes)
