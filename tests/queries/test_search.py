"""Searches from argument to answer: pages, cursors, what is asked where, facets, how fresh it all is."""

import datetime as dt

import orjson
import pytest

from auth.principal import PUBLIC
from demo import stories
from gateway.operation.execution import Caller, OperationRequest
from projections.search.condition import Order, Root
from projections.search.errors import SearchTooCostly
from projections.search.reader import Bucket, Hit
from sources.registry import Registry
from tests.queries.conftest import DAY
from tests.queries.searching import Searching, uuid_of

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
    searching.search.hits = [Hit(uuid_of(each), (each["registryNumber"],)) for each in searching.five]
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


async def test_a_text_in_the_query_is_asked_as_one_in_a_variable(searching: Searching) -> None:
    """From its third coming on, a query of this shape is not prepared again."""
    for words in ("врач", "медсестра", "Иванова", "77200000000001"):
        await searching.ask('{ workers(query: "%s", first: 1, last: null) { totalCount } }' % words)
        assert searching.search.counts[-1].text == words


async def test_hits_may_come_in_parts(searching: Searching) -> None:
    text = '{ workers(query: "врач") { totalCount ... @defer { nodes { lastName } } } }'
    who = Caller(PUBLIC, "test", "test")
    for executor in searching.executors:
        endpoint = executor.gateway.endpoint
        admitted = await endpoint.admitted(OperationRequest(text), who)
        parts = [orjson.dumps(part.body()).decode() async for part in endpoint.answers(admitted)]
        assert len(parts) > 1
        assert searching.names[0] not in parts[0]
        assert searching.names[0] in "".join(parts)


async def test_a_listing_is_as_old_as_what_is_counted_with_it(searching: Searching) -> None:
    query = "{ workers(first: 1) { freshness { registry asOf lagSeconds } %s } }"
    searching.search.as_of = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=1)
    asking = searching.executors[0]

    async def told(beside: str) -> dict[str, float]:
        answer = await asking.ask(query % beside)
        return {each["registry"]: each["lagSeconds"] for each in answer.data["workers"]["freshness"]}

    assert await told("nodes { id }") == {"WORKERS": 0}
    assert 1 <= (await told("totalCount"))["WORKERS"] < 10
    assert len(await told("facets(by: [SEX]) { by }")) == 4
    searching.search.as_of -= dt.timedelta(seconds=10)
    assert await told("totalCount") == {"WORKERS": 0}


async def test_a_listing_is_counted_in_the_projection_while_that_is_as_good_as_now(
    searching: Searching,
) -> None:
    query = "{ workers(where: {statuses: [ACTIVE]} first: 1) { totalCount nodes { id } } }"
    searching.search.as_of = dt.datetime.now(dt.UTC)
    assert (await searching.ask(query)).data["workers"]["totalCount"] == 5
    assert searching.calls == {"workers_page": 1}
    assert not searching.search.pages

    searching.search.failing = SearchTooCostly(2, 1)
    registrys = (await searching.ask(query)).data["workers"]["totalCount"]
    assert registrys > 5
    assert searching.calls == {"workers_page": 1, "workers_count": 1}

    searching.search.failing = None
    searching.search.as_of -= dt.timedelta(seconds=11)
    assert (await searching.ask(query)).data["workers"]["totalCount"] == registrys
    assert searching.calls == {"workers_page": 1, "workers_count": 1}
