"""What is wrong with a search, and what of it is answered still."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pytest

from projections.search.errors import (
    BadPosition,
    BadSearch,
    SearchTimedOut,
    SearchTooCostly,
    SearchUnavailable,
)
from projections.search.reader import Hit
from sources.registry import Registry
from tests.queries.searching import AUDITOR, Searching


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
