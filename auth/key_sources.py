"""Where the issuer's key set is read from: a file, a URL, or what discovery finds. Bytes are unchecked."""

import asyncio
from pathlib import Path
from typing import Protocol

import httpx

from auth.addresses import is_url
from auth.discovery import DiscoveredKeys
from auth.documents import Documents
from auth.errors import KeysUnavailable
from auth.issuer import Issuer


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
    """A key set behind a URL."""

    def __init__(
        self, url: str, deadline: float = 3.0, transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        self._url, self._documents = url, Documents(deadline, transport)

    async def document(self) -> bytes:
        """The answer's bytes."""
        return await self._documents.document(self._url)


def key_source(issuer: Issuer) -> KeySource:
    """Where this issuer's keys are: his setting's URL or file; without one, where discovery leads."""
    if issuer.jwks is None:
        return DiscoveredKeys(issuer.name, Documents())
    return KeyUrl(issuer.jwks) if is_url(issuer.jwks) else KeyFile(Path(issuer.jwks))
