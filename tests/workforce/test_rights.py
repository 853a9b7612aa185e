"""For whom aggregates are exact, and what is refused to everybody else."""

from typing import Any

import pytest

from auth.principal import PUBLIC, Principal, Role
from tests.asking import Asking
from tests.workforce.asked import answered, caller


async def a_house(counting: Asking) -> tuple[str, int]:
    """The organization with the most people, and how many these are."""
    found = await answered(counting, caller(Role.AUDITOR), "WORKERS", by=("ORGANIZATION",))
    row = found.data["workforce"]["rows"][0]
    return row["keys"][0]["value"], int(row["values"][0])


async def test_an_employer_gets_exact_figures_of_his_own_house(counting: Asking) -> None:
    oid, people = await a_house(counting)
    employer = caller(Role.EMPLOYER, organizations=frozenset({oid}))
    found = await answered(
        counting, employer, "WORKERS", by=("POSITION", "AGE_BAND"), where={"organizations": [oid]}
    )
    told = found.data["workforce"]
    assert not told["suppressed"]
    assert int(told["total"]["values"][0]) >= people  # its branches come along
    assert any(int(row["values"][0]) < 5 for row in told["rows"])


@pytest.mark.parametrize("where", [None, {"sexes": ["F"]}, {"regions": ["77"]}])
async def test_an_employer_who_names_no_house_of_his_sees_no_small_figures(
    counting: Asking, where: dict[str, Any] | None
) -> None:
    oid, _ = await a_house(counting)
    employer = caller(Role.EMPLOYER, organizations=frozenset({oid}))
    found = await answered(counting, employer, "WORKERS", by=("ORGANIZATION_KIND", "CATEGORY"), where=where)
    assert found.data["workforce"]["suppressed"]
    assert all(int(row["values"][0]) >= 5 for row in found.data["workforce"]["rows"])


async def test_another_house_cannot_be_asked_about(counting: Asking) -> None:
    oid, _ = await a_house(counting)
    other = caller(Role.EMPLOYER, organizations=frozenset({"1.2.643.5.1.13.13.12.2.77.1"}))
    found = await answered(counting, other, "WORKERS", where={"organizations": [oid]})
    [error] = found.errors
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["message"].startswith("where.organizations: ")


async def test_one_house_among_others_is_not_enough(counting: Asking) -> None:
    oid, _ = await a_house(counting)
    employer = caller(Role.EMPLOYER, organizations=frozenset({oid}))
    named = [oid, "1.2.643.5.1.13.13.12.2.77.1"]
    found = await answered(counting, employer, "WORKERS", where={"organizations": named})
    assert found.errors


@pytest.mark.parametrize(
    ("principal", "exact"),
    [
        (PUBLIC, False),
        (caller(Role.ANALYST), False),
        (caller(Role.INSURER), False),
        (caller(Role.ADMIN), False),
        (caller(Role.SUPPORT), False),
        (caller(Role.WORKER), False),
        (caller(Role.AUDITOR), True),
        (caller(Role.REGULATOR), True),
        (caller(Role.REGULATOR, regions=frozenset({"77"})), True),
        (caller(Role.REGULATOR, regions=frozenset({"78"})), False),
    ],
    ids=lambda each: each.subject if isinstance(each, Principal) else str(each),
)
async def test_who_sees_everyone_of_a_region(counting: Asking, principal: Principal, exact: bool) -> None:
    found = await answered(
        counting, principal, "WORKERS", "RATES", by=("POSITION_GROUP",), where={"regions": ["77"]}
    )
    assert found.data["workforce"]["suppressed"] is not exact


@pytest.mark.parametrize(("purpose", "exact"), [(None, False), ("inspection", True)])
async def test_ages_are_exact_for_a_purpose(counting: Asking, purpose: str | None, exact: bool) -> None:
    regulator = caller(Role.REGULATOR)
    found = await answered(counting, regulator, "WORKERS", by=("AGE_BAND",), purpose=purpose)
    assert found.data["workforce"]["suppressed"] is not exact


@pytest.mark.parametrize(
    ("by", "measures", "path"),
    [
        (("SEX",), ("POSTS",), "groupBy[0]"),
        (("REGION", "SEX"), ("WORKERS", "VACANCIES"), "groupBy[1]"),
        (("SEX", "SEX"), ("WORKERS",), "groupBy"),
        (("SEX",), (), "measures"),
        (("ORGANIZATION",), ("WORKERS",), "groupBy[0]"),
        (("REGION",), ("WORKERS", "EXPIRING"), "measures[1]"),
        (("REGION", "FEDERAL_DISTRICT"), ("WORKERS",), "groupBy"),
        (("SEX", "REGION", "OWNERSHIP"), ("CATEGORY_SHARE",), "groupBy"),
    ],
)
async def test_what_means_nothing_is_refused_by_its_path(
    counting: Asking, by: tuple[str, ...], measures: tuple[str, ...], path: str
) -> None:
    found = await answered(counting, PUBLIC, *measures, by=by)
    [error] = found.errors
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert error["message"].startswith(f"{path}: ")


async def test_departments_are_not_for_everyone_to_ask_by(counting: Asking) -> None:
    found = await answered(counting, PUBLIC, "WORKERS", by=("DEPARTMENT",))
    assert found.errors[0]["extensions"]["code"] == "FORBIDDEN"
