"""The one way that every transport takes: who asks, may he ask this, and the answer."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from time import perf_counter
from typing import Any, NamedTuple, Protocol

from gateway.errors import ErrorCode
from gateway.faults import RequestError, refusal, refused
from gateway.metrics.requests import OK, REFUSED, Requests, ended_as
from gateway.operation.execution import Answer, Caller, Check, Execution, OperationRequest, is_subscription
from gateway.operation.parts import Parts
from gateway.operation.persisted import PersistedQueries, named
from gateway.operation.prepare import Preparation, Prepared
from gateway.rates.account import Standing
from gateway.rates.rates import Rates
from gateway.trusted.documents import TrustedDocuments


class Authenticator(Protocol):
    """Tells who a caller is from his `Authorization` header; without one he is the public."""

    def known(self, authorization: str | None) -> Any | None:
        """The principal where he can be told at once; None where `authenticate` has to look."""

    async def authenticate(self, authorization: str | None) -> Any:
        """The principal, with `expires_at`. Raises the errors of auth/errors.py."""

    async def ended(self, principal: Any) -> Exception:
        """Why a live connection of his must end, once it must: his token revoked, his session idle."""


STATED = ("authorization", "x-access-mode", "x-access-purpose", "graphql-cost")
REPORT = "report"


class Stated(NamedTuple):
    """What a caller states of himself, as it stands in the headers."""

    authorization: str | None = None
    access_mode: str | None = None
    access_purpose: str | None = None
    cost: str | None = None


def stated(headers: Mapping[str, str]) -> Stated:
    """What headers, their names in lower case, state of the caller."""
    return Stated(*(headers.get(name) for name in STATED))


class Admitted(NamedTuple):
    """An operation that passed every check that comes before asking."""

    prepared: Prepared
    request: OperationRequest
    caller: Caller
    cost: int = 0
    standing: Standing | None = None
    """What the caller has left; None where nothing is counted."""
    started: float = 0.0
    """When it came, by `perf_counter`."""

    @property
    def is_subscription(self) -> bool:
        """Whether it has answers, rather than an answer."""
        return is_subscription(self.prepared)

    @property
    def comes_in_parts(self) -> bool:
        """Whether it asks for its answer in parts. Who wants refusals rather than nulls gets it whole."""
        prepared = self.prepared
        return prepared.whole is not None and not self.caller.rejects and not prepared.introspects

    @property
    def has_answers(self) -> bool:
        """Whether there may be several things to send: answers, or the parts of one."""
        return self.is_subscription or self.comes_in_parts


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
        trusted: TrustedDocuments | None = None,
        rates: Rates | None = None,
        checks: Sequence[Check] = (),
    ) -> None:
        """`checks` stand, in their order, between what is right and its execution."""
        self._trusted = trusted or TrustedDocuments(None, (), schema_is_open=open_introspection)
        self._rates = rates
        self._checks = checks
        self._authenticator = authenticator
        self._preparation = preparation
        self._persisted = persisted
        self._execution = execution
        self._parts = Parts(execution)
        self._open_introspection = open_introspection
        self.requests = Requests()
        """What was asked and how it ended."""

    @property
    def counts_alone(self) -> bool:
        """Whether each process counts requests for itself, because Redis is away."""
        return self._rates is not None and not self._rates.shared

    async def caller(
        self, stated: Stated, request_id: str, transport: str, address: str | None = None
    ) -> Caller:
        """Who asks, by what he states of himself, from which address. Raises RequestError."""
        principal = self._authenticator.known(stated.authorization)
        if principal is None:
            principal = await self._checked(stated.authorization, transport, address)
        elif stated.authorization is not None:
            self.requests.tokens["known"] += 1
        return Caller(
            principal,
            request_id,
            transport,
            stated.authorization is not None,
            principal.expires_at,
            stated.access_mode,
            stated.access_purpose,
            address,
            _tells_cost(stated.cost),
        )

    async def _checked(self, authorization: str | None, transport: str, address: str | None) -> Any:
        """The principal of a token that has to be looked at; a wrong one is charged to its address."""
        started = perf_counter()
        try:
            principal = await self._authenticator.authenticate(authorization)
        except Exception as error:
            challenged = _challenged(refusal(error))
            self.requests.tokens["refused"] += 1
            self.requests.end(transport, REFUSED, challenged.code, started)
            if self._rates is not None:
                await self._rates.take(Caller(None, "", transport, address=address), 0)
            raise challenged from error
        self.requests.tokens["checked"] += 1
        return principal

    async def ended(self, caller: Caller) -> RequestError:
        """Why what lives on of this caller must end, once it must; the end of his token is not told here."""
        return refusal(await self._authenticator.ended(caller.principal))

    async def admitted(self, request: OperationRequest, caller: Caller) -> Admitted:
        """The operation, parsed, within every limit, and open to this caller. Raises RequestError."""
        started = perf_counter()
        try:
            return await self._admitted(request, caller, started)
        except RequestError as error:
            self.requests.end(caller.transport, REFUSED, error.code, started)
            raise

    async def _admitted(self, request: OperationRequest, caller: Caller, started: float) -> Admitted:
        rates, given = self._rates, request.query
        try:
            prepared, request, cost = await self._right(request, caller)
        except RequestError:
            if rates is not None:
                await rates.take(caller, 0)
            raise
        standing = await rates.take(caller, cost) if rates is not None else None
        if request.extensions:
            await self._persisted.keep(given, request.extensions)
        for each in self._checks:
            await each.check(prepared, request, caller)
        return Admitted(prepared, request, caller, cost, standing, started)

    async def _right(
        self, request: OperationRequest, caller: Caller
    ) -> tuple[Prepared, OperationRequest, int]:
        """The operation, the request with its text, and the cost. Raises RequestError."""
        text = await self._persisted.text(request) if named(request) else request.query
        if text is None:
            raise refused(ErrorCode.BAD_REQUEST, "`query` is missing: it should be a string.")
        self._trusted.check_text(text, caller)
        prepared, variables, moved = self._preparation.asked(text, request.operation_name, request.variables)
        if prepared.guarded and not (self._open_introspection or _is_known(caller)):
            told = "The schema and the entities are open to callers with a token only."
            raise refused(ErrorCode.INTROSPECTION_CLOSED, told)
        self._trusted.check(text, prepared.root_fields, caller)
        cost = self._preparation.check_cost(prepared, variables)
        if moved is not None or request.query is not text:
            request = request._replace(query=text, variables=variables, moved=moved)
        return prepared, request, cost

    async def answer(self, operation: Admitted) -> Answer:
        """The answer to a query or mutation; a refusal is an answer too."""
        try:
            answer = await self._execution.answer(operation.prepared, operation.request, operation.caller)
        except Exception as error:  # noqa: BLE001 - the outermost edge: unknown errors are masked here
            answer = Answer.refusing(refusal(error))
        self._end(operation, ended_as(answer))
        if operation.caller.tells_cost:
            told = {"requested": operation.cost, "maximum": self._preparation.most_cost}
            answer.extensions = {**answer.extensions, "cost": told}
        return answer

    def answers(self, operation: Admitted) -> AsyncGenerator[Answer, None]:
        """The answers to a subscription, or the parts of one. Raises RequestError, at first or midway."""
        self._end(operation, OK)
        if operation.comes_in_parts and not operation.is_subscription:
            return self._parts.of(operation.prepared, operation.request, operation.caller)
        return self._paid(operation)

    async def _paid(self, operation: Admitted) -> AsyncGenerator[Answer, None]:
        """The answers to a subscription, each event charged to the caller; none is refused for that."""
        answers = self._execution.answers(operation.prepared, operation.request, operation.caller)
        async with aclosing(answers):
            async for answer in answers:
                yield answer
                if self._rates is not None:
                    self._rates.charge(operation.caller, operation.cost)

    def _end(self, operation: Admitted, code: str) -> None:
        kind = operation.prepared.kind.value
        self.requests.end(operation.caller.transport, kind, code, operation.started)


def _is_known(caller: Caller) -> bool:
    """Whether he came with a token, and nobody has to fear that it is revoked."""
    return caller.authenticated and not caller.principal.is_unchecked


def _challenged(error: RequestError) -> RequestError:
    """The refusal with the header that tells a client to bring a (new) token."""
    if error.status == 401:
        error.headers["WWW-Authenticate"] = 'Bearer realm="svod", error="invalid_token"'
    return error


def _tells_cost(stated: str | None) -> bool:
    """Whether the caller wants to be told what an operation costs."""
    if stated is None:
        return False
    if stated.strip().lower() != REPORT:
        raise refused(ErrorCode.BAD_REQUEST, f"`GraphQL-Cost` should be `{REPORT}`.")
    return True
