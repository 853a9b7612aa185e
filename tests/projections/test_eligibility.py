"""May this person practise on that day: every reason alone and together, and the edges of every term."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from uuid import UUID

import pytest

from projections.eligibility import Eligibility, EligibilityReason, Evidence, allowed_works, eligibility

R = EligibilityReason
TODAY = dt.date(2026, 3, 15)
DAY = dt.timedelta(days=1)
YEAR = 365 * DAY
WORKER = UUID(int=1)
LICENSE = UUID(int=7)


@dataclass(frozen=True, slots=True)
class Worker:
    id: UUID = WORKER
    status: str = "ACTIVE"


@dataclass(frozen=True, slots=True)
class Restriction:
    kind: str = "PRACTICE_BAN"
    imposed_on: dt.date = TODAY - YEAR
    lifted_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Credential:
    specialty_code: str = "cardiology"
    issued_on: dt.date = TODAY - YEAR
    valid_until: dt.date = TODAY + YEAR
    status: str = "ACTIVE"


@dataclass(frozen=True, slots=True)
class Employment:
    organization_oid: str = "1.2.3"
    started_on: dt.date = TODAY - YEAR
    ended_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class License:
    id: UUID = LICENSE
    status: str = "ACTIVE"
    issued_on: dt.date = TODAY - YEAR
    valid_until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    activity_code: str = "cardiology"
    suspended: bool = False


class SameName:
    """A coverage in which each activity covers the specialty of its own code."""

    def covers(self, specialty_code: str, activity_codes: Collection[str]) -> bool:
        return specialty_code in activity_codes


@dataclass(frozen=True, slots=True)
class Person:
    """A person who may practise cardiology, unless a test says otherwise."""

    worker: Worker = Worker()
    restrictions: Sequence[Restriction] = ()
    credentials: Sequence[Credential] = (Credential(),)
    employments: Sequence[Employment] = (Employment(),)
    licenses: Mapping[str, Sequence[License]] = field(default_factory=lambda: {"": (), "1.2.3": (License(),)})
    activities: Mapping[UUID, Sequence[Activity]] = field(default_factory=lambda: {LICENSE: (Activity(),)})

    def on(self, day: dt.date = TODAY) -> Eligibility:
        evidence = Evidence(
            self.restrictions,
            self.credentials,
            self.employments,
            self.licenses,
            {key: allowed_works(each) for key, each in self.activities.items()},
        )
        return eligibility(self.worker, evidence, SameName(), day)


AGAINST: Mapping[EligibilityReason, Mapping[str, object]] = {
    R.RECORD_NOT_ACTIVE: {"worker": Worker(status="SUSPENDED")},
    R.PRACTICE_BAN: {"restrictions": (Restriction(),)},
    R.NO_VALID_CREDENTIAL: {"credentials": ()},
    R.NOT_EMPLOYED: {"employments": ()},
    R.EMPLOYER_NOT_LICENSED: {"licenses": {}},
}


def person(**facts: object) -> Person:
    return replace(Person(), **facts)  # type: ignore[arg-type]


def test_whom_nothing_stands_in_the_way_may_practise_what_he_is_certified_for() -> None:
    found = Person().on()

    assert found == Eligibility(WORKER, TODAY, True, ("cardiology",), ())


@pytest.mark.parametrize("reason", R)
def test_each_reason_alone_is_enough(reason: EligibilityReason) -> None:
    found = person(**AGAINST[reason]).on()

    assert found.reasons == (reason,)
    assert not found.allowed
    assert found.specialty_codes == ()


@pytest.mark.parametrize("both", list(combinations(R, 2)), ids="+".join)
def test_two_reasons_are_both_told_in_their_order(both: tuple[EligibilityReason, EligibilityReason]) -> None:
    found = person(**AGAINST[both[0]], **AGAINST[both[1]]).on()

    # Nobody's employer is at fault where there is none, nor where there is nothing to be covered.
    moot = R.EMPLOYER_NOT_LICENSED in both and not {R.NOT_EMPLOYED, R.NO_VALID_CREDENTIAL}.isdisjoint(both)
    assert found.reasons == (both[:1] if moot else both)


def test_all_reasons_are_told_together() -> None:
    facts = {name: value for each in R for name, value in AGAINST[each].items()}

    assert person(**facts).on().reasons == (
        R.RECORD_NOT_ACTIVE,
        R.PRACTICE_BAN,
        R.NO_VALID_CREDENTIAL,
        R.NOT_EMPLOYED,
    )


@pytest.mark.parametrize("status", ["SUSPENDED", "INACTIVE", "DECEASED", "UNHEARD_OF"])
def test_only_an_active_record_counts(status: str) -> None:
    assert person(worker=Worker(status=status)).on().reasons == (R.RECORD_NOT_ACTIVE,)


@pytest.mark.parametrize(
    ("kind", "forbids"),
    [("PRACTICE_BAN", True), ("SUSPENSION", True), ("PROCEDURE_LIMIT", False), ("REPRIMAND", False)],
)
def test_a_ban_and_a_suspension_forbid_a_limit_and_a_reprimand_do_not(kind: str, forbids: bool) -> None:
    found = person(restrictions=(Restriction(kind),)).on()

    assert (R.PRACTICE_BAN in found.reasons) is forbids


@pytest.mark.parametrize(
    ("imposed_on", "lifted_on", "forbids"),
    [
        (TODAY, None, True),
        (TODAY + DAY, None, False),
        (TODAY - DAY, TODAY + DAY, True),
        (TODAY - DAY, TODAY, False),
        (TODAY - YEAR, TODAY - DAY, False),
    ],
)
def test_a_ban_holds_from_its_first_day_until_the_day_it_is_lifted(
    imposed_on: dt.date, lifted_on: dt.date | None, forbids: bool
) -> None:
    found = person(restrictions=(Restriction("PRACTICE_BAN", imposed_on, lifted_on),)).on()

    assert found.allowed is not forbids


def test_one_ban_among_lifted_ones_is_enough() -> None:
    lifted = Restriction(lifted_on=TODAY - DAY)

    assert person(restrictions=(lifted, Restriction(), lifted)).on().reasons == (R.PRACTICE_BAN,)


@pytest.mark.parametrize(
    ("issued_on", "valid_until", "holds"),
    [
        (TODAY, TODAY, True),
        (TODAY - YEAR, TODAY, True),
        (TODAY - YEAR, TODAY - DAY, False),
        (TODAY + DAY, TODAY + YEAR, False),
    ],
)
def test_a_credential_holds_from_its_first_day_to_its_last(
    issued_on: dt.date, valid_until: dt.date, holds: bool
) -> None:
    credential = Credential(issued_on=issued_on, valid_until=valid_until)

    assert person(credentials=(credential,)).on().allowed is holds


@pytest.mark.parametrize(
    ("status", "holds"), [("ACTIVE", True), ("RENEWING", True), ("EXPIRED", False), ("REVOKED", False)]
)
def test_a_credential_needs_a_status_that_lets_it_hold(status: str, holds: bool) -> None:
    assert person(credentials=(Credential(status=status),)).on().allowed is holds


def test_an_expired_credential_that_is_still_marked_active_does_not_hold() -> None:
    expired = Credential(valid_until=TODAY - DAY, status="ACTIVE")

    assert person(credentials=(expired,)).on().reasons == (R.NO_VALID_CREDENTIAL,)


@pytest.mark.parametrize(
    ("started_on", "ended_on", "employed"),
    [
        (TODAY, None, True),
        (TODAY, TODAY, True),
        (TODAY + DAY, None, False),
        (TODAY - YEAR, TODAY - DAY, False),
    ],
)
def test_an_employment_lasts_from_its_first_day_to_its_last(
    started_on: dt.date, ended_on: dt.date | None, employed: bool
) -> None:
    found = person(employments=(Employment(started_on=started_on, ended_on=ended_on),)).on()

    assert found.reasons == (() if employed else (R.NOT_EMPLOYED,))


@pytest.mark.parametrize(
    ("license_", "in_force"),
    [
        (License(issued_on=TODAY), True),
        (License(issued_on=TODAY + DAY), False),
        (License(valid_until=TODAY), True),
        (License(valid_until=TODAY - DAY), False),
        (License(valid_until=None), True),
        (License(status="SUSPENDED"), False),
        (License(status="TERMINATED"), False),
        (License(status="REVOKED"), False),
        (License(status="EXPIRED", valid_until=TODAY + YEAR), False),
    ],
)
def test_a_licence_is_in_force_by_its_status_and_by_its_term(license_: License, in_force: bool) -> None:
    found = person(licenses={"1.2.3": (license_,)}).on()

    assert found.reasons == (() if in_force else (R.EMPLOYER_NOT_LICENSED,))


def test_a_licence_without_the_work_does_not_cover_it() -> None:
    other = {LICENSE: (Activity("surgery"),)}

    assert person(activities=other).on().reasons == (R.EMPLOYER_NOT_LICENSED,)
    assert person(activities={}).on().reasons == (R.EMPLOYER_NOT_LICENSED,)


def test_a_suspended_activity_covers_nothing_until_another_address_has_it() -> None:
    suspended = Activity(suspended=True)

    assert not person(activities={LICENSE: (suspended,)}).on().allowed
    assert person(activities={LICENSE: (suspended, Activity())}).on().allowed


def test_of_several_licences_one_in_force_is_enough() -> None:
    ended = License(UUID(int=8), "TERMINATED")
    activities = {ended.id: (Activity("surgery"),), LICENSE: (Activity(),)}

    found = person(licenses={"1.2.3": (ended, License())}, activities=activities).on()

    assert found.specialty_codes == ("cardiology",)


def test_each_employer_adds_the_works_that_he_is_licensed_for() -> None:
    clinic = License(UUID(int=8))
    found = person(
        credentials=(Credential("therapy"), Credential("cardiology"), Credential("surgery")),
        employments=(Employment("1.2.3"), Employment("1.2.4")),
        licenses={"1.2.3": (License(),), "1.2.4": (clinic,)},
        activities={LICENSE: (Activity("cardiology"),), clinic.id: (Activity("therapy"),)},
    ).on()

    assert found.allowed
    assert found.specialty_codes == ("cardiology", "therapy")


def test_a_former_employers_licence_does_not_count() -> None:
    former = Employment("1.2.3", ended_on=TODAY - DAY)

    found = person(employments=(former, Employment("1.2.4"))).on()

    assert found.reasons == (R.EMPLOYER_NOT_LICENSED,)


def test_an_employer_whom_no_registry_knows_has_no_licence() -> None:
    assert person(employments=(Employment("9.9.9"),)).on().reasons == (R.EMPLOYER_NOT_LICENSED,)


def test_a_proprietor_practises_under_a_licence_of_his_own() -> None:
    found = person(employments=(), licenses={"": (License(),)}).on()

    assert found.allowed
    assert found.specialty_codes == ("cardiology",)


def test_a_proprietor_whose_licence_ended_is_told_that_it_does_not_cover() -> None:
    ended = License(status="TERMINATED")

    assert person(employments=(), licenses={"": (ended,)}).on().reasons == (R.EMPLOYER_NOT_LICENSED,)


def test_a_specialty_is_named_once_however_many_credentials_he_has() -> None:
    found = person(credentials=(Credential(), Credential(status="RENEWING"))).on()

    assert found.specialty_codes == ("cardiology",)


def test_another_day_has_its_own_answer() -> None:
    ending = person(credentials=(Credential(valid_until=TODAY),))

    assert ending.on(TODAY).allowed
    assert ending.on(TODAY + DAY).reasons == (R.NO_VALID_CREDENTIAL,)
    assert ending.on(TODAY + DAY).on == TODAY + DAY
