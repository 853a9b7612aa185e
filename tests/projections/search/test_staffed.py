"""Whom organizations employ, named by sets before they are sought: the same organizations are found."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from projections.database import Projection
from projections.search import staffed as staffed_module
from projections.search.among import Few, among, narrowing
from projections.search.asking import Asking
from projections.search.between import Between
from projections.search.condition import AllOf, Condition, Fact, Is, NotOf, Root, Search, Within
from projections.search.literals import Formula
from projections.search.question import State
from projections.search.sets import Having
from projections.search.staffed import staffed
from tests.projections.search.asking import none, one_of, search, some

CURRENT, IN_FORCE = Fact("current", Is(True)), Fact("in_force", Is(True))
CERTIFIED = some("credentials", AllOf((IN_FORCE, one_of("specialty", "8", "31", "32", "76"))))
SINCE = Fact("registered_on", Within(dt.date(2005, 1, 1)))
IN_REGION = one_of("region", "77", "50", "78")


def employing(*facts: Condition) -> Condition:
    return some("employments", AllOf(facts))


TOLD = [
    AllOf((IN_REGION, employing(CURRENT, some("worker", CERTIFIED)))),
    AllOf((IN_REGION, employing(CURRENT, some("worker", NotOf(CERTIFIED)), one_of("position", "34")))),
    AllOf((one_of("ownership", "PRIVATE"), employing(CURRENT, some("worker", one_of("sex", "M"))))),
    AllOf((IN_REGION, employing(CURRENT, some("worker", AllOf((CERTIFIED, SINCE)))))),
]
NOT_TOLD = [
    AllOf((IN_REGION, employing(some("worker", CERTIFIED)))),
    AllOf((IN_REGION, employing(CURRENT, some("worker", one_of("last_name", "Иванов"))))),
    AllOf((IN_REGION, none("employments", AllOf((CURRENT, some("worker", CERTIFIED)))))),
    AllOf((TOLD[0], TOLD[1])),
]


@pytest.fixture
async def projection(projected: str) -> AsyncIterator[Projection]:
    found = Projection(projected)
    yield found
    await found.close()


async def counts(projection: Projection, where: Condition) -> tuple[int, int]:
    """How many organizations are found: of all people, and of those who are named."""
    async with projection.connection() as connection:
        state = State(*await connection.fetchrow("select seed, day from about"))
        asking = Asking(Search(Root.ORGANIZATION, where, state.day), None, state, None)
        told = narrowing(asking.search, state, Few())
        assert told is not None
        named = asking.narrowed(among(await connection.fetch(told.sql, *told.values), Few()))
        assert named.staff is not None
        assert named.among is None
        whole, few = asking.question().count(), named.question().count()
        assert any(tuple(value) == named.staff.slots for value in few.values if isinstance(value, list))
        found = [await connection.fetchval(each.sql, *each.values) for each in (whole, few)]
    return found[0], found[1]


@pytest.mark.parametrize("where", TOLD)
async def test_the_same_organizations_are_found(projection: Projection, where: Condition) -> None:
    whole, named = await counts(projection, where)
    assert whole == named > 0


async def test_somebody_who_is_left_out_is_missed(
    projection: Projection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def elsewhere(_: Formula) -> Between:
        return Between(most=Having("employer_region", ("01",)))

    monkeypatch.setattr(staffed_module, "at_employer", elsewhere)
    whole, named = await counts(projection, TOLD[0])
    assert named < whole


@pytest.mark.parametrize("where", NOT_TOLD)
def test_nothing_is_told_of_others(where: Condition) -> None:
    asked = search(where, root=Root.ORGANIZATION)
    assert staffed(asked, asked.day) is None


def test_nothing_is_told_on_another_day_or_of_other_records() -> None:
    asked = search(TOLD[0], root=Root.ORGANIZATION)
    assert staffed(asked, asked.day) is not None
    assert staffed(asked, asked.day + dt.timedelta(1)) is None
    assert staffed(replace(asked, root=Root.WORKER), asked.day) is None
