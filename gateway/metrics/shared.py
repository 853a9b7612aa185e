"""Metrics of processes that serve on one port: each tells its own into Redis, and any of them tells all."""

import asyncio
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from time import time
from typing import Final

import orjson
from redis.asyncio import Redis
from redis.exceptions import RedisError

TELL_SECONDS: Final = 5.0
OLD_SECONDS: Final = 15.0
PATIENCE_SECONDS: Final = 1.0


class SharedTexts:
    """The texts of all processes of one port of this machine; those that have ended are left out."""

    def __init__(self, redis: Redis, port: int) -> None:
        self._redis = redis
        self._key = f"svod:metrics:{socket.gethostname()}:{port}"

    async def texts(self) -> dict[str, str]:
        """Each process's text, by its number; none of the others while Redis is away."""
        found = {}
        with suppress(RedisError, OSError, TimeoutError):
            async with asyncio.timeout(PATIENCE_SECONDS):
                for process, told in (await self._redis.hgetall(self._key)).items():
                    at, text = orjson.loads(told)
                    if time() - at < OLD_SECONDS:
                        found[process.decode() if isinstance(process, bytes) else str(process)] = text
        return found

    async def tell(self, text: str) -> None:
        """Tell of this process."""
        with suppress(RedisError, OSError, TimeoutError):
            async with asyncio.timeout(PATIENCE_SECONDS), self._redis.pipeline() as pipe:
                pipe.hset(self._key, str(os.getpid()), orjson.dumps([time(), text]))
                pipe.expire(self._key, int(OLD_SECONDS) * 4)
                await pipe.execute()

    async def keep_told(self, text: Callable[[], str]) -> None:
        """Tell of this process, again and again."""
        while True:
            await self.tell(text())
            await asyncio.sleep(TELL_SECONDS)
