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
JSON = "application/json"


async def json_bytes(head: Head, receive: Receive, limits: Limits) -> bytes:
    """The bytes of a JSON body. Raises RequestError."""
    return await typed_bytes(head, receive, limits, (JSON,))


async def typed_bytes(head: Head, receive: Receive, limits: Limits, types: tuple[str, ...]) -> bytes:
    """The bytes of a body of one of these media types. Raises RequestError."""
    _check_headers(head, limits, types)
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


def media_type(head: Head) -> str:
    """The body's media type, without parameters; empty where none is told."""
    return (head.value(b"content-type") or "").partition(";")[0].strip().lower()


def _check_headers(head: Head, limits: Limits, types: tuple[str, ...]) -> None:
    _check_type(head.value(b"content-type") or "", types)
    encoding = head.value(b"content-encoding")
    if encoding is not None and encoding.strip().lower() != "identity":
        packed = refused(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The body should not be compressed.")
        packed.headers["Accept-Encoding"] = "identity"
        raise packed
    length = head.value(b"content-length") or ""
    if length.isdecimal():
        within(limits, "body", int(length[:18]))


@lru_cache(maxsize=128)
def _check_type(content_type: str, types: tuple[str, ...]) -> None:
    media, _, parameters = content_type.partition(";")
    if media.strip().lower() not in types:
        told = f"The body should be {' or '.join(f'`{each}`' for each in types)}."
        raise refused(ErrorCode.UNSUPPORTED_MEDIA_TYPE, told)
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
