"""The cost of operations: weights of fields times the sizes of the lists they stand in."""

from typing import Any

import pytest

from gateway.errors import ErrorCode
from gateway.faults import RequestError
from gateway.limits import Limits
from gateway.operation.cost import Cost
from gateway.operation.prepare import Preparation
from gateway.settings import Settings
from tests.gateway.door import SCHEMA

PREPARATION = Preparation(SCHEMA, Limits.of(Settings(_env_file=None, limit_cost=10**9)))
PAGE = 20  # the schema's default of `first`
LIST = 10  # the setting's default for lists of no stated size


def cost(text: str, **variables: Any) -> int:
    return PREPARATION.check_cost(PREPARATION.prepared(text, None), variables)


@pytest.mark.parametrize(
    ("text", "variables", "expected"),
    [
        # plain values weigh nothing, objects 1, and what has a weight of its own has that
        ("{ hello }", {}, 0),
        ("{ a: hello b: hello __typename }", {}, 0),
        ("{ hello worker { fullName } }", {}, 1),
        ("{ worker { eligibility friend { fullName } } }", {}, 1 + 5 + 1),
        ("{ worker { languages { name } } }", {}, 1 + 3 * 4),
        ("{ sought }", {}, 0),
        ('{ sought(text: "Ив") }', {}, 50),
        ("query ($t: String) { sought(text: $t) }", {}, 50),
        ("{ sought(text: null) }", {}, 0),
        # a connection: its pages have the size that `first` states
        (
            "{ workers(first: 5) { totalCount nodes { fullName friend { fullName } } } }",
            {},
            1 + 10 + 5 * 2,
        ),
        ("{ workers { nodes { fullName } } }", {}, 1 + PAGE),
        ("{ workers(first: null) { nodes { fullName } } }", {}, 1 + PAGE),
        # a list: as many as its keys, or the default
        ("{ byIds(ids: [1, 2, 3]) { fullName } }", {}, 3),
        ("{ worker { organization { branches { oid } } } }", {}, 2 + LIST),
        # of several slicing arguments the largest counts, the default of one that is not given does not
        ("{ both { fullName } }", {}, 2),
        ("{ both(last: 1) { fullName } }", {}, 1),
        ("{ both(first: 3, last: 7) { fullName } }", {}, 7),
        ("query ($n: Int!) { both(first: $n, last: 7) { fullName } }", {"n": 9}, 9),
        ("{ either(last: 4) { fullName } }", {}, 4),
        # variables
        ("query ($n: Int) { workers(first: $n) { nodes { fullName } } }", {"n": 7}, 1 + 7),
        ("query ($n: Int) { workers(first: $n) { nodes { fullName } } }", {}, 1 + PAGE),
        ("query ($n: Int = 3) { workers(first: $n) { nodes { fullName } } }", {}, 1 + 3),
        ("query ($n: Int = 3) { workers(first: $n) { nodes { fullName } } }", {"n": None}, 1 + 3),
        ("query ($n: Int) { workers(first: $n) { nodes { fullName } } }", {"n": -5}, 1),
        ("query ($n: Int) { workers(first: $n) { nodes { fullName } } }", {"n": True}, 1 + PAGE),
        ("query ($ids: [ID!]!) { byIds(ids: $ids) { fullName } }", {"ids": ["a", "b"]}, 2),
        # lists in lists multiply
        (
            "{ workers(first: 5) { nodes { organization { workers(first: 3) { nodes { fullName } } } } } }",
            {},
            1 + 5 * (1 + 1 + 1 + 3),
        ),
        # the size of a connection does not reach below its pages
        ("{ workers(first: 5) { nodes { organization { branches { oid } } } } }", {}, 1 + 5 * (2 + LIST)),
        # fragments count where they are spread
        ("{ workers(first: 5) { ...F } } fragment F on Workers { nodes { fullName } }", {}, 1 + 5),
        ("{ ... on Query { worker { ... { fullName } } } }", {}, 1),
        ("mutation { note }", {}, 10),
        # the schema is of one size, whoever reads it
        ("{ __schema { types { fields { args { name } } } } }", {}, 1000),
        ('{ __type(name: "Worker") { ...T } } fragment T on __Type { fields { args { name } } }', {}, 20),
        # a federation router states as many entities as it sends
        (
            "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Organization { oid } } }",
            {"r": [{}, {}, {}]},
            3,
        ),
    ],
)
def test_cost(text: str, variables: dict[str, Any], expected: int) -> None:
    assert cost(text, **variables) == expected


@pytest.mark.parametrize("text", ["{ either { fullName } }", "{ either(first: 1, last: 1) { fullName } }"])
def test_one_slicing_argument_is_wanted_where_the_schema_says_so(text: str) -> None:
    with pytest.raises(RequestError, match="one of: first, last") as refusal:
        PREPARATION.prepared(text, None)
    assert refusal.value.code is ErrorCode.GRAPHQL_VALIDATION_FAILED


def test_what_no_variable_changes_is_worked_out_beforehand() -> None:
    text = "query ($name: String!) { hello(name: $name) workers(first: 5) { nodes { fullName } } }"
    assert PREPARATION.prepared(text, None).cost == Cost(6)
