"""Derives again what follows for the keys that are dirty, and for those that these touch in turn."""

from projections.findings import keeping as findings
from projections.sync import posts, staff
from projections.sync.definition import (
    DERIVED,
    LICENSE,
    ORGANIZATION,
    STAFF,
    WORKER,
    Derived,
    statement,
    statements,
)
from projections.sync.writing import Connection

TABLES = """
create temp table if not exists dirty_license (id uuid) on commit delete rows;
create temp table if not exists dirty_organization (organization bigint) on commit delete rows;
create temp table if not exists dirty_person (person bigint) on commit delete rows;
create temp table if not exists dirty_staff (person bigint) on commit delete rows;
create temp table if not exists dirty_post (organization bigint, position_code text) on commit delete rows;
create temp table if not exists before_organization
    (organization bigint, works text[], name_key text, lexemes text) on commit delete rows;
create temp table if not exists touched_organization
    (organization bigint, everyone boolean, specialties text[]) on commit delete rows;
"""
_OF_LICENSES = """
insert into dirty_organization
select l.organization from license l join dirty_license d on d.id = l.id where l.organization is not null;
insert into dirty_person
select l.person from license l join dirty_license d on d.id = l.id where l.person is not null;
insert into dirty_finding_person
select l.person from license l join dirty_license d on d.id = l.id where l.person is not null;
"""
_BEFORE = """
insert into before_organization select organization, works, name_key, lexemes from organization
where organization in (select organization from dirty_organization);
analyze before_organization;
"""


async def derive(connection: Connection) -> None:
    """Derive for the dirty licences, organizations and people, in this order, within a transaction.

    What is wrong with them, and with those who were noted for that alone, is found anew then.
    """
    if await _renew(connection, LICENSE):
        await connection.execute(_OF_LICENSES)
    if await _are_dirty(connection, ORGANIZATION.keys):
        await connection.execute(_BEFORE)
        await _renew(connection, ORGANIZATION)
        await connection.execute(statement("touched"))
    await _renew(connection, WORKER)
    if await _are_dirty(connection, STAFF.keys):
        await staff.renew(connection)
    if await _are_dirty(connection, "dirty_post.organization"):
        await posts.renew(connection)
    await findings.renew(connection)
    await connection.execute(_PUT_IN_PLACE)


async def _are_dirty(connection: Connection, keys: str) -> bool:
    """Whether there are dirty keys; the planner is told how many."""
    table = keys.split(".")[0]
    if not await connection.fetchval(f"select exists (select from {table})"):
        return False
    await connection.execute(f"analyze {table}")
    return True


async def _renew(connection: Connection, derived: Derived) -> bool:
    """Write what follows now where it is something else; whether there were dirty keys."""
    found = await _are_dirty(connection, derived.keys)
    if found:
        await connection.execute(_RENEWALS[derived.table])
    return found


def _renewal(derived: Derived) -> str:
    """Rows whose values stay the same are not written. Workers of whom more follows are noted."""
    table, key = derived.table, derived.key
    columns = [each for each in (*derived.copied, *derived.columns) if each != key]
    new = ", ".join(f"found.{each}" for each in columns)
    old = ", ".join(f"{table}.{each}" for each in columns)
    written = (
        f"update {table} set ({', '.join(columns)}) = row({new}) from ({derived.narrow()}) as found"
        f"{_WAS if derived is WORKER else ''}"
        f" where found.{key} = {table}.{key} and ({old}) is distinct from ({new})"
    )
    return _NOTED.format(written=written) if derived is WORKER else written


# What else counts people, and what is wrong with them, follows from these alone of what is derived.
_WAS = " join worker was on was.id = found.id"
_NOTED = """
with written as (
    {written}
    returning worker.person,
        (was.category, was.allowed, was.specialties)
            is distinct from (worker.category, worker.allowed, worker.specialties) as counted,
        (was.organization, cardinality(was.specialties) > 0)
            is distinct from (worker.organization, cardinality(worker.specialties) > 0) as looked_at
),
counted as (insert into dirty_staff select person from written where counted)
insert into dirty_finding_person select person from written where looked_at"""


_RENEWALS = {each.table: _renewal(each) for each in DERIVED}

_INVERTED = [each.split()[2] for each in statements("indexes") if "using gin" in each]
_PUT_IN_PLACE = "select " + ", ".join(f"gin_clean_pending_list('{each}')" for each in _INVERTED)
"""What these indexes put aside, each search would read from end to end."""
