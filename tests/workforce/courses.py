"""The oracle of courses in time: `timeline` in plain SQL over the four registries' own tables.

Written from docs/workforce.md, beside the oracle of aggregates; it reads no table of the projection.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from auth.principal import Principal
from resolvers.ids import global_id
from tests.asking import Asking
from tests.search.database import Line
from tests.search.searched import PURPOSE
from tests.workforce.oracle import COLUMNS, POSTED, Asked, narrowed, part
from tests.workforce.questions import Values, chosen, where

LICENSES: Final = "LICENSES_ENDING"
DAYS: Final = {
    "CREDENTIALS_ISSUED": ("credential", "c.issued_on"),
    "CREDENTIALS_ENDING": ("credential", "case when c.status <> 'REVOKED' then c.valid_until end"),
    "CATEGORIES_ASSIGNED": ("category", "c.assigned_on"),
    "CATEGORIES_ENDING": ("category", "c.valid_until"),
    LICENSES: ("license", "case when c.status in ('ACTIVE', 'SUSPENDED') then c.valid_until end"),
}
"""Where each kind of record stands, and the day that it is counted by."""

OF_CREDENTIAL: Final = COLUMNS
OF_CATEGORY: Final = {
    name: column for name, column in COLUMNS.items() if name not in ("CREDENTIAL_YEAR", "CREDENTIAL_STATUS")
} | {"CATEGORY": "c.category"}
OF_LICENSE: Final = {
    name: POSTED[name] for name in ("ORGANIZATION", "ORGANIZATION_KIND", "OWNERSHIP")
} | {"REGION": "c.region_code::text", "FEDERAL_DISTRICT": part("regions", "c.region_code")}  # fmt: skip

TIMELINE: Final = """
query Drawn(
    $of: TimelineOf!, $step: TimelineStep!, $from: Date, $to: Date, $by: WorkforceDimension,
    $where: WorkforceWhere
) {
    timeline(of: $of, by: $step, from: $from, to: $to, groupBy: $by, where: $where) {
        suppressed
        points { start key { value } count }
    }
}"""

Points = Mapping[tuple[str, str | None], int]
"""How many there are, by the first day of the period and the value."""


@dataclass(frozen=True)
class Drawn:
    """A course as it is asked: words of the schema; `asked` has its dimension, if any, and its filter."""

    of: str
    step: str
    start: dt.date
    end: dt.date
    asked: Asked


async def told(asking: Asking, caller: Principal, drawn: Drawn) -> tuple[Points, bool]:
    """The points as the gateway tells them, and whether small ones are left out."""
    asked: dict[str, Any] = {"of": drawn.of, "step": drawn.step, "by": next(iter(drawn.asked.by), None)}
    asked |= {"from": f"{drawn.start}", "to": f"{drawn.end}", "where": where(drawn.asked, global_id)}
    found = await asking.ask(TIMELINE, asked, principal=caller, purpose=PURPOSE)
    assert not found.errors, (drawn, found.errors)
    told = found.data["timeline"]
    return {
        (str(each["start"]), each["key"] and each["key"]["value"]): each["count"] for each in told["points"]
    }, told["suppressed"]


async def points(line: Line, drawn: Drawn) -> Points:
    """Every point of a course."""
    return await _points(line, drawn, "c.id")


async def people(line: Line, drawn: Drawn) -> Points:
    """How many people each point is about."""
    return await _points(line, drawn, "w.id")


def course(known: Values, seed: int, number: int, today: dt.date) -> Drawn:
    """One by chance: the same whenever it is asked for."""
    random = Random(f"course/{seed}/{number}")
    of = list(DAYS)[number % len(DAYS)]
    dimensions = sorted(columns(of))
    by = tuple(random.sample(dimensions, random.choice([0, 1, 1])))
    narrowed_by = random.sample(dimensions, random.choice([0, 0, 1, 1, 2]))
    start = today + dt.timedelta(days=random.randint(-3000, 300))
    return Drawn(
        of,
        random.choice(["MONTH", "YEAR"]),
        start,
        start + dt.timedelta(days=random.randint(0, 3000)),
        Asked(by, (), {each: chosen(each, known, random) for each in narrowed_by}, random.random() < 0.7),
    )


def columns(of: str) -> Mapping[str, str]:
    """By what records of a kind can be told apart."""
    found = {"credential": OF_CREDENTIAL, "category": OF_CATEGORY, "license": OF_LICENSE}
    return found[DAYS[of][0]]


async def _points(line: Line, drawn: Drawn, counted: str) -> Points:
    table, day = DAYS[drawn.of]
    known = columns(drawn.of)
    key = known[drawn.asked.by[0]] if drawn.asked.by else "null::text"
    found = await line.fetch(f"""
        select date_trunc('{drawn.step}', {day})::date::text, {key}, count(distinct {counted})
        from {_LICENSES if table == "license" else _RECORDS.format(table=table)}
        where {day} between '{drawn.start}' and '{drawn.end}' and {narrowed(drawn.asked, known)}
        group by 1, 2""")
    return {(row[0], row[1]): row[2] for row in found}


_RECORDS: Final = """
    worker w
    join employment e on e.worker_id = w.id and lasts(e)
    join of_worker f on f.id = w.id
    left join organization o on o.oid = e.organization_oid
    join {table} c on c.worker_snils = w.snils"""
"""Records of whoever is employed, beside each of his employments."""

_LICENSES: Final = "owned c left join organization o on o.oid = c.owner"
