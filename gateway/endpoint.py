"""The one way that every transport takes: who asks, may he ask this, and the answer."""

from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from gateway.errors import ErrorCode
from gateway.faults import RequestError, refusal, refused
from gateway.operation.execution import Answer, Caller, Execution, OperationRequest, is_subscription
from gateway.operation.persisted import PersistedQueries
from gateway.operation.prepare import Preparation, Prepared


class Authenticator(Protocol):
    """Tells who a caller is from his `Authorization` header; without one he is the public."""

    async def authenticate(self, authorization: str | None) -> Any:
        """The principal, with `expires_at`. Raises the errors of auth/errors.py."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """An operation that passed every check that comes before asking."""

    prepared: Prepared
    request: OperationRequest
    caller: Caller

    @property
    def is_subscription(self) -> bool:
        """Whether it has answers, rather than an answer."""
        return is_subscription(self.prepared)


class Endpoint:
    """Admits and answers operations, whatever transport they came by."""

    def __init__(
        self,
        authenticator: Authenticator,
        preparation: Preparation,
        persisted: PersistedQueries,
        execution: Execution,
        *,
        open_introspection: bool,
    ) -> None:
        self._authenticator = authenticator
        self._preparation = preparation
        self._persisted = persisted
        self._execution = execution
        self._open_introspection = open_introspection

    async def caller(self, headers: Mapping[str, str], request_id: str, transport: str) -> Caller:
        """Who asks, by the headers (names in lower case). Raises RequestError."""
        authorization = headers.get("authorization")
        try:
            principal = await self._authenticator.authenticate(authorization)
        except Exception as error:
            raise _challenged(refusal(error)) from error
        return Caller(
            principal,
            request_id,
            transport,
            authenticated=authorization is not None,
            expires_at=principal.expires_at,
            access_mode=headers.get("x-access-mode"),
            access_purpose=headers.get("x-access-purpose"),
        )

    async def admitted(self, request: OperationRequest, caller: Caller) -> Admitted:
        """The operation, parsed, within every limit, and open to this caller. Raises RequestError."""
        text = await self._persisted.text(request.query, request.extensions)
        if text is None:
            raise refused(ErrorCode.BAD_REQUEST, "`query` is missing: it should be a string.")
        prepared = self._preparation.prepared(text, request.operation_name)
        if prepared.guarded and not (caller.authenticated or self._open_introspection):
            told = "The schema and the entities are open to callers with a token only."
            raise refused(ErrorCode.INTROSPECTION_CLOSED, told)
        self._preparation.check_cost(prepared, request.variables)
        await self._persisted.keep(request.query, request.extensions)
        return Admitted(prepared, replace(request, query=text), caller)

    async def answer(self, operation: Admitted) -> Answer:
        """The answer to a query or mutation; a refusal is an answer too."""
        try:
            return await self._execution.answer(operation.prepared, operation.request, operation.caller)
        except Exception as error:  # noqa: BLE001 - the outermost edge: unknown errors are masked here
            return Answer.refusing(refusal(error))

    def answers(self, operation: Admitted) -> AsyncGenerator[Answer, None]:
        """The answers to a subscription. Raises RequestError, at first or midway."""
        return self._execution.answers(operation.prepared, operation.request, operation.caller)


def _challenged(error: RequestError) -> RequestError:
    """The refusal with the header that tells a client to bring a (new) token."""
    if error.status == 401:
        error.headers["WWW-Authenticate"] = 'Bearer realm="svod", error="invalid_token"'
    return error
