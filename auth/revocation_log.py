"""The log of revocations in Redis, and the replicas that follow it: who is alive, and how far each has read.

A replica renews its lease with each reading. Whoever revokes waits until every replica whose lease stands has
read so far; one whose lease has ended knows of itself that it must not believe its memory.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from auth.errors import SessionsUnavailable
from auth.revocation import KEPT, Kind, Revocation

LOG: Final = "svod:revocations"
REPLICAS: Final = "svod:replicas"
LEASE_MS: Final = 3_000
"""How long Redis counts a replica as alive after its last renewal."""

START: Final = "0-0"
FORGOTTEN_MS: Final = 3_600_000
ANSWER_SECONDS: Final = 1.5

_RENEW: Final = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f %s', now + ARGV[3], ARGV[2]))
return redis.status_reply('OK')
"""

Failures: Final = (RedisError, OSError, TimeoutError)
"""What a Redis that is away looks like."""


@dataclass(frozen=True, slots=True)
class News:
    """Revocations that were read, and the position after the last of them."""

    revocations: Sequence[Revocation]
    position: str


def sessions_redis(url: str) -> "Redis":
    """A client that says soon when Redis is away: rights wait for it."""
    return Redis.from_url(
        url,
        protocol=2,
        decode_responses=True,
        socket_timeout=ANSWER_SECONDS,
        socket_connect_timeout=ANSWER_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )


class RevocationLog:
    """The log as one replica or one command uses it. SessionsUnavailable when Redis is away."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis

    async def everything(self, replica: str) -> News:
        """All that the log holds, read after this replica was put down as reading it."""
        pipe = self._redis.pipeline(transaction=False)
        pipe.eval(_RENEW, 1, REPLICAS, replica, START, LEASE_MS)
        pipe.xrange(LOG)
        return _news((await self._done(pipe))[1], START)

    async def following(self, replica: str, position: str, wait_ms: int) -> News:
        """What came after the position, after a wait where nothing has; renews the lease first."""
        pipe = self._redis.pipeline(transaction=False)
        pipe.eval(_RENEW, 1, REPLICAS, replica, position, LEASE_MS)
        pipe.xread({LOG: position}, block=wait_ms)
        found = (await self._done(pipe))[1]
        return _news(found[0][1] if found else (), position)

    async def leave(self, replica: str) -> None:
        """Take the replica off the list: nobody need wait for it."""
        await self._done(self._redis.pipeline(transaction=False).hdel(REPLICAS, replica))

    async def append(self, revocation: Revocation) -> str:
        """Write a revocation down; its position. Those that can strike no token any more leave the log."""
        fields: dict[Any, Any] = {
            "kind": revocation.kind.value,
            "mark": revocation.mark,
            "told": revocation.told,
            "at": repr(revocation.at),
        }
        oldest = int((revocation.at - KEPT) * 1_000)
        pipe = self._redis.pipeline(transaction=False)
        pipe.xadd(LOG, fields, minid=f"{oldest}-0", approximate=False)
        return str((await self._done(pipe))[0])

    async def revocations(self) -> Sequence[Revocation]:
        """All that the log holds."""
        pipe = self._redis.pipeline(transaction=False).xrange(LOG)
        return _news((await self._done(pipe))[0], START).revocations

    async def behind(self, position: str) -> tuple[int, int]:
        """How many replicas are alive and have read so far, and how many are alive and have not."""
        pipe = self._redis.pipeline(transaction=True)
        pipe.time()
        pipe.hgetall(REPLICAS)
        (seconds, micros), replicas = await self._done(pipe)
        now = int(seconds) * 1_000 + int(micros) // 1_000
        leases = {name: (int(lease), read) for name, (lease, read) in _split(replicas)}
        alive = [read for lease, read in leases.values() if lease > now]
        gone = [name for name, (lease, _) in leases.items() if lease < now - FORGOTTEN_MS]
        if gone:
            await self._done(self._redis.pipeline(transaction=False).hdel(REPLICAS, *gone))
        late = sum(_order(read) < _order(position) for read in alive)
        return len(alive) - late, late

    async def close(self) -> None:
        """Drop the connections: after a failure there may be half an answer on one."""
        await self._redis.connection_pool.disconnect()

    @staticmethod
    async def _done(pipe: Any) -> list[Any]:
        try:
            found: list[Any] = await pipe.execute()
        except Failures as exc:
            raise SessionsUnavailable from exc
        return found


def _news(entries: Any, position: str) -> News:
    found = [each for _, fields in entries if (each := _revocation(fields)) is not None]
    return News(found, entries[-1][0] if entries else position)


def _revocation(fields: Any) -> Revocation | None:
    """The revocation of an entry; None for one that another version of Svod wrote in other words."""
    try:
        return Revocation(Kind(fields["kind"]), fields["mark"], fields["told"], float(fields["at"]))
    except (ValueError, KeyError):
        return None


def _split(replicas: Any) -> list[tuple[str, tuple[str, str]]]:
    return [(name, (told.split(" ")[0], told.split(" ")[1])) for name, told in replicas.items()]


def _order(position: str) -> tuple[int, int]:
    moment, _, number = position.partition("-")
    return int(moment), int(number or 0)
