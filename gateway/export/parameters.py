"""The parameters of a request for an export: of its query string, a form, or an object in JSON."""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.types import Receive

from gateway.errors import ErrorCode
from gateway.faults import refused
from gateway.limits import Limits
from gateway.transport.body import JSON, media_type, typed_bytes
from gateway.transport.head import Head
from gateway.transport.parameters import json_of

FORM: Final = "application/x-www-form-urlencoded"
MOST_FIELDS: Final = 50


async def parameters(head: Head, receive: Receive, limits: Limits) -> Mapping[str, Any]:
    """What the request gives, by name: texts, or what JSON has. Raises RequestError."""
    in_query = _fields(head.scope["query_string"], "The query string")
    if head.method != "POST":
        return in_query
    if in_query:
        raise refused(ErrorCode.BAD_REQUEST, "The parameters of a POST stand in its body.")
    content = await typed_bytes(head, receive, limits, (JSON, FORM))
    if media_type(head) == FORM:
        return _fields(content, "The body")
    given = json_of(content, limits)
    if not isinstance(given, dict):
        raise refused(ErrorCode.BAD_REQUEST, "The body should be a JSON object with the export's parameters.")
    return given


def _fields(content: bytes, what: str) -> Mapping[str, str]:
    """The fields of a form, each once; an empty one is as if it were not given."""
    try:
        pairs = parse_qsl(
            content.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict"
        )
    except ValueError as exc:
        raise refused(ErrorCode.BAD_REQUEST, f"{what} should be form fields in UTF-8.") from exc
    _check_once([name for name, _ in pairs])
    return {name: value for name, value in pairs if value}


def _check_once(names: Sequence[str]) -> None:
    repeated = next((name for name in names if names.count(name) > 1), None)
    if repeated is not None:
        raise refused(ErrorCode.BAD_REQUEST, f"`{repeated[:100]}` is given more than once.")
