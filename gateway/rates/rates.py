"""Requests and cost in time: every caller has two buckets that all processes of the gateway share.

A process spends a tenth of a bucket by itself and tells Redis ten times in a second, of all callers at
once; what would go beyond the tenth is asked of Redis first. So n processes together never give more than
the bucket and n tenths of it (docs/adr/0014). While Redis is away each process counts for itself.
"""

import asyncio
from collections import Counter, OrderedDict
from collections.abc import Mapping
from hashlib import blake2b
from math import ceil
from time import monotonic
from typing import Any, Protocol

import structlog

from gateway.errors import ErrorCode
from gateway.faults import Fault, RequestError
from gateway.rates.account import Account, Standing
from gateway.rates.address import network
from gateway.rates.ledger import MOST_AT_ONCE, Entry, Ledger, LedgerAway, Line
from gateway.rates.policy import Policy, most_generous

SETTLE_SECONDS = 0.1
PATIENCE_SECONDS = 1.0
AWAY_SECONDS = 1.0
MOST_ACCOUNTS = 50_000

log = structlog.get_logger("gateway.rates")


class Payer(Protocol):
    """Who pays for a request: the principal of a token, and the public by its address."""

    @property
    def principal(self) -> Any:
        """With `subject`, `grants` and `roles`."""

    @property
    def authenticated(self) -> bool:
        """Whether a token said who it is."""

    @property
    def address(self) -> str | None:
        """Where the request came from, None where that is not known."""


class RateExceeded(RequestError):
    """The caller has asked more than his role may in this time."""

    def __init__(self, standing: Standing) -> None:
        seconds = max(1, ceil(standing.wait))
        told = f"Too much was asked in a short time: the limit of {standing.short_of} is used up."
        extensions = {"limit": standing.short_of, "policy": standing.policy.name, "retryAfter": seconds}
        super().__init__(
            [Fault(ErrorCode.RATE_EXCEEDED, told, extensions)],
            headers={"Retry-After": str(seconds)} | standing.headers(),
        )


class Rates:
    """Every caller's account, as this process sees it."""

    def __init__(self, policies: Mapping[str, Policy | None], ledger: Ledger) -> None:
        self._policies = policies
        self._ledger = ledger
        self._accounts: OrderedDict[object, Account] = OrderedDict()
        self._unsettled: dict[Account, None] = {}
        self._waiting: list[tuple[Entry, asyncio.Future[Line | None]]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._settling: asyncio.Task[None] | None = None
        self._away_until = 0.0
        self.shared = True
        """Whether the buckets are shared just now; else each process counts for itself."""
        self.refusals: Counter[tuple[str, str]] = Counter()
        """How often each policy has refused, and for want of what."""

    def __len__(self) -> int:
        return len(self._accounts)

    async def take(self, payer: Payer, cost: float) -> Standing | None:
        """Charge a request; what is left, None for the unlimited. Raises RateExceeded."""
        account = self._account(payer)
        if account is None:
            return None
        # What costs more than a bucket holds takes all of it.
        charged = min(cost, account.policy.cost.burst)
        # While Redis is away nobody waits for it: what is spent is told when it is back.
        paid = account.pay(charged, monotonic(), alone=not self.shared)
        if paid:
            self._tell_later(account)
            return account.standing(charged)
        if paid is None and await self._asked(account, charged):
            return account.standing(charged)
        standing = account.standing(charged)
        self.refusals[account.policy.name, standing.short_of] += 1
        raise RateExceeded(standing)

    def charge(self, payer: Payer, cost: float) -> None:
        """Charge what is not refused, as an event is: who has too little left owes it."""
        account = self._account(payer)
        if account is not None:
            account.owe(min(cost, account.policy.cost.burst))
            self._tell_later(account)

    async def settle(self) -> None:
        """Tell the others now what was spent here."""
        self._begin()
        while self._settling is not None:
            await self._settling

    async def close(self) -> None:
        """Tell the others what was spent here, and end."""
        await self.settle()
        if self._timer is not None:
            self._timer.cancel()

    def _account(self, payer: Payer) -> Account | None:
        principal = payer.principal
        key: object = (principal.subject, principal.grants) if payer.authenticated else network(payer.address)
        account = self._accounts.get(key)
        if account is not None:
            self._accounts.move_to_end(key)
            return account
        roles = principal.roles if payer.authenticated else ()
        policy = most_generous(roles, self._policies)
        if policy is None:
            return None
        name = f"subject {principal.subject}" if payer.authenticated else f"network {key!r}"
        account = _opened(name, policy)
        self._accounts[key] = account
        return account

    async def _asked(self, account: Account, cost: float) -> bool:
        """The ledger's word whether this suffices, asked together with all that is to be told."""
        future: asyncio.Future[Line | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((Entry(account, 0.0, 0.0, 1.0, cost), future))
        if self._settling is None:
            self._begin()
        line = await future
        if line is not None:
            return line.taken
        self._tell_later(account)
        return bool(account.pay(cost, monotonic(), alone=True))

    def _tell_later(self, account: Account) -> None:
        self._unsettled[account] = None
        if self._timer is None and self._settling is None:
            self._begin_later(SETTLE_SECONDS)

    def _begin_later(self, seconds: float) -> None:
        self._timer = asyncio.get_running_loop().call_later(seconds, self._begin)

    def _begin(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._settling is None:
            self._settling = asyncio.create_task(self._settle())

    async def _settle(self) -> None:
        """Tell and ask the ledger, until nobody waits; what is spent meanwhile is told a little later."""
        try:
            await self._round()
            while self._waiting or (self.shared and len(self._unsettled) > MOST_AT_ONCE):
                await self._round()
        finally:
            self._settling = None
            while len(self._accounts) > MOST_ACCOUNTS:
                self._accounts.popitem(last=False)
            if self._unsettled:
                self._begin_later(SETTLE_SECONDS if self.shared else AWAY_SECONDS)

    async def _round(self) -> None:
        """One call of the ledger, or none while it is left alone."""
        waiting, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
        accounts = list(self._unsettled)[:MOST_AT_ONCE]
        entries = [Entry(each, each.spent_requests, each.spent_cost) for each in accounts]
        entries += [entry for entry, _ in waiting]
        lines: list[Line] | None = None
        try:
            if entries and monotonic() >= self._away_until:
                lines = await self._lines(entries)
        finally:
            answers = lines[len(accounts) :] if lines else [None] * len(waiting)
            for entry, line in zip(entries, lines or (), strict=False):
                self._settled(entry, line)
            for (_, future), answer in zip(waiting, answers, strict=True):
                if not future.done():
                    future.set_result(answer)

    def _settled(self, entry: Entry, line: Line) -> None:
        account, told = entry.account, (entry.spent_requests, entry.spent_cost)
        account.settle(line.requests, line.cost, told, monotonic())
        if account.spent_requests == 0 and account.spent_cost == 0:
            self._unsettled.pop(account, None)

    async def _lines(self, entries: list[Entry]) -> list[Line] | None:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                lines = await self._ledger.lines(entries)
        except (LedgerAway, TimeoutError):
            self._away_until = monotonic() + AWAY_SECONDS
            if self.shared:
                log.warning("rates_counted_alone", reason="Redis is away: each process counts for itself")
            self.shared = False
            return None
        if not self.shared:
            log.info("rates_shared_again")
        self.shared = True
        return lines


def _opened(name: str, policy: Policy) -> Account:
    """The account of a caller who is new here: full, until the ledger says otherwise."""
    digest = blake2b(name.encode(), digest_size=16).hexdigest()
    key = f"svod:rate:{policy.name}:{digest}"
    return Account(key, policy, monotonic())
