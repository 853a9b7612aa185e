"""Every loader of one operation, a line each. They share the operation's columns and count its calls."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Mapping, Sequence
from typing import Any, TypeVar, cast

from audit.filter import JournalFilter
from audit.journal import JournalReader
from audit.record import Access, JournalRecord, access, record
from loaders import finding
from loaders.analytics import aggregate, aggregated, course
from loaders.base import Asked, ManyByKey, OneByKey
from loaders.declared import Caches, Declared, fact, facts, many, one
from loaders.eligibility import EligibilityByPerson, PersonOnDay
from loaders.license import LicensesByOrganization
from loaders.listed import ListedCount, listed_counts, listed_freshness
from loaders.matches import Match, Matches
from loaders.pages import Page, count_within_each, each_count, each_page, within_each
from loaders.search import SearchPage, buckets, count, freshness, hits, records, sought, sought_many
from loaders.usage import Usage
from projections.analytics.reader import AnalyticsReader
from projections.eligibility import Eligibility
from projections.findings.reader import FindingReader
from projections.matching.logic import Mark
from projections.search.reader import Freshness, SearchReader
from sources.keys import Holder
from sources.license import LicenseRecord
from sources.registry import Registry
from sources.rows import Columns
from sources.sources import Sources

K = TypeVar("K")
V = TypeVar("V")

WORKERS, ORGANIZATIONS = Registry.WORKERS, Registry.ORGANIZATIONS
LICENSES, QUALIFICATIONS = Registry.LICENSES, Registry.QUALIFICATIONS


class Loaders:
    """The loaders of one operation, each made when it is first used."""

    # Worker registry (ФРМР)
    worker_by_id = one(WORKERS, "Worker", lambda its: its.workers.workers_by_id)
    worker_by_snils = one(WORKERS, "Worker", lambda its: its.workers.workers_by_snils)
    worker_by_registry_number = one(WORKERS, "Worker", lambda its: its.workers.workers_by_registry_number)
    employment_by_id = one(WORKERS, "Employment", lambda its: its.workers.employments_by_id)
    employments_by_worker = many(WORKERS, "Employment", lambda its: its.workers.employments_by_worker)
    employments_by_department = many(WORKERS, "Employment", lambda its: its.workers.employments_by_department)
    restrictions_by_worker = many(WORKERS, "Restriction", lambda its: its.workers.restrictions_by_worker)
    absences_by_employment = many(WORKERS, "Absence", lambda its: its.workers.absences_by_employment)

    # Organization registry (ФРМО)
    organization_by_oid = one(
        ORGANIZATIONS, "Organization", lambda its: its.organizations.organizations_by_oid
    )
    organization_by_holder = one(
        ORGANIZATIONS, "Organization", lambda its: its.organizations.organizations_by_holder
    )
    organizations_by_parent = many(
        ORGANIZATIONS, "Organization", lambda its: its.organizations.organizations_by_parent
    )
    department_by_id = one(ORGANIZATIONS, "Department", lambda its: its.organizations.departments_by_id)
    departments_by_organization = many(
        ORGANIZATIONS, "Department", lambda its: its.organizations.departments_by_organization
    )
    staffing_unit_by_id = one(
        ORGANIZATIONS, "StaffingUnit", lambda its: its.organizations.staffing_units_by_id
    )
    staffing_units_by_organization = many(
        ORGANIZATIONS, "StaffingUnit", lambda its: its.organizations.staffing_units_by_organization
    )

    # Licence registry
    license_by_id = one(LICENSES, "License", lambda its: its.licenses.licenses_by_id)
    license_by_number = one(LICENSES, "License", lambda its: its.licenses.licenses_by_number)
    licenses_by_worker = many(LICENSES, "License", lambda its: its.licenses.licenses_by_worker)
    activity_by_id = one(LICENSES, "LicenseActivity", lambda its: its.licenses.activities_by_id)
    activities_by_license = many(LICENSES, "LicenseActivity", lambda its: its.licenses.activities_by_license)
    event_by_id = one(LICENSES, "LicenseEvent", lambda its: its.licenses.events_by_id)
    events_by_license = many(LICENSES, "LicenseEvent", lambda its: its.licenses.events_by_license)

    # Qualification registry
    education_by_id = one(QUALIFICATIONS, "Education", lambda its: its.qualifications.educations_by_id)
    educations_by_worker = many(
        QUALIFICATIONS, "Education", lambda its: its.qualifications.educations_by_worker
    )
    credential_by_id = one(QUALIFICATIONS, "Credential", lambda its: its.qualifications.credentials_by_id)
    credential_by_number = one(
        QUALIFICATIONS, "Credential", lambda its: its.qualifications.credentials_by_number
    )
    credentials_by_worker = many(
        QUALIFICATIONS, "Credential", lambda its: its.qualifications.credentials_by_worker
    )
    category_by_id = one(
        QUALIFICATIONS, "QualificationCategory", lambda its: its.qualifications.categories_by_id
    )
    categories_by_worker = many(
        QUALIFICATIONS, "QualificationCategory", lambda its: its.qualifications.categories_by_worker
    )
    training_by_id = one(QUALIFICATIONS, "Training", lambda its: its.qualifications.trainings_by_id)
    trainings_by_worker = many(QUALIFICATIONS, "Training", lambda its: its.qualifications.trainings_by_worker)

    # Facts that are not rows of one table
    subject_by_id = fact(WORKERS, lambda its: its.sources.workers.subjects_by_id)
    subject_by_snils = fact(WORKERS, lambda its: its.sources.workers.subjects_by_snils)
    birth_date_by_worker = fact(
        WORKERS, lambda its: lambda keys: its.sources.workers.workers_by_id(keys, ("id", "birth_date"))
    )
    reached_by_organization = fact(
        ORGANIZATIONS, lambda its: its.sources.organizations.reached_by_organization
    )
    occupied_by_organization = facts(
        WORKERS, lambda its: lambda keys: its.sources.workers.occupied_by_organization(keys, its.today)
    )
    staff_by_organization = facts(
        WORKERS, lambda its: lambda keys: its.sources.workers.staff_by_organization(keys, its.today)
    )

    people_by_organization = fact(
        WORKERS, lambda its: lambda keys: its.sources.workers.people_by_organization(keys, its.today)
    )

    licenses_by_organization = Declared(
        ManyByKey[Holder, LicenseRecord], (), lambda its: _licenses_by_organization(cast("Loaders", its))
    )
    credentials_expiring = within_each(
        QUALIFICATIONS,
        lambda its: (
            lambda until, keys: its.sources.qualifications.credentials_expiring_by_worker(
                keys, its.today, until, its.columns_of("Credential")
            )
        ),
    )
    """By the last day of the window, which begins today, and the SNILS."""
    eligibility_by_person = Declared(
        OneByKey[PersonOnDay, Eligibility],
        None,
        lambda its: EligibilityByPerson(cast("Loaders", its)).asked,
    )

    # Connections
    employment_page = within_each(
        WORKERS,
        lambda its: (
            lambda page, keys: its.sources.workers.employments_page_by_organization(
                keys, its.columns_of("Employment"), **page._asdict()
            )
        ),
    )
    employment_count = count_within_each(
        WORKERS,
        lambda its: (
            lambda current, keys: its.sources.workers.employments_count_by_organization(keys, current=current)
        ),
    )
    worker_page = each_page(
        WORKERS, lambda its: lambda page: its.sources.workers.workers_page(*page, its.columns_of("Worker"))
    )
    worker_count = each_count(WORKERS, lambda its: its.sources.workers.workers_count)
    organization_page = each_page(
        ORGANIZATIONS,
        lambda its: (
            lambda page: its.sources.organizations.organizations_page(*page, its.columns_of("Organization"))
        ),
    )
    organization_count = each_count(ORGANIZATIONS, lambda its: its.sources.organizations.organizations_count)
    license_page = each_page(
        LICENSES,
        lambda its: lambda page: its.sources.licenses.licenses_page(*page, its.columns_of("License")),
    )
    license_count = each_count(LICENSES, lambda its: its.sources.licenses.licenses_count)

    # Searches, in the projection and against it
    search_matches = Declared(OneByKey[Match, Mark], None, lambda its: _matches(cast("Loaders", its)))
    """By a search and the key of one of its hits: whether the hit passes by what the registries say now."""
    search_page = sought_many(hits)
    search_count = sought(count)
    search_facet = sought_many(buckets)
    search_freshness = sought_many(freshness)
    listed_count = Declared(OneByKey[ListedCount, int], None, listed_counts)
    listed_freshness = Declared(ManyByKey[Registry, Freshness], (), listed_freshness)
    search_records = Declared(ManyByKey[SearchPage, Any], (), records)

    # Aggregates, in the projection
    workforce = aggregated(aggregate)
    workforce_course = aggregated(course)
    # Findings
    finding_page = finding.many(finding.page)
    finding_count = finding.one(finding.count)
    finding_counts = finding.many(finding.counts)
    finding_changes = finding.one(finding.changes)
    findings_by_worker = finding.of_each(finding.of_workers)
    findings_by_organization = finding.of_each(finding.of_organizations)
    finding_subject = Declared(OneByKey[Any, Any], None, finding.subjects)
    """By whom a finding is about: what the row rules ask of a worker, or the organization itself."""

    # The journal
    journal_page = Declared(
        ManyByKey[Page, JournalRecord], (), lambda its: _journal_pages(cast("Loaders", its))
    )
    access_page = Declared(ManyByKey[Page, Access], (), lambda its: _access_pages(cast("Loaders", its)))
    journal_count = Declared(
        OneByKey[JournalFilter, int], None, lambda its: _journal_counts(cast("Loaders", its))
    )

    def __init__(
        self,
        sources: Sources,
        columns: Mapping[str, Columns],
        usage: Usage,
        today: dt.date,
        caches: Caches | None = None,
        journal: JournalReader | None = None,
        search: SearchReader | None = None,
        analytics: AnalyticsReader | None = None,
        findings: FindingReader | None = None,
    ) -> None:
        self.sources = sources
        self.findings = findings
        self.journal = journal
        self.search = search
        self.analytics = analytics
        self.caches = caches
        self.usage = usage
        self._columns = columns
        self.today = today

    def columns_of(self, noun: str) -> Columns:
        """The columns that the operation reads of a noun."""
        return self._columns.get(noun, ())

    def counted(self, registry: Registry, read: Asked[K, V]) -> Asked[K, V]:
        """The same read, its calls counted for the operation."""
        usage = self.usage

        async def counted(keys: Sequence[K]) -> Mapping[K, V]:
            return await usage.of(registry, read(keys))

        return counted

    def noted(self, registry: Registry, answer: Awaitable[V]) -> Awaitable[V]:
        """A call to a registry, counted for the operation."""
        return self.usage.of(registry, answer)


def _reader(its: Loaders) -> JournalReader:
    if its.journal is None:
        raise LookupError("these loaders read no journal")
    return its.journal


def _journal_pages(its: Loaders) -> Asked[Page, Sequence[JournalRecord]]:
    async def asked(pages: Sequence[Page]) -> Mapping[Page, Sequence[JournalRecord]]:
        return {each: [record(row) for row in await _reader(its).page(*each)] for each in pages}

    return asked


def _access_pages(its: Loaders) -> Asked[Page, Sequence[Access]]:
    async def asked(pages: Sequence[Page]) -> Mapping[Page, Sequence[Access]]:
        return {
            each: [access(row, each.where.subject) for row in await _reader(its).page(*each)]
            for each in pages
        }

    return asked


def _journal_counts(its: Loaders) -> Asked[JournalFilter, int]:
    async def asked(filters: Sequence[JournalFilter]) -> Mapping[JournalFilter, int]:
        return {each: await _reader(its).count(each) for each in filters}

    return asked


def _matches(its: Loaders) -> Asked[Match, Mark]:
    sources, usage, today = its.sources, its.usage, its.today

    def reading(columns: Mapping[str, Columns]) -> Loaders:
        """Loaders for the marks alone: they read the columns of the condition, not the operation's."""
        return Loaders(sources, columns, usage, today)

    return Matches(sources.dictionaries, reading).asked


def _licenses_by_organization(its: Loaders) -> Asked[Holder, Sequence[LicenseRecord]]:
    read, columns = its.sources.licenses.licenses_by_holder, its.columns_of("License")
    counted = its.counted(LICENSES, lambda keys: read(keys, columns))
    return LicensesByOrganization(counted, its.organization_by_holder).asked
