"""How much a caller may ask in time: for each role a bucket of requests and one of cost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import ceil
from re import compile as pattern

from auth.principal import Role

PUBLIC = "public"
"""The policy of callers without a token, and of those whose token grants no role."""

POLICIES = (PUBLIC, *(role.value for role in Role))
UNLIMITED = "unlimited"
EXAMPLE = "20/s burst 200; cost 10000/s burst 100000"

_RATE = r"(\d{1,9})/(s|min) burst (\d{1,9})"
_TEXT = pattern(rf"{_RATE}; cost {_RATE}")
_SECONDS = {"s": 1, "min": 60}


@dataclass(frozen=True)
class Rate:
    """A bucket: it holds `burst` and gains so much in a second."""

    per_second: float
    burst: int

    @property
    def window(self) -> int:
        """Seconds in which the empty bucket fills."""
        return max(1, ceil(self.burst / self.per_second))

    @cached_property
    def slice(self) -> float:
        """How much of it one process may spend before it tells the others: a tenth."""
        return self.burst / 10


@dataclass(frozen=True)
class Policy:
    """What one role may ask in time."""

    name: str
    requests: Rate
    cost: Rate

    @cached_property
    def line(self) -> tuple[bytes, bytes]:
        """The header `RateLimit-Policy`."""
        rates = (("requests", self.requests), ("cost", self.cost))
        told = ", ".join(f'"{name}";q={rate.burst};w={rate.window}' for name, rate in rates)
        return (b"ratelimit-policy", told.encode())


def policy_of(name: str, text: str) -> Policy | None:
    """The policy that a setting states, None for `unlimited`. Raises ValueError with what would be right."""
    if text == UNLIMITED:
        return None
    match = _TEXT.fullmatch(text)
    if match is None:
        raise ValueError(f"should be like `{EXAMPLE}`, or `{UNLIMITED}`")
    rates = [
        Rate(int(number) / _SECONDS[unit], int(burst))
        for number, unit, burst in (match.group(1, 2, 3), match.group(4, 5, 6))
    ]
    if any(rate.per_second == 0 or rate.burst == 0 for rate in rates):
        raise ValueError("should allow something: no rate and no burst should be 0")
    return Policy(name, *rates)


def most_generous(names: Iterable[str], policies: Mapping[str, Policy | None]) -> Policy | None:
    """Of several roles' policies the one that allows the most; None where one of them is unlimited."""
    chosen = [policies[name] for name in names] or [policies[PUBLIC]]
    bounded = [policy for policy in chosen if policy is not None]
    if len(bounded) < len(chosen):
        return None
    return max(bounded, key=lambda policy: (policy.cost.per_second, policy.requests.per_second, policy.name))
