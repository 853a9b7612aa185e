"""GraphQL over HTTP: POST and GET, and the choice between one answer, a batch of them, and a stream."""

from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from functools import partial
from time import monotonic
from typing import Any

from graphql import OperationType
from starlette.datastructures import QueryParams
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from gateway.endpoint import Admitted, Endpoint, Stated
from gateway.errors import ErrorCode
from gateway.faults import RequestError, refused
from gateway.limits import Limits, within
from gateway.operation.execution import Answer, Caller
from gateway.transport.accept import Media, answer_media
from gateway.transport.body import json_bytes
from gateway.transport.head import Head
from gateway.transport.multipart import PartStream, Shape, parts_shape
from gateway.transport.parameters import DOCUMENT_IDS, json_of, request_of
from gateway.transport.reply import Reply, answer_reply, json_reply, refusing_reply
from gateway.transport.sse import EventStream, refusing
from gateway.transport.waiting import unless_gone

SLOW_SECONDS = 0.01
WHO = (b"authorization", b"x-access-mode", b"x-access-purpose", b"graphql-cost")
PARAMETERS = ("query", "operationName", "variables", "extensions", *DOCUMENT_IDS)


class HttpTransport:
    """What answers at `/graphql` over HTTP."""

    def __init__(self, endpoint: Endpoint, limits: Limits, heartbeat: float) -> None:
        self._endpoint = endpoint
        self._limits = limits
        self._heartbeat = heartbeat

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The same as a route of Starlette's, where the gateway is mounted below another path."""
        head = Head(scope)
        head.request_id = scope["state"]["request_id"]
        with suppress(ClientDisconnect):
            reply = await self.reply(head, receive)
            await reply.send(head, receive, send)

    async def reply(self, head: Head, receive: Receive) -> Reply:
        """The reply to a request. Raises ClientDisconnect when nobody waits for it any more."""
        media = Media.JSON
        try:
            _check_method(head)
            media = answer_media(head.value(b"accept"))
            caller, at = await self._caller(head, media), monotonic()
            asked = await self._asked(head, receive)
            if monotonic() - at > SLOW_SECONDS:  # a token may have been revoked while its body arrived
                caller = await self._caller(head, media)
            return await self._answer(head, receive, media, caller, asked)
        except RequestError as error:
            return refusing_reply(error, media)

    async def _caller(self, head: Head, media: Media) -> Caller:
        stated = Stated(*map(head.last_value, WHO))
        transport = "sse" if media is Media.EVENTS else "http"
        return await self._endpoint.caller(stated, head.request_id, transport, head.address)

    async def _asked(self, head: Head, receive: Receive) -> Any:
        """The JSON that was asked: the body of a POST, the parameters of a GET."""
        if head.method == "POST":
            return json_of(await json_bytes(head, receive, self._limits), self._limits)
        return _query_parameters(head, self._limits)

    async def _answer(self, head: Head, receive: Receive, media: Media, caller: Caller, asked: Any) -> Reply:
        if isinstance(asked, list):
            return await self._batch(head, receive, media, caller, asked)
        try:
            operation = await self._endpoint.admitted(request_of(asked), caller)
        except RequestError as error:
            if media is Media.EVENTS:
                return self._stream(refusing(error), caller)
            raise
        check_operation(operation, by_get=head.method == "GET")
        if media is Media.EVENTS:
            return _standing(self._stream(self._answers(operation), caller), operation)
        if operation.is_subscription:
            told = "A subscription is answered as `text/event-stream` or over a WebSocket."
            raise refused(ErrorCode.NOT_ACCEPTABLE, told)
        if operation.comes_in_parts and (shape := parts_shape(head.value(b"accept"))):
            return _standing(self._parts(operation, shape), operation)
        answer = await self._unless_gone(head, receive, operation)
        return _standing(answer_reply(answer, media, protected=caller.authenticated), operation)

    def _stream(self, answers: AsyncGenerator[Answer, None], caller: Caller) -> EventStream:
        ended = partial(self._endpoint.ended, caller)
        return EventStream(answers, heartbeat=self._heartbeat, expires_at=caller.expires_at, ended=ended)

    def _parts(self, operation: Admitted, shape: Shape) -> PartStream:
        caller, ended = operation.caller, partial(self._endpoint.ended, operation.caller)
        answers = self._endpoint.answers(operation)
        return PartStream(answers, shape, expires_at=caller.expires_at, ended=ended)

    async def _answers(self, operation: Admitted) -> AsyncGenerator[Answer, None]:
        if not operation.has_answers:
            yield await self._endpoint.answer(operation)
            return
        async with aclosing(self._endpoint.answers(operation)) as answers:
            async for answer in answers:
                yield answer

    async def _batch(
        self, head: Head, receive: Receive, media: Media, caller: Caller, asked: list[Any]
    ) -> Reply:
        """The answers to a list of requests, in its order; each fails for itself."""
        if media is Media.EVENTS or not asked:
            raise refused(ErrorCode.BAD_REQUEST, "A batch should be a list of requests, asked for as JSON.")
        within(self._limits, "batch", len(asked))
        answers, last = [], None
        for each in asked:
            answer, operation = await self._one_of_batch(head, receive, caller, each)
            answers.append(answer.body())
            last = operation or last
        reply = json_reply(answers, 200, media)
        return _standing(reply, last) if last is not None else reply

    async def _one_of_batch(
        self, head: Head, receive: Receive, caller: Caller, asked: Any
    ) -> tuple[Answer, Admitted | None]:
        try:
            operation = await self._endpoint.admitted(request_of(asked), caller)
            if operation.is_subscription:
                raise refused(ErrorCode.BAD_REQUEST, "A subscription cannot be part of a batch.")
            return await self._unless_gone(head, receive, operation), operation
        except RequestError as error:
            return Answer.refusing(error), None

    async def _unless_gone(self, head: Head, receive: Receive, operation: Admitted) -> Answer:
        """The answer; a query whose client hangs up is cancelled, a mutation is carried to its end."""
        answer = self._endpoint.answer(operation)
        if operation.prepared.kind is OperationType.MUTATION:
            return await answer
        return await unless_gone(head, receive, answer)


def _standing(reply: Reply, operation: Admitted) -> Reply:
    """The reply with what the caller has left."""
    if operation.standing is not None:
        reply.headers += operation.standing.lines()
    return reply


def _check_method(head: Head) -> None:
    if head.method not in ("GET", "POST"):
        error = refused(ErrorCode.METHOD_NOT_ALLOWED, "GraphQL is asked by POST or GET.")
        error.headers["Allow"] = "GET, POST"
        raise error


def check_operation(operation: Admitted, *, by_get: bool) -> None:
    """Refuses a mutation by GET, which browsers and proxies may repeat or prefetch. Raises RequestError."""
    if by_get and operation.prepared.kind is OperationType.MUTATION:
        error = refused(ErrorCode.METHOD_NOT_ALLOWED, "A mutation is asked by POST only.")
        error.headers["Allow"] = "POST"
        raise error


def _query_parameters(head: Head, limits: Limits) -> dict[str, Any]:
    """The parameters of a GET, with the JSON ones parsed."""
    query = QueryParams(head.scope["query_string"])
    given: dict[str, Any] = {}
    for name in PARAMETERS:
        values = query.getlist(name)
        if len(values) > 1:
            raise refused(ErrorCode.BAD_REQUEST, f"`{name}` is given more than once.")
        if values:
            given[name] = values[0]
    for name in ("variables", "extensions"):
        if name in given:
            given[name] = json_of(given[name] or "null", limits, f"`{name}`")
    return given
