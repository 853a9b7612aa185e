"""What a caller is told of a failure: a code from the list, and nothing that he should not read."""

import pytest
from graphql import GraphQLError
from structlog.testing import capture_logs

from auth.errors import AuthError, InvalidToken, KeysUnavailable, TokenFault, UnknownWord
from auth.refusals import Refused
from auth.rights import Reason
from gateway.errors import CODES, STATUSES, ErrorCode
from gateway.faults import Fault, fault_of, refused, request_faults
from gateway.operation.scrub import scrubbed, without_value
from resolvers.errors import BadArgument, BadCursor, BadId
from sources.errors import Nonsense, Overloaded, TimedOut, Unavailable
from sources.registry import Registry
from tests.gateway.door import Door

SNILS = "112-233-445 95"
VARIABLE = (
    "Variable '$a' has invalid value at .b: Expected value of type 'Snils', "
    "but encountered error 'check digit should be 95'"
)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (Unavailable(Registry.WORKERS), ErrorCode.REGISTRY_UNAVAILABLE),
        (Overloaded(Registry.WORKERS), ErrorCode.REGISTRY_UNAVAILABLE),
        (Nonsense(Registry.WORKERS), ErrorCode.REGISTRY_UNAVAILABLE),
        (TimedOut(Registry.WORKERS), ErrorCode.REGISTRY_TIMEOUT),
        (BadArgument("x"), ErrorCode.BAD_USER_INPUT),
        (BadCursor("x"), ErrorCode.BAD_CURSOR),
        (BadId("x"), ErrorCode.BAD_ID),
        (InvalidToken(TokenFault.SIGNATURE), ErrorCode.UNAUTHENTICATED),
        (InvalidToken(TokenFault.EXPIRED), ErrorCode.TOKEN_EXPIRED),
        (KeysUnavailable(), ErrorCode.ISSUER_UNAVAILABLE),
        (UnknownWord("X-Access-Mode", ["filter"]), ErrorCode.BAD_REQUEST),
        (Refused("Query.worker(snils:)", Reason.ROLE), ErrorCode.FORBIDDEN),
        (AuthError("x"), ErrorCode.FORBIDDEN),
        (GraphQLError("x", extensions={"code": "BAD_ID"}), ErrorCode.BAD_ID),
        (GraphQLError("x", extensions={"code": "MADE_UP"}), ErrorCode.INTERNAL),
        (GraphQLError("Argument 'first' has invalid value: x"), ErrorCode.BAD_USER_INPUT),
        (GraphQLError("Cannot return null for non-nullable field A.b."), ErrorCode.INTERNAL),
        (GraphQLError("x", original_error=BadCursor("x")), ErrorCode.BAD_CURSOR),
        (GraphQLError("x", original_error=GraphQLError("y", original_error=BadId("x"))), ErrorCode.BAD_ID),
        (KeyError("x"), ErrorCode.INTERNAL),
        (ValueError("x"), ErrorCode.INTERNAL),
    ],
)
def test_exception_gets_its_code(error: Exception, code: ErrorCode) -> None:
    assert fault_of(error).code is code
    assert fault_of(GraphQLError("wrapped", original_error=error)).code is code


def test_code_that_a_registry_is_at_fault_names_the_registry() -> None:
    assert fault_of(TimedOut(Registry.LICENSES)).formatted() == {
        "message": "registry LICENSES did not answer in time",
        "extensions": {"code": "REGISTRY_TIMEOUT", "registry": "LICENSES"},
    }


def test_unknown_exception_is_masked_and_logged_under_its_id_without_its_text() -> None:
    with capture_logs() as logs:
        fault = fault_of(RuntimeError(f"password=hunter2 {SNILS}"))
    told = fault.formatted()
    assert told["message"] == "Something went wrong inside Svod. Quote the id."
    assert [(line["event"], line["id"], line["exception"]) for line in logs] == [
        ("internal", told["extensions"]["id"], "RuntimeError")
    ]
    assert "hunter2" not in str(logs) + str(told)
    assert SNILS not in str(logs)


def test_every_code_of_the_tables_is_a_code() -> None:
    assert set(CODES.values()) | set(STATUSES) <= set(ErrorCode)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (f"snils {SNILS} is unknown", "snils ***-***-*** ** is unknown"),
        ("11223344595", "***-***-*** **"),
        ("112 233 445 95", "***-***-*** **"),
        ("112\u00a0233\u00a0445\u00a095", "***-***-*** **"),
        ("112–233–445 95", "***-***-*** **"),
        ("1.2.643.5.1.13.13.12.2.77.8888", "1.2.643.5.1.13.13.12.2.77.8888"),
        ("7707083893 and 1027700132195", "7707083893 and 1027700132195"),
    ],
)
def test_what_looks_like_a_snils_is_masked_in_every_message(text: str, clean: str) -> None:
    assert scrubbed(text) == clean
    assert Fault(ErrorCode.BAD_REQUEST, text).formatted()["message"] == clean
    assert refused(ErrorCode.BAD_REQUEST, text).formatted()[0]["message"] == clean


@pytest.mark.parametrize(
    ("message", "clean"),
    [
        ("Int cannot represent non-integer value: 'secret'", "Int cannot represent non-integer value."),
        (f"{VARIABLE}; found: 'secret'.", f"{VARIABLE}."),
        ("Expected 'A' to be an object, found: secret.", "Expected 'A' to be an object."),
        ("Cannot query field 'x' on type 'Query'.", "Cannot query field 'x' on type 'Query'."),
    ],
)
def test_values_are_cut_from_the_messages_of_graphql_core(message: str, clean: str) -> None:
    assert without_value(message) == clean


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("query ($v: Snils) { worker(snils: $v) { fullName } }", SNILS),
        ("query ($v: Snils) { worker(snils: $v) { fullName } }", {"secret": "Anna"}),
        ("query ($v: Int!) { number(of: $v) }", "Anna"),
        ("query ($v: String) { hello(name: $v) }", ["Anna"]),
        ("query ($v: [ID!]!) { byIds(ids: $v) { fullName } }", [{"secret": "Anna"}]),
        ("query ($v: Boolean!) { hello @skip(if: $v) }", "Anna"),
    ],
)
async def test_no_value_of_a_variable_comes_back(door: Door, query: str, value: object) -> None:
    response = await door.ask(query, variables={"v": value})
    assert response.json()["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    for secret in ("Anna", SNILS, "secret"):
        assert secret not in response.text


async def test_fault_of_a_scalar_is_named_in_a_literal_and_in_a_variable(door: Door) -> None:
    literal = await door.ask('{ worker(snils: "112-233-445 96") { fullName } }')
    variable = await door.ask(
        "query ($s: Snils) { worker(snils: $s) { fullName } }", variables={"s": "112-233-445 96"}
    )
    for response in (literal, variable):
        error = response.json()["errors"][0]
        assert error["extensions"] == {"code": "BAD_USER_INPUT"}
        assert error["message"].endswith("'check digit should be 95'.")


def test_failure_inside_a_scalar_is_masked() -> None:
    error = GraphQLError("but encountered error 'hunter2'", original_error=KeyError("hunter2"))
    [fault] = request_faults([error], ErrorCode.BAD_USER_INPUT)
    assert fault.code is ErrorCode.INTERNAL
    assert "hunter2" not in fault.message
