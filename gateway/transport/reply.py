"""What a request gets back over HTTP: a status, headers, and the bytes of JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson
from starlette.responses import Response
from starlette.types import Receive, Send

from gateway.errors import ErrorCode
from gateway.faults import RequestError, refusal
from gateway.operation.execution import Answer
from gateway.transport.accept import Media
from gateway.transport.head import Head, Headers

# In `application/json`, a well-formed request gets 200 whatever GraphQL says of it (the specification's
# compatibility rule); `application/graphql-response+json` tells by the status too.
WELL_FORMED: Final = frozenset(
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

VARY: Final = (b"vary", b"Accept, Authorization")
NO_STORE: Final = (b"cache-control", b"no-store")
CONTENT_TYPES: Final = {media: (b"content-type", f"{media}; charset=utf-8".encode()) for media in Media}


@dataclass(slots=True)
class Reply:
    """One whole answer, ready to be sent."""

    status: int
    headers: Headers
    body: bytes

    async def send(self, head: Head, receive: Receive, send: Send) -> None:  # noqa: ARG002
        """Send it: the client waits for it."""
        await send({"type": "http.response.start", "status": self.status, "headers": self.headers})
        await send({"type": "http.response.body", "body": self.body})

    def response(self) -> Response:
        """The same for an application of Starlette's."""
        response = Response(self.body, self.status)
        response.raw_headers = self.headers
        return response


def answer_reply(answer: Answer, media: Media, *, protected: bool = True) -> Reply:
    """One answer in JSON, with the status that the media type's rules give it."""
    refused = answer.refusal
    if refused is None:
        return json_reply(answer.body(), 200, media, no_store=protected or bool(answer.errors))
    status = 200 if media is Media.JSON and refused.code in WELL_FORMED else refused.status
    return json_reply(answer.body(), status, media, refused.headers)


def refusing_reply(error: RequestError, media: Media = Media.JSON) -> Reply:
    """The answer to a request that is turned away; a stream is refused in JSON."""
    return answer_reply(Answer.refusing(error), Media.JSON if media is Media.EVENTS else media)


def json_reply(
    body: Mapping[str, Any] | Sequence[Any],
    status: int,
    media: Media,
    more: Mapping[str, str] | None = None,
    *,
    no_store: bool = True,
) -> Reply:
    """A body in JSON with its headers; one that JSON cannot hold is masked."""
    try:
        content = orjson.dumps(body)
    except orjson.JSONEncodeError as error:
        masked = refusal(error)
        status, content = masked.status, orjson.dumps(Answer.refusing(masked).body())
    headers = [VARY]
    if more:
        headers += [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in more.items()]
    if no_store:
        headers.append(NO_STORE)
    headers += ((b"content-length", b"%d" % len(content)), CONTENT_TYPES[media])
    return Reply(status, headers, content)
