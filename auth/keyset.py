"""The issuer's keys as they are remembered: read again when old, and now and then for an unknown name."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from jose.backends.base import Key

from auth.errors import InvalidToken, KeysUnavailable, TokenFault
from auth.key_sources import KeySource
from auth.keys import Keys, keys_of, without_demo

LONGEST_NAME: Final = 256
"""Characters of the longest name of a key that is looked up."""

MOST_UNKNOWN: Final = 1_000
"""Names remembered as unknown; the one remembered for longest leaves first."""


class KeySet:
    """Keys of one issuer, by `kid` and algorithm.

    All times are in seconds. Keys are read anew when they are `age` old; while that fails they serve until
    they are `keep` old. The source is asked at most once in `pause`, whatever tokens say, and at most once in
    `ignore` for the same unknown name. A key is honoured until a reading no longer has it.
    """

    def __init__(
        self,
        source: KeySource,
        *,
        demo_allowed: bool,
        age: float = 300,
        keep: float = 3_600,
        pause: float = 10,
        ignore: float = 60,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._source, self._demo_allowed, self._clock = source, demo_allowed, clock
        self._age, self._keep, self._pause, self._ignore = age, keep, pause, ignore
        self._keys: Keys = {}
        self._unknown: OrderedDict[tuple[str, str], float] = OrderedDict()
        self._read_at = self._tried_at = float("-inf")
        self._reading = asyncio.Lock()

    async def key(self, kid: str, algorithm: str) -> Key:
        """The key of this name for this algorithm; InvalidToken or KeysUnavailable without one."""
        name, asked_at = (kid, algorithm), self._clock()
        if self._is_worth_reading(name):
            await self._read()
        if self._older(self._keep):
            raise KeysUnavailable
        found = self._keys.get(name)
        if found is None:
            if self._read_at >= asked_at:
                self._note_unknown(name)
            raise InvalidToken(TokenFault.KEY)
        return found

    async def keep_fresh(self) -> None:
        """Read the keys now and whenever they are old, for ever: then no request has to wait for it."""
        while True:
            await self._read()
            await asyncio.sleep(self._pause if self._older(self._age / 2) else self._age)

    def _is_worth_reading(self, name: tuple[str, str]) -> bool:
        if name in self._keys:
            # Whoever brings a known key does not wait while the issuer is away: that has just been tried.
            return self._older(self._age) and self._clock() - self._tried_at >= 2 * self._pause
        if self._older(self._age):
            return True
        return len(name[0]) <= LONGEST_NAME and self._clock() >= self._unknown.get(name, float("-inf"))

    def _note_unknown(self, name: tuple[str, str]) -> None:
        """Remember a name that a reading made for it does not have."""
        if len(name[0]) <= LONGEST_NAME:
            self._unknown[name] = self._clock() + self._ignore
            self._unknown.move_to_end(name)
        if len(self._unknown) > MOST_UNKNOWN:
            self._unknown.popitem(last=False)

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
