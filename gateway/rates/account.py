"""What one caller has left, as this process sees it: two buckets that fill with time."""

from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from gateway.rates.policy import Policy, Rate

_LEFT = b'"requests";r=%d;t=%d, "cost";r=%d;t=%d'


@dataclass(slots=True, eq=False)
class Account:
    """One caller's buckets. The levels are the shared word of a moment, less what was spent here since."""

    key: str
    policy: Policy
    requests: float
    cost: float
    at: float
    """The moment of the levels, by this process's clock."""
    spent_requests: float = 0.0
    """What was spent here and is not told to the others yet."""
    spent_cost: float = 0.0

    def fill(self, now: float) -> None:
        """Bring the levels to this moment."""
        passed = now - self.at
        if passed > 0:
            requests, cost = self.policy.requests, self.policy.cost
            self.requests = min(self.requests + passed * requests.per_second, requests.burst)
            self.cost = min(self.cost + passed * cost.per_second, cost.burst)
            self.at = now

    def affords(self, cost: float) -> bool:
        """Whether one request of this cost is within both levels."""
        return self.requests >= 1 and self.cost >= cost

    def within_slice(self, cost: float) -> bool:
        """Whether one request more may be spent before the others are told."""
        policy = self.policy
        return (
            self.spent_requests + 1 <= policy.requests.slice and self.spent_cost + cost <= policy.cost.slice
        )

    def spend(self, cost: float) -> None:
        """Spend one request of this cost."""
        self.requests -= 1
        self.cost -= cost
        self.spent_requests += 1
        self.spent_cost += cost

    def settle(self, requests: float, cost: float, told: tuple[float, float], now: float) -> None:
        """Take the shared levels as they are after this much of what was spent was told."""
        # What was spent untold while nobody answered is forgiven beyond one bucket, so that it ends.
        self.spent_requests = min(max(self.spent_requests - told[0], 0.0), self.policy.requests.burst)
        self.spent_cost = min(max(self.spent_cost - told[1], 0.0), self.policy.cost.burst)
        self.requests, self.cost = requests - self.spent_requests, cost - self.spent_cost
        self.at = now


class Standing(NamedTuple):
    """What a caller has left after a request, and what the request cost."""

    policy: Policy
    requests: float
    cost: float
    charged: float

    def lines(self) -> list[tuple[bytes, bytes]]:
        """The headers `RateLimit` and `RateLimit-Policy`, by the IETF's draft."""
        policy = self.policy
        left = _LEFT % (*_left(self.requests, policy.requests), *_left(self.cost, policy.cost))
        return [(b"ratelimit", left), policy.line]

    def headers(self) -> dict[str, str]:
        """The same for a refusal."""
        return {name.decode(): value.decode() for name, value in self.lines()}

    @property
    def wait(self) -> float:
        """Seconds after which a request of this cost could be affordable."""
        return max(
            (1 - self.requests) / self.policy.requests.per_second,
            (self.charged - self.cost) / self.policy.cost.per_second,
            0.0,
        )

    @property
    def short_of(self) -> str:
        """Which bucket does not suffice."""
        return "requests" if self.requests < 1 else "cost"


def _left(level: float, rate: Rate) -> tuple[int, int]:
    """What is left, and the seconds until the bucket is full."""
    return max(int(level), 0), ceil((rate.burst - level) / rate.per_second)
