"""The cost of operations: fields times the sizes of the lists they stand in."""

from typing import Any

import pytest

from gateway.limits import Limits
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
        ("{ hello }", {}, 1),
        ("{ hello worker { fullName } }", {}, 1 + 2),
        ("{ a: hello b: hello }", {}, 2),
        # a connection: its pages have the size that `first` states
        (
            "{ workers(first: 5) { totalCount nodes { fullName friend { fullName } } } }",
            {},
            1 + 1 + 1 + 5 * 3,
        ),
        ("{ workers { nodes { fullName } } }", {}, 1 + 1 + PAGE),
        ("{ workers(first: null) { nodes { fullName } } }", {}, 1 + 1 + PAGE),
        # a list: as many as its keys, or the default
        ("{ byIds(ids: [1, 2, 3]) { fullName } }", {}, 1 + 3),
        ("{ worker { organization { branches { oid } } } }", {}, 3 + LIST),
        # variables
        ("query ($n: Int) { workers(first: $n) { nodes { fullName } } }", {"n": 7}, 1 + 1 + 7),
        ("query ($n: Int) { workers(first: $n) { nodes { fullName } } }", {}, 1 + 1 + PAGE),
        ("query ($n: Int = 3) { workers(first: $n) { nodes { fullName } } }", {}, 1 + 1 + 3),
        ("query ($n: Int = 3) { workers(first: $n) { nodes { fullName } } }", {"n": None}, 1 + 1 + 3),
        ("query ($n: Int) { workers(first: $n) { nodes { fullName } } }", {"n": -5}, 1 + 1),
        ("query ($n: Int) { workers(first: $n) { nodes { fullName } } }", {"n": True}, 1 + 1 + PAGE),
        ("query ($ids: [ID!]!) { byIds(ids: $ids) { fullName } }", {"ids": ["a", "b"]}, 1 + 2),
        # lists in lists multiply
        (
            "{ workers(first: 5) { nodes { organization { workers(first: 3) { nodes { fullName } } } } } }",
            {},
            1 + 1 + 5 * (1 + 1 + 1 + 3),
        ),
        # the size of a connection does not reach below its pages
        ("{ workers(first: 5) { nodes { organization { branches { oid } } } } }", {}, 2 + 5 * (2 + LIST)),
        # fragments count where they are spread
        ("{ workers(first: 5) { ...F } } fragment F on Workers { nodes { fullName } }", {}, 1 + 1 + 5),
        ("{ ... on Query { worker { ... { fullName } } } }", {}, 2),
        ("mutation { note }", {}, 1),
        # the schema is of one size, whoever reads it
        ("{ __schema { types { fields { args { name } } } } }", {}, 5),
        ("{ __schema { types { ...T } } } fragment T on __Type { fields { args { name } } }", {}, 5),
        # a federation router states as many entities as it sends
        (
            "query ($r: [_Any!]!) { _entities(representations: $r) { ... on Organization { oid } } }",
            {"r": [{}, {}, {}]},
            1 + 3,
        ),
    ],
)
def test_cost(text: str, variables: dict[str, Any], expected: int) -> None:
    assert cost(text, **variables) == expected
