"""The buckets that all processes share, in Redis: one script for many accounts, one round trip.

A key is a digest, for it names a person; it holds two levels and their moment, by Redis's clock, and
ends when the buckets would be full.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from redis.asyncio import Redis
from redis.exceptions import RedisError

from gateway.rates.account import Account

SCRIPT = """
local time = redis.call('TIME')
local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
local answers = {}

local function filled(level, burst, rate, passed)
  return math.min(burst, (tonumber(level) or burst) + passed * rate)
end

for i, key in ipairs(KEYS) do
  local given = {}
  for n = 1, 8 do given[n] = tonumber(ARGV[(i - 1) * 8 + n]) end
  local request_rate, request_burst, cost_rate, cost_burst = given[1], given[2], given[3], given[4]
  local found = redis.call('HMGET', key, 'requests', 'cost', 'at')
  local passed = math.max(0, now - (tonumber(found[3]) or now))
  local requests = filled(found[1], request_burst, request_rate, passed) - given[5]
  local cost = filled(found[2], cost_burst, cost_rate, passed) - given[6]
  local taken = 0
  if requests >= given[7] and cost >= given[8] then
    requests, cost, taken = requests - given[7], cost - given[8], 1
  end
  local full = math.max((request_burst - requests) / request_rate, (cost_burst - cost) / cost_rate)
  redis.call('HSET', key, 'requests', string.format('%.4f', requests), 'cost', string.format('%.4f', cost),
    'at', string.format('%.6f', now))
  redis.call('PEXPIRE', key, math.ceil(full * 1000) + 1000)
  answers[#answers + 1] = taken
  answers[#answers + 1] = string.format('%.4f', requests)
  answers[#answers + 1] = string.format('%.4f', cost)
end
return answers
"""
MOST_AT_ONCE = 500
"""Accounts in one call: Redis does nothing else meanwhile."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the ledger is told of an account: what was spent, and what is to be taken if it suffices."""

    account: Account
    spent_requests: float
    spent_cost: float
    take_requests: float = 0.0
    take_cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """What the ledger answers: whether it suffices, and the levels afterwards."""

    taken: bool
    requests: float
    cost: float


class LedgerAway(Exception):
    """The shared ledger does not answer."""


class Ledger(Protocol):
    """The shared ledger."""

    async def lines(self, entries: Sequence[Entry]) -> list[Line]:
        """A line for each entry, all written in one step. Raises LedgerAway."""
        ...


class RedisLedger:
    """The ledger in Redis."""

    def __init__(self, redis: Redis) -> None:
        self._script = redis.register_script(SCRIPT)

    async def lines(self, entries: Sequence[Entry]) -> list[Line]:
        arguments: list[float] = []
        for entry in entries:
            requests, cost = entry.account.policy.requests, entry.account.policy.cost
            arguments += (requests.per_second, requests.burst, cost.per_second, cost.burst)
            arguments += (entry.spent_requests, entry.spent_cost, entry.take_requests, entry.take_cost)
        try:
            told = await self._script([entry.account.key for entry in entries], arguments)
        except (RedisError, OSError) as exc:
            raise LedgerAway from exc
        return [
            Line(taken == 1, float(requests), float(cost))
            for taken, requests, cost in zip(told[::3], told[1::3], told[2::3], strict=True)
        ]
