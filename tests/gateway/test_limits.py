"""Every limit holds on every transport, and names itself with its maximum and what was found."""

from collections.abc import Callable
from typing import Any

import pytest

from gateway.limits import Limits
from gateway.settings import Settings
from tests.gateway.door import Door, opened
from tests.gateway.sockets import connected

LIMITS = Limits.of(Settings(_env_file=None))


def aliases(count: int) -> str:
    return "{ worker { " + " ".join(f"a{n}: fullName" for n in range(count)) + " } }"


def nested(depth: int) -> str:
    return "{ worker { " + "friend { " * (depth - 2) + "fullName" + " }" * depth


def spread_aliases(fragments: int) -> str:
    fragment = "fragment F on Worker { a: fullName b: fullName c: fullName }"
    uses = " ".join(f"f{n}: friend {{ ...F }}" for n in range(fragments))
    return f"{{ worker {{ {uses} }} }} {fragment}"


def doubling(levels: int) -> str:
    chain = " ".join(f"fragment F{n} on Worker {{ ...F{n + 1} ...F{n + 1} }}" for n in range(levels))
    return f"{{ worker {{ ...F0 }} }} {chain} fragment F{levels} on Worker {{ fullName }}"


# What is asked, the limit that refuses it, what was found.
TOO_MUCH: list[tuple[str, str, int | None]] = [
    (aliases(500), "aliases", 500),
    (spread_aliases(30), "aliases", 120),
    (nested(50), "depth", 50),
    ("{ " + "hello " * 21 + "}", "root_fields", 21),
    ("{ ...F ...F ...F } fragment F on Query { " + "hello " * 7 + "}", "root_fields", 21),
    ("{ worker { " + "fullName @skip(if: false) " * 101 + "} }", "directives", 101),
    ("{ worker { " + "fullName " * 2000 + "} }", "fields", 2001),
    (doubling(12), "fields", 1 + 2 * (2**12 - 1) + 1 + 2**12),
    (" ".join(f"query Q{n} {{ hello }}" for n in range(11)), "operations", 11),
    ("{ " + "hello " * 4000 + "}", "tokens", None),
    ("{ hello } " + "#\n" * 4001, "tokens", None),
    ('{ hello(name: "' + "x" * 100_000 + '") }', "document", 100_019),
    ("{ worker { " + "friend { fullName } " * 400 + "} }", "comparisons", None),
    ("{ workers(first: 100000) { nodes { fullName } } }", "cost", 100_001),
    (
        "{ workers { nodes { organization { workers(first: 5000) { nodes { fullName } } } } } }",
        "cost",
        100_061,
    ),
]


def expected(limit: str, found: int | None) -> dict[str, Any]:
    extensions = {"code": "LIMIT_EXCEEDED", "limit": limit, "maximum": getattr(LIMITS, limit)}
    return extensions if found is None else extensions | {"found": found}


@pytest.mark.parametrize(("query", "limit", "found"), TOO_MUCH)
async def test_too_much_is_refused_on_every_transport(
    door: Door, query: str, limit: str, found: int | None
) -> None:
    by_post = await door.ask(query)
    assert by_post.status_code == 400
    assert "data" not in by_post.json()
    error = by_post.json()["errors"][0]
    assert error["extensions"] == expected(limit, found)
    assert f"`{limit}`" in error["message"]
    by_stream = await door.ask(query, headers={"Accept": "text/event-stream"})
    assert f'"limit":"{limit}"' in by_stream.text
    batch = await door.client.post(door.url, json=[{"query": query}])
    assert batch.json()[0]["errors"] == [error]
    async with connected(door) as client:
        await client.init()
        await client.subscribe("1", query)
        assert await client.receive() == {"id": "1", "type": "error", "payload": [error]}


async def test_a_fragments_own_fields_are_at_the_root_only_where_it_is_spread_there(door: Door) -> None:
    fragment = "fragment F on Worker { " + "fullName " * 21 + "}"
    assert "errors" not in (await door.ask(f"{{ worker {{ ...F }} }} {fragment}")).json()


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (aliases(500), "The request has 500 aliases, the limit `aliases` is 100."),
        (nested(50), "The request has 50 levels of nested fields, the limit `depth` is 20."),
        (
            doubling(400),
            "The request has more tokens in its document than the limit `tokens`, which is 4000.",
        ),
        (doubling(100), "The request has more than 10^30 fields and fragments, the limit `fields` is 2000."),
    ],
)
async def test_message_says_the_limit(door: Door, query: str, message: str) -> None:
    assert (await door.ask(query)).json()["errors"][0]["message"] == message


@pytest.mark.parametrize(
    ("within", "beyond", "setting"),
    [
        (aliases, "aliases", {"limit_aliases": 5}),
        (nested, "depth", {"limit_depth": 5}),
    ],
)
async def test_limit_is_a_setting_and_allows_exactly_as_much(
    within: Callable[[int], str], beyond: str, setting: dict[str, Any]
) -> None:
    async with opened(**setting) as door:
        assert (await door.ask(within(5))).status_code == 200
        refused = await door.ask(within(6))
        assert refused.json()["errors"][0]["extensions"]["limit"] == beyond


async def test_body_of_2_mb_is_413(door: Door) -> None:
    response = await door.ask("{ hello } #" + "x" * 2_000_000)
    assert response.status_code == 413
    error = response.json()["errors"][0]
    found = error["extensions"].pop("found")
    assert found > 2_000_000
    assert error == {
        "message": f"The request has {found} bytes in its body, the limit `body` is 1048576.",
        "extensions": {"code": "LIMIT_EXCEEDED", "limit": "body", "maximum": 1_048_576},
    }


async def test_batch_is_limited(door: Door) -> None:
    response = await door.client.post(door.url, json=[{"query": "{ hello }"}] * 11)
    assert response.status_code == 413
    assert response.json()["errors"][0]["message"] == (
        "The request has 11 operations in its batch, the limit `batch` is 10."
    )


@pytest.mark.parametrize("depth", [33, 900, 5_000, 200_000])
async def test_deep_json_is_refused(door: Door, depth: int) -> None:
    body = '{"query": "{ hello }", "variables": {"a": ' + "[" * depth + "]" * depth + "}}"
    response = await door.client.post(door.url, content=body, headers={"Content-Type": "application/json"})
    assert response.status_code == 400
    assert response.json()["errors"][0]["extensions"]["limit"] == "json_depth"


async def test_brackets_in_strings_are_not_depth(door: Door) -> None:
    response = await door.ask("query ($n: String!) { hello(name: $n) }", variables={"n": "[" * 1000})
    assert response.status_code == 200


async def test_cost_takes_list_sizes_from_variables(door: Door) -> None:
    query = "query ($n: Int = 2) { workers(first: $n) { nodes { fullName } } }"
    assert (await door.ask(query)).status_code == 200
    assert (await door.ask(query, variables={"n": 90_000})).status_code == 200
    refused = await door.ask(query, variables={"n": 100_000})
    assert refused.json()["errors"][0]["extensions"]["limit"] == "cost"


async def test_errors_of_validation_are_limited(door: Door) -> None:
    response = await door.ask("{ worker { " + " ".join(f"f{n}" for n in range(200)) + " } }")
    assert len(response.json()["errors"]) == 21
    assert "Too many validation errors" in response.json()["errors"][-1]["message"]


async def test_long_names_do_not_come_back_whole(door: Door) -> None:
    response = await door.ask("{ " + "x" * 50_000 + " }")
    assert len(response.content) < 1_000
