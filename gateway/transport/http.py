"""GraphQL over HTTP: POST and GET, and the choice between one answer, a batch of them, and a stream."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing, suppress
from typing import Any

import orjson
from graphql import OperationType
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from gateway.endpoint import Admitted, Endpoint
from gateway.errors import ErrorCode
from gateway.faults import RequestError, refusal, refused
from gateway.limits import Limits, within
from gateway.operation.execution import Answer, Caller
from gateway.transport.accept import Media, answer_media
from gateway.transport.body import json_bytes
from gateway.transport.parameters import json_of, request_of
from gateway.transport.sse import EventStream, refusing
from gateway.transport.waiting import unless_gone

# In `application/json`, a well-formed request gets 200 whatever GraphQL says of it (the specification's
# compatibility rule); `application/graphql-response+json` tells by the status too.
WELL_FORMED = frozenset(
    {
        ErrorCode.GRAPHQL_PARSE_FAILED,
        ErrorCode.GRAPHQL_VALIDATION_FAILED,
        ErrorCode.OPERATION_NOT_FOUND,
        ErrorCode.BAD_USER_INPUT,
        ErrorCode.BAD_CURSOR,
        ErrorCode.BAD_ID,
        ErrorCode.PERSISTED_QUERY_NOT_FOUND,
    }
)
PARAMETERS = ("query", "operationName", "variables", "extensions")


class HttpTransport:
    """The ASGI application at `/graphql` for HTTP."""

    def __init__(self, endpoint: Endpoint, limits: Limits, heartbeat: float) -> None:
        self._endpoint = endpoint
        self._limits = limits
        self._heartbeat = heartbeat

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        with suppress(ClientDisconnect):
            response = await self._response(request)
            await response(scope, receive, send)

    async def _response(self, request: Request) -> Response:
        media = Media.JSON
        try:
            _check_method(request)
            media = answer_media(request.headers.get("accept"))
            caller = await self._caller(request, media)
            asked = await self._asked(request)
            return await self._answer(request, media, caller, asked)
        except RequestError as error:
            return json_response(Answer.refusing(error), Media.JSON if media is Media.EVENTS else media)

    async def _caller(self, request: Request, media: Media) -> Caller:
        transport = "sse" if media is Media.EVENTS else "http"
        headers = {name.lower(): value for name, value in request.headers.items()}
        return await self._endpoint.caller(headers, request.state.request_id, transport)

    async def _asked(self, request: Request) -> Any:
        """The JSON that was asked: the body of a POST, the parameters of a GET."""
        if request.method == "POST":
            return json_of(await json_bytes(request, self._limits), self._limits)
        return _query_parameters(request, self._limits)

    async def _answer(self, request: Request, media: Media, caller: Caller, asked: Any) -> Response:
        if isinstance(asked, list):
            return await self._batch(request, media, caller, asked)
        try:
            operation = await self._endpoint.admitted(request_of(asked), caller)
        except RequestError as error:
            if media is Media.EVENTS:
                return self._stream(refusing(error), caller)
            raise
        check_operation(operation, by_get=request.method == "GET")
        if media is Media.EVENTS:
            return self._stream(self._answers(operation), caller)
        if operation.is_subscription:
            told = "A subscription is answered as `text/event-stream` or over a WebSocket."
            raise refused(ErrorCode.NOT_ACCEPTABLE, told)
        answer = await self._unless_gone(request, operation)
        return json_response(answer, media, protected=caller.authenticated)

    def _stream(self, answers: AsyncGenerator[Answer, None], caller: Caller) -> EventStream:
        return EventStream(answers, heartbeat=self._heartbeat, expires_at=caller.expires_at)

    async def _answers(self, operation: Admitted) -> AsyncGenerator[Answer, None]:
        if not operation.is_subscription:
            yield await self._endpoint.answer(operation)
            return
        async with aclosing(self._endpoint.answers(operation)) as answers:
            async for answer in answers:
                yield answer

    async def _batch(self, request: Request, media: Media, caller: Caller, asked: list[Any]) -> Response:
        """The answers to a list of requests, in its order; each fails for itself."""
        if media is Media.EVENTS or not asked:
            raise refused(ErrorCode.BAD_REQUEST, "A batch should be a list of requests, asked for as JSON.")
        within(self._limits, "batch", len(asked))
        answers = [await self._one_of_batch(request, caller, each) for each in asked]
        return _json([answer.body() for answer in answers], 200, media, {}, no_store=True)

    async def _one_of_batch(self, request: Request, caller: Caller, asked: Any) -> Answer:
        try:
            operation = await self._endpoint.admitted(request_of(asked), caller)
            if operation.is_subscription:
                raise refused(ErrorCode.BAD_REQUEST, "A subscription cannot be part of a batch.")
            return await self._unless_gone(request, operation)
        except RequestError as error:
            return Answer.refusing(error)

    async def _unless_gone(self, request: Request, operation: Admitted) -> Answer:
        """The answer; a query whose client hangs up is cancelled, a mutation is carried to its end."""
        if operation.prepared.kind is OperationType.MUTATION:
            return await self._endpoint.answer(operation)
        return await unless_gone(request.receive, self._endpoint.answer(operation))


def _check_method(request: Request) -> None:
    if request.method not in ("GET", "POST"):
        error = refused(ErrorCode.METHOD_NOT_ALLOWED, "GraphQL is asked by POST or GET.")
        error.headers["Allow"] = "GET, POST"
        raise error


def check_operation(operation: Admitted, *, by_get: bool) -> None:
    """Refuses a mutation by GET, which browsers and proxies may repeat or prefetch. Raises RequestError."""
    if by_get and operation.prepared.kind is OperationType.MUTATION:
        error = refused(ErrorCode.METHOD_NOT_ALLOWED, "A mutation is asked by POST only.")
        error.headers["Allow"] = "POST"
        raise error


def _query_parameters(request: Request, limits: Limits) -> dict[str, Any]:
    """The parameters of a GET, with the JSON ones parsed."""
    given: dict[str, Any] = {}
    for name in PARAMETERS:
        values = request.query_params.getlist(name)
        if len(values) > 1:
            raise refused(ErrorCode.BAD_REQUEST, f"`{name}` is given more than once.")
        if values:
            given[name] = values[0]
    for name in ("variables", "extensions"):
        if name in given:
            given[name] = json_of(given[name] or "null", limits, f"`{name}`")
    return given


def json_response(answer: Answer, media: Media, *, protected: bool = True) -> Response:
    """One answer in JSON, with the status that the media type's rules give it."""
    refusal = answer.refusal
    status = 200
    if refusal is not None and not (media is Media.JSON and refusal.code in WELL_FORMED):
        status = refusal.status
    headers = refusal.headers if refusal else {}
    return _json(answer.body(), status, media, headers, no_store=protected or bool(answer.errors))


def _json(
    body: Mapping[str, Any] | Sequence[Any],
    status: int,
    media: Media,
    headers: Mapping[str, str],
    *,
    no_store: bool,
) -> Response:
    extra = {"Vary": "Accept, Authorization"} | dict(headers)
    if no_store:
        extra["Cache-Control"] = "no-store"
    try:
        content = orjson.dumps(body)
    except orjson.JSONEncodeError as error:
        masked = refusal(error)
        status, content = masked.status, orjson.dumps(Answer.refusing(masked).body())
    return Response(content, status, extra, media_type=f"{media}; charset=utf-8")
