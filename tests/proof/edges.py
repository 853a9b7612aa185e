"""Rows at the edges of the rules, put into the demo data: ends of jobs, branches, odd values."""

from collections.abc import Mapping
from typing import Final

import asyncpg

from demo.stories import (
    BANNED,
    BRANCH,
    CARDIOLOGIST,
    CITY_HOSPITAL,
    EXPIRED,
    HEART_CLINIC,
    LIQUIDATED,
    TWIN,
    UNKNOWN_CODES,
    Worker,
)
from sources.registry import Registry
from tests.proof.arguments import NOBODYS_SNILS

UNDER_BRANCH: Final = "1.2.643.5.1.13.13.12.2.77.7815"
CLOSED_BRANCH: Final = "1.2.643.5.1.13.13.12.2.77.7816"


ABSENCES: Final = """
    insert into absence
    select gen_random_uuid(), id, 'STUDY', started_on, null, updated_at, revision + 700000000
    from employment where mod(revision, 3) < 2"""

RESTRICTIONS: Final = """
    insert into restriction
    select gen_random_uuid(), id, 'REPRIMAND', 'Выговор', 'Работодатель', registry_number, registered_on,
        null, updated_at, revision + 800000000
    from worker where mod(revision, 3) < 2"""


def _organization(oid: str, parent: str, status: str) -> str:
    """An organization like the branch, in another region, below this parent."""
    return f"""
        insert into organization
        select (jsonb_populate_record(o, jsonb_build_object('oid', '{oid}', 'parent_oid', '{parent}',
            'status', '{status}', 'region_code', '50', 'revision', o.revision + {oid[-1]}00000000))).*
        from organization o where oid = '{BRANCH}'"""


def _department(oid: str) -> str:
    """A department of an organization, like the branch's."""
    return f"""
        insert into department
        select (jsonb_populate_record(d, jsonb_build_object('id', gen_random_uuid(),
            'organization_oid', '{oid}', 'revision', d.revision + {oid[-1]}00000000))).*
        from department d where organization_oid = '{BRANCH}' order by id limit 1"""


def _post(oid: str) -> str:
    """A line of an organization's staffing schedule, like the branch's."""
    return f"""
        insert into staffing_unit
        select (jsonb_populate_record(u, jsonb_build_object('id', gen_random_uuid(), 'department_id', null,
            'organization_oid', '{oid}', 'revision', u.revision + {oid[-1]}00000000))).*
        from staffing_unit u where organization_oid = '{BRANCH}' order by id limit 1"""


def _job(number: str, organization: str, started: str, ended: str, serial: int) -> str:
    """One more employment of a worker, like one that he has."""
    return f"""
        insert into employment
        select (jsonb_populate_record(e, jsonb_build_object('id', gen_random_uuid(),
            'organization_oid', '{organization}', 'department_id', null,
            'started_on', {started}, 'ended_on', {ended}, 'revision', e.revision + {serial}00000000))).*
        from employment e join worker w on w.id = e.worker_id
        where w.registry_number = '{number}' order by e.id limit 1"""


def _changed(worker: Worker, changes: str) -> str:
    """Other values of a worker."""
    return f"update worker set {changes} where registry_number = '{worker.registry_number}'"


def _orphaned(table: str) -> str:
    """Some records of somebody whom the worker registry does not know."""
    return f"update {table} set worker_snils = '{NOBODYS_SNILS}' where mod(revision, 7) = 0"


def statements(day: str) -> Mapping[Registry, list[str]]:
    """What is changed in which registry."""
    yesterday, today, tomorrow = (f"date '{day}' {shift} 1" for shift in ("-", "+ 0 * ", "+"))
    return {
        Registry.ORGANIZATIONS: [
            _organization(UNDER_BRANCH, BRANCH, "ACTIVE"),
            _organization(CLOSED_BRANCH, CITY_HOSPITAL, "LIQUIDATED"),
            _department(UNDER_BRANCH),
            _department(CLOSED_BRANCH),
            _post(UNDER_BRANCH),
            _post(CLOSED_BRANCH),
        ],
        Registry.WORKERS: [
            _job(BANNED.registry_number, HEART_CLINIC, f"{yesterday} - 300", yesterday, 1),
            _job(EXPIRED.registry_number, HEART_CLINIC, f"{yesterday} - 300", today, 2),
            _job(TWIN.registry_number, HEART_CLINIC, tomorrow, "null", 3),
            _job(UNKNOWN_CODES.registry_number, LIQUIDATED, f"{yesterday} - 300", "null", 4),
            _job(UNKNOWN_CODES.registry_number, UNDER_BRANCH, today, "null", 5),
            _job(CARDIOLOGIST.registry_number, CLOSED_BRANCH, today, "null", 6),
            _changed(BANNED, "phone = '123', email = 'a@b.ru'"),
            _changed(EXPIRED, "phone = null, email = null, inn = null, former_last_name = null"),
            _changed(TWIN, "phone = '+7 (912) 000-11-22', email = 'Имя.Фамилия@почта.рф'"),
            ABSENCES,
            RESTRICTIONS,
        ],
        Registry.QUALIFICATIONS: [_orphaned("training"), _orphaned("credential")],
    }


async def put_edges(urls: Mapping[Registry, str], day: str) -> None:
    """Change the data so."""
    for registry, changes in statements(day).items():
        line = await asyncpg.connect(urls[registry])
        try:
            for change in changes:
                await line.execute(change)
        finally:
            await line.close()
