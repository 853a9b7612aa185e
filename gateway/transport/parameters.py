"""The parameters of a GraphQL request: bytes to JSON to checked shapes, the same on every transport."""

from collections.abc import Mapping
from typing import Any

import orjson

from gateway.errors import ErrorCode
from gateway.faults import RequestError, refused
from gateway.limits import Limits, over, within
from gateway.operation.execution import OperationRequest

# orjson itself refuses what is deeper.
ORJSON_DEPTH = 1024

DOCUMENT_IDS = ("documentId", "doc_id", "id")
"""GraphQL over HTTP's draft, Relay's, and Relay's of old."""


def json_of(content: bytes | str, limits: Limits, what: str = "The body") -> Any:
    """The JSON value of a body, message or parameter. Raises RequestError."""
    try:
        value = orjson.loads(content)
    except orjson.JSONDecodeError:
        raise _no_json(content, limits, what) from None
    if _brackets(content) > limits.json_depth:
        within(limits, "json_depth", _depth(value))
    return value


def _brackets(content: bytes | str) -> int:
    """The most levels that this text can have, told without a look at its value."""
    if isinstance(content, bytes):
        return content.count(b"{") + content.count(b"[")
    return content.count("{") + content.count("[")


def _no_json(content: bytes | str, limits: Limits, what: str) -> RequestError:
    """What is wrong with a text that is not JSON, and where."""
    try:
        orjson.loads(content.decode("utf-8") if isinstance(content, bytes) else content)
    except UnicodeDecodeError as error:
        told = f"{what} is not valid UTF-8: the fault is at byte {error.start}."
        return refused(ErrorCode.BAD_REQUEST, told)
    except orjson.JSONDecodeError as error:
        if error.msg.startswith("depth limit"):
            return over(limits, "json_depth", ORJSON_DEPTH)
        told = f"{what} is not valid JSON: the fault is at line {error.lineno}, column {error.colno}."
        return refused(ErrorCode.BAD_REQUEST, told)
    raise AssertionError(what)


def request_of(parameters: object) -> OperationRequest:
    """The request that a JSON object states. Raises RequestError."""
    if not isinstance(parameters, dict):
        raise refused(ErrorCode.BAD_REQUEST, "A request should be a JSON object with `query`.")
    query = _string(parameters, "query")
    request = OperationRequest(
        query,
        _string(parameters, "operationName") or None,
        _map(parameters, "variables"),
        _map(parameters, "extensions"),
        None if query is not None else _document_id(parameters),
    )
    if query is None and request.document_id is None and "persistedQuery" not in request.extensions:
        raise refused(ErrorCode.BAD_REQUEST, "`query` is missing: it should be a string.")
    return request


def _document_id(parameters: Mapping[str, Any]) -> str | None:
    """The id in place of a query, by any of the names that clients have for it."""
    return next((given for name in DOCUMENT_IDS if (given := _string(parameters, name)) is not None), None)


def _string(parameters: Mapping[str, Any], name: str) -> str | None:
    value = parameters.get(name)
    if value is not None and not isinstance(value, str):
        raise refused(ErrorCode.BAD_REQUEST, f"`{name}` should be a string.")
    return value


def _map(parameters: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = parameters.get(name)
    if value is not None and not isinstance(value, dict):
        raise refused(ErrorCode.BAD_REQUEST, f"`{name}` should be a JSON object.")
    return value or {}


def _depth(value: object) -> int:
    """How many levels of objects and lists stand in each other."""
    depth = 0
    level = [value]
    while level := [each for each in level if isinstance(each, dict | list)]:
        depth += 1
        level = [item for each in level for item in (each.values() if isinstance(each, dict) else each)]
    return depth
