"""The body of an HTTP request: JSON in UTF-8, small enough and soon enough."""

import asyncio

from starlette.requests import Request

from gateway.errors import ErrorCode
from gateway.faults import refused
from gateway.limits import LimitExceeded, Limits, within

ENCODINGS = frozenset({"utf-8", "utf8"})


async def json_bytes(request: Request, limits: Limits) -> bytes:
    """The bytes of a JSON body. Raises RequestError."""
    _check_headers(request, limits)
    try:
        async with asyncio.timeout(limits.body_seconds):
            return await _read(request, limits)
    except TimeoutError:
        seconds = limits.body_seconds
        message = f"The body did not arrive in {seconds:g} seconds, the limit `body_seconds`."
        slow = LimitExceeded("body_seconds", seconds, None, message)
        slow.headers["Connection"] = "close"
        raise slow from None


def _check_headers(request: Request, limits: Limits) -> None:
    media, _, parameters = request.headers.get("content-type", "").partition(";")
    if media.strip().lower() != "application/json":
        raise refused(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The body should be `application/json`.")
    for parameter in parameters.lower().split(";"):
        name, _, value = parameter.strip().partition("=")
        if name == "charset" and value.strip('"') not in ENCODINGS:
            raise refused(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The body's charset should be UTF-8.")
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        packed = refused(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "The body should not be compressed.")
        packed.headers["Accept-Encoding"] = "identity"
        raise packed
    length = request.headers.get("content-length", "")
    if length.isdecimal():
        within(limits, "body", int(length[:18]))


async def _read(request: Request, limits: Limits) -> bytes:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        within(limits, "body", len(body))
    if not body:
        raise refused(ErrorCode.BAD_REQUEST, "The body is empty: it should be a JSON object with `query`.")
    return bytes(body)
