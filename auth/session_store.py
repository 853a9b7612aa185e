"""Sessions in Redis: when each was last used, on whatever replica, by Redis's own clock.

Redis forgets a session once no token of it can be alive; until then it remembers that an idle one has ended.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from redis.asyncio import Redis

from auth.errors import SessionsUnavailable
from auth.revocation import KEPT
from auth.revocation_log import Failures

PREFIX: Final = "svod:session:"

# Each session: how many ms ago it was used here, and whether it may begin. 1: it goes on; 0: it has ended.
_USE: Final = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local idle, kept, found = tonumber(ARGV[1]), tonumber(ARGV[2]), {}
for at, key in ipairs(KEYS) do
    local used = now - tonumber(ARGV[2 * at + 1])
    local last = tonumber(redis.call('GET', key) or '')
    found[at] = 1
    if (last and used - last > idle) or (not last and ARGV[2 * at + 2] == '0') then
        found[at] = 0
    elseif not last or used > last then
        redis.call('SET', key, string.format('%.0f', used), 'EX', kept + math.ceil(idle / 1000))
    end
end
return found
"""

_SINCE: Final = """
local time = redis.call('TIME')
local last = tonumber(redis.call('GET', KEYS[1]) or '')
return last and string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000) - last) or false
"""


@dataclass(frozen=True, slots=True)
class Use:
    """A use of a session, `ago` seconds before now; `begins`: a session that is not there begins with it."""

    session: str
    ago: float
    begins: bool


class SessionStore:
    """When sessions were used. SessionsUnavailable when Redis is away."""

    def __init__(self, redis: "Redis") -> None:
        self._redis = redis

    async def use(self, uses: Sequence[Use], idle: float) -> Sequence[bool]:
        """Note these uses; for each whether its session goes on, rather than having been idle for so long."""
        keys = [PREFIX + use.session for use in uses]
        told = [text for use in uses for text in (int(use.ago * 1_000), int(use.begins))]
        try:
            found: Any = await self._redis.eval(_USE, len(keys), *keys, int(idle * 1_000), KEPT, *told)
        except Failures as exc:
            raise SessionsUnavailable from exc
        return [each == 1 for each in found]

    async def seconds_since_use(self, session: str) -> float:
        """How long ago the session was last used anywhere; endless where nothing is known of it."""
        try:
            found: Any = await self._redis.eval(_SINCE, 1, PREFIX + session)
        except Failures as exc:
            raise SessionsUnavailable from exc
        return float("inf") if found is None else int(found) / 1_000
