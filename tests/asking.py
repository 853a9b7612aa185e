"""The whole gateway in this process, without HTTP: asks operations, and counts what the sources are asked.

async with asking_over(registries, own_servers.redis_url, today) as asking:
    answer = await asking.ask("{ worker(registryNumber: $n) { lastName } }", {"n": "…"})
    assert asking.calls == {"workers_by_registry_number": 1}
"""

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, cast

from auth.principal import PUBLIC, Principal
from gateway.bootstrap import Gateway, bootstrap
from gateway.endpoint import Authenticator
from gateway.faults import RequestError
from gateway.operation.execution import Answer, Caller, OperationRequest
from gateway.rates.policy import POLICIES
from gateway.record.kept import KeptJournal
from gateway.settings import Settings
from projections.analytics.reader import AnalyticsReader
from projections.findings.reader import FindingReader
from projections.search.answers import Bounds
from projections.search.reader import SearchReader
from sources.dictionary import Dictionaries
from sources.errors import Unavailable
from sources.registry import Registry
from sources.resilience import Limits
from sources.rows import Columns, Record, columns_of
from sources.sources import Sources
from sources.sql.opened import SqlRegistries
from tests.memory_journal import MemoryJournal

DICTIONARIES = Dictionaries.load()

UNLIMITED: dict[str, Any] = {
    "lookups_per_hour": 1_000_000,
    **{f"rate_{name}": "unlimited" for name in POLICIES},
}
"""Settings for tests that ask more in a second than any caller may."""
PATIENT: dict[str, Any] = {"registry_timeout": 60, "journal_timeout": 60}
"""Settings that a crowded machine cannot miss, where a test is about something else than deadlines."""
UNHURRIED = Bounds(seconds=60.0, rights_lag=float("inf"))
"""The same of searches; a projection that nobody keeps up to date may be as old as a run takes."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a source: whose, which method, with what."""

    registry: Registry
    method: str
    arguments: tuple[Any, ...]
    options: Mapping[str, Any]

    @property
    def columns(self) -> Columns | None:
        """The columns that were asked for; None of a method that is not asked for columns."""
        told = [each for each in self.arguments if type(each) is tuple and _are_names(each)]
        return cast("Columns", told[-1]) if told else None


@dataclass(slots=True)
class Calls:
    """The calls so far, and the registries that are said to be away."""

    all: list[Call] = field(default_factory=list)
    down: set[Registry] = field(default_factory=set)


class Watched:
    """A source that notes every call, and fails while its registry is said to be away."""

    def __init__(self, registry: Registry, source: object, calls: Calls) -> None:
        self._registry, self._source, self._calls = registry, source, calls

    def __getattr__(self, name: str) -> Callable[..., Any]:
        asked = getattr(self._source, name)

        async def noted(*arguments: Any, **options: Any) -> Any:
            self._calls.all.append(Call(self._registry, name, arguments, options))
            if self._registry in self._calls.down:
                raise Unavailable(self._registry)
            return await asked(*arguments, **options)

        return noted


@dataclass(frozen=True, slots=True)
class WatchedSources(Sources):
    """Sources that note every call."""

    calls: Calls


def watched(sources: Sources) -> WatchedSources:
    """The same sources, each noting what it is asked."""
    calls = Calls()

    def watch(registry: Registry, source: object) -> Any:
        return Watched(registry, source, calls)

    return WatchedSources(
        workers=watch(Registry.WORKERS, sources.workers),
        organizations=watch(Registry.ORGANIZATIONS, sources.organizations),
        licenses=watch(Registry.LICENSES, sources.licenses),
        qualifications=watch(Registry.QUALIFICATIONS, sources.qualifications),
        dictionaries=sources.dictionaries,
        calls=calls,
    )


class Asking:
    """Asks a gateway that was put together over watched sources."""

    def __init__(self, gateway: Gateway, journal: KeptJournal | None = None) -> None:
        self.journal = journal
        if not isinstance(gateway.sources, WatchedSources):
            raise TypeError("the gateway should be put together over `watched(sources)`")
        self.gateway = gateway
        self._calls = gateway.sources.calls

    async def ask(
        self,
        query: str,
        variables: Mapping[str, Any] | None = None,
        principal: Principal = PUBLIC,
        purpose: str | None = None,
        mode: str | None = None,
    ) -> Answer:
        """The answer: its `data`, `errors` and `extensions`; a refused request is an answer with errors."""
        caller = _caller(principal, purpose, mode)
        try:
            admitted = await self.gateway.endpoint.admitted(
                OperationRequest(query, None, variables or {}), caller
            )
        except RequestError as error:
            return Answer.refusing(error)
        return await self.gateway.endpoint.answer(admitted)

    async def listen(
        self, query: str, variables: Mapping[str, Any] | None = None, principal: Principal = PUBLIC
    ) -> AsyncGenerator[Answer, None]:
        """The answers to a subscription. Close it with `aclose`."""
        request = OperationRequest(query, None, variables or {})
        admitted = await self.gateway.endpoint.admitted(request, _caller(principal, None, None))
        return self.gateway.endpoint.answers(admitted)

    @property
    def calls(self) -> Counter[str]:
        """How often each method of a source was called since the last `clear()`."""
        return Counter(call.method for call in self._calls.all)

    @property
    def asked(self) -> list[Call]:
        """The calls themselves, in their order."""
        return self._calls.all

    @property
    def down(self) -> set[Registry]:
        """The registries that fail: put one in, and take it out again."""
        return self._calls.down

    def clear(self) -> None:
        """Forget the calls so far."""
        self._calls.all.clear()


@asynccontextmanager
async def asking_over(
    urls: Mapping[Registry, str],
    redis_url: str,
    today: dt.date,
    wrapped: Callable[[Sources], Sources] = lambda sources: sources,
    *,
    journal: KeptJournal | None = None,
    search: SearchReader | None = None,
    analytics: AnalyticsReader | None = None,
    findings: FindingReader | None = None,
    compiled: bool = True,
    authenticator: Authenticator | None = None,
    **settings: Any,
) -> AsyncIterator[Asking]:
    """A gateway over these databases as of this day; `wrapped` may put something around the sources.

    `search`: what answers searches, `analytics` aggregates, `findings` about findings; without them there is
    no projection. `journal`: where releases are put on record, if that matters to the test. `compiled`:
    whether the engine runs what it can. `settings`: those that matter to the test. `authenticator`: who tells
    callers by their tokens, where there are any.
    """
    opened = SqlRegistries(urls, Limits(60, 8), DICTIONARIES, lambda: today)
    chosen = Settings(redis_url=redis_url, **UNLIMITED | PATIENT | settings)
    kept = journal or MemoryJournal()
    gateway = bootstrap(
        chosen,
        sources=watched(wrapped(opened.sources)),
        authenticator=authenticator or NoTokens(),
        today=lambda: today,
        journal=kept,
        search=search,
        analytics=analytics,
        findings=findings,
        compiled=compiled,
    )
    async with gateway.app.running():
        yield Asking(gateway, kept)
    await opened.close()


class NoTokens:
    """An authenticator for callers whose principal the test gives."""

    def known(self, authorization: str | None) -> Principal:  # noqa: ARG002
        return PUBLIC

    async def authenticate(self, authorization: str | None) -> Principal:  # noqa: ARG002
        return PUBLIC

    async def ended(self, principal: Principal) -> Exception:  # noqa: ARG002
        await asyncio.Event().wait()
        raise AssertionError


def columns_asked(calls: list[Call], record: type[Record]) -> set[str]:
    """Every column of a record that these calls asked for."""
    known = set(columns_of(record))
    return {name for call in calls for name in call.columns or () if set(call.columns or ()) <= known}


def _are_names(value: tuple[Any, ...]) -> bool:
    return all(type(each) is str and each.isidentifier() for each in value)


def _caller(principal: Principal, purpose: str | None, mode: str | None) -> Caller:
    return Caller(
        principal,
        request_id="test",
        transport="test",
        authenticated=principal is not PUBLIC,
        access_mode=mode,
        access_purpose=purpose,
    )
