"""What one caller has left, as this process sees it: two buckets that fill with time."""

from math import ceil
from typing import NamedTuple

from gateway.rates.policy import Policy

_LEFT = b'"requests";r=%d;t=%d, "cost";r=%d;t=%d'


class Account:
    """One caller's buckets. The levels are the shared word of a moment, less what was spent here since."""

    __slots__ = (
        "_cost_burst",
        "_cost_rate",
        "_cost_slice",
        "_request_burst",
        "_request_rate",
        "_request_slice",
        "at",
        "cost",
        "key",
        "policy",
        "requests",
        "spent_cost",
        "spent_requests",
    )

    def __init__(self, key: str, policy: Policy, at: float) -> None:
        """Full at that moment, by this process's clock."""
        self.key, self.policy, self.at = key, policy, at
        # Kept flat: every request comes by here.
        self._request_rate, self._cost_rate = policy.requests.per_second, policy.cost.per_second
        self._request_burst, self._cost_burst = float(policy.requests.burst), float(policy.cost.burst)
        self._request_slice, self._cost_slice = policy.requests.slice, policy.cost.slice
        self.requests, self.cost = self._request_burst, self._cost_burst
        self.spent_requests = self.spent_cost = 0.0
        """What was spent here and is not told to the others yet."""

    def pay(self, cost: float, now: float, *, alone: bool) -> bool | None:
        """Pay for one request, and say whether that could be; None where the others have to be asked first.

        `alone`: nobody can be asked.
        """
        passed = now - self.at
        requests, costs = self.requests + passed * self._request_rate, self.cost + passed * self._cost_rate
        self.at = now
        self.requests = requests = requests if requests < self._request_burst else self._request_burst
        self.cost = costs = costs if costs < self._cost_burst else self._cost_burst
        if requests < 1 or costs < cost:
            return False
        spent_requests, spent_cost = self.spent_requests + 1, self.spent_cost + cost
        if not alone and (spent_requests > self._request_slice or spent_cost > self._cost_slice):
            return None
        self.requests, self.cost = requests - 1, costs - cost
        self.spent_requests, self.spent_cost = spent_requests, spent_cost
        return True

    def owe(self, cost: float) -> None:
        """Spend cost whether or not it is there."""
        self.cost -= cost
        self.spent_cost += cost

    def settle(self, requests: float, cost: float, told: tuple[float, float], now: float) -> None:
        """Take the shared levels as they are after this much of what was spent was told."""
        # What was spent untold while nobody answered is forgiven beyond one bucket, so that it ends.
        self.spent_requests = min(max(self.spent_requests - told[0], 0.0), self._request_burst)
        self.spent_cost = min(max(self.spent_cost - told[1], 0.0), self._cost_burst)
        self.requests, self.cost = requests - self.spent_requests, cost - self.spent_cost
        self.at = now

    def standing(self, charged: float) -> "Standing":
        """What is left after a request that cost so much."""
        return Standing(self.policy, self.requests, self.cost, charged)


class Standing(NamedTuple):
    """What a caller has left after a request, and what the request cost."""

    policy: Policy
    requests: float
    cost: float
    charged: float

    def lines(self) -> list[tuple[bytes, bytes]]:
        """The headers `RateLimit` and `RateLimit-Policy`, by the IETF's draft."""
        policy, requests, cost, _ = self
        of_requests, of_cost = policy.requests, policy.cost
        left = _LEFT % (
            requests if requests > 0 else 0,
            ceil((of_requests.burst - requests) / of_requests.per_second),
            cost if cost > 0 else 0,
            ceil((of_cost.burst - cost) / of_cost.per_second),
        )
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
