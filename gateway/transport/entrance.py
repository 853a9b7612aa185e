"""Where every request comes in: the steps that all take, then GraphQL's own path or Starlette's routes."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect
from starlette.types import Message, Receive, Scope, Send

from gateway.faults import RequestError, refusal
from gateway.transport.head import Head
from gateway.transport.http import HttpTransport
from gateway.transport.reply import Reply, refusing_reply
from gateway.transport.steps import Step

PATH = "/graphql"


class Entrance:
    """The ASGI application of the gateway."""

    def __init__(self, steps: Sequence[Step], graphql: HttpTransport, routes: Starlette) -> None:
        """`steps` are entered in their order and left in reverse; `routes` answer what is not at the path."""
        self.steps = tuple(steps)
        self.graphql = graphql
        self.routes = routes

    def running(self) -> AbstractAsyncContextManager[Any]:
        """What a server does around its requests: start what is behind, and end it."""
        return self.routes.router.lifespan_context(self.routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = scope["type"]
        if kind == "lifespan":
            await self.routes(scope, receive, send)
            return
        head = Head(scope)
        entered, refused = self._entered(head)
        if refused is not None and kind == "websocket":
            await refused.response()(scope, receive, send)
        elif refused is not None:
            await self._reply(head, refused, entered, receive, send)
        elif kind == "http" and scope["path"] == PATH:
            await self._graphql(head, receive, send)
        else:
            await self.routes(scope, receive, self._leaving(head, send))

    def _entered(self, head: Head) -> tuple[Sequence[Step], Reply | None]:
        """The steps that were entered, and the reply of one that let the request go no further."""
        for at, step in enumerate(self.steps):
            try:
                reply = step.before(head)
            except RequestError as error:
                reply = refusing_reply(error)
            if reply is not None:
                return self.steps[:at], reply
        return self.steps, None

    async def _graphql(self, head: Head, receive: Receive, send: Send) -> None:
        try:
            reply = await self.graphql.reply(head, receive)
        except ClientDisconnect:
            return
        except Exception as error:  # noqa: BLE001 - the outermost edge: unknown errors are masked here
            reply = refusing_reply(refusal(error))
        await self._reply(head, reply, self.steps, receive, send)

    async def _reply(
        self, head: Head, reply: Reply, entered: Sequence[Step], receive: Receive, send: Send
    ) -> None:
        for step in reversed(entered):
            step.after(head, reply.status, reply.headers)
        await reply.send(head, receive, send)

    def _leaving(self, head: Head, send: Send) -> Send:
        """A way out that takes the answer of another application through the steps."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message["headers"] = list(message.get("headers", ()))
                for step in reversed(self.steps):
                    step.after(head, message["status"], headers)
            await send(message)

        return sent
