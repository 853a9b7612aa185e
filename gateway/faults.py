"""How a failure is told: a code and a message, never a raw exception's text.

RequestError
    LimitExceeded (gateway/limits.py): the request asks for more than one request may
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from traceback import extract_tb
from typing import Any
from uuid import uuid4

import structlog
from graphql import GraphQLError
from graphql.language import FormattedSourceLocation

from auth.refusals import AccessDenied
from gateway.errors import STATUSES, ErrorCode, code_of
from gateway.operation.scrub import scrubbed, without_value
from projections.search.errors import BadSearch, SearchTooCostly
from sources.errors import SourceError

LONGEST = 500

log = structlog.get_logger("gateway.errors")


@dataclass(frozen=True, slots=True)
class Fault:
    """One error as it leaves: what GraphQL calls an entry of `errors`."""

    code: ErrorCode
    message: str
    extensions: Mapping[str, Any] = field(default_factory=dict)
    locations: Sequence[FormattedSourceLocation] = ()
    path: Sequence[str | int] = ()

    def formatted(self) -> dict[str, Any]:
        """The entry in the shape of the GraphQL specification, without anything that looks like a SNILS."""
        entry: dict[str, Any] = {"message": _shortened(scrubbed(self.message))}
        if self.locations:
            entry["locations"] = list(self.locations)
        if self.path:
            entry["path"] = list(self.path)
        return entry | {"extensions": {"code": self.code} | dict(self.extensions)}


class RequestError(Exception):
    """A request that gets errors and no data, because it was turned away before anything was asked."""

    def __init__(
        self, faults: Sequence[Fault], *, status: int | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = tuple(faults)
        self.status = status or STATUSES.get(faults[0].code, 400)
        self.headers = dict(headers or {})

    @property
    def code(self) -> ErrorCode:
        """The code of the first fault, which decides what the transport does."""
        return self.faults[0].code

    def formatted(self) -> list[dict[str, Any]]:
        """The `errors` list of the answer."""
        return [fault.formatted() for fault in self.faults]


def refused(code: ErrorCode, message: str, **extensions: Any) -> RequestError:
    """A refusal with a single fault."""
    return RequestError([Fault(code, message, extensions)])


def refusal(error: Exception) -> RequestError:
    """An exception from a lower room as a refusal of the whole request."""
    return error if isinstance(error, RequestError) else RequestError([fault_of(error)])


def request_faults(errors: Iterable[GraphQLError], code: ErrorCode) -> list[Fault]:
    """Faults found before execution: in the text, against the schema, or in the variables."""
    return [_request_fault(error, code) for error in errors]


def execution_faults(errors: Iterable[GraphQLError] | None) -> list[Fault]:
    """Faults found while fields were answered, each at its path."""
    return [fault_of(error) for error in errors or ()]


def fault_of(error: Exception) -> Fault:
    """The fault that a caller sees for an exception; unknown ones are masked and logged under an id."""
    cause = _root_cause(error)
    if isinstance(cause, RequestError):
        first = cause.faults[0]
        return _located(error, first.code, first.message, first.extensions)
    if cause is not None and (code := code_of(cause)) is not None:
        return _located(error, code, str(cause), _details(cause))
    inner = _innermost(error)
    if isinstance(inner, GraphQLError) and (code := _own_code(inner)) is not None:
        return _located(error, code, without_value(inner.message), inner.extensions or {})
    return _masked(error, cause or error)


def _shortened(message: str) -> str:
    """A message may quote names from the query, which can be of any length."""
    return message if len(message) <= LONGEST else message[: LONGEST - 1] + "…"


def _own_code(error: GraphQLError) -> ErrorCode | None:
    """The code that a resolver gave to its GraphQLError, or the one of graphql-core's argument errors."""
    given = (error.extensions or {}).get("code")
    if isinstance(given, str) and given in ErrorCode.__members__:
        return ErrorCode(given)
    if error.original_error is None and error.message.startswith("Argument '"):
        return ErrorCode.BAD_USER_INPUT
    return None


def _root_cause(error: Exception) -> Exception | None:
    """The exception under the wrappers that graphql-core put around it; None when it is its own."""
    inner = _innermost(error)
    return inner.original_error if isinstance(inner, GraphQLError) else inner


def _innermost(error: Exception) -> Exception:
    """The exception itself, or the last of the wrappers around it."""
    while isinstance(error, GraphQLError) and isinstance(error.original_error, GraphQLError):
        error = error.original_error
    return error


def _request_fault(error: GraphQLError, code: ErrorCode) -> Fault:
    """A value that one of our scalars refused is the user's input, wherever it was written."""
    cause = _root_cause(error)
    if cause is None:
        own = ErrorCode.BAD_USER_INPUT if error.original_error else _own_code(error)
        return _located(error, own or code, without_value(error.message))
    known = code_of(cause) or (ErrorCode.BAD_USER_INPUT if isinstance(cause, ValueError) else None)
    if known is None:
        return _masked(error, cause)
    return _located(error, known, without_value(error.message))


def _details(cause: BaseException) -> dict[str, Any]:
    """What the extensions add to the code: the registry at fault, or each coordinate that is refused."""
    match cause:
        case SourceError():
            return {"registry": cause.registry}
        case AccessDenied():
            return {"refusals": [asdict(refusal) for refusal in cause.refusals]}
        case BadSearch():
            return {"argument": list(cause.path)}
        case SearchTooCostly():
            return {"estimate": cause.estimate, "maximum": cause.limit}
    return {}


def _located(
    error: Exception, code: ErrorCode, message: str, extensions: Mapping[str, Any] | None = None
) -> Fault:
    if not isinstance(error, GraphQLError):
        return Fault(code, message, extensions or {})
    locations = [place.formatted for place in error.locations or ()]
    return Fault(code, message, extensions or {}, locations, error.path or ())


def _masked(error: Exception, cause: BaseException) -> Fault:
    """An unknown exception: the caller gets an id, the log gets the class and the place, never the text."""
    identity = uuid4().hex
    frames = [f"{frame.filename}:{frame.lineno}" for frame in extract_tb(cause.__traceback__)[-5:]]
    path = error.path if isinstance(error, GraphQLError) else None
    message = cause.message if isinstance(cause, GraphQLError) else None
    log.error(
        "internal", id=identity, exception=type(cause).__qualname__, frames=frames, path=path, graphql=message
    )
    told = "Something went wrong inside Svod. Quote the id."
    return _located(error, ErrorCode.INTERNAL, told, {"id": identity})
