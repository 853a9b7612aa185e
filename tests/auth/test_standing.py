"""Grants of an employer end with the organization, and with the employment of a holder who is named."""

from auth.principal import Grant, Lapse, LapseReason, Principal, Role
from auth.standing import SECONDS, SECONDS_UNKNOWN, GrantStanding, Organization
from tests.auth.doubles import Registries

HOSPITAL, BRANCH, CLINIC = "1.2.3", "1.2.3.4", "1.2.9"
SNILS = "11223344595"


def registries(*employers: str) -> Registries:
    made = Registries()
    made.known = {
        HOSPITAL: Organization(None, False),
        BRANCH: Organization(HOSPITAL, False),
        CLINIC: Organization(None, False),
    }
    made.employed = {SNILS: frozenset(employers)}
    return made


def employer(*oids: str, snils: str | None = SNILS) -> Principal:
    grants = {Grant(Role.EMPLOYER, organizations=frozenset(oids)), Grant(Role.ANALYST)}
    return Principal("e", frozenset(grants), snils=snils)


def organizations(principal: Principal) -> frozenset[str]:
    [grant] = [grant for grant in principal.grants if grant.role is Role.EMPLOYER]
    assert Grant(Role.ANALYST) in principal.grants
    return grant.organizations


async def test_who_claims_no_organization_is_not_looked_up() -> None:
    found = registries()
    for grants in ({Grant(Role.REGULATOR)}, {Grant(Role.EMPLOYER)}, set[Grant]()):
        principal = Principal("x", frozenset(grants), snils=SNILS)
        assert await GrantStanding(found).held(principal) == (principal, float("inf"))
    assert found.asked == 0


async def test_a_holder_who_is_employed_there() -> None:
    held, seconds = await GrantStanding(registries(HOSPITAL)).held(employer(HOSPITAL))
    assert organizations(held) == {HOSPITAL}
    assert not held.lapses
    assert seconds == SECONDS


async def test_a_holder_who_is_employed_by_a_branch() -> None:
    held, _ = await GrantStanding(registries(BRANCH)).held(employer(HOSPITAL))
    assert organizations(held) == {HOSPITAL}


async def test_one_of_the_parent_does_not_speak_for_its_branch() -> None:
    held, _ = await GrantStanding(registries(HOSPITAL)).held(employer(BRANCH))
    assert organizations(held) == frozenset()
    assert held.lapses == (Lapse(Role.EMPLOYER, LapseReason.EMPLOYMENT_ENDED, BRANCH),)


async def test_each_organization_is_looked_at_for_itself() -> None:
    held, _ = await GrantStanding(registries(CLINIC)).held(employer(HOSPITAL, CLINIC))
    assert organizations(held) == {CLINIC}
    assert held.lapses == (Lapse(Role.EMPLOYER, LapseReason.EMPLOYMENT_ENDED, HOSPITAL),)


async def test_a_token_that_names_nobody_speaks_for_the_organization() -> None:
    found = registries()
    held, _ = await GrantStanding(found).held(employer(HOSPITAL, snils=None))
    assert organizations(held) == {HOSPITAL}
    assert found.asked == 1


async def test_a_liquidated_organization_gives_nothing() -> None:
    found = registries(HOSPITAL)
    found.known[HOSPITAL] = Organization(None, True)
    for snils in (SNILS, None):
        held, _ = await GrantStanding(found).held(employer(HOSPITAL, snils=snils))
        assert organizations(held) == frozenset()
        assert held.lapses == (Lapse(Role.EMPLOYER, LapseReason.ORGANIZATION_CLOSED, HOSPITAL),)


async def test_an_organization_that_the_registry_does_not_know() -> None:
    held, seconds = await GrantStanding(registries("9.9")).held(employer("9.9"))
    assert organizations(held) == frozenset()
    assert (held.lapses[0].reason, seconds) == (LapseReason.ORGANIZATION_UNKNOWN, SECONDS)


async def test_without_a_registry_the_grant_does_not_hold_and_is_asked_again_soon() -> None:
    found = registries(HOSPITAL)
    found.workers_away = True
    held, seconds = await GrantStanding(found).held(employer(HOSPITAL))
    assert (organizations(held), seconds) == (frozenset(), SECONDS_UNKNOWN)
    assert held.lapses[0].reason is LapseReason.EMPLOYMENT_UNKNOWN
    found.organizations_away = True
    held, seconds = await GrantStanding(found).held(employer(HOSPITAL, snils=None))
    assert (organizations(held), seconds) == (frozenset(), SECONDS_UNKNOWN)
    assert held.lapses[0].reason is LapseReason.ORGANIZATION_UNKNOWN


def test_a_lapse_says_no_snils() -> None:
    lapse = Lapse(Role.EMPLOYER, LapseReason.EMPLOYMENT_ENDED, HOSPITAL)
    assert lapse.line() == {"role": "employer", "organization": HOSPITAL, "reason": "EMPLOYMENT_ENDED"}
    unnamed = Lapse(Role.AUDITOR, LapseReason.SESSIONS_UNAVAILABLE)
    assert unnamed.line() == {"role": "auditor", "reason": "SESSIONS_UNAVAILABLE"}
