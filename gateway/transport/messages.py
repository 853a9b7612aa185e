"""The messages of the graphql-transport-ws protocol, each checked before anybody acts on it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from gateway.endpoint import STATED
from gateway.faults import RequestError
from gateway.limits import Limits
from gateway.operation.execution import OperationRequest
from gateway.operation.scrub import scrubbed
from gateway.transport.parameters import json_of, request_of

SUBPROTOCOL = "graphql-transport-ws"
REASON_BYTES = 120
ID_LENGTH = 128


class CloseCode(IntEnum):
    """Why the gateway ends a socket: the protocol's codes, and WebSocket's own for faults of ours."""

    BAD_MESSAGE = 4400
    UNAUTHORIZED = 4401
    FORBIDDEN = 4403
    OTHER_SUBPROTOCOL = 4406
    INIT_TIMEOUT = 4408
    SAME_ID = 4409
    INIT_TWICE = 4429
    OUR_FAULT = 1011
    TRY_LATER = 1013


class Closing(Exception):
    """The socket should be closed, with this code and reason."""

    def __init__(self, code: CloseCode, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = scrubbed(reason).encode()[:REASON_BYTES].decode(errors="ignore")


class MessageType(StrEnum):
    """What a client may send."""

    INIT = "connection_init"
    PING = "ping"
    PONG = "pong"
    SUBSCRIBE = "subscribe"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a client: its type, the operation it is about, and its payload."""

    kind: MessageType
    identity: str = ""
    payload: Mapping[str, Any] | None = None
    request: OperationRequest | None = None


def message_of(text: str | None, limits: Limits) -> Message:
    """The message in a text frame (None: it was a binary one). Raises Closing with 4400."""
    if text is None:
        raise Closing(CloseCode.BAD_MESSAGE, "A message should be a text frame")
    try:
        value = json_of(text, limits, "The message")
    except RequestError as error:
        raise Closing(CloseCode.BAD_MESSAGE, str(error)) from None
    if not isinstance(value, dict):
        raise Closing(CloseCode.BAD_MESSAGE, "A message should be a JSON object")
    kind = _kind(value.get("type"))
    if kind is MessageType.SUBSCRIBE:
        return Message(kind, _identity(value), request=_request(value))
    if kind is MessageType.COMPLETE:
        return Message(kind, _identity(value))
    return Message(kind, payload=_payload(value))


def _kind(value: object) -> MessageType:
    if isinstance(value, str) and value in set(MessageType):
        return MessageType(value)
    raise Closing(CloseCode.BAD_MESSAGE, f"`type` should be one of: {', '.join(MessageType)}")


def _identity(value: Mapping[str, Any]) -> str:
    identity = value.get("id")
    if not isinstance(identity, str) or not 0 < len(identity) <= ID_LENGTH:
        raise Closing(CloseCode.BAD_MESSAGE, f"`id` should be a string of 1 to {ID_LENGTH} characters")
    return identity


def _payload(value: Mapping[str, Any]) -> Mapping[str, Any] | None:
    payload = value.get("payload")
    if payload is not None and not isinstance(payload, dict):
        raise Closing(CloseCode.BAD_MESSAGE, "`payload` should be a JSON object")
    return payload


def _request(value: Mapping[str, Any]) -> OperationRequest:
    try:
        return request_of(value.get("payload"))
    except RequestError as error:
        raise Closing(CloseCode.BAD_MESSAGE, f"In `payload`: {error}") from None


def headers_of(payload: Mapping[str, Any] | None, handshake: Mapping[str, str]) -> dict[str, str]:
    """The headers that tell who asks: those of the handshake, and over them those of `connection_init`."""
    headers = dict(handshake)
    for name, value in (payload or {}).items():
        if name.lower() in STATED:
            if not isinstance(value, str):
                raise Closing(CloseCode.BAD_MESSAGE, f"`{name}` should be a string")
            headers[name.lower()] = value
    return headers
