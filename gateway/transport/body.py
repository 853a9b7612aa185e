"""The body of an HTTP request: JSON in UTF-8, small enough and soon enough."""

import asyncio
from functools import lru_cache

from starlette.requests import ClientDisconnect
from starlette.types import Receive

from gateway.errors import ErrorCode
from gateway.faults import refused
from gateway.limits import LimitExceeded, Limits, within
from gateway.transport.connection import ARRIVED
from gateway.transport.head import Head

ENCODINGS = frozenset({"utf-8", "utf8"})


async def json_bytes(head: Head, receive: Receive, limits: Limits) -> bytes:
    """The bytes of a JSON body. Raises RequestError."""
    _check_headers(head, limits)
    if head.extension(ARRIVED):
        return await _read(receive, limits)
    try:
        async with asyncio.timeout(limits.body_seconds):
            return await _read(receive, limits)
    except TimeoutError:
        seconds = limits.body_seconds
        message = f"The body did not arrive in {seconds:g} seconds, the limit `body_seconds`."
        slow = LimitExceeded("body_seconds", seconds, None, message)
        slow.headers["Connection"] = "close"
        raise slow from None


def _check_headers(head: Head, limits: Limits) -> None:
    _check_type(head.value(b"content-type") or "")
    encoding = head.value(b"content-encoding")
    if encoding is not None and encoding.strip().lower() != "identity":
        packed = refused(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The body should not be compressed.")
        packed.headers["Accept-Encoding"] = "identity"
        raise packed
    length = head.value(b"content-length") or ""
    if length.isdecimal():
        within(limits, "body", int(length[:18]))


@lru_cache(maxsize=128)
def _check_type(content_type: str) -> None:
    media, _, parameters = content_type.partition(";")
    if media.strip().lower() != "application/json":
        raise refused(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The body should be `application/json`.")
    for parameter in parameters.lower().split(";"):
        name, _, value = parameter.strip().partition("=")
        if name == "charset" and value.strip('"') not in ENCODINGS:
            raise refused(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The body's charset should be UTF-8.")


async def _read(receive: Receive, limits: Limits) -> bytes:
    body, more = await _chunk(receive)
    within(limits, "body", len(body))
    if more:
        body = await _rest(bytearray(body), receive, limits)
    if not body:
        raise refused(ErrorCode.BAD_REQUEST, "The body is empty: it should be a JSON object with `query`.")
    return body


async def _rest(body: bytearray, receive: Receive, limits: Limits) -> bytes:
    more = True
    while more:
        chunk, more = await _chunk(receive)
        body += chunk
        within(limits, "body", len(body))
    return bytes(body)


async def _chunk(receive: Receive) -> tuple[bytes, bool]:
    """The next bytes, and whether there are more."""
    message = await receive()
    if message["type"] == "http.disconnect":
        raise ClientDisconnect
    return message.get("body", b""), message.get("more_body", False)
