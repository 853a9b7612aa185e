"""Documents of an issuer, read over HTTP: no redirects, one deadline for all, a bound on their size."""

import asyncio
from dataclasses import dataclass
from typing import Final

import httpx

from auth.errors import KeysUnavailable

_LARGEST: Final = 262_144


@dataclass(frozen=True, slots=True)
class Documents:
    """Reads documents; `deadline` in seconds. KeysUnavailable when one cannot be had."""

    deadline: float = 3.0
    transport: httpx.AsyncBaseTransport | None = None

    async def document(self, url: str) -> bytes:
        """The answer's bytes, if it is 200 and not too large."""
        try:
            async with asyncio.timeout(self.deadline):
                return await self._answer(url)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as exc:
            raise KeysUnavailable from exc

    async def _answer(self, url: str) -> bytes:
        async with (
            httpx.AsyncClient(transport=self.transport, timeout=self.deadline) as client,
            client.stream("GET", url, headers={"Accept": "application/json"}) as response,
        ):
            if response.status_code != httpx.codes.OK:
                raise KeysUnavailable
            answer = bytearray()
            async for part in response.aiter_bytes():
                answer += part
                if len(answer) > _LARGEST:
                    raise KeysUnavailable
            return bytes(answer)
