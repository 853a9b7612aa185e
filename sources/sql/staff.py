"""Statements of the worker registry on who works where: pages, counts, occupied rates, subjects."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Select,
    String,
    and_,
    any_,
    column,
    func,
    not_,
    or_,
    select,
    true,
)

from sources.keys import Oid
from sources.sql.read import Read
from sources.sql.statement import Statement, compiled, value, value_of, values_of
from sources.tables.worker import employment, worker
from sources.worker import EmploymentRecord

ORGANIZATION = "organization_oid"


def current_on(day: Any) -> ColumnElement[bool]:
    """The employment has begun by the day and has not ended before it."""
    return and_(
        employment.c.started_on <= day, or_(employment.c.ended_on.is_(None), employment.c.ended_on >= day)
    )


def by_department() -> Read[Any, EmploymentRecord]:
    """Employments by organization and department.

    The department has no index, so each organization's employments are gone through once, whatever the number
    of its departments that are asked.
    """
    key = (ORGANIZATION, "department_id")

    def build(columns: Sequence[Column[Any]]) -> Select[Any]:
        asked = (employment.c[name] == any_(values_of(employment.c[name], name)) for name in key)
        return select(*columns).where(*asked).order_by(employment.c.started_on, employment.c.id)

    return Read(EmploymentRecord, employment, key, build)


def page_by_organization(*, current: bool | None, goes_on: bool) -> Read[Oid, EmploymentRecord]:
    """A page of the employments of each organization, by id, in one statement."""

    def build(columns: Sequence[Column[Any]]) -> Select[Any]:
        asked = _asked_organizations()
        rows = select(*columns).where(employment.c[ORGANIZATION] == asked.c.oid, *_today(current))
        if goes_on:
            rows = rows.where(employment.c.id > value_of(employment.c.id, "after"))
        page = rows.order_by(employment.c.id).limit(value("limit", "bigint")).lateral("page")
        return select(*page.c).select_from(asked.join(page, true())).order_by(page.c.id)

    return Read(EmploymentRecord, employment, (ORGANIZATION,), build, cursor=("id",))


def count_by_organization(*, current: bool | None) -> Statement:
    """How many employments each organization has."""
    oid = employment.c[ORGANIZATION]
    rows = select(oid, func.count()).where(oid == any_(values_of(oid, ORGANIZATION)), *_today(current))
    return compiled(rows.group_by(oid))


def occupied_by_organization() -> Statement:
    """Rates and people on each position of each organization."""
    oid, position = employment.c[ORGANIZATION], employment.c.position_code
    people = func.count(employment.c.worker_id.distinct())
    rows = select(oid, position, func.sum(employment.c.rate), people)
    return compiled(rows.where(*_on_the_day(oid)).group_by(oid, position).order_by(position))


def staff_by_organization() -> Statement:
    """The SNILS of each employee of each organization."""
    oid = employment.c[ORGANIZATION]
    staff = select(oid, worker.c.snils).join_from(employment, worker, employment.c.worker_id == worker.c.id)
    return compiled(staff.where(*_on_the_day(oid)).distinct().order_by(worker.c.snils))


def people_by_organization() -> Statement:
    """How many people each organization employs."""
    oid = employment.c[ORGANIZATION]
    return compiled(
        select(oid, func.count(employment.c.worker_id.distinct())).where(*_on_the_day(oid)).group_by(oid)
    )


def subjects_by(key: str) -> Statement:
    """What row rules ask about workers."""
    employers = (
        select(employment.c[ORGANIZATION])
        .where(employment.c.worker_id == worker.c.id, current_on(value("day", "date")))
        .distinct()
    )
    facts = (worker.c.id, worker.c.snils, worker.c.region_code, func.array(employers.scalar_subquery()))
    return compiled(select(*facts).where(worker.c[key] == any_(values_of(worker.c[key], key))))


def _on_the_day(oid: Column[Any]) -> tuple[ColumnElement[bool], ...]:
    return oid == any_(values_of(oid, ORGANIZATION)), current_on(value("day", "date"))


def _today(current: bool | None) -> tuple[ColumnElement[bool], ...]:
    if current is None:
        return ()
    today = current_on(value("day", "date"))
    return (today if current else not_(today),)


def _asked_organizations() -> Any:
    array = values_of(employment.c[ORGANIZATION], ORGANIZATION)
    return func.unnest(array).table_valued(column("oid", String), name="asked").render_derived()
