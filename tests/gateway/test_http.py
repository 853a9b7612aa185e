"""GraphQL over HTTP: methods, media types, statuses, headers, batches, and clients that hang up."""

from typing import Any

import pytest
from graphql import GraphQLError

from auth.errors import UnknownWord
from auth.refusals import AccessDenied, Refusal
from auth.rights import Decision, Reason
from tests.gateway.door import Door, opened
from tests.gateway.raw import post, wired

GRAPHQL = {"Accept": "application/graphql-response+json"}
JSON = {"Accept": "application/json"}


def code(response: Any) -> str:
    """The code of the first error."""
    found: str = response.json()["errors"][0]["extensions"]["code"]
    return found


async def test_post_is_answered(door: Door) -> None:
    response = await door.ask(
        "query Q($n: String!) { hello(name: $n) }", variables={"n": "Анна"}, operationName="Q"
    )
    assert response.status_code == 200
    assert response.json() == {"data": {"hello": "hello Анна"}}
    assert response.headers["content-type"] == "application/graphql-response+json; charset=utf-8"


async def test_get_is_answered(door: Door) -> None:
    given = {
        "query": "query Q($n: String!) { hello(name: $n) }",
        "variables": '{"n": "Анна"}',
        "operationName": "Q",
    }
    response = await door.client.get(door.url, params=given, headers=GRAPHQL)
    assert response.json() == {"data": {"hello": "hello Анна"}}


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"])
async def test_other_method_is_405_with_allow(door: Door, method: str) -> None:
    response = await door.client.request(method, door.url)
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, POST"


@pytest.mark.parametrize("headers", [GRAPHQL, JSON, {"Accept": "text/event-stream"}])
async def test_mutation_by_get_is_405_and_not_executed(door: Door, headers: dict[str, str]) -> None:
    response = await door.client.get(door.url, params={"query": "mutation { note }"}, headers=headers)
    assert (response.status_code, response.headers["allow"], code(response)) == (
        405,
        "POST",
        "METHOD_NOT_ALLOWED",
    )
    assert door.traces.mutations == 0


@pytest.mark.parametrize(
    ("query", "more", "expected"),
    [
        ("{", {}, "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", {}, "GRAPHQL_VALIDATION_FAILED"),
        ("query ($of: Int!) { number(of: $of) }", {"variables": {"of": "x"}}, "BAD_USER_INPUT"),
        ("query ($of: Int!) { number(of: $of) }", {}, "BAD_USER_INPUT"),
        ("query A { hello } query B { hello }", {}, "OPERATION_NOT_FOUND"),
        ("query A { hello }", {"operationName": "B"}, "OPERATION_NOT_FOUND"),
        ("fragment F on Query { hello }", {}, "GRAPHQL_VALIDATION_FAILED"),
    ],
)
async def test_refused_request_has_no_data_and_400_where_the_media_type_allows_it(
    door: Door, query: str, more: dict[str, Any], expected: str
) -> None:
    strict = await door.ask(query, **more)
    assert (strict.status_code, code(strict)) == (400, expected)
    assert "data" not in strict.json()
    legacy = await door.ask(query, **more, headers=JSON)
    assert (legacy.status_code, code(legacy)) == (200, expected)
    assert "data" not in legacy.json()


async def test_field_that_fails_leaves_200_and_data(door: Door) -> None:
    response = await door.ask("{ hello away }")
    assert response.status_code == 200
    assert response.json() == {
        "data": {"hello": "hello world", "away": None},
        "errors": [
            {
                "message": "registry WORKERS is unavailable",
                "locations": [{"line": 1, "column": 9}],
                "path": ["away"],
                "extensions": {"code": "REGISTRY_UNAVAILABLE", "registry": "WORKERS"},
            }
        ],
    }


async def test_null_that_reaches_the_root_is_still_an_answer(door: Door) -> None:
    response = await door.ask("{ brokenNonNull }")
    assert response.status_code == 200
    assert response.json()["data"] is None


@pytest.mark.parametrize(
    "given",
    [
        b"",
        b"null",
        b"1",
        b'"{ hello }"',
        b"{}",
        b'{"query": 1}',
        b'{"query": "{ hello }", "variables": []}',
        b'{"query": "{ hello }", "variables": "{}"}',
        b'{"query": "{ hello }", "extensions": 1}',
        b'{"query": "{ hello }", "operationName": 1}',
        b"{",
        b'{"query": "{ hello }", "variables": {"a": NaN}}',
        b'{"query": "\\ud800"}',
        b"[]",
        b"\xef\xbb\xbf{}",
    ],
)
async def test_malformed_request_is_400(door: Door, given: bytes) -> None:
    headers = {"Content-Type": "application/json"} | GRAPHQL
    response = await door.client.post(door.url, content=given, headers=headers)
    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")
    assert "data" not in response.json()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (b'{"query": "\xff"}', "The body is not valid UTF-8: the fault is at byte 11."),
        (b'{"query": ', "The body is not valid JSON: the fault is at line 1, column 11."),
        (b'{"query": 1}', "`query` should be a string."),
        (b"{}", "`query` is missing: it should be a string."),
        (b"1", "A request should be a JSON object with `query`."),
        (b"", "The body is empty: it should be a JSON object with `query`."),
    ],
)
async def test_malformed_request_is_told_what_is_wrong(door: Door, given: bytes, message: str) -> None:
    response = await door.client.post(door.url, content=given, headers={"Content-Type": "application/json"})
    assert response.status_code == 400
    assert response.json()["errors"] == [{"message": message, "extensions": {"code": "BAD_REQUEST"}}]


async def test_integer_of_5000_digits_is_400(door: Door) -> None:
    body = b'{"query": "query ($of: Int!) { number(of: $of) }", "variables": {"of": ' + b"1" * 5000 + b"}}"
    response = await door.client.post(door.url, content=body, headers={"Content-Type": "application/json"})
    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")
    literal = await door.ask("{ number(of: " + "1" * 5000 + ") }")
    assert (literal.status_code, code(literal)) == (400, "BAD_USER_INPUT")
    assert "the number has too many digits" in literal.text


@pytest.mark.parametrize("digits", [10, 20, 40])
async def test_integer_beyond_32_bits_is_the_users_fault(door: Door, digits: int) -> None:
    body = '{"query": "query ($of: Int!) { number(of: $of) }", "variables": {"of": %s}}' % ("9" * digits)
    headers = {"Content-Type": "application/json"} | GRAPHQL
    response = await door.client.post(door.url, content=body, headers=headers)
    assert (response.status_code, code(response)) == (400, "BAD_USER_INPUT")


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/graphql",
        "application/jsonp",
        "",
        "application/json; charset=utf-16",
        "application/json; charset=latin1",
    ],
)
async def test_other_content_type_is_415(door: Door, content_type: str) -> None:
    response = await door.client.post(
        door.url, content=b'{"query": "{ hello }"}', headers={"Content-Type": content_type}
    )
    assert (response.status_code, code(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")


@pytest.mark.parametrize(
    "content_type", ["application/json; charset=UTF-8", 'Application/JSON;charset="utf-8"']
)
async def test_utf8_may_be_stated(door: Door, content_type: str) -> None:
    response = await door.client.post(
        door.url, content=b'{"query": "{ hello }"}', headers={"Content-Type": content_type}
    )
    assert response.status_code == 200


async def test_compressed_body_is_415_and_told_what_is_accepted(door: Door) -> None:
    headers = {"Content-Type": "application/json", "Content-Encoding": "gzip"}
    response = await door.client.post(door.url, content=b"\x1f\x8b", headers=headers)
    assert (response.status_code, code(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")
    assert response.headers["accept-encoding"] == "identity"


async def test_accept_without_ours_is_406(door: Door) -> None:
    response = await door.ask("{ hello }", headers={"Accept": "text/html"})
    assert (response.status_code, code(response)) == (406, "NOT_ACCEPTABLE")


async def test_subscription_as_json_is_406(door: Door) -> None:
    response = await door.ask("subscription { count(to: 1) }")
    assert (response.status_code, code(response)) == (406, "NOT_ACCEPTABLE")


@pytest.mark.parametrize("name", ["query", "variables", "operationName", "extensions"])
async def test_parameter_given_twice_is_400(door: Door, name: str) -> None:
    pairs: list[tuple[str, str | int | float | bool | None]] = [
        ("query", "{ hello }"),
        (name, "{}"),
        (name, "{}"),
    ]
    response = await door.client.get(door.url, params=pairs)
    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")


@pytest.mark.parametrize("name", ["variables", "extensions"])
async def test_parameter_that_is_no_json_is_400(door: Door, name: str) -> None:
    response = await door.client.get(door.url, params={"query": "{ hello }", name: "{"})
    assert response.status_code == 400
    assert response.json()["errors"][0]["message"].startswith(f"`{name}` is not valid JSON")


async def test_token_that_is_refused_is_401_with_a_challenge(door: Door) -> None:
    for token, expected in (("Bearer wrong", "UNAUTHENTICATED"), ("Bearer expired", "TOKEN_EXPIRED")):
        response = await door.ask("{ hello }", headers={"Authorization": token})
        assert (response.status_code, code(response)) == (401, expected)
        assert response.headers["www-authenticate"] == 'Bearer realm="svod", error="invalid_token"'
        assert response.headers["cache-control"] == "no-store"


async def test_keys_that_cannot_be_had_are_503(door: Door) -> None:
    response = await door.ask("{ hello }", headers={"Authorization": "Bearer keyless"})
    assert (response.status_code, code(response)) == (503, "ISSUER_UNAVAILABLE")


async def test_fault_of_ours_in_authentication_is_masked(door: Door) -> None:
    response = await door.ask("{ hello }", headers={"Authorization": "Bearer broken"})
    assert (response.status_code, code(response)) == (500, "INTERNAL")
    assert "hunter2" not in response.text


async def test_caller_reaches_the_context(door: Door) -> None:
    headers = {"Authorization": "Bearer good", "X-Access-Mode": "reject", "X-Access-Purpose": "complaint"}
    response = await door.ask("{ caller }", headers=headers)
    assert response.json()["data"] == {"caller": "anna http reject complaint"}
    assert response.json()["extensions"] == {"registries": {"WORKERS": {"state": "OK"}}}


async def test_refusal_of_rights_is_403_and_names_what_is_refused(door: Door) -> None:
    door.contexts.refusal = AccessDenied([Refusal("Worker.snils", Decision.WITHHELD, Reason.ROLE)])
    response = await door.ask("{ hello }", headers=JSON)
    assert (response.status_code, code(response)) == (403, "FORBIDDEN")
    assert response.json()["errors"][0]["extensions"]["refusals"] == [
        {"coordinate": "Worker.snils", "decision": Decision.WITHHELD.value, "reason": Reason.ROLE.value}
    ]
    assert "data" not in response.json()


async def test_wrong_word_in_a_header_is_400(door: Door) -> None:
    door.contexts.refusal = UnknownWord("X-Access-Mode", ["filter", "reject"])
    response = await door.ask("{ hello }")
    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")


async def test_context_that_fails_is_masked(door: Door) -> None:
    door.contexts.refusal = GraphQLError("hunter2", original_error=RuntimeError("hunter2"))
    response = await door.ask("{ hello }")
    assert (response.status_code, code(response)) == (500, "INTERNAL")
    assert "hunter2" not in response.text


async def test_answer_that_json_cannot_hold_is_masked(door: Door) -> None:
    response = await door.ask("{ huge }")
    assert (response.status_code, code(response)) == (500, "INTERNAL")


async def test_no_store_on_protected_answers_and_errors_only(door: Door) -> None:
    public = await door.ask("{ hello }")
    protected = await door.ask("{ hello }", headers={"Authorization": "Bearer good"})
    partial = await door.ask("{ away }")
    refused = await door.ask("{", headers=JSON)
    assert "cache-control" not in public.headers
    assert {each.headers["cache-control"] for each in (protected, partial, refused)} == {"no-store"}
    assert "Authorization" in public.headers["vary"]


async def test_headers_tell_nothing_of_the_server(door: Door) -> None:
    response = await door.ask("{ hello }")
    assert "server" not in response.headers
    assert response.headers["x-content-type-options"] == "nosniff"


async def test_batch_is_answered_in_its_order_each_for_itself(door: Door) -> None:
    batch = [
        {"query": "{ hello }"},
        {"query": "{"},
        {"query": "{ away }"},
        1,
        {"query": "subscription { count(to: 1) }"},
    ]
    response = await door.client.post(door.url, json=batch)
    assert response.status_code == 200
    answers = response.json()
    assert answers[0] == {"data": {"hello": "hello world"}}
    assert answers[2]["data"] == {"away": None}
    codes = [
        answer.get("errors", [{"extensions": {"code": None}}])[0]["extensions"]["code"] for answer in answers
    ]
    assert codes == [None, "GRAPHQL_PARSE_FAILED", "REGISTRY_UNAVAILABLE", "BAD_REQUEST", "BAD_REQUEST"]


async def test_batch_by_event_stream_is_refused(door: Door) -> None:
    batch = [{"query": "{ hello }"}]
    response = await door.client.post(door.url, json=batch, headers={"Accept": "text/event-stream"})
    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")


async def test_hanging_up_cancels_a_query(door: Door) -> None:
    async with wired(door) as wire:
        await wire.send(post(b'{"query": "{ slow }"}'))
        await door.until(door.traces.going)
    await door.until(door.traces.ended)
    assert door.traces.cancelled == 1


async def test_hanging_up_does_not_cancel_a_mutation(door: Door) -> None:
    async with wired(door) as wire:
        await wire.send(post(b'{"query": "mutation { write }"}'))
        await door.until(door.traces.going)
    await door.ask("{ hello }")  # a round trip, in which the gateway hears of the end of the other connection
    door.traces.release.set()
    await door.until(door.traces.written)
    assert door.traces.cancelled == 0


async def test_connection_serves_again_after_a_refusal(door: Door) -> None:
    async with wired(door) as wire:
        await wire.send(post(b"["))
        assert (await wire.reply()).status == 400
        await wire.send(post(b'{"query": "{ hello }"}'))
        assert (await wire.reply()).status == 200


@pytest.mark.parametrize(
    "query",
    [
        "{ __schema { queryType { name } } }",
        '{ __type(name: "Query") { name } }',
        "{ _service { sdl } }",
        "{ _entities(representations: []) { __typename } }",
        "{ ...F } fragment F on Query { ... { __schema { queryType { name } } } }",
    ],
)
async def test_closed_introspection_needs_a_token(query: str) -> None:
    async with opened(open_introspection=False) as door:
        refused = await door.ask(query)
        assert (refused.status_code, code(refused)) == (403, "INTROSPECTION_CLOSED")
        assert (await door.ask(query, headers={"Authorization": "Bearer good"})).status_code == 200
        assert (await door.ask("{ __typename hello }")).status_code == 200


async def test_open_introspection_needs_none(door: Door) -> None:
    assert (await door.ask("{ __schema { queryType { name } } }")).status_code == 200


async def test_nothing_is_suggested(door: Door) -> None:
    for query in (
        "{ helo }",
        "{ hello(nam: 1) }",
        "{ ... on Qury { hello } }",
        "query ($a: Strin) { hello(name: $a) }",
    ):
        response = await door.ask(query)
        assert response.status_code == 400
        assert "did you mean" not in response.text.lower()


async def test_hanging_up_cancels_what_came_behind_another_request(door: Door) -> None:
    async with wired(door) as wire:
        await wire.send(post(b'{"query": "{ hello }"}') + post(b'{"query": "{ slow }"}'))
        assert (await wire.reply()).status == 200
        await door.until(door.traces.going)
    await door.until(door.traces.ended)
    assert door.traces.cancelled == 1


async def test_a_connection_works_on_after_each_request(door: Door) -> None:
    """What one request left behind on its connection does not end the next one."""
    async with wired(door) as wire:
        for query in (b"{ hello }", b"{ slow }", b"mutation { write }", b"{ slow }"):
            await wire.send(post(b'{"query": "%s"}' % query))
            door.traces.release.set()
            assert (await wire.reply()).status == 200
    assert door.traces.cancelled == 0
