"""One share of the plan made whole: its organizations and all who work there, in all four registries."""

from collections.abc import Mapping
from random import Random

from demo.calendar import Calendar, calendar_of
from demo.employments import write_employments, write_restrictions
from demo.licenses import write_licenses
from demo.organizations import (
    Organization,
    found_departments,
    organizations,
    write_organization,
    write_staffing,
)
from demo.plan import Plan, Share
from demo.qualifications import write_qualifications
from demo.rows import Rows
from demo.stories import TAKEN_SNILS
from demo.workers import Person, staff, write_worker

_SPREAD = 60 * 86_400
"""Rows were last changed within this many seconds before today."""


def rows_of_share(plan: Plan, share: Share) -> Mapping[str, bytes]:
    """The share's rows by table. What it makes depends on nothing but plan and share."""
    random = Random(f"share {plan.seed} {share.number}")  # noqa: S311 chance, not secrecy
    calendar = calendar_of(plan.today)
    rows = Rows(share.first_revision, share.end_revision)
    made = organizations(share, random)
    people: list[tuple[Organization, list[Person]]] = []
    first = share.first_worker
    for organization in made:
        rows.moment = _moment((share.first_worker + first) / 2, plan, calendar)
        found_departments(organization, random, rows, calendar)
        people.append((organization, staff(organization, first, TAKEN_SNILS, random)))
        first += organization.size
    for organization, employed in people:
        for person in employed:
            rows.moment = _moment(person.ordinal, plan, calendar)
            write_worker(person, random, rows, calendar)
            write_employments(person, organization, made, random, rows, calendar)
            write_restrictions(person, random, rows, calendar)
            write_qualifications(person, random, rows, calendar)
    middle = share.first_worker + share.workers / 2
    for number, (organization, employed) in enumerate(people):
        rows.moment = _moment(middle + share.workers / 2 * number / len(people), plan, calendar)
        _name(organization, employed)
        write_organization(organization, random, rows, calendar)
        write_staffing(organization, random, rows)
        write_licenses(organization, random, rows, calendar)
    return rows.content()


def _moment(worker: float, plan: Plan, calendar: Calendar) -> str:
    """The later in the plan, the later changed, as revisions grow; all of it before today."""
    return calendar.moment(-1 - _SPREAD + int(worker * _SPREAD / (plan.workers + 1)))


def _name(organization: Organization, employed: list[Person]) -> None:
    """An organization's head is its first; a private practice is its only one, by name and numbers."""
    if not employed:
        return
    organization.head = employed[0].full_name
    if organization.is_practice:
        organization.become_practice_of(employed[0].full_name, employed[0].snils, employed[0].inn)
