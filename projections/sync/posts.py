"""Keeps how many posts of a position an organization has, and how much of them is occupied."""

from typing import Final

from projections.sync.writing import Connection

_LINES: Final = """
select organization, position_code, sum(posts)::integer as posts, coalesce(sum(rate), 0)::integer as taken
from (
    select organization, position_code, (posts * 100)::integer as posts, null::integer as rate
    from staffing_unit {at}
    union all
    select organization, position_code, null, rate from staff {at}
) as both_sides
group by organization, position_code having count(posts) > 0"""
_WHOLE: Final = _LINES.format(at="")
_NARROW: Final = _LINES.format(
    at="where (organization, position_code) in (select organization, position_code from dirty_post)"
)
_COLUMNS: Final = "organization, position_code, posts, taken"

FILL: Final = (f"insert into post ({_COLUMNS}) {_WHOLE} order by organization, position_code", "analyze post")
"""The statements that fill the empty table."""

_RENEWAL: Final = f"""
with found as materialized ({_NARROW}),
gone as (
    delete from post p
    where (p.organization, p.position_code) in (select organization, position_code from dirty_post)
        and not exists (
            select from found f where f.organization = p.organization and f.position_code = p.position_code
        )
)
insert into post as kept ({_COLUMNS}) select {_COLUMNS} from found
on conflict (organization, position_code) do update set (posts, taken) = row(excluded.posts, excluded.taken)
where (kept.posts, kept.taken) is distinct from (excluded.posts, excluded.taken)"""

_WRONG: Final = f"""
select distinct o.oid || ' ' || unlike.position_code as line from (
    (select {_COLUMNS} from post except ({_WHOLE})) union all (({_WHOLE}) except select {_COLUMNS} from post)
) as unlike left join organization o on o.organization = unlike.organization order by 1"""


async def renew(connection: Connection) -> None:
    """Write anew the dirty lines where they changed, within a transaction."""
    await connection.execute(_RENEWAL)


async def wrong(connection: Connection) -> list[str]:
    """The lines that are missing, too many, or not as they follow from the other tables."""
    return [str(row[0]) for row in await connection.fetch(_WRONG)]
