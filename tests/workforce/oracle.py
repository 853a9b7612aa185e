"""The oracle: aggregates in plain SQL over the four registries' own tables in one database.

Written from docs/workforce.md. It makes one row for each person, employment and credential that belong
together, and counts what is distinct; it reads no table of the projection and shares no code with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from tests.search.database import Line

LISTED: Final = """
create table if not exists part (dictionary text, code text, part text);
"""

AGES: Final = {"UNDER_25": (0, 25), "FROM_25": (25, 35), "FROM_35": (35, 45), "FROM_45": (45, 55),
               "FROM_55": (55, 65), "FROM_65": (65, 500)}  # fmt: skip
AGE: Final = "date_part('year', age(today(), w.birth_date))"
BAND: Final = "case " + " ".join(
    f"when {AGE} >= {low} and {AGE} < {high} then '{name}'" for name, (low, high) in AGES.items()
) + " end"  # fmt: skip
BEST: Final = "(array['SECOND', 'FIRST', 'HIGHEST'])[f.category]"


def part(dictionary: str, code: str) -> str:
    return f"(select p.part from part p where p.dictionary = '{dictionary}' and p.code = {code})"


COLUMNS: Final[Mapping[str, str]] = {
    "REGION": "w.region_code::text",
    "FEDERAL_DISTRICT": part("regions", "w.region_code"),
    "ORGANIZATION": "o.oid",
    "ORGANIZATION_KIND": "o.kind_code",
    "OWNERSHIP": "o.ownership",
    "DEPARTMENT": "e.department_id::text",
    "SPECIALTY": "c.specialty_code",
    "POSITION": "e.position_code",
    "POSITION_GROUP": part("positions", "e.position_code"),
    "CATEGORY": BEST,
    "SEX": "w.sex::text",
    "AGE_BAND": BAND,
    "CREDENTIAL_YEAR": "to_char(c.issued_on, 'YYYY')",
    "EMPLOYMENT_KIND": "e.kind",
    "CREDENTIAL_STATUS": "c.status",
    "ELIGIBLE": "case when f.reasons = '{}' then 'true' else 'false' end",
}
POSTED: Final[Mapping[str, str]] = {
    "REGION": "o.region_code::text",
    "FEDERAL_DISTRICT": part("regions", "o.region_code"),
    "ORGANIZATION": "o.oid",
    "ORGANIZATION_KIND": "o.kind_code",
    "OWNERSHIP": "o.ownership",
    "DEPARTMENT": "u.department_id::text",
    "POSITION": "u.position_code",
    "POSITION_GROUP": part("positions", "u.position_code"),
}
OF_CREDENTIALS: Final = {"CREDENTIAL_YEAR", "CREDENTIAL_STATUS"}
STATUSES: Final = {
    "CREDENTIALS_ACTIVE": "ACTIVE",
    "CREDENTIALS_EXPIRED": "EXPIRED",
    "CREDENTIALS_RENEWING": "RENEWING",
    "CREDENTIALS_REVOKED": "REVOKED",
}
CREDENTIALS: Final = {"CREDENTIALS", "EXPIRING", *STATUSES}
POSTS: Final = {"POSTS", "VACANCIES"}

Key = tuple[str | None, ...]
Table = Mapping[Key, list[Decimal | None]]


@dataclass(frozen=True)
class Asked:
    """An aggregate as it is asked: words of the schema."""

    by: tuple[str, ...]
    measures: tuple[str, ...]
    where: Mapping[str, tuple[str, ...]]
    """By dimension."""
    branches: bool = True
    within: int = 90


class Oracle:
    """Answers aggregates over the oracle's database."""

    def __init__(self, line: Line) -> None:
        self._line = line

    async def table(self, asked: Asked) -> Table:
        """Every row by its keys."""
        found: dict[Key, dict[str, Any]] = {key: {} for key in await self._rows(asked)}
        for measure in asked.measures:
            for key, value in (await self._measured(asked, measure)).items():
                if key in found:
                    found[key][measure] = value
        return {key: [_value(told, each) for each in asked.measures] for key, told in found.items()}

    async def _rows(self, asked: Asked) -> set[Key]:
        """The rows: where there are people, posts, or credentials of those that are asked about."""
        found: set[Key] = set()
        for measure in asked.measures:
            if measure in POSTS:
                found |= (await self._measured(asked, measure)).keys()
            elif _of_credentials(measure, asked):
                of = measure if measure == "EXPIRING" else "CREDENTIALS"
                found |= {key for key, count in (await self._measured(asked, of)).items() if count}
            else:
                found |= (await self._measured(asked, "WORKERS")).keys()
        return found

    async def people(self, asked: Asked) -> Mapping[Key, int]:
        """How many people each row is about."""
        return {key: int(value) for key, value in (await self._measured(asked, "WORKERS")).items()}

    async def _measured(self, asked: Asked, measure: str) -> dict[Key, Any]:
        sql = _posts(asked, measure) if measure in POSTS else _people(asked, measure)
        rows = await self._line.fetch(sql)
        return {tuple(row)[:-1]: tuple(row)[-1] for row in rows if tuple(row)[-1] is not None}


def _of_credentials(measure: str, asked: Asked) -> bool:
    """Whether a measure makes rows where there are such credentials, and not where there are people."""
    mentioned = {*asked.by, *asked.where}
    return measure == "EXPIRING" or (
        measure in CREDENTIALS and bool(mentioned & {"SPECIALTY", *OF_CREDENTIALS})
    )


def _value(told: Mapping[str, Any], measure: str) -> Decimal | None:
    if measure in ("CATEGORY_SHARE", "MEAN_AGE_BAND"):
        return None if measure not in told else Decimal(told[measure])
    return Decimal(told.get(measure, 0))


def narrowed(asked: Asked, columns: Mapping[str, str]) -> str:
    """The filter as a condition over these columns."""
    conditions = ["true"]
    for dimension, values in asked.where.items():
        listed = ", ".join(f"'{value}'" for value in values) or "null"
        condition = f"{columns[dimension]} in ({listed})"
        if dimension == "ORGANIZATION" and asked.branches:
            condition = f"(o.oid in ({listed}) or o.parent_oid in ({listed}))"
        conditions.append(condition)
    return " and ".join(conditions)


def _people(asked: Asked, measure: str) -> str:
    """One row for each person, employment and credential; a measure counts what is distinct of them."""
    mentioned = {*asked.by, *asked.where}
    every = measure in CREDENTIALS or bool(mentioned & OF_CREDENTIALS)
    keys = "".join(f"{COLUMNS[each]} as k{place}, " for place, each in enumerate(asked.by))
    names = "".join(f"k{place}, " for place in range(len(asked.by)))
    groups = f" group by {names[:-2]}" if names else ""
    rows = f"""
        select {keys} w.id as worker, e.id as employment, e.rate, c.id as credential, c.status, c.issued_on,
            c.valid_until, f.category, today() - w.birth_date as days
        from worker w
        join employment e on e.worker_id = w.id and lasts(e)
        join of_worker f on f.id = w.id
        left join organization o on o.oid = e.organization_oid
        left join credential c on c.worker_snils = w.snils and ({"true" if every else "lasts(c)"})
        where {narrowed(asked, COLUMNS)}"""
    once = f"""
        select r.*, row_number() over (partition by {names} employment) as nth_of_employment,
            row_number() over (partition by {names} worker) as nth_of_worker
        from ({rows}) r"""
    return f"select {names} {_counted(measure, asked)} as value from ({once}) r{groups}"


def _counted(measure: str, asked: Asked) -> str:
    match measure:
        case "WORKERS":
            return "count(distinct worker)"
        case "RATES":
            return "sum(rate) filter (where nth_of_employment = 1)"
        case "CREDENTIALS":
            return "count(distinct credential)"
        case "EXPIRING":
            last = f"today() + {asked.within}"
            return f"""count(distinct credential) filter (where status in ('ACTIVE', 'RENEWING')
                and issued_on <= today() and valid_until between today() and {last})"""
        case "CATEGORY_SHARE":
            return """round(count(distinct worker) filter (where category is not null)::numeric
                / nullif(count(distinct worker), 0), 4)"""
        case "MEAN_AGE_BAND":
            mean = "avg(days) filter (where nth_of_worker = 1) / 365.2425"
            return f"(array[0, 25, 35, 45, 55, 65])[width_bucket({mean}, array[0, 25, 35, 45, 55, 65])]"
    return f"count(distinct credential) filter (where status = '{STATUSES[measure]}')"


def _posts(asked: Asked, measure: str) -> str:
    """The staffing schedule, a line for each place and position, beside whoever occupies it."""
    apart = "DEPARTMENT" in {*asked.by, *asked.where}
    same = "e.organization_oid = u.organization_oid and e.position_code = u.position_code"
    if apart:
        same += " and e.department_id is not distinct from u.department_id"
    department = "u.department_id" if apart else "null::uuid"
    keys = "".join(f"{POSTED[each]} as k{place}, " for place, each in enumerate(asked.by))
    names = "".join(f"k{place}, " for place in range(len(asked.by)))
    groups = f" group by {names[:-2]}" if names else ""
    lines = f"""
        select organization_oid, {department} as department_id, position_code, sum(posts) as posts
        from staffing_unit u group by 1, 2, 3"""
    value = (
        "u.posts"
        if measure == "POSTS"
        else "greatest(u.posts - coalesce((select sum(e.rate) from employment e"
        f" where {same} and lasts(e)), 0), 0)"
    )
    rows = f"""
        select {keys} {value} as value from ({lines}) u join organization o on o.oid = u.organization_oid
        where {narrowed(asked, POSTED)}"""
    return f"select {names} coalesce(sum(value), 0) as value from ({rows}) r{groups}"


async def make_parts(line: Line, parts: Sequence[tuple[str, str, str]]) -> None:
    """Put in what each code is a part of: regions of federal districts, positions of groups."""
    await line.fetch(LISTED)
    for each in parts:
        await line.fetch("insert into part values ($1, $2, $3)", *each)
