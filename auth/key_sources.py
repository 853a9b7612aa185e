"""Where the issuer's key set is read from: a file or a URL. The bytes that come are unchecked."""

import asyncio
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urlsplit

import httpx

from auth.errors import KeysUnavailable

_LARGEST: Final = 262_144


class KeySource(Protocol):
    """Where a key set is read from."""

    async def document(self) -> bytes:
        """The key set as it stands now (JWKS, RFC 7517); KeysUnavailable when it cannot be had."""
        ...


class KeyFile:
    """A key set in a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    async def document(self) -> bytes:
        """The file's bytes."""
        try:
            return await asyncio.to_thread(self._path.read_bytes)
        except OSError as exc:
            raise KeysUnavailable from exc


class KeyUrl:
    """A key set behind a URL: no redirects, one deadline (seconds) for all, a bound on its size."""

    def __init__(
        self, url: str, deadline: float = 3.0, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._url, self._deadline, self._transport = url, deadline, transport

    async def document(self) -> bytes:
        """The answer's bytes, if it is 200 and not too large."""
        try:
            async with asyncio.timeout(self._deadline):
                return await self._answer()
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as exc:
            raise KeysUnavailable from exc

    async def _answer(self) -> bytes:
        async with (
            httpx.AsyncClient(transport=self._transport, timeout=self._deadline) as client,
            client.stream("GET", self._url, headers={"Accept": "application/json"}) as response,
        ):
            if response.status_code != httpx.codes.OK:
                raise KeysUnavailable
            answer = bytearray()
            async for part in response.aiter_bytes():
                answer += part
                if len(answer) > _LARGEST:
                    raise KeysUnavailable
            return bytes(answer)


def key_source(jwks: str) -> KeySource:
    """The source that the setting names: `https://…` is a URL, anything else a file."""
    return KeyUrl(jwks) if is_url(jwks) else KeyFile(Path(jwks))


def is_url(jwks: str) -> bool:
    """Whether the setting names a URL rather than a file."""
    return urlsplit(jwks).scheme in ("http", "https")
