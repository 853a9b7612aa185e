"""Searches from argument to answer, over a projection that says what the test says, on both executors."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson
import pytest

from auth.principal import PUBLIC, Grant, Principal, Role
from auth.rights import FieldClass
from auth.sight import Sight
from demo import stories
from gateway.operation.execution import Answer
from gateway.servers import OwnServers
from projections.search.condition import Order, Root
from projections.search.errors import (
    BadPosition,
    BadSearch,
    SearchTimedOut,
    SearchTooCostly,
    SearchUnavailable,
)
from projections.search.reader import Bucket, Hit
from resolvers.ids import parsed_id
from sources.registry import Registry
from tests.asking import Asking, asking_over
from tests.fake_search import FakeSearch
from tests.memory_journal import MemoryJournal
from tests.queries.conftest import DAY

EMPLOYER = Principal("employer", frozenset({Grant(Role.EMPLOYER, frozenset({stories.CITY_HOSPITAL}))}))
AUDITOR = Principal("auditor", frozenset({Grant(Role.AUDITOR)}))
INSPECTOR = Principal("inspector", frozenset({Grant(Role.REGULATOR)}))
FIVE = "{ workers(first: 5) { nodes { id registryNumber lastName } } }"
BANNED = "{ workers(%s where: {restrictions: {some: {kinds: [PRACTICE_BAN]}}}) { %s } }"


@dataclass
class Searching:
    """Both executors over one projection, and five workers that it finds."""

    executors: tuple[Asking, Asking]
    search: FakeSearch
    five: list[dict[str, Any]]

    async def ask(self, query: str, caller: Principal = PUBLIC, **options: Any) -> Answer:
        """The answer of both executors, which is the same, by the same calls."""
        told, calls = [], []
        for each in self.executors:
            each.clear()
            told.append(await each.ask(query, options.get("variables"), caller, options.get("purpose")))
            calls.append(dict(each.calls))
        assert _sorted(told[0]) == _sorted(told[1])
        assert calls[0] == calls[1]
        return told[0]

    @property
    def calls(self) -> Mapping[str, int]:
        """How often the registries were asked for one answer."""
        return dict(self.executors[0].calls)

    @property
    def names(self) -> list[str]:
        """The surnames of the five."""
        return [each["lastName"] for each in self.five]

    @property
    def released(self) -> list[Any]:
        """What was put on record for the last answer."""
        journal: Any = self.executors[0].journal
        return list(journal.events[-1].released) if journal.events else []


@pytest.fixture(scope="module")
async def both(own_servers: OwnServers, asking: Asking) -> AsyncIterator[Searching]:
    """Two gateways over the scenarios' registries, one on each executor."""
    urls, search = own_servers.registry_urls("queries"), FakeSearch()
    over = (urls, own_servers.redis_url, DAY)
    async with (
        asking_over(*over, search=search) as compiled,
        asking_over(*over, search=search, compiled=False) as walked,
    ):
        five = (await asking.ask(FIVE)).data["workers"]["nodes"]
        yield Searching((compiled, walked), search, five)


@pytest.fixture
def searching(both: Searching) -> Searching:
    """The same, with nothing asked yet, and the five as hits."""
    both.search.clear()
    both.search.failing = None
    both.search.buckets = ()
    both.search.hits = [Hit(_uuid(each), (each["lastName"], each["registryNumber"])) for each in both.five]
    for each in both.executors:
        assert isinstance(each.journal, MemoryJournal)
        each.journal.events.clear()
    return both


def _sorted(answer: Answer) -> bytes:
    """The answer's bytes; which of several errors is told first is nobody's promise."""
    body = answer.body()
    body["errors"] = sorted(answer.errors, key=lambda each: [str(step) for step in each.get("path", ())])
    return orjson.dumps(body)


def _uuid(worker: Mapping[str, Any]) -> UUID:
    found = parsed_id(worker["id"])[1]
    assert isinstance(found, UUID)
    return found


# Pages


async def test_hits_are_read_from_their_registry_in_one_call(searching: Searching) -> None:
    answer = await searching.ask(
        '{ workers(query: "врач", first: 3) { totalCount nodes { lastName } edges { node { id } } } }'
    )
    assert [each["lastName"] for each in answer.data["workers"]["nodes"]] == searching.names[:3]
    assert [each["node"]["id"] for each in answer.data["workers"]["edges"]] == [
        each["id"] for each in searching.five[:3]
    ]
    assert answer.data["workers"]["totalCount"] == 5
    assert searching.calls == {"workers_by_id": 1}
    # Once for each executor, however many fields are of the same page.
    assert len(searching.search.pages) == len(searching.search.counts) == 2


async def test_nothing_is_counted_or_read_that_is_not_asked(searching: Searching) -> None:
    await searching.ask('{ workers(query: "врач") { edges { cursor } } }')
    assert not searching.calls
    assert not searching.search.counts
    assert not searching.search.facets


PAGE = "{ workers(%s orderBy: [{by: NAME}]) { nodes { lastName } pageInfo { %s } } }"
INFO = "hasNextPage hasPreviousPage startCursor endCursor"


async def test_pages_forwards_and_backwards_are_the_same_pages(searching: Searching) -> None:
    names, seen, after = searching.names, [], ""
    while True:
        page = (await searching.ask(PAGE % (f"first: 2 {after}", INFO))).data["workers"]
        seen.append([each["lastName"] for each in page["nodes"]])
        assert page["pageInfo"]["hasPreviousPage"] == (len(seen) > 1)
        if not page["pageInfo"]["hasNextPage"]:
            break
        after = f'after: "{page["pageInfo"]["endCursor"]}"'
    assert seen == [names[:2], names[2:4], names[4:]]

    back, before = [], ""
    while True:
        page = (await searching.ask(PAGE % (f"last: 2 {before}", INFO))).data["workers"]
        back.append([each["lastName"] for each in page["nodes"]])
        assert page["pageInfo"]["hasNextPage"] == (len(back) > 1)
        if not page["pageInfo"]["hasPreviousPage"]:
            break
        before = f'before: "{page["pageInfo"]["startCursor"]}"'
    assert back == [names[3:], names[1:3], names[:1]]


async def test_a_page_between_two_cursors(searching: Searching) -> None:
    edges = (await searching.ask("{ workers(orderBy: [{by: NAME}]) { edges { cursor } } }")).data
    first, *_, last = [each["cursor"] for each in edges["workers"]["edges"]]
    between = await searching.ask(PAGE % (f'first: 2 after: "{first}" before: "{last}"', INFO))
    assert [each["lastName"] for each in between.data["workers"]["nodes"]] == searching.names[1:3]
    assert between.data["workers"]["pageInfo"]["hasNextPage"]
    assert searching.search.pages[-1][1:] == (
        searching.search.hits[0].position,
        searching.search.hits[4].position,
        3,
        False,
    )


async def test_a_page_of_the_registry_is_gone_back_from_in_the_projection(searching: Searching) -> None:
    """Both are in the order of the key, so that their cursors are the same."""
    searching.search.hits = [Hit(_uuid(each), (each["registryNumber"],)) for each in searching.five]
    forwards = await searching.ask("{ workers(first: 3) { edges { cursor } } }")
    assert not searching.search.pages
    third = forwards.data["workers"]["edges"][2]["cursor"]
    back = await searching.ask(
        f'{{ workers(last: 5 before: "{third}") {{ nodes {{ lastName }} edges {{ cursor }} }} }}'
    )
    assert [each["lastName"] for each in back.data["workers"]["nodes"]] == searching.names[:2]
    second = back.data["workers"]["edges"][1]["cursor"]
    again = await searching.ask(f'{{ workers(first: 1 after: "{second}") {{ nodes {{ lastName }} }} }}')
    assert again.data["workers"]["nodes"] == [{"lastName": searching.names[2]}]
    assert searching.calls == {"workers_page": 1}


async def test_a_cursor_belongs_to_its_text_filter_and_order(searching: Searching) -> None:
    asked = 'query: "врач" where: {sexes: [F]} orderBy: [{by: NAME}]'
    found = await searching.ask("{ workers(%s) { pageInfo { endCursor } } }" % asked)
    cursor = found.data["workers"]["pageInfo"]["endCursor"]
    others = [
        'query: "медсестра" where: {sexes: [F]} orderBy: [{by: NAME}]',
        'query: "врач" where: {sexes: [M]} orderBy: [{by: NAME}]',
        'query: "врач" where: {sexes: [F]} orderBy: [{by: NAME direction: DESC}]',
        'query: "врач" where: {sexes: [F]} orderBy: [{by: NAME nulls: FIRST}]',
        'query: "врач" where: {sexes: [F]}',
    ]
    for other in others:
        refused = await searching.ask('{ workers(%s before: "%s") { nodes { id } } }' % (other, cursor))
        assert refused.errors[0]["extensions"]["code"] == "BAD_CURSOR"
        assert "argument `before`" in refused.errors[0]["message"]
    same = await searching.ask('{ workers(%s before: "%s") { nodes { id } } }' % (asked, cursor))
    assert not same.errors


# What is asked where


async def test_what_the_registry_filters_by_itself_it_is_asked(searching: Searching) -> None:
    live = 'where: {lastName: "Иванова", registeredFrom: "1990-01-01", statuses: [ACTIVE]} first: 3'
    answer = await searching.ask(
        "{ workers(%s) { totalCount freshness { registry lagSeconds } edges { matches node { lastName } } } }"
        % live
    )
    assert {each["node"]["lastName"] for each in answer.data["workers"]["edges"]} == {"Иванова"}
    assert {each["matches"] for each in answer.data["workers"]["edges"]} == {True}
    assert answer.data["workers"]["freshness"] == [{"registry": "WORKERS", "lagSeconds": 0.0}]
    assert searching.calls == {"workers_page": 1, "workers_count": 1}
    assert not searching.search.pages


@pytest.mark.parametrize(
    "asked",
    [
        'query: "иван"',
        "orderBy: [{by: NAME}]",
        "last: 2",
        "where: {and: []}",
        'where: {lastName: "Иванова", not: {regions: ["77"]}}',
        "where: {employments: {some: {}}}",
        'where: {registeredOn: {from: "1990-01-01"}}',
    ],
)
async def test_everything_else_is_asked_of_the_projection(searching: Searching, asked: str) -> None:
    answer = await searching.ask("{ workers(%s) { nodes { lastName } } }" % asked)
    assert not answer.errors
    assert searching.search.pages
    assert searching.calls == {"workers_by_id": 1}


async def test_every_root_finds_its_own(searching: Searching) -> None:
    for root, noun in zip(Root, ("workers", "organizations", "licenses", "credentials"), strict=True):
        searching.search.hits = []
        answer = await searching.ask('{ %s(query: "1") { totalCount nodes { id } } }' % noun)
        assert answer.data[noun] == {"totalCount": 0, "nodes": []}
        assert searching.search.searches[-1].root is root
        assert searching.search.searches[-1].text == "1"
        assert searching.search.searches[-1].day == DAY


async def test_credentials_can_only_be_searched_for(searching: Searching) -> None:
    searching.search.hits = []
    assert (await searching.ask("{ credentials { totalCount } }")).data == {"credentials": {"totalCount": 0}}


async def test_orders_are_asked_as_they_are_given(searching: Searching) -> None:
    await searching.ask(
        "{ workers(orderBy: [{by: CATEGORY direction: DESC nulls: FIRST}, {by: ORGANIZATION}])"
        " { nodes { id } } }"
    )
    assert searching.search.searches[-1].orders == (
        Order("CATEGORY", descending=True, nulls_first=True),
        Order("ORGANIZATION"),
    )


# Facets and freshness


async def test_facets_are_counted_over_all_hits_with_their_names(searching: Searching) -> None:
    searching.search.buckets = [Bucket("77", 3), Bucket("99999", 1), Bucket(None, 1)]
    answer = await searching.ask(
        '{ workers(query: "врач", first: 1) { facets(by: [REGION, SEX], top: 2)'
        " { by buckets { value count entry { name known } } } } }"
    )
    region, sex = answer.data["workers"]["facets"]
    assert region == {
        "by": "REGION",
        "buckets": [
            {"value": "77", "count": 3, "entry": {"name": "г. Москва", "known": True}},
            {"value": "99999", "count": 1, "entry": {"name": None, "known": False}},
        ],
    }
    assert [each["entry"] for each in sex["buckets"]] == [None, None]
    assert [asked[1:] for asked in searching.search.facets[:2]] == [("REGION", 2), ("SEX", 2)]
    assert not searching.calls


async def test_a_facet_of_organizations_leads_to_them(searching: Searching) -> None:
    searching.search.buckets = [Bucket(stories.CITY_HOSPITAL, 4), Bucket(None, 1)]
    answer = await searching.ask(
        "{ workers { facets(by: [ORGANIZATION]) { buckets { value organization { shortName } } } } }"
    )
    found, none = answer.data["workers"]["facets"][0]["buckets"]
    assert found["organization"]["shortName"]
    assert none == {"value": None, "organization": None}
    assert searching.calls == {"organizations_by_oid": 1}


async def test_facets_of_what_a_registry_filters_are_counted_in_the_projection(
    searching: Searching,
) -> None:
    searching.search.buckets = [Bucket("M", 2)]
    answer = await searching.ask(
        '{ workers(where: {lastName: "Иванова"}) { facets(by: [SEX]) { buckets { value count } } } }'
    )
    assert answer.data["workers"]["facets"] == [{"buckets": [{"value": "M", "count": 2}]}]
    [(search, *_), _] = searching.search.facets
    assert "Иванова" in repr(search.where)


async def test_how_old_it_is_is_told_by_registry(searching: Searching) -> None:
    answer = await searching.ask('{ workers(query: "врач") { freshness { registry asOf } } }')
    assert [each["registry"] for each in answer.data["workers"]["freshness"]] == [
        each.value for each in Registry
    ]
    assert {each["asOf"] for each in answer.data["workers"]["freshness"]} == {searching.search.as_of}
    states = await searching.ask("{ registries { registry state searchableAsOf } }")
    assert {each["searchableAsOf"] for each in states.data["registries"]} == {searching.search.as_of}
    lag = (await searching.executors[0].ask("{ registries { lagSeconds } }")).data["registries"]
    assert all(each["lagSeconds"] >= 0 for each in lag)


# What goes wrong


@pytest.mark.parametrize(
    ("failure", "code", "more"),
    [
        (BadSearch(("query",), "give a word"), "BAD_USER_INPUT", {"argument": ["query"]}),
        (BadPosition(), "BAD_CURSOR", {}),
        (
            SearchTooCostly(2_000_000, 1_000_000),
            "SEARCH_TOO_COSTLY",
            {"estimate": 2_000_000, "maximum": 1_000_000},
        ),
        (SearchTimedOut(5), "SEARCH_TIMEOUT", {}),
        (SearchUnavailable("the projection is not built yet"), "SEARCH_UNAVAILABLE", {}),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
async def test_a_failed_search_has_its_code(
    searching: Searching, failure: Exception, code: str, more: Mapping[str, Any]
) -> None:
    searching.search.failing = failure
    answer = await searching.ask('{ workers(query: "врач") { nodes { id } } }')
    assert answer.data == {"workers": None}
    [error] = answer.errors
    assert error["path"] == ["workers", "nodes"]
    assert error["extensions"] == {"code": code, **more}
    assert error["message"] == str(failure)


async def test_without_a_projection_the_registries_answer_still(searching: Searching) -> None:
    searching.search.failing = SearchUnavailable("the projection is not built yet")
    answer = await searching.ask(
        "{ workers(first: 1) { totalCount nodes { lastName } facets(by: [SEX]) { by buckets { count } } }"
        ' found: workers(query: "врач") { nodes { id } } registries { state searchableAsOf } }'
    )
    assert answer.data["workers"] == {
        "totalCount": 300,
        "nodes": [{"lastName": searching.names[0]}],
        "facets": [{"by": "SEX", "buckets": None}],
    }
    assert answer.data["found"] is None
    assert {each["state"] for each in answer.data["registries"]} == {"OK"}
    assert {each["extensions"]["code"] for each in answer.errors} == {"SEARCH_UNAVAILABLE"}
    assert len(answer.errors) == 6


async def test_hits_are_told_while_their_registry_is_away(searching: Searching) -> None:
    for each in searching.executors:
        each.down.add(Registry.WORKERS)
    try:
        answer = await searching.ask(
            '{ workers(query: "врач", first: 2) { totalCount nodes { id } edges { cursor node { id } } } }'
        )
    finally:
        for each in searching.executors:
            each.down.clear()
    found = answer.data["workers"]
    assert found["totalCount"] == 5
    assert found["nodes"] == [None, None]
    assert [each["node"] for each in found["edges"]] == [None, None]
    assert all(each["cursor"] for each in found["edges"])
    assert {each["extensions"]["code"] for each in answer.errors} == {"REGISTRY_UNAVAILABLE"}
    assert len(answer.errors) == 4


async def test_a_hit_that_its_registry_has_no_more_is_told_as_dangling(searching: Searching) -> None:
    searching.search.hits = [Hit(UUID(int=1), ("Никто", "00000000000000"))]
    answer = await searching.ask(
        "{ workers(orderBy: [{by: NAME}]) { nodes { id } edges { matches node { id } } } }"
    )
    assert answer.data["workers"] == {"nodes": [None], "edges": [{"matches": False, "node": None}]}
    assert answer.extensions["dangling"]["references"] == [
        {
            "path": ["workers", "edges", 0, "node"],
            "coordinate": "WorkerEdge.node",
            "reference": "00000000000000",
        }
    ]


DEEP = "where: " + "{and: [" * 6 + "{}" + "]}" * 6
WIDE = "where: {or: [%s]}" % ", ".join(["{sexes: [M]}"] * 51)
LONG = "where: {sexes: [%s]}" % ", ".join(["M"] * 1001)

FAULTS = [
    ("first: 1 last: 1", "give either the argument `first` or `last`, not both"),
    ("last: 0", "argument `last` must be from 1 to 100, but is 0"),
    ("orderBy: []", "orderBy: give from 1 to 4 keys, not 0"),
    (
        'where: {registeredOn: {from: "2020-01-02", to: "2020-01-01"}}',
        "where.registeredOn.from: should not be after `to`, but 2020-01-02 is after 2020-01-01",
    ),
    (
        'where: {employments: {some: {endedOn: {absent: true, to: "2020-01-01"}}}}',
        "where.employments.some.endedOn.absent: give either `absent` or `from` and `to`",
    ),
    (
        'where: {or: [{sexes: [M]}, {licenses: {none: {holderInn: "770000000156"}}}]}',
        "where.or[1].licenses.none.holderInn: give the INN of an organization, 10 digits",
    ),
    (DEEP, "where" + ".and[0]" * 6 + ": filters may stand 6 deep in each other at most"),
    (WIDE, "where.or[50].sexes: one filter may ask by 50 facts and relations at most"),
    (LONG, "where.sexes: give 1000 values at most, not 1001"),
]


@pytest.mark.parametrize(("asked", "message"), FAULTS, ids=range(len(FAULTS)))
async def test_a_wrong_argument_names_its_place_and_what_would_be_right(
    searching: Searching, asked: str, message: str
) -> None:
    answer = await searching.ask("{ workers(%s) { nodes { id } } }" % asked)
    [error] = answer.errors
    assert error["message"] == message
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert not searching.search.pages
    assert not searching.calls


async def test_a_department_is_asked_by_its_global_id(searching: Searching) -> None:
    worker = searching.five[0]["id"]
    refused = await searching.ask(
        '{ workers(where: {employments: {some: {departments: ["%s"]}}}) { nodes { id } } }' % worker, AUDITOR
    )
    assert refused.errors[0]["message"] == (
        "where.employments.some.departments[0]: give the global id of a record of Department, not of Worker"
    )
    assert refused.errors[0]["extensions"]["argument"] == ["where", "employments", "some", "departments", 0]


# Rights


@pytest.mark.parametrize(
    ("asked", "coordinate"),
    [
        ('bornOn: "1980-01-01"', "WorkerWhere.bornOn"),
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
    assert told.subjects == tuple(f"Worker:{_uuid(each)}" for each in searching.five[:2])
    assert told.values == ("WorkerWhere.restrictions", "RestrictionWhere.kinds")


async def test_a_count_tells_of_all_hits(searching: Searching) -> None:
    for field in ("totalCount", "facets(by: [SEX]) { buckets { count } }"):
        await searching.ask(BANNED % ("first: 1", field), EMPLOYER)
        [told] = searching.released
        assert set(told.subjects) == {f"Worker:{_uuid(each)}" for each in searching.five}


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
    assert told.subjects == tuple(f"Worker:{_uuid(each)}" for each in searching.five)
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
