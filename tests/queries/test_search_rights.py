"""Who may search by what is not for everyone, of whom, and what of that goes on record."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from auth.principal import PUBLIC, Grant, Principal, Role
from auth.rights import FieldClass
from auth.sight import Sight
from demo import stories
from gateway.servers import OwnServers
from projections.search.condition import Root
from projections.search.reader import Bucket, Hit
from tests.asking import asking_over
from tests.queries.conftest import DAY
from tests.queries.searching import AUDITOR, BANNED, EMPLOYER, INSPECTOR, Searching, uuid_of


@pytest.mark.parametrize(
    ("asked", "coordinate"),
    [
        ('bornOn: "1980-01-01"', "WorkerWhere.bornOn"),
        ('born: {from: "1980-01-01"}', "WorkerWhere.born"),
        ("restrictions: {none: {}}", "WorkerWhere.restrictions"),
        ("eligibility: {reasons: [PRACTICE_BAN]}", "EligibilityWhere.reasons"),
        ('not: {employments: {every: {rate: {from: "1"}}}}', "EmploymentWhere.rate"),
        ('licenses: {some: {worker: {or: [{bornOn: "1980-01-01"}]}}}', "WorkerWhere.bornOn"),
    ],
)
async def test_what_the_caller_may_know_of_nobody_is_refused(
    searching: Searching, asked: str, coordinate: str
) -> None:
    answer = await searching.ask("{ workers(where: {%s}) { totalCount } }" % asked)
    [error] = answer.errors
    assert error["extensions"]["code"] == "FORBIDDEN"
    assert error["message"].startswith(f"{coordinate} may not be used")
    assert not searching.search.pages
    assert not searching.calls


async def test_a_facet_that_the_caller_may_not_see_is_refused(searching: Searching) -> None:
    asked = "{ workers { facets(by: [SEX, ELIGIBILITY_REASON]) { by } } }"
    refused = await searching.ask(asked)
    assert refused.errors[0]["message"].startswith("WorkerFacet.ELIGIBILITY_REASON may not be used")
    answer = await searching.ask(asked, EMPLOYER)
    assert [each["by"] for each in answer.data["workers"]["facets"]] == ["SEX", "ELIGIBILITY_REASON"]


async def test_a_mask_does_not_let_ask(searching: Searching) -> None:
    asked = '{ workers(where: {bornOn: "1980-01-01"}) { totalCount } }'
    assert (await searching.ask(asked, INSPECTOR)).errors[0]["extensions"]["code"] == "FORBIDDEN"
    assert not (await searching.ask(asked, INSPECTOR, purpose="inspection")).errors
    assert (await searching.ask(asked, AUDITOR)).errors[0]["extensions"]["code"] == "FORBIDDEN"


async def test_an_employer_asks_of_his_own_and_the_branches_staff(searching: Searching) -> None:
    await searching.ask(BANNED % ("", "nodes { id }"), EMPLOYER)
    [(found, sight)] = searching.search.searches[-1].sights
    assert found is FieldClass.RESTRICTED
    assert sight == Sight(organizations=frozenset({stories.CITY_HOSPITAL, stories.BRANCH}))
    assert searching.calls == {"workers_by_id": 1, "reached_by_organization": 1}


async def test_who_sees_everybody_asks_of_everybody(searching: Searching) -> None:
    await searching.ask(BANNED % ("", "nodes { id }"), AUDITOR)
    assert searching.search.searches[-1].sights == ((FieldClass.RESTRICTED, Sight(everyone=True)),)


async def test_what_is_public_needs_no_sight(searching: Searching) -> None:
    await searching.ask("{ workers(where: {employments: {some: {}}}) { nodes { id } } }", EMPLOYER)
    assert searching.search.searches[-1].sights == ()
    assert "reached_by_organization" not in searching.calls


# What goes on record


async def test_a_hit_tells_the_facts_by_which_it_was_found(searching: Searching) -> None:
    await searching.ask(BANNED % ("first: 2", "nodes { lastName }"), EMPLOYER)
    [told] = searching.released
    assert told.subjects == tuple(f"Worker:{uuid_of(each)}" for each in searching.five[:2])
    assert told.values == ("WorkerWhere.restrictions", "RestrictionWhere.kinds")


async def test_a_count_tells_of_all_hits(searching: Searching) -> None:
    for field in ("totalCount", "facets(by: [SEX]) { buckets { count } }"):
        await searching.ask(BANNED % ("first: 1", field), EMPLOYER)
        [told] = searching.released
        assert set(told.subjects) == {f"Worker:{uuid_of(each)}" for each in searching.five}


async def test_of_many_together_the_first_hundred_are_named(searching: Searching) -> None:
    searching.search.hits = [Hit(UUID(int=n + 1), (str(n),)) for n in range(150)]
    await searching.ask(BANNED % ("first: 1", "totalCount"), EMPLOYER)
    [told] = searching.released
    assert len(told.subjects) == 101
    assert told.subjects[-1] == "Worker:*"


async def test_reasons_counted_go_on_record(searching: Searching) -> None:
    searching.search.buckets = [Bucket("NOT_EMPLOYED", 1)]
    await searching.ask("{ workers { facets(by: [ELIGIBILITY_REASON]) { buckets { count } } } }", EMPLOYER)
    [told] = searching.released
    assert told.values == ("WorkerFacet.ELIGIBILITY_REASON",)
    [(search, *_), _] = searching.search.facets
    assert dict(search.sights)[FieldClass.RESTRICTED].organizations


async def test_a_credential_that_is_found_tells_of_its_holder(searching: Searching) -> None:
    await searching.ask(
        "{ credentials(where: {worker: {restrictions: {some: {}}}}) { edges { cursor } } }", AUDITOR
    )
    [told] = searching.released
    assert told.subjects == tuple(f"Worker:{uuid_of(each)}" for each in searching.five)
    whose = searching.search.searches[-1]
    assert whose.root is Root.WORKER
    assert all(each["registryNumber"] in repr(whose.where) for each in searching.five)


async def test_what_is_internal_is_not_put_on_record(searching: Searching) -> None:
    await searching.ask(
        '{ workers(where: {employments: {some: {rate: {from: "1"}}}}) { totalCount nodes { id } } }', EMPLOYER
    )
    assert not searching.released


async def test_a_birth_date_leaves_nothing_in_a_cursor(searching: Searching) -> None:
    """Not even what could be found out by trying each day."""
    cursors = set()
    for day in ("1980-01-01", "1980-01-02"):
        answer = await searching.ask(
            '{ workers(where: {bornOn: "%s"}) { pageInfo { endCursor } } }' % day, EMPLOYER
        )
        cursors.add(answer.data["workers"]["pageInfo"]["endCursor"])
    assert len(cursors) == 1


async def test_a_person_looked_for_by_birth_date_is_counted(
    own_servers: OwnServers, searching: Searching
) -> None:
    """As one who is looked for by SNILS; each date counts, wherever it stands."""
    urls = own_servers.registry_urls("queries")
    looker = Principal(f"inspector {uuid4()}", frozenset({Grant(Role.REGULATOR)}))
    query = "query ($where: WorkerWhere) { workers(where: $where) { totalCount } }"
    twice = {"where": {"or": [{"bornOn": "1980-01-01"}, {"not": {"bornOn": "1980-01-02"}}]}}
    over = (urls, own_servers.redis_url, DAY)
    async with asking_over(*over, search=searching.search, lookups_per_hour=3) as counting:
        assert not (await counting.ask(query, twice, looker, "inspection")).errors
        refused = await counting.ask(query, twice, looker, "inspection")
        assert refused.errors[0]["extensions"]["code"] == "LOOKUPS_EXCEEDED"
        once = {"where": {"bornOn": "1980-01-01"}}
        assert not (await counting.ask(query, once, looker, "inspection")).errors


async def test_in_reject_mode_who_may_ask_of_some_is_answered(searching: Searching) -> None:
    """What he does not see he is not told of, so nothing is withheld that he could be refused for."""
    asking = searching.executors[0]
    answered = await asking.ask(BANNED % ("", "totalCount"), None, EMPLOYER, mode="reject")
    assert answered.data["workers"]["totalCount"] == 5
    refused = await asking.ask(BANNED % ("", "totalCount"), mode="reject")
    assert refused.errors[0]["extensions"]["code"] == "FORBIDDEN"


SHOWN = """{
  worker: __type(name: "WorkerWhere") { inputFields { name } }
  facet: __type(name: "WorkerFacet") { enumValues { name } }
  restriction: __type(name: "RestrictionsWhere") { name }
}"""


async def test_introspection_shows_what_the_caller_may_ask_by(searching: Searching) -> None:
    shown = {}
    for caller in (PUBLIC, AUDITOR, EMPLOYER):
        data = (await searching.ask(SHOWN, caller)).data
        names = {each["name"] for each in data["worker"]["inputFields"]}
        facets = {each["name"] for each in data["facet"]["enumValues"]}
        shown[caller.subject] = (
            {"bornOn", "restrictions"} & names,
            {"ELIGIBILITY_REASON"} & facets,
            data["restriction"],
        )
        assert {"and", "or", "not", "employments", "lastName"} <= names
    assert shown == {
        "public": (set(), set(), None),
        "auditor": ({"restrictions"}, {"ELIGIBILITY_REASON"}, {"name": "RestrictionsWhere"}),
        "employer": ({"bornOn", "restrictions"}, {"ELIGIBILITY_REASON"}, {"name": "RestrictionsWhere"}),
    }


async def test_a_refused_argument_goes_on_record(searching: Searching) -> None:
    await searching.ask(BANNED % ("", "totalCount"))
    journal: Any = searching.executors[0].journal
    assert [each.coordinate for each in journal.events[-1].refused] == ["WorkerWhere.restrictions"]
