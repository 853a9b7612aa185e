"""Keeps the employments of the day, which aggregates count: filled once, renewed for whoever is dirty."""

from projections.sync.definition import STAFF
from projections.sync.writing import Connection

_COLUMNS = ", ".join((STAFF.key, *STAFF.columns))
_NEW = ", ".join(f"excluded.{each}" for each in STAFF.columns)
_KEPT = ", ".join(f"kept.{each}" for each in STAFF.columns)

FILL = (
    # Who works together lies together: a house is a few pages.
    (
        f"insert into staff ({_COLUMNS}) select {_COLUMNS} from ({STAFF.whole()}) as found"
        " order by organization_region, organization"
    ),
    "analyze staff",
)
"""The statements that fill the empty table."""

_RENEWAL = f"""
with found as materialized ({STAFF.narrow()}),
-- Where somebody comes, goes or is more or less than before: there other posts are free.
was as (
    select id, organization, position_code, rate from staff where person in (select person from dirty_staff)
),
noted as (
    insert into dirty_post
    select x.* from found f full join was b on b.id = f.id
    cross join lateral (values (f.organization, f.position_code), (b.organization, b.position_code))
        as x (organization, position_code)
    where x.organization is not null
        and (f.organization, f.position_code, f.rate)
            is distinct from (b.organization, b.position_code, b.rate)
),
gone as (
    delete from staff s
    where s.person in (select person from dirty_staff) and not exists (select from found f where f.id = s.id)
)
insert into staff as kept ({_COLUMNS}) select {_COLUMNS} from found
on conflict (id) do update set ({", ".join(STAFF.columns)}) = row({_NEW})
where ({_KEPT}) is distinct from ({_NEW})"""

_WRONG = f"""
select distinct id::text from (
    (select {_COLUMNS} from staff except select {_COLUMNS} from ({STAFF.whole()}) as found)
    union all
    (select {_COLUMNS} from ({STAFF.whole()}) as found except select {_COLUMNS} from staff)
) as unlike order by 1"""


async def renew(connection: Connection) -> None:
    """Write anew what changed of the dirty people, within a transaction."""
    await connection.execute(_RENEWAL)


async def wrong(connection: Connection) -> list[str]:
    """The employments that are missing, too many, or not as they follow from the other tables; by id."""
    return [row[0] for row in await connection.fetch(_WRONG)]
