"""How often one may look for people by what is personal: a bucket for each principal, shared by all replicas.

Whoever may see a SNILS could find out whose each number is by asking for one after the other. The bucket
makes that slow. It is kept in Redis alone: while Redis is away nobody is looked for.
"""

from asyncio import timeout
from hashlib import blake2b
from math import ceil
from typing import Final

from redis.asyncio import Redis
from redis.exceptions import RedisError

from auth.errors import AuthError
from auth.principal import Principal

HOUR: Final = 3600
PATIENCE: Final = 0.5
"""Seconds that Redis has to answer."""

SCRIPT: Final = """
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local most, wanted, window = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local found = redis.call('HMGET', KEYS[1], 'left', 'at')
local passed = math.max(0, now - (tonumber(found[2]) or now))
local left = math.min(most, (tonumber(found[1]) or most) + passed * most / window)
if left < wanted then
  return string.format('%.3f', (wanted - left) * window / most)
end
left = left - wanted
redis.call('HSET', KEYS[1], 'left', string.format('%.6f', left), 'at', string.format('%.6f', now))
redis.call('PEXPIRE', KEYS[1], math.ceil((most - left) * window / most * 1000) + 1000)
return '0'
"""
"""Takes what is wanted where it is left, and says 0; else says in how many seconds it will be."""


class TooManyLookups(AuthError):
    """The principal has looked for more people than he may in an hour; it is said when he may go on."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"too many look-ups by a personal field; the next may be made in {retry_after} s")
        self.retry_after = retry_after


class TooManyAtOnce(AuthError):
    """The operation looks for more people than a principal may look for in an hour: waiting does not help."""

    def __init__(self, maximum: int, found: int) -> None:
        super().__init__(
            f"{found} look-ups by a personal field in one operation; at most {maximum} may be made in an hour"
        )
        self.maximum, self.found = maximum, found


class LookupsUnavailable(AuthError):
    """Look-ups cannot be counted just now, so none is made."""

    def __init__(self) -> None:
        super().__init__("look-ups by a personal field cannot be counted just now")


class Lookups:
    """Counts look-ups: so many in an hour for each principal, and as many at once after a quiet hour."""

    def __init__(self, redis: Redis, per_hour: int) -> None:
        self._script = redis.register_script(SCRIPT)
        self._per_hour = per_hour

    async def count(self, principal: Principal, lookups: int) -> None:
        """Count these look-ups before they are made.

        Raises TooManyAtOnce, TooManyLookups or LookupsUnavailable.
        """
        if lookups > self._per_hour:
            raise TooManyAtOnce(self._per_hour, lookups)
        # A digest: a subject may be anything that names a person.
        key = f"svod:lookups:{blake2b(principal.subject.encode(), digest_size=16).hexdigest()}"
        try:
            async with timeout(PATIENCE):
                wait = float(await self._script([key], [self._per_hour, lookups, HOUR]))
        except (RedisError, OSError) as exc:
            raise LookupsUnavailable from exc
        if wait > 0:
            raise TooManyLookups(max(1, ceil(wait)))
