"""The head of a request, collected once: what the steps and the transports ask of it."""

from itertools import chain
from typing import Any

from starlette.types import Scope

Headers = list[tuple[bytes, bytes]]
"""Headers as ASGI has them: names in lower case."""


class Head:
    """A request's method, its headers by name, its size, and its id once it has one."""

    __slots__ = ("_first", "_last", "_size", "method", "request_id", "scope")

    def __init__(self, scope: Scope) -> None:
        headers = scope["headers"]
        self.scope = scope
        self.method: str = scope.get("method", "GET")
        self.request_id = ""
        self._last: dict[bytes, bytes] = dict(headers)
        repeated = len(self._last) != len(headers)
        self._first: dict[bytes, bytes] = dict(reversed(headers)) if repeated else self._last
        self._size = len(b"".join(chain.from_iterable(headers))) + 4 * len(headers)

    @property
    def size(self) -> int:
        """The bytes of the request's line and headers, as they stood on the wire."""
        scope = self.scope
        return (
            self._size + len(self.method) + len(scope.get("raw_path", b"")) + len(scope["query_string"]) + 12
        )

    @property
    def address(self) -> str | None:
        """Where the request came from, as our own proxies say or the connection; None on a Unix socket."""
        client = self.scope.get("client")
        return client[0] if client else None

    def value(self, name: bytes) -> str | None:
        """The first header of that name; None when there is none."""
        found = self._first.get(name)
        return None if found is None else found.decode("latin-1")

    def last_value(self, name: bytes) -> str | None:
        """The last header of that name: of those that tell who asks, the last one counts."""
        found = self._last.get(name)
        return None if found is None else found.decode("latin-1")

    def extension(self, name: str) -> Any:
        """What the server tells beside the request under that name; None from another server."""
        extensions = self.scope.get("extensions")
        return None if extensions is None else extensions.get(name)
