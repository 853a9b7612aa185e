"""Rows at the edges of the rules, put into the demo data, and changes of rows by chance."""

import datetime as dt
from collections.abc import Mapping
from random import Random
from typing import Final

import asyncpg

from demo.tables import TABLES
from sources.registry import Registry

# Days around today on a share of the rows, names that several bear, values that are not there, codes that no
# list knows, references that lead nowhere. `mod` of a revision stands for chance, the same on every run.
EDGES: Final[Mapping[Registry, tuple[str, ...]]] = {
    Registry.WORKERS: (
        """update employment set started_on = date '{0}' + mod(revision, 3)::int - 1
            where mod(revision, 17) = 0""",
        "update employment set ended_on = date '{0}' + mod(revision, 3)::int - 1 where mod(revision, 11) = 0",
        "update employment set position_code = '99999' where mod(revision, 97) = 0",
        "update employment set organization_oid = '1.2.643.5.1.13.13.12.2.77.1' where mod(revision, 53) = 0",
        "update employment set department_id = null where mod(revision, 19) = 0",
        "update worker set middle_name = null where mod(revision, 13) = 0",
        "update worker set last_name = 'Соловьёв-Седов', first_name = 'Пётр' where mod(revision, 71) = 0",
        "update worker set last_name = 'ИВАНОВ' where mod(revision, 83) = 0",
        "update worker set region_code = '00' where mod(revision, 89) = 0",
        "update worker set birth_date = date '1980-05-05' where mod(revision, 41) = 0",
        "update worker set registered_on = date '{0}' - mod(revision, 2)::int where mod(revision, 43) = 0",
        """insert into restriction select gen_random_uuid(), id,
            (array['PRACTICE_BAN', 'SUSPENSION', 'PROCEDURE_LIMIT', 'REPRIMAND'])[1 + mod(revision, 4)],
            'Причина', 'Работодатель', registry_number, date '{0}' - 1 + mod(revision, 3)::int,
            case when mod(revision, 5) < 3 then date '{0}' + mod(revision, 5)::int - 1 end,
            updated_at, revision + 8000000 from worker where mod(revision, 6) = 0""",
    ),
    Registry.ORGANIZATIONS: (
        "update organization set short_name = 'Городская больница' where mod(revision, 7) = 0",
        "update organization set short_name = 'ёлка' where mod(revision, 31) = 0",
        "update organization set kind_code = 'NO_SUCH' where mod(revision, 23) = 0",
        "update organization set region_code = '00' where mod(revision, 29) = 0",
    ),
    Registry.LICENSES: (
        "update license set valid_until = date '{0}' + mod(revision, 3)::int - 1 where mod(revision, 5) = 0",
        "update license set issued_on = date '{0}' + mod(revision, 3)::int - 1 where mod(revision, 13) = 0",
        "update license set organization_oid = '1.2.643.5.1.13.13.12.2.77.1' where mod(revision, 37) = 0",
        "update license set organization_oid = null where mod(revision, 6) = 0",
        "update license set status = 'SUSPENDED' where mod(revision, 19) = 0",
        "update license_activity set suspended = true where mod(revision, 9) = 0",
    ),
    Registry.QUALIFICATIONS: (
        """update credential set valid_until = date '{0}' + mod(revision, 3)::int - 1
            where mod(revision, 13) = 0""",
        """update credential set issued_on = date '{0}' + mod(revision, 3)::int - 1
            where mod(revision, 17) = 0""",
        "update credential set status = 'RENEWING' where mod(revision, 19) = 0",
        "update credential set specialty_code = '99999' where mod(revision, 61) = 0",
        "update credential set worker_snils = '00000000000' where mod(revision, 59) = 0",
        "update category set valid_until = date '{0}' + mod(revision, 3)::int - 1 where mod(revision, 7) = 0",
        """update category set assigned_on = date '{0}' + mod(revision, 3)::int - 1
            where mod(revision, 11) = 0""",
        "update training set planned_on = null, completed_on = null where mod(revision, 11) = 0",
        "update education set finished_year = null where mod(revision, 13) = 0",
    ),
}

CHANGES: Final[Mapping[Registry, tuple[tuple[str, str], ...]]] = {
    Registry.WORKERS: (
        ("worker", "status = (array['ACTIVE', 'SUSPENDED', 'INACTIVE'])[1 + {1}]"),
        ("worker", "last_name = (array['Ёлкин', 'Щукина', 'Васильев'])[1 + {1}]"),
        ("worker", "region_code = (array['77', '50', '78'])[1 + {1}]"),
        ("employment", "ended_on = date '{0}' - 1 + {1}"),
        ("employment", "started_on = date '{0}' - 1 + {1}"),
        ("employment", "ended_on = null"),
        ("employment", "rate = 0.25 + {1}"),
        ("restriction", "lifted_on = date '{0}' - 1 + {1}"),
    ),
    Registry.ORGANIZATIONS: (
        ("organization", "short_name = (array['Аптека', 'Янтарь', 'Ёж'])[1 + {1}]"),
        ("organization", "region_code = (array['77', '50', '78'])[1 + {1}]"),
        ("organization", "status = (array['ACTIVE', 'REORGANIZED', 'LIQUIDATED'])[1 + {1}]"),
        ("organization", "parent_oid = null"),
    ),
    Registry.LICENSES: (
        ("license", "valid_until = date '{0}' - 1 + {1}"),
        ("license", "status = (array['ACTIVE', 'SUSPENDED', 'REVOKED'])[1 + {1}]"),
        ("license", "organization_oid = null"),
        ("license_activity", "suspended = not suspended"),
    ),
    Registry.QUALIFICATIONS: (
        ("credential", "valid_until = date '{0}' - 1 + {1}"),
        ("credential", "status = (array['ACTIVE', 'RENEWING', 'REVOKED'])[1 + {1}]"),
        ("credential", "specialty_code = (array['27', '30', '118'])[1 + {1}]"),
        ("category", "valid_until = date '{0}' - 1 + {1}"),
        ("training", "hours = 18 * (1 + {1})"),
    ),
}
"""What a registry may change in a table, with the day and a chance of 0, 1, 2."""

CHANGED: Final = 40
"""Rows that each change touches."""


async def put_edges(urls: Mapping[Registry, str], today: dt.date) -> None:
    """Change the demo data so, and let the registries' planners know."""
    for registry, statements in EDGES.items():
        await _execute(urls[registry], [each.format(today.isoformat()) for each in statements])


async def change(urls: Mapping[Registry, str], today: dt.date, random: Random) -> None:
    """Change some rows of each registry, each under a revision of its own, as registries do."""
    for registry, changes in CHANGES.items():
        await _execute(urls[registry], [_changed(table, to, today, random) for table, to in changes])


def _changed(table: str, to: str, today: dt.date, random: Random) -> str:
    changed = to.format(today.isoformat(), "mod(abs(hashtext(t.updated_at::text || t.revision::text)), 3)")
    key = "oid" if table == "organization" else "id"
    beside = next(tables for tables in TABLES.values() if table in tables)
    newest = ", ".join(f"(select max(revision) from {each})" for each in beside)
    return f"""
        update {table} t set {changed}, updated_at = now(), revision = greatest({newest}) + chosen.number
        from (
            select {key}, row_number() over (order by hashtext({key}::text || '{random.random()}')) as number
            from {table}) as chosen
        where chosen.{key} = t.{key} and chosen.number <= {CHANGED}"""


async def _execute(url: str, statements: list[str]) -> None:
    line = await asyncpg.connect(url)
    try:
        for statement in statements:
            await line.execute(statement)
        await line.execute("analyze")
    finally:
        await line.close()
