"""The last edge of the routes beside GraphQL's: what nobody foresaw is masked there too."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gateway.faults import refusal
from gateway.transport.reply import refusing_reply


class Masked:
    """The last edge: an exception that nobody foresaw becomes an INTERNAL error with an id."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def send_and_note(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, send_and_note)
        except Exception as error:
            if scope["type"] != "http" or started:
                raise
            await refusing_reply(refusal(error)).response()(scope, receive, send)
