"""The issuer's keys as they are remembered: read again when old, and now and then for an unknown name."""

import asyncio
import time
from collections.abc import Callable

from jose.backends.base import Key

from auth.errors import InvalidToken, KeysUnavailable, TokenFault
from auth.key_sources import KeySource
from auth.keys import Keys, keys_of, without_demo


class KeySet:
    """Keys of one issuer, by `kid` and algorithm.

    All times are in seconds. Keys older than `age` are read anew; if that fails they serve until they are
    `keep` old. The source is asked at most once in `pause`, whatever tokens say.
    """

    def __init__(
        self,
        source: KeySource,
        *,
        demo_allowed: bool,
        age: float = 600,
        keep: float = 3_600,
        pause: float = 10,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._source, self._demo_allowed, self._clock = source, demo_allowed, clock
        self._age, self._keep, self._pause = age, keep, pause
        self._keys: Keys = {}
        self._read_at = self._tried_at = float("-inf")
        self._reading = asyncio.Lock()

    async def key(self, kid: str, algorithm: str) -> Key:
        """The key of this name for this algorithm; InvalidToken or KeysUnavailable without one."""
        if self._older(self._age) or (kid, algorithm) not in self._keys:
            await self._read()
        if self._older(self._keep):
            raise KeysUnavailable
        found = self._keys.get((kid, algorithm))
        if found is None:
            raise InvalidToken(TokenFault.KEY)
        return found

    def _older(self, seconds: float) -> bool:
        return self._clock() - self._read_at > seconds

    async def _read(self) -> None:
        """Read the keys anew, unless somebody has just tried; a failure leaves those that are known."""
        async with self._reading:
            if self._clock() - self._tried_at < self._pause:
                return
            self._tried_at = self._clock()
            try:
                keys = keys_of(await self._source.document())
            except KeysUnavailable:
                return
            self._keys = keys if self._demo_allowed else without_demo(keys)
            self._read_at = self._clock()
