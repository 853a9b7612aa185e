"""A call of every read of every source, with keys that are there: what the tests of statements go through."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sources.keys import Oid
from sources.license import LicenseFilter
from sources.organization import OrganizationFilter
from sources.registry import Registry
from sources.sources import Sources
from sources.worker import WorkerFilter
from tests.sources.behind import Behind

Call = Callable[[], Awaitable[Any]]

MANY = 100
PAGE = 51


@dataclass(frozen=True)
class Samples:
    """Keys and values that the registries hold."""

    workers: Sequence[tuple[UUID, str, str]]
    last_names: Sequence[str]
    employments: Sequence[UUID]
    departments: Sequence[tuple[Oid, UUID]]
    oids: Sequence[Oid]
    largest: Sequence[Oid]
    holders: Sequence[tuple[Any, Any, Any]]
    ids: dict[str, Sequence[UUID]]
    license_numbers: Sequence[Any]
    credential_numbers: Sequence[str]
    today: date


async def samples(behind: Behind, today: date) -> Samples:
    """Some of each, and the largest organizations."""
    workers, organizations = Registry.WORKERS, Registry.ORGANIZATIONS
    licenses, qualifications = Registry.LICENSES, Registry.QUALIFICATIONS
    return Samples(
        workers=await behind.rows(workers, _some("id, snils, registry_number", "worker")),
        last_names=await behind.column(
            workers, "select last_name from worker group by 1 order by count(*) desc limit 1"
        )
        + await behind.column(workers, "select last_name from worker group by 1 order by count(*) limit 1"),
        employments=await behind.column(workers, _some("id", "employment")),
        departments=await behind.rows(
            workers,
            f"select distinct organization_oid, department_id from employment"
            f" where department_id is not null limit {MANY}",
        ),
        oids=await behind.column(organizations, _some("oid", "organization")),
        largest=await behind.column(
            workers, "select organization_oid from employment group by 1 order by count(*) desc limit 3"
        ),
        holders=await behind.rows(licenses, _some("organization_oid, holder_inn, holder_ogrn", "license")),
        ids={
            table: await behind.column(registry, _some("id", table))
            for registry, table in (
                (organizations, "department"),
                (organizations, "staffing_unit"),
                (licenses, "license"),
                (licenses, "license_activity"),
                (licenses, "license_event"),
                (qualifications, "education"),
                (qualifications, "credential"),
                (qualifications, "category"),
                (qualifications, "training"),
            )
        },
        license_numbers=await behind.column(licenses, _some("number", "license")),
        credential_numbers=await behind.column(qualifications, _some("number", "credential")),
        today=today,
    )


def _some(columns: str, table: str) -> str:
    return f"select {columns} from {table} limit {MANY}"


def worker_calls(sources: Sources, some: Samples) -> dict[str, list[Call]]:
    """Of the worker registry."""
    asked = sources.workers
    ids = [key for key, _, _ in some.workers]
    snils: list[Any] = [key for _, key, _ in some.workers]
    numbers: list[Any] = [key for _, _, key in some.workers]
    filters = [
        WorkerFilter(),
        *(WorkerFilter(last_name=name) for name in some.last_names),
        WorkerFilter(last_name=some.last_names[0], first_name="Анна", middle_name="Ивановна"),
        WorkerFilter(region_codes=("77", "50")),
        WorkerFilter(statuses=("ACTIVE",)),
        WorkerFilter(registered_from=some.today - timedelta(900), registered_to=some.today),
    ]
    columns = ("last_name",)
    calls: dict[str, list[Call]] = {
        "workers_by_id": [partial(asked.workers_by_id, ids, columns)],
        "workers_by_snils": [partial(asked.workers_by_snils, snils, columns)],
        "workers_by_registry_number": [partial(asked.workers_by_registry_number, numbers, columns)],
        "workers_page": [
            partial(asked.workers_page, each, after, PAGE, columns)
            for each in filters
            for after in (None, numbers[0])
        ],
        "workers_count": [partial(asked.workers_count, each) for each in filters],
        "employments_by_id": [partial(asked.employments_by_id, some.employments, ("rate",))],
        "employments_by_worker": [partial(asked.employments_by_worker, ids, ("rate",))],
        "employments_by_department": [partial(asked.employments_by_department, some.departments, ("rate",))],
        "employments_page_by_organization": [
            partial(
                asked.employments_page_by_organization,
                keys,
                ("rate",),
                current=current,
                after=after,
                limit=PAGE,
            )
            for keys in (some.oids, some.largest)
            for current in (None, True, False)
            for after in (None, some.employments[0])
        ],
        "employments_count_by_organization": [
            partial(asked.employments_count_by_organization, keys, current=current)
            for keys in (some.oids, some.largest)
            for current in (None, True, False)
        ],
        "restrictions_by_worker": [partial(asked.restrictions_by_worker, ids, ("kind",))],
        "absences_by_employment": [partial(asked.absences_by_employment, some.employments, ("kind",))],
        "occupied_by_organization": [
            partial(asked.occupied_by_organization, keys, some.today) for keys in (some.oids, some.largest)
        ],
        "people_by_organization": [
            partial(asked.people_by_organization, keys, some.today) for keys in (some.oids, some.largest)
        ],
        "staff_by_organization": [
            partial(asked.staff_by_organization, keys, some.today) for keys in (some.oids, some.largest)
        ],
        "subjects_by_snils": [partial(asked.subjects_by_snils, snils)],
        "subjects_by_id": [partial(asked.subjects_by_id, ids)],
    }
    return _feed(asked) | calls


def organization_calls(sources: Sources, some: Samples) -> dict[str, list[Call]]:
    """Of the organization registry."""
    asked = sources.organizations
    oids, columns = some.oids, ("short_name",)
    filters = [
        OrganizationFilter(),
        OrganizationFilter(region_codes=("77",)),
        OrganizationFilter(region_codes=("77",), kind_codes=("HOSPITAL",)),
        OrganizationFilter(ownerships=("PRIVATE",), statuses=("ACTIVE",)),
        OrganizationFilter(inn=some.holders[0][1]),
        OrganizationFilter(parent_oid=oids[0]),
    ]
    calls: dict[str, list[Call]] = {
        "organizations_by_oid": [partial(asked.organizations_by_oid, oids, columns)],
        "organizations_by_holder": [partial(asked.organizations_by_holder, some.holders, columns)],
        "organizations_by_parent": [partial(asked.organizations_by_parent, oids, columns)],
        "reached_by_organization": [partial(asked.reached_by_organization, oids)],
        "organizations_page": [
            partial(asked.organizations_page, each, after, PAGE, columns)
            for each in filters
            for after in (None, oids[0])
        ],
        "organizations_count": [partial(asked.organizations_count, each) for each in filters],
        "departments_by_id": [partial(asked.departments_by_id, some.ids["department"], ("name",))],
        "departments_by_organization": [partial(asked.departments_by_organization, oids, ("name",))],
        "staffing_units_by_id": [partial(asked.staffing_units_by_id, some.ids["staffing_unit"], ("posts",))],
        "staffing_units_by_organization": [partial(asked.staffing_units_by_organization, oids, ("posts",))],
    }
    return _feed(asked) | calls


def license_calls(sources: Sources, some: Samples) -> dict[str, list[Call]]:
    """Of the licence registry."""
    asked = sources.licenses
    ids, columns = some.ids["license"], ("status",)
    snils: list[Any] = [key for _, key, _ in some.workers]
    filters = [
        LicenseFilter(),
        LicenseFilter(region_codes=("77",)),
        LicenseFilter(statuses=("SUSPENDED",), valid_until_from=some.today, valid_until_to=some.today),
        LicenseFilter(holder_inn=some.holders[0][1]),
        LicenseFilter(holder_kind="WORKER"),
    ]
    calls: dict[str, list[Call]] = {
        "licenses_by_id": [partial(asked.licenses_by_id, ids, columns)],
        "licenses_by_number": [partial(asked.licenses_by_number, some.license_numbers, columns)],
        "licenses_by_holder": [partial(asked.licenses_by_holder, some.holders, columns)],
        "licenses_by_worker": [partial(asked.licenses_by_worker, snils, columns)],
        "licenses_page": [
            partial(asked.licenses_page, each, after, PAGE, columns)
            for each in filters
            for after in (None, some.license_numbers[0])
        ],
        "licenses_count": [partial(asked.licenses_count, each) for each in filters],
        "activities_by_id": [partial(asked.activities_by_id, some.ids["license_activity"], ("address",))],
        "activities_by_license": [partial(asked.activities_by_license, ids, ("address",))],
        "events_by_id": [partial(asked.events_by_id, some.ids["license_event"], ("kind",))],
        "events_by_license": [partial(asked.events_by_license, ids, ("kind",))],
    }
    return _feed(asked) | calls


def qualification_calls(sources: Sources, some: Samples) -> dict[str, list[Call]]:
    """Of the qualification registry."""
    asked, ids = sources.qualifications, some.ids
    snils: list[Any] = [key for _, key, _ in some.workers]
    soon = some.today + timedelta(90)
    calls: dict[str, list[Call]] = {
        "educations_by_id": [partial(asked.educations_by_id, ids["education"], ("institution",))],
        "educations_by_worker": [partial(asked.educations_by_worker, snils, ("institution",))],
        "credentials_by_id": [partial(asked.credentials_by_id, ids["credential"], ("status",))],
        "credentials_by_number": [partial(asked.credentials_by_number, some.credential_numbers, ("status",))],
        "credentials_by_worker": [partial(asked.credentials_by_worker, snils, ("status",))],
        "credentials_expiring_by_worker": [
            partial(asked.credentials_expiring_by_worker, snils, some.today, soon, ("status",))
        ],
        "categories_by_id": [partial(asked.categories_by_id, ids["category"], ("category",))],
        "categories_by_worker": [partial(asked.categories_by_worker, snils, ("category",))],
        "trainings_by_id": [partial(asked.trainings_by_id, ids["training"], ("hours",))],
        "trainings_by_worker": [partial(asked.trainings_by_worker, snils, ("hours",))],
    }
    return _feed(asked) | calls


def _feed(asked: Any) -> dict[str, list[Call]]:
    return {
        "state": [asked.state],
        "revision_now": [asked.revision_now],
        "changes": [partial(asked.changes, 0, 500), partial(asked.changes, 10**12, 500)],
    }


CALLS: dict[Registry, Callable[[Sources, Samples], dict[str, list[Call]]]] = {
    Registry.WORKERS: worker_calls,
    Registry.ORGANIZATIONS: organization_calls,
    Registry.LICENSES: license_calls,
    Registry.QUALIFICATIONS: qualification_calls,
}
